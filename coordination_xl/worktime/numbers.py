"""How far to go: the numbers of working days or hours, one or one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from coordination_xl.worktime.span import TICKS_PER_SECOND, Bools, Ints, out_of_span

if TYPE_CHECKING:
    from numpy.typing import NDArray

Numbers: TypeAlias = "pd.Series[Any] | pd.Index[Any] | NDArray[Any] | float | None"
"""One number, or one for each row."""

_MOST_HOURS = 2_500_000.0
"""Within the span there are fewer hours than this, and in nanoseconds it still fits an int64."""
_FINEST = 10**6
_NUMBER_KINDS = {"integer", "floating", "mixed-integer-float", "decimal", "empty"}


def read_workdays(n: Numbers) -> tuple[Ints, Bools | None]:
    """Whole working days and a mask of the nulls (None when there are none); a null counts as 0.

    Args:
        n: an int, or a Series or array of them; whole floats are taken, null is None, NaN or <NA>.

    Raises:
        TypeError: they are no numbers.
        ValueError: one is not whole.
    """
    numbers, is_null = _read(n)
    if numbers.dtype.kind == "f":
        if not (np.isfinite(numbers).all() and (numbers == np.rint(numbers)).all()):
            raise ValueError("a number of working days must be whole")
        numbers = np.clip(numbers, -(2.0**53), 2.0**53)
    return numbers.astype(np.int64, copy=False), is_null


def read_work_hours(hours: Numbers, unit: str) -> tuple[Ints, Bools | None]:
    """Hours in ticks of ``unit`` (rounded to that, or to the microsecond if coarser), and a mask as for days.

    Raises:
        TypeError: they are no numbers.
        CalendarError: more hours than any span of the calendar has.
    """
    numbers, is_null = _read(hours)
    if not (np.abs(numbers) <= _MOST_HOURS).all():
        raise out_of_span("工作小时数")
    per_second = TICKS_PER_SECOND[unit]
    grain = min(per_second, _FINEST)
    ticks = np.rint(numbers * (3600.0 * grain)).astype(np.int64) * (per_second // grain)
    return np.asarray(ticks), is_null


def _read(given: Numbers) -> tuple[NDArray[Any], Bools | None]:
    numbers = given.to_numpy() if isinstance(given, pd.Series | pd.Index) else np.asarray(given)
    if numbers.dtype.kind == "O":  # None or <NA> among them, or alone
        kind = pd.api.types.infer_dtype(numbers.ravel(), skipna=True)
        if kind not in _NUMBER_KINDS:
            raise TypeError(f"how far to go must be numbers, not {kind}")
        numbers = np.where(pd.isna(numbers), np.nan, numbers).astype(np.float64)
    if numbers.dtype.kind not in "iuf":
        raise TypeError(f"how far to go must be numbers, not {numbers.dtype}")
    is_null: Bools = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(1, np.bool_)
    return (np.where(is_null, 0, numbers), is_null) if is_null.any() else (numbers, None)
