"""What ``refresh`` writes: every computed column of every ledger, from the typed frames and ``now`` alone.

Source: SPEC section 3 (computed columns), section 4, section 5 ``refresh``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.people.approvers import Approvers
from coordination_xl.rules.people.delegates import ANSWERS, Delegates
from coordination_xl.rules.settings import Settings
from coordination_xl.rules.timing.calendar import calendar_of, weekday_names
from coordination_xl.rules.timing.clocks import Clock, clocks_of
from coordination_xl.rules.timing.escalation import escalation_levels
from coordination_xl.rules.timing.extended_dues import Granted
from coordination_xl.rules.timing.extensions import judged
from coordination_xl.rules.timing.feedback import feedback_of, last_feedback
from coordination_xl.rules.timing.lights import lights
from coordination_xl.rules.timing.lives import remembered_states
from coordination_xl.rules.timing.own_due import OwnDue, own_due
from coordination_xl.rules.timing.pauses import Pause, pauses_of
from coordination_xl.rules.timing.risks import is_at_risk, major_risks
from coordination_xl.rules.timing.timers import TIMED, Timer, TimerKind, timers_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar

NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class Basis:
    """What every due time rests on.

    Attributes:
        settings: 参数.
        calendar: 节假日.
        timers: 时限规则.
        now: the moment of judgement.
        approvers: who may approve an extension, and who acts for whom, by 通讯录.
    """

    settings: Settings
    calendar: WorkCalendar
    timers: tuple[Timer, ...]
    now: datetime
    approvers: Approvers

    @classmethod
    def of(cls, ledgers: Ledgers, now: datetime) -> Basis:
        """Read it off the workbook.

        Raises:
            RuleError: 时限规则 or 参数 cannot be understood.
            CalendarError: 节假日 contradicts itself.
        """
        settings = Settings.of(ledgers["Settings"])
        contacts = ledgers["Contacts"]
        approvers = Approvers.of(contacts, Delegates.of(contacts, Directory.of(contacts.frame)))
        return cls(settings, calendar_of(ledgers["Calendar"], settings), timers_of(ledgers["Rules"]), now, approvers)


@dataclass(frozen=True)
class Schedule:
    """The clocks of one ledger and the computed columns that follow from them.

    Attributes:
        ledger: the ledger.
        clocks: its clocks.
        own: which clock is the matter's own.
        pause: its pauses.
        columns: identifier → Series aligned with the ledger's frame, of the type the schema names.
        risks: its rows of which the latest word is a major risk, see :func:`~coordination_xl.rules.timing.risks.major_risks`.
        answers: who answers for each row, with whoever acts for those on leave; aligned with the ledger's frame.
    """

    ledger: Ledger
    clocks: tuple[Clock, ...]
    own: OwnDue
    pause: Pause
    columns: Mapping[str, pd.Series]
    risks: pd.DataFrame
    answers: pd.Series


@dataclass(frozen=True)
class Plan:
    """The schedules of a workbook and what they rest on; see :func:`schedules`."""

    basis: Basis
    schedules: tuple[Schedule, ...]

    @classmethod
    def of(cls, ledgers: Ledgers, now: datetime) -> Plan:
        """Compute it.

        Raises:
            RuleError: 时限规则 or 参数 cannot be understood.
            CalendarError: 节假日 contradicts itself.
        """
        basis = Basis.of(ledgers, now)
        return cls(basis, schedules(ledgers, basis))


def schedules(ledgers: Ledgers, basis: Basis) -> tuple[Schedule, ...]:
    """The schedule of every ledger that has clocks, in the order of :data:`TIMED`."""
    latest = last_feedback(ledgers, basis.now)
    progress = _task_progress(ledgers["Tasks"])
    risks = major_risks(ledgers, basis.now)
    extensions = judged(ledgers["Extensions"], basis.approvers, basis.calendar, basis.now)
    return tuple(
        _schedule(ledgers[name], basis, latest, progress, risks, Granted.of(ledgers[name], extensions))
        for name in TIMED
        if name in ledgers
    )


def calendar_columns(holidays: Ledger) -> Mapping[str, pd.Series]:
    """The computed column of 节假日: 星期."""
    return {"weekday": weekday_names(holidays["date"])}


def _schedule(
    ledger: Ledger, basis: Basis, latest: pd.Series, progress: pd.Series, risks: pd.DataFrame, granted: Granted
) -> Schedule:
    calendar, now, height = basis.calendar, basis.now, len(ledger)
    pause = pauses_of(ledger, now)
    is_risky = is_at_risk(ledger, risks) & ~pause.is_on
    clocks = clocks_of(ledger, basis.timers, calendar, latest, pause, now, granted)
    own = own_due(clocks, height)
    late_days, late_hours = _lateness(clocks, own, basis)
    original = granted.originals(_original_due(ledger, own))
    columns: dict[str, object] = {
        "light": lights(ledger, clocks, own, pause, calendar, basis.settings, now, is_risky),
        "due": own.due,
        "overdue_workdays": late_days,
        "overdue_hours": late_hours,
        "next_feedback": _next_feedback(clocks, height),
        "last_feedback": feedback_of(ledger, latest) if ledger.table.life else np.full(height, NAT),
        "escalation": escalation_levels(clocks, height, calendar, now, is_risky),
        "certainty": _certainty(clocks, height),
        "original_due": original,
    }
    if ledger.table.life:
        columns["last_state"], columns["state_since"] = remembered_states(ledger, now)
        columns["is_on_time"], columns["elapsed_workdays"] = _outcome(ledger, own, calendar)
        columns["is_on_original"] = _judged(ledger, own.done, original)
        columns["task_progress"] = progress.reindex(ledger.ids).fillna("").to_numpy(dtype=object)
    owned = {column.identifier for column in ledger.table.computed_columns}
    return Schedule(
        ledger,
        clocks,
        own,
        pause,
        {
            identifier: pd.Series(values, index=ledger.frame.index, name=identifier)
            for identifier, values in columns.items()
            if identifier in owned
        },
        risks[risks.index.isin(ledger.ids[is_risky])],
        basis.approvers.delegates.named(ledger[ANSWERS[ledger.table.name]], now.date()),
    )


def _lateness(clocks: tuple[Clock, ...], own: OwnDue, basis: Basis) -> tuple[object, object]:
    """Overdue working days and overdue hours of the own clock; NaN where it is not late or counts the other unit."""
    days: list[NDArray[np.float64]] = []
    hours: list[NDArray[np.float64]] = []
    for clock in clocks:
        late = clock.lateness(basis.now, basis.calendar)
        nothing = np.full(len(late), np.nan)
        days.append(nothing if clock.timer.unit.counts_hours else late)
        hours.append(np.round(late, 1) if clock.timer.unit.counts_hours else nothing)
    late_days = own.numbers(days)
    return np.where(late_days > 0, late_days, np.nan), own.numbers(hours)


def _next_feedback(clocks: tuple[Clock, ...], height: int) -> object:
    """The earliest running feedback clock; NaT where no feedback is owed. Source: SPEC A11."""
    nearest = np.full(height, NAT)
    for clock in clocks:
        if clock.timer.kind is TimerKind.FEEDBACK:
            nearest = np.fmin(nearest, np.where(clock.is_running, clock.due, NAT))
    return nearest


def _certainty(clocks: tuple[Clock, ...], height: int) -> object:
    """正式, 暂定 where a clock rests on a year without its official calendar, or ``""`` where no clock applies."""
    is_provisional, is_there = np.zeros(height, dtype=bool), np.zeros(height, dtype=bool)
    for clock in clocks:
        is_provisional |= clock.is_provisional
        is_there |= clock.applies
    certainty = np.full(height, "", dtype=object)
    certainty[is_there] = "正式"
    certainty[is_provisional] = "暂定"
    return certainty


def _original_due(ledger: Ledger, own: OwnDue) -> NDArray[np.datetime64]:
    """The first due time that was a promise: kept once it is there. Source: SPEC section 3, 延期申请."""
    if "original_due" not in ledger.table.by_identifier:
        return own.due
    kept = ledger["original_due"].to_numpy(dtype="datetime64[s]")
    life, since = ledger.table.life, ledger.table.committed_from
    is_promise = ledger["state"].isin(life.from_on(since)).to_numpy() if life and since else ~np.isnat(own.due)
    return np.where(np.isnat(kept) & is_promise, own.due, kept)


def _outcome(ledger: Ledger, own: OwnDue, calendar: WorkCalendar) -> tuple[object, object]:
    """按期 (是, 否 or ``""``) and 办结用时 (working days, NaN) of finished matters."""
    life = ledger.table.life
    is_finished = ledger["state"].isin(life.finished).to_numpy() if life else np.zeros(len(ledger), dtype=bool)
    opened = ledger[ledger.table.opened_by].to_numpy(dtype="datetime64[s]")
    closed = np.where(is_finished, ledger[ledger.table.closed_by].to_numpy(dtype="datetime64[s]"), NAT)
    return _judged(ledger, own.done, own.due), np.asarray(calendar.count_workdays(opened, closed), dtype=np.float64)


def _judged(ledger: Ledger, done: NDArray[np.datetime64], due: NDArray[np.datetime64]) -> NDArray[np.object_]:
    """是 where a finished matter was done by ``due``, 否 where later, ``""`` where there is nothing to judge."""
    life = ledger.table.life
    is_finished = ledger["state"].isin(life.finished).to_numpy() if life else np.zeros(len(ledger), dtype=bool)
    is_judged = is_finished & ~np.isnat(due) & ~np.isnat(done)
    on_time = np.full(len(ledger), "", dtype=object)
    on_time[is_judged] = "否"
    on_time[is_judged & (done <= due)] = "是"
    return on_time


def _task_progress(tasks: Ledger) -> pd.Series:
    """``2/3``: finished tasks of all tasks, by the id they come from; cancelled tasks do not count. Source: SPEC A17."""
    frame = tasks.frame
    counted = frame[(frame["source"] != "") & (frame["state"] != "已取消")]
    done = (counted["state"] == "已完成").groupby(counted["source"]).agg(["sum", "count"])
    return done["sum"].astype(str) + "/" + done["count"].astype(str)
