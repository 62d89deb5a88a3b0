"""When an edited coordination form is a new version, and who must be told of it. Source: SPEC B3, B7."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.entries import responsible_entries
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.timers import timers_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party
    from coordination_xl.worktime import WorkCalendar

FEEDBACK = frozenset({"progress"})
"""Columns that tell how the plan goes; filling them in changes no plan."""
REOPENED = "沟通中"
QUESTIONS = "B7"
"""The rule of 时限规则 by which a receiver raises questions."""


def is_new_version(ledger: Ledger, row: int, changed: Collection[str]) -> bool:
    """Whether changing these columns reopens the discussion.

    Before an agreement there is no plan to change: filling in and editing a form in 草稿 or 沟通中 is no version, unless its
    共识时间 says that an agreement was there. Reporting progress is none either.
    """
    before = {"草稿", REOPENED}
    has_plan = ledger["state"][row] not in before or bool(shown(ledger["agreed_at"][row]))
    return ledger.table.name == "Coordination" and has_plan and bool(set(changed) - FEEDBACK)


def next_version(ledger: Ledger, row: int) -> float:
    """The number after the row's own; a row without one is the first."""
    stands = float(ledger["version"][row])
    return 2.0 if stands != stands or stands < 1 else float(int(stands) + 1)


def parties_of(ledgers: Ledgers, ledger: Ledger, row: int, directory: Directory) -> tuple[str, ...]:
    """Everybody who takes part in a coordination, each once, as 部门*人.

    Who raised it, who received it, who answers for its tasks, who follows it up, and who works on its open tasks.
    """
    return tuple(dict.fromkeys(_named(party) for party in _parties(ledgers, ledger, row, directory)))


def _parties(ledgers: Ledgers, ledger: Ledger, row: int, directory: Directory) -> Iterator[Party]:
    for identifier in ("initiator", "receivers"):
        yield from read_parties(str(ledger[identifier][row]), directory)
    for entry in responsible_entries(str(ledger["responsible"][row]), (), directory):
        yield from entry.parties
    yield from read_parties(str(ledger["follow_up"][row]), directory)
    tasks = ledgers["Tasks"]
    life = tasks.table.life
    is_open = tasks["state"].isin((life.open | life.paused) if life else ())
    mine = tasks.frame[is_open & (tasks["source"] == ledger.id_at(row))]
    for who, department, others in zip(mine["responsible"], mine["department"], mine["cooperating"], strict=True):
        parties = read_parties(who, directory)
        yield from parties
        if not any(party.department for party in parties):
            yield from read_parties(department, directory)
        yield from read_parties(others, directory)


def _named(party: Party) -> str:
    if party.is_collective or not (party.department or party.person):
        return party.text
    return "*".join(name for name in (party.department, party.person) if name)


def questions_by(ledgers: Ledgers, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """Until when a receiver who is told now raises questions; None where 时限规则 has no such rule."""
    timer = next((timer for timer in timers_of(ledgers["Rules"]) if timer.rule == QUESTIONS), None)
    if timer is None:
        return None
    due = due_after(np.array([now], dtype="datetime64[s]"), timer.amount, timer.unit, calendar)
    when: datetime | None = due[0].item()
    return when
