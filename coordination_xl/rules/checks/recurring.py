"""Rules of 例会 that contradict themselves. Source: SPEC A3, section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.rules.meetings.recurrence import read_recurrences
from coordination_xl.schema import faults
from coordination_xl.schema.tables import RECURRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger


def check_recurring(ledger: Ledger) -> Iterator[Finding]:
    """Rows in force of which nobody can tell when the meeting is; ``recur`` leaves them out."""
    if ledger.table is not RECURRING:
        return
    for each in read_recurrences(ledger)[1]:
        column = each.identifier if ledger.has(each.identifier) else "recurrence"
        yield ledger.finding(faults.UNCLEAR_RECURRENCE, each.row, column, reason=each.reason, remedy=each.remedy)
