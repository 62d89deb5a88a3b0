"""The answers of the worksheet functions, whole columns at once: pure, with the moment of judgement as an argument.

A blank cell is answered by a blank, a cell that cannot be understood by a text that says why, and what rests on a year
without official calendar by a text that begins with 暂定: a date in a cell could not say so. Source: SPEC section 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coordination_xl.addin.functions.cells import PROVISIONAL, first_fault, read_amounts, read_moments, read_units
from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.deadlines import at_closing
from coordination_xl.rules.timing.lights import is_within_window
from coordination_xl.rules.timing.timers import Unit, amount_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from coordination_xl.addin.functions.cells import Read
    from coordination_xl.addin.functions.terms import Terms
    from coordination_xl.rules.timing.deadlines import Moments
    from coordination_xl.worktime import WorkCalendar

    Objects = NDArray[np.object_]
    Bools = NDArray[np.bool_]

NAT = np.datetime64("NaT", "s")


def due(starts: Objects, counts: Objects, units: Objects, terms: Terms) -> Objects:
    """The due time so many units after each start, as :func:`~coordination_xl.rules.timing.clocks.due_after` says it.

    Args:
        starts: 1-D object array of cells.
        counts: likewise; negative is before the start.
        units: likewise, words of 时限规则.
        terms: what is counted by.

    Returns:
        ``datetime`` for each cell, or text, see the module.
    """
    start, count, unit = read_moments(starts), read_amounts(counts), read_units(units)
    is_blank = start.is_blank | count.is_blank | unit.is_blank
    fault = first_fault(start, count, unit)
    when = np.full(len(starts), NAT)
    is_provisional = np.zeros(len(starts), dtype=bool)
    for each in Unit:
        rows = np.flatnonzero(~is_blank & (fault == "") & (unit.values == each))
        amounts, codes = np.unique(count.values[rows], return_inverse=True)
        fault[rows] = np.array([*(amount_fault(float(n), each) for n in amounts), ""], dtype=object)[codes]
        rows = rows[fault[rows] == ""]
        if not len(rows):
            continue
        when[rows] = due_after(start.values[rows], count.values[rows], each, terms.calendar)
        if each.rests_on_calendar:
            is_provisional[rows] = _uncovered(terms.calendar, start.values[rows], when[rows]) > 0
    years = np.where(is_provisional, _uncovered(terms.calendar, start.values, when), 0)
    return _answer(when.astype(object), is_blank, fault, years, _written)


def workdays(first_days: Objects, last_days: Objects, terms: Terms) -> Objects:
    """Working days in (first, last], negative when reversed: ``int`` for each cell, or text, see the module."""
    first, last = read_moments(first_days), read_moments(last_days)
    is_blank, fault = first.is_blank | last.is_blank, first_fault(first, last)
    start, end = _good(first, is_blank, fault), _good(last, is_blank, fault)
    counts = np.asarray(terms.calendar.count_workdays(start, end), dtype=np.float64)
    whole = np.where(np.isnan(counts), 0, counts).astype(np.int64).astype(object)
    return _answer(whole, is_blank, fault, _uncovered(terms.calendar, start, end), str)


def is_workday(days: Objects, terms: Terms) -> Objects:
    """Whether each day is worked: ``bool`` for each cell, or text, see the module."""
    day = read_moments(days)
    when = _good(day, day.is_blank, day.fault)
    flags = np.asarray(terms.calendar.is_workday(when), dtype=bool).astype(object)
    years = _uncovered(terms.calendar, when, when)
    return _answer(flags, day.is_blank, day.fault, years, lambda is_worked: "上班" if is_worked else "休息")


def light(dues: Objects, dones: Objects, moments: Objects, terms: Terms) -> Objects:
    """灰, 红, 蓝 or 绿 for each cell, or text, see the module.

    As on the ledgers: due now is not overdue, and a due date without clock means that day's close of business. When the time
    given began is not known here, so the window is that of working days.

    Args:
        dues: 1-D object array of cells; a blank has no light, unless it is done.
        dones: likewise; filled means finished.
        moments: likewise, the moments of judgement.
        terms: what is counted by.
    """
    due_at, done, now = read_moments(dues), read_moments(dones), read_moments(moments)
    fault = first_fault(due_at, done, now)
    is_blank = (due_at.is_blank | now.is_blank) & done.is_blank
    when = at_closing(_good(due_at, due_at.is_blank, fault), terms.calendar)
    moment = _good(now, now.is_blank, fault)
    nowhere = np.full(len(dues), NAT)
    is_near = is_within_window(when, nowhere, moment, terms.calendar, terms.settings, np.zeros(len(dues), dtype=bool))
    word = np.full(len(dues), "绿", dtype=object)
    for name, holds in (("蓝", is_near), ("红", when < moment), ("灰", ~done.is_blank)):
        word[holds] = name  # the later word wins, as on the ledgers
    rests_on_calendar = np.isin(word, ["蓝", "绿"])
    years = np.where(rests_on_calendar, _uncovered(terms.calendar, moment, when), 0)
    return _answer(word, is_blank, fault, years, str)


def _good(read: Read, is_blank: Bools, fault: Objects) -> Moments:
    return np.where(is_blank | (fault != ""), NAT, read.values)


def _uncovered(calendar: WorkCalendar, starts: Moments, ends: Moments) -> NDArray[np.int64]:
    """For each pair the first year from one to the other that has no official calendar; 0 where all have, or for NaT."""
    low = np.where(np.isnat(starts), ends, starts).astype("datetime64[Y]").astype(np.int64) + 1970
    high = np.where(np.isnat(ends), starts, ends).astype("datetime64[Y]").astype(np.int64) + 1970
    is_null = np.isnat(starts) | np.isnat(ends)
    pairs, codes = np.unique(np.stack([np.minimum(low, high), np.maximum(low, high)]), axis=1, return_inverse=True)
    covered = set(calendar.covered_years)
    first = [
        0 if low_year < 1 else next((year for year in range(low_year, high_year + 1) if year not in covered), 0)
        for low_year, high_year in pairs.T.tolist()
    ]
    return np.where(is_null, 0, np.array([*first, 0], dtype=np.int64)[codes.reshape(-1)])


def _answer(
    values: Objects, is_blank: Bools, fault: Objects, years: NDArray[np.int64], words: Callable[[Any], str]
) -> Objects:
    """Values, or in their place what must be said instead; ``years`` without official calendar are not 0."""
    answer = values.copy()
    answer[is_blank] = ""
    for place in np.flatnonzero((years > 0) & ~is_blank):
        answer[place] = f"{PROVISIONAL}{words(values[place])}：{years[place]} 年的放假安排未公布"
    return np.where(fault == "", answer, fault)


def _written(when: Any) -> str:  # noqa: ANN401 - a datetime out of an object array
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.second else f"{when:%Y-%m-%d %H:%M}"
