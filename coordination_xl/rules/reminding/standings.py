"""What is late or near, clock by clock and rung by rung: what reminders are made of. Source: SPEC A11, A17, section 4.

Each rung of a matter hears of one of its clocks, so that nobody is told of one matter twice in one run: of the matter's own
where that has come so far, else of another that has. A 红 matter gets no 进度催报 beside it: the feedback that is owed to
责任人 is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from coordination_xl.rules.reminding.reminder_kinds import NEAR, OWING, clock_kind, kind_of, versions
from coordination_xl.rules.timing.rises import next_rises
from coordination_xl.rules.timing.timers import TimerKind
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from coordination_xl.rules.timing.schedule import Plan, Schedule

_ORDER = {TimerKind.DUE: 0, TimerKind.INTERMEDIATE: 1, TimerKind.LEAD: 2, TimerKind.FEEDBACK: 3}
_COLUMNS: dict[Hashable, Any] = {
    "schedule": np.int64, "place": np.int64, "clock": np.int64, "record": object, "notice": object, "kind": object,
    "version": object, "rung": np.int64, "level": np.int64, "due": "datetime64[s]", "late": np.float64,
    "next_rung": np.int64, "next_at": "datetime64[s]", "act_by": "datetime64[s]",
}  # fmt: skip


def standings(plan: Plan) -> pd.DataFrame:
    """Every rung that is reached, with the clock that tells it, and every own clock within the warning window.

    Returns:
        In the order of the ledgers, of their rows, and of the rungs.

        * ``schedule`` (position in ``plan.schedules``), ``place`` (position in its ledger's frame), ``clock`` (position in its
          clocks), ``rung`` (position in ``RUNG.words``; :data:`NEAR` where it is not late), ``level`` (the highest rung that
          this clock has reached), ``next_rung`` (the one above that, above 责任人 where it is not late; -1 where nobody
          stands higher): int64
        * ``record`` (id of the matter), ``notice`` (id of the notice that waits for an answer, ``""`` otherwise), ``kind``
          (通知种类), ``version`` (时限版本): ``str``
        * ``due``, ``next_at`` and ``act_by`` (when the next rung is reached, and until when it can be held off; NaT where
          there is none; of what is not late, until it is due): datetime64[s]
        * ``late`` (working days, or hours where the rule counts hours; NaN where it is not late): float64
    """
    return _joined([each for number in range(len(plan.schedules)) for each in _told(number, plan)])


def late_or_near(plan: Plan) -> pd.DataFrame:
    """Every clock that is late, each once at the highest rung it has reached, and every own clock within the warning window.

    Returns:
        As :func:`standings`; ``rung`` is also :data:`NEAR` where a late clock has reached none, or has no ladder.
    """
    return _joined([each for number in range(len(plan.schedules)) for each in _each(number, plan)])


def _joined(found: list[pd.DataFrame]) -> pd.DataFrame:
    if not found:
        return pd.DataFrame({name: np.empty(0, dtype=dtype) for name, dtype in _COLUMNS.items()})
    table = pd.concat(found, ignore_index=True)
    return table.sort_values(["schedule", "place", "rung"], kind="stable", ignore_index=True)


def _told(number: int, plan: Plan) -> list[pd.DataFrame]:
    schedule = plan.schedules[number]
    late, levels = _lateness(schedule, plan)
    found = _near(number, plan)
    tellers = _tellers(schedule, levels)
    for position, clock in enumerate(schedule.clocks):
        for rung in dict.fromkeys(clock.timer.ladder.rungs):
            if len(places := np.flatnonzero(tellers[rung] == position)):
                rungs = np.full(len(places), rung, dtype=np.int64)
                found.append(
                    _rows(number, position, places, rungs, levels[position][places], late[position][places], plan)
                )
    return found


def _each(number: int, plan: Plan) -> list[pd.DataFrame]:
    schedule = plan.schedules[number]
    late, levels = _lateness(schedule, plan)
    found = _near(number, plan)
    for position, clock in enumerate(schedule.clocks):
        if len(places := np.flatnonzero(clock.is_late)):
            level = levels[position][places]
            found.append(_rows(number, position, places, level, level, late[position][places], plan))
    return found


def _near(number: int, plan: Plan) -> list[pd.DataFrame]:
    schedule = plan.schedules[number]
    if schedule.ledger.table.life is None:
        return []
    found = []
    is_near = (schedule.columns["light"] == "蓝").to_numpy()
    for position in range(len(schedule.clocks)):
        if len(places := np.flatnonzero(is_near & (schedule.own.clock == position))):
            nowhere = np.full(len(places), NEAR, dtype=np.int64)
            found.append(_rows(number, position, places, nowhere, nowhere, np.full(len(places), np.nan), plan))
    return found


def _lateness(schedule: Schedule, plan: Plan) -> tuple[list[NDArray[np.float64]], list[NDArray[np.int64]]]:
    """How late each clock is, and the rung that it has reached; none of either where it is not late."""
    now, calendar = plan.basis.now, plan.basis.calendar
    late = [clock.lateness(now, calendar) for clock in schedule.clocks]
    return late, [clock.timer.ladder.rung(each) for clock, each in zip(schedule.clocks, late, strict=True)]


def _tellers(schedule: Schedule, levels: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """For each rung of ``RUNG.words`` the clock by which each row's rung is told; -1 where it is not reached."""
    height, own = len(schedule.ledger), schedule.own.clock
    is_red = schedule.own.flags([clock.is_late for clock in schedule.clocks])
    rising = sorted(range(len(levels)), key=lambda each: (-_ORDER[schedule.clocks[each].timer.kind], -each))
    tellers = [np.full(height, -1, dtype=np.int64) for _ in RUNG.words]
    for is_own in (False, True):  # the last that is asked has the word
        for position in rising:
            timer, level = schedule.clocks[position].timer, levels[position]
            for rung in timer.ladder.rungs:
                tells = (level >= rung) & ((own == position) == is_own)
                if rung == 0 and timer.kind is TimerKind.FEEDBACK:
                    tells &= ~is_red
                tellers[rung][tells] = position
    return tellers


def _rows(
    number: int,
    position: int,
    places: NDArray[np.intp],
    rungs: NDArray[np.int64],
    level: NDArray[np.int64],
    late: NDArray[np.float64],
    plan: Plan,
) -> pd.DataFrame:
    """The rows of one clock."""
    schedule = plan.schedules[number]
    timer, ledger = schedule.clocks[position].timer, schedule.ledger
    is_answer, is_late = ledger.table.life is None, ~np.isnan(late)
    ids, due = ledger.ids[places], schedule.clocks[position].due[places]
    rises = next_rises(timer, due, np.where(is_late, level, OWING), plan.basis.calendar)
    clock = clock_kind(timer.kind, is_answer=is_answer)
    return pd.DataFrame(
        {
            "schedule": number,
            "place": places,
            "clock": position,
            "record": ledger["source"].to_numpy(dtype=object)[places] if is_answer else ids,
            "notice": ids if is_answer else "",
            "kind": np.array([kind_of(clock, rung) for rung in (*range(len(RUNG.words)), NEAR)], dtype=object)[rungs],
            "version": versions(timer.rule, due, ids if is_answer else None),
            "rung": rungs,
            "level": level,
            "due": due,
            "late": late,
            "next_rung": rises.rung,
            "next_at": rises.at,
            "act_by": np.where(is_late, rises.act_by, due),
        }
    ).astype(_COLUMNS)
