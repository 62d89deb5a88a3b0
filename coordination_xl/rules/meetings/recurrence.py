"""例会, understood: on which working days a standing meeting is held. Source: SPEC A3, section 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from dateutil.rrule import MONTHLY, WEEKLY, rrule

from coordination_xl.ledger.dates import read_date_text
from coordination_xl.rules.settings import read_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar

DAY = timedelta(days=1)
_LONGEST_PERIOD = timedelta(days=31)


class Cycle(StrEnum):
    """How often a standing meeting is held."""

    WEEKLY = "每周"
    FORTNIGHTLY = "每两周"
    MONTH_END = "每月末"
    FIRST_WORKDAY = "每月第一个工作日"

    @property
    def has_weekday(self) -> bool:
        """Whether it is held on a day of the week."""
        return self in {Cycle.WEEKLY, Cycle.FORTNIGHTLY}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One row of 例会 that can be planned.

    Attributes:
        row: its sheet row.
        id: its id.
        cycle: how often.
        weekday: Monday is 0; ``None`` for monthly meetings.
        start: in force from this day on; 每两周 counts from the first such weekday on or after it.
        clock: when it begins.
    """

    row: int
    id: str
    cycle: Cycle
    weekday: int | None
    start: date
    clock: time


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a recurrence.

    Attributes:
        planned: the date by the rule alone: what it is known by.
        held: the working day it is moved to, ``planned`` itself where that is worked; ``None`` where its whole week (its
            fortnight, its month) is off and it is not held.
    """

    planned: date
    held: date | None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row of 例会 that contradicts itself: at which column, why, and what to do."""

    row: int
    identifier: str
    reason: str
    remedy: str


def read_recurrences(recurring: Ledger) -> tuple[tuple[Recurrence, ...], tuple[Unclear, ...]]:
    """The rows that can be planned, and those that contradict themselves. Rows that are switched off are neither.

    A row with a blank or unreadable cell is neither as well: other checks name it.

    Args:
        recurring: the 例会 ledger.
    """
    plain: list[Recurrence] = []
    unclear: list[Unclear] = []
    for row in recurring.rows[(recurring["is_active"] != "否").to_numpy()]:
        read = _read(recurring, int(row))
        if isinstance(read, Recurrence):
            plain.append(read)
        elif read is not None:
            unclear.append(read)
    return tuple(plain), tuple(unclear)


def _read(recurring: Ledger, row: int) -> Recurrence | Unclear | None:
    record: dict[str, Any] = {str(key): value for key, value in recurring.frame.loc[row].items()}
    named = ("id", "title", "meeting_type", "host", "attendees")
    if (
        record["recurrence"] not in set(Cycle)
        or pd.isna(record["starts_on"])
        or not all(record[each] for each in named)
    ):
        return None
    cycle = Cycle(record["recurrence"])
    if (fault := _weekday_fault(cycle, record["weekday"])) is not None:
        return Unclear(row, "weekday", *fault)
    clock = read_clock(record["clock"])
    if clock is None:
        unread = (f"时间“{record['clock']}”看不出几点开始", "写成 09:30")
        return Unclear(row, "clock", *unread) if record["clock"] else None
    if not record["hours"] > 0:
        return Unclear(row, "hours", "时长是 0", "填大于 0 的小时数，例：1") if record["hours"] == 0 else None
    weekday = read_week(record["weekday"])[0] if cycle.has_weekday else None
    return Recurrence(row, record["id"], cycle, weekday, record["starts_on"].date(), clock)


def _weekday_fault(cycle: Cycle, text: str) -> tuple[str, str] | None:
    """What is wrong with 星期, and the remedy."""
    if not cycle.has_weekday:
        return (f"“{cycle}”的例会又写了“{text}”，不知以哪个为准", "清空“星期”，或把周期改为“每周”") if text else None
    if not text:
        return f"“{cycle}”的例会没有写明星期几", "填写星期，例：周一"
    try:
        weekdays = read_week(text)
    except ValueError:
        return f"“{text}”看不出是星期几", "写成 周一"
    return (f"“{text}”不止一天", "一行只写一天；另一天另写一行") if len(weekdays) > 1 else None


def read_clock(text: str) -> time | None:
    """A time of day as people type it: ``09:30``, ``9：30``, ``下午2点半``; ``None`` where it is none."""
    form = read_date_text(f"2000年1月1日 {text}")  # the grammar of dates knows times of day only beside a date
    when = form.resolve() if form is not None and form.seconds is not None else None
    return None if when is None or when.day != 1 else when.time()


def occurrences(rule: Recurrence, first: date, last: date, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """The meetings of one recurrence that are held from ``first`` to ``last``, both included, in order of plan.

    A planned date that is a rest day moves to the next working day of its period, else to the last one before it in the
    period; where the whole period is off, the meeting is not held (it is told where its planned date lies between ``first``
    and ``last``). The period is the week from Monday on (每周), that week and the next (每两周), or the month. Hence 每月末 is
    the last working day of the month and 每月第一个工作日 the first. A meeting is never held before ``rule.start``.

    Args:
        rule: what is planned.
        first: first day.
        last: last day.
        calendar: which days are worked.
    """
    begin, end = first - 2 * _LONGEST_PERIOD, last + 2 * _LONGEST_PERIOD
    days = np.arange(np.datetime64(begin), np.datetime64(end + DAY))
    worked: list[date] = days[np.asarray(calendar.is_workday(days))].tolist()
    for planned in _planned(rule, first - _LONGEST_PERIOD, last + _LONGEST_PERIOD):
        start, stop = _period(rule.cycle, planned)
        after = [day for day in worked if planned <= day <= stop]
        before = [day for day in worked if start <= day < planned]
        held = after[0] if after else before[-1] if before else None
        if first <= (held or planned) <= last and (held or planned) >= rule.start:
            yield Occurrence(planned, held)


def _planned(rule: Recurrence, first: date, last: date) -> list[date]:
    """The dates by the rule alone."""
    if rule.weekday is not None:
        begin = rule.start + (rule.weekday - rule.start.weekday()) % 7 * DAY
        interval = 2 if rule.cycle is Cycle.FORTNIGHTLY else 1
        dates = rrule(WEEKLY, dtstart=_midnight(begin), interval=interval)
    else:
        month_day = -1 if rule.cycle is Cycle.MONTH_END else 1
        dates = rrule(MONTHLY, dtstart=_midnight(rule.start.replace(day=1)), bymonthday=month_day)
    return [when.date() for when in dates.between(_midnight(first), _midnight(last), inc=True)]


def _period(cycle: Cycle, planned: date) -> tuple[date, date]:
    """First and last day to which a planned date may move."""
    if cycle.has_weekday:
        monday = planned - planned.weekday() * DAY
        return monday, monday + (13 if cycle is Cycle.FORTNIGHTLY else 6) * DAY
    if cycle is Cycle.MONTH_END:
        return planned.replace(day=1), planned
    return planned, (planned + _LONGEST_PERIOD).replace(day=1) - DAY


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
