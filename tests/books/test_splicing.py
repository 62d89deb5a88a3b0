from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from coordination_xl.books import (
    BlockChange,
    ChangeSet,
    ColumnChange,
    HeightChange,
    Link,
    RowsAdded,
    TableReplaced,
    XlsxBook,
)
from coordination_xl.books.xlsx import scan_fast, scan_general
from coordination_xl.books.xlsx.apply import Application
from coordination_xl.books.xlsx.cells import Encoder
from coordination_xl.books.xlsx.heights import with_heights
from coordination_xl.books.xlsx.package import Package
from coordination_xl.books.xlsx.reader import AllValues
from coordination_xl.books.xlsx.sheets import index_of, plain_data
from coordination_xl.books.xlsx.splice import Write
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.verify import Mismatch, compare_cells, compare_heights, compare_members
from coordination_xl.books.xlsx.workbook import read_layout
from coordination_xl.errors import FormulaInTheWay, NoRoomForRows, SaveFailed, UsageError, WriteRefused
from tests.books.contract import column
from tests.packages.minimal import OFFICE, SPREADSHEET, members, sheet_xml, table_xml, text_cell, zipped

HEADERS = ("甲", "乙")
HEAD_ROW = f'<row r="1">{text_cell("A1", "甲")}{text_cell("B1", "乙")}</row>'
SHEET = "xl/worksheets/sheet1.xml"


def package(
    data: str, *, ref: str = "A1:B3", head: str = "", tail: str = "", formulas=None, totals: int = 0, more=(), **options
):
    tables = (table_xml(ref, HEADERS, formulas=formulas, totals=totals), *more)
    return zipped(members(sheet_xml(HEAD_ROW + data, head=head, tail=tail), tables, **options))


def applied(archive: bytes, changes: ChangeSet) -> bytes:
    opened = Package(archive, "台账.xlsx")
    layout = read_layout(opened)
    book = XlsxBook(Path("台账.xlsx"), archive)
    new = Application(opened, layout, Styles(opened, layout.styles), lambda name: book.grid(name).header).carried_out(
        changes
    )
    return archive if new is None else new.archive


def part(archive: bytes, name: str = SHEET) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


def names(archive: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(archive)).namelist()


def to(header: str, cells: dict[int, object]) -> ChangeSet:
    rows, values = np.array(list(cells)), column(*cells.values())
    return ChangeSet(columns=(ColumnChange("T", header, rows, values, values, values),))


def data_of(archive: bytes) -> str:
    return re.search(r"</row>(.*)</sheetData>", part(archive), re.DOTALL)[1]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ('<row r="2"><c r="A2" s="5" t="s"><v>0</v></c></row>', 1.5, '<row r="2"><c r="A2" s="5"><v>1.5</v></c></row>'),
        ('<row r="2"><c r="A2"/><c r="B2"/></row>', True, '<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2"/></row>'),
        ('<row r="2"><c r="A2" s="5"><v>1</v></c></row>', None, '<row r="2"><c r="A2" s="5"/></row>'),
        (
            '<row r="2"><c r="A2" cm="1" vm="3" x="y" s="1" ph="1" t="str"><f>HYPERLINK("#B2","1")</f><v>1</v></c></row>',
            2.0,
            '<row r="2"><c r="A2" x="y" s="1" ph="1"><v>2</v></c></row>',
        ),
        (
            "<row r='2' ><c t='s' r='A2' s='5' ><v>0</v></c ></row >",
            "文",
            "<row r='2' ><c r='A2' s='5' t=\"inlineStr\"><is><t>文</t></is></c></row >",
        ),
        (
            '<row r="2"><c r="B2"/></row>',
            "文",
            '<row r="2"><c r="A2" t="inlineStr"><is><t>文</t></is></c><c r="B2"/></row>',
        ),
        ('<row r="2" spans="2:3" x="y"/>', 1.0, '<row r="2" spans="1:3" x="y"><c r="A2"><v>1</v></c></row>'),
        ('<row r="2" spans="1:3"></row>', 1.0, '<row r="2" spans="1:3"><c r="A2"><v>1</v></c></row>'),
        ("", 1.0, '<row r="2"><c r="A2"><v>1</v></c></row>'),
        ('<row r="3"/>', 1.0, '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"/>'),
        (
            '<row r="2"><c r="A2"/><extLst><ext/></extLst></row>',
            1.0,
            '<row r="2"><c r="A2"><v>1</v></c><extLst><ext/></extLst></row>',
        ),
        (
            '<row r="2"><c r="A2"><v>1</v><extLst><ext uri="u"/></extLst></c></row>',
            None,
            '<row r="2"><c r="A2"><extLst><ext uri="u"/></extLst></c></row>',
        ),
        (
            '<row r="2"><c r="A2" s="1"/></row>',
            dt.datetime(2026, 11, 20, 18),
            '<row r="2"><c r="A2" s="1"><v>46346.75</v></c></row>',
        ),
        ('<row r="2"><c r="A2"/></row>', "=1", '<row r="2"><c r="A2" t="inlineStr"><is><t>=1</t></is></c></row>'),
        (
            '<row r="2"><c r="A2"/></row>',
            Link("'台账'!B2", 'a"b&'),
            '<row r="2"><c r="A2" t="str"><f>HYPERLINK("#\'台账\'!B2","a""b&amp;")</f><v>a"b&amp;</v></c></row>',
        ),
    ],
)
def test_cell_is_replaced_and_all_around_it_stays(before, value, after):
    archive = package(before, strings="<si><t>旧</t></si>")
    assert data_of(applied(archive, to("甲", {2: value}))) == after


