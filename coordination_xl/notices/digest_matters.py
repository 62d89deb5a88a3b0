"""The matters that the weekly digest tells of, and what it asks of leaders. Source: SPEC section 5, ``report``; B6.

Titles stand here as they may be read by everybody: of what is 秘密 or 机密 only the number is told.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

RESTRICTED = "（涉密事项）"
"""What is told in place of a title."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter, as everybody may read it.

    Attributes:
        id: its number.
        title: its name, or :data:`RESTRICTED`.
        who: who answers for it; ``""`` where nobody does yet.
        due: when it is due, ``None`` where no rule says.
        is_restricted: whether only its number is told.
    """

    id: str
    title: str
    who: str
    due: datetime | None
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class Overdue(Matter):
    """One matter of the red list.

    Attributes:
        workdays: working days late, 0 on the day itself or where hours count.
        hours: hours late, ``None`` where working days count.
        rung: 升级层级 that it has reached, ``""`` where none.
        next_rung: the next one, ``""`` where there is none.
        next_at: when that is reached.
        act_by: until when that can be held off.
    """

    workdays: int
    hours: float | None
    rung: str
    next_rung: str
    next_at: datetime | None
    act_by: datetime | None


@dataclass(frozen=True, slots=True)
class Emergency(Matter):
    """One emergency.

    Attributes:
        kind: 问题类型 and 影响程度; ``""`` where it is restricted.
        state: its state.
        found_at: when it was discovered.
        controlled_at: when the risk was under control, ``None`` where it is not.
        resolved_at: when it was resolved.
    """

    kind: str
    state: str
    found_at: datetime | None
    controlled_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Meeting(Matter):
    """One meeting that is ahead; who answers for it is who applied.

    Attributes:
        starts_at: when it begins.
        place: where; ``""`` where it is restricted.
        state: its state.
    """

    starts_at: datetime | None
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class Pause(Matter):
    """One paused matter.

    Attributes:
        since: from when on.
        reason: why; ``""`` where it is not given or is restricted.
    """

    since: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Risk(Matter):
    """One matter with a major risk.

    Attributes:
        told_at: when it was reported.
        teller: by whom.
        risk: what it is; ``""`` where it is not given or is restricted.
    """

    told_at: datetime | None
    teller: str
    risk: str


@dataclass(frozen=True, slots=True)
class Extension(Matter):
    """One extension, granted or asked for; ``due`` is 现时限.

    Attributes:
        request: its own number, ``""`` where it has none.
        new_due: 申请时限.
        approver: who decides.
        number: which extension of the matter it is.
        needed: the rung that must approve it at least.
    """

    request: str
    new_due: datetime | None
    approver: str
    number: int
    needed: str


@dataclass(frozen=True, slots=True)
class Escalating:
    """Overdue matters that go up to the same rung on the same day.

    Attributes:
        rung: 分管领导 or 总经理办公会.
        at: when.
        act_by: until when that can be held off.
        matters: which.
    """

    rung: str
    at: datetime
    act_by: datetime
    matters: tuple[Overdue, ...]


@dataclass(frozen=True, slots=True)
class Asks:
    """What leaders are asked to do.

    Attributes:
        top: overdue matters that have reached 总经理办公会.
        leaders: overdue matters that have reached 分管领导.
        escalating: overdue matters that reach either within the coming week, by day.
        emergencies: those that are not under control.
        risks: matters with a major risk.
        extensions: requests that a leader has to decide, the first due time first.
        meetings: applications that nobody has approved yet.
    """

    top: tuple[Overdue, ...]
    leaders: tuple[Overdue, ...]
    escalating: tuple[Escalating, ...]
    emergencies: tuple[Emergency, ...]
    risks: tuple[Risk, ...]
    extensions: tuple[Extension, ...]
    meetings: tuple[Meeting, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not any(getattr(self, field.name) for field in dataclasses.fields(self))
