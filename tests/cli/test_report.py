"""``report`` as a user calls it."""

from __future__ import annotations

import pytest

from coordination_xl.books.build import build_workbook
from tests.builders import CONTACTS, task

LEADER = {"department": "公司领导", "person": "总经理", "role": "总经理办公会", "email": "zjl@example.com"}
NAMES = ["周报-2026-W10.eml", "周报-2026-W10.html"]


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "台账.xlsx"
    people = [each for each in CONTACTS if each["role"] != "分管领导"]
    path.write_bytes(build_workbook({"Contacts": [*people, LEADER], "Tasks": [task()]}))
    return path


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_writes_two_files_beside_the_workbook_and_says_so(cli, book):
    before = book.read_bytes()
    called = cli("report", book)
    assert (called.status, names(book.parent / "outbox"), book.read_bytes()) == (0, NAMES, before)
    assert "2026-W10：在办 1 项，逾期 0 项，漏反馈 0 项" in called.out
    assert "收件人：公司领导*总经理" in called.out
    assert f"结果已写入：{book.parent / 'outbox' / NAMES[1]}；{book.parent / 'outbox' / NAMES[0]}" in called.out


def test_a_second_time_writes_nothing(cli, book):
    cli("report", book)
    stamps = [each.stat().st_mtime_ns for each in (book.parent / "outbox").iterdir()]
    called = cli("report", book)
    assert "没有变化" in called.out
    assert [each.stat().st_mtime_ns for each in (book.parent / "outbox").iterdir()] == stamps


def test_a_dry_run_names_the_files_and_writes_none(cli, book):
    called = cli("report", book, "--dry-run")
    assert (called.status, names(book.parent)) == (0, ["台账.xlsx"])
    assert str(book.parent / "outbox" / NAMES[1]) in called.out


def test_goes_elsewhere_where_asked(cli, book, tmp_path):
    assert cli("report", book, "--out", tmp_path / "别处/周报", "--quiet").out == ""
    assert names(tmp_path / "别处/周报") == NAMES


def test_json_has_the_figures_and_the_files(cli, book):
    document = cli("report", book, "--json").document
    assert (document["changes"], document["added"], document["findings"]) == ([], [], [])
    assert document["summary"]["week"] == "2026-W10"
    assert document["summary"]["to"] == ["公司领导*总经理"]
    assert document["summary"]["files"] == [str(book.parent / "outbox" / name) for name in reversed(NAMES)]


def test_a_leader_without_an_address_is_a_finding(cli, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(build_workbook({"Contacts": CONTACTS}))
    called = cli("report", path)
    assert called.status == 1
    assert "公司领导*副总经理 在通讯录里没有邮箱" in called.out
    assert "没有收件人" in called.out
    assert names(tmp_path / "outbox") == NAMES


def test_a_file_in_the_place_of_the_folder_is_told(cli, book):
    (book.parent / "outbox").write_text("不是文件夹", encoding="utf-8")
    called = cli("report", book)
    assert called.status == 2
    assert "无法写入" in called.err


def test_a_broken_template_of_the_users_is_told_and_nothing_written(cli, book):
    (book.parent / "templates/周报").mkdir(parents=True)
    (book.parent / "templates/周报/page.html").write_text("{{ weak }}", encoding="utf-8")
    called = cli("report", book)
    assert (called.status, names(book.parent)) == (2, ["templates", "台账.xlsx"])
    assert "page.html 第 1 行：无法使用：没有“weak”这个字段。可用的字段：company、office" in called.err