def test_bytes_around_the_data_stay():
    head = '<!-- <sheetData/> --><sheetPr  codeName="表"/><dimension ref="A1:B3"/>'
    tail = '<!-- </sheetData> --><ext:x xmlns:ext="urn:x" b="1"   a="2"/>'
    before = package('<row r="2"><c r="A2"><v>1</v></c></row>', head=head, tail=tail)
    after = applied(before, to("甲", {2: 7.0}))
    assert part(after) == part(before).replace("<v>1</v>", "<v>7</v>")


def test_new_cell_takes_the_commonest_format_of_its_column():
    rows = '<row r="2"><c r="A2" s="5"/></row><row r="3"><c r="A3" s="5"/></row><row r="4"><c r="A4" s="1"/></row><row r="5"/>'
    after = applied(package(rows, ref="A1:B5"), to("甲", {5: 1.0}))
    assert '<row r="5"><c r="A5" s="5"><v>1</v></c></row>' in part(after)


def test_new_cell_in_an_empty_column_takes_the_format_of_the_sheet_column():
    head = '<cols><col min="1" max="1" style="5"/><col min="2" max="9" style="2"/></cols>'
    after = applied(package("", head=head), to("乙", {2: 1.0}))
    assert '<c r="B2" s="2"><v>1</v></c>' in part(after)


def test_date_without_format_takes_the_commonest_date_format_of_its_column():
    rows = '<row r="2"><c r="A2" s="2"><v>46000</v></c></row><row r="3"><c r="A3"/></row>'
    archive = applied(package(rows), to("甲", {3: dt.datetime(2026, 11, 20, 18)}))
    assert '<c r="A3" s="2"><v>46346.75</v></c>' in part(archive)
    assert part(archive, "xl/styles.xml") == part(package(rows), "xl/styles.xml")


@pytest.mark.parametrize(("style", "kept"), [("", "numFmtId"), (' s="5"', 'fontId="0"')])
def test_date_without_any_date_format_brings_one(style, kept):
    archive = applied(package(f'<row r="2"><c r="A2"{style}/></row>'), to("甲", {2: dt.datetime(2026, 11, 20, 18)}))
    assert '<c r="A2" s="6"><v>46346.75</v></c>' in part(archive)
    styles = part(archive, "xl/styles.xml")
    assert '<numFmts count="2">' in styles
    assert '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts>' in styles
    assert '<cellXfs count="7">' in styles
    assert kept in re.search(r'<xf[^>]*numFmtId="165"[^>]*applyNumberFormat="1"/></cellXfs>', styles)[0]
    assert XlsxBook(Path("台账.xlsx"), archive).grid("T").column("甲")[0] == dt.datetime(2026, 11, 20, 18)


def test_date_in_a_workbook_without_styles_brings_them():
    archive = applied(package("", styles=None), to("甲", {2: dt.datetime(2026, 11, 20, 18)}))
    assert "xl/styles.xml" in names(archive)
    assert XlsxBook(Path("台账.xlsx"), archive).grid("T").column("甲")[0] == dt.datetime(2026, 11, 20, 18)


