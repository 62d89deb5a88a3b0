"""Deadlines counted from something else: ``1周内``, ``3个工作日内``, ``月底前``, ``下周五前``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from coordination_xl.ledger.date_texts import find_dates
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.numerals import COUNTING, read_numeral


class RelativeUnit(StrEnum):
    """What a relative deadline counts in."""

    MINUTE = "minute"
    HOUR = "hour"
    WORK_HOUR = "work_hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    WEEKDAY = "weekday"
    """A day of the week: ``amount`` weeks after this one, on ``weekday``."""
    END_OF_WEEK = "end_of_week"
    END_OF_MONTH = "end_of_month"
    """``amount`` months after this one, or of ``month`` where one is named."""
    END_OF_QUARTER = "end_of_quarter"
    END_OF_YEAR = "end_of_year"


@dataclass(frozen=True, slots=True)
class RelativeDue:
    """A deadline that a start and a calendar have still to settle.

    Attributes:
        amount: how many units, halves included (``半天内`` is 0.5); for the END_OF units and WEEKDAY, how many of them
            after the present one (``下月底`` is 1).
        unit: what is counted.
        weekday: 0 (Monday) – 6 for WEEKDAY, else None.
        month: the month named (``10月底前`` is 10), else None.
        year: the year named (``2026年底前``), else None.
        text: the words.
        start: where they begin in the text; like ``end`` and ``text`` it does not count in comparisons.
        end: where they end.
    """

    amount: float
    unit: RelativeUnit
    weekday: int | None = None
    month: int | None = None
    year: int | None = None
    text: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


_UNITS: Final = MappingProxyType(
    {
        "工作日": (1.0, RelativeUnit.WORKDAY),
        "工作天": (1.0, RelativeUnit.WORKDAY),
        "自然日": (1.0, RelativeUnit.DAY),
        "日历天": (1.0, RelativeUnit.DAY),
        "天": (1.0, RelativeUnit.DAY),
        "日": (1.0, RelativeUnit.DAY),
        "周": (1.0, RelativeUnit.WEEK),
        "星期": (1.0, RelativeUnit.WEEK),
        "礼拜": (1.0, RelativeUnit.WEEK),
        "月": (1.0, RelativeUnit.MONTH),
        "季度": (3.0, RelativeUnit.MONTH),
        "年": (12.0, RelativeUnit.MONTH),
        "工作小时": (1.0, RelativeUnit.WORK_HOUR),
        "小时": (1.0, RelativeUnit.HOUR),
        "钟头": (1.0, RelativeUnit.HOUR),
        "分钟": (1.0, RelativeUnit.MINUTE),
    }
)
_ENDS: Final = MappingProxyType(
    {
        "周": RelativeUnit.END_OF_WEEK,
        "星期": RelativeUnit.END_OF_WEEK,
        "月": RelativeUnit.END_OF_MONTH,
        "季": RelativeUnit.END_OF_QUARTER,
        "季度": RelativeUnit.END_OF_QUARTER,
        "年": RelativeUnit.END_OF_YEAR,
    }
)
_AHEAD: Final = MappingProxyType({"本": 0, "这": 0, "当": 0, "下": 1, "次": 1, "下下": 2})
_NEAR_DAYS: Final = MappingProxyType({"今": 0, "当": 0, "本": 0, "明": 1, "次": 1, "后": 2, "大后": 3})
_WEEKDAYS: Final = MappingProxyType({c: i for i, c in enumerate("一二三四五六日")} | {"天": 6})

_WITHIN: Final = r"(?:之内|以内|内(?![部容外审测控]))"
_BEFORE: Final = r"(?:(?:下班)?(?:之前|以前|前(?![端后往])|内(?![部容外审测控]))|下班)"
_FIRST: Final = rf"(?<![\d{COUNTING}.第])"

_COUNTED: Final = re.compile(
    rf"{_FIRST}(?P<amount>\d+(?:\.\d+)?|半|[{COUNTING}]{{1,3}})\s*(?P<and_half>个半)?\s*"
    rf"(?P<unit>个?(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))}))\s*{_WITHIN}"
)
_END: Final = re.compile(
    rf"{_FIRST}(?<![半个])(?:(?P<year>\d{{4}})\s*年\s*)?(?:(?P<month>\d{{1,2}}|[{COUNTING}]{{1,2}})\s*月(?:份)?\s*(?:底|末)"
    rf"|(?P<ahead>本|这|当|下下|下|次)?个?(?P<unit>月|年|季度|季|周|星期)(?:底|末|内(?![部容外审测控]))){_BEFORE}?"
)
_YEAR_END: Final = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\s*年(?:底|末|内){_BEFORE}?")
_ON_WEEKDAY: Final = re.compile(
    rf"(?<![每逢])(?:(?P<ahead>本|这|下下|下)个?(?:周|星期|礼拜)(?P<day1>[一二三四五六日天])(?:{_BEFORE})?"
    rf"|(?<![每逢本这下上])(?:周|星期|礼拜)(?P<day2>[一二三四五六日天]){_BEFORE})"
)
_NEAR: Final = re.compile(rf"(?P<day>大后|今|当|本|明|次|后)[天日]{_BEFORE}")


def find_relative(text: str) -> tuple[RelativeDue, ...]:
    """Relative deadlines in a text, left to right; they are recognised, not resolved.

    Only limits count: ``3天内`` and ``月底前``, not the duration in ``延长3天``; ``18日前`` is a day of the month
    and not found. Where a calendar date stands, none is found.

    Source: SPEC 2B (the seed's ``1周内``, ``2周内``).
    """
    folded = fold(text)
    taken = [(found.start, found.end) for found in find_dates(text)]
    dues = []
    for pattern in (_YEAR_END, _COUNTED, _END, _ON_WEEKDAY, _NEAR):
        for match in pattern.finditer(folded):
            start, end = match.span()
            due = _due(match, pattern)
            if due is not None and all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                amount, unit, weekday, month, year = due
                dues.append(RelativeDue(amount, unit, weekday, month, year, text[start:end], start, end))
    return tuple(sorted(dues, key=lambda due: due.start))


_Fields = tuple[float, RelativeUnit, int | None, int | None, int | None]


def _due(match: re.Match[str], pattern: re.Pattern[str]) -> _Fields | None:
    part = match.groupdict()
    if pattern is _YEAR_END:
        return (0, RelativeUnit.END_OF_YEAR, None, None, int(part["year"]))
    if pattern is _COUNTED:
        return _counted(part)
    if pattern is _ON_WEEKDAY:
        weekday = _WEEKDAYS[part["day1"] or part["day2"]]
        return (_AHEAD[part["ahead"]] if part["ahead"] else 0, RelativeUnit.WEEKDAY, weekday, None, None)
    if pattern is _NEAR:
        return (_NEAR_DAYS[part["day"]], RelativeUnit.DAY, None, None, None)
    year = int(part["year"]) if part["year"] else None
    if part["month"]:
        month = read_numeral(part["month"])
        return (0, RelativeUnit.END_OF_MONTH, None, month, year) if month and month <= 12 else None
    return (_AHEAD[part["ahead"]] if part["ahead"] else 0, _ENDS[part["unit"]], None, None, year)


def _counted(part: dict[str, str]) -> _Fields | None:
    text, unit_text = part["amount"], part["unit"]
    if unit_text == "月" and not part["and_half"]:  # 3月内 is within March, not within three months
        return None
    amount = 0.5 if text == "半" else float(text) if text[0].isdecimal() else read_numeral(text)
    if amount is None:
        return None
    scale, unit = _UNITS[unit_text.removeprefix("个")]
    return ((amount + 0.5 if part["and_half"] else amount) * scale, unit, None, None, None)
