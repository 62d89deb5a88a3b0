"""A naive second opinion: walks the calendar day by day and minute by minute, and knows nothing of tables."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

MinuteSegments = list[tuple[int, int]]


class Walker:
    """Working time the slow way.

    Args:
        week: the worked weekdays.
        hours: by weekday, segments in minutes since midnight; the first worked weekday is the standard.
        council: the State Council's rows: date -> (worked, own segments or None).
        company: the company's rows, likewise.
    """

    def __init__(self, week, hours, council=None, company=None):
        self.week, self.hours = week, hours
        self.council, self.company = council or {}, company or {}
        self.standard = hours[min(week)]
        self._open_minutes = {}

    def segments(self, day: date) -> MinuteSegments:
        for source in (self.company, self.council):
            if day in source:
                worked, own = source[day]
                return (own or self.hours.get(day.weekday(), self.standard)) if worked else []
        return self.hours[day.weekday()] if day.weekday() in self.week else []

    def is_workday(self, day: date) -> bool:
        return bool(self.segments(day))

    def is_open(self, minute: datetime) -> bool:
        """Whether the minute that begins here is worked."""
        day = minute.date()
        if day not in self._open_minutes:
            flags = bytearray(1440)
            for opening, closing in self.segments(day):
                flags[opening:closing] = b"\1" * (closing - opening)
            self._open_minutes[day] = flags
        return bool(self._open_minutes[day][minute.hour * 60 + minute.minute])

    def is_working_instant(self, instant: datetime) -> bool:
        """Whether an instant lies in working time, its ends included."""
        return self.is_open(instant) or self.is_open(instant - MINUTE)

    def closing(self, day: date) -> datetime:
        return datetime.combine(day, time()) + timedelta(minutes=(self.segments(day) or self.standard)[-1][1])

    def add_workdays(self, start: datetime, n: int) -> datetime:
        day = start.date()
        if n == 0:
            while not self.is_workday(day):
                day += DAY
        while n:
            day += DAY if n > 0 else -DAY
            if self.is_workday(day):
                n += -1 if n > 0 else 1
        return self.closing(day)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        at = start
        if minutes == 0:
            while not (at == start and self.is_working_instant(at)) and not self.is_open(at):
                at += MINUTE
        while minutes > 0:
            minutes -= self.is_open(at)
            at += MINUTE
        while minutes < 0:
            at -= MINUTE
            minutes += self.is_open(at)
        return at

    def minutes_between(self, start: datetime, end: datetime) -> int:
        if start > end:
            return -self.minutes_between(end, start)
        worked = 0
        while start < end:
            worked += self.is_open(start)
            start += MINUTE
        return worked

    def count_workdays(self, start: date, end: date) -> int:
        if start > end:
            return -self.count_workdays(end, start)
        return sum(self.is_workday(start + DAY * k) for k in range(1, (end - start).days + 1))
