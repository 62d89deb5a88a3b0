"""Deadlines that count from something (``1周内``, ``3个工作日内``, ``月底前``), settled by a start and the work calendar.

Source: SPEC section 4, SPEC 2B (the seed's ``1周内``), section 5 ``split``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from dateutil.relativedelta import relativedelta

from coordination_xl.ledger.date_forms import FIRST_YEAR, LAST_YEAR
from coordination_xl.ledger.relative_dates import RelativeDue, RelativeUnit, find_relative
from coordination_xl.ledger.uniques import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar

Moments: TypeAlias = "NDArray[np.datetime64]"

COUNTED_FROM: Mapping[str, tuple[str, ...]] = {
    "Coordination": ("agreed_at", "raised_at"),
    "Meetings": ("ended_at", "starts_at"),
    "Emergencies": ("reviewed_at", "resolved_at"),
    "Problems": ("dispatched_at", "raised_at"),
}
"""For each table the columns that its relative deadlines count from, best first: the first that is filled counts."""

LONGEST_DAYS = 3660
"""A deadline more than ten years ahead is a slip of the finger."""

_SIGNS = re.compile(r"[内底末周]|星期|礼拜|[今当本明次后][天日]")
"""Every relative deadline has one of these; quick to look for in a long column."""

_NAT = np.datetime64("NaT", "s")
_DAY = np.timedelta64(1, "D")
_MONTHS_A_QUARTER = 3
_DAYS_A_MONTH = 30
_CLOCK_SECONDS = {RelativeUnit.MINUTE: 60, RelativeUnit.HOUR: 3600}
_NEXT = frozenset({RelativeUnit.DAY, RelativeUnit.WEEK, RelativeUnit.MONTH})
"""Counted spans: one that ends on a rest day runs to the next working day, as the unit 周 of 时限规则 does."""


def counted_from(ledger: Ledger) -> Moments:
    """For each row the moment its relative deadlines count from, NaT where none of the columns is filled."""
    start = np.full(len(ledger), _NAT)
    for identifier in COUNTED_FROM.get(ledger.table.name, ()):
        start = np.where(np.isnat(start), ledger[identifier].to_numpy(dtype="datetime64[s]"), start)
    return start


def start_column(ledger: Ledger, row: int) -> str | None:
    """The column that a row's relative deadlines count from; None where none of them is filled."""
    place = ledger.position(row)
    return next(
        (
            identifier
            for identifier in COUNTED_FROM[ledger.table.name]
            if not np.isnat(ledger[identifier].to_numpy(dtype="datetime64[s]")[place])
        ),
        None,
    )


def relative_dues(due: RelativeDue, starts: Moments, calendar: WorkCalendar) -> Moments:
    """One relative deadline from each of many starts.

    Minutes and hours run on the wall clock, 工作小时 inside working hours, and so do parts of a day (``半天内``). 工作日 end
    at the close of the N-th working day after the start. Days, weeks and months end at the close of the day that so
    many of them lead to or, where it is a rest day, of the next working day. 月底, 季度末, 年底, 周末 and a named weekday
    mean the last working day up to then; where that has passed at the start, the next working day. A month without a
    year (``10月底``) is the next one that is not over.

    Args:
        due: what was written.
        starts: datetime64[s]; only the date counts, but for hours and minutes. NaT gives NaT.
        calendar: the work calendar.

    Returns:
        datetime64[s], NaT also for more than ten years ahead and for years that are a slip of the finger.
    """
    answer = np.full(len(starts), _NAT)
    years = starts.astype("datetime64[Y]").astype(np.int64) + 1970
    is_there = ~np.isnat(starts) & (years >= FIRST_YEAR) & (years <= LAST_YEAR)
    is_sane = due.amount <= _most(due.unit) and (due.year is None or FIRST_YEAR <= due.year <= LAST_YEAR)
    if not is_sane or not is_there.any():
        return answer
    answer[is_there] = _counted(due, starts[is_there].astype("datetime64[s]"), calendar)
    return answer


