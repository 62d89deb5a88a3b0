from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coordination_xl.books import XlsxBook
from coordination_xl.books.xlsx.styles import DATE, DURATION, SERIAL, kind_of_format
from tests.packages.minimal import MAIN, STRICT, members, sheet_xml, table_xml, text_cell, zipped

HEAD = f'<row r="1">{text_cell("A1", "值")}</row>'
STRINGS = (
    '<si><t xml:space="preserve">  边 </t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t>文</t></r>'
    '<rPh sb="0" eb="1"><t>音</t></rPh></si><si><t>_x000D_一_x005F_x000D_</t></si><si><t/></si><si><t>2023-10-20</t></si>'
)


def read(cell: str, *, date1904: bool = False, main: str = MAIN, **options) -> object:
    sheet = sheet_xml(f'{HEAD}<row r="2">{cell}</row>', main=main)
    properties = f'<workbookPr date1904="{int(date1904)}"/>'
    parts = members(sheet, (table_xml("A1:A2", ("值",), main=main),), strings=STRINGS, properties=properties, **options)
    grid = XlsxBook(Path("台账.xlsx"), zipped(parts)).grid("T")
    assert (grid.header, grid.height, grid.date1904) == (("值",), 1, date1904)
    return grid.columns[0][0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A2"><v>1</v></c>', 1.0),
        ('<c r="A2"><v>1.5E3</v></c>', 1500.0),
        ('<c r="A2" t="b"><v>1</v></c>', True),
        ('<c r="A2" t="b"><v>0</v></c>', False),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ("<c r='A2' t='e'><v>#DIV/0!</v></c>", "#DIV/0!"),
        ('<c r="A2" t="e"><f>X</f><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="A2" t="inlineStr"><is><t>说 t="e" 吗</t></is></c>', '说 t="e" 吗'),
        ('<c r="A2" t="s"><v>0</v></c>', "  边 "),
        ('<c r="A2" t="s"><v>1</v></c>', "富文"),
        ('<c r="A2" t="s"><v>2</v></c>', "\r一_x000D_"),
        ('<c r="A2" t="s"><v>3</v></c>', None),
        ('<c r="A2" s="1" t="s"><v>4</v></c>', "2023-10-20"),
        ('<c r="A2" t="str"><f>A1</f><v> 甲_x000A_乙 </v></c>', " 甲\n乙 "),
        ('<c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
        ('<c r="A2" t="inlineStr"><is><t>12</t></is></c>', "12"),
        ('<c r="A2" t="inlineStr"><is><t><![CDATA[<&]]></t></is></c>', "<&"),
        ('<!-- <c r="A2"><v>9</v></c> --><c r="A2"><v><!-- 一 -->3</v></c>', 3.0),
        ('<c r="A2"><v>6</v><extLst><ext uri="x"><v>9</v></ext></extLst></c>', 6.0),
        ('<c r="A2"/>', None),
        ('<c r="A2" s="1"></c>', None),
        ('<c r="A2"><f>A1</f></c>', None),
        ("", None),
        ('<c r="A2" s="1"><v>45219</v></c>', dt.date(2023, 10, 20)),
        ('<c r="A2" s="1"><v>45219.430555555555</v></c>', dt.datetime(2023, 10, 20, 10, 20)),
        ('<c r="A2" s="2"><v>45219.5</v></c>', dt.datetime(2023, 10, 20, 12)),
        ('<c r="A2" s="4"><v>45219</v></c>', dt.date(2023, 10, 20)),
        ('<c r="A2" s="1"><v>0.25</v></c>', dt.time(6)),
        ('<c r="A2" s="3"><v>1.5</v></c>', dt.timedelta(hours=36)),
        ('<c r="A2" s="5"><v>45219</v></c>', 45219.0),
        ('<c r="A2" s="1" t="d"><v>2023-10-20T10:20:00</v></c>', dt.datetime(2023, 10, 20, 10, 20)),
    ],
)
def test_value_is_read_as_its_cell_shows_it(cell, value):
    found = read(cell)
    assert found == value
    assert type(found) is type(value)


def test_number_beyond_all_dates_is_read_as_a_number(capfd):
    assert read('<c r="A2" s="1"><v>1e300</v></c>') == 1e300
    capfd.readouterr()  # calamine reports on standard error what it stumbled over


def test_1904_dates_count_from_1904():
    assert read('<c r="A2" s="1"><v>43757.5</v></c>', date1904=True) == dt.datetime(2023, 10, 20, 12)


def test_strict_package_is_read():
    assert read('<c r="A2" s="1"><v>45219</v></c>', strict=True, main=STRICT) == dt.date(2023, 10, 20)


def test_absolute_targets_are_followed():
    assert read('<c r="A2" t="s"><v>1</v></c>', absolute=True) == "富文"


