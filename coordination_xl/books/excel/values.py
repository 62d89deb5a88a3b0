"""One value on its way between the program and a cell of the running Excel."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from coordination_xl.books.changes import Link
from coordination_xl.books.xlsx.cells import MAX_TEXT, Unwritable, legible, serial_of
from coordination_xl.ledger.error_values import ERROR_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

ERRORS: Final[Mapping[int, str]] = MappingProxyType(
    {number - 2_146_828_288: text for number, text in ERROR_VALUES.items()}
)
"""COM hands an error over as a number, the only whole numbers that come out of cells; xlwings knows the seven old ones."""

_EPOCH = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_DAY = dt.timedelta(days=1)
_TIMES_OF_DAY = frozenset({_EPOCH.date(), _EPOCH_1904.date()})
_LEAP_1900 = dt.date(1900, 2, 28)
_SNAP = 10_000
_LITERAL = 255
_LONGEST_FORMULA = 8_192
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


class Kind(Enum):
    """What is handed to Excel."""

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    BOOL = auto()
    MOMENT = auto()
    """A number that needs a date format to be understood."""
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as it is to be put into a cell.

    Attributes:
        kind: what it is.
        value: text, number, truth value, serial number of a moment, formula with its ``=``; ``""`` for a blank.
        expected: what reading the cell back must give, a moment as its serial number; ``None`` for a blank.
    """

    kind: Kind
    value: str | float | bool
    expected: str | float | bool | None


BLANK: Final = Entry(Kind.BLANK, "", None)


def entry(value: object, *, date1904: bool) -> Entry:
    """A changed cell's value as Excel shall take it.

    Raises:
        Unwritable: no cell can hold it; the message says why, in Chinese.
    """
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]")
    if isinstance(value, np.generic):
        value = value.item()
    match value:
        case None:
            return BLANK
        case str():
            return _text(value)
        case bool():
            return Entry(Kind.BOOL, value, value)
        case int() | float() | Decimal():
            return _number(value)
        case Link():
            return _link(value)
        case _:
            return _moment(value, date1904=date1904)


def standing(value: object, *, date1904: bool) -> Entry:
    """What was read from a cell, to be put back as it was: no second is rounded, no text is judged.

    Args:
        value: as :func:`from_host` gives it.
        date1904: the date system.
    """
    match value:
        case str():
            return Entry(Kind.TEXT, value, value)
        case dt.date() | dt.time() | dt.timedelta():
            serial = serial_number(value, date1904=date1904)
            return Entry(Kind.MOMENT, serial, serial)
        case _:
            return entry(value, date1904=date1904)


def _text(text: str) -> Entry:
    if not text:
        return BLANK
    text = legible(text)
    _measure(text)
    return Entry(Kind.TEXT, text, text)


def _measure(text: str) -> None:
    length = len(text.encode("utf-16-le")) // 2
    if length > MAX_TEXT:
        raise Unwritable(f"文字有 {length} 个字，超过单元格上限 {MAX_TEXT} 个字")


def _number(value: float | Decimal) -> Entry:
    try:
        number = float(value)
    except OverflowError as error:
        raise Unwritable("数字太大") from error
    if math.isnan(number):
        return BLANK
    if math.isinf(number):
        raise Unwritable("数字是无穷大")
    return Entry(Kind.NUMBER, number, number)


def _moment(value: object, *, date1904: bool) -> Entry:
    if type(value).__name__ in ("NAType", "NaTType"):  # pandas' nulls
        return BLANK
    if isinstance(value, dt.datetime):
        serial = serial_of(value, date1904=date1904)
    elif isinstance(value, dt.date):
        serial = serial_of(dt.datetime.combine(value, dt.time()), date1904=date1904)
    elif isinstance(value, dt.time):
        serial = (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    elif isinstance(value, dt.timedelta):
        serial = round(value.total_seconds()) / 86_400
    else:
        raise Unwritable(f"不认识的值类型 {type(value).__name__}")
    return Entry(Kind.MOMENT, float(serial), float(serial))


def _link(link: Link) -> Entry:
    text = legible(link.text)
    if not text:
        return BLANK
    _measure(text)
    formula = f"=HYPERLINK({_literal('#' + link.target)},{_literal(text)})"
    if len(formula) > _LONGEST_FORMULA:
        return Entry(Kind.TEXT, text, text)
    return Entry(Kind.FORMULA, formula, text)


def _literal(text: str) -> str:
    """A string expression of a formula; long texts are joined from pieces that Excel accepts."""
    pieces = [text[at : at + _LITERAL] for at in range(0, len(text), _LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def is_own_link(formula: str) -> bool:
    """Whether a cell's formula is a jump that this program wrote: it may write another one in its place."""
    return formula.startswith('=HYPERLINK("#')


def from_host(value: object) -> object:
    """What xlwings gives for a cell, as a grid holds it."""
    match value:
        case None | bool():
            return value
        case str():
            return value or None
        case int():
            return ERRORS.get(value, float(value))
        case float():
            return value
        case Decimal():
            return float(value)
        case dt.datetime():
            return _from_moment(value)
        case dt.date() | dt.time() | dt.timedelta():
            return value
        case _:
            return str(value)


def _from_moment(moment: dt.datetime) -> dt.date | dt.time:
    """A date, a time of day, or both; COM's float dust beside a whole second is taken off.

    COM counts days from 1899-12-30 and knows no 29 February 1900, which Excel does: its first two months lie one day early.
    """
    moment = dt.datetime.combine(moment.date(), moment.time().replace(tzinfo=None))
    if moment.microsecond >= 1_000_000 - _SNAP:
        moment += dt.timedelta(microseconds=1_000_000 - moment.microsecond)
    elif moment.microsecond <= _SNAP:
        moment = moment.replace(microsecond=0)
    if moment.date() in _TIMES_OF_DAY:
        return moment.time()
    if moment.date() < _LEAP_1900:
        moment += _DAY
    return moment.date() if moment.time() == dt.time() else moment


def serial_number(value: dt.date | dt.time | dt.timedelta, *, date1904: bool) -> float:
    """The number that Excel holds for something it showed as a date or time; fractions of seconds are kept."""
    if isinstance(value, dt.timedelta):
        return value / _DAY
    if isinstance(value, dt.time):
        return (dt.datetime.combine(_EPOCH.date(), value) - _EPOCH) / _DAY
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    if date1904:
        return (moment - _EPOCH_1904) / _DAY
    passed = (moment - _EPOCH) / _DAY
    return passed - 1 if moment.date() <= _LEAP_1900 else passed


def is_same(expected: object, found: object, *, date1904: bool) -> bool:
    """Whether what was read back is what was written.

    A number in a date cell comes back as a date: compared are the numbers. A text may lose the control characters that the
    host cannot hold, and come back with another kind of line end.

    Args:
        expected: see :class:`Entry`.
        found: as :func:`from_host` gives it.
        date1904: the date system.
    """
    if isinstance(found, dt.date | dt.time | dt.timedelta):
        found, tolerance = serial_number(found, date1904=date1904), 0.5 / 86_400
    else:
        tolerance = 0.0
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, float) and isinstance(found, float):
        return math.isclose(expected, found, rel_tol=1e-12, abs_tol=tolerance)
    if isinstance(expected, str) or isinstance(found, str):
        return _plain(expected) == _plain(found)
    return expected is None and found is None


def _plain(text: object) -> object:
    if text is None:
        return ""
    if not isinstance(text, str):
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
