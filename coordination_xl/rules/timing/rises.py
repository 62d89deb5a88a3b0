"""When a clock that nobody answers reaches the next rung of its ladder. Source: SPEC A17, A22, section 5 ``remind``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.timers import Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.rules.timing.deadlines import Moments
    from coordination_xl.rules.timing.timers import Timer
    from coordination_xl.worktime import WorkCalendar

    Places = NDArray[np.int64]

NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True, slots=True)
class Rises:
    """The next rise of each of many due times under one ladder.

    Attributes:
        rung: position in ``RUNG.words``; -1 where the ladder leads no higher, or where nothing is due.
        at: datetime64[s], when it is reached if nothing is done; NaT likewise.
        act_by: datetime64[s], until when it can be held off: the close of business before that day, or the moment itself
            where hours count; NaT likewise.
    """

    rung: Places
    at: Moments
    act_by: Moments

    def sooner(self, other: Rises) -> Rises:
        """Of two rises of the same rows the one that comes first; of two at the same moment the higher one."""
        is_other = ~np.isnat(other.at) & (
            np.isnat(self.at) | (other.at < self.at) | ((other.at == self.at) & (other.rung > self.rung))
        )
        return Rises(
            np.where(is_other, other.rung, self.rung),
            np.where(is_other, other.at, self.at),
            np.where(is_other, other.act_by, self.act_by),
        )


def nowhere(height: int) -> Rises:
    """Rows of which none rises."""
    return Rises(np.full(height, -1, dtype=np.int64), np.full(height, NAT), np.full(height, NAT))


def next_rises(timer: Timer, due: Moments, level: Places, calendar: WorkCalendar) -> Rises:
    """The first rung of a timer's ladder above a level that each due time reaches.

    A rung that counts working days is reached as its day begins, one that counts hours to the second. Rung 0 is reached
    as soon as the due time is past.

    Args:
        timer: the row of 时限规则.
        due: due times of that timer, NaT where nothing is.
        level: the rung each has reached, as a position in ``RUNG.words``; -1 is none.
        calendar: the work calendar.
    """
    rises = nowhere(len(due))
    for step, amount in zip(timer.ladder.rungs, timer.ladder.amounts, strict=True):
        above = np.where(level < step, due, NAT)
        at, act_by = _reached(above, amount, timer.unit, calendar)
        rises = rises.sooner(Rises(np.full(len(due), step, dtype=np.int64), at, act_by))
    return rises


def _reached(due: Moments, amount: float, unit: Unit, calendar: WorkCalendar) -> tuple[Moments, Moments]:
    """When what was due is so late, and the last moment to answer before it."""
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
