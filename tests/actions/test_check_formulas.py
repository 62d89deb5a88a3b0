"""``check --fix`` mends what people typed, and never what they let Excel calculate."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest

from coordination_xl import check, open_book
from coordination_xl.books.build import build_workbook
from tests.builders import CONTACTS, NOW, task


@pytest.fixture
def path(tmp_path):
    """Two tasks whose deadlines are texts: one typed, one the outcome of a formula."""
    path = tmp_path / "公式.xlsx"
    path.write_bytes(build_workbook({"Contacts": CONTACTS, "Tasks": [task(), task(id="RW-2026-0002")]}))
    book = openpyxl.load_workbook(path)
    sheet = book["任务跟踪表"]
    column = next(cell.column for cell in sheet[4] if cell.value == "完成时限")
    sheet.cell(5, column).value = "2026年3月20日"
    sheet.cell(6, column).value = '=TEXT(DATE(2026,3,20),"yyyy-mm-dd")'
    book.save(path)
    _calculate(path, "2026年3月20日")
    return path


def _calculate(path, outcome):
    """Give the formula the outcome that Excel would have saved with it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            text = re.sub(
                rb'(<c r="[A-Z]+6" s="\d+")[^>]*>(<f>TEXT.*?</f>)<v ?/?>(?:</v>)?',
                lambda found: found[1] + b' t="str">' + found[2] + f"<v>{outcome}</v>".encode(),
                data,
            )
            package.writestr(name, text)


def test_a_typed_text_is_mended_and_a_formula_is_left_alone(path):
    book = open_book(path)
    places = book.formulas("Tasks")
    assert {row for row, _ in places} == {6}
    assert book.grid("Tasks").column("完成时限").tolist() == ["2026年3月20日"] * 2
    (change,) = check(book, NOW, fix=True).changes.columns
    assert (change.header, change.rows.tolist()) == ("完成时限", [5])
    book.apply(check(book, NOW, fix=True).changes)
    assert open_book(path).formulas("Tasks") == places
