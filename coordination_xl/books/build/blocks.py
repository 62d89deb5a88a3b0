"""Merged areas with one look: the bricks of forms, start page and dashboard. Ledgers have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from coordination_xl.books.addresses import Area
from coordination_xl.books.build.styles import align, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NO_LINE = Side()
_BODY, _NO_FILL, _LEFT = font(), PatternFill(), align()


def across(row: int, left: int, right: int) -> Area:
    """Part of one row."""
    return Area(row, left, row, right)


@dataclass(frozen=True, slots=True)
class Look:
    """How a block looks; ``edges`` are its left, right, top and bottom lines."""

    font: Font = _BODY
    fill: PatternFill = _NO_FILL
    alignment: Alignment = _LEFT
    edges: tuple[Side, Side, Side, Side] = (NO_LINE, NO_LINE, NO_LINE, NO_LINE)
    number_format: str = "General"


def block(sheet: Worksheet, area: Area, value: str | float | None, look: Look) -> Cell:
    """Merge an area, draw it, put the value into its top left cell and return that cell."""
    if (area.top, area.left) != (area.bottom, area.right):
        sheet.merge_cells(str(area))
    left, right, top, bottom = look.edges
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            cell = sheet.cell(row, column)
            cell.fill = look.fill
            cell.border = Border(
                left=left if column == area.left else NO_LINE,
                right=right if column == area.right else NO_LINE,
                top=top if row == area.top else NO_LINE,
                bottom=bottom if row == area.bottom else NO_LINE,
            )
    head: Cell = sheet.cell(area.top, area.left)  # type: ignore[assignment]
    head.value, head.font, head.alignment, head.number_format = value, look.font, look.alignment, look.number_format
    return head


def boxed(side: Side) -> tuple[Side, Side, Side, Side]:
    """The same line on all four edges."""
    return (side, side, side, side)


def frame(sheet: Worksheet, area: Area, side: Side) -> None:
    """Draw the outline of an area over the lines that are there."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            if row in {area.top, area.bottom} or column in {area.left, area.right}:
                cell = sheet.cell(row, column)
                cell.border = Border(
                    left=side if column == area.left else cell.border.left,
                    right=side if column == area.right else cell.border.right,
                    top=side if row == area.top else cell.border.top,
                    bottom=side if row == area.bottom else cell.border.bottom,
                )


def lay_out(sheet: Worksheet, widths: Sequence[float], heights: dict[int, float]) -> None:
    """Column widths from A on, row heights by row; no grid lines."""
    for position, units in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = units
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    sheet.sheet_view.showGridLines = False
