"""One sheet with one Excel table, from its schema."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, cast

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from coordination_xl.books.build import case_search, cells, conditions, links, measures, palette, printing, validation
from coordination_xl.books.build.measures import FIRST_ROW, HEADER_ROW, LEGEND_ROW, TITLE_ROW
from coordination_xl.schema import Family, Kind, Table
from coordination_xl.schema.tables import CASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from coordination_xl.books.build.styles import Stylist

TABLE_STYLE = "TableStyleLight1"
TAB_COLORS = {Family.LEDGER: palette.LINK}
_ROOM_TO_GROW = 1000


def build_ledger(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, object]], styles: Stylist) -> None:
    """Fill a sheet: title, way back, legend, the table with its looks, checks and print set-up.

    Args:
        sheet: an empty sheet.
        table: what goes there.
        rows: identifier → value, at least one row; a column that a row does not name stays blank.
        styles: the workbook's styles.
    """
    last = FIRST_ROW + len(rows) - 1
    reach = max(measures.LAST_ROW, last + _ROOM_TO_GROW)
    _columns(sheet, table, styles)
    _head(sheet, table, styles)
    _rows(sheet, table, rows, styles)
    _excel_table(sheet, table, last)
    for position, column in enumerate(table.columns, start=1):
        letter = get_column_letter(position)
        validation.add(sheet, column, f"{letter}{FIRST_ROW}:{letter}{reach}")
    conditions.add_to_ledger(sheet, table, reach)
    if table is CASES:
        case_search.add(sheet, reach)
    sheet.freeze_panes = f"{get_column_letter(frozen_columns(table) + 1)}{FIRST_ROW}"
    sheet.sheet_properties.tabColor = TAB_COLORS.get(table.family, palette.STRONG)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = measures.body_height(table)
    sheet.sheet_format.customHeight = True
    printing.set_up_ledger(sheet, table, get_column_letter(frozen_columns(table)))


def frozen_columns(table: Table) -> int:
    """How many columns stay on screen: through the name where it is among the first three, else the first."""
    return next((n for n, column in enumerate(table.columns[:3], start=1) if column.kind is Kind.NAME), 1)


def legend(table: Table) -> str:
    """The line above the table: what a row is, and what grey, gold and the lights mean."""
    parts = [table.note]
    if table.family is not Family.RESULT:
        if table.computed_columns:
            parts.append("灰底=程序计算")
        parts.append("金线=必填")
    if "light" in table.by_identifier:
        shown = "  ".join(f"{light.symbol}{word} {light.meaning}" for word, light in palette.LIGHTS.items())
        parts.append(f"预警灯：{shown}")
    return " | ".join(parts)


def _columns(sheet: Worksheet, table: Table, styles: Stylist) -> None:
    """Widths and default looks; the header row; blanks above it, where the default look must not show."""
    for position, column in enumerate(table.columns, start=1):
        head = sheet.cell(HEADER_ROW, position, column.header)
        head.style = styles.header(column)
        for row in (TITLE_ROW, LEGEND_ROW, measures.SPACER_ROW):
            sheet.cell(row, position).style = styles.blank()
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = measures.width(table, column)
        pattern = sheet.cell(FIRST_ROW, position)
        pattern.style = styles.body(table, column)
        dimension._style = copy(pattern._style)  # type: ignore[attr-defined,union-attr]  # noqa: SLF001 a column has no other door to a named style


def _head(sheet: Worksheet, table: Table, styles: Stylist) -> None:
    for row, height in measures.ROW_HEIGHTS.items():
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[HEADER_ROW].height = measures.OWN_HEADERS.get(table.name, measures.ROW_HEIGHTS[HEADER_ROW])
    title = sheet.cell(TITLE_ROW, 1, table.sheet)
    title.style = styles.title()
    back = sheet.cell(LEGEND_ROW, 1, links.BACK)
    links.link(back, links.START_SHEET)
    back.style = styles.back_link()
    note = sheet.cell(LEGEND_ROW, frozen_columns(table) + 1, legend(table))
    note.style = styles.legend()


def _rows(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, object]], styles: Stylist) -> None:
    looks = [styles.body(table, column) for column in table.columns]
    for number, values in enumerate(rows, start=FIRST_ROW):
        unknown = values.keys() - table.by_identifier.keys()
        if unknown:
            raise KeyError(*sorted(unknown))
        sheet.row_dimensions[number].height = measures.row_height(table, values)
        for position, (column, look) in enumerate(zip(table.columns, looks, strict=True), start=1):
            cell = cast("Cell", sheet.cell(number, position))
            cell.style = look
            cells.put(cell, values.get(column.identifier))


def _excel_table(sheet: Worksheet, table: Table, last_row: int) -> None:
    area = f"A{HEADER_ROW}:{get_column_letter(len(table.columns))}{last_row}"
    excel = ExcelTable(displayName=table.name, name=table.name, ref=area)
    excel.tableStyleInfo = TableStyleInfo(name=TABLE_STYLE, showRowStripes=False, showColumnStripes=False)
    sheet.add_table(excel)
