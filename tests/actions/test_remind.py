"""催办升级: reminders on disk and in 发文记录, one mail a person."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy

import pytest

from coordination_xl.actions.remind import remind
from coordination_xl.books import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS, emergency, progress, task

MONDAY, SUNDAY = datetime(2026, 3, 9, 9), datetime(2026, 3, 8, 9)
PEOPLE = [each | {"email": f"{number}@example.com"} for number, each in enumerate(CONTACTS)]
ENGINEER = "7@example.com"


@pytest.fixture
def late(tmp_path, workbook):
    """A workbook with two tasks of one person and one of another, all one working day late on Monday the 9th."""
    tasks = [
        task(id=f"RW-2026-{number:04}", title=title, responsible=who, deadline=datetime(2026, 3, 6))
        for number, (title, who) in enumerate(
            [("腾出环境", "技术部*工程师"), ("对账样例", "财务部*会计"), ("切换演练", "技术部*工程师")], start=1
        )
    ]
    heard = [progress(row["id"], datetime(2026, 3, 8, 8)) for row in tasks]
    return workbook(tmp_path / "协调.xlsx", Contacts=PEOPLE, Tasks=tasks, Progress=heard)


def reminded(path, now, **more):
    book = open_book(path)
    result = remind(book, now, **more)
    result.write(book)
    return result


def dispatched(path):
    return Ledgers.read(open_book(path))["Dispatch"].frame.to_dict("records")


def test_several_reminders_to_one_person_are_one_mail_and_a_row_each(late):
    result = reminded(late, MONDAY)
    rows = dispatched(late)
    assert [(row["source"], row["recipients"], row["rung"], row["state"]) for row in rows] == [
        ("RW-2026-0001", "技术部*工程师", "责任人", "待发送"),
        ("RW-2026-0002", "财务部*会计", "责任人", "待发送"),
        ("RW-2026-0003", "技术部*工程师", "责任人", "待发送"),
    ]
    assert rows[0]["file"] == rows[2]["file"] != rows[1]["file"]
    assert {row["due_version"] for row in rows} == {"B5 2026-03-06 18:00"}
    assert (result.summary["written"], result.summary["mails"], result.summary["people"]) == (3, 2, 2)
    mail = message_from_bytes((late.parent / "outbox" / rows[0]["file"]).read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == ENGINEER
    text = mail.get_body(("plain",)).get_content()
    assert "腾出环境" in text
    assert "切换演练" in text
    assert "对账样例" not in text


def test_a_second_run_writes_nothing(late):
    reminded(late, MONDAY)
    before = late.read_bytes()
    assert reminded(late, MONDAY).notices == ()
    assert len(dispatched(late)) == 3
    assert late.read_bytes() == before


def test_after_hours_only_the_emergency_is_told(tmp_path, workbook):
    night = emergency(discovered_at=datetime(2026, 3, 8, 1), first_told_at=datetime(2026, 3, 8, 1, 10),
                      reported_at=datetime(2026, 3, 8, 1, 30), plan_approved_at=datetime(2026, 3, 8, 2))  # fmt: skip
    row = task(deadline=datetime(2026, 3, 6))
    people = [
        *PEOPLE,
        {"department": "总经理办公会", "person": "秘书", "role": "总经理办公会", "email": "board@example.com"},
    ]
    heard = [progress("RW-2026-0001", datetime(2026, 3, 8, 8)), progress("JJ-2026-0001", datetime(2026, 3, 8, 8))]
    path = workbook(tmp_path / "协调.xlsx", Contacts=people, Tasks=[row], Emergencies=[night], Progress=heard)
    result = reminded(path, SUNDAY)
    assert [(each["source"], each["rung"]) for each in result.notices] == [("JJ-2026-0001", "总经理办公会")]
    assert (result.summary["held"], result.summary["held_until"]) == (1, datetime(2026, 3, 9, 9))
    assert "RW-2026-0001" in {each["source"] for each in reminded(path, MONDAY).notices}