def test_dimension_takes_in_new_cells():
    head = '<dimension ref="A1:A2"/>'
    assert '<dimension ref="A1:B3"/>' in part(applied(package("", head=head), to("乙", {3: 1.0})))
    assert '<dimension ref="A1:A2"/>' in part(applied(package("", head=head), to("甲", {2: 1.0})))


CHAIN = {
    "extra": {"xl/calcChain.xml": '<calcChain><c r="A2"/></calcChain>'},
    "extra_types": f'<Override PartName="/xl/calcChain.xml" ContentType="{SPREADSHEET}.calcChain+xml"/>',
    "extra_relations": f'<Relationship Id="rId9" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>',
}
WITH_FORMULA = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>1</v></c></row>'


LINKS = ('HYPERLINK("#A1","看")', "HYPERLINK(&quot;#A1&quot;,&quot;看&quot;)")
"""A link of the program's own, as Excel and as LibreOffice save it."""


@pytest.mark.parametrize("link", LINKS)
def test_chain_goes_with_an_overwritten_link(link):
    archive = applied(package(WITH_FORMULA.replace("1+1", link), **CHAIN), to("甲", {2: 5.0}))
    assert "xl/calcChain.xml" not in names(archive)
    assert "calcChain" not in part(archive, "[Content_Types].xml") + part(archive, "xl/_rels/workbook.xml.rels")


def test_chain_stays_when_no_formula_is_touched():
    before = package(WITH_FORMULA, **CHAIN)
    archive = applied(before, to("乙", {2: 5.0}))
    assert names(archive) == names(before)


def test_excel_is_asked_to_calculate_if_there_are_formulas():
    for before, after in [
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ("", '</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ('<definedNames/><oleSize ref="A1"/>', '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize'),
    ]:
        assert after in part(applied(package(WITH_FORMULA, workbook=before), to("乙", {2: 5.0})), "xl/workbook.xml")


def test_workbook_part_is_left_alone_without_formulas():
    before = package('<row r="2"><c r="A2"/></row>', workbook='<calcPr calcId="1"/>')
    linked = applied(before, to("甲", {2: Link("A1", "看")}))
    again = applied(linked, to("乙", {2: 5.0}))
    assert part(again, "xl/workbook.xml") == part(before, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ('<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2</f><v>1</v></c></row>', "甲"),
        ('<row r="2"><c r="A2"><f t="array" ref="A2">B2</f><v>1</v></c></row>', "甲"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="D2"><f t="array" ref="A2:D2">B2</f><v>1</v></c></row>', "甲"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="D2"><f t="dataTable" ref="A2:D2"/><v>1</v></c></row>', "甲"),
    ],
)
def test_shared_and_array_formulas_are_not_overwritten(rows, header):
    with pytest.raises(FormulaInTheWay, match="台账!A2"):
        applied(package(rows), to(header, {2: 1.0}))


@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f t="shared" si="0"/>', '<f>HYPERLINK("http://a","b")</f>'])
def test_formulas_of_somebodys_are_not_overwritten(formula):
    rows = (
        '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2</f><v>1</v></c></row>'
        f'<row r="3"><c r="A3">{formula}<v>1</v></c></row>'
    )
    for value in (5.0, None):
        with pytest.raises(FormulaInTheWay, match="台账!A3：这个单元格有公式，没有覆盖"):
            applied(package(rows), to("甲", {3: value}))


def test_calculated_column_is_not_overwritten():
    archive = package("", formulas={"甲": "T[[#This Row],[乙]]"})
    with pytest.raises(FormulaInTheWay, match=r"台账!A2.*“甲”是表格的计算列"):
        applied(archive, to("甲", {2: 1.0}))
    with pytest.raises(FormulaInTheWay, match="甲"):
        applied(archive, ChangeSet(replaced=(TableReplaced("T", ("甲",), (column(1),)),)))


def test_column_that_excel_has_filled_with_a_link_of_ours_is_still_ours():
    archive = package("", formulas={"甲": "HYPERLINK(&quot;#A1&quot;,&quot;看&quot;)"})
    assert '<c r="A2"><v>5</v></c>' in part(applied(archive, to("甲", {2: 5.0})))


