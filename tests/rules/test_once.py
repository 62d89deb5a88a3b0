"""What 发文记录 has already: nothing is told twice to one person."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address

import pytest

from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.dispatching.drafts import Draft, Recipient
from coordination_xl.rules.dispatching.once import Sent
from tests.builders import dispatch, ledger_of

STAFF = ledger_of(
    "Contacts",
    *(
        {"department": department, "person": name, "role": "员工", "department_aliases": aliases}
        for department, name, aliases in (
            ("技术部", "工程师", "研发部"), ("技术部", "专员", ""), ("财务部", "会计", ""), ("公司领导", "副总经理", ""),
        )
    ),
)  # fmt: skip
ENGINEER, CLERK, ACCOUNTANT = ("技术部", "工程师"), ("技术部", "专员"), ("财务部", "会计")
V1, V2 = "2026-03-18 18:00", "2026-03-25 18:00"


def sent(*rows: dict[str, object]) -> Sent:
    return Sent.of(ledger_of("Dispatch", *rows), Directory.of(STAFF.frame))


def who(member, *principals, others=()) -> Recipient:
    return Recipient(member, Address("", addr_spec="a@example.com"), principals, others)


def draft(*to: Recipient, copies=(), version=V1, **values: object) -> Draft:
    base = {"kind": "问题分派通知", "table": "Problems", "row": 6, "record": "WT-2026-0001", "level": "内部"}
    return Draft(**(base | {"version": version, "to": to, "copies": copies} | values))


def left(rows: list[dict[str, object]], wanted: Draft) -> list[str] | None:
    found = sent(*rows).unsent(wanted)
    return None if found is None else [each.name for each in (*found.to, *found.copies)]


@pytest.mark.parametrize("state", ["待发送", "发送中", "已发送", "已阅", "待核实", "失败"])
def test_a_row_in_any_state_is_there(state):
    assert left([dispatch(due_version=V1, state=state)], draft(who(ENGINEER))) is None


def test_a_failed_row_that_never_became_a_mail_is_passed_over_where_somebody_asks_by_name():
    rows = [dispatch(due_version=V1, state="失败")]
    assert sent(*rows).unsent(draft(who(ENGINEER)), is_named=True) is not None
    assert (
        sent(dispatch(due_version=V1, state="失败", file="a.eml")).unsent(draft(who(ENGINEER)), is_named=True) is None
    )


@pytest.mark.parametrize(
    "other", [{"source": "WT-2026-0002"}, {"kind": "问题解决报告"}, {"rung": "部门负责人"}, {"due_version": V2}]
)
def test_a_row_of_another_key_is_not_it(other):
    rows = [dispatch(**({"due_version": V1} | other))]
    assert left(rows, draft(who(ENGINEER))) == ["技术部*工程师"]


def test_a_row_without_a_version_counts_as_any():
    assert left([dispatch()], draft(who(ENGINEER), version=V2)) is None


@pytest.mark.parametrize(
    ("recipients", "copies"),
    [
        ("技术部*工程师", ""), ("研发部*工程师", ""), ("财务部*会计、技术部工程师", ""),
        ("工程师（技术部）", ""), ("财务部*会计", "技术部*工程师"),
        ("技术部", ""), ("研发部全体", ""), ("技术部*专员（代技术部*工程师）", ""),
        ("技术部*专员(代财务部*会计、技术部*工程师)", ""),
    ],
)  # fmt: skip
def test_who_got_it_is_read_however_it_is_written(recipients, copies):
    rows = [dispatch(due_version=V1, recipients=recipients, copies=copies)]
    assert left(rows, draft(who(ENGINEER), who(("公司领导", "副总经理")))) == ["公司领导*副总经理"]


@pytest.mark.parametrize("recipients", ["财务部*会计", "财务部", "技术部*专员", "查无此人"])
def test_who_did_not_get_it_is_left(recipients):
    assert left([dispatch(due_version=V1, recipients=recipients)], draft(who(ENGINEER))) == ["技术部*工程师"]


def test_only_who_lacks_it_is_left_and_copies_alone_are_not_sent_anew():
    rows = [dispatch(due_version=V1, recipients="技术部*工程师", copies="")]
    assert left(rows, draft(who(ENGINEER), who(ACCOUNTANT), copies=(who(CLERK),))) == ["财务部*会计", "技术部*专员"]
    assert left(rows, draft(who(ENGINEER), copies=(who(CLERK),))) is None


def test_what_the_principal_had_before_the_leave_whoever_acts_does_not_get():
    rows = [dispatch(due_version=V1, recipients="技术部*工程师")]
    assert left(rows, draft(who(CLERK, ENGINEER))) is None
    assert left(rows, draft(who(CLERK, ENGINEER, ACCOUNTANT))) == ["技术部*专员（代技术部*工程师、财务部*会计）"]


def test_of_several_behind_one_address_all_must_have_it():
    rows = [dispatch(due_version=V1, recipients="技术部*工程师")]
    assert left(rows, draft(who(ENGINEER, others=(CLERK,)))) == ["技术部*工程师、技术部*专员"]
    assert (
        left([*rows, dispatch(due_version=V1, recipients="技术部*专员")], draft(who(ENGINEER, others=(CLERK,)))) is None
    )


def test_a_draft_that_reaches_nobody_is_written_once():
    failed = draft(unreached="财务部*总账", failure="查不到")
    assert left([], failed) == []
    assert left([dispatch(due_version=V1, recipients="财务部*总账", state="失败")], failed) is None


def test_the_row_that_has_it_is_told():
    rows = sent(
        dispatch(due_version=V1),
        dispatch(id="TZ-2026-0002", due_version=V2, state="待发送", sent_at=None),
    )
    assert rows.number_of(draft(who(ENGINEER))) == "TZ-2026-0001"
    assert rows.number_of(draft(who(ACCOUNTANT))) == ""
    row = rows.row_of(draft(who(ENGINEER), version=V2))
    assert (row.number, row.state, row.when) == ("TZ-2026-0002", "待发送", datetime(2026, 3, 6, 8, 55))


def test_the_sequence_rises_with_each_other_version():
    kind = {"kind": "会议通知", "source": "HY-2026-0001"}
    rows = [dispatch(due_version="A", **kind), dispatch(due_version="A", recipients="财务部*会计", **kind)]
    assert sent().sequence("HY-2026-0001", "会议通知", "A") == 0
    assert sent(*rows).sequence("HY-2026-0001", "会议通知", "A") == 0
    assert sent(*rows).sequence("HY-2026-0001", "会议通知", "B") == 1
    assert sent(dispatch(**kind)).sequence("HY-2026-0001", "会议通知", "A") == 0
    rows.append(dispatch(due_version="B", **kind))
    assert sent(*rows).sequence("HY-2026-0001", "会议通知", "C") == 2


def test_a_version_is_the_same_after_it_stood_in_a_cell():
    version = "A2 2026-03-06 18:00（TZ-2026-0176）"
    assert left([dispatch(due_version=version)], draft(who(ENGINEER), version=version)) is None
    assert (
        left([dispatch(due_version=version)], draft(who(ENGINEER), version=version.replace("0176", "0177"))) is not None
    )


def test_a_version_that_comes_back_is_a_version_of_its_own():
    kind = {"kind": "会议通知", "source": "HY-2026-0001"}
    known = sent(dispatch(due_version="A", **kind), dispatch(due_version="B", **kind))
    assert known.version_of("HY-2026-0001", "会议通知", "A") == "A（第3次）"
    assert known.version_of("HY-2026-0001", "会议通知", "B") == "B"
    assert known.version_of("HY-2026-0001", "会议通知", "C") == "C"
    again = sent(*(dispatch(due_version=each, **kind) for each in ("A", "B", "A（第3次）")))
    assert again.version_of("HY-2026-0001", "会议通知", "A") == "A(第3次)"
    assert again.sequence("HY-2026-0001", "会议通知", "A（第3次）") == 2
