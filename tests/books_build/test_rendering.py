"""The workbook on paper, printed by LibreOffice."""

from __future__ import annotations

import subprocess

import openpyxl
import pytest

from coordination_xl.schema import FORMS, dashboard
from tests.render import convert, missing_tools, page_count, render

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {missing_tools()}"),
]
ONE_PAGE = {
    "使用说明": "跨部门沟通协调工作簿",
    dashboard.SHEET: "跨部门协调看板",
    **{form.sheet: form.title for form in FORMS},
}


@pytest.fixture(scope="module")
def pdf(living, tmp_path_factory):
    folder = tmp_path_factory.mktemp("print")
    (folder / "book.xlsx").write_bytes(living)
    return convert(folder / "book.xlsx", folder, "pdf")


def pages(pdf):
    return [
        subprocess.run(
            ["pdftotext", "-layout", "-f", str(n), "-l", str(n), str(pdf), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for n in range(1, page_count(pdf) + 1)
    ]


def test_start_page_dashboard_and_forms_take_one_page_each(pdf):
    texts = pages(pdf)
    for sheet, title in ONE_PAGE.items():
        heads = [text for text in texts if any(line.strip().startswith(title) for line in text.splitlines()[:4])]
        assert len(heads) == 1, sheet
    feet = [text for text in texts if "综合管理部制" in text]
    assert len(feet) == len(FORMS)


def test_no_page_is_blank_and_no_cell_is_too_narrow(pdf):
    for number, text in enumerate(pages(pdf), start=1):
        assert len(text.split()) > 5, number
        assert "###" not in text, number


def test_the_page_count_is_what_the_sheets_ask_for(pdf, living, tmp_path):
    book_path = tmp_path / "book.xlsx"
    book_path.write_bytes(living)
    book = openpyxl.load_workbook(book_path)
    wide = sum(sheet.page_setup.fitToWidth or 1 for sheet in book)
    extra = 2  # 节假日 runs over three pages
    assert page_count(pdf) <= wide + extra


def test_the_drawing_tool_draws_every_page(living, tmp_path):
    book_path = tmp_path / "book.xlsx"
    book_path.write_bytes(living)
    drawn = render(book_path, tmp_path / "png", dots=20)
    assert len(drawn) == page_count(tmp_path / "png" / "book.pdf")
    assert all(page.stat().st_size > 0 for page in drawn)
