"""Who gets a notice: from departments, persons and roles to addresses."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.rules.dispatching.recipients import Recipients
from coordination_xl.rules.people.delegates import Delegates
from tests.builders import ledger_of

DAY = date(2026, 3, 6)


def person(
    department: str, name: str, role: str = "员工", email: str | None = None, **values: object
) -> dict[str, object]:
    return {"department": department, "person": name, "role": role, "email": email} | values


STAFF = (
    person("技术部", "工程师", email="gcs@example.com", department_aliases="研发部"),
    person("技术部", "专员", "对接人", "zy@example.com"),
    person("技术部", "经理", "部门负责人", "jl@example.com"),
    person("财务部", "专员", "对接人", "cwzy@example.com"),
    person("财务部", "会计", email="kj@example.com"),
    person("仓储部", "甲", email=""),
    person("仓储部", "乙", email="yi@example.com"),
    person("综合管理部", "主任", "综合管理部", "zr@example.com"),
    person("公司领导", "副总经理", "分管领导", "fz@example.com", supervises="研发部、仓储部"),
    person("公司领导", "总经理", "总经理办公会", "zjl@example.com"),
)


def recipients(*staff: dict[str, object], day: date = DAY) -> Recipients:
    contacts = ledger_of("Contacts", *(staff or STAFF))
    return Recipients.of(contacts, Delegates.of(contacts, Directory.of(contacts.frame)), day)


def names(text: str, *staff: dict[str, object]) -> list[str]:
    known = recipients(*staff)
    return [each.name for each in known.reached(known.named(read_parties(text, known.directory)).members).recipients]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("技术部*工程师", ["技术部*工程师"]),
        ("技术部", ["技术部*经理"]),
        ("研发部全体", ["技术部*经理"]),
        ("财务部", ["财务部*专员"]),
        ("仓储部", ["仓储部*乙"]),
        ("技术部*经理、研发部、财务部*会计", ["技术部*经理", "财务部*会计"]),
    ],
    ids=[
        "a person",
        "head",
        "collective by an alias",
        "liaison without a head",
        "first with an address",
        "nobody twice",
    ],
)
def test_a_party_means(text, expected):
    assert names(text) == expected


def test_the_address_has_department_and_title_for_a_name():
    known = recipients()
    (found,) = known.reached([("技术部", "经理")]).recipients
    assert str(found.address) == "技术部*经理 <jl@example.com>"


def test_line_breaks_of_a_cell_do_not_get_into_the_name_of_an_address():
    known = recipients(person("技术部", "经理\r\nBcc: x@y", "部门负责人", "jl@example.com"))
    (found,) = known.reached(known.people).recipients
    assert found.address.display_name == "技术部*经理 Bcc: x@y"


@pytest.mark.parametrize("text", ["财务部*总账", "各部门", "市场部", "市场部*经理", "专员"])
def test_whom_no_row_has_is_missing_as_typed_and_drops_nobody_else(text):
    known = recipients()
    meant = known.named(read_parties(f"{text}；技术部*工程师", known.directory))
    assert meant.missing == (text,)
    assert meant.members == (("技术部", "工程师"),)


LEAVE = {"leave_from": datetime(2026, 3, 2), "leave_to": datetime(2026, 3, 9)}


def test_who_is_on_leave_is_written_to_through_whoever_acts():
    away = person("技术部", "工程师", email="gcs@example.com", delegate="技术部*专员", **LEAVE)
    staff = (away, *STAFF[1:])
    assert names("技术部*工程师", *staff) == ["技术部*专员（代技术部*工程师）"]
    assert names("技术部*专员、技术部*工程师", *staff) == ["技术部*专员（代技术部*工程师）"]


def test_who_is_on_leave_without_anybody_acting_is_written_to_nevertheless():
    assert names("技术部*工程师", person("技术部", "工程师", email="gcs@example.com", **LEAVE)) == ["技术部*工程师"]


def test_two_behind_one_address_are_one_recipient_with_both_names():
    known = recipients(
        person("财务部", "会计", email="cw@example.com"), person("财务部", "出纳", email="CW@Example.com")
    )
    reached = known.reached(known.people)
    assert [each.name for each in reached.recipients] == ["财务部*会计、财务部*出纳"]
    assert reached.unreached == ()


@pytest.mark.parametrize(
    ("email", "code"),
    [("", "contact-without-email"), ("不用邮箱", "unusable-contact-email"), ("a@b@c", "unusable-contact-email")],
)
def test_an_address_that_cannot_be_used_is_found_at_its_cell_and_the_others_are_reached(email, code):
    known = recipients(person("财务部", "会计", email=email), STAFF[0])
    reached = known.reached(known.people)
    assert [each.name for each in reached.recipients] == ["技术部*工程师"]
    assert reached.unreached == ("财务部*会计",)
    (finding,) = reached.findings
    assert (finding.code, finding.row, finding.column) == (code, 6, "邮箱")
    assert "财务部*会计" in finding.message


def test_a_person_with_two_rows_is_written_to_at_the_address_that_there_is():
    assert names("财务部*会计", person("财务部", "会计"), person("财务部", "会计", email="kj@example.com")) == [
        "财务部*会计"
    ]


def test_heads_and_leaders_of_departments():
    known = recipients()
    assert known.heads(["技术部", "综合管理部"]).members == (("技术部", "经理"), ("综合管理部", "主任"))
    assert known.heads(["财务部"]).missing == ("财务部的部门负责人",)
    assert known.leaders(["技术部"]).members == (("公司领导", "副总经理"),)
    assert known.leaders(["财务部"]).missing == ("财务部的分管领导",)


def test_the_office_is_the_first_who_is_there():
    second = person("综合管理部", "专员", "综合管理部", "zy2@example.com")
    away = person("综合管理部", "主任", "综合管理部", "zr@example.com", **LEAVE)
    assert recipients(*STAFF, second).office().members == (("综合管理部", "主任"),)
    assert recipients(away, second).office().members == (("综合管理部", "专员"),)
    assert recipients(STAFF[0]).office().missing == ("综合管理部",)


def test_the_board_is_its_own_department_or_all_who_have_the_role():
    assert recipients().board().members == (("公司领导", "总经理"),)
    secretary = person("总经理办公会", "秘书", "总经理办公会", "zbh@example.com")
    assert recipients(*STAFF, secretary).board().members == (("总经理办公会", "秘书"),)
    assert recipients(STAFF[0]).board().missing == ("总经理办公会",)
