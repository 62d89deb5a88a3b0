"""The one place where shapes are taken off and put back on.

The arithmetic of this room knows only flat int64 ticks. What callers hold — a Series, an index, an array, one
timestamp — is read here into ticks, and the answer is handed back in the same :class:`Form`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from coordination_xl.errors import CalendarError
from coordination_xl.worktime.span import NAT, TICKS_PER_SECOND, Ints

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas.api.typing import NaTType, NAType

OneDate: TypeAlias = "date | np.datetime64 | NaTType | NAType | None"
Dates: TypeAlias = "pd.Series[Any] | pd.DatetimeIndex | NDArray[Any] | OneDate"
"""What callers may hold dates in; ``datetime`` and pandas' Timestamp are kinds of ``date``."""
Answer: TypeAlias = Any
"""Something in the form of the question, which types cannot follow."""
_Column: TypeAlias = "pd.Series[Any] | pd.Index[Any] | NDArray[Any]"

_DATE_KINDS = {"datetime64", "datetime", "date", "empty"}


@dataclass(frozen=True, slots=True)
class Form:
    """The form that an answer takes: that of the question.

    Attributes:
        model: the Series, index or array to be like; None for one value.
        shape: the shape of the flat answer once put back.
    """

    model: _Column | None
    shape: tuple[int, ...]

    def dates(self, ticks: Ints, unit: str) -> Answer:
        """Instants: datetime64 of ``unit``, or one :class:`pandas.Timestamp`; NaT for null."""
        if self.model is None:
            return pd.Timestamp(ticks[:1].view(f"datetime64[{unit}]")[0])
        return self._dress(ticks.view(f"datetime64[{unit}]"))

    def values(self, values: NDArray[Any]) -> Answer:
        """Booleans or floats, as they are."""
        return values[0].item() if self.model is None else self._dress(values)

    def counts(self, values: Ints) -> Answer:
        """Integers, ``NAT`` being null: Int64 with <NA> for pandas, else int64, or float64 if any is null (NaN)."""
        is_null = values == NAT
        if self.model is None:
            return pd.NA if is_null[0] else int(values[0])
        if not isinstance(self.model, np.ndarray):
            return self._dress(pd.arrays.IntegerArray(values, is_null))
        return self._dress(np.where(is_null, np.nan, values) if is_null.any() else values)

    def _dress(self, values: NDArray[Any] | pd.arrays.IntegerArray) -> Answer:
        if isinstance(self.model, pd.Series):
            return pd.Series(values, index=self.model.index, name=self.model.name, copy=False)
        if isinstance(self.model, pd.Index):
            return pd.Index(values, name=self.model.name)
        return np.asarray(values).reshape(self.shape)


@dataclass(frozen=True, slots=True)
class Instants:
    """What a caller gave, as ticks.

    Attributes:
        ticks: int64 since 1970-01-01 in ``unit``; NaT is the smallest int64. In the caller's shape, ``()`` for one.
        unit: ``s``, ``ms``, ``us`` or ``ns``; whole days, hours and minutes are read as seconds.
        model: the Series, index or array they came in; None for one value.
    """

    ticks: Ints
    unit: str
    model: _Column | None


def read_instants(given: Dates) -> Instants:
    """Read dates or timestamps in any of the accepted forms.

    Args:
        given: a Series, DatetimeIndex or array of datetime64 (or of ``datetime``/``date`` objects), or one
            ``datetime``, ``date``, :class:`pandas.Timestamp` or :class:`numpy.datetime64`. None and NaT are null.

    Raises:
        CalendarError: the times carry a time zone.
        TypeError: they are no dates (text, numbers).
    """
    if isinstance(given, pd.Series | pd.Index):
        return _of_array(given.to_numpy() if _is_naive(given.dtype) else _from_objects(given), given)
    if isinstance(given, np.ndarray):
        array = given if given.dtype.kind == "M" else _from_objects(given)
        return _of_array(array, given)
    return _of_array(_one(given), None)


def form_of(*models: object, shape: tuple[int, ...]) -> Form:
    """The form for an answer made of several arguments: a Series wins over an index, an index over an array.

    Arguments meet by position, whatever their indexes say; the answer takes index and name of the first of that kind.

    Raises:
        ValueError: the winner is shorter than the answer, so that its index does not fit.
    """
    for kind in (pd.Series, pd.Index, np.ndarray):
        for model in models:
            if isinstance(model, kind):
                if kind is not np.ndarray and model.shape != shape:
                    raise ValueError(f"{len(model)} rows cannot be answered by an array of shape {shape}")
                return Form(model, shape)
    return Form(None, shape)


def _is_naive(dtype: object) -> bool:
    return isinstance(dtype, np.dtype) and dtype.kind == "M"


def _of_array(array: NDArray[Any], model: _Column | None) -> Instants:
    unit = np.datetime_data(array.dtype)[0]
    exact = f"datetime64[{unit if unit in TICKS_PER_SECOND else 's'}]"
    if array.dtype != exact:
        array = array.astype(exact)
    return Instants(array.view(np.int64), exact[11:-1], model)


def _one(given: OneDate) -> NDArray[Any]:
    if given is None or given is pd.NaT or given is pd.NA:
        return np.array(NAT).view("datetime64[s]")
    if isinstance(given, datetime):
        _refuse_zone(given.tzinfo)
        exact = given.asm8 if isinstance(given, pd.Timestamp) else np.datetime64(given, "us")
        return np.asarray(exact)
    if isinstance(given, date | np.datetime64):
        return np.asarray(np.datetime64(given))
    raise TypeError(
        f"dates must be a Series, index or array of datetime64 or one timestamp, not {type(given).__name__}"
    )


def _from_objects(given: _Column) -> NDArray[Any]:
    """Arrays that are not naive datetime64: ``datetime`` objects, empty columns; and the refusals."""
    _refuse_zone(getattr(given.dtype, "tz", None))
    flat = np.asarray(given, dtype=object)
    values = [None if is_null else value for value, is_null in zip(flat.ravel(), pd.isna(flat).ravel(), strict=True)]
    kind = pd.api.types.infer_dtype(values, skipna=True)
    if kind not in _DATE_KINDS:
        raise TypeError(f"dates must be datetime64, not {given.dtype} holding {kind}")
    for value in values:
        _refuse_zone(getattr(value, "tzinfo", None))
    return np.array(values, dtype="datetime64[us]").reshape(flat.shape)


def _refuse_zone(zone: object) -> None:
    if zone is not None:
        raise CalendarError(
            "工作日历",
            f"时间带有时区 {zone}，工作时间只按不带时区的北京时间计算",
            "请先换算为北京时间（Asia/Shanghai）并去掉时区",
        )
