"""Which of the three formats a file of holidays is in. Source: SPEC section 5, ``calendar import``."""

from __future__ import annotations

from coordination_xl.errors import UsageError
from coordination_xl.ledger.holiday_data import read_holiday_ics, read_holiday_json
from coordination_xl.ledger.holiday_notices import HolidayNotice, Reading, basis_of, decode, no_such_format
from coordination_xl.ledger.holiday_texts import read_holiday_text


def read_holidays(name: str, content: bytes) -> HolidayNotice:
    """Read a file of holidays: the State Council's notice as text, JSON, or ICS.

    Args:
        name: the file's name; stands as 依据 where the content bears no number of a notice.
        content: its bytes.

    Returns:
        The days, and as findings what could not be read.

    Raises:
        UsageError: it is none of the three, or names no day at all.
    """
    text = decode(name, content)
    head = text.lstrip()
    reading: Reading | None
    if head[:15].upper() == "BEGIN:VCALENDAR":
        reading = read_holiday_ics(name, head)
    elif head[:1] in {"{", "["}:
        reading = read_holiday_json(name, head)
    else:
        reading = read_holiday_text(name, text)
    if reading is None:
        raise no_such_format(name)
    if not (reading.days or reading.findings):
        raise UsageError(name, "里面没有一天放假或调休的安排", "官方公布之前这类文件是空的；公布后重新下载")
    return HolidayNotice(name, basis_of(name, text), reading.year, reading.days, reading.findings)
