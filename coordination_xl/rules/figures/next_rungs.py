"""The next rung of each matter, and when it is reached if nothing is done. Source: SPEC A17, section 5 ``remind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.timers import Unit
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.rules.timing.clocks import Clock
    from coordination_xl.rules.timing.deadlines import Moments
    from coordination_xl.rules.timing.schedule import Schedule
    from coordination_xl.worktime import WorkCalendar

_FAR = np.datetime64("9999-12-31", "s")


def next_rungs(schedule: Schedule, calendar: WorkCalendar) -> pd.DataFrame:
    """The first rise of 升级层级 that lies ahead, over all running clocks of each row.

    A rung that counts working days is reached as its day begins, one that counts hours to the second. Rung 0 is reached
    as soon as the due time is past.

    Returns:
        Index as in the ledger's frame. ``next_rung``: ``str``, ``""`` where no clock leads any higher. ``next_at``:
        datetime64[s], NaT there. ``act_by``: datetime64[s], the close of business before that day, or the moment itself
        where hours count; until then it can be held off.
    """
    height = len(schedule.ledger)
    level = _levels(schedule)
    at = np.full(height, _FAR)
    by = np.full(height, np.datetime64("NaT", "s"))
    rung = np.full(height, -1, dtype=np.int64)
    for clock in schedule.clocks:
        for step, amount in zip(clock.timer.ladder.rungs, clock.timer.ladder.amounts, strict=True):
            reached, last_chance = _reached(clock, amount, calendar)
            is_sooner = clock.is_running & (step > level) & ((reached < at) | ((reached == at) & (step > rung)))
            at, by = np.where(is_sooner, reached, at), np.where(is_sooner, last_chance, by)
            rung = np.where(is_sooner, step, rung)
    words = np.array([*RUNG.words, ""], dtype=object)
    return pd.DataFrame(
        {"next_rung": words[rung], "next_at": np.where(rung < 0, np.datetime64("NaT", "s"), at), "act_by": by},
        index=schedule.ledger.frame.index,
    )


def _levels(schedule: Schedule) -> NDArray[np.int64]:
    """Position of 升级层级 in ``RUNG.words``; -1 where there is none."""
    places = {word: place for place, word in enumerate(RUNG.words)}
    return np.array([places.get(str(word), -1) for word in schedule.columns["escalation"]], dtype=np.int64)


def _reached(clock: Clock, amount: float, calendar: WorkCalendar) -> tuple[Moments, Moments]:
    """When a clock is so late, and the last moment to answer before it."""
    unit, due = clock.timer.unit, clock.due
    if amount == 0:
        return due, due
    if unit.is_wall_clock:
        reached = due + np.timedelta64(round(amount * 3600), "s")
        return reached, reached
    if unit is Unit.WORK_HOURS:
        reached = due_after(due, amount, unit, calendar)
        return reached, reached
    days = int(np.ceil(amount))
    day: Moments = due_after(due, days, Unit.WORKDAYS, calendar).astype("datetime64[D]").astype("datetime64[s]")
    return day, due if days == 1 else due_after(day, -1, Unit.WORKDAYS, calendar)
