import pytest

from coordination_xl.ledger.relative_dates import RelativeDue, find_relative
from coordination_xl.ledger.relative_dates import RelativeUnit as Unit


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("1周内", RelativeDue(1, Unit.WEEK)),
        ("3个工作日内", RelativeDue(3, Unit.WORKDAY)),
        ("收到后２个工作日以内", RelativeDue(2, Unit.WORKDAY)),
        ("会后3日内", RelativeDue(3, Unit.DAY)),
        ("两天内", RelativeDue(2, Unit.DAY)),
        ("半天内", RelativeDue(0.5, Unit.DAY)),
        ("3个月内", RelativeDue(3, Unit.MONTH)),
        ("一个半月内", RelativeDue(1.5, Unit.MONTH)),
        ("半年内", RelativeDue(6, Unit.MONTH)),
        ("2小时内", RelativeDue(2, Unit.HOUR)),
        ("2个工作小时内", RelativeDue(2, Unit.WORK_HOUR)),
        ("30分钟内", RelativeDue(30, Unit.MINUTE)),
        ("月底前", RelativeDue(0, Unit.END_OF_MONTH)),
        ("下月底前", RelativeDue(1, Unit.END_OF_MONTH)),
        ("下个月底前", RelativeDue(1, Unit.END_OF_MONTH)),
        ("10月底前", RelativeDue(0, Unit.END_OF_MONTH, month=10)),
        ("2026年10月底前", RelativeDue(0, Unit.END_OF_MONTH, month=10, year=2026)),
        ("本周内", RelativeDue(0, Unit.END_OF_WEEK)),
        ("季度末", RelativeDue(0, Unit.END_OF_QUARTER)),
        ("年底前", RelativeDue(0, Unit.END_OF_YEAR)),
        ("2026年底前", RelativeDue(0, Unit.END_OF_YEAR, year=2026)),
        ("下周五前", RelativeDue(1, Unit.WEEKDAY, weekday=4)),
        ("明天下班前", RelativeDue(1, Unit.DAY)),
    ],
)
def test_relative_deadlines_are_recognised_but_not_resolved(text, due):
    assert find_relative(text) == (due,)


@pytest.mark.parametrize(
    "text",
    [
        "延长3天分析周期",
        "10月18日前",
        "18日前",
        "3月内",
        "每周五前",
        "公司内部",
        "2023年10月20日（周五）前",
        "3天内部测试",
    ],
)
def test_durations_dates_and_habits_are_no_relative_deadlines(text):
    assert find_relative(text) == ()


def test_the_seeds_goals_give_two_deadlines_where_they_stand():
    text = "1周内完成调研方案;2周内完成数据收集与分析"
    dues = find_relative(text)
    assert [text[due.start : due.end] for due in dues] == ["1周内", "2周内"]
    assert [due.amount for due in dues] == [1, 2]
