"""What is added to a closed workbook, and that all else stays to the byte, whoever wrote the file."""

from __future__ import annotations

import io
import re
import shutil

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from coordination_xl.books import (
    ChangeSet,
    ColumnAdded,
    MemoryBook,
    NamedCells,
    NamesAdded,
    SheetAdded,
    XlsxBook,
)
from coordination_xl.books.xlsx.save import backups
from coordination_xl.errors import DuplicateTable, NoRoomForColumns, UsageError, WriteRefused
from tests.actions.test_nothing_is_lost import FOREIGN, sheet_parts
from tests.packages.monster import monster
from tests.packages.older import (
    BLANK_1,
    CURRENT,
    DEMO_1,
    packed,
    part_of_sheet,
    parts_of,
    with_cell,
    without_sheet,
)
from tests.packages.raw import raw_members
from tests.render import convert, missing_tools

DISPATCH = tuple(ColumnAdded("Dispatch", header, CURRENT) for header in ("答复内容", "回执明细", "邮件文件"))
ROW = re.compile(rb"<row .*?</row>", re.DOTALL)


@pytest.fixture
def built(tmp_path):
    """Apply additions to the workbook of these bytes; gives the path."""

    def run(archive: bytes, *additions: object):
        path = tmp_path / "台账.xlsx"
        path.write_bytes(archive)
        XlsxBook.open(path).apply(ChangeSet(structure=additions))
        return path

    return run


def sheet_added(name: str, sheet: str = "") -> SheetAdded:
    model = XlsxBook.open(CURRENT)
    grids = tuple(model.grid(each) for each in model.tables() if model.grid(each).sheet == name)
    return SheetAdded(CURRENT, name, sheet or name, grids)


def look(cell) -> tuple[object, ...]:
    font, fill, border, text = cell.font, cell.fill, cell.border, cell.alignment
    edges = tuple(getattr(getattr(border, side), "style", None) for side in ("left", "right", "top", "bottom"))
    return (
        cell.value, cell.number_format, font.name, font.sz, font.b, font.i, font.color and font.color.rgb,
        fill.patternType, fill.fgColor.rgb, *edges, text.horizontal, text.indent, bool(text.wrap_text),
    )  # fmt: skip


def rules_of(sheet, letter: str) -> set[tuple[object, ...]]:
    """Validations and conditional formats of a column alone."""
    area = re.compile(rf"{letter}\d+:{letter}\d+")
    validations = {
        (str(each.sqref), each.type, each.formula1, each.prompt, each.error, each.errorStyle)
        for each in sheet.data_validations.dataValidation
        if area.fullmatch(str(each.sqref))
    }
    conditions = {
        (str(place.sqref), rule.type, *rule.formula)
        for place, rules in sheet.conditional_formatting._cf_rules.items()
        for rule in rules
        if area.fullmatch(str(place.sqref))
    }
    return validations | conditions


