"""The shipped days, held against an independent source day by day."""

from __future__ import annotations

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

from coordination_xl.worktime import china_days

YEARS = (2023, 2024, 2025, 2026)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(calendar, year):
    dates = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    theirs = [chinese_calendar.is_workday(day.date()) for day in dates]  # raises for a year it does not know
    assert dates[calendar.is_workday(dates) != theirs].tolist() == []
    assert calendar.covers(dates).all()


@pytest.mark.parametrize("year", YEARS)
def test_every_day_that_differs_from_the_week_is_listed(year):
    listed = set(china_days()["date"].dt.date)
    for day in pd.date_range(f"{year}-01-01", f"{year}-12-31"):
        if chinese_calendar.is_workday(day.date()) != (day.weekday() < 5):
            assert day.date() in listed


def test_the_frame_is_typed_ordered_and_complete():
    days = china_days()
    assert days.columns.tolist() == ["date", "is_workday", "kind", "name", "source"]
    assert days["date"].dtype == "datetime64[ns]"
    assert days["is_workday"].dtype == bool
    assert not days.isna().to_numpy().any()
    assert days["date"].is_monotonic_increasing
    assert days["date"].is_unique
    assert days["kind"].isin(["休", "班"]).all()
    assert (days["is_workday"] == (days["kind"] == "班")).all()
    assert tuple(days["date"].dt.year.unique()) == YEARS


@pytest.mark.parametrize(
    ("year", "source", "rest", "made_up"),
    [
        (2023, "国办发明电〔2022〕16号", 26, 7),  # 31 December 2022 belongs to it too, but not to 2023
        (2024, "国办发明电〔2023〕7号", 28, 8),
        (2025, "国办发明电〔2024〕12号", 28, 5),
        (2026, "国办发明电〔2025〕7号", 33, 6),
    ],
)
def test_each_year_has_the_days_of_its_notice(year, source, rest, made_up):
    days = china_days()
    days = days[days["date"].dt.year == year]
    assert days["source"].unique().tolist() == [source]
    assert days["kind"].value_counts().to_dict() == {"休": rest, "班": made_up}


def test_weekend_days_inside_a_holiday_are_listed_and_its_make_up_day_bears_its_name():
    days = china_days().set_index("date")
    new_year = days.loc["2026-01-01":"2026-01-04"]
    assert new_year["kind"].tolist() == ["休", "休", "休", "班"]
    assert new_year["name"].tolist() == ["元旦"] * 4


def test_make_up_days_fall_on_weekends():
    days = china_days()
    assert (days.loc[days["is_workday"], "date"].dt.day_of_week >= 5).all()


def test_each_call_gives_a_frame_of_its_own():
    days = china_days()
    days["is_workday"] = np.True_
    assert not china_days()["is_workday"].all()