def test_new_row_gets_the_formula_of_a_calculated_column():
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    archive = package(rows, formulas={"乙": "T[[#This Row],[甲]]&amp;&quot;A1&quot;"})
    after = part(applied(archive, ChangeSet(added=(RowsAdded("T", ("甲",), (column(9),)),))))
    assert '<c r="B4"><f>T[[#This Row],[甲]]&amp;"A1"</f></c>' in after
    relative = package(rows, formulas={"乙": "A2*2"})
    assert 'r="B4"' not in part(applied(relative, ChangeSet(added=(RowsAdded("T", ("甲",), (column(9),)),))))


FULL = (
    '<row r="2" ht="30" customHeight="1"><c r="A2" s="5"><v>1</v></c></row>'
    '<row r="3" ht="40" customHeight="1"><c r="A3" s="5"><v>2</v></c></row>'
)


def added(*values: object) -> ChangeSet:
    return ChangeSet(added=(RowsAdded("T", ("甲",), (column(*values),)),))


def test_table_grows_with_its_filter_and_its_ranges():
    tail = (
        '<conditionalFormatting sqref="A2:A3 D1:D3"><cfRule/></conditionalFormatting>'
        '<dataValidations><dataValidation sqref="B2:B3"/><dataValidation sqref="B2"/>'
        '<dataValidation sqref="A1:C3"/></dataValidations>'
        '<extLst><ext xmlns:xm="urn:xm"><xm:sqref>A3</xm:sqref></ext></extLst>'
    )
    archive = applied(package(FULL, tail=tail), added(3, 4))
    table = part(archive, "xl/tables/table1.xml")
    assert 'ref="A1:B5"><autoFilter ref="A1:B5"/>' in table
    sheet = part(archive)
    assert 'sqref="A2:A5 D1:D3"' in sheet
    assert 'sqref="B2:B5"/><dataValidation sqref="B2"/><dataValidation sqref="A1:C3"/>' in sheet
    assert "<xm:sqref>A3:A5</xm:sqref>" in sheet


def test_new_row_has_the_height_of_the_row_above_and_the_formats_of_its_columns():
    after = part(applied(package(FULL), added(3)))
    assert '</row><row r="4" ht="40" customHeight="1"><c r="A4" s="5"><v>3</v></c></row></sheetData>' in after


def test_new_row_joins_a_row_that_is_there():
    after = part(applied(package(FULL + '<row r="4"><c r="D4"><v>1</v></c></row>'), added(3)))
    assert '<row r="4"><c r="A4" s="5"><v>3</v></c><c r="D4"><v>1</v></c></row>' in after


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"data": FULL + '<row r="4"><c r="B4"><v>1</v></c></row>'}, "单元格 B4"),
        ({"data": FULL + '<row r="4"><c r="B4"><f>1</f></c></row>'}, "单元格 B4"),
        ({"data": FULL, "tail": '<mergeCells><mergeCell ref="B4:C5"/></mergeCells>'}, "合并单元格 B4:C5"),
        ({"data": FULL, "more": (table_xml("B4:C6", HEADERS, name="U", number=2),)}, "另一个表格 U"),
        ({"data": FULL + '<row r="4"><c r="A4"/></row>', "ref": "A1:B4", "totals": 1}, "汇总行"),
    ],
)
def test_table_stops_before_what_stands_below(options, match):
    archive = package(**options)
    with pytest.raises(NoRoomForRows, match=match):
        applied(archive, added(3))
    with pytest.raises(NoRoomForRows, match=match):
        applied(archive, ChangeSet(replaced=(TableReplaced("T", ("甲",), (column(1, 2, 3),)),)))


def test_blank_formatted_cells_below_are_no_obstacle():
    after = part(applied(package(FULL + '<row r="4"><c r="A4" s="1"/><c r="B4"><v></v></c></row>'), added(3)))
    assert '<c r="A4" s="1"><v>3</v></c>' in after


def test_blank_rows_above_a_totals_row_are_filled():
    data = '<row r="2"><c r="A2"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>'
    after = part(applied(package(data, ref="A1:B4", totals=1), added(3)))
    assert '<row r="3"><c r="A3"><v>3</v></c></row>' in after


def test_end_of_the_sheet_stops_a_table():
    rows = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with pytest.raises(NoRoomForRows, match="1048576"):
        applied(package(rows, ref="A1:B1048576"), added(3))


