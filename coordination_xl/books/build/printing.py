"""How each sheet is printed."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from coordination_xl.books.build import measures
from coordination_xl.schema import Family, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

A3, A4 = 8, 9
COLUMNS_A_PAGE = 20
_NARROW, _MIDDLE = 130.0, 215.0
"""Widths, in character units, up to which a table reads well on A4 upright, on A4 across."""


def paper(
    sheet: Worksheet,
    size: int,
    *,
    landscape: bool,
    margins: tuple[float, float, float, float],
    wide: int = 1,
    high: int = 0,
) -> None:
    """Paper, margins (left, right, top, bottom, in inches) and the number of pages to fit on; 0 pages high is any."""
    sheet.page_setup.paperSize = size
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, high
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page = sheet.page_margins
    page.left, page.right, page.top, page.bottom = margins
    page.header = page.footer = 0.25


def footer(sheet: Worksheet, left: str, right: str) -> None:
    """Eight point text at the foot of each page."""
    foot = sheet.oddFooter
    if foot is None:
        return
    for part, text in ((foot.left, left), (foot.right, right)):
        if part is not None:
            part.text, part.size = text, 8


def set_up_ledger(sheet: Worksheet, table: Table, repeated: str) -> None:
    """A3 across for ledgers, and the paper that fits for the rest; the header and the first columns on every page."""
    units = sum(measures.width(table, column) for column in table.columns)
    is_ledger = table.family is Family.LEDGER
    large = is_ledger or units > _MIDDLE
    upright = not large and units <= _NARROW
    wide = ceil(len(table.columns) / COLUMNS_A_PAGE)
    paper(sheet, A3 if large else A4, landscape=not upright, margins=(0.4, 0.4, 0.5, 0.5), wide=wide)
    sheet.print_title_rows = f"{measures.HEADER_ROW}:{measures.HEADER_ROW}"
    sheet.print_title_cols = f"A:{repeated}"
    footer(sheet, f"{table.sheet} · 打印时间 &D &T", "第 &P 页 / 共 &N 页")
