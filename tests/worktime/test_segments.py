"""Opening segments and weeks that cannot be, refused in Chinese."""

from __future__ import annotations

from datetime import UTC, time

import pandas as pd
import pytest

from coordination_xl.errors import CalendarError
from coordination_xl.worktime import WorkCalendar


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ([], "没有任何工作时段"),
        ([("12:00", "09:00")], "12:00–09:00 的结束不晚于开始"),
        ([("09:00", "09:00")], "结束不晚于开始"),
        ([("22:00", "06:00")], "结束不晚于开始"),  # a night shift leaves the day
        ([("09:00", "12:00"), ("11:00", "18:00")], "09:00–12:00 与 11:00–18:00 重叠或次序颠倒"),
        ([("13:30", "18:00"), ("09:00", "12:00")], "次序颠倒"),
        ([("09:00", "25:00")], "'25:00' 不在"),
        ([("09:00", "24:01")], "'24:01' 不在"),
        ([("09:60", "12:00")], "'09:60' 不在"),
        ([("上午", "12:00")], "'上午' 无法识别"),
        ([(9, 12)], "9 无法识别"),
        ([("09:00", "10:00", "11:00")], "不是“开始、结束”两个时间"),
        (["09:00-12:00"], "不是“开始、结束”两个时间"),
        ("09:00-12:00", "不是“开始、结束”两个时间"),
        ([(time(9, tzinfo=UTC), "12:00")], "时区"),
        ({0: [("09:00", "12:00")]}, "周二上班，却没有工作时段"),
        ({7: [("09:00", "12:00")]}, "星期 7"),
        ({day: [("12:00", "09:00")] for day in range(5)}, "工作时间（周一）"),
    ],
)
def test_unusable_hours_are_refused(make_days, hours, message):
    with pytest.raises(CalendarError, match=message):
        WorkCalendar(make_days(), hours=hours)


@pytest.mark.parametrize("week", [(), (7,), (-1,), ("周一",)])
def test_an_unusable_week_is_refused(make_days, week):
    with pytest.raises(CalendarError, match="每周的工作日"):
        WorkCalendar(make_days(), week=week)


@pytest.mark.parametrize(
    "hours",
    [
        (("09:00", "12:00"), ("13:30", "18:00")),
        [["9:00", "12：00"], [" 13:30 ", "18:00:00"]],
        [(time(9), time(12)), (time(13, 30), time(18))],
    ],
)
def test_the_same_hours_may_be_written_in_several_ways(make_days, hours):
    calendar = WorkCalendar(make_days(), hours=hours)
    assert calendar.hours_per_day == 7.5
    assert calendar.add_work_hours(pd.Timestamp("2026-11-18 11:00"), 2) == pd.Timestamp("2026-11-18 14:30")


def test_segments_may_touch(make_days):
    calendar = WorkCalendar(make_days(), hours=[("09:00", "12:00"), ("12:00", "17:00")])
    assert calendar.add_work_hours(pd.Timestamp("2026-11-18 11:00"), 2) == pd.Timestamp("2026-11-18 13:00")


def test_a_six_day_week_works_on_saturday(make_days):
    calendar = WorkCalendar(make_days(), week=range(6))
    assert calendar.add_workdays(pd.Timestamp("2026-11-20"), 1) == pd.Timestamp("2026-11-21 18:00")
