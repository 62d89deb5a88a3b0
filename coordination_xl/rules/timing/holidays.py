"""A year's official days against each other, and against what 节假日 says already. Source: SPEC section 4."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.holiday_notices import (
    MAKE_UP,
    REST,
    WEEKDAYS,
    HolidayDay,
    HolidayNotice,
    finding_in,
    notice_year,
)
from coordination_xl.rules.timing.calendar import special_days
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema.faults import Fault

_OFFICIAL = "官方"
_COMPANY = "公司"
_WINDOWS: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = MappingProxyType({
    "元旦": ((1, 1), (1, 1)),
    "春节": ((1, 20), (2, 21)),
    "清明节": ((4, 3), (4, 6)),
    "劳动节": ((5, 1), (5, 1)),
    "端午节": ((5, 27), (6, 26)),
    "国庆节": ((10, 2), (10, 2)),
})  # fmt: skip
"""Between which days the statutory holiday itself falls in any year: the arrangement of a whole year has one off in each.

中秋节 is not among them: it may fall into 国庆节, and then nothing tells whether it is there.
"""


class _Standing(Enum):
    """What a row of 节假日 is to an import."""

    FORECAST = "superseded by the official days"
    OWN = "cites the very notice that is imported"
    OTHER = "official, from another source"
    MARKED = "the company's own, but marked as a forecast"


_REPLACED = (_Standing.OWN, _Standing.FORECAST)
"""Rows that follow the notice; those that cite it first."""


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    day: date
    kind: str
    standing: _Standing


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """What an import writes into 节假日.

    Attributes:
        cells: (sheet row, identifier, new value) of the user's cells.
        weekdays: (sheet row, 星期 or ``None``) of rows that get another date, or none: the program's own column.
        records: new rows, by identifier.
        findings: why a year is not written.
        years: the years that get new or other days.
    """

    cells: tuple[tuple[int, str, object], ...] = ()
    weekdays: tuple[tuple[int, str | None], ...] = ()
    records: tuple[dict[str, object], ...] = ()
    findings: tuple[Finding, ...] = ()
    years: tuple[int, ...] = ()

    def __add__(self, other: HolidayPlan) -> HolidayPlan:
        """Both plans as one."""
        return HolidayPlan(
            self.cells + other.cells,
            self.weekdays + other.weekdays,
            self.records + other.records,
            self.findings + other.findings,
            self.years + other.years,
        )


def check_notice(notice: HolidayNotice) -> tuple[Finding, ...]:
    """What could not be read in a file, and where its days contradict each other or the week.

    A make-up day falls on a weekend; a date stands there once; every date belongs to the file's year, if it says one.
    """
    found = list(notice.findings)
    seen: dict[date, HolidayDay] = {}
    for each in notice.days:
        if notice.year and notice_year(each.day) != notice.year:
            found.append(_told(notice, refusals.HOLIDAY_OUT_OF_YEAR, each, year=notice.year))
        if each.kind == MAKE_UP and each.day.weekday() < 5:
            found.append(_told(notice, refusals.MAKEUP_NOT_WEEKEND, each))
        known = seen.setdefault(each.day, each)
        if known is not each:
            conflict = "列了两次" if known.kind == each.kind else "既列为“休”，又列为“班”"
            found.append(_told(notice, refusals.HOLIDAY_TWICE, each, conflict=conflict))
    return tuple(found)


def _told(notice: HolidayNotice, fault: Fault, each: HolidayDay, **facts: object) -> Finding:
    return finding_in(notice.name, fault, each.place, each.name or each.kind, each.day, date=each.written, **facts)


def plan_holidays(notice: HolidayNotice, holidays: Ledger) -> HolidayPlan:
    """How 节假日 comes to say what a file without faults says, year by year.

    * A day that an official row says alike needs nothing. Rows of the company stay, and win.
    * A forecast row (年份状态 预测) becomes the official row of its date; one of another date is used for a day that has no
      row yet, or is blanked. So are rows that cite this very notice and contradict it. A row of the company that is marked
      as a forecast stays and loses the mark: the year is official now.
    * An official row from another source that contradicts the file is a finding; so is one that the file does not have,
      where the file is for the whole year; so is a year that would be without one of its holidays.

    Args:
        notice: the file.
        holidays: the 节假日 ledger: ``date``, ``kind``, ``basis``, ``year_status``. Rows without a date or kind count for
            nothing.
    """
    rows = tuple(_rows(holidays, notice.basis))
    plan = HolidayPlan()
    for year in sorted({notice_year(each.day) for each in notice.days}):
        days = {each.day: each for each in notice.days if notice_year(each.day) == year}
        plan += _year_plan(notice, holidays, year, days, [row for row in rows if notice_year(row.day) == year])
    return plan


def _rows(holidays: Ledger, basis: str) -> Iterator[_Row]:
    """The rows that an import may have to do with: all but the company's."""
    days = special_days(holidays)
    told = zip(days.index, days["date"].dt.date, days["is_company"], days["is_forecast"], strict=True)
    for row, day, is_company, is_forecast in told:
        source = str(holidays["basis"][row])
        if is_forecast:
            standing = _Standing.MARKED if _COMPANY in source else _Standing.FORECAST
        elif is_company:
            continue
        else:
            standing = _Standing.OWN if source == basis else _Standing.OTHER
        yield _Row(int(row), day, str(holidays["kind"][row]), standing)


