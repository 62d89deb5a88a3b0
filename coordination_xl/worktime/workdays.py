"""Working days as two tables: how many came before each day, and which day is the k-th.

A step over any number of working days is then two look-ups, whatever make-up days and holidays lie between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.worktime.span import FIRST, SIZE, Bools, Ints, out_of_span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.worktime.days import SpecialDay

_MONDAY_OFFSET = (FIRST + 3) % 7
"""The weekday of the first day of the span: 1970-01-01 was a Thursday."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked.

    Attributes:
        is_worked: one flag a position; False at the two positions past the last day.
        before: how many worked days lie before each position. At the position of NaT any number does: a middle one, so
            that no step from there leaves the tables.
        nth: the positions of the worked days, in order.
    """

    is_worked: Bools
    before: Ints
    nth: Ints

    @classmethod
    def of(cls, week: frozenset[int], special: Mapping[int, SpecialDay]) -> Workdays:
        """The tables for a plain week and the days that differ from it."""
        is_worked = np.zeros(SIZE + 2, np.bool_)
        is_worked[:SIZE] = np.isin(weekdays(np.arange(SIZE)), sorted(week))
        for position, day in special.items():
            is_worked[position] = day.is_workday
        before = np.zeros(SIZE + 3, np.int64)
        np.cumsum(is_worked, out=before[1:])
        before[SIZE + 1 :] = before[SIZE] // 2
        return cls(is_worked, before, np.flatnonzero(is_worked))

    def step(self, day: Ints, n: Ints, is_null: Bools | None) -> Ints:
        """Which worked day — counted from the first of the span — lies ``n`` working days from each position.

        ``n > 0`` counts the worked days after the day, ``n < 0`` those before it; ``n = 0`` is the day itself if
        worked, else the next worked one. Where ``is_null`` the answer is some worked day.

        Raises:
            CalendarError: the step leaves the span.
        """
        is_forward = n > 0
        if is_forward.all():
            is_forward = is_forward[:1]  # The usual case: one flag for all is cheaper than one for each.
        count = self.before.take(day + is_forward)
        count = count + n
        count -= is_forward
        return self.within_span(count, is_null)

    def within_span(self, count: Ints, is_null: Bools | None) -> Ints:
        """The counts unchanged, if :attr:`nth` has them all; where ``is_null`` they are made harmless.

        Raises:
            CalendarError: a count that is not null lies outside the span.
        """
        outside = count.view(np.uint64) >= self.nth.size
        if outside.any():
            if is_null is None or (outside & ~is_null).any():
                raise out_of_span("推算的结果")
            count[outside] = 0
        return count

    def between(self, start: Ints, end: Ints) -> Ints:
        """Worked days in (start, end]; negative when reversed."""
        difference: Ints = self.before.take(end + 1) - self.before.take(start + 1)
        return difference


def weekdays(day: Ints) -> Ints:
    """Weekday of each position, Monday = 0."""
    numbers: Ints = (day + _MONDAY_OFFSET) % 7
    return numbers
