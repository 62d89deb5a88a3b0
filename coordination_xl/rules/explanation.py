"""“Why this due time?”: rule, start, what was skipped and why, for one row. Source: SPEC section 4, section 5 ``explain``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.calendar import WEEKDAYS, special_days
from coordination_xl.rules.deadlines import moments

if TYPE_CHECKING:
    from datetime import date, datetime

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.clocks import Clock
    from coordination_xl.rules.schedule import Basis, Schedule


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
    is_paused: bool
    paused_at: datetime | None
    clocks: tuple[ClockExplanation, ...]


def explanation(schedule: Schedule, row: int, basis: Basis, holidays: Ledger) -> Explanation:
    """Explain one row of a ledger.

    Args:
        schedule: of the row's ledger.
        row: its sheet row.
        basis: what the schedule was computed from.
        holidays: the 节假日 ledger, for the names of days.
    """
    ledger = schedule.ledger
    place = ledger.position(row)
    names = special_days(holidays).drop_duplicates("date", keep="last").set_index("date")["name"]
    own = int(schedule.own.clock[place])
    clocks = [
        _clock(schedule, clock, place, basis, names, is_own=number == own)
        for number, clock in enumerate(schedule.clocks)
        if clock.applies[place]
    ]
    name = ledger.table.name_column
    columns = {identifier: column.iloc[place] for identifier, column in schedule.columns.items()}
    days, hours = columns.get("overdue_workdays", np.nan), columns.get("overdue_hours", np.nan)
    return Explanation(
        sheet=ledger.sheet,
        row=row,
        id=ledger.id_at(row),
        title=str(ledger[name.identifier].iloc[place]) if name else "",
        state=str(ledger["state"].iloc[place]),
        light=str(columns["light"]),
        due=_moment(schedule.own.due[place]),
        overdue_workdays=None if pd.isna(days) else int(days),
        overdue_hours=None if pd.isna(hours) else float(hours),
        escalation=str(columns.get("escalation", "")),
        is_paused=bool(schedule.pause.is_on[place]),
        paused_at=_moment(schedule.pause.began[place]),
        clocks=tuple(sorted(clocks, key=lambda each: not each.is_own)),
    )


def _clock(
    schedule: Schedule, clock: Clock, place: int, basis: Basis, names: pd.Series, *, is_own: bool
) -> ClockExplanation:
    timer = clock.timer
    start, due = _moment(clock.start[place]), _moment(clock.due[place])
    if start is None or due is None:
        raise ValueError(f"clock {timer.rule} does not apply")
    counts_days = timer.unit.is_working_time
    return ClockExplanation(
        rule=timer.rule,
        title=timer.title,
        basis=timer.basis,
        kind=timer.kind.value,
        trigger=_trigger(schedule, clock, place),
        start=start,
        amount=timer.amount,
        unit=timer.unit.value,
        due=due,
        done=_moment(clock.done[place]),
        is_own=is_own,
        is_late=bool(clock.is_late[place]),
        is_provisional=bool(clock.is_provisional[place]),
        days=_noted_days(start, due, basis, names) if counts_days else (),
    )


def _trigger(schedule: Schedule, clock: Clock, place: int) -> str:
    """What started the clock: a column, another rule, or the last feedback."""
    ledger = schedule.ledger
    for trigger in clock.timer.triggers:
        if trigger not in ledger.table.by_identifier:
            return f"规则 {trigger} 的时限"
        if not np.isnat(when := moments(ledger, trigger)[place]):
            is_feedback = clock.timer.kind == "反馈" and when != clock.start[place]
            return "最近反馈" if is_feedback else ledger.headers.get(trigger, trigger)
    return "最近反馈"


def _noted_days(start: datetime, due: datetime, basis: Basis, names: pd.Series) -> tuple[NotedDay, ...]:
    days = basis.calendar.rest_days_between(start, due)
    noted = []
    for day, is_workday, is_special in zip(days["date"], days["is_workday"], days["is_special"], strict=True):
        name = str(names.get(day, "")) if is_special else ""
        weekend = "周末" if day.weekday() not in basis.settings.week else WEEKDAYS[day.weekday()]
        reason = f"{name}调休上班" if is_workday and name and "班" not in name else name or weekend
        noted.append(NotedDay(day.date(), bool(is_workday), reason))
    return tuple(noted)


def _moment(when: np.datetime64) -> datetime | None:
    moment: datetime | None = when.astype("datetime64[s]").item()
    return moment
