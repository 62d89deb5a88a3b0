"""Which rows of a sheet can be seen: neither filtered out nor hidden by hand.

Excel for Windows and for Mac are asked in one call each, in their own way, however many rows there are. Where that gives no
answer each row's own flag is read, for a few hundred rows. On Windows xlwings' portable way is tried before; on a Mac it is not,
because it reads an address that may be cut. A way that fails never passes for an answer.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from coordination_xl.books.excel.refusals import is_busy, is_of_host
from coordination_xl.errors import UsageError
from coordination_xl.ledger.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings as xw

MOST_ASKED = 300
"""Rows that are asked one by one, at a few calls into Excel each: some seconds."""


def visible_rows(sheet: xw.Sheet, rows: Sequence[int], columns: range) -> frozenset[int]:
    """Those of the rows that can be seen.

    Args:
        sheet: their sheet.
        rows: sheet rows, ascending, in each of which something is written.
        columns: the sheet columns of their table.

    Raises:
        UsageError: Excel does not tell of so many rows.
    """
    if not rows:
        return frozenset()
    for ask in _WAYS.get(sys.platform, (_told_by_areas,)):
        told = _answer(ask, sheet, range(rows[0], rows[-1] + 1), columns)
        if told is not None:
            return told & frozenset(rows)
    few = rows if len(rows) <= MOST_ASKED else ()
    flags = {row: sheet.range((row, columns[0])).rows.hidden for row in few}
    if not flags or None in flags.values():
        raise UsageError(
            f"工作表“{sheet.name}”",
            f"选中了 {len(rows)} 行，Excel 没有说明哪些被隐藏",
            f"撤销工作表保护，或分次选中不多于 {MOST_ASKED} 行，再点一次",
        )
    return frozenset(row for row, is_hidden in flags.items() if not is_hidden)


def visibility_formula(rows: range, columns: range) -> str:
    """A formula whose value is above 0 for each row that can be seen and holds something in the columns, 0 for the others."""
    letters = column_letters(columns[0])
    first = f"{letters}{rows[0]}"
    return f"SUBTOTAL(103,OFFSET({first},ROW({first}:{letters}{rows[-1]})-ROW({first}),0,1,{len(columns)}))"


def _answer(ask: Any, sheet: xw.Sheet, rows: range, columns: range) -> frozenset[int] | None:  # noqa: ANN401 - one of ours
    """What one way tells; nothing where the host refuses it."""
    try:
        told: frozenset[int] | None = ask(sheet, rows, columns)
    except Exception as fault:
        if not is_of_host(fault) or is_busy(fault):
            raise
        return None
    return told


def _told_by_windows(sheet: xw.Sheet, rows: range, columns: range) -> frozenset[int] | None:
    """One call: the formula, evaluated; nothing where Excel gives no block of counts: its errors are negative numbers."""
    block = sheet.api.Evaluate(visibility_formula(rows, columns))
    if len(rows) == 1 and not isinstance(block, tuple):
        block = (block,)
    if not isinstance(block, tuple) or len(block) != len(rows):
        return None
    counts = [each[0] if isinstance(each, tuple) and each else each for each in block]
    if not all(isinstance(count, float | int) and count >= 0 for count in counts):
        return None
    return frozenset(row for row, count in zip(rows, counts, strict=True) if count)


def _told_by_macos(sheet: xw.Sheet, rows: range, columns: range) -> frozenset[int] | None:
    """One Apple event: the hidden flag of each row; nothing where Excel gives one flag for all."""
    hidden = sheet.range((rows[0], columns[0]), (rows[-1], columns[0])).api.entire_row.rows.hidden.get()
    flags = [hidden] if len(rows) == 1 and not isinstance(hidden, list) else hidden
    if not isinstance(flags, list) or len(flags) != len(rows) or not all(isinstance(flag, bool) for flag in flags):
        return None
    return frozenset(row for row, is_hidden in zip(rows, flags, strict=True) if not is_hidden)


def _told_by_areas(sheet: xw.Sheet, rows: range, columns: range) -> frozenset[int]:
    """The visible areas of the rows, as xlwings names them; that there are none it knows by Excel's English words alone.

    Over all columns of the table, because single ones may be hidden.
    """
    cells: Any = sheet.range((rows[0], columns[0]), (rows[-1], columns[-1]))
    areas = cells.get_special_cells("visible")
    return frozenset(row for area in areas for row in range(area.row, area.row + area.shape[0]))


_WAYS = {"win32": (_told_by_windows, _told_by_areas), "darwin": (_told_by_macos,)}
