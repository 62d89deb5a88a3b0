"""Working hours: SPEC section 4, case by case."""

from __future__ import annotations

from datetime import time

import pandas as pd
import pytest

from coordination_xl.worktime import WorkCalendar

ADDED = [
    # start, hours, due
    ("2026-11-18 09:00", 2, "2026-11-18 11:00"),
    ("2026-11-18 11:00", 2, "2026-11-18 14:30"),  # over lunch
    ("2026-11-18 09:00", 3, "2026-11-18 12:00"),  # ends at a closing: due then, not after lunch
    ("2026-11-18 16:00", 2, "2026-11-18 18:00"),
    ("2026-11-18 16:00", 2.5, "2026-11-19 09:30"),
    ("2026-11-18 07:00", 1, "2026-11-18 10:00"),  # outside: from the next opening
    ("2026-11-18 12:15", 1, "2026-11-18 14:30"),
    ("2026-11-18 12:00", 1, "2026-11-18 14:30"),
    ("2026-11-18 18:00", 1, "2026-11-19 10:00"),
    ("2026-11-20 17:30", 1, "2026-11-23 09:30"),
    ("2026-11-21 11:00", 2, "2026-11-23 11:00"),
    ("2026-11-18 09:00", 7.5, "2026-11-18 18:00"),
    ("2026-11-18 09:00", 15, "2026-11-19 18:00"),
    ("2026-11-18 12:30", 7.5, "2026-11-19 12:00"),
    ("2026-09-30 17:00", 2, "2026-10-08 10:00"),  # over the holiday
    ("2026-10-09 17:00", 2, "2026-10-10 10:00"),  # into a make-up Saturday
    ("2026-11-18 11:00", -2, "2026-11-18 09:00"),  # backwards: ends at an opening and stays
    ("2026-11-18 14:30", -2, "2026-11-18 11:00"),
    ("2026-11-18 14:30", -1, "2026-11-18 13:30"),
    ("2026-11-18 12:30", -1, "2026-11-18 11:00"),  # outside: from the previous closing
    ("2026-11-18 13:30", -1, "2026-11-18 11:00"),
    ("2026-11-18 09:00", -1, "2026-11-17 17:00"),
    ("2026-11-18 07:00", -7.5, "2026-11-17 09:00"),
    ("2026-11-22 07:00", -1, "2026-11-20 17:00"),
    ("2026-10-12 09:00", -8, "2026-10-09 17:30"),
    ("2026-11-18 10:00", 0, "2026-11-18 10:00"),  # zero: inside stays
    ("2026-11-18 12:00", 0, "2026-11-18 12:00"),  # both ends are inside
    ("2026-11-18 13:30", 0, "2026-11-18 13:30"),
    ("2026-11-18 18:00", 0, "2026-11-18 18:00"),
    ("2026-11-18 12:30", 0, "2026-11-18 13:30"),  # outside: the next opening
    ("2026-11-20 18:01", 0, "2026-11-23 09:00"),
]


@pytest.mark.parametrize(("start", "hours", "due"), ADDED)
def test_hours_run_only_in_working_time(calendar, start, hours, due):
    assert calendar.add_work_hours(pd.Timestamp(start), hours) == pd.Timestamp(due)


def test_one_call_answers_like_many(calendar):
    starts, hours, due = (pd.Series(column) for column in zip(*ADDED, strict=True))
    answer = calendar.add_work_hours(pd.to_datetime(starts), hours)
    pd.testing.assert_series_equal(answer, pd.to_datetime(due), check_names=False)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-18 09:00", "2026-11-18 18:00", 7.5),
        ("2026-11-18 00:00", "2026-11-19 00:00", 7.5),
        ("2026-11-18 11:00", "2026-11-18 14:00", 1.5),
        ("2026-11-18 12:00", "2026-11-18 13:30", 0),
        ("2026-11-20 17:00", "2026-11-23 10:00", 2),
        ("2026-11-23 10:00", "2026-11-20 17:00", -2),
        ("2026-10-01 00:00", "2026-10-08 00:00", 0),
        ("2026-10-09 18:00", "2026-10-12 09:00", 7.5),
        ("2026-11-18 09:00", "2026-11-18 09:20", 1 / 3),
    ],
)
def test_elapsed_hours_leave_out_breaks_and_rest_days(calendar, start, end, hours):
    assert calendar.elapsed_work_hours(pd.Timestamp(start), pd.Timestamp(end)) == hours


