"""The mechanism's own worked example, to the letter: it breaks the mechanism's rules in three places."""

from __future__ import annotations

from datetime import datetime

from coordination_xl import check
from tests.builders import book, refreshed

EXAMPLE = {
    "title": "季度客户满意度调研跨部门协作",
    "initiator": "客户服务部*经理",
    "receivers": "市场部专员、产品部主管、数据部*分析师",
    "background": "为提升客户满意度,需联合多部门开展调研,目前问卷设计阶段,需市场部提供用户画像,数据部支持样本分析",
    "goal": "1周内完成调研方案;2周内完成数据收集与分析",
    "consensus_by": "2023年10月20日",
    "urgency": "一般",
    "discussion": "市场部:需明确调研范围;数据部:需样本量≥1000;争议点:调研周期",
    "agreement": "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放",
    "responsible": "用户画像-市场部专员;数据分析-数据部分析师",
    "deadlines": "用户画像:2023-10-18;数据分析:2023-10-25",
    "progress": "10月18日:市场部已提交用户画像",
    "remarks": "若数据样本不足,需延长3天分析周期",
}
BESIDE = {
    "id": "XT-2023-0001", "state": "执行中", "acceptance": "用户画像:覆盖三类客户;数据分析:样本量≥1000",
    "follow_up": "客户服务部*专员", "raised_at": datetime(2023, 10, 9, 9, 30), "agreed_at": datetime(2023, 10, 13, 15),
}  # fmt: skip
NOW = datetime(2023, 10, 19, 9)


def test_gives_exactly_three_findings():
    found = check(book(Coordination=[EXAMPLE | BESIDE]), NOW).findings
    assert [(each.code, each.column) for each in found] == [
        ("date-without-year", "协商结果"),
        ("department-alias", "协商结果"),
        ("task-without-owner", "协商结果"),
    ]


def test_says_which_task_has_nobody_and_no_date():
    found = {each.code: each for each in check(book(Coordination=[EXAMPLE | BESIDE]), NOW).findings}
    assert found["task-without-owner"].message == "“客服部负责问卷发放”没有落实到一个责任人，也没有写明完成时限"
    assert found["department-alias"].message == "“协商结果”中的“客服部”是“客户服务部”的另一个叫法"
    assert found["date-without-year"].message == "“协商结果”里的日期没有写年份：10月18日、10月25日"
    assert found["date-without-year"].suggestion == "已按 2023 年理解；请补上年份"


def test_is_due_with_its_last_task():
    row = refreshed(book(Coordination=[EXAMPLE | BESIDE]), "XT-2023-0001", NOW)
    assert row["due"] == datetime(2023, 10, 25, 18)


def test_is_due_for_consensus_as_wished():
    row = refreshed(book(Coordination=[EXAMPLE | BESIDE | {"state": "沟通中"}]), "XT-2023-0001", NOW)
    assert row["due"] == datetime(2023, 10, 20, 18)