def _year_plan(
    notice: HolidayNotice, holidays: Ledger, year: int, days: Mapping[date, HolidayDay], rows: Sequence[_Row]
) -> HolidayPlan:
    others = {each.day: each for each in rows if each.standing is _Standing.OTHER}
    findings = (*_missing(notice, year, days, others), *_differing(holidays, days, others))
    if findings:
        return HolidayPlan(findings=findings)
    cells: list[tuple[int, str, object]] = []
    weekdays: list[tuple[int, str | None]] = []
    wanted = {day: each for day, each in sorted(days.items()) if day not in others}
    spare = []
    cells += [(each.row, "year_status", _OFFICIAL) for each in rows if each.standing is _Standing.MARKED]
    replaced = [each for standing in _REPLACED for each in rows if each.standing is standing]
    for row in replaced:
        each = wanted.pop(row.day, None)
        if each is None:
            spare.append(row.row)
        elif row.standing is _Standing.FORECAST:
            cells += _filled(row.row, each, notice.basis)
        elif row.kind != each.kind:
            cells.append((row.row, "kind", each.kind))
    left = list(wanted.values())
    for place, row_number in enumerate(sorted(spare)):
        new = left[place] if place < len(left) else None
        cells += _filled(row_number, new, notice.basis)
        weekdays.append((row_number, None if new is None else WEEKDAYS[new.day.weekday()]))
    records = tuple(
        {**{key: value for _, key, value in _filled(0, each, notice.basis)}, "weekday": WEEKDAYS[each.day.weekday()]}
        for each in left[len(spare) :]
    )
    return HolidayPlan(tuple(cells), tuple(weekdays), records, years=(year,) if cells or records else ())


def _filled(row: int, each: HolidayDay | None, basis: str) -> list[tuple[int, str, object]]:
    """The user's cells of a row that says one official day, or nothing."""
    values = (each.day, each.kind, each.name, basis, _OFFICIAL, None) if each else (None,) * 6
    identifiers = ("date", "kind", "name", "basis", "year_status", "hours")
    return [(row, identifier, value) for identifier, value in zip(identifiers, values, strict=True)]


def _absent(rests: Collection[date]) -> list[str]:
    """The statutory holidays of which no day is off."""
    days = {(day.month, day.day) for day in rests}
    return [name for name, (first, last) in _WINDOWS.items() if not any(first <= day <= last for day in days)]


def _missing(
    notice: HolidayNotice, year: int, days: Mapping[date, HolidayDay], others: Mapping[date, _Row]
) -> Iterator[Finding]:
    kinds = [*((day, each.kind) for day, each in days.items()), *((day, row.kind) for day, row in others.items())]
    if names := _absent([day for day, kind in kinds if kind == REST]):
        yield finding_in(notice.name, refusals.HOLIDAY_MISSING, "", "", year=year, names="、".join(names))


def _differing(holidays: Ledger, days: Mapping[date, HolidayDay], others: Mapping[date, _Row]) -> Iterator[Finding]:
    is_whole = not _absent([day for day, each in days.items() if each.kind == REST])
    for day, row in others.items():
        each = days.get(day)
        if each is None and not is_whole:
            continue
        if each is None or each.kind != row.kind:
            yield holidays.finding(
                refusals.OFFICIAL_DIFFERS,
                row.row,
                "kind",
                date=f"{day}（{WEEKDAYS[day.weekday()]}）",
                basis=holidays["basis"][row.row],
                other="没有列出" if each is None else f"是“{each.kind}”",
            )
