"""“Why this due time?”: rule, start, what was skipped and why, for one row. Source: SPEC section 4, section 5 ``explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.people.delegates import ANSWERS
from coordination_xl.rules.timing.calendar import WEEKDAYS, special_days
from coordination_xl.rules.timing.deadlines import moments
from coordination_xl.rules.timing.explained import ClockExplanation, Explanation, ExtensionStep, NotedDay, RiskReport

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.clocks import Clock
    from coordination_xl.rules.timing.extensions import Extension
    from coordination_xl.rules.timing.schedule import Basis, Schedule


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
    answers = str(schedule.answers.iloc[place])
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
        answers=answers,
        is_answering_away=answers != str(ledger[ANSWERS[ledger.table.name]].iloc[place]),
        risk=_risk(schedule, place),
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
    history = clock.extended.get(place)
    counted = due if history is None else _at(history.counted)
    return ClockExplanation(
        rule=timer.rule,
        title=timer.title,
        basis=timer.basis,
        kind=timer.kind.value,
        trigger=_trigger(schedule, clock, place, basis),
        start=start,
        amount=timer.amount,
        unit=timer.unit.value,
        due=due,
        counted=counted,
        original=due if history is None else _at(history.original),
        extensions=() if history is None else tuple(map(_step, history.steps)),
        done=_moment(clock.done[place]),
        is_own=is_own,
        is_late=bool(clock.is_late[place]),
        is_provisional=bool(clock.is_provisional[place]),
        days=_noted_days(start, counted, basis, names) if counts_days else (),
    )


def _step(extension: Extension) -> ExtensionStep:
    return ExtensionStep(
        id=extension.id,
        row=extension.row,
        number=extension.number,
        due=_at(extension.new_close),
        approver=extension.approver,
        decided_at=_at(extension.decided_at),
    )


def _risk(schedule: Schedule, place: int) -> RiskReport | None:
    """What was said, where the latest word on the row is a major risk."""
    record = schedule.ledger.ids[place]
    if record not in schedule.risks.index:
        return None
    told = schedule.risks.loc[record]
    return RiskReport(
        str(told["source"]), told["reported_at"].to_pydatetime(), str(told["reporter"]), str(told["risk"])
    )


def _trigger(schedule: Schedule, clock: Clock, place: int, basis: Basis) -> str:
    """What started the clock: a column, another rule, the last feedback, or the return to a state that was left."""
    ledger = schedule.ledger
    for trigger in clock.timer.triggers:
        if trigger not in ledger.table.by_identifier:
            return f"规则 {trigger} 的时限"
        if not np.isnat(when := moments(ledger, trigger, basis.calendar)[place]):
            is_feedback = clock.timer.kind == "反馈" and when != clock.start[place]
            if is_feedback and "state_since" in schedule.columns:
                is_return = schedule.columns["state_since"].iloc[place] == clock.start[place]
                return ledger.headers.get("state_since", "状态时间") if is_return else "最近反馈"
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


def _at(when: np.datetime64) -> datetime:
    """A moment that is surely there."""
    moment: datetime = when.astype("datetime64[s]").astype(object)
    return moment


def _moment(when: np.datetime64) -> datetime | None:
    moment: datetime | None = when.astype("datetime64[s]").item()
    return moment
