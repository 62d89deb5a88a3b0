"""How templates write dates, numbers and names. Source: SPEC section 4."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_WEEKDAYS = "一二三四五六日"
_NOTHING = "—"


def long_day(when: datetime | None) -> str:
    """``2026年11月20日 星期五``; a blank moment is blank."""
    return "" if when is None else f"{when.year}年{when.month}月{when.day}日 星期{_WEEKDAYS[when.weekday()]}"


def long_moment(when: datetime | None) -> str:
    """``2026年11月20日 星期五 18:00``."""
    return "" if when is None else f"{long_day(when)} {when:%H:%M}"


def short_day(when: datetime | None) -> str:
    """``11月20日``."""
    return "" if when is None else f"{when.month}月{when.day}日"


def weekday(when: datetime | None) -> str:
    """``11月20日（周五）``."""
    return "" if when is None else f"{short_day(when)}（周{_WEEKDAYS[when.weekday()]}）"


def weekday_minute(when: datetime | None) -> str:
    """``11月20日（周五）18:00``."""
    return "" if when is None else f"{weekday(when)}{when:%H:%M}"


def year_minute(when: datetime | None) -> str:
    """``2026年11月20日（周五）18:00``."""
    return "" if when is None else f"{when.year}年{weekday_minute(when)}"


def minute(when: datetime | None) -> str:
    """``2026-11-20 18:00``."""
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"


def percent(share: float | None) -> str:
    """``83%``; a share that is not known is a dash."""
    return _NOTHING if share is None else f"{share:.0%}"


def tenths(number: float | None) -> str:
    """``10.4``; a number that is not known is a dash."""
    return _NOTHING if number is None else f"{number:.1f}"


def signed(number: float | None, places: int = 0) -> str:
    """``+3``, ``−2``, ``0``: a change, with the sign that is as wide as the plus."""
    if number is None:
        return _NOTHING
    text = f"{number:+.{places}f}"
    return text.replace("-", "−") if float(text) else text.lstrip("+-")


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "long_day": long_day,
        "long_moment": long_moment,
        "short_day": short_day,
        "weekday": weekday,
        "weekday_minute": weekday_minute,
        "year_minute": year_minute,
        "minute": minute,
        "percent": percent,
        "tenths": tenths,
        "signed": signed,
    }
)