class TestAColumn:
    def test_looks_and_behaves_as_in_the_model(self, built):
        made = openpyxl.load_workbook(built(BLANK_1.read_bytes(), *DISPATCH))["发文记录"]
        model = openpyxl.load_workbook(CURRENT)["发文记录"]
        for letter in "WXY":
            for row in range(1, 6):
                assert look(made[f"{letter}{row}"]) == look(model[f"{letter}{row}"])
            assert made.column_dimensions[letter].width == model.column_dimensions[letter].width
            assert rules_of(made, letter) == rules_of(model, letter)
            assert rules_of(made, letter)
        table, there = made.tables["Dispatch"], model.tables["Dispatch"]
        assert (table.ref, table.autoFilter.ref) == (there.ref, there.autoFilter.ref)
        assert [each.id for each in table.tableColumns] == [*range(1, 26)]

    def test_a_rule_over_the_whole_table_takes_it_in(self, built):
        path = built(BLANK_1.read_bytes(), ColumnAdded("Tasks", "按原定时限", CURRENT))
        places = {str(each.sqref) for each in openpyxl.load_workbook(path)["任务跟踪表"].conditional_formatting}
        assert "A5:AC5000" in places
        assert "A5:AB5000" not in places

    def test_a_condition_speaks_of_the_columns_where_they_stand_here(self, built):
        """协调台账 of a workbook whose 状态 stands in column E, because somebody put a column before it."""
        parts = parts_of(CURRENT.read_bytes())
        sheet = part_of_sheet(parts, "协调台账")
        xml = parts[sheet].decode()
        xml = xml.replace("<t>状态</t>", "<t>临时</t>", 1).replace("<t>到期时间</t>", "<t>状态</t>", 1)
        xml = xml.replace("<t>临时</t>", "<t>到期时间</t>", 1).replace("<t>紧急程度</t>", "<t>缓急</t>")
        table = next(name for name, data in parts.items() if b'displayName="Coordination"' in data)
        told = parts[table].decode().replace('name="状态"', 'name="x"').replace('name="到期时间"', 'name="状态"')
        told = told.replace('name="x"', 'name="到期时间"').replace('name="紧急程度"', 'name="缓急"')
        archive = packed(parts | {sheet: xml.encode(), table: told.encode()})
        path = built(archive, ColumnAdded("Coordination", "紧急程度", CURRENT))
        formulas = [
            rule.formula[0]
            for place, rules in openpyxl.load_workbook(path)["协调台账"].conditional_formatting._cf_rules.items()
            for rule in rules
            if str(place.sqref) == "AU5:AU5000"
        ]
        assert any(formula.startswith("AND(LEN(TRIM(AU5))=0,OR($E5=") for formula in formulas)

    def test_every_other_cell_and_part_is_the_same_to_the_byte(self, built):
        old = DEMO_1.read_bytes()
        path = built(old, *DISPATCH)
        before, after = raw_members(old), raw_members(path.read_bytes())
        changed = {name for name in before if before[name] != after[name]}
        assert list(before) == list(after)
        parts, sheet = parts_of(old), part_of_sheet(parts_of(old), "发文记录")
        table = next(name for name, data in parts.items() if b'displayName="Dispatch"' in data)
        assert changed <= {sheet, table, "xl/styles.xml"}
        new = parts_of(path.read_bytes())[sheet]
        cells = re.compile(rb'<c r="([A-Z]+\d+)".*?(?:</c>|(?<=/)>)', re.DOTALL)
        was = {match[1]: match[0] for match in cells.finditer(parts[sheet])}
        now = {match[1]: match[0] for match in cells.finditer(new)}
        assert {place: now[place] for place in was} == was
        assert {place[:1] for place in now.keys() - was.keys()} == {b"W", b"X", b"Y"}

    def test_a_named_style_that_was_changed_counts(self, built):
        """Somebody has made all headers of computed columns red, from the gallery of styles."""
        book = openpyxl.load_workbook(BLANK_1)
        style = next(each for each in book._named_styles if each.name == "表头 计算")
        style.fill = openpyxl.styles.PatternFill("solid", start_color="00CC0000")
        for sheet in book:
            for row in sheet.iter_rows(min_row=4, max_row=4):
                for cell in row:
                    if cell.style == "表头 计算":
                        cell.style = "表头 计算"
        file = io.BytesIO()
        book.save(file)
        path = built(file.getvalue(), ColumnAdded("Tasks", "按原定时限", CURRENT))
        made = openpyxl.load_workbook(path)["任务跟踪表"]["AC4"]
        assert (made.value, made.fill.fgColor.rgb, made.style) == ("按原定时限", "00CC0000", "表头 计算")

    def test_a_hidden_range_of_columns_is_cut_so_that_it_shows(self, built):
        parts = parts_of(BLANK_1.read_bytes())
        sheet = part_of_sheet(parts, "任务跟踪表")
        xml = parts[sheet].replace(b"</cols>", b'<col min="29" max="16384" width="9" hidden="1"/></cols>')
        path = built(packed(parts | {sheet: xml}), ColumnAdded("Tasks", "按原定时限", CURRENT))
        cols = re.findall(r"<col [^>]*/>", parts_of(path.read_bytes())[sheet].decode())[-2:]
        assert 'min="29" max="29"' in cols[0]
        assert "hidden" not in cols[0]
        assert 'min="30" max="16384"' in cols[1]

    def test_notes_in_the_way_are_refused_and_the_file_stays(self, built, tmp_path):
        archive = with_cell(BLANK_1.read_bytes(), "发文记录", "W5", "便签")
        with pytest.raises(NoRoomForColumns, match=r"那里已有：W5"):
            built(archive, *DISPATCH)
        assert (tmp_path / "台账.xlsx").read_bytes() == archive

    def test_a_header_that_is_there_is_refused(self, built):
        with pytest.raises(UsageError, match="已有“编号”列"):
            built(BLANK_1.read_bytes(), ColumnAdded("Dispatch", "编号", CURRENT))

    def test_is_written_in_the_spelling_of_a_prefixed_part(self, built):
        parts = parts_of(BLANK_1.read_bytes())
        sheet = part_of_sheet(parts, "任务跟踪表")
        xml = parts[sheet].decode().replace("<worksheet xmlns=", "<worksheet xmlns:x=")
        xml = re.sub(r"<(/?)(?![?/]|r:)(?=[a-zA-Z])", r"<\1x:", xml)
        path = built(packed(parts | {sheet: xml.encode()}), ColumnAdded("Tasks", "按原定时限", CURRENT))
        made = openpyxl.load_workbook(path)["任务跟踪表"]
        assert made["AC4"].value == "按原定时限"
        assert rules_of(made, "AC")

    def test_the_old_file_is_kept_as_a_backup(self, built):
        path = built(BLANK_1.read_bytes(), *DISPATCH)
        assert [each.read_bytes() for each in backups(path)] == [BLANK_1.read_bytes()]


