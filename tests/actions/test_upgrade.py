"""升级工作簿, held against real workbooks of earlier versions and against the blank one that is shipped now."""

from __future__ import annotations

import re
from datetime import datetime

import openpyxl
import pytest

from coordination_xl import open_book, refresh, register
from coordination_xl.actions.upgrade import missing, upgrade
from coordination_xl.books import MemoryBook
from coordination_xl.errors import (
    DuplicateHeader,
    ForeignWorkbook,
    MissingTable,
    NewerWorkbook,
    NoRoomForColumns,
    ProtectedSheet,
    UsageError,
)
from coordination_xl.schema import FORMS
from coordination_xl.schema.forms import LOADED
from tests.packages.older import (
    BLANK_1,
    BLANK_2,
    CURRENT,
    DEMO,
    DEMO_1,
    packed,
    parts_of,
    with_cell,
    with_text,
    without_name,
    without_sheet,
    without_table,
)

NOW = datetime(2026, 11, 20, 9, 0)


@pytest.fixture
def upgraded(tmp_path):
    """Upgrade the workbook of these bytes; gives the result and the path."""

    def run(archive: bytes):
        path = tmp_path / "协调.xlsx"
        path.write_bytes(archive)
        book = open_book(path)
        result = upgrade(book, NOW, actor="李")
        result.write(book)
        return result, path

    return run


def column_of(path, table: str, header: str) -> list[object]:
    return open_book(path).grid(table).column(header).tolist()


def settings_of(path) -> dict[object, object]:
    grid = open_book(path).grid("Settings")
    return dict(zip(grid.column("参数"), grid.column("取值"), strict=True))


def names_of(path) -> dict[str, str]:
    return {name: each.attr_text for name, each in openpyxl.load_workbook(path).defined_names.items()}


def codes(result) -> list[str]:
    return [found.code for found in result.findings]


class TestAnOlderWorkbook:
    @pytest.mark.parametrize("older", [BLANK_1, BLANK_2], ids=["version 1", "version 2"])
    def test_has_the_tables_columns_names_and_settings_of_a_new_one(self, upgraded, older):
        _, path = upgraded(older.read_bytes())
        old, new = open_book(path), open_book(CURRENT)
        assert old.sheets() == new.sheets()
        assert old.tables() == new.tables()
        for table in new.tables():
            assert sorted(old.grid(table).header) == sorted(new.grid(table).header)
            assert old.grid(table).sheet == new.grid(table).sheet
        assert names_of(path) == names_of(CURRENT)
        assert settings_of(path) == settings_of(CURRENT)
        assert not missing(old)

    def test_keeps_every_value_that_stood_in_it(self, upgraded):
        result, path = upgraded(DEMO_1.read_bytes())
        old, new = open_book(DEMO_1), open_book(path)
        for table in set(old.tables()) - {"Settings", "Audit"}:
            was, now = old.grid(table), new.grid(table)
            assert now.header[: len(was.header)] == was.header
            for before, after in zip(was.columns, now.columns, strict=False):
                stood = after.tolist()[: len(before)]
                assert stood == before.tolist()
        kept = {key: value for key, value in settings_of(path).items() if key not in result.summary["settings"]}
        assert kept == settings_of(DEMO_1) | {"工作簿版本": "3"}

    def test_appends_what_is_new_at_the_right_edge(self, upgraded):
        _, path = upgraded(DEMO_1.read_bytes())
        assert open_book(path).grid("Dispatch").header[-3:] == ("答复内容", "回执明细", "邮件文件")
        assert set(column_of(path, "Dispatch", "邮件文件")) == {None}

    def test_says_what_it_adds(self, upgraded):
        result, _ = upgraded(BLANK_1.read_bytes())
        told = result.summary
        assert (told["from_version"], told["to_version"]) == (1, 3)
        assert {(each["table"], each["column"]) for each in told["columns"]} == {
            ("Coordination", "按原定时限"), ("Tasks", "按原定时限"), ("Problems", "按原定时限"),
            ("Dispatch", "答复内容"), ("Dispatch", "回执明细"), ("Dispatch", "邮件文件"),
        }  # fmt: skip
        names = {f"{form.name}_{LOADED}" for form in FORMS} | {"Cases_search", "Cases_department"}
        assert {each["name"] for each in told["names"]} == names
        assert told["settings"] == ["自动通知期限（工作日）", "发信服务器", "收信服务器", "每分钟发送"]
        assert told["sheets"] == told["tables"] == told["rules"] == []

    def test_tells_of_rules_that_are_worded_as_of_old_and_leaves_them(self, upgraded):
        result, path = upgraded(BLANK_1.read_bytes())
        told = [(found.id, found.column, found.value) for found in result.findings if found.code == "old-rule"]
        assert ("A2", "适用条件", "渠道=即时通讯") in told
        assert len(told) == 6
        assert column_of(path, "Rules", "适用条件") == column_of(BLANK_1, "Rules", "适用条件")
        assert codes(result).count("old-board") == 1

    def test_a_rule_that_the_company_worded_itself_is_its_own_affair(self, upgraded):
        result, _ = upgraded(with_text(BLANK_1.read_bytes(), "时限规则", "渠道=即时通讯", "渠道=电话"))
        assert ("A2", "适用条件") not in {(found.id, found.column) for found in result.findings}

    def test_a_rule_that_was_taken_out_does_not_come_back(self, upgraded):
        _, path = upgraded(with_text(BLANK_1.read_bytes(), "时限规则", "A15", "公司-1"))
        assert "A15" not in column_of(path, "Rules", "规则编号")

    def test_everything_is_in_the_audit(self, upgraded):
        result, path = upgraded(BLANK_1.read_bytes())
        audit = open_book(path).grid("Audit")
        rows = list(zip(*(audit.column(each) for each in ("工作表", "列", "原值", "新值")), strict=True))
        assert ("发文记录", "新增一列", None, "邮件文件") in rows
        assert ("协调表", "新增名称", None, "载入标记（N10）") in rows
        assert ("参数", "新增一行", None, "每分钟发送") in rows
        assert ("参数", "取值", "1", "3") in rows
        told = result.summary
        assert len(rows) == 1 + sum(len(told[key]) for key in ("columns", "names", "settings"))
        assert set(audit.column("操作人")) == {"李"}
        assert set(audit.column("时间")) == {NOW}

    def test_the_new_columns_are_used_from_then_on(self, upgraded):
        _, path = upgraded(DEMO_1.read_bytes())
        book = open_book(path)
        refresh(book, NOW).write(book)
        assert {"是", "否"} <= set(column_of(path, "Coordination", "按原定时限"))

    def test_a_second_time_there_is_nothing_to_do(self, upgraded):
        _, path = upgraded(DEMO_1.read_bytes())
        before = path.read_bytes()
        book = open_book(path)
        again = upgrade(book, NOW)
        again.write(book)
        assert again.is_needless
        assert again.findings == ()
        assert path.read_bytes() == before


