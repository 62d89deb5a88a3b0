"""calendar import over workbooks and folders."""

from __future__ import annotations

import openpyxl
import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.notice_2027 import DAYS, LATE, NOTICE

NOW = ("--now", "2026-12-31T09:00")


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "2027.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path, workbook):
    """Two of ours, refreshed before the notice came, and one that is nothing to us."""
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        workbook(inner / name, Emergencies=[LATE])
    other = openpyxl.Workbook()
    other.active["A1"] = "别人的"
    other.save(inner / "other.xlsx")
    return inner


@pytest.fixture
def refreshed(cli, folder):
    for name in ("a.xlsx", "b.xlsx"):
        cli("refresh", folder / name, *NOW)
    return folder


def contents(folder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def certainty(path) -> str:
    return Ledgers.read(open_book(path))["Emergencies"]["certainty"].iloc[0]


def test_one_workbook_is_written_and_what_moved_is_shown(cli, refreshed, notice):
    path = refreshed / "a.xlsx"
    called = cli("calendar", "import", notice, path, *NOW)
    assert (called.status, called.err) == (0, "")
    assert (
        f"2027 年（国办发明电〔2026〕9号）：新增 {len(DAYS)} 行，改写 0 行；1 项时限由暂定转为正式，1 个时限变动。"
        in called.out
    )
    moved = ["JJ-2026-0001", "到期时间", "2027-01-04", "18:00", "2027-01-05", "18:00"]
    assert moved in [line.split() for line in called.out.splitlines()]
    assert f"结果已写入：{path}" in called.out
    assert (certainty(path), certainty(refreshed / "b.xlsx")) == ("正式", "暂定")


def test_twice_leaves_the_file(cli, folder, notice):
    path = folder / "a.xlsx"
    cli("calendar", "import", notice, path, *NOW)
    before = path.read_bytes()
    called = cli("calendar", "import", notice, path, *NOW)
    assert (called.status, path.read_bytes()) == (0, before)
    assert "节假日表已有这份安排（国办发明电〔2026〕9号）。" in called.out


def test_a_folder_is_gone_through_and_foreign_workbooks_passed_over(cli, refreshed, notice):
    before = (refreshed / "other.xlsx").read_bytes()
    document = cli("calendar", "import", notice, refreshed, *NOW, "--json").document
    assert [each["status"] for each in document["summary"]["books"]] == ["done", "done", "skipped"]
    assert [each.get("moved_count") for each in document["summary"]["books"]] == [1, 1, None]
    assert document["summary"]["books"][0]["moved"][0]["new"] == "2027-01-05T18:00:00"
    assert {certainty(refreshed / name) for name in ("a.xlsx", "b.xlsx")} == {"正式"}
    assert (refreshed / "other.xlsx").read_bytes() == before


def test_without_a_workbook_the_current_folder_is_meant(cli, refreshed, notice, monkeypatch):
    monkeypatch.chdir(refreshed)
    assert cli("calendar", "import", notice, *NOW).status == 0
    assert certainty(refreshed / "b.xlsx") == "正式"


def test_no_workbook_of_ours_ends_with_2(cli, tmp_path, notice, monkeypatch):
    monkeypatch.chdir(tmp_path)
    called = cli("calendar", "import", notice, *NOW)
    assert (called.status, called.out) == (2, "")
    assert called.err == "无法完成：当前文件夹：没有协调工作簿。给出工作簿或它所在的文件夹。\n"


def test_an_error_in_one_leaves_the_others_to_be_done(cli, refreshed, notice):
    (refreshed / "~$a.xlsx").write_bytes(b"lock")
    called = cli("calendar", "import", notice, refreshed, *NOW)
    assert called.status == 2
    assert called.err.count("\n") == 1
    assert "a.xlsx" in called.err
    assert (certainty(refreshed / "a.xlsx"), certainty(refreshed / "b.xlsx")) == ("暂定", "正式")


def test_dry_leaves_every_file_to_the_byte(cli, refreshed, notice):
    before = contents(refreshed)
    called = cli("calendar", "import", notice, refreshed, *NOW, "--dry-run")
    assert called.status == 0
    assert contents(refreshed) == before
    assert "试运行，文件未动" in called.out
    assert ["紧急事项台账", "JJ-2026-0001", "时限性质", "暂定", "正式"] in [
        line.split() for line in called.out.splitlines()
    ]


def test_faults_of_the_file_are_told_once_and_end_with_1(cli, refreshed, notice):
    notice.write_text(NOTICE.replace("共7天", "共8天"), encoding="utf-8")
    before = contents(refreshed)
    called = cli("calendar", "import", notice, refreshed, *NOW)
    assert called.status == 1
    assert called.out.count("国庆节写明共 8 天，列出的放假日是 7 天") == 1
    assert "2027.txt!第10行" in called.out
    assert "没有导入" in called.out
    assert contents(refreshed) == before


def test_faults_of_the_file_are_json_too(cli, refreshed, notice):
    notice.write_text(NOTICE.replace("共7天", "共8天"), encoding="utf-8")
    called = cli("calendar", "import", notice, refreshed, *NOW, "--json")
    (found,) = called.document["findings"]
    assert (called.status, found["code"], found["sheet"], found["row"]) == (1, "holiday-count", "2027.txt", 10)


@pytest.mark.parametrize("arguments", [("no.txt",), (), ("--weeks",)])
def test_a_call_that_cannot_be_carried_out_ends_with_2(cli, folder, arguments, monkeypatch):
    monkeypatch.chdir(folder)
    assert cli("calendar", "import", *arguments, *NOW).status == 2


def test_what_is_no_notice_ends_with_2(cli, folder, notice):
    notice.write_text("今天放假", encoding="utf-8")
    called = cli("calendar", "import", notice, folder, *NOW)
    assert (called.status, called.out) == (2, "")
    assert "不是节假日安排" in called.err


def test_json_of_a_failure_says_why(cli, folder, notice):
    notice.write_text("今天放假", encoding="utf-8")
    document = cli("calendar", "import", notice, folder, *NOW, "--json").document
    assert document["summary"]["error"]["kind"] == "UsageError"


def test_the_log_notes_each_workbook(cli, folder, notice, tmp_path):
    log = tmp_path / "log.txt"
    cli("calendar", "import", notice, folder, *NOW, "--log", log, "--quiet")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        f"calendar import {folder / 'a.xlsx'} findings=0",
        f"calendar import {folder / 'b.xlsx'} findings=0",
        f"calendar import {folder / 'other.xlsx'} skipped",
    ]


def test_the_group_alone_explains_itself(cli):
    called = cli("calendar", "-h")
    assert called.status == 0
    assert "import" in called.out
