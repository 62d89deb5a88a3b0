"""The demo workbook under the buttons: what it holds, and what was said about it."""

from __future__ import annotations

from datetime import datetime

import openpyxl

from coordination_xl.books import open_book
from coordination_xl.books.excel import ExcelBook
from coordination_xl.schema.tables import TABLES

NOW = datetime(2026, 11, 20, 10, 0)


DONE = (False,)


"""What the status bar holds when Excel has it back."""


def settings(workbook):
    """The cells of 参数 by their key."""
    sheet = workbook.sheets["参数"]
    body = sheet.tables["Settings"].data_body_range
    return {row[0]: body[place, 1] for place, row in enumerate(body.value)}


def cells(book):
    """Every table, header by header."""
    return {
        table.name: {h: list(c) for h, c in zip(grid.header, grid.columns, strict=True)}
        for table in TABLES
        for grid in [book.grid(table.name)]
    }


def unlike(workbook, closed, result):
    """The tables of the open workbook that differ from what the closed file holds once it is given the result."""
    result.write(closed)
    now, wanted = cells(ExcelBook.of(workbook)), cells(open_book(closed.name))
    return [name for name in wanted if now[name] != wanted[name]]


def lying(folder):
    """Every file below a folder but the workbooks, with its content."""
    files = (each for each in folder.rglob("*") if each.is_file() and not each.name.startswith((".~", "coordination")))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def rows(workbook, sheet, record):
    """The sheet rows of an id, in the first column of a ledger."""
    ids = workbook.sheets[sheet].range("A5:A400").value
    return [5 + place for place, value in enumerate(ids) if value == record]


def said(office):
    return office.alerts[-1][0]


FILLED = {
    "title": "年会场地协调", "initiator": "综合管理部*专员", "receivers": "财务部*会计",
    "background": "年会定在1月", "goal": "11月底前定下场地", "consensus_by": datetime(2026, 11, 27), "urgency": "一般",
}  # fmt: skip


def without_column(path, table, header):
    """The workbook with a column under a name that no program knows: what an upgrade finds missing."""
    book = openpyxl.load_workbook(path)
    sheet = next(each for each in book.worksheets if table in each.tables)
    cell = next(cell for cell in sheet[4] if cell.value == header)
    column = next(each for each in sheet.tables[table].tableColumns if each.name == header)
    cell.value = column.name = "从前的验收"
    book.save(path)
    return path