def test_shrunk_table_leaves_blanks_and_the_columns_of_others():
    data = '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3" s="5"><v>2</v></c><c r="B3"><v>8</v></c></row>'
    archive = applied(package(data), ChangeSet(replaced=(TableReplaced("T", ("甲",), (column("唯一"),)),)))
    assert '<row r="3"><c r="A3" s="5"/><c r="B3"><v>8</v></c></row>' in part(archive)
    assert 'ref="A1:B2"><autoFilter ref="A1:B2"/>' in part(archive, "xl/tables/table1.xml")


MERGED = {
    "tail": '<mergeCells count="1"><mergeCell ref="D2:E3"/></mergeCells>',
    "workbook": '<definedNames><definedName name="块">台账!$D$2:$D$4</definedName></definedNames>',
}


def test_merged_area_is_written_only_in_its_first_cell():
    after = part(
        applied(package("", **MERGED), ChangeSet(blocks=(BlockChange("块", column(), column("a", None, "c")),)))
    )
    assert re.findall(r'<c r="(D\d)"', after) == ["D2", "D4"]
    with pytest.raises(WriteRefused, match=r"台账!D3.*D2:E3"):
        applied(package("", **MERGED), ChangeSet(blocks=(BlockChange("块", column(), column("a", "b", "c")),)))


def test_one_cell_is_not_given_two_values():
    with pytest.raises(UsageError, match="台账!A2"):
        applied(package(""), to("甲", {2: 1.0}) + to("甲", {2: 2.0}))


def test_prefixed_sheet_gets_prefixed_cells():
    plain = sheet_xml(HEAD_ROW, head='<dimension ref="A1"/>')
    sheet = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", plain).replace("xmlns=", "xmlns:x=").replace("<?x:xml", "<?xml")
    archive = applied(zipped(members(sheet, (table_xml("A1:B3", HEADERS),))), to("甲", {2: "文", 3: Link("A1", "看")}))
    after = part(archive)
    assert '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>文</x:t></x:is></x:c></x:row>' in after
    assert '<x:f>HYPERLINK("#A1","看")</x:f><x:v>看</x:v></x:c>' in after
    assert '<x:dimension ref="A1:A3"/>' in after
    assert XlsxBook(Path("台账.xlsx"), archive).grid("T").column("甲").tolist() == ["文", "看"]


def test_empty_sheet_data_is_opened():
    sheet = sheet_xml("").replace("<sheetData></sheetData>", "<sheetData />")
    archive = applied(zipped(members(sheet, (table_xml("A1:B3", HEADERS),))), to("甲", {2: 1.0}))
    assert '<sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData>' in part(archive)


def test_long_link_text_is_joined_from_short_literals():
    after = part(applied(package(""), to("甲", {2: Link("A1", "长" * 300)})))
    assert f'HYPERLINK("#A1","{"长" * 255}"&amp;"{"长" * 45}")' in after


def test_new_cell_stands_behind_the_last_one_of_its_row():
    row = '<row r="2">\n<c r="A2" s="5"><v>1</v></c>\n</row>'
    after = applied(package(row), to("乙", {2: 2.0}))
    assert data_of(after) == '<row r="2">\n<c r="A2" s="5"><v>1</v></c><c r="B2"><v>2</v></c>\n</row>'


def test_sort_state_that_ends_elsewhere_stays():
    state = '<sortState ref="A2:A2"><sortCondition ref="A2:A3"/></sortState>'
    archive = zipped(members(sheet_xml(HEAD_ROW + FULL), (table_xml("A1:B3", HEADERS, more=state),)))
    table = part(applied(archive, added(3)), "xl/tables/table1.xml")
    assert '<sortState ref="A2:A2"><sortCondition ref="A2:A4"/></sortState>' in table


def test_verification_finds_a_member_that_changed():
    old = Package(package(""), "台账.xlsx")
    new = Package(package("", styles=None), "台账.xlsx")
    with pytest.raises(Mismatch, match="部件"):
        compare_members(old, new, set())
    with pytest.raises(Mismatch, match="styles"):
        compare_members(old, Package(package("", styles="<styleSheet/>"), "台账.xlsx"), set())


def test_verification_finds_a_cell_that_holds_something_else():
    write = Write(1, np.array([1, 2]), Encoder().encode(column("甲", 2.0)), 1, 2)
    compare_cells(AllValues([["甲"], [2.0]]), [write])
    for rows in ([["甲"], [3.0]], [["甲"]], []):
        with pytest.raises(Mismatch, match=r"A[12]"):
            compare_cells(AllValues(rows), [write])


