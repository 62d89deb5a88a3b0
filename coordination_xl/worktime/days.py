"""The 节假日 sheet read into what differs from the plain week.

Precedence, highest first: the company's own row, the State Council's make-up day, its rest day, the plain week. One
source must not contradict itself. Source: SPEC section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from coordination_xl.errors import CalendarError
from coordination_xl.worktime.instants import read_instants
from coordination_xl.worktime.segments import Segments, read_segments
from coordination_xl.worktime.span import FIRST, SECONDS_PER_DAY, SIZE, TICKS_PER_SECOND, out_of_span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

SHEET = "节假日"


class SpecialDay(NamedTuple):
    """What the sheet says about one date: worked or not, and its own segments if it has any."""

    is_workday: bool
    segments: Segments | None


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """The sheet, merged.

    Attributes:
        by_position: the row that holds for each day of the sheet, keyed by its position in the span.
        covered_years: the years whose official days are known.
    """

    by_position: dict[int, SpecialDay]
    covered_years: frozenset[int]


class _Row(NamedTuple):
    position: int
    day: SpecialDay
    is_company: bool
    is_forecast: bool


def read_days(days: pd.DataFrame) -> SpecialDays:
    """Merge the rows of the 节假日 sheet by precedence.

    A year is covered when the State Council's own row falls into it and none of its rows is a forecast. Rows of the
    company never cover a year; nor do those of 29–31 December, which come with the notice of the year that follows.

    Args:
        days: columns ``date`` (datetime64, whole days; a time of day is dropped) and ``is_workday`` (bool), neither
            null; optionally ``hours`` (segments of that day, null = the usual ones), ``is_company`` and
            ``is_forecast`` (bool, null = False). Other columns and the index are ignored. May be empty.

    Raises:
        CalendarError: a column or a value is missing; a rest day has hours; one source says two things about one date.
    """
    sources: dict[bool, dict[int, SpecialDay]] = {False: {}, True: {}}
    official: set[int] = set()
    forecast: set[int] = set()
    for row in _rows(days):
        known = sources[row.is_company].setdefault(row.position, row.day)
        if known != row.day:
            raise _contradiction(row, known)
        day = _date(row.position)
        if row.is_forecast:
            forecast.add(day.year)
        elif not row.is_company and (day.month, day.day) < (12, 29):
            official.add(day.year)
    return SpecialDays(sources[False] | sources[True], frozenset(official - forecast))


def _rows(days: pd.DataFrame) -> Iterator[_Row]:
    if len(days) == 0:
        return
    for column in ("date", "is_workday"):
        if column not in days.columns:
            raise CalendarError(SHEET, f"缺少列 {column}", "请恢复该列")
    instants = read_instants(days["date"])
    ordinals = instants.ticks // (SECONDS_PER_DAY * TICKS_PER_SECOND[instants.unit]) - FIRST
    nothing: list[Any] = [None] * len(days)
    columns = [list(days[name]) if name in days.columns else nothing for name in ("hours", "is_company", "is_forecast")]
    is_blank = days["date"].isna().to_list()
    given = zip(ordinals.tolist(), is_blank, list(days["is_workday"]), *columns, strict=True)
    for number, (position, blank, is_workday, hours, is_company, is_forecast) in enumerate(given, start=1):
        where = f"{SHEET}第 {number} 条"
        if blank:
            raise CalendarError(where, "日期为空", "请填写日期，或删除这一条")
        if not 0 <= position < SIZE:
            raise out_of_span(f"{SHEET}第 {number} 条的日期 {np.datetime64(position + FIRST, 'D')} ")
        where = f"{SHEET} {_date(position)}"
        worked = _flag(is_workday, where, "is_workday")
        if worked is None:
            raise CalendarError(where, "没有写明是“休”还是“班”", "请填写类型")
        segments = None if _is_null(hours) else read_segments(hours, where)
        if segments is not None and not worked:
            raise CalendarError(where, "这一天是“休”，却填了工作时段", "请改为“班”，或清空时段")
        yield _Row(
            position,
            SpecialDay(worked, segments),
            bool(_flag(is_company, where, "is_company")),
            bool(_flag(is_forecast, where, "is_forecast")),
        )


def _flag(value: object, where: str, column: str) -> bool | None:
    if _is_null(value):
        return None
    if not isinstance(value, bool | np.bool_):
        raise CalendarError(where, f"列 {column} 的值 {value!r} 不是“是”或“否”", "请改正该值")
    return bool(value)


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and isnan(value))


def _date(position: int) -> date:
    day: date = np.datetime64(position + FIRST, "D").item()
    return day


def _contradiction(row: _Row, known: SpecialDay) -> CalendarError:
    source = "公司" if row.is_company else "国务院"
    what = "既是“休”又是“班”" if known.is_workday != row.day.is_workday else "有两种不同的工作时段"
    return CalendarError(SHEET, f"{_date(row.position)} 在{source}的安排里{what}", "请只保留其中一条")