class TestAnUpToDateWorkbook:
    @pytest.mark.parametrize("path", [CURRENT, DEMO], ids=["blank", "demo"])
    def test_stays_as_it_is(self, upgraded, path):
        result, after = upgraded(path.read_bytes())
        assert result.is_needless
        assert result.findings == ()
        assert after.read_bytes() == path.read_bytes()

    def test_whose_version_nobody_can_read_gets_it_again(self, upgraded):
        archive = CURRENT.read_bytes()
        result, path = upgraded(with_text(archive, "参数", "工作簿版本", "版本"))
        assert result.summary["from_version"] is None
        assert settings_of(path)["工作簿版本"] == "3"


class TestRefused:
    def test_a_newer_workbook(self, upgraded):
        parts = parts_of(CURRENT.read_bytes())
        sheet = next(name for name, data in parts.items() if "工作簿版本".encode() in data and "sheets/" in name)
        parts[sheet] = re.sub(rb"(\xe7\x89\x88\xe6\x9c\xac</t>.*?<t>)3(</t>)", rb"\g<1>4\2", parts[sheet])
        with pytest.raises(NewerWorkbook, match=r"工作簿版本是 4，比程序（3）新.*安装新版本"):
            upgraded(packed(parts))

    def test_a_workbook_of_somebody_elses(self, upgraded, tmp_path):
        openpyxl.Workbook().save(tmp_path / "other.xlsx")
        with pytest.raises(ForeignWorkbook):
            upgraded((tmp_path / "other.xlsx").read_bytes())

    def test_a_book_that_is_open(self):
        class Live:
            name = "协调.xlsx"

        with pytest.raises(UsageError, match="正在 Excel 中打开"):
            upgrade(Live(), NOW)  # type: ignore[arg-type]

    def test_notes_right_of_a_table_are_named_and_nothing_is_written(self, upgraded, tmp_path):
        archive = with_cell(BLANK_1.read_bytes(), "发文记录", "X5", "自己的备注")
        with pytest.raises(NoRoomForColumns, match=r"发文记录·Dispatch.*“邮件文件”要放在 W4:Y5，那里已有：X5.*右边"):
            upgraded(archive)
        assert (tmp_path / "协调.xlsx").read_bytes() == archive

    def test_a_workbook_whose_structure_is_protected(self, upgraded):
        parts = parts_of(without_sheet(CURRENT.read_bytes(), "看板"))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"<workbookProtection/>", b'<workbookProtection lockStructure="1"/>'
        )
        with pytest.raises(ProtectedSheet, match="取消保护"):
            upgraded(packed(parts))


