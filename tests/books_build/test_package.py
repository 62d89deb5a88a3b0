from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import python_calamine

from coordination_xl.books.build import build_workbook
from coordination_xl.schema import TABLES, dashboard

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "ignoredErrors", "drawing",
    "tableParts",
)  # fmt: skip
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheets(package: bytes):
    return {
        name: ET.fromstring(part) for name, part in parts(package).items() if name.startswith("xl/worksheets/sheet")
    }


def test_two_builds_are_byte_identical(blank, living, office_life):
    assert build_workbook() == blank
    assert build_workbook(office_life) == living


def test_no_clock_and_no_user_is_in_the_package(blank):
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}
    assert core.count("coordination-xl") == 2


def test_content_types_come_first_and_the_rest_in_order(blank):
    names = list(parts(blank))
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert len(set(names)) == len(names)


def test_every_part_is_well_formed(blank):
    for name, part in parts(blank).items():
        assert ET.fromstring(part) is not None, name


def test_calamine_reads_every_table(living):
    book = python_calamine.load_workbook(io.BytesIO(living))
    for table in TABLES:
        rows = book.get_sheet_by_name(table.sheet).to_python(skip_empty_area=False)
        assert rows[3][: len(table.columns)] == [column.header for column in table.columns]


def test_the_elements_of_a_sheet_stand_in_the_order_excel_asks_for(blank):
    for name, root in sheets(blank).items():
        places = [SHEET_ORDER.index(child.tag.removeprefix(MAIN)) for child in root]
        assert places == sorted(places), name


def test_rows_and_cells_ascend(blank):
    for name, root in sheets(blank).items():
        rows = [int(row.get("r")) for row in root.iter(f"{MAIN}row")]
        assert rows == sorted(set(rows)), name


def test_validations_stay_within_the_limits_of_excel(blank):
    for root in sheets(blank).values():
        for rule in root.iter(f"{MAIN}dataValidation"):
            assert len(rule.get("promptTitle", "")) <= 32
            assert len(rule.get("errorTitle", "")) <= 32
            assert len(rule.get("prompt", "")) <= 255
            assert len(rule.get("error", "")) <= 225
            formula = rule.find(f"{MAIN}formula1")
            assert formula is None or len(formula.text) <= 255


def test_conditional_formulas_hold_no_array_constant(blank):
    for root in sheets(blank).values():
        for rule in root.iter(f"{MAIN}cfRule"):
            assert "{" not in rule.find(f"{MAIN}formula").text


def test_defined_names_are_valid_and_their_own(book):
    names = list(book.defined_names)
    assert all(NAME.fullmatch(name) for name in names)
    lowered = [name.lower() for name in names] + [table.name.lower() for table in TABLES]
    assert len(set(lowered)) == len(lowered)
    for name in dashboard.BLOCKS:
        assert name in names


def test_every_named_block_has_its_length(book):
    def height(name):
        ((_, address),) = book.defined_names[name].destinations
        cells = book[dashboard.SHEET][address.replace("$", "")]
        return len(cells) if isinstance(cells, tuple) else 1

    assert height(dashboard.AS_OF) == 1
    assert {height(name) for name in dashboard.RED_LIST} == {dashboard.RED_LIST_ROWS}
    assert {height(name) for name in dashboard.TREND} == {dashboard.TREND_WEEKS}
    assert height(dashboard.DEPARTMENTS) == dashboard.DEPARTMENT_ROWS


def test_charts_say_what_they_show_and_have_no_title(blank):
    drawing = parts(blank)["xl/drawings/drawing1.xml"].decode()
    assert len(re.findall(r'descr="[^"]{8,}"', drawing)) == 3
    charts = [part.decode() for name, part in parts(blank).items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    for chart in charts:
        assert '<autoTitleDeleted val="1"/>' in chart
        assert '<roundedCorners val="0"/>' in chart
        assert "<a:r>" not in chart
    assert 'prst="ltUpDiag"' in charts[0]


def test_the_workbook_font_is_the_normal_font(book):
    assert (book._named_styles["Normal"].font.name, book._named_styles["Normal"].font.sz) == ("微软雅黑", 10)
    assert book._fonts[0].name == "微软雅黑"
