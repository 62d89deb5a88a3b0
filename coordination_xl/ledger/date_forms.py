"""What a typed date says, before its year is known: year, month, day, time of day, weekday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from typing import Final

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""Dates outside these years are slips of the finger (3023-10-18), not dates."""

LOOK_BACK_DAYS: Final = 183
LOOK_ROUND_DAYS: Final = 366
SECONDS_A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class DateForm:
    """One date as written; the numbers may be impossible (2月30日), which :meth:`resolve` tells.

    Attributes:
        year: the year written, or None.
        month: 1–12 as written, or None for ``本月``, ``下月``.
        day: day of the month as written.
        seconds: second of the day, 86400 for ``24:00``; None if no time of day was written.
        weekday: 0 (Monday) – 6 if a weekday stands beside the date, else None.
        year_offset: years from the anchor's for ``今年`` (0), ``明年`` (1); else None.
        month_offset: months from the anchor's for ``本月`` (0), ``下月`` (1); else None.
    """

    year: int | None
    month: int | None
    day: int
    seconds: int | None = None
    weekday: int | None = None
    year_offset: int | None = None
    month_offset: int | None = None

    @property
    def is_yearless(self) -> bool:
        """Whether the date needs an anchor."""
        return self.year is None

    def resolve(self, anchor: date | None = None) -> datetime | None:
        """The instant meant; midnight when no time of day was written.

        A yearless date is the earliest such date not more than 183 days before the anchor; ``明年`` and ``下月`` count
        from the anchor's own year and month.

        Returns:
            None when no such day exists, when a yearless date has no anchor, when the weekday beside it contradicts it,
            or when it lies outside the years 1990–2100.
        """
        day = self._day(anchor)
        if day is None or (self.weekday is not None and day.weekday() != self.weekday):
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        return datetime(day.year, day.month, day.day) + timedelta(seconds=self.seconds or 0)

    def _day(self, anchor: date | None) -> date | None:
        if self.year is not None:
            return _day_or_none(self.year, self.month, self.day)
        if anchor is None:
            return None
        if self.month_offset is not None:
            months = anchor.year * 12 + anchor.month - 1 + self.month_offset
            return _day_or_none(months // 12, months % 12 + 1, self.day)
        if self.year_offset is not None:
            return _day_or_none(anchor.year + self.year_offset, self.month, self.day)
        floor = date(anchor.year, anchor.month, anchor.day) - timedelta(days=LOOK_BACK_DAYS)
        for year in (floor.year, floor.year + 1):
            day = _day_or_none(year, self.month, self.day)
            if day is not None and 0 <= (day - floor).days <= LOOK_ROUND_DAYS:
                return day
        return None


def _day_or_none(year: int, month: int | None, day: int) -> date | None:
    if month is None or not 1 <= year <= MAXYEAR or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of a short month
        return None
