"""To whom a notice about one row goes."""

from __future__ import annotations

import pytest

from coordination_xl.rules.dispatching.addressing import addressed, persons_for
from coordination_xl.schema.notices import NOTICE
from tests import builders
from tests.builders import ledger_of
from tests.rules.test_recipients import person, recipients

LEADER = person("公司领导", "副总经理", "分管领导", "fz@example.com", supervises="技术部、财务部")
OTHER = person("公司领导", "总监", "分管领导", "zj@example.com", supervises="客户服务部、产品部")
STAFF = (
    *(
        person(department, name, role, f"{number}@example.com")
        for number, (department, name, role) in enumerate(
            [
                ("技术部", "经理", "部门负责人"), ("技术部", "工程师", "员工"), ("财务部", "经理", "部门负责人"),
                ("财务部", "会计", "员工"), ("客户服务部", "经理", "部门负责人"), ("客户服务部", "专员", "员工"),
                ("产品部", "主管", "部门负责人"), ("综合管理部", "主任", "综合管理部"), ("总经理办公会", "秘书", "总经理办公会"),
            ]
        )
    ),
    LEADER,
    OTHER,
)  # fmt: skip
ROW = 6


def to_and_copies(
    kind: str, table: str, row: dict[str, object], *staff: dict[str, object]
) -> tuple[list[str], list[str]]:
    found = addressed(NOTICE[kind], ledger_of(table, row), ROW, recipients(*(staff or STAFF)))
    return [each.name for each in found.to], [each.name for each in found.copies]


