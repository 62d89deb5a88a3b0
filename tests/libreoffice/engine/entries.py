"""What Excel makes of a text that is put into a cell: the conversions of a cell's entry, in a Chinese Excel.

Through COM a text is treated as if it had been typed: ``12`` becomes a number, ``2026-11-20`` a date, ``=A1`` a formula. In a
cell of number format ``@`` it stays a text. A leading apostrophe says "text" and is not part of it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.engine.serials import to_serial

ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
MAX_TEXT = 32_767  # characters in a cell
DATE, MOMENT, TIME, TIME_SECONDS = "yyyy/m/d", "yyyy/m/d h:mm", "h:mm", "h:mm:ss"

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?\s*(?P<money>[$¥￥])?(?P<digits>\d+(?:,\d{3})*|\d+|)(?P<fraction>\.\d*)?"
    r"(?P<power>[eE][+-]?\d{1,3})?(?P<percent>%)?(?P<close>\))?"
)
_TIME = r"(?P<hour>\d{1,4}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?P<part>\.\d+)?)?(?:\s*(?P<half>[AaPp])[Mm]?)?"
_DAYS = (
    r"(?P<y>\d{4}|\d{2})(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月",
    r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    r"(?P<y>\d{4})[-/](?P<m>\d{1,2})",
    r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})",
)
_DAY = tuple(re.compile(day) for day in _DAYS)
_MOMENT = tuple(re.compile(rf"{day}\s+{_TIME}") for day in _DAYS)
_ONLY_TIME = re.compile(_TIME)


class Entry(NamedTuple):
    """What the cell holds afterwards.

    Attributes:
        kind: ``blank``, ``text``, ``number``, ``bool``, ``error`` or ``formula`` (in Excel's grammar, with its ``=``).
        value: of the kind.
        number_format: what a General cell is formatted with by this entry; ``None`` leaves it.
    """

    kind: str
    value: object
    number_format: str | None = None


BLANK = Entry("blank", "")


def enter(value: object, text_cell: bool, today: dt.date) -> Entry:
    """One value into one cell.

    Args:
        value: what came through COM.
        text_cell: whether the cell's number format is ``@``.
        today: its year is taken for a date without one.

    Raises:
        com_error: Excel does not take it.
        TypeError: pywin32 cannot hand it over.
    """
    if value is None or (isinstance(value, str) and not value):
        return BLANK
    if isinstance(value, str):
        return _text(value, text_cell, today)
    entry = _plain(value)
    return Entry("text", shown(entry)) if text_cell else entry


def shown(entry: Entry) -> str:
    """A number as a text cell takes it down."""
    if entry.kind == "bool":
        return str(entry.value).upper()
    if entry.number_format in (DATE, MOMENT):
        moment = dt.datetime(1899, 12, 30) + dt.timedelta(days=entry.value)
        day = f"{moment.year}/{moment.month}/{moment.day}"
        return day if entry.number_format == DATE else f"{day} {moment.hour}:{moment.minute:02}:{moment.second:02}"
    return f"{entry.value:.15g}"


def _plain(value: object) -> Entry:
    if isinstance(value, bool):
        return Entry("bool", value)
    if isinstance(value, dt.date):
        serial = to_serial(value)
        return Entry("number", serial, DATE if serial == int(serial) else MOMENT)
    if isinstance(value, int | float):
        return Entry("number", float(value))
    raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")


def _text(value: str, text_cell: bool, today: dt.date) -> Entry:
    if len(value) > MAX_TEXT:
        raise refused("Application-defined or object-defined error")
    if value[0] == "'":
        return Entry("text", value[1:]) if len(value) > 1 else BLANK
    if text_cell:
        return Entry("text", value)
    if value.upper() in ERRORS:
        return Entry("error", value.upper())
    if value.strip().upper() in ("TRUE", "FALSE"):
        return Entry("bool", value.strip().upper() == "TRUE")
    if found := number(value.strip(" "), today):
        return found
    if value[0] == "=" and len(value) > 1:
        return Entry("formula", value)
    if value[0] == "@" and not re.match(r"@[A-Za-z.]+\(", value) and len(value) > 1:
        raise refused(f"That function isn't valid: {value}")
    if value[0] in "+-@" and len(value) > 1:
        return Entry("formula", "=" + (value if value[0] == "-" else value[1:]))
    return Entry("text", value)


def number(text: str, today: dt.date) -> Entry | None:
    """The number, percentage, date or time that Excel reads in a text; ``None`` if it reads none."""
    if (found := _NUMBER.fullmatch(text)) and (found["digits"] or (found["fraction"] or ".") != "."):
        if bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
            return None
        amount = float((found["digits"].replace(",", "") or "0") + (found["fraction"] or "") + (found["power"] or ""))
        amount = float(f"{amount:.15g}")  # Excel keeps 15 digits: an identity number loses its last ones
        if found["sign"] == "-" or found["open"]:
            amount = -amount
        return Entry("number", amount / 100 if found["percent"] else amount, _number_format(found))
    return _moment(text, today)


def _number_format(found: re.Match[str]) -> str | None:
    broken = len((found["fraction"] or ".").rstrip("0")) > 1
    if found["percent"]:
        return "0.00%" if broken else "0%"
    if found["money"]:
        return "¥#,##0.00" if broken else "¥#,##0"
    if found["power"]:
        return "0.00E+00"
    if "," in found["digits"]:
        return "#,##0.00" if broken else "#,##0"
    return None


def _moment(text: str, today: dt.date) -> Entry | None:
    for pattern in _DAY:
        if found := pattern.fullmatch(text):
            day = _date(found.groupdict(), today)
            return None if day is None else Entry("number", day, DATE)
    for pattern in _MOMENT:
        if found := pattern.fullmatch(text):
            day, time = _date(found.groupdict(), today), _time(found)
            return None if day is None or time is None or time >= 1 else Entry("number", day + time, MOMENT)
    if found := _ONLY_TIME.fullmatch(text):
        time = _time(found)
        return None if time is None else Entry("number", time, TIME_SECONDS if found["second"] else TIME)
    return None


def _date(parts: dict[str, str | None], today: dt.date) -> float | None:
    year = int(parts.get("y") or today.year)
    if year < 100:
        year += 2000 if year < 30 else 1900
    try:
        day = dt.date(year, int(parts["m"] or 1), int(parts.get("d") or 1))
    except ValueError:
        return None
    return to_serial(day) if day.year >= 1900 else None


def _time(found: re.Match[str]) -> float | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if minute > 59 or second > 59 or (found["half"] and not 1 <= hour <= 12):
        return None
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    return (hour * 3600 + minute * 60 + second + float(found["part"] or 0)) / 86_400
