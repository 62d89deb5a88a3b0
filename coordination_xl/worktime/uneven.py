"""The clock for days of different hours: a table of the seconds worked before each worked day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.worktime.segments import Segments, worked_seconds
from coordination_xl.worktime.span import Bools, Ints, out_of_span

if TYPE_CHECKING:
    from coordination_xl.worktime.hours import DayHours
    from coordination_xl.worktime.workdays import Workdays


@dataclass(frozen=True, slots=True)
class UnevenClock:
    """See :class:`~coordination_xl.worktime.hours.WorkClock`; the coarse number counts worked seconds.

    Patterns with fewer segments than others are filled up with empty ones at their closing.

    Attributes:
        workdays: which days are worked.
        of_day: the pattern of each position.
        openings: seconds since midnight, one row a segment, one column a pattern.
        closes: likewise.
        until: seconds of work on the day before each segment, likewise.
        before: seconds of work before each position.
        before_nth: seconds of work before each worked day, and at its end those of the whole span.
    """

    workdays: Workdays
    of_day: Ints
    openings: Ints
    closes: Ints
    until: Ints
    before: Ints
    before_nth: Ints

    @classmethod
    def of(cls, workdays: Workdays, hours: DayHours) -> UnevenClock:
        """Lay out the tables."""
        most = max(len(segments) for segments in hours.patterns)
        padded = np.array([_pad(segments, most) for segments in hours.patterns], dtype=np.int64)
        openings, closes = padded[:, :, 0].T.copy(), padded[:, :, 1].T.copy()
        until = np.zeros_like(openings)
        np.cumsum((closes - openings)[:-1], axis=0, out=until[1:])
        length = np.array([worked_seconds(segments) for segments in hours.patterns], dtype=np.int64)
        worked = length.take(hours.of_day) * workdays.is_worked
        before = np.zeros(worked.size + 1, np.int64)
        np.cumsum(worked, out=before[1:])
        before_nth = np.append(before.take(workdays.nth), before[-1])
        return cls(workdays, hours.of_day, openings, closes, until, before, before_nth)

    def total(self, day: Ints, time: Ints, per_second: int) -> tuple[Ints, Ints]:
        """Seconds worked before the day, and the ticks worked on it until ``time``."""
        pattern = self.of_day.take(day)
        worked = np.zeros(time.shape, np.int64)
        for opening, closing in zip(self.openings, self.closes, strict=True):
            since = time - opening.take(pattern) * per_second
            worked += np.clip(since, 0, (closing - opening).take(pattern) * per_second)
        worked *= self.workdays.is_worked.take(day)
        return self.before.take(day), worked

    def latest(self, coarse: Ints, ticks: Ints, per_second: int, is_null: Bools | None) -> tuple[Ints, Ints]:
        """The day by bisection of the totals, the time from what remains, moved past each break it reaches."""
        whole, fraction = np.divmod(ticks, per_second)
        wanted = coarse + whole
        outside = (wanted < 0) | (wanted >= self.before_nth[-1])
        if outside.any():
            if is_null is None or (outside & ~is_null).any():
                raise out_of_span("推算的结果")
            wanted[outside] = 0
        count = np.searchsorted(self.before_nth, wanted, side="right") - 1
        rest = wanted - self.before_nth.take(count)
        day = self.workdays.nth.take(count)
        pattern = self.of_day.take(day)
        second = rest + self.openings[0].take(pattern)
        for number in range(1, len(self.openings)):
            gap = self.openings[number] - self.closes[number - 1]
            second += (rest >= self.until[number].take(pattern)) * gap.take(pattern)
        return day, second * per_second + fraction

    def seconds(self, coarse: Ints) -> Ints:
        """They are seconds already."""
        return coarse

    def closings(self, day: Ints) -> Ints:
        """The closing of each day's pattern."""
        last: Ints = self.closes[-1]
        return last.take(self.of_day.take(day))


def _pad(segments: Segments, most: int) -> Segments:
    closing = segments[-1][1]
    return segments + ((closing, closing),) * (most - len(segments))
