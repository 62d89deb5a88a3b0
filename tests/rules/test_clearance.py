"""保密等级: who may read the content. It fails closed."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.rules.dispatching.addressing import addressed
from coordination_xl.rules.dispatching.clearance import cleared, contact_level, level_of
from coordination_xl.schema.notices import NOTICE
from tests import builders
from tests.builders import ledger_of, ledgers
from tests.rules.test_recipients import person, recipients

ROW = 6


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("", "内部"),
        ("公开", "公开"),
        ("秘密", "秘密"),
        ("保密", "秘密"),
        ("绝密", "机密"),
        (" 机密 ", "机密"),
        ("核心", "机密"),
    ],
)
def test_the_level_of_a_matter(typed, level):
    made = ledgers(Problems=[builders.problem(confidentiality=typed)])
    assert level_of(made, made["Problems"], ROW) == level


def test_a_task_has_the_level_of_its_parent():
    made = ledgers(
        Problems=[builders.problem(confidentiality="机密")],
        Tasks=[
            builders.task(source="WT-2026-0001"),
            builders.task(id="RW-2026-0002", source=""),
            builders.task(id="RW-2026-0003", source="WT-2026-0099"),
        ],
    )
    assert [level_of(made, made["Tasks"], row) for row in (6, 7, 8)] == ["机密", "内部", "机密"]


def test_of_two_parents_with_one_id_the_stricter_counts():
    both = [builders.problem(confidentiality="秘密"), builders.problem(confidentiality="公开")]
    made = ledgers(Problems=both, Tasks=[builders.task(source="WT-2026-0001")])
    assert level_of(made, made["Tasks"], ROW) == "秘密"


@pytest.mark.parametrize(
    ("typed", "level"), [("", "内部"), ("普通", "内部"), ("全部", "公开"), ("机密", "机密"), ("保密", "秘密")]
)
def test_the_level_of_a_contact(typed, level):
    assert contact_level([typed]) == level


def test_a_contact_with_two_rows_may_read_up_to_the_lower_that_is_filled():
    assert contact_level(["机密", "秘密", ""]) == "秘密"


def staff(**clearances: str) -> list[dict[str, object]]:
    return [
        person("技术部", "工程师", email="gcs@example.com", clearance=clearances.get("engineer", "内部")),
        person("财务部", "会计", email="kj@example.com", clearance=clearances.get("accountant", "内部")),
        person("技术部", "经理", "部门负责人", "jl@example.com", clearance=clearances.get("head", "内部")),
        person("财务部", "经理", "部门负责人", "cw@example.com", clearance=clearances.get("other", "内部")),
    ]


def parted(level: str, *people: dict[str, object]):
    ledger, known = ledger_of("Coordination", builders.coordination(confidentiality=level)), recipients(*people)
    return cleared(addressed(NOTICE["协调通知"], ledger, ROW, known), level, "协调通知", ledger, ROW, known)


def names(part) -> tuple[list[str], list[str]]:
    return [each.name for each in part.to], [each.name for each in part.copies]


def test_who_is_not_cleared_is_parted_from_the_others_and_told_by_name():
    readers, withheld, findings = parted("秘密", *staff(engineer="秘密", head="机密"))
    assert names(readers) == (["技术部*工程师"], ["技术部*经理"])
    assert names(withheld) == (["财务部*会计"], ["财务部*经理"])
    (finding,) = findings
    assert (finding.code, finding.column, finding.severity) == ("not-cleared", "保密等级", "提醒")
    assert all(word in finding.message for word in ("XT-2026-0001", "秘密", "财务部*会计", "财务部*经理", "协调通知"))
    assert "工程师" not in finding.message


def test_where_all_are_cleared_nobody_is_left_out():
    readers, withheld, findings = parted("内部", *staff())
    assert names(readers) == (["技术部*工程师", "财务部*会计"], ["技术部*经理", "财务部*经理"])
    assert (withheld.to, withheld.copies, findings) == ((), (), ())


def test_copies_that_may_read_what_no_main_recipient_may_are_main_recipients_of_their_own():
    readers, withheld, _ = parted("机密", *staff(head="机密"))
    assert names(readers) == (["技术部*经理"], [])
    assert names(withheld) == (["技术部*工程师", "财务部*会计"], ["财务部*经理"])


def test_whoever_acts_needs_a_clearance_of_their_own():
    leave = {"leave_from": datetime(2026, 3, 2), "delegate": "财务部*会计"}
    away, accountant, *heads = staff(engineer="机密", head="机密", other="机密")
    readers, withheld, _ = parted("机密", away | leave, accountant, *heads)
    assert names(readers)[0] == ["技术部*经理", "财务部*经理"]
    assert names(withheld)[0] == ["财务部*会计（代技术部*工程师）"]


def test_a_mailbox_that_others_read_too_is_only_as_cleared_as_the_least_of_them():
    shared = person("技术部", "实习生", email="GCS@example.com", clearance="公开")
    readers, withheld, _ = parted("内部", *staff(), shared)
    assert "技术部*工程师" in names(withheld)[0]
    assert names(readers)[0] == ["财务部*会计"]
