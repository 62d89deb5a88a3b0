"""recur on real files."""

from __future__ import annotations

import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.builders import recurring


@pytest.fixture
def path(tmp_path, workbook):
    return workbook(tmp_path / "b.xlsx", Recurring=[recurring()])


def meetings(path) -> list[str]:
    return [f"{when:%m-%d %H:%M}" for when in Ledgers.read(open_book(path))["Meetings"]["starts_at"]]


def test_writes_the_meetings_and_shows_them(cli, path):
    called = cli("recur", path)
    assert (called.status, called.err) == (0, "")
    assert meetings(path) == ["03-09 09:30", "03-16 09:30", "03-23 09:30", "03-30 09:30"]
    lines = [line.split() for line in called.out.splitlines()]
    assert ["新排会议（4", "次）"] in lines
    assert [
        "HY-2026-0001",
        "技术部周会（3月9日）",
        "2026-03-09",
        "09:30",
        "例会",
        "LH-2026-0001（2026-03-09）",
    ] in lines
    assert f"结果已写入：{path}" in called.out


def test_twice_leaves_the_file(cli, path):
    cli("recur", path)
    before = path.read_bytes()
    called = cli("recur", path)
    assert (called.status, path.read_bytes()) == (0, before)
    assert called.out == f"没有要新排的会议（排到 2026-04-03）。\n没有变化，文件未动：{path}\n"


def test_dry_shows_the_rows_and_leaves_the_file(cli, path):
    before = path.read_bytes()
    called = cli("recur", path, "--dry-run", "--weeks", "1")
    assert (called.status, path.read_bytes()) == (0, before)
    assert ["会议台账", "HY-2026-0001", "新增一行", "技术部周会（3月9日）"] in [
        line.split() for line in called.out.splitlines()
    ]
    assert "试运行，文件未动" in called.out


def test_json_has_the_rows_and_the_summary(cli, path):
    document = cli("recur", path, "--weeks", "1", "--json").document
    (meeting,) = [each["values"] for each in document["added"] if each["table"] == "Meetings"]
    assert (meeting["编号"], meeting["会议时间"], meeting["状态"]) == ("HY-2026-0001", "2026-03-09T09:30:00", "已批准")
    assert (document["summary"]["added"], document["summary"]["until"]) == (1, "2026-03-13")


def test_a_rule_that_contradicts_itself_ends_with_1(cli, tmp_path, workbook):
    path = workbook(tmp_path / "b.xlsx", Recurring=[recurring(weekday="")])
    called = cli("recur", path)
    assert called.status == 1
    assert "“每周”的例会没有写明星期几" in called.out
    assert meetings(path) == []


def test_a_week_that_is_all_off_is_told(cli, path):
    called = cli("recur", path, "--weeks", "2", "--now", "2026-02-13T10:00")
    assert "整个周期放假，不开" in called.out
    assert ["LH-2026-0001", "技术部周会", "2026-02-16"] in [line.split() for line in called.out.splitlines()]


@pytest.mark.parametrize("weeks", ["0", "54", "x"])
def test_weeks_out_of_range_end_with_2(cli, path, weeks):
    assert cli("recur", path, "--weeks", weeks).status == 2
