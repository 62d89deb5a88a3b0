"""Every timer of 时限规则 run over every row of a ledger: when each clock began, is due, and was answered.

Source: SPEC section 2, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.rules.timing.deadlines import DAY, Moments, at_closing, first_filled, is_counted, moments
from coordination_xl.rules.timing.feedback import feedback_of, terms_of
from coordination_xl.rules.timing.lives import reopened_at
from coordination_xl.rules.timing.timers import Timer, TimerKind, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.extended_dues import Extended, Granted
    from coordination_xl.rules.timing.pauses import Pause
    from coordination_xl.worktime import WorkCalendar

    Bools = NDArray[np.bool_]

NAT = np.datetime64("NaT", "s")
_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600}


@dataclass(frozen=True, slots=True)
class Clock:
    """One timer on every row of one ledger; arrays aligned with the ledger's frame.

    Attributes:
        timer: the row of 时限规则.
        start: datetime64[s], when it began; NaT where it does not apply.
        due: datetime64[s]; NaT where it does not apply.
        done: datetime64[s], when it was answered; NaT where it was not.
        is_running: it applies, the matter is open and not paused, and it is not answered.
        is_late: it is running and ``now`` is after ``due``; due now is not late.
        is_provisional: the due time rests on days of a year whose official calendar is not there.
        extended: position in the frame → what extensions made of the due time, for the rows that have any.
    """

    timer: Timer
    start: Moments
    due: Moments
    done: Moments
    is_running: Bools
    is_late: Bools
    is_provisional: Bools
    extended: Mapping[int, Extended] = field(default_factory=dict)

    @property
    def applies(self) -> Bools:
        """Where the clock has a due time."""
        return ~np.isnat(self.due)

    def lateness(self, now: datetime, calendar: WorkCalendar) -> NDArray[np.float64]:
        """How late, in working days, or in hours for rules that count hours; NaN where it is not late."""
        late = np.full(len(self.due), np.nan)
        due = self.due[self.is_late]
        moments_now = np.full(len(due), np.datetime64(now, "s"))
        if self.timer.unit.is_wall_clock:
            late[self.is_late] = (moments_now - due) / np.timedelta64(3600, "s")
        elif self.timer.unit is Unit.WORK_HOURS:
            late[self.is_late] = calendar.elapsed_work_hours(due, moments_now)
        else:
            late[self.is_late] = np.asarray(calendar.count_workdays(due, moments_now), dtype=np.float64)
        return late


def clocks_of(
    ledger: Ledger,
    timers: tuple[Timer, ...],
    calendar: WorkCalendar,
    latest: pd.Series,
    pause: Pause,
    now: datetime,
    granted: Granted,
) -> tuple[Clock, ...]:
    """Run the timers of one ledger.

    Args:
        ledger: any ledger with a state column.
        timers: all timers; those of other tables are passed over.
        calendar: the work calendar.
        latest: latest feedback by id, see :func:`~coordination_xl.rules.timing.feedback.last_feedback`.
        pause: the ledger's pauses.
        now: the moment of judgement.
        granted: the extensions of the ledger's rows; they move 到期 clocks, and what counts on from these.
    """
    dues: dict[str, Moments] = {}
    reopened = reopened_at(ledger, now)
    return tuple(
        _clock(ledger, timer, calendar, latest, pause, now, dues, reopened, granted)
        for timer in timers
        if timer.table == ledger.table.name and timer.kind is not TimerKind.LENGTH
    )


def _clock(
    ledger: Ledger,
    timer: Timer,
    calendar: WorkCalendar,
    latest: pd.Series,
    pause: Pause,
    now: datetime,
    dues: dict[str, Moments],
    reopened: Moments,
    granted: Granted,
) -> Clock:
    """One clock. ``dues`` has the due times of the rules before it, whatever the state, and gets its own."""
    start = first_filled([_trigger(ledger, trigger, dues, calendar) for trigger in timer.triggers], len(ledger))
    if timer.kind is TimerKind.FEEDBACK:
        start = np.fmax(np.fmax(start, feedback_of(ledger, latest)), reopened)
    start = np.where(_is_for(ledger, timer), start, NAT)
    due = _agreed(ledger, timer, start, _counted(start, timer.amount, timer.unit, calendar, pause), calendar, pause)
    due, extended = granted.moved(due) if timer.kind is TimerKind.DUE else (due, {})
    dues[timer.rule] = due
    applies = ledger["state"].isin(timer.states).to_numpy() if timer.states else np.ones(len(ledger), dtype=bool)
    start, due = np.where(applies, start, NAT), np.where(applies, due, NAT)
    answers = [moments(ledger, stop) for stop in timer.stops]
    done = first_filled([np.where(each < reopened, NAT, each) for each in answers], len(ledger))
    is_open = ledger["state"].isin(ledger.table.life.open).to_numpy() if ledger.table.life else applies
    is_running = ~np.isnat(due) & np.isnat(done) & is_open & ~pause.is_on
    rests_on_calendar = timer.unit.rests_on_calendar
    counts_on = [] if rests_on_calendar else [is_counted(ledger, trigger) for trigger in timer.triggers]
    is_provisional = np.logical_or.reduce([np.full(len(ledger), rests_on_calendar), *counts_on])
    if is_provisional.any():
        is_provisional &= ~np.isnat(due) & ~(np.asarray(calendar.covers(start)) & np.asarray(calendar.covers(due)))
    return Clock(
        timer, start, due, done, is_running, is_running & (due < np.datetime64(now, "s")), is_provisional, extended
    )


def _trigger(ledger: Ledger, trigger: str, dues: Mapping[str, Moments], calendar: WorkCalendar) -> Moments:
    """The moments of a column, or the due times of another rule; a rule that is switched off gives none."""
    if trigger in ledger.table.by_identifier:
        return moments(ledger, trigger, calendar)
    return dues.get(trigger, np.full(len(ledger), NAT))


def _is_for(ledger: Ledger, timer: Timer) -> Bools:
    """Rows the timer is for, whatever their state; a row without urgency is 一般."""
    is_for = np.ones(len(ledger), dtype=bool)
    if timer.urgencies:
        is_for &= ledger["urgency"].replace("", "一般").isin(timer.urgencies).to_numpy()
    for condition in timer.conditions:
        is_for &= condition.holds(ledger)
    return is_for


def due_after(start: Moments, amount: float | NDArray[np.float64], unit: Unit, calendar: WorkCalendar) -> Moments:
    """The due time ``amount`` units after each start (before it, where negative); NaT in, NaT out.

    工作日 end at the close of business; 工作小时 run only inside working hours; 分钟 and 小时 on the wall clock. 自然日 keep a
    clock that was written and else end at the close of business; 周 end at the close of the same weekday or, where that is a rest
    day, of the next working day. Source: SPEC section 4.

    Args:
        start: datetime64[s].
        amount: one number, or one for each start; whole for 工作日, 自然日 and 周.
        unit: what is counted.
        calendar: the work calendar.
    """
    amounts = np.asarray(amount, dtype=np.float64)
    if unit in _SECONDS:
        spans: NDArray[np.timedelta64] = np.rint(amounts * _SECONDS[unit]).astype("timedelta64[s]")
        return start + spans
    if unit is Unit.WORK_HOURS:
        return _seconds(calendar.add_work_hours(start, amounts))
    whole = amounts.astype(np.int64)
    if unit is Unit.WORKDAYS:
        return _seconds(calendar.add_workdays(start, whole))
    if unit is Unit.WEEKS:
        return _seconds(calendar.add_workdays(start + whole * (7 * DAY), 0))
    return at_closing(start + whole * DAY, calendar)


def _counted(start: Moments, amount: float, unit: Unit, calendar: WorkCalendar, pause: Pause) -> Moments:
    """:func:`due_after`, later by what a pause took from it: only working time stands still. Source: SPEC section 4."""
    due = due_after(start, amount, unit, calendar)
    return pause.shift(start, due, calendar, by_days=unit is Unit.WORKDAYS) if unit.is_working_time else due


def _agreed(
    ledger: Ledger, timer: Timer, start: Moments, due: Moments, calendar: WorkCalendar, pause: Pause
) -> Moments:
    """Feedback that was agreed for this one matter (反馈约定) goes before the general rule, in its own unit. Source: SPEC B3."""
    if timer.kind is not TimerKind.FEEDBACK or not ledger.has("feedback_terms"):
        return due
    codes, terms = terms_of(ledger)
    agreed = due.copy()
    for code, term in enumerate(terms):
        if term is None:
            continue
        here = codes == code
        after = _counted(start[here], term.amount, term.unit, calendar, pause.of_rows(here))
        if term.seconds >= 0 and not term.unit.is_wall_clock:
            day: Moments = after.astype("datetime64[D]").astype("datetime64[s]")
            after = day + np.timedelta64(term.seconds, "s")
        agreed[here] = after
    return agreed


def _seconds(answer: object) -> Moments:
    return np.asarray(answer).astype("datetime64[s]")