def test_plain_rows_need_no_general_scanner_whatever_the_order_of_their_attributes():
    rows = '<row customHeight="1" ht="27" r="2" spans="1:2" x14ac:dyDescent="0.2"><c r="A2" t="n"/></row><row ro="1" r="3"/>'
    xml = sheet_xml(rows).replace("<worksheet ", '<worksheet xmlns:x14ac="urn:x" ').encode()
    fast = scan_fast.scan(xml, plain_data(xml))
    assert fast is not None
    assert fast.row.tolist() == scan_general.scan(xml).row.tolist() == [2, 3]


NAMED = '<definedNames><definedName name="甲格">台账!$A$2</definedName></definedNames>'


class TestHeights:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('<row r="2"><c r="A2"/></row>', '<row r="2" ht="43.5" customHeight="1"><c r="A2"/></row>'),
            ('<row r="2"/>', '<row r="2" ht="43.5" customHeight="1"/>'),
            (
                '<row r="2" spans="1:2" ht="27" x14ac:dyDescent="0.2" customHeight="1" hidden="1"><c r="A2"/></row>',
                '<row r="2" spans="1:2" ht="43.5" x14ac:dyDescent="0.2" customHeight="1" hidden="1"><c r="A2"/></row>',
            ),
            ("<row r='2' ht='43.5'><c r='A2'/></row>", "<row r='2' ht=\"43.5\" customHeight=\"1\"><c r='A2'/></row>"),
            (
                '<row r="3"><c r="A3"/></row>',
                '<row r="2" ht="43.5" customHeight="1"></row><row r="3"><c r="A3"/></row>',
            ),
            ("", '<row r="2" ht="43.5" customHeight="1"></row>'),
        ],
    )
    def test_only_the_tag_of_the_row_changes(self, before, after):
        archive = package(before.replace("x14ac:", ""), workbook=NAMED)
        new = applied(archive, ChangeSet(heights=(HeightChange("甲格", 43.5),)))
        assert data_of(new) == after.replace("x14ac:", "")
        assert part(new).replace(data_of(new), "") == part(archive).replace(data_of(archive) or "\0", "")

    def test_a_row_that_has_the_height_leaves_the_archive_as_it_is(self):
        archive = package('<row r="2" ht="43.50" customHeight="true"><c r="A2"/></row>', workbook=NAMED)
        assert applied(archive, ChangeSet(heights=(HeightChange("甲格", 43.5),))) == archive

    def test_a_new_cell_and_a_new_height_meet_in_one_row(self):
        archive = package('<row r="2" spans="1:1"><c r="A2"/></row>', workbook=NAMED)
        changes = ChangeSet(columns=to("乙", {2: 7.0}).columns, heights=(HeightChange("甲格", 30),))
        assert data_of(applied(archive, changes)) == (
            '<row r="2" spans="1:2" ht="30" customHeight="1"><c r="A2"/><c r="B2"><v>7</v></c></row>'
        )

    def test_two_heights_for_one_row_are_refused(self):
        archive = package('<row r="2"><c r="A2"/></row>', workbook=NAMED)
        with pytest.raises(UsageError, match="第 2 行"):
            applied(archive, ChangeSet(heights=(HeightChange("甲格", 30), HeightChange("甲格", 31))))

    def test_a_height_that_did_not_arrive_is_noticed(self):
        xml = part(package('<row r="2" ht="30" customHeight="1"><c r="A2"/></row>')).encode()
        with pytest.raises(Mismatch, match="第 2 行"):
            compare_heights(xml, index_of(xml), {2: 31.0})

    def test_a_file_whose_heights_did_not_arrive_is_not_saved(self, monkeypatch):
        archive = package('<row r="2"><c r="A2"/></row>', workbook=NAMED)
        wrong = lambda xml, wanted: with_heights(xml, {row: points + 1 for row, points in wanted.items()})  # noqa: E731
        monkeypatch.setattr("coordination_xl.books.xlsx.sheet_work.with_heights", wrong)
        with pytest.raises(SaveFailed, match="行高应为 30，读回 31"):
            applied(archive, ChangeSet(heights=(HeightChange("甲格", 30),)))

    def test_a_height_alone_asks_for_no_calculation(self):
        archive = package('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>', workbook=NAMED)
        new = applied(archive, ChangeSet(heights=(HeightChange("甲格", 30),)))
        assert [name for name in names(archive) if part(new, name) != part(archive, name)] == [SHEET]
