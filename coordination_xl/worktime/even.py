"""The clock for days that all have the same hours: one divmod by the worked seconds of a day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.worktime.segments import Segments, worked_seconds

if TYPE_CHECKING:
    from coordination_xl.worktime.span import Bools, Ints
    from coordination_xl.worktime.workdays import Workdays


@dataclass(frozen=True, slots=True)
class EvenClock:
    """See :class:`~coordination_xl.worktime.hours.WorkClock`; the coarse number counts worked days."""

    workdays: Workdays
    segments: Segments

    def total(self, day: Ints, time: Ints, per_second: int) -> tuple[Ints, Ints]:
        """Worked days before the day, and the ticks worked on it until ``time``."""
        worked = np.zeros(time.shape, np.int64)
        for opening, closing in self.segments:
            worked += np.clip(time - opening * per_second, 0, (closing - opening) * per_second)
        worked *= self.workdays.is_worked.take(day)
        return self.workdays.before.take(day), worked

    def latest(self, coarse: Ints, ticks: Ints, per_second: int, is_null: Bools | None) -> tuple[Ints, Ints]:
        """The day from whole days of work, the time from what remains, moved past each break it reaches."""
        whole, rest = np.divmod(ticks, worked_seconds(self.segments) * per_second)
        time = rest + self.segments[0][0] * per_second
        until_break = 0
        for (opening, closing), (reopening, _) in pairwise(self.segments):
            until_break += closing - opening
            time += (rest >= until_break * per_second) * ((reopening - closing) * per_second)
        count = self.workdays.within_span(coarse + whole, is_null)
        return self.workdays.nth.take(count), time

    def seconds(self, coarse: Ints) -> Ints:
        """Worked days in worked seconds."""
        return coarse * worked_seconds(self.segments)

    def closings(self, day: Ints) -> int:  # noqa: ARG002 - one closing for all days
        """The one closing time."""
        return self.segments[-1][1]
