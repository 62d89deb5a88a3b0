"""How templates write dates, numbers and names. Source: SPEC section 4."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_WEEKDAYS = "一二三四五六日"


def long_day(when: datetime | None) -> str:
    """``2026年11月20日 星期五``; a blank moment is blank."""
    return "" if when is None else f"{when.year}年{when.month}月{when.day}日 星期{_WEEKDAYS[when.weekday()]}"


def long_moment(when: datetime | None) -> str:
    """``2026年11月20日 星期五 18:00``."""
    return "" if when is None else f"{long_day(when)} {when:%H:%M}"


def short_day(when: datetime | None) -> str:
    """``11月20日``."""
    return "" if when is None else f"{when.month}月{when.day}日"


def minute(when: datetime | None) -> str:
    """``2026-11-20 18:00``."""
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"long_day": long_day, "long_moment": long_moment, "short_day": short_day, "minute": minute}
)
