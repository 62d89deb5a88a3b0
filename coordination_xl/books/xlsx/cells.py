"""One value as the inside of a cell element."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import numpy as np

from coordination_xl.books.changes import Link

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TEXT = 32_767
_LITERAL = 255  # the longest string literal of a formula
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_EPOCH = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_MARCH_1900 = dt.datetime(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without a value yet, for the cells of a calculated column in new rows."""

    text: str


class Unwritable(ValueError):
    """A value that no cell can hold; the message says why, in Chinese."""


BLANK, PLAIN, MOMENT, FORMULA = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What a value becomes.

    Attributes:
        xml: everything behind the kept attributes, from ``t=`` or ``>`` to the end of the cell.
        kind: :data:`BLANK`; :data:`PLAIN`; :data:`MOMENT`, a number that needs a date format to be understood;
            :data:`FORMULA`.
        expected: the value that reading it back gives, formats left aside: a date is its serial number.
    """

    xml: bytes
    kind: int = PLAIN
    expected: Any = ""

    def around(self, extension: bytes) -> bytes:
        """The body with an ``extLst`` that the cell had before."""
        if not extension:
            return self.xml
        if self.kind == BLANK:
            prefix = extension[1 : extension.index(b"extLst")]
            return b">" + extension + b"</" + prefix + b"c>"
        at = self.xml.rindex(b"</")
        return self.xml[:at] + extension + self.xml[at:]


def unescaped(text: str) -> str:
    """Text of a part with its ``_xHHHH_`` escapes resolved."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def legible(text: str) -> str:
    """Text without the half characters and non-characters that no XML can hold; each becomes ``\ufffd``."""
    return _NO_CHARACTER.sub("\ufffd", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def escaped(text: str) -> str:
    """Text as XML character data of a cell: ``_xHHHH_`` and control characters escaped as Excel does."""
    text = _ESCAPED.sub("_x005F_", text)
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return escape(text)


def serial_of(moment: dt.datetime, *, date1904: bool) -> float:
    """The serial number of a moment, rounded to the second.

    Raises:
        Unwritable: before the first day that the date system knows.
    """
    rounded = moment.replace(microsecond=0, tzinfo=None) + dt.timedelta(seconds=moment.microsecond >= 500_000)
    passed = rounded - (_EPOCH_1904 if date1904 else _EPOCH)
    days = passed.days
    if not date1904 and rounded < _MARCH_1900:
        days -= 1  # Excel counts a 29 February 1900
    if days < (0 if date1904 else 1):
        raise Unwritable("日期早于 Excel 能记录的第一天")
    return days + passed.seconds / 86_400


class Encoder:
    """Turns values into cell bodies; each distinct value once.

    Args:
        prefix: the namespace prefix of the sheet with its colon, or ``""``.
        date1904: the date system.
    """

    def __init__(self, prefix: str = "", *, date1904: bool = False) -> None:
        self._prefix = prefix
        self._date1904 = date1904
        self._close = f"</{prefix}c>"
        self._known: dict[type | None, dict[Any, Body]] = {}
        self.blank = Body(b"/>", BLANK)

    def encode(self, values: NDArray[np.object_]) -> NDArray[np.object_]:
        """The :class:`Body` of each value.

        Raises:
            Unwritable: a value that no cell can hold.
        """
        bodies = np.empty(len(values), dtype=object)
        listed = values.tolist()
        types = set(map(type, listed))
        numeric = [kind for kind in types if issubclass(kind, (int, float, np.generic))]
        try:
            if len(numeric) > 1:
                # True, 1 and 1.0 are equal, but not the same to Excel: each type has a memory of its own.
                bodies[:] = [self._remembered(value) for value in listed]
            else:
                known = self._known.setdefault(numeric[0] if numeric else None, {})
                for value in set(listed).difference(known):
                    known[value] = self._body(value)
                bodies[:] = list(map(known.__getitem__, listed))
        except TypeError as error:
            raise Unwritable("不认识的值类型") from error
        return bodies

    def _remembered(self, value: object) -> Body:
        known = self._known.setdefault(type(value), {})
        if value not in known:
            known[value] = self._body(value)
        return known[value]

    def _body(self, value: object) -> Body:
        if isinstance(value, np.datetime64):
            value = value.astype("datetime64[us]")
        if isinstance(value, np.generic):
            value = value.item()
        match value:
            case None:
                return self.blank
            case str():
                return self._text(value)
            case bool():
                return Body(self._typed("b", str(int(value))), expected=value)
            case int() | float():
                return self._number(value)
            case Link():
                return self._link(value)
            case Formula():
                p = self._prefix
                return Body(f"><{p}f>{escape(value.text)}</{p}f>{self._close}".encode(), kind=FORMULA)
            case _:
                return self._moment(value)

    def _typed(self, kind: str, value: str, formula: str = "") -> bytes:
        p = self._prefix
        inside = f"<{p}f>{formula}</{p}f>" if formula else ""
        return f"{f' t={chr(34)}{kind}{chr(34)}' if kind else ''}>{inside}<{p}v>{value}</{p}v>{self._close}".encode()

    def _text(self, text: str) -> Body:
        if not text:
            return self.blank
        text = legible(text)
        self._measure(text)
        p = self._prefix
        keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        inside = f"<{p}is><{p}t{keep}>{escaped(text)}</{p}t></{p}is>"
        return Body(f' t="inlineStr">{inside}{self._close}'.encode(), expected=text)

    def _measure(self, text: str) -> None:
        length = len(text.encode("utf-16-le")) // 2
        if length > MAX_TEXT:
            raise Unwritable(f"文字有 {length} 个字，超过单元格上限 {MAX_TEXT} 个字")

    def _number(self, value: float) -> Body:
        try:
            number = float(value)
        except OverflowError as error:
            raise Unwritable("数字太大") from error
        if math.isnan(number):
            return self.blank
        if math.isinf(number):
            raise Unwritable("数字是无穷大")
        text = str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        return Body(self._typed("", text), expected=number)

    def _moment(self, value: object) -> Body:
        if type(value).__name__ in ("NAType", "NaTType"):  # pandas' nulls
            return self.blank
        if isinstance(value, dt.datetime):
            serial = serial_of(value, date1904=self._date1904)
        elif isinstance(value, dt.date):
            serial = serial_of(dt.datetime.combine(value, dt.time()), date1904=self._date1904)
        elif isinstance(value, dt.time):
            serial = (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
        elif isinstance(value, dt.timedelta):
            serial = round(value.total_seconds()) / 86_400
        else:
            raise Unwritable(f"不认识的值类型 {type(value).__name__}")
        text = str(int(serial)) if serial.is_integer() else repr(serial)
        return Body(self._typed("", text), kind=MOMENT, expected=float(serial))

    def _link(self, link: Link) -> Body:
        text = legible(link.text)
        self._measure(text)
        arguments = ",".join(escaped(_literal(part)) for part in (f"#{link.target}", text))
        return Body(self._typed("str", escaped(text), f"HYPERLINK({arguments})"), FORMULA, text)


def _literal(text: str) -> str:
    """A string expression of a formula; long texts are joined from pieces that Excel accepts."""
    pieces = [text[at : at + _LITERAL] for at in range(0, len(text), _LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
