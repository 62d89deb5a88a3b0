"""Everything ``check`` looks at, all at once. Source: SPEC section 5, ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.errors import CalendarError, RuleError
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.calendar import calendar_of, check_calendar
from coordination_xl.rules.checks.agreements import check_agreements
from coordination_xl.rules.checks.cells import check_numbers, check_required, check_vocabulary
from coordination_xl.rules.checks.identity import check_ids, check_references
from coordination_xl.rules.checks.meetings import check_lead_times, check_lengths
from coordination_xl.rules.checks.order import check_future, check_order
from coordination_xl.rules.checks.pauses import check_pauses
from coordination_xl.rules.checks.people import check_accountable, check_departments, check_people
from coordination_xl.rules.lives import check_lives
from coordination_xl.rules.settings import Settings, check_settings
from coordination_xl.rules.timers import Timer, check_timers, timers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.worktime import WorkCalendar

__all__ = ["check_all"]

_UNCHECKED = frozenset({"Findings", "Audit"})
"""The program writes these itself."""


def check_all(ledgers: Ledgers, now: datetime) -> tuple[Finding, ...]:
    """All findings of all ledgers, in the order of sheets, rows and columns.

    Args:
        ledgers: the workbook.
        now: the moment of judgement.
    """
    found = [each for each in ledgers.findings if each.table not in _UNCHECKED]
    found += check_settings(ledgers["Settings"])
    found += check_timers(ledgers["Rules"])
    directory = Directory.of(ledgers["Contacts"].frame)
    for ledger in ledgers:
        if ledger.table.name not in _UNCHECKED:
            found += check_required(ledger)
            found += check_vocabulary(ledger)
            found += check_numbers(ledger)
            found += check_ids(ledger)
            found += check_order(ledger)
            found += check_future(ledger, now)
            found += check_lives(ledger)
            found += check_pauses(ledger)
            found += check_people(ledger, directory)
            found += check_accountable(ledger, directory)
            found += check_agreements(ledger, directory)
    found += check_departments(ledgers["Tasks"], directory)
    found += check_references(ledgers)
    found += _by_numbers(ledgers)
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


def _by_numbers(ledgers: Ledgers) -> Iterator[Finding]:
    """What needs the settings, the calendar and the rules; where one of them is broken, its own finding says so."""
    try:
        settings = Settings.of(ledgers["Settings"])
    except RuleError:
        return
    yield from check_calendar(ledgers["Calendar"], settings)
    numbers = _numbers(ledgers, settings)
    if numbers is not None:
        calendar, timers = numbers
        for ledger in ledgers.matters:
            yield from check_lengths(ledger, timers)
            yield from check_lead_times(ledger, timers, calendar)


def _numbers(ledgers: Ledgers, settings: Settings) -> tuple[WorkCalendar, tuple[Timer, ...]] | None:
    try:
        return calendar_of(ledgers["Calendar"], settings), timers_of(ledgers["Rules"])
    except (RuleError, CalendarError):
        return None
