"""The 节假日 sheet: precedence, contradictions, coverage."""

from __future__ import annotations

import pandas as pd
import pytest

from coordination_xl.errors import CalendarError
from coordination_xl.worktime import WorkCalendar

COMPANY = {"is_company": True}
FORECAST = {"is_forecast": True}
NOON = [("09:00", "12:00")]


@pytest.mark.parametrize(
    ("rows", "worked"),
    [
        ([], True),  # 2026-10-01 is a Thursday
        ([("2026-10-01", False)], False),
        ([("2026-10-01", False), ("2026-10-01", True, COMPANY)], True),
        ([("2026-10-01", True, COMPANY), ("2026-10-01", False)], True),  # whatever the order
        ([("2026-10-01", True), ("2026-10-01", False, COMPANY)], False),
        ([("2026-10-01", False), ("2026-10-01", False)], False),  # agreeing twice is fine
        ([("2026-10-01", False, COMPANY), ("2026-10-01", False, COMPANY)], False),
        ([("2026-10-01 08:30", False)], False),  # a time of day is dropped
    ],
)
def test_the_companys_row_beats_the_state_councils_which_beats_the_week(make_days, rows, worked):
    assert WorkCalendar(make_days(*rows)).is_workday(pd.Timestamp("2026-10-01")) is worked


@pytest.mark.parametrize("source", [{}, COMPANY])
def test_one_source_saying_both_is_refused_by_date(make_days, source):
    days = make_days(("2026-10-10", True, source), ("2026-10-10", False, source))
    with pytest.raises(CalendarError, match=r"2026-10-10.*既是“休”又是“班”"):
        WorkCalendar(days)


def test_one_source_giving_two_sets_of_hours_is_refused(make_days):
    days = make_days(("2026-10-10", True, {"hours": NOON}), ("2026-10-10", True, {"hours": None}))
    with pytest.raises(CalendarError, match=r"2026-10-10.*两种不同的工作时段"):
        WorkCalendar(days)


def test_the_companys_row_wins_as_a_whole_hours_included(make_days):
    calendar = WorkCalendar(make_days(("2026-10-10", True, {"hours": NOON}), ("2026-10-10", True, COMPANY)))
    assert calendar.closing(pd.Timestamp("2026-10-10")) == pd.Timestamp("2026-10-10 18:00")


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        ([], ()),
        ([("2026-10-01", False)], (2026,)),
        ([("2026-10-01", False, COMPANY)], ()),  # a company's own day says nothing of the year
        ([("2027-10-01", False, FORECAST)], ()),  # a forecast is applied but does not cover
        ([("2027-10-01", False, FORECAST), ("2027-10-02", False)], ()),
        ([("2026-10-01", False), ("2027-10-01", False, FORECAST)], (2026,)),
        ([("2022-12-31", False), ("2023-01-01", False)], (2023,)),  # New Year's Eve comes with the next year's notice
        ([("2026-12-28", False)], (2026,)),
    ],
)
def test_a_year_is_covered_by_the_state_councils_own_rows(make_days, rows, years):
    calendar = WorkCalendar(make_days(*rows))
    assert calendar.covered_years == years
    for year in range(2021, 2029):
        assert calendar.covers(pd.Timestamp(year, 1, 1)) is (year in years)
        assert calendar.covers(pd.Timestamp(year, 12, 31, 23, 59)) is (year in years)


def test_a_forecast_day_is_applied(make_days):
    calendar = WorkCalendar(make_days(("2027-10-01", False, FORECAST)))
    assert calendar.is_workday(pd.Timestamp("2027-10-01")) is False


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"date": [], "is_workday": []})])
def test_an_empty_sheet_is_the_plain_week_and_covers_nothing(frame):
    calendar = WorkCalendar(frame)
    assert calendar.covered_years == ()
    assert calendar.is_workday(pd.Timestamp("2026-10-01")) is True
    assert calendar.is_workday(pd.Timestamp("2026-10-10")) is False


def test_null_flags_mean_no(make_days):
    days = make_days(
        ("2026-10-01", False, {"is_company": None, "is_forecast": None, "hours": None}), ("2026-10-10", True)
    )
    days = days.astype({"is_workday": "boolean"})
    assert WorkCalendar(days).covered_years == (2026,)


def test_neither_row_order_nor_index_matters(make_days):
    days = make_days(("2026-10-01", False), ("2026-10-10", True, COMPANY), ("2026-10-10", False))
    days.index = [7, 7, 7]
    assert WorkCalendar(days[::-1]).is_workday(pd.Timestamp("2026-10-10")) is True


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (pd.DataFrame({"is_workday": [True]}), "缺少列 date"),
        (pd.DataFrame({"date": pd.to_datetime(["2026-10-01"])}), "缺少列 is_workday"),
        (pd.DataFrame({"date": pd.to_datetime(["2026-10-01", None]), "is_workday": [True, True]}), "第 2 条.*日期为空"),
        (pd.DataFrame({"date": pd.to_datetime(["2026-10-01"]), "is_workday": [None]}), "2026-10-01.*没有写明"),
        (pd.DataFrame({"date": pd.to_datetime(["2026-10-01"]), "is_workday": ["休"]}), "2026-10-01.*'休'"),
        (pd.DataFrame({"date": pd.to_datetime(["1899-12-31"]), "is_workday": [True]}), "第 1 条.*1899-12-31.*超出"),
        (
            pd.DataFrame({"date": pd.to_datetime(["2026-10-01"]), "is_workday": [False], "hours": [NOON]}),
            "2026-10-01.*却填了工作时段",
        ),
        (
            pd.DataFrame({"date": pd.to_datetime(["2026-10-10"]), "is_workday": [True], "hours": [[("9", "12:00")]]}),
            "2026-10-10.*'9' 无法识别",
        ),
    ],
)
def test_an_unusable_sheet_is_refused_with_its_place(days, message):
    with pytest.raises(CalendarError, match=message):
        WorkCalendar(days)
