"""Files that cannot be worked on: one line in Chinese that names the file, status 2, and the file as it was."""

from __future__ import annotations

import io
import unicodedata

import openpyxl
import pytest

from tests.builders import holidays, problem, rules

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
VERBS = {"check": (), "refresh": (), "explain": ("WT-2026-0001",), "run": ()}


def has_chinese(text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith("CJK UNIFIED") for letter in text)


def refused(called, path, content: bytes, *words: str) -> None:
    assert (called.status, called.out) == (2, "")
    assert called.err.count("\n") == 1
    assert called.err.startswith("无法完成：")
    assert has_chinese(called.err)
    assert all(word in called.err for word in words), called.err
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir() if not each.name.startswith(("~$", ".~"))] == [path.name]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("空文件",)),
        ("不是工作簿".encode(), ("不是",)),
        (OLE + b"\0" * 1000, (".xls",)),
        (ENCRYPTED, ("密码",)),
        (b"PK\x03\x04 cut off", ("损坏",)),
    ],
    ids=["empty", "text", "old xls", "encrypted", "cut off"],
)
def test_a_foreign_file_is_refused_by_name(verb, content, words, cli, tmp_path):
    path = tmp_path / "协调.xlsx"
    path.write_bytes(content)
    refused(cli(verb, path, *VERBS[verb]), path, content, "协调.xlsx", *words)


@pytest.mark.parametrize("verb", VERBS)
def test_a_truncated_workbook_is_refused(verb, cli, make):
    path = make("clean")
    content = path.read_bytes()[:-2000]
    path.write_bytes(content)
    refused(cli(verb, path, *VERBS[verb]), path, content, "clean.xlsx")


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_that_is_not_there_is_refused(verb, cli, tmp_path):
    called = cli(verb, tmp_path / "没有.xlsx", *VERBS[verb])
    assert (called.status, called.out) == (2, "")
    assert "没有.xlsx" in called.err
    assert called.err.count("\n") == 1


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_an_open_workbook_is_not_written(lock, cli, make):
    path = make("clean")
    path.with_name(lock.format(path.name)).touch()
    content = path.read_bytes()
    refused(cli("refresh", path), path, content, "正被打开")


def test_an_open_workbook_may_be_looked_at(cli, make):
    path = make("clean")
    path.with_name(f"~${path.name}").touch()
    assert cli("explain", path, "WT-2026-0001").status == 0
    assert cli("refresh", path, "--dry-run").status == 0


def test_a_read_only_file_is_not_written(cli, make):
    path = make("clean")
    path.chmod(0o444)
    content = path.read_bytes()
    refused(cli("refresh", path), path, content, "只读")


def edited(path, change) -> bytes:
    """Change a workbook with openpyxl."""
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    path.write_bytes(stream.getvalue())
    return stream.getvalue()


def without_sheet(workbook):
    del workbook["问题台账"]


def without_table(workbook):
    del workbook["问题台账"].tables["Problems"]


def rename(workbook, old: str, new: str) -> None:
    sheet = workbook["问题台账"]
    next(cell for row in sheet.iter_rows(max_row=8) for cell in row if cell.value == old).value = new
    columns = sheet.tables["Problems"]
    for column, cell in zip(columns.tableColumns, sheet[columns.ref][0], strict=True):
        column.name = cell.value


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_sheet, ("缺少工作表“问题台账”",)),
        (without_table, ("工作表“问题台账”", "没有名为 Problems 的表格")),
        (lambda workbook: rename(workbook, "提报时间", "我的时间"), ("问题台账", "缺少列：“提报时间”")),
        (lambda workbook: rename(workbook, "提报时间", " 责任人"), ("问题台账", "有 2 列都是“责任人”")),
    ],
    ids=["sheet", "table", "column", "header twice"],
)
def test_what_the_schema_asks_for_and_is_not_there(change, words, cli, make):
    path = make("clean")
    content = edited(path, change)
    for verb, more in VERBS.items():
        refused(cli(verb, path, *more), path, content, *words)


def test_a_renamed_sheet_is_found_by_its_table(cli, make):
    path = make("faulty")
    edited(path, lambda workbook: setattr(workbook["问题台账"], "title", "问题 '26"))
    called = cli("check", path, "--json")
    assert called.status == 1
    assert {each["sheet"] for each in called.document["findings"]} == {"问题 '26"}


def test_a_rule_that_cannot_be_understood_stops_refresh_but_not_check(cli, tmp_path, workbook):
    path = workbook(tmp_path / "b.xlsx", Problems=[problem()], Rules=rules(A9={"unit": "光年"}))
    content = path.read_bytes()
    refused(cli("refresh", path), path, content, "时限规则", "A9", "光年")
    refused(cli("run", path), path, content, "时限规则", "A9", "光年")
    assert cli("check", path).status == 1


def test_a_calendar_that_contradicts_itself_stops_refresh_but_not_check(cli, tmp_path, workbook):
    days = holidays(*({"date": "2026-03-06", "kind": kind, "basis": "公司"} for kind in "休班"))
    path = workbook(tmp_path / "b.xlsx", Problems=[problem()], Calendar=days)
    content = path.read_bytes()
    refused(cli("refresh", path), path, content, "2026-03-06")
    assert cli("check", path).status == 1
