"""Working days: SPEC section 4, case by case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

ADDED = [
    # start, n, due                                          2026: 10-01..07 休, 09-20 and 10-10 班, 09-25..27 休
    ("2026-11-18 10:00", 1, "2026-11-19 18:00"),  # the start day does not count
    ("2026-11-18 23:59", 1, "2026-11-19 18:00"),  # nor does its hour
    ("2026-11-20 10:00", 1, "2026-11-23 18:00"),  # over a weekend
    ("2026-11-21 10:00", 1, "2026-11-23 18:00"),  # from Saturday: Monday
    ("2026-11-22 00:00", 1, "2026-11-23 18:00"),
    ("2026-11-20 10:00", 0, "2026-11-20 18:00"),  # zero: the start day's close
    ("2026-11-20 20:00", 0, "2026-11-20 18:00"),  # even if that is past
    ("2026-11-21 10:00", 0, "2026-11-23 18:00"),  # zero on a rest day: the next worked day
    ("2026-11-23 10:00", -1, "2026-11-20 18:00"),
    ("2026-11-22 10:00", -1, "2026-11-20 18:00"),
    ("2026-11-23 10:00", -3, "2026-11-18 18:00"),
    ("2026-09-30 10:00", 1, "2026-10-08 18:00"),  # over the National Day holiday
    ("2026-10-08 10:00", 2, "2026-10-10 18:00"),  # a make-up Saturday counts
    ("2026-10-09 10:00", 1, "2026-10-10 18:00"),
    ("2026-10-10 10:00", 1, "2026-10-12 18:00"),
    ("2026-10-10 10:00", 0, "2026-10-10 18:00"),
    ("2026-10-12 10:00", -1, "2026-10-10 18:00"),
    ("2026-10-08 10:00", -1, "2026-09-30 18:00"),
    ("2026-09-18 10:00", 1, "2026-09-20 18:00"),  # a make-up Sunday, its Saturday at rest
    ("2026-10-03 10:00", 1, "2026-10-08 18:00"),  # from inside the holiday
    ("2025-12-31 10:00", 1, "2026-01-04 18:00"),  # New Year, and a make-up Sunday
]


@pytest.mark.parametrize(("start", "n", "due"), ADDED)
def test_due_is_close_of_business_of_the_nth_working_day(calendar, start, n, due):
    assert calendar.add_workdays(pd.Timestamp(start), n) == pd.Timestamp(due)


def test_one_call_answers_like_many(calendar):
    starts, n, due = (pd.Series(column) for column in zip(*ADDED, strict=True))
    answer = calendar.add_workdays(pd.to_datetime(starts), n)
    pd.testing.assert_series_equal(answer, pd.to_datetime(due), check_names=False)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-11-18", "2026-11-18", 0),
        ("2026-11-18", "2026-11-19", 1),
        ("2026-11-18 23:00", "2026-11-19 00:01", 1),  # by date, not by hours
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-23", 1),  # the end counts, the start does not
        ("2026-11-21", "2026-11-22", 0),
        ("2026-11-23", "2026-11-20", -1),  # reversed is the negative
        ("2026-09-30", "2026-10-12", 4),  # 8, 9, 10 (make-up), 12
        ("2026-10-12", "2026-09-30", -4),
    ],
)
def test_count_is_of_the_days_after_the_start_up_to_the_end(calendar, start, end, count):
    assert calendar.count_workdays(pd.Timestamp(start), pd.Timestamp(end)) == count


def test_a_day_due_is_not_overdue_and_the_next_working_day_is_one_day_late(calendar):
    due = calendar.add_workdays(pd.Timestamp("2026-09-29"), 1)
    assert calendar.count_workdays(due, pd.Timestamp("2026-09-30 23:00")) == 0
    assert calendar.count_workdays(due, pd.Timestamp("2026-10-05")) == 0
    assert calendar.count_workdays(due, pd.Timestamp("2026-10-08")) == 1


@pytest.mark.parametrize(
    ("date", "worked"),
    [
        ("2026-10-07 12:00", False),
        ("2026-10-08", True),
        ("2026-10-10 23:59", True),
        ("2026-10-11", False),
        ("2026-01-04", True),
    ],
)
def test_is_workday_follows_holidays_and_make_up_days(calendar, date, worked):
    assert calendar.is_workday(pd.Timestamp(date)) is worked


def test_closing_is_the_days_own_even_on_a_rest_day(calendar):
    dates = np.array(["2026-10-08", "2026-10-10", "2026-10-11", "2026-10-01"], "M8[D]")
    np.testing.assert_array_equal(calendar.closing(dates), dates + np.timedelta64(18, "h"))


def test_the_standard_day_has_seven_and_a_half_hours(calendar):
    assert calendar.hours_per_day == 7.5


class TestDaysOnTheWay:
    def test_rest_days_and_make_up_days_are_listed_with_their_origin(self, calendar):
        days = calendar.rest_days_between(pd.Timestamp("2026-09-30 10:00"), pd.Timestamp("2026-10-12 18:00"))
        expected = {f"2026-10-{day:02d}": (False, True) for day in range(1, 8)}
        expected |= {"2026-10-10": (True, True), "2026-10-11": (False, False)}
        assert list(days.columns) == ["date", "is_workday", "is_special"]
        given = zip(days["is_workday"], days["is_special"], strict=True)
        assert dict(zip(days["date"].dt.strftime("%Y-%m-%d"), given, strict=True)) == expected

    def test_the_start_is_not_listed_and_the_end_is(self, calendar):
        days = calendar.rest_days_between(pd.Timestamp("2026-11-21"), pd.Timestamp("2026-11-22"))
        assert days["date"].tolist() == [pd.Timestamp("2026-11-22")]

    def test_backwards_leaves_out_the_same_start(self, calendar):
        days = calendar.rest_days_between(pd.Timestamp("2026-11-22"), pd.Timestamp("2026-11-21"))
        assert days["date"].tolist() == [pd.Timestamp("2026-11-21")]

    @pytest.mark.parametrize(("start", "end"), [("2026-11-18", "2026-11-18"), ("2026-11-16", "2026-11-19")])
    def test_without_rest_days_it_is_empty_but_typed(self, calendar, start, end):
        days = calendar.rest_days_between(pd.Timestamp(start), pd.Timestamp(end))
        assert days.empty
        assert days.dtypes.astype(str).tolist() == ["datetime64[ns]", "bool", "bool"]

    def test_it_is_empty_when_an_end_is_null(self, calendar):
        assert calendar.rest_days_between(pd.NaT, pd.Timestamp("2026-11-19")).empty

    def test_counted_days_and_listed_days_make_up_the_whole_way(self, calendar):
        start, end = pd.Timestamp("2026-01-15"), pd.Timestamp("2026-12-31")
        days = calendar.rest_days_between(start, end)
        assert calendar.count_workdays(start, end) + (~days["is_workday"]).sum() == (end - start).days
