"""Years that the sheet does not cover, and dates that no table reaches."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from coordination_xl.errors import CalendarError
from coordination_xl.worktime import WorkCalendar

DAYS = np.arange("1900-01-02", "2200-12-01", dtype="M8[D]")[::17]


def test_uncovered_years_follow_the_plain_week(calendar):
    years = DAYS.astype("M8[Y]").astype(int) + 1970
    outside = DAYS[(years < 2023) | (years > 2026)]
    assert not calendar.covers(outside).any()
    np.testing.assert_array_equal(calendar.is_workday(outside), np.is_busday(outside))


def test_covered_years_are_exactly_those_shipped(calendar):
    years = DAYS.astype("M8[Y]").astype(int) + 1970
    np.testing.assert_array_equal(calendar.covers(DAYS), (years >= 2023) & (years <= 2026))


def test_the_plain_week_agrees_with_numpy_over_three_centuries(plain):
    for n in (1, 5, 20):
        expected = np.busday_offset(DAYS, n, roll="preceding") + np.timedelta64(18, "h")
        np.testing.assert_array_equal(plain.add_workdays(DAYS, n), expected)
        later = DAYS[5:]
        expected = np.busday_offset(later, -n, roll="following") + np.timedelta64(18, "h")
        np.testing.assert_array_equal(plain.add_workdays(later, -n), expected)
    np.testing.assert_array_equal(plain.count_workdays(DAYS, DAYS[::-1]), -plain.count_workdays(DAYS[::-1], DAYS))


def test_a_due_date_may_leave_the_covered_years_and_says_so(calendar):
    due = calendar.add_workdays(pd.Timestamp("2026-12-30"), 5)
    assert due == pd.Timestamp("2027-01-06 18:00")
    assert calendar.covers(pd.Timestamp("2026-12-30")) is True
    assert calendar.covers(due) is False


@pytest.mark.parametrize("far", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31", "2206-11-20"])
def test_dates_beyond_the_span_are_refused_by_name(calendar, far):
    dates = np.array(["2026-01-01", "NaT", far], "M8[s]")
    others = np.full(3, np.datetime64("2026-01-01"))
    for call in (
        calendar.is_workday,
        calendar.closing,
        lambda dates: calendar.add_workdays(dates, 1),
        lambda dates: calendar.add_work_hours(dates, 1),
        lambda dates: calendar.count_workdays(others, dates),
        lambda dates: calendar.elapsed_work_hours(dates, others),
    ):
        with pytest.raises(CalendarError, match=f"{far}.*超出可计算的范围"):
            call(dates)


def test_whether_a_date_can_be_computed_is_asked_without_an_error(calendar):
    dates = np.array(["1899-12-31", "1900-01-01", "2200-12-31T23:59:59", "2201-01-01", "9999-12-31", "NaT"], "M8[s]")
    assert calendar.is_computable(dates).tolist() == [False, True, True, False, False, False]
    assert not calendar.covers(dates).any()


@pytest.mark.parametrize("n", [10**6, -(10**6), 2**63 - 1, -(2**63), 1e300])
def test_steps_beyond_the_span_are_refused(calendar, n):
    with pytest.raises(CalendarError, match="超出可计算的范围"):
        calendar.add_workdays(pd.Timestamp("2026-11-20"), n)


@pytest.mark.parametrize("hours", [1e6, -1e6, 1e300, np.inf, -np.inf])
def test_hours_beyond_the_span_are_refused(calendar, hours):
    with pytest.raises(CalendarError, match="超出可计算的范围"):
        calendar.add_work_hours(pd.Timestamp("2026-11-20").as_unit("ns"), hours)


def test_a_blank_row_never_hides_nor_causes_a_refusal(calendar):
    blank = np.array(["NaT", "2026-11-20"], "M8[ns]")
    assert calendar.add_workdays(blank, np.array([10**6, 1]))[1] == np.datetime64("2026-11-23T18:00")
    assert calendar.add_work_hours(blank, np.array([10**6, 1.0]))[1] == np.datetime64("2026-11-20T10:00")
    with pytest.raises(CalendarError):
        calendar.add_workdays(blank, np.array([1, 10**6]))


@pytest.mark.parametrize("half_days", [(), (("2026-11-20", True, {"hours": [("09:00", "12:00")]}),)])
def test_the_last_days_of_the_span_are_still_right(make_days, half_days):
    plain = WorkCalendar(make_days(*half_days))
    assert plain.add_workdays(pd.Timestamp("2200-12-30"), 1) == pd.Timestamp("2200-12-31 18:00")  # a Wednesday
    assert plain.add_workdays(pd.Timestamp("1900-01-02"), -1) == pd.Timestamp("1900-01-01 18:00")  # a Monday
    with pytest.raises(CalendarError):
        plain.add_workdays(pd.Timestamp("2200-12-31"), 1)
    with pytest.raises(CalendarError):
        plain.add_workdays(pd.Timestamp("1900-01-01"), -1)
    assert plain.add_work_hours(pd.Timestamp("2200-12-31 09:00"), 7.5) == pd.Timestamp("2200-12-31 18:00")
    with pytest.raises(CalendarError):
        plain.add_work_hours(pd.Timestamp("2200-12-31 09:00"), 7.6)
    assert plain.add_work_hours(pd.Timestamp("1900-01-01 10:00"), -1) == pd.Timestamp("1900-01-01 09:00")
    with pytest.raises(CalendarError):
        plain.add_work_hours(pd.Timestamp("1900-01-01 10:00"), -1.5)
    for start, hours in (("2200-12-31 18:00", 1), ("2200-12-31 18:01", 0), ("1900-01-01 09:00", -1)):
        with pytest.raises(CalendarError):
            plain.add_work_hours(pd.Timestamp(start), hours)
