"""On which days a standing meeting is held, against a walk through three years, day by day."""

from __future__ import annotations

from datetime import date, time, timedelta

import chinese_calendar
import pandas as pd
import pytest

from coordination_xl import WorkCalendar
from coordination_xl.rules.meetings.recurrence import (
    Cycle,
    Occurrence,
    Recurrence,
    occurrences,
    read_clock,
    read_recurrences,
)
from tests.builders import ledger_of, recurring

DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def rule(cycle: str, weekday: int | None = None, start: date = date(2023, 12, 1)) -> Recurrence:
    return Recurrence(6, "LH-2026-0001", Cycle(cycle), weekday, start, time(9, 30))


def held(cycle: str, weekday: int | None, first: date, last: date, **more: object) -> list[date | None]:
    calendar = more.pop("calendar", WorkCalendar.china())
    return [each.held for each in occurrences(rule(cycle, weekday, **more), first, last, calendar)]


def works(day: date) -> bool:
    """By a package that knows nothing of ours; at the edges of its years only the plain week matters."""
    return chinese_calendar.is_workday(day) if FIRST <= day <= LAST else day.weekday() < 5


def walk(cycle: str, weekday: int | None, start: date) -> list[tuple[date, date | None]]:
    """(planned, held) of every meeting held in the three years, the slow way."""
    found = []
    count = -1
    day = start
    while day <= LAST + 20 * DAY:
        if cycle in ("每周", "每两周"):
            is_planned = day.weekday() == weekday
            count += is_planned
            is_planned = is_planned and (cycle == "每周" or count % 2 == 0)
        else:
            is_planned = (day + DAY).day == 1 if cycle == "每月末" else day.day == 1
        if is_planned:
            moved = move(cycle, day)
            if moved is None or moved >= start:
                found.append((day, moved))
        day += DAY
    return [(planned, moved) for planned, moved in found if FIRST <= (moved or planned) <= LAST]


def move(cycle: str, planned: date) -> date | None:
    weeks = {"每周": 1, "每两周": 2}.get(cycle)

    def is_inside(day: date) -> bool:
        if weeks is None:
            return (day.year, day.month) == (planned.year, planned.month)
        return 0 <= (day - planned).days + planned.weekday() < 7 * weeks

    for step in (DAY, -DAY):
        day = planned
        while is_inside(day):
            if works(day):
                return day
            day += step
    return None


@pytest.mark.parametrize("start", [date(2023, 11, 1), date(2024, 2, 15), date(2026, 9, 30)], ids=str)
@pytest.mark.parametrize(
    ("cycle", "weekday"),
    [
        *((cycle, weekday) for cycle in ("每周", "每两周") for weekday in range(7)),
        ("每月末", None),
        ("每月第一个工作日", None),
    ],
)
def test_agrees_with_walking_through_three_years(cycle, weekday, start, calendar):
    found = [(e.planned, e.held) for e in occurrences(rule(cycle, weekday, start), FIRST, LAST, calendar)]
    if cycle == "每月第一个工作日":  # the walk begins at the start day, the rule at the first of its month
        found = [each for each in found if each[0] >= start]
    assert found == walk(cycle, weekday, start)


class TestRestDay:
    def test_moves_to_the_next_working_day_of_the_week(self):
        """National Day 2026 is 1 to 7 October; Monday the 5th has Thursday the 8th in its week."""
        assert held("每周", 0, date(2026, 10, 5), date(2026, 10, 11)) == [date(2026, 10, 8)]

    def test_moves_back_where_the_rest_of_the_week_is_off(self):
        assert held("每周", 3, date(2026, 9, 28), date(2026, 10, 4)) == [date(2026, 9, 30)]

    def test_of_a_week_that_is_all_off_is_not_held(self):
        """Spring Festival 2026 is 15 to 23 February: the week from Monday the 16th has no working day."""
        (only,) = occurrences(rule("每周", 2), date(2026, 2, 16), date(2026, 2, 22), WorkCalendar.china())
        assert only == Occurrence(date(2026, 2, 18), None)

    def test_of_a_fortnight_may_move_into_its_second_week(self):
        fortnight = held("每两周", 0, date(2026, 2, 16), date(2026, 3, 1), start=date(2026, 2, 16))
        assert fortnight == [date(2026, 2, 24)]

    def test_at_the_end_of_the_month_moves_back_and_never_into_the_next(self):
        """31 January and 28 February 2026 are Saturdays, the second of them worked; 31 May is a Sunday."""
        ends = held("每月末", None, date(2026, 1, 1), date(2026, 5, 31))
        assert ends == [date(2026, m, d) for m, d in ((1, 30), (2, 28), (3, 31), (4, 30), (5, 29))]

    def test_at_the_beginning_of_the_month_moves_on(self):
        firsts = held("每月第一个工作日", None, date(2026, 1, 1), date(2026, 5, 31))
        assert firsts == [date(2026, m, d) for m, d in ((1, 4), (2, 2), (3, 2), (4, 1), (5, 6))]

    def test_a_companys_own_day_off_counts(self):
        days = pd.DataFrame(
            {"date": pd.to_datetime(["2026-11-23"]), "is_workday": [False], "is_company": [True]}
        )  # fmt: skip
        assert held("每周", 0, date(2026, 11, 23), date(2026, 11, 29), calendar=WorkCalendar(days)) == [
            date(2026, 11, 24)
        ]


