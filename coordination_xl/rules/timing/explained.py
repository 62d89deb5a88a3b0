"""What is told of the times of one row: every part of an explanation. Source: SPEC section 4, section 5 ``explain``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class NotedDay:
    """A day on the way that is not an ordinary working day.

    Attributes:
        day: the date.
        is_workday: whether it counted: a make-up day does.
        reason: why, for people: ``国庆节``, ``周末``, ``春节调休上班``.
    """

    day: date
    is_workday: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ExtensionStep:
    """One granted extension on the way to a due time.

    Attributes:
        id: its id, ``""`` where it has none.
        row: its sheet row.
        number: which extension of the matter it was.
        due: the due time it led to.
        approver: who granted it.
        decided_at: when.
    """

    id: str
    row: int
    number: int
    due: datetime
    approver: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RiskReport:
    """The feedback that a matter is at a major risk.

    Attributes:
        source: id that was reported on: the matter's own or one of its tasks'.
        reported_at: when.
        reporter: by whom.
        risk: in which words.
    """

    source: str
    reported_at: datetime
    reporter: str
    risk: str


@dataclass(frozen=True, slots=True)
class ClockExplanation:
    """One clock of the row.

    Attributes:
        rule: number of the rule.
        title: its name.
        basis: the clause it comes from.
        kind: 到期, 中间环节, 反馈 …
        trigger: the header (or the rule) whose time started it.
        start: when it began.
        amount: how many units.
        unit: of what.
        due: when it is due.
        counted: what the rule gives by itself, before the extensions that are not in the cells yet.
        original: when it was due before any extension.
        extensions: those granted, in order.
        done: when it was met, if it was.
        is_own: whether it is the matter's own due time.
        is_late: whether it is late now.
        is_provisional: whether it rests on a year without an official calendar.
        days: what lay on the way, for rules that count working time.
    """

    rule: str
    title: str
    basis: str
    kind: str
    trigger: str
    start: datetime
    amount: float
    unit: str
    due: datetime
    counted: datetime
    original: datetime
    extensions: tuple[ExtensionStep, ...]
    done: datetime | None
    is_own: bool
    is_late: bool
    is_provisional: bool
    days: tuple[NotedDay, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about the times of one row.

    Attributes:
        sheet: its sheet.
        row: its sheet row.
        id: its id.
        title: its name.
        state: its state.
        light: its light.
        due: its own due time.
        overdue_workdays: working days late, ``None`` where it is not or where hours count.
        overdue_hours: hours late, likewise.
        escalation: the rung that is due, ``""`` for none.
        answers: who answers for it, with whoever acts where they are on leave.
        is_answering_away: whether somebody of these is on leave now.
        risk: the latest feedback, where it is a major risk.
        is_paused: whether it is paused now.
        paused_at: since when.
        clocks: every clock that applies, the own one first.
    """

    sheet: str
    row: int
    id: str
    title: str
    state: str
    light: str
    due: datetime | None
    overdue_workdays: int | None
    overdue_hours: float | None
    escalation: str
    answers: str
    is_answering_away: bool
    risk: RiskReport | None
    is_paused: bool
    paused_at: datetime | None
    clocks: tuple[ClockExplanation, ...]
