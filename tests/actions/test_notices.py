from datetime import datetime

import pytest

from coordination_xl.actions.notice import notice
from coordination_xl.actions.notices import notices
from coordination_xl.errors import UnknownRecord
from coordination_xl.schema.notices import REMINDERS
from tests import builders

NOW = datetime(2026, 3, 6, 10, 0)


@pytest.fixture
def book(tmp_path):
    return builders.book(
        Problems=[
            builders.problem(id="WT-2026-0001", state="已分派", dispatched_at=datetime(2026, 3, 6, 9)),
            builders.problem(id="WT-2026-0002", state="已分派", dispatched_at=datetime(2026, 1, 6, 9)),
        ],
        Meetings=[builders.meeting(state="已批准", notified_at=None, approved_at=datetime(2026, 3, 5, 15))],
        Tasks=[builders.task(id="RW-2026-0001", deadline=datetime(2026, 3, 2))],
        name=str(tmp_path / "b.xlsx"),
    )


def kinds(result):
    return sorted({(each["kind"], each["source"]) for each in result.notices})


def test_without_names_every_kind_that_came_up_lately_is_written(book):
    assert kinds(notices(book, NOW)) == [("会议通知", "HY-2026-0001"), ("问题分派通知", "WT-2026-0001")]


def test_a_named_row_gets_what_its_state_asks_for_however_old(book):
    assert kinds(notices(book, NOW, records=["WT-2026-0002"])) == [("问题分派通知", "WT-2026-0002")]


def test_a_named_row_whose_state_asks_for_nothing_gets_its_reminders(book):
    written = kinds(notices(book, NOW, records=["RW-2026-0001"]))
    named = [kinds(notice(book, kind, NOW, records=["RW-2026-0001"])) for kind in REMINDERS]
    assert ("逾期预警", "RW-2026-0001") in written
    assert written == sorted(each for found in named for each in found)


def test_several_rows_of_several_ledgers_are_written_in_one_go_with_numbers_of_their_own(book):
    result = notices(book, NOW, records=["WT-2026-0001", "HY-2026-0001", "RW-2026-0001"])
    numbers = [each["id"] for each in result.notices]
    assert {source for _, source in kinds(result)} == {"WT-2026-0001", "HY-2026-0001", "RW-2026-0001"}
    assert len(set(numbers)) == len(numbers)


def test_a_named_row_that_gets_nothing_says_why_in_one_finding():
    book = builders.book(Tasks=[builders.task(id="RW-2026-0001", state="已完成")])
    result = notices(book, NOW, records=["RW-2026-0001"])
    assert not result.notices
    assert [found.id for found in result.findings] == ["RW-2026-0001"]
    assert "协调通知" not in result.findings[0].message


def test_an_id_that_no_ledger_has_is_refused(book):
    with pytest.raises(UnknownRecord):
        notices(book, NOW, records=["XT-2026-9999"])
