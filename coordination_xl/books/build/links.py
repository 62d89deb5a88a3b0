"""Links inside the workbook: to a sheet and back to the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.hyperlink import Hyperlink

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

START_SHEET = "使用说明"
BACK = "← 返回首页"


def link(cell: Cell, sheet: str, *, area: str = "", target: str = "A1") -> None:
    """Make a cell, or the merged area that it heads, jump to a cell of another sheet."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{target}", display=str(cell.value))
    if area and cell.hyperlink is not None:
        cell.hyperlink.ref = area