def test_workbook_without_styles_or_strings_is_read():
    parts = members(
        sheet_xml(f'{HEAD}<row r="2"><c r="A2" s="3"><v>7</v></c></row>'), (table_xml("A1:A2", ("值",)),), styles=None
    )
    assert XlsxBook(Path("台账.xlsx"), zipped(parts)).grid("T").columns[0].tolist() == [7.0]


def test_sheet_in_utf_16_is_read():
    sheet = sheet_xml(f'{HEAD}<row r="2">{text_cell("A2", "文")}</row>').replace("UTF-8", "UTF-16").encode("utf-16")
    parts = members(sheet, (table_xml("A1:A2", ("值",)),))
    assert XlsxBook(Path("台账.xlsx"), zipped(parts)).grid("T").columns[0].tolist() == ["文"]


def test_table_away_from_the_used_area_is_padded_with_blanks():
    sheet = sheet_xml('<row r="5"><c r="D5"><v>1</v></c></row>')
    grid = XlsxBook(Path("台账.xlsx"), zipped(members(sheet, (table_xml("C3:F9", ("甲", "乙", "丙", "丁")),)))).grid(
        "T"
    )
    assert grid.header == ("甲", "乙", "丙", "丁")
    assert (grid.first_row, grid.first_column, grid.height) == (4, 3, 6)
    assert grid.column("乙").tolist() == [None, 1.0, None, None, None, None]
    assert grid.column("丁").tolist() == [None] * 6


def test_totals_row_is_left_out():
    sheet = sheet_xml(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>99</v></c></row>')
    grid = XlsxBook(Path("台账.xlsx"), zipped(members(sheet, (table_xml("A1:A3", ("值",), totals=1),)))).grid("T")
    assert grid.columns[0].tolist() == [1.0]


def test_header_is_read_as_typed():
    sheet = sheet_xml(f'<row r="1">{text_cell("A1", "换&#10;行 ")}</row>')
    grid = XlsxBook(
        Path("台账.xlsx"), zipped(members(sheet, (table_xml("A1:B2", ("换_x000a_行 ", "无_x000a_格")),)))
    ).grid("T")
    assert grid.header == ("换\n行 ", "无\n格")


@pytest.mark.parametrize(
    ("reference", "values"),
    [
        ("台账!$A$1:$A$2", ["值", 4.0]),
        ("'台账'!$A$2", [4.0]),
        ("台账!$A$1:$C$2", ["值", 4.0]),
        ("台账!$D$4:$D$5", [None, None]),
        ("#REF!", None),
        ("OFFSET(台账!$A$1,0,0,3)", None),
        ("别处!$A$1", None),
    ],
)
def test_defined_name_gives_its_first_column(reference, values):
    names = f'<definedNames><definedName name="名">{reference}</definedName></definedNames>'
    sheet = sheet_xml(f'{HEAD}<row r="2"><c r="A2"><v>4</v></c></row>')
    block = XlsxBook(Path("台账.xlsx"), zipped(members(sheet, workbook=names))).block("名")
    assert (None if block is None else block.tolist()) == values


def test_name_of_the_workbook_beats_that_of_a_sheet():
    names = (
        '<definedNames><definedName name="n">台账!$A$1</definedName>'
        '<definedName name="N" localSheetId="0">台账!$A$2</definedName><definedName name="只此" localSheetId="0">台账!$A$2'
        "</definedName></definedNames>"
    )
    book = XlsxBook(
        Path("台账.xlsx"), zipped(members(sheet_xml(HEAD + '<row r="2"><c r="A2"><v>4</v></c></row>'), workbook=names))
    )
    assert book.block("N").tolist() == ["值"]
    assert book.block("只此").tolist() == [4.0]


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (0, None, SERIAL),
        (14, None, DATE),
        (31, None, DATE),
        (57, None, DATE),
        (46, None, DURATION),
        (49, None, SERIAL),
        (164, "General", SERIAL),
        (164, "0.00", SERIAL),
        (164, '0"天"', SERIAL),
        (164, "0.00E+00", SERIAL),
        (164, "#,##0_);[Red](#,##0)", SERIAL),
        (164, "[h]:mm", DURATION),
        (164, 'yyyy"年"m"月"d"日";@', DATE),
        (164, "[$-804]aaaa", DATE),
        (164, 'G/通用格式"天"', SERIAL),
        (164, '[Red]General" 天"', SERIAL),
        (164, "[DBNum1][$-804]yyyy\\-mm", DATE),
        (164, "h:mm AM/PM", DATE),
        (164, "@", SERIAL),
    ],
)
def test_format_tells_dates_from_numbers(number, code, kind):
    assert kind_of_format(number, code) == kind