@pytest.mark.parametrize(
    ("kind", "table", "row", "to", "copies"),
    [
        ("协调通知", "Coordination", builders.coordination(), ["技术部*工程师", "财务部*会计"], ["技术部*经理", "财务部*经理"]),
        (
            "协调通知", "Coordination", builders.coordination(receivers="技术部、财务部*会计"),
            ["技术部*经理", "财务部*会计"], ["财务部*经理"],
        ),
        (
            "变更通知", "Coordination", builders.coordination(receivers="财务部*会计"),
            ["财务部*会计", "技术部*工程师"], ["产品部*主管"],
        ),
        ("变更通知", "Coordination", builders.coordination(receivers="产品部*主管", responsible=""), ["产品部*主管"], []),
        (
            "问题分派通知", "Problems", builders.problem(leader="公司领导*总监"),
            ["技术部*经理"], ["公司领导*总监", "财务部*经理", "客户服务部*专员"],
        ),
        (
            "问题分派通知", "Problems", builders.problem(leader="", cooperating=""),
            ["技术部*经理"], ["公司领导*副总经理", "客户服务部*专员"],
        ),
        ("会议通知", "Meetings", builders.meeting(), ["财务部*会计", "产品部*主管", "技术部*经理"], ["公司领导*副总经理"]),
        ("会议纪要", "Meetings", builders.held(), ["财务部*会计", "产品部*主管", "技术部*工程师"], ["公司领导*副总经理"]),
        (
            "紧急事项报告", "Emergencies", builders.emergency(leader=""),
            ["公司领导*副总经理"], ["技术部*经理", "客户服务部*经理", "综合管理部*主任"],
        ),
        ("问题解决报告", "Problems", builders.problem(), ["客户服务部*专员"], ["公司领导*副总经理"]),
        ("归档通知", "Coordination", builders.coordination(), ["产品部*主管"], ["技术部*工程师", "财务部*会计"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_recipients_of_a_kind(kind, table, row, to, copies):
    assert to_and_copies(kind, table, row) == (to, copies)


def test_a_named_task_before_the_person_or_behind_is_not_taken_for_a_name():
    row = builders.coordination(receivers="产品部*主管", responsible="技术部*工程师：腾出环境；财务部*会计-对账样例")
    assert to_and_copies("变更通知", "Coordination", row)[0] == ["产品部*主管", "技术部*工程师", "财务部*会计"]


def test_whom_nobody_knows_is_found_at_the_cell_that_names_them_and_keeps_nothing_from_the_others():
    row = builders.coordination(receivers="技术部*工程师、财务部*总账、市场部")
    found = addressed(NOTICE["协调通知"], ledger_of("Coordination", row), ROW, recipients(*STAFF))
    assert [each.name for each in found.to] == ["技术部*工程师"]
    assert found.unreached == ("财务部*总账", "市场部")
    told = [(each.code, each.column, each.id) for each in found.findings if "总账" in each.message]
    assert told == [("no-contact", "接收部门/人", "XT-2026-0001")]


def test_a_copy_that_is_blank_is_nobody_and_no_finding():
    found = addressed(
        NOTICE["紧急事项报告"], ledger_of("Emergencies", builders.emergency(team="")), ROW, recipients(*STAFF)
    )
    assert [each.name for each in found.copies] == ["综合管理部*主任"]
    assert found.findings == ()


def test_a_blank_column_of_the_main_recipients_leaves_nobody_and_names_the_column():
    found = addressed(
        NOTICE["协调通知"], ledger_of("Coordination", builders.coordination(receivers="")), ROW, recipients(*STAFF)
    )
    assert (found.to, found.unreached, found.column) == ((), (), "receivers")


@pytest.mark.parametrize(
    ("role", "table", "row", "expected"),
    [
        ("责任人", "Tasks", builders.task(), ["技术部*工程师"]),
        ("部门负责人", "Tasks", builders.task(), ["技术部*经理"]),
        ("部门负责人", "Tasks", builders.task(responsible="小王"), ["技术部*经理"]),
        ("分管领导", "Tasks", builders.task(), ["公司领导*副总经理"]),
        ("总经理办公会", "Tasks", builders.task(), ["总经理办公会*秘书"]),
        ("", "Tasks", builders.task(), ["技术部*工程师"]),
        (
            "主责部门",
            "Problems",
            builders.problem(coordinating_department="", lead_department="财务部"),
            ["财务部*经理"],
        ),
        ("综合管理部", "Problems", builders.problem(), ["综合管理部*主任"]),
        ("分管领导", "Problems", builders.problem(leader="公司领导*总监"), ["公司领导*总监"]),
        ("责任人", "Problems", builders.problem(responsible=""), ["技术部*经理"]),
        ("发起部门", "Meetings", builders.meeting(), ["技术部*经理"]),
        ("记录人", "Meetings", builders.held(), ["技术部*工程师"]),
        ("记录人", "Meetings", builders.meeting(), ["技术部*经理"]),
        ("主持人", "Meetings", builders.held(host="产品部*主管"), ["产品部*主管"]),
        ("发现人", "Emergencies", builders.emergency(), ["技术部*工程师"]),
        ("应急小组组长", "Emergencies", builders.emergency(), ["技术部*经理"]),
        ("部门负责人", "Emergencies", builders.emergency(), ["技术部*经理"]),
        ("责任部门", "Coordination", builders.coordination(), ["技术部*工程师", "财务部*会计"]),
        ("财务部*会计", "Tasks", builders.task(), ["财务部*会计"]),
        ("随便", "Tasks", builders.task(), ["技术部*工程师"]),
    ],
)
def test_a_role_means(role, table, row, expected):
    found = persons_for(role, ledger_of(table, row), ROW, recipients(*STAFF))
    assert [each.name for each in found.to] == expected
    assert found.copies == ()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("收件人", ["技术部*工程师", "财务部*会计"]),
        ("配合部门", ["技术部*工程师", "财务部*会计"]),
        ("部门负责人", ["技术部*经理", "财务部*经理"]),
        ("分管领导", ["公司领导*副总经理"]),
    ],
)
def test_those_who_owe_an_answer_to_a_notice(role, expected):
    row = builders.dispatch(recipients="技术部*工程师（代产品部*主管）、财务部*会计")
    found = persons_for(role, ledger_of("Dispatch", row), ROW, recipients(*STAFF))
    assert [each.name for each in found.to] == expected


def test_only_those_who_have_not_answered_can_be_meant():
    row = builders.dispatch(recipients="技术部*工程师、财务部*会计")
    for role, expected in (("收件人", ["财务部*会计"]), ("部门负责人", ["财务部*经理"])):
        found = persons_for(role, ledger_of("Dispatch", row), ROW, recipients(*STAFF), named=["财务部*会计"])
        assert [each.name for each in found.to] == expected


def test_a_department_without_a_head_is_told_by_name():
    found = persons_for("部门负责人", ledger_of("Tasks", builders.task()), ROW, recipients(STAFF[1]))
    (finding,) = found.findings
    assert found.unreached == ("技术部的部门负责人",)
    assert (finding.code, finding.column) == ("no-contact", "责任人")
    assert "技术部的部门负责人" in finding.message
