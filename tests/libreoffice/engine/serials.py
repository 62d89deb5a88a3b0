"""Excel's day numbers: days since 1899-12-30, the time of day as a fraction."""

from __future__ import annotations

import datetime as dt

EPOCH = dt.datetime(1899, 12, 30)
_DAY_MS = 86_400_000


def to_serial(moment: dt.date) -> float:
    """The day number of a date or moment."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def to_moment(serial: float) -> dt.datetime:
    """What COM hands out for a date cell, rounded to milliseconds as pywin32 does; a mere time lies on 1899-12-30."""
    return EPOCH + dt.timedelta(milliseconds=round(serial * _DAY_MS))