class TestStart:
    def test_of_a_fortnight_is_the_first_such_weekday_from_then_on(self):
        """Wednesday 4 March: the first Monday is the 9th, then every fourteen days."""
        mondays = held("每两周", 0, date(2026, 3, 1), date(2026, 4, 10), start=date(2026, 3, 4))
        assert mondays == [date(2026, 3, 9), date(2026, 3, 23), date(2026, 4, 7)]  # the 6th of April is Qingming

    def test_day_itself_is_in_force(self):
        assert held("每周", 0, date(2026, 3, 2), date(2026, 3, 9), start=date(2026, 3, 2))[0] == date(2026, 3, 2)

    def test_within_a_month_still_has_its_first_working_day_if_that_is_later(self):
        """The first working day of May 2026 is the 6th."""
        for start, expected in ((date(2026, 5, 6), [date(2026, 5, 6)]), (date(2026, 5, 7), [])):
            assert held("每月第一个工作日", None, date(2026, 5, 1), date(2026, 5, 31), start=start) == expected

    def test_is_never_undercut_by_moving_back(self):
        """Thursday 1 October would move back to 30 September."""
        week = (date(2026, 9, 28), date(2026, 10, 4))
        assert held("每周", 3, *week, start=date(2026, 10, 1)) == []
        assert held("每周", 3, *week, start=date(2026, 9, 30)) == [date(2026, 9, 30)]


class TestRow:
    def read(self, **values: object):
        return read_recurrences(ledger_of("Recurring", recurring(**values)))

    def test_is_understood(self):
        assert self.read() == ((rule("每周", 0, date(2026, 1, 5)),), ())

    @pytest.mark.parametrize(("typed", "weekday"), [("周日", 6), ("星期三", 2), (" 周天 ", 6), ("星期五", 4)])
    def test_weekday_is_read_as_people_type_it(self, typed, weekday):
        assert self.read(weekday=typed)[0][0].weekday == weekday

    @pytest.mark.parametrize(
        ("values", "column"),
        [
            ({"weekday": ""}, "weekday"),
            ({"weekday": "月底"}, "weekday"),
            ({"weekday": "周一、周四"}, "weekday"),
            ({"weekday": "周一至周五"}, "weekday"),
            ({"recurrence": "每两周", "weekday": ""}, "weekday"),
            ({"recurrence": "每月末", "weekday": "周五"}, "weekday"),
            ({"clock": "上班后"}, "clock"),
            ({"clock": "25:00"}, "clock"),
            ({"hours": 0}, "hours"),
        ],
        ids=str,
    )
    def test_that_contradicts_itself_is_named(self, values, column):
        plain, (unclear,) = self.read(**values)
        assert (plain, unclear.row, unclear.identifier) == ((), 6, column)

    @pytest.mark.parametrize("values", [{"recurrence": "每天"}, {"starts_on": None}, {"clock": ""}, {"hours": None}])
    def test_with_a_hole_is_left_to_other_checks(self, values):
        assert self.read(**values) == ((), ())

    def test_that_is_switched_off_is_not_read(self):
        assert self.read(is_active="否", weekday="") == ((), ())

    def test_that_says_nothing_of_being_active_is(self):
        assert len(self.read(is_active="")[0]) == 1


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("09:30", time(9, 30)), ("9：30", time(9, 30)), ("9:30:00", time(9, 30)), ("下午2点半", time(14, 30)),
        ("14点", time(14)), ("0:00", time(0)), ("24:00", None), ("9.5", None), ("", None), ("前", None), ("周一", None),
        ("12月3日 9:30", None),
    ],
)  # fmt: skip
def test_times_of_day_are_read_as_people_type_them(typed, clock):
    assert read_clock(typed) == clock
