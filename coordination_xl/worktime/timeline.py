"""The arithmetic of working time, on flat int64 ticks.

Everything here takes and gives arrays of one length (or of length 1, which broadcasts); null is
:data:`~coordination_xl.worktime.span.NAT`. The shapes of the outside world are the business of
:class:`~coordination_xl.worktime.calendar.WorkCalendar`, which also says what each answer means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.worktime.even import EvenClock
from coordination_xl.worktime.hours import DayHours, WeekHours, WorkClock
from coordination_xl.worktime.span import (
    FIRST,
    NAT,
    SECONDS_PER_DAY,
    SIZE,
    TICKS_PER_SECOND,
    Bools,
    Floats,
    Ints,
    locate,
    positions,
    time_of_day,
)
from coordination_xl.worktime.uneven import UnevenClock
from coordination_xl.worktime.workdays import Workdays

if TYPE_CHECKING:
    from coordination_xl.worktime.days import SpecialDays


@dataclass(frozen=True, slots=True)
class Timeline:
    """The tables of one calendar.

    Attributes:
        workdays: which days are worked.
        clock: their hours.
        nth_closing: seconds since 1970 at which the k-th worked day of the span closes.
        is_special: whether a position has a row in the 节假日 sheet.
        is_covered: whether the sheet covers a position's year.
    """

    workdays: Workdays
    clock: WorkClock
    nth_closing: Ints
    is_special: Bools
    is_covered: Bools

    @classmethod
    def of(cls, week: frozenset[int], usual: WeekHours, special: SpecialDays) -> Timeline:
        """Lay out the tables for the whole span."""
        workdays = Workdays.of(week, special.by_position)
        hours = DayHours.of(workdays, usual, special.by_position)
        clock = EvenClock(workdays, usual.standard) if hours.is_even else UnevenClock.of(workdays, hours)
        nth_closing = _instants(workdays.nth, clock.closings(workdays.nth), "s", None)
        is_special = np.zeros(SIZE, np.bool_)
        is_special[list(special.by_position)] = True
        is_covered = np.zeros(SIZE + 2, np.bool_)
        years = np.arange(FIRST, FIRST + SIZE).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        is_covered[:SIZE] = np.isin(years, list(special.covered_years))
        return cls(workdays, clock, nth_closing, is_special, is_covered)

    def worked(self, ticks: Ints, unit: str) -> Bools:
        """Whether each date is worked."""
        return self.workdays.is_worked.take(positions(ticks, unit)[0])

    def covered(self, ticks: Ints, unit: str) -> Bools:
        """Whether the sheet covers each date's year; never raises."""
        return self.is_covered.take(locate(ticks, unit))

    def closing(self, ticks: Ints, unit: str) -> Ints:
        """Close of business on each date."""
        day, is_null = positions(ticks, unit)
        return _instants(day, self.clock.closings(day) * TICKS_PER_SECOND[unit], unit, is_null)

    def after_days(self, ticks: Ints, n: Ints, unit: str) -> Ints:
        """Close of business of the n-th working day from each date."""
        day, is_null = positions(ticks, unit)
        due = self.nth_closing.take(self.workdays.step(day, n, is_null))
        due *= TICKS_PER_SECOND[unit]
        return _with_nulls(due, is_null)

    def after_time(self, ticks: Ints, to_go: Ints, unit: str) -> Ints:
        """The instant at which ``to_go`` ticks of working time have passed."""
        per_second = TICKS_PER_SECOND[unit]
        day, is_null = positions(ticks, unit)
        coarse, worked = self.clock.total(day, time_of_day(ticks, day, unit), per_second)
        # The clock answers with openings, never closings. One tick less to go and one more afterwards makes it the
        # other way round, which is what running forwards asks for.
        is_forward = to_go > 0
        due, time = self.clock.latest(coarse, worked + to_go - is_forward, per_second, is_null)
        answer = _instants(due, time + is_forward, unit, is_null)
        stays = to_go == 0
        if stays.any():
            due, time = self.clock.latest(coarse, worked - 1, per_second, np.ones(worked.shape, np.bool_))
            is_closing = _instants(due, time + 1, unit, is_null) == ticks
            answer = np.where(stays & is_closing, ticks, answer)
        return answer

    def hours_between(self, start: Ints, end: Ints, start_unit: str, end_unit: str) -> Floats:
        """Working hours from each start to each end; NaN for null."""
        per_second = max(TICKS_PER_SECOND[start_unit], TICKS_PER_SECOND[end_unit])
        start_coarse, start_ticks, no_start = self._total(start, start_unit, per_second)
        end_coarse, end_ticks, no_end = self._total(end, end_unit, per_second)
        whole, fraction = np.divmod(end_ticks - start_ticks, per_second)
        seconds = self.clock.seconds(end_coarse - start_coarse) + whole
        hours: Floats = (seconds + fraction / per_second) / 3600
        for is_null in (no_start, no_end):
            if is_null is not None:
                np.copyto(hours, np.nan, where=is_null)
        return hours

    def days_between(self, start: Ints, end: Ints, start_unit: str, end_unit: str) -> Ints:
        """Working days in (start, end]."""
        from_day, no_start = positions(start, start_unit)
        to_day, no_end = positions(end, end_unit)
        count = self.workdays.between(from_day, to_day)
        return _with_nulls(_with_nulls(count, no_start), no_end)

    def notable_days(self, low: int, high: int) -> pd.DataFrame:
        """The rest days and special days at positions ``low`` to ``high``, the latter excluded."""
        is_worked, is_special = self.workdays.is_worked[low:high], self.is_special[low:high]
        listed = np.flatnonzero(~is_worked | is_special)
        return pd.DataFrame(
            {
                "date": (listed + low + FIRST).astype("datetime64[D]").astype("datetime64[ns]"),
                "is_workday": is_worked[listed],
                "is_special": is_special[listed],
            }
        )

    def _total(self, ticks: Ints, unit: str, per_second: int) -> tuple[Ints, Ints, Bools | None]:
        day, is_null = positions(ticks, unit)
        time = time_of_day(ticks, day, unit) * (per_second // TICKS_PER_SECOND[unit])
        return *self.clock.total(day, time, per_second), is_null


def _instants(day: Ints, time: Ints | int, unit: str, is_null: Bools | None) -> Ints:
    """Positions and ticks since midnight as ticks since 1970, NaT where null."""
    answer = (day + FIRST) * (SECONDS_PER_DAY * TICKS_PER_SECOND[unit])
    answer += time
    return _with_nulls(answer, is_null)


def _with_nulls(answer: Ints, is_null: Bools | None) -> Ints:
    if is_null is not None:
        np.copyto(answer, NAT, where=is_null)
    return answer
