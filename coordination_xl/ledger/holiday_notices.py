"""A file that says which days of a year are off and which weekends are worked: the notice's text, JSON or ICS.

Source: SPEC section 4, section 5 ``calendar import``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coordination_xl.errors import UsageError
from coordination_xl.ledger.findings import Finding, quoted
from coordination_xl.ledger.folding import fold

if TYPE_CHECKING:
    from coordination_xl.schema.faults import Fault

REST, MAKE_UP = "休", "班"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
HOLIDAY_NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
ANY_HOLIDAY = r"(?:元旦|新年|春节|清明节?|(?:五一)?(?:国际)?劳动节|端午节?|中秋节?|国庆节?)"
"""One holiday as texts name it, for use in a pattern."""

_NUMBER = re.compile(r"国办发(?P<kind>明电)?\s*[〔\[(【]\s*(?P<year>\d{4})\s*[〕\])】]\s*(?P<serial>\d+)\s*号")
_NEW_YEAR_DAYS = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class HolidayDay:
    """One day of the file.

    Attributes:
        day: the date.
        kind: 休 or 班.
        name: the holiday, ``""`` where the file does not say.
        place: where in the file, for people: ``第3行``.
    """

    day: date
    kind: str
    name: str
    place: str

    @property
    def written(self) -> str:
        """``2027-01-01（周五）``."""
        return f"{self.day}（{WEEKDAYS[self.day.weekday()]}）"


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """The file, understood.

    Attributes:
        name: the file's name.
        basis: the notice's number; the file's name where it bears none.
        year: the year the file is for; 0 where it does not say (a calendar of several years).
        days: what it names, in its order.
        findings: what could not be read, or contradicts itself.
    """

    name: str
    basis: str
    year: int
    days: tuple[HolidayDay, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of one format gives: the year (0: not said), the days, the faults."""

    year: int
    days: tuple[HolidayDay, ...]
    findings: tuple[Finding, ...]


def notice_year(day: date) -> int:
    """The year whose notice a day belongs to: the last days of December come with New Year's Day, in the next one."""
    return (day + _NEW_YEAR_DAYS).year


def basis_of(name: str, text: str) -> str:
    """``国办发明电〔2025〕7号`` where the file bears it, else the file's name, called a notice of the State Council."""
    match = _NUMBER.search(fold(text))
    if match is None:
        return f"国务院通知（{name}）"
    return f"国办发{match['kind'] or ''}〔{match['year']}〕{match['serial']}号"


def finding_in(name: str, fault: Fault, place: str, value: str, day: date | None = None, /, **facts: object) -> Finding:
    """A finding in the file itself: its name stands for the sheet, the place for the cell."""
    words = quoted({"value": value} | facts)
    return Finding(
        sheet=name,
        table="",
        row=int(number[0]) if (number := re.findall(r"\d+", place)) else 0,
        id="" if day is None else str(day),
        column="",
        address=place,
        code=fault.code,
        severity=fault.severity,
        message=fault.message.format(**words),
        value=value,
        suggestion=fault.suggestion.format(**words),
    )


def decode(name: str, content: bytes) -> str:
    """The bytes as text: UTF-8, or what Windows editors write besides (UTF-16, GB18030).

    Raises:
        UsageError: it is no text.
    """
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise no_such_format(name)


def no_such_format(name: str) -> UsageError:
    """The error for a file that is none of the three."""
    return UsageError(
        name,
        "不是节假日安排：认不出通知全文、JSON 或 ICS",
        "把国务院办公厅通知的全文存成文本文件，或使用节假日的 JSON、ICS 文件",
    )
