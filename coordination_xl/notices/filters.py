"""How templates write dates, numbers and names. Source: SPEC section 4."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

_WEEKDAYS = "一二三四五六日"
_NOTHING = "—"
_COUNTED = {"工作日": "个工作日", "工作小时": "个工作小时", "自然日": "天"}
_BREAK = Markup("<br />\n")
_NUMBER = re.compile(r"\b[A-Z]{2}-\d{4}-\d{4}\b")


def long_day(when: datetime | None) -> str:
    """``2026年11月20日 星期五``; a blank moment is blank."""
    return "" if when is None else f"{when.year}年{when.month}月{when.day}日 星期{_WEEKDAYS[when.weekday()]}"


def long_moment(when: datetime | None) -> str:
    """``2026年11月20日 星期五 18:00``."""
    return "" if when is None else f"{long_day(when)} {when:%H:%M}"


def short_day(when: datetime | None) -> str:
    """``11月20日``."""
    return "" if when is None else f"{when.month}月{when.day}日"


def year_day(when: datetime | None) -> str:
    """``2026年11月20日``."""
    return "" if when is None else f"{when.year}年{when.month}月{when.day}日"


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


def moment(when: datetime | None) -> str:
    """``11月20日（周五）18:00``; at midnight, which means the whole day, ``11月20日（周五）``."""
    return weekday_minute(when) if when is not None and (when.hour or when.minute) else weekday(when)


def year_moment(when: datetime | None) -> str:
    """``2026年11月20日（周五）18:00``; at midnight, which means the whole day, ``2026年11月20日（周五）``."""
    return "" if when is None else f"{when.year}年{moment(when)}"


def limit(when: datetime | None) -> str:
    """``2026年11月20日（周五）18:00``; at midnight, which means the whole day, ``2026年11月20日（周五）下班前``."""
    if when is None:
        return ""
    return year_minute(when) if when.hour or when.minute else f"{year_moment(when)}下班前"


def until(when: datetime | None) -> str:
    """``2026年11月20日（周五）18:00 前``; at midnight, which means the whole day, ``2026年11月20日（周五）下班前``."""
    if when is None:
        return ""
    return f"{year_minute(when)} 前" if when.hour or when.minute else f"{year_moment(when)}下班前"


def span(length: tuple[float, str] | None) -> str:
    """``4 小时``, ``2 个工作日``; no length is blank."""
    return "" if length is None else f"{length[0]:g} {_COUNTED.get(length[1], length[1])}"


def every(length: tuple[float, str] | None) -> str:
    """``每 2 个工作日``, ``每个工作日``, ``每周``; no length is blank."""
    if length is None:
        return ""
    return f"每{_COUNTED.get(length[1], length[1])}" if length[0] == 1 else f"每 {span(length)}"


def listed(requests: Iterable[str | tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """办理要求 as one sentence: ``；`` behind each, ``。`` behind the last; blank ones are left out."""
    told = [(each, "", "") if isinstance(each, str) else each for each in requests if each]
    return [(*each[:2], each[2] + ("；" if place < len(told) else "。")) for place, each in enumerate(told, start=1)]


def workdays(number: float | None) -> str:
    """``5 个工作日``; a number that is not known is a dash."""
    return _NOTHING if number is None else f"{number:g} 个工作日"


def hours(number: float | None) -> str:
    """``2.5 小时``, ``2 小时``; a number that is not known is a dash."""
    return _NOTHING if number is None else f"{round(number, 1):g} 小时"


def mask(name: str | None) -> str:
    """``张*`` for ``张三``, ``技术部*张*`` for ``技术部*张三``: what stands before the last ``*`` is a department and stays.

    Of the name itself the first character stays, whatever its length. Source: SPEC B8.
    """
    if not name:
        return ""
    department, star, person = name.rpartition("*")
    return f"{department}{star}{person[:1]}*" if person else name


def lines(text: object) -> str:
    """A text for a page, each of its line breaks a break of the page; nothing is blank.

    A text without a break is left to the page to escape, one with breaks is escaped here.
    """
    if text is None:
        return ""
    whole = str(text)
    return escape(whole.replace("\r\n", "\n")).replace("\n", _BREAK) if "\n" in whole else whole


def narrow(text: object) -> str:
    """As :func:`lines`, for a narrow cell: the number of a matter is not broken at its hyphens."""
    safe = escape(lines(text))
    return Markup(_NUMBER.sub(r'<span style="white-space:nowrap">\g<0></span>', str(safe))) if safe else ""  # noqa: S704 - escaped


def indented(text: object) -> str:
    """A text for a plain-text list: its second and later lines stand in by two, so that none looks like an entry."""
    return "" if text is None else str(text).replace("\r\n", "\n").replace("\n", "\n  ")


def numbered(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Each row with its number before it: ``"1"``, ``"2"``, …; quicker than ``loop.index``."""
    return [(str(number), *row) for number, row in enumerate(rows, 1)]


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


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "long_day": long_day,
        "long_moment": long_moment,
        "short_day": short_day,
        "year_day": year_day,
        "weekday": weekday,
        "weekday_minute": weekday_minute,
        "year_minute": year_minute,
        "minute": minute,
        "moment": moment,
        "year_moment": year_moment,
        "limit": limit,
        "until": until,
        "span": span,
        "every": every,
        "listed": listed,
        "workdays": workdays,
        "hours": hours,
        "mask": mask,
        "lines": lines,
        "narrow": narrow,
        "numbered": numbered,
        "indented": indented,
        "percent": percent,
        "tenths": tenths,
        "signed": signed,
    }
)
