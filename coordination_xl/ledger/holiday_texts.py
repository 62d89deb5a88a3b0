"""The text of 《国务院办公厅关于…年部分节假日安排的通知》, sentence by sentence. Source: SPEC section 4."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.holiday_notices import (
    ANY_HOLIDAY,
    MAKE_UP,
    REST,
    WEEKDAYS,
    HolidayDay,
    Reading,
    finding_in,
)
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.schema.faults import Fault

_YEAR: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\d{4})年部分节假日",
        rf"(\d{{4}})年{ANY_HOLIDAY}",
        r"(\d{4})年(?:法定|全国)?(?:节假日|放假)",
    )
)
_ITEM: Final = re.compile(rf"(?P<name>{ANY_HOLIDAY}(?:[、和与及]{ANY_HOLIDAY})*)(?:放假|假期)?:")
_AMENDMENT: Final = re.compile(rf"\d{{4}}年(?P<name>{ANY_HOLIDAY})(?:假期|放假)[^。]*如下[。:]")
"""The notice that changes one holiday later on has no items: 2019 for 劳动节."""

_END: Final = re.compile(r"节假日期间|国务院办公厅|特此通知")
_NEXT_NUMBER: Final = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]$")
_DATE: Final = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?"
_SPAN: Final = rf"{_DATE}(?:起?[至到~—–-]+{_DATE})?"
_DATES: Final = rf"[自从]?(?P<dates>{_SPAN}(?:[、和及]{_SPAN})*)"
_REST: Final = re.compile(rf"{_DATES}(?:放假|补休|调休|公休|休息)+(?:(?P<count>\d+)天)?")
_WORKED: Final = re.compile(rf"{_DATES}(?:均|照常|正常|调休)*上班")
_COUNT: Final = re.compile(r"共(?P<count>\d+)天")
_ONE_DATE: Final = re.compile(r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日(?:\((?P<note>[^()]*)\))?")
_ONE_SPAN: Final = re.compile(_SPAN)
_SAID_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_MEANT: Final = re.compile(r"\d日|上班")
"""A clause with this in it says something about days: it must be understood."""

_LONGEST_HOLIDAY: Final = 16
_EXPECTED: Final = "写成“10月1日（周四）至7日（周三）放假调休，共7天。10月10日（周六）上班。”"


@dataclass(slots=True)
class _Item:
    """One holiday of the notice, while it is read."""

    file: str
    name: str
    year: int
    days: list[HolidayDay]
    findings: list[Finding]
    month: int | None = None

    def fault(self, fault: Fault, place: str, value: str, day: date | None = None, /, **facts: object) -> None:
        self.findings.append(finding_in(self.file, fault, place, value, day, **facts))


def read_holiday_text(file: str, text: str) -> Reading | None:
    """Read the notice.

    Each item (``一、元旦：…``) is read by its sentences: ``…放假``, ``…补休`` and ``…放假调休，共3天`` are days off, ``…上班`` are
    worked weekends. ``与周末连休`` and ``不调休`` add nothing, as weekends are off anyhow; what begins with 鼓励 is advice. Dates
    in brackets are remarks; a weekday there is held against the date. A month or year that is left out is that of the date
    before; December in the item of 元旦 is the year before.

    Args:
        file: its name, for findings.
        text: the whole notice; a paste without line breaks is as good.

    Returns:
        ``None`` where the text is no such notice: no item, or no year.
    """
    folded, lines = _compact(text)
    items = list(_ITEM.finditer(folded)) or list(_AMENDMENT.finditer(folded))[:1]
    year = next((int(match[1]) for pattern in _YEAR if (match := pattern.search(folded))), 0)
    if not items or not year:
        return None
    days: list[HolidayDay] = []
    findings: list[Finding] = []
    ends = [match.start() for match in items[1:]] + [len(folded)]
    for match, end in zip(items, ends, strict=True):
        body = _NEXT_NUMBER.sub("", _END.split(folded[match.end() : end])[0])
        item = _Item(file, match["name"], year, days, findings)
        for sentence in re.finditer(r"[^。;!]+", body):
            place = f"第{bisect_right(lines, match.end() + sentence.start())}行"
            _read_sentence(item, sentence[0], place)
    return Reading(year, tuple(days), tuple(findings))


def _compact(text: str) -> tuple[str, list[int]]:
    """The text folded and without white space, and for each line the position at which it begins."""
    parts, lines, length = [], [], 0
    for line in fold(text).splitlines():
        part = "".join(line.split())
        lines.append(length)
        parts.append(part)
        length += len(part)
    return "".join(parts), lines


def _read_sentence(item: _Item, sentence: str, place: str) -> None:
    if sentence.startswith("鼓励"):
        return
    off = 0
    for clause in re.split(r",(?![^()]*\))", sentence):
        rest, worked, count = _REST.fullmatch(clause), _WORKED.fullmatch(clause), _COUNT.fullmatch(clause)
        if rest:
            found = _dates(item, rest["dates"], place)
            off += len(found)
            item.days += [HolidayDay(day, REST, item.name, place) for day in found]
        elif worked:
            item.days += [HolidayDay(day, MAKE_UP, item.name, place) for day in _dates(item, worked["dates"], place)]
        elif not count and _MEANT.search(clause):
            item.fault(refusals.UNREAD_HOLIDAY, place, clause, expected=_EXPECTED)
        told = count["count"] if count else rest["count"] if rest else None
        if told and int(told) != off:
            item.fault(refusals.HOLIDAY_COUNT, place, sentence, name=item.name, written=told, count=off)


def _dates(item: _Item, text: str, place: str) -> list[date]:
    """The days of ``1月26日（周日）、2月8日至10日``; what is impossible is told and left out."""
    found: list[date] = []
    for span in _ONE_SPAN.finditer(text):
        ends = [_date(item, match, place) for match in _ONE_DATE.finditer(span[0])]
        known = [day for day in ends if day is not None]
        if len(known) < len(ends):
            continue
        length = (known[-1] - known[0]).days + 1
        if not 1 <= length <= _LONGEST_HOLIDAY:
            item.fault(refusals.UNREAD_HOLIDAY, place, span[0], expected=_EXPECTED)
            continue
        found += [known[0] + timedelta(days=step) for step in range(length)]
    return found


def _date(item: _Item, match: re.Match[str], place: str) -> date | None:
    item.month = int(match["m"]) if match["m"] else item.month
    last_year = item.month == 12 and "元旦" in item.name
    year = int(match["y"]) if match["y"] else item.year - last_year
    try:
        day = date(year, item.month or 0, int(match["d"]))
    except ValueError:  # 2月30日
        item.fault(refusals.UNREAD_HOLIDAY, place, match[0], expected=_EXPECTED)
        return None
    said = _SAID_WEEKDAY.search(match["note"] or "")
    if said and "一二三四五六日".index(said[1].replace("天", "日")) != day.weekday():
        weekday = WEEKDAYS[day.weekday()]
        item.fault(refusals.HOLIDAY_WEEKDAY, place, match[0], day, date=day, weekday=weekday, written=said[0])
    return day
