"""The search strip above 案例库: its cells, and what LibreOffice makes of its formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from coordination_xl.books.build import build_workbook
from coordination_xl.books.build.case_search import matches
from coordination_xl.schema import BY_NAME
from coordination_xl.schema.case_search import DEPARTMENT, NAMES, WORDS
from tests.render import convert, missing_tools

SHEET = "案例库"
CASES = [
    {"id": "AL-1", "title": "退货积压处理", "source": "XT-1", "department": "运营部", "keywords": "库容；分级",
     "measures": "报废标准写成书面依据 API"},
    {"id": "AL-2", "title": "直播差评", "source": "JJ-2", "department": "客户服务部", "keywords": "退货；舆情"},
    {"id": "AL-3", "title": "门禁误放行", "source": "WT-3", "department": "综合管理部", "lessons": "系统未联动"},
]  # fmt: skip


@pytest.fixture(scope="module")
def sheets():
    return openpyxl.load_workbook(io.BytesIO(build_workbook({"Cases": CASES})))


def place(sheets, name: str) -> str:
    ((sheet, cell),) = sheets.defined_names[name].destinations
    assert sheet == SHEET
    return cell.replace("$", "")


def rules(sheets) -> dict[str, list[object]]:
    return {str(cells.sqref): found for cells, found in sheets[SHEET].conditional_formatting._cf_rules.items()}


def test_two_named_cells_stand_above_the_table_each_with_a_label_and_a_prompt(sheets):
    sheet = sheets[SHEET]
    for name, label in zip(NAMES, ("按词找：", "按部门找："), strict=True):
        cell = sheet[place(sheets, name)]
        assert cell.row == 1
        assert cell.value is None
        assert sheet.cell(1, cell.column - 1).value == label
        (rule,) = [r for r in sheet.data_validations.dataValidation if str(r.sqref) == cell.coordinate]
        assert rule.showInputMessage
        assert not rule.showErrorMessage
        assert rule.prompt
    assert not sheet.merged_cells.ranges


def test_departments_are_picked_from_the_contacts(sheets):
    cell = place(sheets, DEPARTMENT)
    (rule,) = [r for r in sheets[SHEET].data_validations.dataValidation if str(r.sqref) == cell]
    assert (rule.type, rule.formula1) == ("list", "'通讯录'!$A$5:$A$5000")
    assert sheets["通讯录"]["A4"].value == "部门"


def test_the_marks_reach_beyond_the_last_row_and_the_cells_hold_no_formula(sheets):
    found = rules(sheets)
    assert {"B5:B5000", "A5:L5000"} <= found.keys()
    (name,), (row,) = found["B5:B5000"], found["A5:L5000"]
    assert (name.dxf.font.b, name.dxf.fill.bgColor.rgb) == (True, "00DCE7F3")
    assert row.dxf.fill is None
    assert not [cell for line in sheets[SHEET].iter_rows() for cell in line if cell.data_type == "f"]


def test_no_other_ledger_has_a_search(sheets):
    assert {name for name in sheets.defined_names if name.startswith("Cases")} == set(NAMES)
    assert sheets["发文记录"]["C1"].value is None


@pytest.mark.libreoffice
@pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {missing_tools()}")
def test_the_formula_finds_in_libreoffice_what_was_asked_for(tmp_path):
    asked = {
        ("退货", ""): [1, 2],
        ("退货 书面", ""): [1],
        ("书面　退货　api", ""): [1],
        ("  退货   舆情  ", ""): [2],
        ("退货 联动", ""): [],
        ("积压 库容 分级 标准", ""): [1],
        ("积压 库容 分级 门禁", ""): [],
        ("WT-3", ""): [3],
        ("", "服务"): [2],
        ("退货", "运营部"): [1],
        ("", ""): [1, 2, 3],
    }
    book = openpyxl.Workbook()
    sheet = book.active
    headers = {column.identifier: place for place, column in enumerate(BY_NAME["Cases"].columns, start=1)}
    for row, case in enumerate(CASES, start=5):
        for identifier, text in case.items():
            sheet.cell(row, headers[identifier], text)
    for number, (words, department) in enumerate(asked):
        above, result = 30 + 3 * number, 32 + 3 * number
        sheet.cell(1, above, words or None)
        sheet.cell(1, above + 1, department or None)
        here = matches().replace(WORDS, f"${get_column_letter(above)}$1")
        here = here.replace(DEPARTMENT, f"${get_column_letter(above + 1)}$1")
        for row in range(5, 5 + len(CASES)):
            target = f"{get_column_letter(result)}{row}"
            first = f"{get_column_letter(result)}5"
            sheet[target] = Translator(f"={here}", origin=first).translate_formula(target)
    book.save(tmp_path / "asked.xlsx")
    text = convert(tmp_path / "asked.xlsx", tmp_path / "out", "csv").read_text(encoding="utf-8")
    lines = list(csv.reader(text.splitlines()))[4 : 4 + len(CASES)]
    found = {
        question: [place for place, line in enumerate(lines, start=1) if line[31 + 3 * number] == "TRUE"]
        for number, question in enumerate(asked)
    }
    assert found == asked
    assert {cell for line in lines for cell in line[31::3]} == {"TRUE", "FALSE"}
