from __future__ import annotations

import pytest
from openpyxl.utils import range_boundaries

from coordination_xl.books.build.workbook import SHEETS
from coordination_xl.schema import TABLES, Kind
from coordination_xl.schema.tables import BY_NAME

EACH = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
WITH_LIGHT = [table for table in TABLES if "light" in table.by_identifier]


def header_cells(book, table):
    return {cell.value: cell for cell in book[table.sheet][4]}


def validation_of(sheet, column: str):
    found = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{column}5")]
    assert len(found) == 1
    return found[0]


def test_the_sheets_stand_in_order(book):
    assert book.sheetnames == list(SHEETS)
    assert book.sheetnames[:7] == ["使用说明", "看板", "协调台账", "任务跟踪表", "问题台账", "会议台账", "紧急事项台账"]


@EACH
def test_every_column_of_the_schema_is_in_its_table_under_its_exact_header(book, table):
    excel = book[table.sheet].tables[table.name]
    left, top, right, bottom = range_boundaries(excel.ref)
    assert (left, top) == (1, 4)
    assert bottom >= 5, "a table needs a row"
    headers = [book[table.sheet].cell(4, column).value for column in range(left, right + 1)]
    assert headers == [column.header for column in table.columns]
    assert [column.name for column in excel.tableColumns] == headers
    assert excel.autoFilter.ref == excel.ref
    assert (excel.tableStyleInfo.name, excel.tableStyleInfo.showRowStripes) == ("TableStyleLight1", False)


@EACH
def test_computed_columns_bear_all_four_marks_and_others_none(book, table):
    sheet = book[table.sheet]
    for column in table.columns:
        head = header_cells(book, table)[column.header]
        rule = validation_of(sheet, head.column_letter)
        body = sheet.cell(5, head.column)
        marks = (
            head.font.i and head.fill.start_color.rgb == "00DDE3EA" and bool(head.border.top and head.border.top.style),
            body.fill.start_color.rgb == "00F4F6F8",
            rule.promptTitle == "程序计算列",
            (rule.type, rule.formula1, rule.errorStyle) == ("custom", "FALSE", "warning"),
        )
        assert set(marks) == {column.is_computed}, column.header


@EACH
def test_every_input_column_explains_itself_and_reaches_beyond_the_rows(book, table):
    for column in table.columns:
        rule = validation_of(book[table.sheet], header_cells(book, table)[column.header].column_letter)
        assert rule.showInputMessage
        assert str(rule.sqref).endswith("5000")
        if not column.is_computed:
            assert (rule.promptTitle, rule.prompt) == (column.header, column.help)
            assert column.help


@EACH
def test_every_vocabulary_is_a_pick_list_that_stops(book, table):
    for column in table.columns:
        if column.vocabulary is None or column.is_computed:
            continue
        rule = validation_of(book[table.sheet], header_cells(book, table)[column.header].column_letter)
        assert (rule.type, rule.errorStyle) == ("list", "stop")
        assert rule.formula1.strip('"').split(",") == list(column.vocabulary.words)
        assert rule.error == f"“{column.header}”只能填写：{'、'.join(column.vocabulary.words)}"


@EACH
def test_dates_and_numbers_are_warned_about_but_never_refused(book, table):
    for column in table.columns:
        if column.is_computed or column.dtype == "text":
            continue
        rule = validation_of(book[table.sheet], header_cells(book, table)[column.header].column_letter)
        assert rule.errorStyle == "warning"
        assert rule.type == ("date" if column.dtype == "moment" else "decimal")


@EACH
def test_a_gold_line_runs_under_required_headers_only(book, table):
    for column in table.columns:
        bottom = header_cells(book, table)[column.header].border.bottom
        is_gold = bool(bottom) and bottom.style == "thick" and bottom.color.rgb == "00D99A00"
        assert is_gold == (not column.is_computed and bool(column.required or column.required_from)), column.header


@EACH
def test_appended_rows_inherit_the_look_from_the_column(book, table):
    sheet = book[table.sheet]
    for column in table.columns:
        head = header_cells(book, table)[column.header]
        body, whole = sheet.cell(5, head.column), sheet.column_dimensions[head.column_letter]
        assert whole.has_style
        assert whole._style == body._style
    assert sheet.sheet_format.customHeight
    assert sheet.sheet_format.defaultRowHeight == sheet.row_dimensions[5].height


@EACH
def test_nothing_is_merged_and_the_header_is_frozen(book, table):
    sheet = book[table.sheet]
    assert not sheet.merged_cells.ranges
    kinds = [column.kind for column in table.columns[:3]]
    frozen = kinds.index(Kind.NAME) + 1 if Kind.NAME in kinds else 1
    assert sheet.freeze_panes == f"{'ABCD'[frozen]}5"
    assert not sheet.sheet_view.showGridLines


@EACH
def test_headers_have_room_for_the_filter_button(book, table):
    for column in table.columns:
        letter = header_cells(book, table)[column.header].column_letter
        assert book[table.sheet].column_dimensions[letter].width >= 2 * len(column.header) + 3.5


@pytest.mark.parametrize("table", WITH_LIGHT, ids=lambda table: table.name)
def test_lights_come_first_and_print_their_symbols(book, table):
    rules = [
        (str(area.sqref), rule)
        for area in book[table.sheet].conditional_formatting
        for rule in area.rules
        if rule.type == "cellIs" and rule.formula[0] in {'"红"', '"黄"', '"蓝"', '"绿"', '"灰"'}
    ]
    assert [rule.priority for _, rule in rules] == [1, 2, 3, 4, 5]
    assert {area for area, _ in rules} == {"B5:B5000"}
    assert [rule.dxf.numFmt.formatCode for _, rule in rules] == ['"▲ "@', '"◆ "@', '"● "@', '"○ "@', '"－ "@']


def test_a_required_cell_is_asked_for_from_its_state_on(book):
    formulas = {
        str(area.sqref): rule.formula[0]
        for area in book["协调台账"].conditional_formatting
        for rule in area.rules
        if rule.formula[0].startswith("AND(LEN")
    }
    agreement = header_cells(book, BY_NAME["Coordination"])["协商结果"].column_letter
    formula = formulas[f"{agreement}5:{agreement}5000"]
    assert '$D5="执行中"' in formula
    assert '$D5="沟通中"' not in formula
    assert "已归档" not in formula


def test_the_base_tables_begin_with_the_mechanism(book):
    rules, days, settings = book["时限规则"], book["节假日"], book["参数"]
    assert rules["A5"].value == "A2"
    assert header_cells(book, BY_NAME["Rules"])["启用"].column_letter
    assert rules.cell(5, header_cells(book, BY_NAME["Rules"])["启用"].column).value == "是"
    assert days["B5"].value == "周日", "1 January 2023"
    assert days["F5"].value == "官方"
    assert settings["B5"].value == "示例科技有限公司"
