"""remind on real files."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS, progress, task

MONDAY, SUNDAY = "2026-03-09T09:00", "2026-03-08T09:00"
PEOPLE = [each | {"email": f"{number}@example.com"} for number, each in enumerate(CONTACTS)]
RECORDS = [f"RW-2026-{number:04}" for number in range(1, 18)]


@pytest.fixture
def late(tmp_path, workbook):
    """Three tasks of two people, one working day late on Monday the 9th."""
    return _late(tmp_path, workbook, 3)


def _late(folder, workbook, count):
    people = ("技术部*工程师", "财务部*会计")
    tasks = [
        task(id=record, responsible=people[place % 2], deadline=datetime(2026, 3, 6))
        for place, record in enumerate(RECORDS)
    ]
    heard = [progress(record, datetime(2026, 3, 8, 8)) for record in RECORDS]
    return workbook(folder / "协调.xlsx", Contacts=PEOPLE, Tasks=tasks[:count], Progress=heard[:count])


def sources(path):
    return list(Ledgers.read(open_book(path))["Dispatch"]["source"])


def test_shows_who_is_reminded_of_what(cli, late):
    called = cli("remind", late, "--now", MONDAY)
    assert (called.status, called.err) == (0, "")
    lines = [line.split() for line in called.out.splitlines()]
    assert ["催办", "3", "件，2", "人，邮件", "2", "封"] in lines
    assert ["责任人", "逾期预警", "RW-2026-0002", "财务部*会计"] in lines
    assert sources(late) == RECORDS[:3]


def test_a_second_time_leaves_the_file(cli, late):
    cli("remind", late, "--now", MONDAY)
    before = late.read_bytes()
    assert cli("remind", late, "--now", MONDAY).out.startswith("没有要催办的。")
    assert late.read_bytes() == before


def test_of_many_shows_fifteen_and_counts_the_rest(cli, tmp_path, workbook):
    called = cli("remind", _late(tmp_path, workbook, 17), "--now", MONDAY)
    assert sum("逾期预警" in line for line in called.out.splitlines()) == 15
    assert "…… 另有 2 件，见发文记录。" in called.out


def test_says_how_many_wait_for_working_hours(cli, late):
    called = cli("remind", late, "--now", SUNDAY)
    assert "现在不是工作时间，3 件留到 2026-03-09 09:00 以后催办。" in called.out
    assert sources(late) == []


def test_a_trial_leaves_everything_as_it_is(cli, late):
    before = late.read_bytes()
    assert cli("remind", late, "--now", MONDAY, "--dry-run").status == 0
    assert late.read_bytes() == before
    assert not (late.parent / "outbox").exists()


def test_tells_a_script_each_reminder(cli, late):
    document = cli("remind", late, "--now", MONDAY, "--json").document
    assert [each["source"] for each in document["notices"]] == RECORDS[:3]
    assert document["summary"]["held"] == 0
