"""A row of 时限规则 that cannot be understood: refresh stops, check says where."""

from __future__ import annotations

import pytest

from coordination_xl import check, refresh
from coordination_xl.errors import RuleError
from tests.builders import FIRST_ROW, NOW, book, meeting, rules, settings, task

BROKEN = (
    ("A9", {"table": "没有的台账"}, "适用台账", "没有“没有的台账”这个计时的台账"),
    ("A9", {"table": "通讯录"}, "适用台账", "没有“通讯录”这个计时的台账"),
    ("A9", {"kind": "提醒"}, "类型", "类型“提醒”应为：到期、中间环节、反馈、提前、时长上限"),
    ("A9", {"unit": "光年"}, "单位", "单位“光年”应为：分钟、小时、工作小时、工作日、自然日、周"),
    ("A9", {"amount": None}, "时限", "时限没有填写数字"),
    ("A9", {"amount": "一"}, "时限", "时限没有填写数字"),
    ("A9", {"amount": 1.5}, "时限", "以工作日计的时限应为整数"),
    ("A9", {"states": "已提报、办理中"}, "适用状态", "“办理中”不是“问题台账”的状态"),
    ("A9", {"urgency": "火急"}, "紧急程度", "紧急程度“火急”应为：紧急、一般、低优先级"),
    ("A9", {"trigger": "提报的时间"}, "起算列", "“提报的时间”不是“问题台账”的列，也不是同一台账中排在前面的规则编号"),
    ("A9", {"trigger": "备注"}, "起算列", "“备注”不是日期列"),
    ("A9", {"trigger": None}, "起算列", "起算列没有填写"),
    ("A9", {"trigger": "A2"}, "起算列", "“A2”不是“问题台账”的列，也不是同一台账中排在前面的规则编号"),
    ("A9", {"trigger": "A11-一般"}, "起算列", "“A11-一般”不是“问题台账”的列，也不是同一台账中排在前面的规则编号"),
    ("A9", {"stop": "分派日"}, "完成列", "“分派日”不是“问题台账”的列，也不是同一台账中排在前面的规则编号"),
    ("A9", {"stop": "责任人"}, "完成列", "“责任人”不是日期列"),
    ("A9", {"condition": "重大"}, "适用条件", "适用条件“重大”应像“列=值”"),
    ("A9", {"condition": "金额=大"}, "适用条件", "适用条件里的“金额”不是“问题台账”的列"),
    ("A9", {"condition": "完成时限=2026*"}, "适用条件", "适用条件里的“完成时限”不是文字列"),
    ("A9", {"ladder": "经理 0"}, "升级阶梯", "升级阶梯里的“经理”应为：责任人、部门负责人、分管领导、总经理办公会"),
    ("A15", {"trigger": "会议时间"}, "起算列", "“会议时间”不是数字列"),
    ("A9", {"rule": "A2"}, "规则编号", "规则编号重复"),
)


def sheet(rule: str, change: dict[str, object]) -> list[dict[str, object]]:
    return rules(**{rule: change})


@pytest.mark.parametrize(("rule", "change", "column", "reason"), BROKEN, ids=lambda value: str(value)[:30])
def test_a_broken_row_is_found_and_stops_refresh(rule, change, column, reason):
    made = book(Rules=sheet(rule, change), Meetings=[meeting()])
    row = FIRST_ROW + next(n for n, each in enumerate(rules()) if each["rule"] == rule)
    name = change.get("rule", rule)
    found = [each for each in check(made, NOW).findings if each.code == "broken-rule"]
    assert [(each.row, each.column) for each in found] == [(row, column)]
    assert found[0].message == f"时限规则“{name}”无法理解：{reason}"
    with pytest.raises(RuleError) as stopped:
        refresh(made, NOW)
    assert str(stopped.value) == f"工作表“时限规则”第 {row} 行（规则 {name}）：{reason}。改正这一行后重试。"


def test_all_broken_rows_are_found_at_once():
    made = book(Rules=rules(A2={"unit": "光年"}, A9={"unit": "光年"}, B5={"kind": ""}))
    codes = [found.code for found in check(made, NOW).findings]
    assert codes.count("broken-rule") == 3


def test_an_amount_beyond_all_calendars_is_refused_in_words():
    made = book(Rules=rules(A14={"amount": -1_000_000}), Meetings=[meeting(state="已批准")])
    assert [found.code for found in check(made, NOW).findings] == ["broken-rule"]
    with pytest.raises(RuleError, match="时限"):
        refresh(made, NOW)


class TestIdPattern:
    @pytest.mark.parametrize(
        ("pattern", "record", "is_fine"),
        [
            ("{前缀}-{年}-{序号:4}", "RW-2026-0001", True),
            ("{前缀}-{年}-{序号:4}", "RW-2026-10000", True),
            ("{前缀}-{年}-{序号:4}", "RW-2026-001", False),
            ("{前缀}〔{年}〕{序号}号", "RW〔2026〕7号", True),
            ("{前缀}〔{年}〕{序号}号", "RW-2026-0001", False),
            ("{前缀}.{序号:3}", "RWx001", False),
        ],
    )
    def test_an_id_must_look_as_the_settings_say(self, pattern, record, is_fine):
        made = book(Tasks=[task(id=record)], Settings=settings(编号格式=pattern))
        codes = [each.code for each in check(made, NOW).findings if each.table == "Tasks"]
        assert codes == ([] if is_fine else ["malformed-id"])

    def test_a_pattern_without_a_serial_is_a_broken_setting(self):
        (found,) = check(book(Settings=settings(编号格式="{前缀}-{年}")), NOW).findings
        assert found.code == "broken-setting"
