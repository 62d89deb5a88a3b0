"""Which rows of a sheet can be seen: neither filtered out nor hidden by hand.

xlwings can name the visible areas of a range, on every host. Where many rows are filtered that is one call into Excel for each
run of rows, so that Excel for Windows and for Mac are asked in one call each, in their own way.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from coordination_xl.ledger.findings import column_letters

if TYPE_CHECKING:
    import xlwings as xw

FEW = 50
"""Up to so many rows the visible areas are asked for: they can be no more than that."""


def visible_rows(sheet: xw.Sheet, rows: range, column: int) -> frozenset[int]:
    """Those of the rows that can be seen.

    Args:
        sheet: their sheet.
        rows: sheet rows, one after the other.
        column: a sheet column of the table, in which each row that matters holds something.
    """
    if not rows:
        return frozenset()
    ask = _IN_ONE_CALL.get(sys.platform) if len(rows) > FEW else None
    told = ask(sheet, rows, column) if ask else None
    if told is not None and len(told) == len(rows):
        return frozenset(row for row, is_visible in zip(rows, told, strict=True) if is_visible)
    cells: Any = sheet.range((rows[0], column), (rows[-1], column))
    areas = cells.get_special_cells("visible")
    return frozenset(row for area in areas for row in range(area.row, area.row + area.shape[0])) & frozenset(rows)


def visibility_formula(rows: range, column: int) -> str:
    """A formula whose value is 1 for each row that can be seen and holds something in the column, 0 for the others."""
    letters = column_letters(column)
    first = f"{letters}{rows[0]}"
    return f"SUBTOTAL(103,OFFSET({first},ROW({first}:{letters}{rows[-1]})-ROW({first}),0))"


def _told_by_windows(sheet: xw.Sheet, rows: range, column: int) -> list[bool] | None:
    """One call: the formula, evaluated; nothing where Excel gives no block."""
    block = sheet.api.Evaluate(visibility_formula(rows, column))
    return [bool(row[0]) for row in block] if isinstance(block, tuple) else None


def _told_by_macos(sheet: xw.Sheet, rows: range, column: int) -> list[bool] | None:
    """One Apple event: the hidden flag of each row; nothing where Excel gives one flag for all."""
    hidden = sheet.range((rows[0], column), (rows[-1], column)).api.entire_row.rows.hidden.get()
    return [not each for each in hidden] if isinstance(hidden, list) else None


_IN_ONE_CALL = {"win32": _told_by_windows, "darwin": _told_by_macos}
