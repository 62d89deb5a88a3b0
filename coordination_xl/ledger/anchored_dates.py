"""Dates without a year, each placed beside the anchor of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coordination_xl.ledger.date_forms import FIRST_YEAR, LAST_YEAR, LOOK_BACK_DAYS, LOOK_ROUND_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordination_xl.ledger.date_forms import DateForm

_NONE: Final = -9999
"""Stands for None in the arrays of offsets."""


def place_yearless(
    forms: Sequence[DateForm | None], codes: NDArray[np.intp], anchors: NDArray[np.datetime64]
) -> NDArray[np.datetime64]:
    """Give yearless forms their year, row by row but without a loop.

    Args:
        forms: the distinct forms; None where no row points.
        codes: for each row the form it has.
        anchors: for each row its anchor, NaT without one.

    Returns:
        ``datetime64[s]`` of the length of ``codes``, the same as :meth:`DateForm.resolve` gives; NaT for its None.
    """
    fields = np.array([_fields(form) for form in forms], dtype=np.int64)[codes].T
    month, day, seconds, weekday, year_offset, month_offset = fields
    has_anchor = ~np.isnat(anchors)
    anchor = np.where(has_anchor, anchors, np.datetime64("2000-01-01")).astype("datetime64[D]")
    floor = anchor - LOOK_BACK_DAYS
    first = _days(_year(floor), month, day)
    is_first = ~np.isnat(first) & (first >= floor)
    second = _days(_year(floor) + 1, month, day)
    second[~(second <= floor + LOOK_ROUND_DAYS)] = "NaT"
    placed = np.where(is_first, first, second)
    by_year = year_offset != _NONE
    placed = np.where(by_year, _days(_year(anchor) + np.where(by_year, year_offset, 0), month, day), placed)
    by_month = month_offset != _NONE
    months = anchor.astype("datetime64[M]").astype(np.int64) + np.where(by_month, month_offset, 0)
    placed = np.where(by_month, _days(months // 12 + 1970, months % 12 + 1, day), placed)
    is_good = has_anchor & ~np.isnat(placed)
    year = _year(np.where(is_good, placed, np.datetime64("2000-01-01")))
    is_good &= (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    is_good &= (weekday == _NONE) | ((placed.astype(np.int64) + 3) % 7 == weekday)
    instants = placed.astype("datetime64[s]") + np.maximum(seconds, 0)
    return np.where(is_good, instants, np.datetime64("NaT", "s"))


def _fields(form: DateForm | None) -> tuple[int, ...]:
    if form is None:
        return (0, 0, 0, _NONE, _NONE, _NONE)
    options = (form.seconds, form.weekday, form.year_offset, form.month_offset)
    return (form.month or 0, form.day, *(_NONE if option is None else option for option in options))


def _year(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def _days(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Calendar days, NaT where there is no such day."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    is_real = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    return np.where(is_real, days, np.datetime64("NaT", "D"))
