"""Days off as data: JSON lists of days, and calendars in ICS. Source: SPEC section 4."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from coordination_xl.ledger.dates import read_date
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.holiday_notices import (
    ANY_HOLIDAY,
    MAKE_UP,
    REST,
    HolidayDay,
    Reading,
    finding_in,
    no_such_format,
)
from coordination_xl.schema import refusals
from coordination_xl.schema.vocabulary import DAY_KIND

if TYPE_CHECKING:
    from icalendar.cal import Component

_ENGLISH: Final = {"holiday": REST, "workday": MAKE_UP}
_WORKED: Final = re.compile(r"[补上调]班|[(\[]班[)\]]|班$|^班")
_OFF: Final = re.compile(r"休|放假|假期")
_SPECIAL: Final = {"WORK-HOLIDAY": REST, "ALTERNATE-WORKDAY": MAKE_UP}
_LONGEST_EVENT: Final = 31
_AN_ENTRY: Final = '写成 {"date": "2027-01-01", "isOffDay": true, "name": "元旦"}'
_BEIJING: Final = timezone(timedelta(hours=8))
_AN_EVENT: Final = "写成全天事件，标题带“休”或“班”"


def read_holiday_json(file: str, text: str) -> Reading:
    """Read ``{"year": 2027, "days": [{"name", "date", "isOffDay"}]}``, or a plain list of such days.

    A day says what it is by ``isOffDay`` (true, false), or by ``kind`` or ``type`` (休, 班, their synonyms, ``holiday``,
    ``workday``).

    Raises:
        UsageError: it is no JSON, or JSON without a list of days.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise no_such_format(file) from None
    year, entries = (document.get("year"), document.get("days")) if isinstance(document, dict) else (None, document)
    if not isinstance(entries, list):
        raise no_such_format(file)
    days, findings = [], []
    for number, entry in enumerate(entries, start=1):
        place = f"第{number}项"
        day = _entry(entry, place)
        if day is None:
            shown = json.dumps(entry, ensure_ascii=False)
            findings.append(finding_in(file, refusals.UNREAD_HOLIDAY, place, shown, expected=_AN_ENTRY))
        else:
            days.append(day)
    return Reading(year if isinstance(year, int) else 0, tuple(days), tuple(findings))


def _entry(entry: object, place: str) -> HolidayDay | None:
    if not isinstance(entry, dict):
        return None
    when, _ = read_date(entry.get("date"))
    is_off, word = entry.get("isOffDay"), str(entry.get("kind") or entry.get("type") or "")
    kind = (REST if is_off else MAKE_UP) if isinstance(is_off, bool) else DAY_KIND.meaning(fold(word).strip())
    kind = kind or _ENGLISH.get(word.lower())
    if when is None or kind is None:
        return None
    return HolidayDay(when.date(), kind, str(entry.get("name") or ""), place)


def read_holiday_ics(file: str, text: str) -> Reading:
    """Read the events of a calendar: all-day, their end excluded; 休, 放假 or 假期 in the title is off, 班 is worked.

    Other events (solar terms, birthdays) are passed over. The marks that phones' calendars set are understood too.

    Raises:
        UsageError: it is no calendar.
    """
    from icalendar import Calendar  # here, for only this one file format needs it, and it takes its time to load

    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except (ValueError, IndexError, KeyError):
        raise no_such_format(file) from None
    days: list[HolidayDay] = []
    findings = []
    for number, event in enumerate(events, start=1):
        title = fold(str(event.get("SUMMARY", ""))).strip()
        kind = _SPECIAL.get(str(event.get("X-APPLE-SPECIAL-DAY", ""))) or _kind(title)
        if kind is None:
            continue
        place = f"第{number}个事件"
        dates = _event_days(event)
        if not dates:
            findings.append(finding_in(file, refusals.UNREAD_HOLIDAY, place, title, expected=_AN_EVENT))
        name = "、".join(dict.fromkeys(re.findall(ANY_HOLIDAY, title))) or title
        days += [HolidayDay(day, kind, name, place) for day in dates]
    return Reading(0, tuple(days), tuple(findings))


def _kind(title: str) -> str | None:
    if _WORKED.search(title):  # first: 上班(补春节假期)
        return MAKE_UP
    return REST if _OFF.search(title) else None


def _event_days(event: Component) -> list[date]:
    """The days of an event; none where it has no beginning, repeats, ends before it begins, or lasts for months."""
    begin, end = _moment(event.get("DTSTART")), _moment(event.get("DTEND"))
    if begin is None or "RRULE" in event:
        return []
    if end is None and (length := getattr(event.get("DURATION"), "dt", None)) is not None:
        end = begin + length
    first = begin.date() if isinstance(begin, datetime) else begin
    last = first if end is None or end == begin else _last_day(end)
    count = (last - first).days + 1
    return [first + timedelta(days=step) for step in range(count)] if 1 <= count <= _LONGEST_EVENT else []


def _last_day(end: date) -> date:
    """The last day before an end: the end itself is not part of the event."""
    if isinstance(end, datetime):
        return (end - timedelta(microseconds=1)).date()
    return end - timedelta(days=1)


def _moment(prop: Any) -> date | None:  # noqa: ANN401 - icalendar gives properties of many kinds
    """A date, or a moment in Beijing time."""
    moment = getattr(prop, "dt", None)
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(_BEIJING).replace(tzinfo=None)
    return moment if isinstance(moment, date) else None
