"""升级工作簿 where people have things of their own under names of the program's, or have renamed what is the program's."""

from __future__ import annotations

import re
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest

from coordination_xl import open_book
from coordination_xl.actions.upgrade import missing, upgrade
from coordination_xl.errors import WriteRefused
from tests.packages.older import (
    BLANK_1,
    CURRENT,
    DEMO_1,
    packed,
    part_of_sheet,
    parts_of,
    with_cell,
    without_name,
    without_sheet,
)

NOW = datetime(2026, 11, 20, 9, 0)


def upgraded(path, archive: bytes):
    path.write_bytes(archive)
    book = open_book(path)
    result = upgrade(book, NOW, actor="李")
    result.write(book)
    return result


@pytest.fixture
def path(tmp_path):
    return tmp_path / "协调.xlsx"


def with_sheet_called(archive: bytes, old: str, new: str) -> bytes:
    """As Excel leaves a workbook whose sheet was given another name."""
    parts = parts_of(archive)
    book = parts["xl/workbook.xml"].decode().replace(f'name="{old}"', f"name={quoteattr(new)}")
    told = escape(new.replace("'", "''"))
    return packed(parts | {"xl/workbook.xml": book.replace(f"'{old}'!", f"'{told}'!").encode()})


def with_table_called(archive: bytes, old: str, new: str) -> bytes:
    parts = parts_of(archive)
    part = next(name for name, data in parts.items() if f'displayName="{old}"'.encode() in data)
    return packed(parts | {part: parts[part].replace(f'ame="{old}"'.encode(), f'ame="{new}"'.encode())})


def with_own_sheet(archive: bytes, name: str) -> bytes:
    """Somebody gave another sheet the name of one that was deleted."""
    return with_sheet_called(archive, "使用说明", name)


def with_own_column(archive: bytes, header: str, *texts: str) -> bytes:
    """Somebody has put a column right of 协调台账, and the table has taken it in."""
    parts = parts_of(archive)
    part = part_of_sheet(parts, "协调台账")
    table = next(name for name, data in parts.items() if b'displayName="Coordination"' in data)
    xml = parts[table].decode().replace(":AS", ":AT")
    count = int(re.search(r'<tableColumns count="(\d+)"', xml)[1])
    column = f'<tableColumn id="{count + 1}" name="{header}"/></tableColumns>'
    xml = xml.replace(f'count="{count}"', f'count="{count + 1}"').replace("</tableColumns>", column)
    archive = packed(parts | {table: xml.encode()})
    for row, text in enumerate((header, *texts), start=4):
        archive = with_cell(archive, "协调台账", f"AT{row}", text)
    assert part in parts
    return archive


def test_a_column_of_the_users_own_under_a_new_name_is_not_taken_over(path):
    archive = with_own_column(DEMO_1.read_bytes(), "按原定时限", "领导口头同意")
    with pytest.raises(WriteRefused, match=r"协调台账·Coordination.*“按原定时限”.*改名"):
        upgraded(path, archive)
    assert path.read_bytes() == archive


def test_a_blank_column_under_a_new_name_is(path):
    result = upgraded(path, with_own_column(DEMO_1.read_bytes(), "按原定时限"))
    assert ("Coordination", "按原定时限") not in {(each["table"], each["column"]) for each in result.summary["columns"]}


def test_a_table_that_was_renamed_is_told_with_its_old_name(path):
    archive = with_table_called(DEMO_1.read_bytes(), "Coordination", "MyTable")
    with pytest.raises(WriteRefused, match=r"另一个表格 MyTable.*表名称”里改回 Coordination"):
        upgraded(path, archive)
    assert path.read_bytes() == archive


@pytest.mark.parametrize("sheet", ["看板", "协调表"])
def test_a_sheet_of_the_users_own_is_told_once_and_its_renaming_brings_the_programs(path, sheet):
    archive = with_own_sheet(without_sheet(CURRENT.read_bytes(), sheet), sheet)
    result = upgraded(path, archive)
    assert [found.code for found in result.findings] == ["sheet-not-added"]
    assert sheet not in result.summary["sheets"]
    upgraded(path, with_sheet_called(archive, sheet, "我自己的"))
    assert {sheet, "我自己的"} <= set(open_book(path).sheets())
    assert not missing(open_book(path))


def test_a_new_sheet_speaks_of_others_by_the_names_they_have(path):
    own = "研发&\"市场'<台账"
    upgraded(path, with_sheet_called(without_sheet(CURRENT.read_bytes(), "使用说明"), "协调台账", own))
    links = [cell.hyperlink for row in openpyxl.load_workbook(path)["使用说明"].iter_rows() for cell in row]
    assert any(link.location.startswith("'研发&\"市场''<台账'!") for link in links if link)


def test_a_new_choice_speaks_of_its_sheet_by_the_name_it_has(path):
    upgraded(path, with_sheet_called(BLANK_1.read_bytes(), "通讯录", "联系人"))
    choices = openpyxl.load_workbook(path)["案例库"].data_validations.dataValidation
    assert [each.formula1 for each in choices if "C1" in str(each.sqref)] == ["'联系人'!$A$5:$A$5000"]


def with_title_right_of_the_cases(archive: bytes) -> bytes:
    parts = parts_of(archive)
    part = part_of_sheet(parts, "案例库")
    note = '<c r="D1" s="73" t="inlineStr"><is><t>2026 年</t></is></c>'.encode()
    changed = parts[part].replace(b'<c r="D1" s="73" t="n"/>', note)
    assert changed != parts[part]
    return packed(parts | {part: changed})


@pytest.mark.parametrize(
    "taking", [lambda archive: with_cell(archive, "协调表", "N10", "我的便签"), with_title_right_of_the_cases]
)
def test_what_an_upgrade_could_not_add_is_not_offered_again(path, taking):
    result = upgraded(path, taking(BLANK_1.read_bytes()))
    assert "name-not-added" in {found.code for found in result.findings}
    assert not missing(open_book(path))


def test_a_sheet_of_names_that_is_gone_is_offered_to_come_back(path):
    path.write_bytes(without_sheet(CURRENT.read_bytes(), "看板"))
    assert missing(open_book(path)).names == ("Dashboard_as_of",)


def test_names_of_the_board_are_told_in_chinese(path):
    result = upgraded(path, without_name(CURRENT.read_bytes(), "Dashboard_red_due"))
    assert [found.message[:11] for found in result.findings] == ["没有补上“逾期清单”（"]