def has_counted(texts: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Texts with a relative deadline for which working days are counted."""
    codes, uniques = distinct(texts)
    counts = [_SIGNS.search(text) is not None and any(map(rests_on_calendar, find_relative(text))) for text in uniques]
    return np.array(counts, dtype=bool)[codes]


def rests_on_calendar(due: RelativeDue) -> bool:
    """Whether the working days of 节假日 have a say in it; hours on the wall clock have no need of them."""
    return due.unit not in _CLOCK_SECONDS


def latest_relatives(texts: NDArray[np.object_], starts: Moments, calendar: WorkCalendar) -> Moments:
    """The last of the relative deadlines in each text; NaT where there is none.

    Args:
        texts: 1-D object array of ``str``.
        starts: datetime64[s] of the same length, what they count from.
        calendar: the work calendar.
    """
    latest = np.full(len(texts), _NAT)
    codes, uniques = distinct(texts)
    is_candidate = np.array([_SIGNS.search(text) is not None for text in uniques], dtype=bool)
    found: dict[int, tuple[RelativeDue, ...]] = {}
    rows_of: dict[RelativeDue, list[int]] = {}
    for row in np.flatnonzero(is_candidate[codes]) if len(codes) else ():
        code = int(codes[row])
        if code not in found:
            found[code] = find_relative(uniques[code])
        for due in found[code]:
            rows_of.setdefault(due, []).append(int(row))
    for due, rows in rows_of.items():
        latest[rows] = np.fmax(latest[rows], relative_dues(due, starts[rows], calendar))
    return latest


def _most(unit: RelativeUnit) -> float:
    """The greatest amount that stays within :data:`LONGEST_DAYS`."""
    days = {RelativeUnit.MINUTE: 1 / 1440, RelativeUnit.HOUR: 1 / 24, RelativeUnit.WORK_HOUR: 1 / 4}
    days |= {RelativeUnit.WORKDAY: 2, RelativeUnit.WEEK: 7, RelativeUnit.MONTH: 30.5}
    return LONGEST_DAYS / days.get(unit, 1)


def _counted(due: RelativeDue, starts: Moments, calendar: WorkCalendar) -> Moments:
    if due.unit in _CLOCK_SECONDS:
        return starts + np.timedelta64(round(due.amount * _CLOCK_SECONDS[due.unit]), "s")
    if due.unit is RelativeUnit.WORK_HOUR:
        return _seconds(calendar.add_work_hours(starts, due.amount))
    if due.unit in {RelativeUnit.WORKDAY, RelativeUnit.DAY} and not float(due.amount).is_integer():
        return _seconds(calendar.add_work_hours(starts, due.amount * calendar.hours_per_day))
    if due.unit is RelativeUnit.WORKDAY:
        return _seconds(calendar.add_workdays(starts, int(due.amount)))
    days, codes = np.unique(starts.astype("datetime64[D]"), return_inverse=True)
    ends = np.array([_end(due, day) for day in days.tolist()], dtype="datetime64[D]")
    if due.unit in _NEXT:
        return _seconds(calendar.add_workdays(ends, 0))[codes]
    last = _seconds(calendar.add_workdays(ends + _DAY, -1))
    has_passed = (last.astype("datetime64[D]") < days) & (due.year is None)
    return np.where(has_passed, _seconds(calendar.add_workdays(days, 0)), last)[codes]


def _end(due: RelativeDue, start: date) -> date:
    """The calendar day that the words lead to, working day or not."""
    unit, amount = due.unit, due.amount
    if unit is RelativeUnit.MONTH:
        return start + relativedelta(months=int(amount), days=round(amount % 1 * _DAYS_A_MONTH))
    if unit is RelativeUnit.WEEK:
        return start + relativedelta(days=ceil(amount * 7))
    if unit is RelativeUnit.DAY:
        return start + relativedelta(days=int(amount))
    if unit is RelativeUnit.WEEKDAY:
        day = start + relativedelta(days=(due.weekday or 0) - start.weekday(), weeks=int(amount))
        return day if day >= start else day + timedelta(weeks=1)
    if unit is RelativeUnit.END_OF_WEEK:
        return start + relativedelta(days=6 - start.weekday(), weeks=int(amount))
    if unit is RelativeUnit.END_OF_QUARTER:
        to_go = -start.month % _MONTHS_A_QUARTER + _MONTHS_A_QUARTER * int(amount)
        return start + relativedelta(months=to_go, day=31)
    if unit is RelativeUnit.END_OF_YEAR:
        return date(due.year or start.year + int(amount), 12, 31)
    if due.month is None:
        return start + relativedelta(months=int(amount), day=31)
    year = due.year or start.year + (due.month < start.month)
    return date(year, due.month, monthrange(year, due.month)[1])


def _seconds(answer: object) -> Moments:
    return np.asarray(answer).astype("datetime64[s]")