class TestASheet:
    def test_comes_with_its_table_looks_rules_and_print_setup(self, built):
        path = built(without_sheet(CURRENT.read_bytes(), "延期申请"), sheet_added("延期申请"))
        made, model = (openpyxl.load_workbook(each)["延期申请"] for each in (path, CURRENT))
        for row in model.iter_rows():
            for cell in row:
                assert look(made[cell.coordinate]) == look(cell)
        assert made.tables["Extensions"].ref == model.tables["Extensions"].ref
        assert made.print_title_rows == model.print_title_rows
        assert made.page_setup.orientation == model.page_setup.orientation
        assert len(made.data_validations.dataValidation) == len(model.data_validations.dataValidation)

    def test_the_board_comes_with_its_charts(self, built):
        path = built(without_sheet(CURRENT.read_bytes(), "看板"), sheet_added("看板"))
        assert len(openpyxl.load_workbook(path)["看板"]._charts) == 3
        assert b'fullCalcOnLoad="1"' in parts_of(path.read_bytes())["xl/workbook.xml"]

    def test_brings_its_formats_into_a_workbook_that_has_others(self, built):
        """One whose number formats 164 to 183 mean something else, as do its fonts and fills."""
        other, file = openpyxl.Workbook(), io.BytesIO()
        for row in range(1, 21):
            cell = other.active.cell(row, 1, row)
            cell.number_format, cell.font = f'0"第{row}"', openpyxl.styles.Font(name="宋体", size=row + 5)
            cell.fill = openpyxl.styles.PatternFill("solid", start_color=f"00AA00{row:02}")
        other.save(file)
        path = built(file.getvalue(), sheet_added("延期申请"))
        book, model = openpyxl.load_workbook(path), openpyxl.load_workbook(CURRENT)["延期申请"]
        for row in model.iter_rows():
            for cell in row:
                assert look(book["延期申请"][cell.coordinate]) == look(cell)
        assert [cell.number_format for cell in book.worksheets[-1]["A"]] == [f'0"第{row}"' for row in range(1, 21)]

    def test_leaves_every_part_of_a_workbook_full_of_other_things(self, built):
        """The monster has tables 1 and 2, charts and drawings of its own, pivots, slicers, macros."""
        old = monster()
        path = built(old, sheet_added("延期申请"), sheet_added("看板", "协调看板"))
        before, after = raw_members(old), raw_members(path.read_bytes())
        shared = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
        gone = {name for name in before if name not in after}
        assert gone <= {name for name in before if name.endswith("calcChain.xml")}
        assert {name for name in before if name in after and before[name] != after[name]} <= shared
        assert XlsxBook.open(path).grid("Extensions").header == XlsxBook.open(CURRENT).grid("Extensions").header
        identities = re.findall(
            rb'<table [^>]*?\bid="(\d+)"',
            b"".join(data for name, data in parts_of(path.read_bytes()).items() if name.startswith("xl/tables/")),
        )
        assert len(identities) == len(set(identities)) == 3

    def test_names_that_belong_to_one_sheet_still_do(self, built):
        path = built(without_sheet(CURRENT.read_bytes(), "看板"), sheet_added("看板"))
        for name in ("协调台账", "参数", "看板"):
            made, model = (openpyxl.load_workbook(each)[name] for each in (path, CURRENT))
            assert (made.print_area, made.print_title_rows) == (model.print_area, model.print_title_rows)

    def test_the_sheet_that_was_shown_is_still_shown(self, built):
        parts = parts_of(without_sheet(CURRENT.read_bytes(), "看板"))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'activeTab="0"', b'activeTab="3"')
        shown = openpyxl.load_workbook(io.BytesIO(packed(parts))).active.title
        path = built(packed(parts), sheet_added("看板"))
        assert openpyxl.load_workbook(path).active.title == shown

    def test_a_taken_name_or_table_is_refused(self, built):
        with pytest.raises(UsageError, match="已有工作表“看板”"):
            built(CURRENT.read_bytes(), sheet_added("看板"))
        with pytest.raises(DuplicateTable):
            built(CURRENT.read_bytes(), sheet_added("参数", "参数二"))


