"""The committed workbooks are what the schema and the demo story give, and the program finds in them what was planned."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coordination_xl import check, open_book, refresh
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import BY_NAME
from workbooks.build import blank_workbook, demo_workbook, stale
from workbooks.demo import PLANNED_FAULTS

NOW = dt.datetime(2026, 11, 20, 10, 0)
SEED = "XT-2023-0041"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    path.write_bytes(Path("workbooks/coordination-demo.xlsx").read_bytes())
    return path


def test_committed_workbooks_are_current():
    assert stale() == []


@pytest.mark.parametrize("build", [blank_workbook, demo_workbook])
def test_two_builds_are_identical_to_the_byte(build):
    assert build() == build()


def test_a_blank_workbook_has_nothing_to_find_and_nothing_late(tmp_path):
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_workbook())
    book = open_book(path)
    assert check(book, NOW).findings == ()
    assert refresh(book, NOW).summary["overdue"] == 0


def test_every_planned_fault_of_the_demo_is_found(demo):
    checked = check(open_book(demo), NOW, fix=True)
    found = {(each.table, each.column, each.value) for each in checked.findings}
    mended = {(change.table, change.header, old) for change in checked.changes.columns for old in change.old}
    for fault in PLANNED_FAULTS:
        header = BY_NAME[fault.table].column(fault.column).header
        assert (fault.table, header, shown(fault.wrong)) in found | mended, fault


def test_the_demo_has_no_fault_that_nobody_planned(demo):
    planned = {(fault.table, BY_NAME[fault.table].column(fault.column).header) for fault in PLANNED_FAULTS}
    findings = [each for each in check(open_book(demo), NOW).findings if each.id != SEED]
    assert [each for each in findings if (each.table, each.column) not in planned] == []
    assert len(findings) <= len(PLANNED_FAULTS) + 1  # the repeated number is told on both its rows


def test_the_demo_lists_its_findings_as_of_the_day_it_is_played(demo):
    book = open_book(demo)
    listed = [code for code in book.grid("Findings").column("代码") if code]
    assert listed == [each.code for each in check(book, NOW).findings]


def test_the_seeds_example_row_gives_exactly_its_three_findings(demo):
    findings = [each for each in check(open_book(demo), NOW).findings if each.id == SEED]
    assert {each.code for each in findings} == {"task-without-owner", "department-alias", "date-without-year"}
    assert len(findings) == 3
    words = " ".join(each.message + each.suggestion for each in findings)
    for word in ("客服部负责问卷发放", "客户服务部", "10月18日", "2023"):
        assert word in words


def test_the_demo_shows_every_light_and_every_ledger_has_something_open(demo):
    lights = refresh(open_book(demo), NOW).summary["lights"]
    total = {light: sum(counts[light] for counts in lights.values()) for light in "红黄蓝绿灰"}
    assert all(total.values())
    assert all(sum(counts[light] for light in "红黄蓝绿") for counts in lights.values())


def test_refreshing_the_demo_twice_changes_nothing_the_second_time(demo, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(demo.read_bytes())
    book = open_book(path)
    book.apply(refresh(book, NOW).changes)
    once = path.read_bytes()
    again = refresh(open_book(path), NOW)
    assert not again.changes
    open_book(path).apply(again.changes)
    assert path.read_bytes() == once
