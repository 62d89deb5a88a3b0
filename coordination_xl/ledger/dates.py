"""A column of dates as people type them: real dates, serial numbers and texts, each told apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from coordination_xl.ledger.anchored_dates import place_yearless
from coordination_xl.ledger.date_forms import FIRST_YEAR, LAST_YEAR, SECONDS_A_DAY, DateForm
from coordination_xl.ledger.date_texts import FoundDate, find_dates, read_date_text
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.uniques import parse_unique

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = [
    "DateForm",
    "DateStatus",
    "DatesRead",
    "FoundDate",
    "find_dates",
    "read_date",
    "read_date_text",
    "read_dates",
]

_EPOCH_1900: Final = dt.datetime(1899, 12, 30)
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)
_LAST_SERIAL: Final = 100_000.0


class DateStatus(IntEnum):
    """How a cell of a date column was understood."""

    BLANK = 0
    """Nothing, or white space."""
    EXACT = 1
    """A real date of the sheet, or its serial number."""
    TEXT = 2
    """Typed text (or the number 20231018) with a year: it could be fixed to a real date."""
    YEARLESS = 3
    """Typed text without a year, settled by the row's anchor."""
    UNREADABLE = 4
    """Anything else, impossible dates included."""


@dataclass(frozen=True, slots=True)
class DatesRead:
    """A column of dates, three arrays of one length.

    Attributes:
        when: ``datetime64[s]``, naive Asia/Shanghai time; NaT exactly where the status is BLANK or UNREADABLE.
        has_time: bool, a time of day was given. A real date at midnight has none; a text ``2023-10-18 00:00`` has.
        status: ``int8`` codes of :class:`DateStatus`.
    """

    when: NDArray[np.datetime64]
    has_time: NDArray[np.bool_]
    status: NDArray[np.int8]

    @property
    def is_unreadable(self) -> NDArray[np.bool_]:
        """Where something was typed that is no date."""
        return np.equal(self.status, DateStatus.UNREADABLE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One distinct cell: either settled, or a yearless form still to be placed."""

    status: DateStatus
    when: dt.datetime | None = None
    has_time: bool = False
    form: DateForm | None = None


_BLANK: Final = _Reading(DateStatus.BLANK)
_UNREADABLE: Final = _Reading(DateStatus.UNREADABLE)


def read_dates(
    values: NDArray[np.object_], *, anchors: NDArray[np.datetime64] | None = None, date1904: bool = False
) -> DatesRead:
    """Understand a column of dates. Nothing is guessed: what is not a date by the grammar is UNREADABLE.

    Args:
        values: 1-D object array of cells as :class:`~coordination_xl.ledger.grid.Grid` holds them; None, NaN, NaT
            and white space are blank. Numbers are serials within 1990–2100, or ``20231018``.
        anchors: 1-D ``datetime64`` of the same length, the date a yearless text is near to; NaT means none.
        date1904: whether serials count from 1904.

    Returns:
        Arrays in the order of ``values``, instants rounded to the second. A yearless date is the earliest such date
        not more than 183 days before its anchor (so 1月5日 beside 2026-12-20 is 2027-01-05); without an anchor it
        is UNREADABLE. A text whose weekday contradicts its date is UNREADABLE.

    Raises:
        ValueError: ``anchors`` has another length.

    Source: SPEC 2B (the seed's dates), SPEC 4.
    """
    if anchors is not None and len(anchors) != len(values):
        raise ValueError(f"{len(anchors)} anchors for {len(values)} values")
    if pd.api.types.infer_dtype(values, skipna=True) == "datetime" and (all_real := _all_real(values)) is not None:
        return all_real
    codes, readings = parse_unique(values, _cell_reader(date1904=date1904))
    when = np.array([r.when for r in readings], dtype="datetime64[s]")[codes]
    has_time = np.array([r.has_time for r in readings], dtype=np.bool_)[codes]
    status = np.array([r.status for r in readings], dtype=np.int8)[codes]
    rows = np.flatnonzero(status == DateStatus.YEARLESS)
    if len(rows):
        forms = [r.form for r in readings]
        when[rows] = "NaT" if anchors is None else place_yearless(forms, codes[rows], anchors[rows])
        lost = rows[np.isnat(when[rows])]
        status[lost] = DateStatus.UNREADABLE
        has_time[lost] = False
    return DatesRead(when, has_time, status)


def _all_real(values: NDArray[np.object_]) -> DatesRead | None:
    """A column of real dates and blanks, all at once; None where one of them asks for a closer look."""
    try:
        fine = np.asarray(pd.to_datetime(pd.Series(values, dtype=object))).astype("datetime64[us]")
    except (ValueError, TypeError):
        return None
    when = (fine + np.timedelta64(500_000, "us")).astype("datetime64[s]")
    is_blank = np.isnat(when)
    years = when[~is_blank].astype("datetime64[Y]").astype(np.int64) + 1970
    if ((years < FIRST_YEAR) | (years > LAST_YEAR)).any():
        return None
    has_time = ~is_blank & (when != when.astype("datetime64[D]").astype("datetime64[s]"))
    status = np.where(is_blank, DateStatus.BLANK, DateStatus.EXACT).astype(np.int8)
    return DatesRead(when, has_time, status)


def read_date(
    value: object, *, anchor: dt.date | None = None, date1904: bool = False
) -> tuple[dt.datetime | None, DateStatus]:
    """Read one cell by the rules of :func:`read_dates`."""
    reading = _cell_reader(date1904=date1904)(value)
    if reading.form is None:
        return reading.when, reading.status
    when = reading.form.resolve(anchor)
    return when, DateStatus.YEARLESS if when else DateStatus.UNREADABLE


def _cell_reader(*, date1904: bool) -> Callable[[Any], _Reading]:
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900

    def read(value: Any) -> _Reading:  # noqa: ANN401 - a cell holds anything
        if value is None or value is pd.NaT:
            return _BLANK
        if isinstance(value, str):
            return _read_text(value)
        if isinstance(value, np.datetime64):
            value = None if np.isnat(value) else value.astype("datetime64[us]").item()
            return _BLANK if value is None else _real(value)
        if isinstance(value, dt.datetime):
            return _real(value)
        if isinstance(value, dt.date):
            return _real(dt.datetime(value.year, value.month, value.day))
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            return _read_number(float(value), epoch)
        return _UNREADABLE

    return read


def _real(moment: dt.datetime) -> _Reading:
    if moment.tzinfo is not None:
        return _UNREADABLE
    moment = (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0) if moment.microsecond else moment
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return _UNREADABLE
    return _Reading(DateStatus.EXACT, moment, moment.time() != dt.time())


def _read_number(number: float, epoch: dt.datetime) -> _Reading:
    if np.isnan(number):
        return _BLANK
    if 0 < number < _LAST_SERIAL:
        return _real(epoch + dt.timedelta(seconds=round(number * SECONDS_A_DAY)))
    if number.is_integer() and len(str(int(number))) == 8:
        return _read_text(str(int(number)))
    return _UNREADABLE


def _read_text(text: str) -> _Reading:
    if not fold(text).strip():
        return _BLANK
    form = read_date_text(text)
    if form is None:
        return _UNREADABLE
    if form.is_yearless:
        return _Reading(DateStatus.YEARLESS, None, form.seconds is not None, form)
    when = form.resolve()
    return _UNREADABLE if when is None else _Reading(DateStatus.TEXT, when, form.seconds is not None)
