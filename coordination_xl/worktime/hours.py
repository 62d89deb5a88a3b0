"""The hours of each day, and what day has which.

Two clocks answer the same four questions: :class:`~coordination_xl.worktime.even.EvenClock`, when all worked days
have the same hours, and :class:`~coordination_xl.worktime.uneven.UnevenClock`, when they have not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from coordination_xl.errors import CalendarError
from coordination_xl.worktime.segments import Clock, Segments, read_segments
from coordination_xl.worktime.workdays import Workdays, weekdays

if TYPE_CHECKING:
    from coordination_xl.worktime.days import SpecialDay
    from coordination_xl.worktime.span import Bools, Ints

GivenSegments = Iterable[Iterable[Clock]]
GivenHours = GivenSegments | Iterable[GivenSegments] | Mapping[int, GivenSegments]
_WEEKDAYS = "一二三四五六日"


class WorkClock(Protocol):
    """Working time as a running total since the start of the span, and back.

    A total is two numbers: a coarse one in steps that the clock chooses, and ticks on top of it (any number of them).
    """

    def total(self, day: Ints, time: Ints, per_second: int) -> tuple[Ints, Ints]:
        """The working time before each instant, as (coarse, ticks)."""
        ...

    def latest(self, coarse: Ints, ticks: Ints, per_second: int, is_null: Bools | None) -> tuple[Ints, Ints]:
        """The last instant with that total, as (position, ticks since midnight): an opening, never a closing.

        Raises:
            CalendarError: it lies outside the span.
        """
        ...

    def seconds(self, coarse: Ints) -> Ints:
        """A difference of two coarse numbers in seconds."""
        ...

    def closings(self, day: Ints) -> Ints | int:
        """Seconds since midnight at which each position closes; the standard closing where it is not worked."""
        ...


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The usual hours.

    Attributes:
        by_weekday: segments by weekday, Monday = 0; the standard ones where none were given.
        standard: the hours of the first worked weekday.
    """

    by_weekday: tuple[Segments, ...]
    standard: Segments

    @classmethod
    def of(cls, week: frozenset[int], hours: GivenHours) -> WeekHours:
        """Read one list of segments for all days, or such a list for each weekday (a mapping, or seven in a row).

        Raises:
            CalendarError: the segments are unusable, or a worked weekday has none.
        """
        given = _by_weekday(hours)
        if given is None:
            same = read_segments(cast("GivenSegments", hours), "工作时间")
            return cls((same,) * 7, same)
        strange = [key for key in given if key not in range(7)]
        if strange:
            raise CalendarError("工作时间", f"星期 {strange[0]!r} 不是 0（周一）至 6（周日）", "请改正")
        read = {key: read_segments(value, f"工作时间（周{_WEEKDAYS[key]}）") for key, value in given.items() if value}
        for weekday in sorted(week):
            if weekday not in read:
                raise CalendarError("工作时间", f"周{_WEEKDAYS[weekday]}上班，却没有工作时段", "请补上")
        standard = read[min(week)]
        return cls(tuple(read.get(weekday, standard) for weekday in range(7)), standard)


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of every day of the span.

    Attributes:
        patterns: the different sets of segments; the first is the standard one.
        of_day: which of them each position has; 0 on rest days.
    """

    patterns: tuple[Segments, ...]
    of_day: Ints

    @classmethod
    def of(cls, workdays: Workdays, usual: WeekHours, special: Mapping[int, SpecialDay]) -> DayHours:
        """The usual hours on every worked day, except where the sheet gives a day its own."""
        numbers: dict[Segments, int] = {usual.standard: 0}

        def number(segments: Segments) -> int:
            return numbers.setdefault(segments, len(numbers))

        by_weekday = np.array([number(segments) for segments in usual.by_weekday])
        of_day = by_weekday.take(weekdays(np.arange(workdays.is_worked.size)))
        for position, day in special.items():
            if day.segments is not None:
                of_day[position] = number(day.segments)
        of_day *= workdays.is_worked
        return cls(tuple(numbers), of_day)

    @property
    def is_even(self) -> bool:
        """Whether all worked days have the standard hours."""
        return not self.of_day.any()


def _by_weekday(hours: GivenHours) -> Mapping[int, GivenSegments] | None:
    if isinstance(hours, Mapping):
        return hours
    days = list(hours)
    holds_clocks = any(isinstance(clock, Clock) for day in days for clock in day)
    return None if holds_clocks or len(days) != 7 else dict(enumerate(cast("list[GivenSegments]", days)))


def read_week(week: Iterable[Any]) -> frozenset[int]:
    """The worked weekdays, Monday = 0.

    Raises:
        CalendarError: there are none, or one is not 0 to 6.
    """
    days = list(week)
    if not days or any(day not in range(7) for day in days):
        raise CalendarError("工作日历", f"每周的工作日 {days!r} 不是 0（周一）至 6（周日）", "请至少给出一天")
    return frozenset(int(day) for day in days)