class TestHalfDays:
    """New Year's Eve of 2026-02-13 closes at noon, and the make-up Saturday of 2026-02-14 is a full day."""

    @pytest.fixture
    def half_days(self):
        days = pd.DataFrame(
            {
                "date": pd.to_datetime(["2026-02-13", "2026-02-14", "2026-02-16"]),
                "is_workday": [True, True, False],
                "hours": [[("09:00", "12:00")], None, None],
                "is_company": [True, False, False],
            }
        )
        return WorkCalendar(days)

    @pytest.mark.parametrize(
        ("start", "hours", "due"),
        [
            ("2026-02-13 11:00", 1, "2026-02-13 12:00"),
            ("2026-02-13 11:00", 2, "2026-02-14 10:00"),
            ("2026-02-13 15:00", 0, "2026-02-14 09:00"),
            ("2026-02-12 17:00", 4, "2026-02-13 12:00"),
            ("2026-02-12 17:00", 11.5, "2026-02-14 18:00"),
            ("2026-02-14 09:00", -3, "2026-02-13 09:00"),
            ("2026-02-14 10:00", -2, "2026-02-13 11:00"),
            ("2026-02-17 08:00", -7.5, "2026-02-14 09:00"),
        ],
    )
    def test_a_half_day_has_only_its_own_hours(self, half_days, start, hours, due):
        assert half_days.add_work_hours(pd.Timestamp(start), hours) == pd.Timestamp(due)

    def test_a_half_day_closes_at_its_own_time(self, half_days):
        dates = pd.Series(pd.to_datetime(["2026-02-12", "2026-02-13", "2026-02-14", "2026-02-16"]))
        assert half_days.closing(dates).dt.hour.tolist() == [18, 12, 18, 18]
        assert half_days.add_workdays(pd.Timestamp("2026-02-12"), 1) == pd.Timestamp("2026-02-13 12:00")

    def test_a_half_day_counts_as_one_working_day(self, half_days):
        assert half_days.count_workdays(pd.Timestamp("2026-02-12"), pd.Timestamp("2026-02-14")) == 2

    def test_elapsed_hours_know_it(self, half_days):
        assert half_days.elapsed_work_hours(pd.Timestamp("2026-02-12 17:00"), pd.Timestamp("2026-02-14 10:00")) == 5


class TestHoursByWeekday:
    HOURS = {day: [("09:00", "12:00"), ("13:30", "18:00")] for day in range(4)} | {4: [("09:00", "12:30")]}

    def test_each_weekday_has_its_own(self, make_days):
        calendar = WorkCalendar(make_days(), hours=self.HOURS)
        assert calendar.add_work_hours(pd.Timestamp("2026-11-20 12:00"), 1) == pd.Timestamp("2026-11-23 09:30")
        assert calendar.add_workdays(pd.Timestamp("2026-11-19"), 1) == pd.Timestamp("2026-11-20 12:30")

    def test_seven_lists_from_monday_on_mean_the_same(self, make_days):
        calendar = WorkCalendar(make_days(), hours=[*self.HOURS.values(), (), ()])
        assert calendar.add_work_hours(pd.Timestamp("2026-11-20 12:00"), 1) == pd.Timestamp("2026-11-23 09:30")

    def test_a_make_up_day_on_a_weekday_without_hours_is_a_standard_full_day(self, make_days):
        calendar = WorkCalendar(make_days(("2026-10-10", True)), hours=self.HOURS)
        assert calendar.closing(pd.Timestamp("2026-10-10")) == pd.Timestamp("2026-10-10 18:00")
        assert calendar.hours_per_day == 7.5

    def test_a_make_up_day_on_a_weekday_with_hours_has_those(self, make_days):
        calendar = WorkCalendar(make_days(("2026-10-10", True)), hours=self.HOURS | {5: [("10:00", "16:00")]})
        assert calendar.closing(pd.Timestamp("2026-10-10")) == pd.Timestamp("2026-10-10 16:00")

    def test_the_standard_is_that_of_the_first_worked_weekday(self, make_days):
        calendar = WorkCalendar(make_days(), week=(4, 5), hours={4: [("08:00", "12:00")], 5: [("08:00", "10:00")]})
        assert calendar.hours_per_day == 4
        assert calendar.closing(pd.Timestamp("2026-11-18")) == pd.Timestamp("2026-11-18 12:00")


class TestRoundTheClock:
    @pytest.fixture
    def non_stop(self):
        return WorkCalendar(pd.DataFrame({"date": [], "is_workday": []}), hours=[(time(0), "24:00")])

    def test_midnight_may_close_a_day(self, non_stop):
        assert non_stop.closing(pd.Timestamp("2026-11-18")) == pd.Timestamp("2026-11-19")
        assert non_stop.add_work_hours(pd.Timestamp("2026-11-20 20:00"), 4) == pd.Timestamp("2026-11-21 00:00")
        assert non_stop.add_work_hours(pd.Timestamp("2026-11-20 20:00"), 5) == pd.Timestamp("2026-11-23 01:00")

    def test_the_midnight_that_closes_a_day_is_still_working_time(self, non_stop):
        assert non_stop.add_work_hours(pd.Timestamp("2026-11-21 00:00"), 0) == pd.Timestamp("2026-11-21 00:00")
        assert non_stop.add_work_hours(pd.Timestamp("2026-11-21 00:01"), 0) == pd.Timestamp("2026-11-23 00:00")

    def test_three_centuries_of_nanoseconds_do_not_overflow(self, make_days):
        every_day = WorkCalendar(make_days(), week=range(7), hours=[("00:00", "24:00")])
        first, last = pd.Timestamp("1900-01-01").as_unit("ns"), pd.Timestamp("2200-12-31").as_unit("ns")
        days = (last.as_unit("s") - first.as_unit("s")).days
        assert every_day.elapsed_work_hours(first, last) == days * 24
        assert every_day.add_work_hours(first, 2_400_000) == first + pd.Timedelta(days=100_000)
        assert every_day.add_work_hours(last, -2_400_000) == last - pd.Timedelta(days=100_000)


def test_parts_of_a_second_are_kept(calendar):
    start = pd.Timestamp("2026-11-18 17:59:59.123456789")
    assert calendar.add_work_hours(start, 1) == pd.Timestamp("2026-11-19 09:59:59.123456789")
    assert calendar.add_work_hours(start, -1) == pd.Timestamp("2026-11-18 16:59:59.123456789")
    assert calendar.elapsed_work_hours(start, pd.Timestamp("2026-11-18 18:00:00.123456789")) == pytest.approx(
        0.876543211 / 3600, abs=1e-15
    )
