"""The worksheet functions fed with real cells, read and written by xlwings as it does for Excel."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coordination_xl.addin.functions import worksheet

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
STARTS = [[datetime(2025, 1, 6, 10) + 3 * k * DAY] for k in range(200)]


def cells(area):
    """As the decorators ask xlwings to read an argument."""
    return area.options(ndim=2, err_to_str=True).value


@pytest.fixture
def book(office):
    return office.open(str(ROOT / "workbooks" / "coordination.xlsx"))


@pytest.fixture
def holidays(book):
    return book.sheets["节假日"].tables["Calendar"].range


@pytest.fixture
def settings(book):
    return book.sheets["参数"].tables["Settings"].range


def test_the_workbooks_own_sheets_are_understood(holidays, settings):
    given = worksheet.due(STARTS, 5, "工作小时", cells(holidays), cells(settings))
    assert given == worksheet.due(STARTS, 5, "工作小时")


def test_what_a_company_writes_there_counts(book, holidays, settings):
    friday = datetime(2026, 3, 6, 17)
    book.sheets["节假日"]["A145:G145"].value = ["2026-03-09", "", "休", "公司成立日", "公司", "官方", None]
    assert worksheet.due(friday, 1, "工作日", cells(holidays)) == [[datetime(2026, 3, 10, 18)]]
    hours = next(row for row in settings.rows if row[0].value == "工作时间")
    hours[1].value = "08:00-12:00、13:00-17:00"
    given = worksheet.due(friday, 1, "工作小时", cells(holidays), cells(settings))
    assert given == [[datetime(2026, 3, 10, 9)]]


def test_the_three_columns_from_date_to_kind_are_enough(holidays):
    assert worksheet.due(STARTS, 3, "工作日", cells(holidays.columns[0].resize(None, 3))) == worksheet.due(
        STARTS, 3, "工作日"
    )


def test_cells_with_and_without_date_format_text_errors_and_blanks_are_told_apart(book):
    sheet = book.sheets.add("试算")
    sheet["A2"].value = datetime(2026, 3, 6, 9, 20)
    sheet["A3"].value = "2026年3月6日"
    sheet["A4"].value = "明天"
    sheet["A5"].formula = "=1/0"
    sheet["A7"].number_format = "0.00"
    sheet["A7"].value = 46087.5
    answer = [row[0] for row in worksheet.due(cells(sheet["A2:A7"]), 1, "小时")]
    assert answer == [
        datetime(2026, 3, 6, 10, 20),
        datetime(2026, 3, 6, 1),
        "“明天”不是日期，应写明年月日，例：2026-03-05",
        "引用的单元格是错误值 #DIV/0!",
        "",
        datetime(2026, 3, 6, 13),
    ]


def test_answers_written_to_cells_are_what_was_answered(book):
    sheet = book.sheets.add("试算")
    answer = worksheet.due([[datetime(2026, 3, 6, 17, 10)], ["?"], [None]], 90, "分钟")
    sheet["B2"].value = answer
    assert [row[0] for row in cells(sheet["B2:B4"])] == [datetime(2026, 3, 6, 18, 40), answer[1][0], None]
