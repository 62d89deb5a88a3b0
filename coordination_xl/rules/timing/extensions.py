"""延期申请: which requests count, and who had to approve them. Source: SPEC section 3, 延期申请."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from coordination_xl.rules.timing.deadlines import at_closing
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.approvers import Approvers
    from coordination_xl.worktime import WorkCalendar

Moment: TypeAlias = np.datetime64

GRANTED, PENDING = "同意", "待审批"
DEADLINE_CELLS: Mapping[str, str] = MappingProxyType(
    {"Coordination": "consensus_by", "Problems": "deadline", "Tasks": "deadline"}
)
"""For each table the one cell that holds a deadline; all other due times are computed from something else."""

_MINUTE = "datetime64[m]"
_DAY = "datetime64[D]"
_FIRST_RUNG = RUNG.words.index("部门负责人")
_TOP_RUNG = len(RUNG.words) - 1


@dataclass(frozen=True, slots=True)
class Extension:
    """One row of 延期申请, judged. Moments are NaT where the row has none.

    Attributes:
        row: its sheet row.
        id: its id, ``""`` where it has none.
        source: the matter.
        applicant: who asks.
        applied_at: when.
        current_due: 现时限 as typed; a bare date means that day's close of business.
        new_due: 申请时限 as typed, likewise.
        current_close: 现时限, a bare date at its close of business.
        new_close: 申请时限, likewise.
        approver: who decides.
        decision: 待审批, 同意, 不同意 or ``""``.
        decided_at: when it was decided; when it was asked for, where that is not written.
        is_decided: whether that is not after now.
        number: which extension of the matter it is, those that do not count left out; 1 is the first.
        held_rung: position in ``RUNG.words`` of the approver, -1 where 通讯录 does not know one.
    """

    row: int
    id: str
    source: str
    applicant: str
    applied_at: Moment
    current_due: Moment
    new_due: Moment
    current_close: Moment
    new_close: Moment
    approver: str
    decision: str
    decided_at: Moment
    is_decided: bool
    number: int = 1
    held_rung: int = -1

    @property
    def is_too_late(self) -> bool:
        """Asked for after the due time; at the due time is in time."""
        return bool(self.applied_at > self.current_close)

    @property
    def is_not_later(self) -> bool:
        """Asks for no later time than it is due."""
        return bool(self.new_close <= self.current_close)

    @property
    def needed_rung(self) -> int:
        """Position in ``RUNG.words`` of who must approve at least: one rung more for each extension before."""
        return min(_FIRST_RUNG + self.number - 1, _TOP_RUNG)

    @property
    def is_valid(self) -> bool:
        """Whether it moves the due time: granted by who may, asked for in time, and for a later time."""
        is_whole = not any(np.isnat(each) for each in (self.applied_at, self.current_due, self.new_due))
        is_granted = self.decision == GRANTED and self.is_decided and self.held_rung >= self.needed_rung
        return is_whole and is_granted and not self.is_too_late and not self.is_not_later

    def starts_from(self, due: Moment) -> bool:
        """Whether 现时限 is this due time: to the minute, or the same day where it is a bare date."""
        return _is_same(self.current_due, due)

    def leads_to(self, due: Moment) -> bool:
        """Whether 申请时限 is this due time, likewise."""
        return _is_same(self.new_due, due)


def judged(requests: Ledger, approvers: Approvers, calendar: WorkCalendar, now: datetime) -> tuple[Extension, ...]:
    """Every row of 延期申请 that names a matter, in the order in which they were decided; those undecided last.

    Args:
        requests: the 延期申请 ledger.
        approvers: the rungs of the persons in 通讯录.
        calendar: closes the day of a bare date.
        now: what is decided later than this is not yet decided.
    """
    moment = np.datetime64(now, "s")
    named = requests.frame[(requests["source"] != "").to_numpy()]
    applied, decided, current, new = (
        named[name].to_numpy(dtype="datetime64[s]") for name in ("applied_at", "decided_at", "current_due", "new_due")
    )
    decided = np.where(np.isnat(decided), applied, decided)
    closes, new_closes = at_closing(current, calendar), at_closing(new, calendar)
    found = [
        Extension(
            int(row),
            str(record["id"]),
            str(record["source"]),
            str(record["applicant"]),
            applied[place],
            current[place],
            new[place],
            closes[place],
            new_closes[place],
            str(record["approver"]),
            str(record["decision"]),
            decided[place],
            bool(decided[place] <= moment),
            held_rung=approvers.rung(str(record["approver"]), _day(decided[place], now)),
        )
        for place, (row, record) in enumerate(zip(named.index, named.to_dict("records"), strict=True))
    ]
    return tuple(_numbered(found))


def _numbered(requests: Iterable[Extension]) -> Iterable[Extension]:
    counted: dict[str, int] = {}
    for each in sorted(requests, key=_order):
        numbered = replace(each, number=counted.get(each.source, 0) + 1)
        if numbered.is_valid:
            counted[each.source] = numbered.number
        yield numbered


def _order(each: Extension) -> tuple[bool, str, str, str, int]:
    """By decision; of those decided at once by the due time that they move. NaT stands behind every date."""
    return each.decision != GRANTED, str(each.decided_at), str(each.current_close), str(each.applied_at), each.row


def _is_same(typed: Moment, due: Moment) -> bool:
    unit = _DAY if typed == typed.astype(_DAY) else _MINUTE
    return bool(typed.astype(unit) == due.astype(unit))


def _day(moment: Moment, now: datetime) -> date:
    day: date = now.date() if np.isnat(moment) else moment.astype(_DAY).item()
    return day
