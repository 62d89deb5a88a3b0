"""Everything ``check`` looks at, all at once. Source: SPEC section 5, ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.errors import CalendarError, RuleError
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.checks.agreements import check_agreements
from coordination_xl.rules.checks.cells import check_numbers, check_required, check_terms, check_vocabulary
from coordination_xl.rules.checks.contacts import check_contacts
from coordination_xl.rules.checks.extensions import check_extensions
from coordination_xl.rules.checks.identity import check_ids, check_references
from coordination_xl.rules.checks.leads import check_leads
from coordination_xl.rules.checks.meetings import check_lead_times, check_lengths
from coordination_xl.rules.checks.order import check_future, check_order
from coordination_xl.rules.checks.pauses import check_pauses
from coordination_xl.rules.checks.people import check_accountable, check_departments, check_people
from coordination_xl.rules.checks.recurring import check_recurring
from coordination_xl.rules.settings import Settings, check_settings
from coordination_xl.rules.timing.calendar import check_calendar
from coordination_xl.rules.timing.certainty import check_certainty
from coordination_xl.rules.timing.lives import check_lives
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.rules.timing.timers import check_timers
from coordination_xl.schema.settings import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding

__all__ = ["check_all"]

_UNCHECKED = frozenset({"Findings", "Audit"})
"""The program writes these itself."""


def check_all(ledgers: Ledgers, now: datetime, plan: Plan | None = None) -> tuple[Finding, ...]:
    """All findings of all ledgers, in the order of sheets, rows and columns.

    Args:
        ledgers: the workbook.
        now: the moment of judgement.
        plan: their schedules, where they were computed already; where they cannot be, what needs them is left out.
    """
    settings = _settings(ledgers)
    plan = plan or _plan(ledgers, now)
    pattern = settings.id_pattern if settings else ID_PATTERN.value
    found = [each for each in ledgers.findings if each.table not in _UNCHECKED]
    found += check_settings(ledgers["Settings"])
    found += check_timers(ledgers["Rules"])
    directory = Directory.of(ledgers["Contacts"].frame)
    for ledger in ledgers:
        if ledger.table.name not in _UNCHECKED:
            found += check_required(ledger)
            found += check_vocabulary(ledger)
            found += check_numbers(ledger)
            found += check_terms(ledger)
            found += check_ids(ledger, pattern)
            found += check_order(ledger)
            found += check_future(ledger, now)
            found += check_lives(ledger)
            found += check_pauses(ledger)
            found += check_people(ledger, directory)
            found += check_accountable(ledger, directory)
            found += check_agreements(ledger, directory)
            found += check_recurring(ledger)
    found += check_departments(ledgers["Tasks"], directory)
    found += check_leads(ledgers["Problems"], directory)
    found += check_contacts(ledgers, directory, now.date())
    found += check_extensions(ledgers, plan) if plan else ()
    found += check_references(ledgers)
    found += check_calendar(ledgers["Calendar"], settings) if settings else ()
    found += _by_plan(plan) if plan else ()
    order = {ledger.table.name: place for place, ledger in enumerate(ledgers)}
    places = {
        (ledger.table.name, header): ledger.places[identifier]
        for ledger in ledgers
        for identifier, header in ledger.headers.items()
    }
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda each: (order[each.table], each.row, places[each.table, each.column], each.code),
        )
    )


def _plan(ledgers: Ledgers, now: datetime) -> Plan | None:
    try:
        return Plan.of(ledgers, now)
    except (RuleError, CalendarError):
        return None  # its own finding says what is broken


def _settings(ledgers: Ledgers) -> Settings | None:
    try:
        return Settings.of(ledgers["Settings"])
    except RuleError:
        return None


def _by_plan(plan: Plan) -> Iterator[Finding]:
    """What needs the calendar and the rules."""
    for schedule in plan.schedules:
        yield from check_lengths(schedule.ledger, plan.basis.timers)
        yield from check_lead_times(schedule.ledger, plan.basis.timers, plan.basis.calendar)
        yield from check_certainty(schedule)