class TestNames:
    STRIP = NamesAdded(
        CURRENT, "案例库", "案例库", "B1:F1", (NamedCells("Cases_department", "C1"), NamedCells("Cases_search", "E1"))
    )

    def test_come_with_labels_looks_and_the_rules_that_speak_of_them(self, built):
        made, model = (
            openpyxl.load_workbook(each)["案例库"] for each in (built(BLANK_1.read_bytes(), self.STRIP), CURRENT)
        )
        for letter in "BCDEF":
            assert look(made[f"{letter}1"]) == look(model[f"{letter}1"])
        for sheet in (made, model):
            rules = sheet.conditional_formatting._cf_rules
            assert sum("Cases_search" in rule.formula[0] for each in rules.values() for rule in each) == 2

    def test_a_filled_cell_is_refused(self, built):
        with pytest.raises(WriteRefused):
            built(CURRENT.read_bytes(), self.STRIP)


class TestMemory:
    def test_builds_what_a_file_builds(self, built):
        additions = (*DISPATCH, TestNames.STRIP)
        book = XlsxBook.open(built(BLANK_1.read_bytes(), *additions))
        old = XlsxBook.open(BLANK_1)
        held = MemoryBook([old.grid(name) for name in old.tables()])
        held.apply(ChangeSet(structure=additions))
        assert held.grid("Dispatch").header == book.grid("Dispatch").header
        assert held.place("Cases_search") == book.place("Cases_search")

    def test_a_rehearsal_writes_nothing_and_refuses_all_the_same(self, tmp_path):
        path = tmp_path / "台账.xlsx"
        shutil.copy(BLANK_1, path)
        book = XlsxBook.open(path)
        book.rehearse(ChangeSet(structure=DISPATCH))
        assert path.read_bytes() == BLANK_1.read_bytes()
        with pytest.raises(UsageError):
            book.rehearse(ChangeSet(structure=(ColumnAdded("Dispatch", "编号", CURRENT),)))


def test_people_find_all_that_they_had_put_into_the_workbook(tmp_path):
    """The demo of version 1 with slicers, pivots, macros and the like, brought up to date by the command line."""
    from coordination_xl.cli import main
    from tests.actions import test_nothing_is_lost as lost

    path = tmp_path / "协调.xlsx"
    old = lost.grafted(DEMO_1)
    path.write_bytes(old)
    assert main(["upgrade", str(path), "--now", "2026-11-20T10:00", "--quiet"]) in {0, 1}
    before, after = raw_members(old), raw_members(path.read_bytes())
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert not any(word in name for name in changed for word in FOREIGN)
    sheets = {sheet_parts(old)[name] for name in changed & sheet_parts(old).keys()}
    assert sheets == {
        "协调台账", "任务跟踪表", "问题台账", "发文记录", "案例库", "参数", "修改记录",
        "协调表", "问题提报表", "会议申请表", "会议纪要", "紧急事项报告",
    }  # fmt: skip


@pytest.mark.libreoffice
@pytest.mark.skipif(bool(missing_tools()), reason="LibreOffice or poppler is not here")
def test_other_programs_open_it_and_find_the_same(built, tmp_path):
    path = built(without_sheet(DEMO_1.read_bytes(), "看板"), *DISPATCH, sheet_added("看板"))
    saved = convert(path, tmp_path / "saved", "xlsx")
    assert CalamineWorkbook.from_path(str(path)).sheet_names == list(XlsxBook.open(path).sheets())
    assert XlsxBook.open(saved).sheets() == XlsxBook.open(path).sheets()
    assert XlsxBook.open(saved).grid("Dispatch").header == XlsxBook.open(path).grid("Dispatch").header
