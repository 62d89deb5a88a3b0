"""The working days of the story and the moments in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.worktime import WorkCalendar

if TYPE_CHECKING:
    from random import Random

YEAR = 2026
NOW = datetime(2026, 11, 20, 10, 0)
CLOSE = time(18, 0)
_CALENDAR = WorkCalendar.china()
_ALL = pd.date_range("2025-12-01", "2027-03-31")
WORKDAYS: tuple[date, ...] = tuple(day.date() for day in _ALL[_CALENDAR.is_workday(_ALL)])
LAST_WORKDAY = date(2026, 11, 19)
"""The day before now: the latest on which something can have been finished at any hour."""


def workday(text: str) -> date:
    """A worked day of the year, from ``MM-DD``.

    Raises:
        ValueError: the day is a rest day; the story must not be told on one.
    """
    day = calendar_day(text)
    if day not in WORKDAYS:
        raise ValueError(f"{day} is a rest day")
    return day


def calendar_day(text: str) -> date:
    """Any day of the year, from ``MM-DD``."""
    month, number = text.split("-")
    return date(YEAR, int(month), int(number))


def instant(text: str) -> datetime | str:
    """A moment from ``MM-DD HH:MM``; blank stays blank."""
    return datetime.strptime(f"{YEAR}-{text}", "%Y-%m-%d %H:%M") if text else ""


def moment(value: object) -> datetime:
    """A cell that surely holds a moment.

    Raises:
        TypeError: it does not.
    """
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no moment")
    return value


def shift(start: date, workdays: int) -> date:
    """The N-th working day after (negative: before) a day."""
    day = start.date() if isinstance(start, datetime) else start
    if workdays > 0:
        return WORKDAYS[bisect_right(WORKDAYS, day) + workdays - 1]
    if workdays < 0:
        return WORKDAYS[bisect_left(WORKDAYS, day) + workdays]
    return day


def resolve(start: date, told: int | str) -> date:
    """A due day: so many working days after the start, or a day named."""
    return shift(start, told) if isinstance(told, int) else workday(told)


def between(start: date, end: date) -> int:
    """Working days in (start, end]."""
    return bisect_right(WORKDAYS, end) - bisect_right(WORKDAYS, start)


def spread(start: date, end: date, count: int) -> list[date]:
    """``count`` working days after ``start``, evenly apart, the last of them ``end``."""
    gap = max(between(start, end), 1)
    return [shift(start, max(round(gap * (number + 1) / count), 1)) for number in range(count)]


def during(rng: Random, day: date, first: str = "09:10", last: str = "17:20") -> datetime:
    """A moment of working time on a day, on five minutes."""
    low, high = _minutes(first), _minutes(last)
    while True:
        minute = rng.randrange(low, high + 1, 5)
        if not 12 * 60 < minute < 13 * 60 + 30:
            return datetime.combine(day, time(minute // 60, minute % 60))


def after(start: datetime, work_hours: float) -> datetime:
    """The moment so many working hours later."""
    end = _CALENDAR.add_work_hours(start, work_hours)
    return pd.Timestamp(end).to_pydatetime().replace(second=0, microsecond=0)


def at_close(day: date) -> datetime:
    """Close of business of a day."""
    return datetime.combine(day, CLOSE)


def midnight(day: date) -> datetime:
    """A day as a date cell holds it."""
    return datetime.combine(day, time())


def in_words(day: date) -> str:
    """A day as a document writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def minutes_later(start: datetime, minutes: int) -> datetime:
    """Wall clock."""
    return start + timedelta(minutes=minutes)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