class TestSomethingDeleted:
    def test_a_column_comes_back_blank_and_is_told_of(self, upgraded):
        archive = with_text(DEMO.read_bytes(), "任务跟踪表", "交付成果", "随便写写")
        parts = parts_of(archive)
        table = next(name for name, data in parts.items() if b'displayName="Tasks"' in data)
        parts[table] = parts[table].replace("交付成果".encode(), "随便写写".encode())
        result, path = upgraded(packed(parts))
        assert codes(result) == ["column-was-lost"]
        assert open_book(path).grid("Tasks").header[-1] == "交付成果"
        assert set(column_of(path, "Tasks", "交付成果")) == {None}
        assert column_of(path, "Tasks", "随便写写") == column_of(DEMO, "Tasks", "交付成果")

    @pytest.mark.parametrize(
        "sheet", ["使用说明", "看板", "协调台账", "协调表", "会议纪要", "案例库", "参数", "修改记录"]
    )
    def test_a_sheet_comes_back_where_it_was(self, upgraded, sheet):
        _, path = upgraded(without_sheet(CURRENT.read_bytes(), sheet))
        book, new = open_book(path), open_book(CURRENT)
        assert book.sheets() == new.sheets()
        assert set(book.tables()) == set(new.tables())
        assert names_of(path) == names_of(CURRENT)
        assert not missing(book)
        refresh(book, NOW).write(book)

    def test_a_ledger_comes_back_blank_and_is_told_of(self, upgraded):
        result, path = upgraded(without_sheet(DEMO.read_bytes(), "协调台账"))
        assert codes(result) == ["sheet-was-deleted"]
        assert set(column_of(path, "Coordination", "编号")) == {None}
        assert column_of(path, "Tasks", "编号") == column_of(DEMO, "Tasks", "编号")

    def test_a_form_that_came_back_can_be_filled_and_registered(self, upgraded):
        _, path = upgraded(without_sheet(CURRENT.read_bytes(), "问题提报表"))
        result = register(open_book(path), "问题提报表", NOW)
        assert "form-blank" in codes(result) or result.findings  # it is read; it is blank

    def test_a_table_turned_into_a_range_is_made_anew_over_its_cells(self, upgraded):
        result, path = upgraded(without_table(DEMO.read_bytes(), "问题台账"))
        assert codes(result) == ["table-was-undone"]
        was, now = open_book(DEMO).grid("Problems"), open_book(path).grid("Problems")
        assert (now.header, now.first_row, now.sheet) == (was.header, was.first_row, was.sheet)
        assert [column.tolist() for column in now.columns] == [column.tolist() for column in was.columns]

    def test_an_older_one_gets_its_new_columns_besides(self, upgraded):
        _, path = upgraded(without_table(BLANK_1.read_bytes(), "发文记录"))
        assert open_book(path).grid("Dispatch").header[-1] == "邮件文件"

    def test_a_table_whose_headers_are_gone_is_refused_by_name(self, upgraded):
        archive = with_text(without_table(DEMO.read_bytes(), "问题台账"), "问题台账", "问题名称", "名字")
        with pytest.raises(MissingTable, match=r"Problems.*缺 问题名称.*改名"):
            upgraded(archive)

    def test_a_table_with_two_headers_alike_is_refused_by_name(self, upgraded):
        archive = with_text(without_table(DEMO.read_bytes(), "问题台账"), "问题台账", "备注", "附件")
        with pytest.raises(DuplicateHeader):
            upgraded(archive)

    def test_a_name_comes_back_where_it_was(self, upgraded):
        _, path = upgraded(without_name(CURRENT.read_bytes(), "CoordinationForm_title"))
        assert open_book(path).place("CoordinationForm_title") == open_book(CURRENT).place("CoordinationForm_title")

    def test_a_name_whose_cell_is_taken_is_told_of_and_the_rest_is_done(self, upgraded):
        result, path = upgraded(with_cell(BLANK_1.read_bytes(), "协调表", "N10", "我的便签"))
        (found,) = [each for each in result.findings if each.code == "name-not-added"]
        assert (found.sheet, found.address) == ("协调表", "N10")
        assert "N10 已有内容" in found.message
        assert open_book(path).place(f"CoordinationForm_{LOADED}") is None
        assert open_book(path).place(f"ProblemForm_{LOADED}") == ("问题提报表", "N10")


class TestMissing:
    def test_is_nothing_for_a_new_workbook(self):
        found = missing(open_book(CURRENT))
        assert not found
        assert str(found) == "没有缺少什么"

    def test_tells_an_older_workbook_in_a_clause(self):
        found = missing(open_book(DEMO_1))
        assert found.is_older
        assert found.is_ours
        assert str(found) == "版本 1（现为 3）；缺少“按原定时限”等 6 列；缺少 7 个名称"

    def test_asks_a_book_in_memory_as_well(self):
        book = open_book(DEMO_1)
        held = MemoryBook([book.grid(name) for name in book.tables()])
        assert missing(held).columns == missing(book).columns

    def test_knows_what_is_not_ours(self):
        assert not missing(MemoryBook([])).is_ours
