"""The selected rows, as ids: what the user means by pointing. Source: SPEC section 5, the buttons that work on a selection."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.addin.areas import Area, read_areas
from coordination_xl.addin.visible import visible_rows
from coordination_xl.errors import UsageError
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.schema.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import xlwings as xw

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.grid import Grid

LONGEST_ADDRESS = 230
"""Characters; Excel cuts the address of a selection of very many areas at 255, and nobody sees it."""

_FORMED = ("Coordination", "Problems", "Meetings", "Emergencies")
_NAMING = {"Progress": "source", "Extensions": "source", "Cases": "source", "Findings": "record", "Audit": "record"}
TIMED: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys((*_FORMED, "Tasks", "Dispatch"), "id"), **_NAMING},
)
"""Table → the column whose id a row stands for, where its own times are meant: a notice's own answer clock, a task's own."""
NOTIFIED: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys((*_FORMED, "Tasks"), "id"), **_NAMING, "Dispatch": "source"}
)
"""The same, where people are to be told: a notice stands for its matter."""
AGREED: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(_FORMED, "id"), **_NAMING, "Tasks": "source", "Dispatch": "source"}
)
"""The same, where the matter behind it is meant: a task stands for the agreement that it comes from."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.

    Attributes:
        sheet: name of the active sheet.
        rows: sheet rows of a ledger that are selected and can be seen; none where no ledger's row is selected.
        ids: the ids that they stand for, each once, in the order of the sheet.
    """

    sheet: str
    rows: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()

    def ids_or_all(self) -> tuple[str, ...]:
        """The ids; none, which means everything that is due, where no row of a ledger is selected.

        Raises:
            UsageError: rows are selected, and none of them has an id: they must not pass for everything.
        """
        if self.rows and not self.ids:
            where = f"工作表“{self.sheet}”第 {self.rows[0]} 行"
            raise UsageError(
                where, "选中的行没有编号", "先填写编号，或点【校验】看缺什么；要处理全部，请选中表格以外的格子"
            )
        return self.ids

    def one_id(self, what: str) -> str:
        """The one id.

        Raises:
            UsageError: no row with an id is selected, or several are.
        """
        if len(self.ids) == 1:
            return self.ids[0]
        if len(self.ids) > 1:
            raise UsageError(f"工作表“{self.sheet}”", f"选中了 {len(self.ids)} 行", f"只选中要{what}的那一行，再点一次")
        lacks = "选中的行没有编号" if self.rows else "没有选中台账的行"
        raise UsageError(f"工作表“{self.sheet}”", lacks, f"在台账中选中要{what}的那一行的任意一格，再点一次")


def selection_of(workbook: xw.Book, book: Book, columns: Mapping[str, str]) -> Selection:
    """What is selected on the active sheet.

    Rows that a filter or the user has hidden are left out, and so are headers and cells outside of tables.

    Args:
        workbook: the open workbook.
        book: the same, as its ledgers are read.
        columns: table → the column that names the id a row stands for.

    Raises:
        UsageError: so many areas are selected that Excel does not name them all.
        MissingColumn: a column that must exist is not there.
    """
    sheet = workbook.sheets.active
    areas = selected_areas(workbook.app, sheet.name)
    rows: list[int] = []
    ids: list[str] = []
    for grid in _grids(sheet, book, columns) if areas else ():
        body = rows_of(grid, areas)
        if body:
            seen = visible_rows(sheet, range(body[0], body[-1] + 1), _anchor(grid, body))
            kept = [row for row in body if row in seen]
            rows += kept
            ids += ids_of(grid, kept, columns[grid.table])
    return Selection(sheet.name, tuple(rows), tuple(dict.fromkeys(ids)))


def selected_areas(app: xw.App, sheet: str) -> tuple[Area, ...]:
    """The selected areas; none where a picture or a chart is selected.

    Raises:
        UsageError: there are so many that Excel does not name them all.
    """
    chosen = app.selection
    if chosen is None:
        return ()
    address = str(chosen.address)
    if len(address) > LONGEST_ADDRESS:
        raise UsageError(f"工作表“{sheet}”", "选中的区域太多，Excel 说不全", "用筛选或连续选取代替逐个点选，再点一次")
    return read_areas(address)


def rows_of(grid: Grid, areas: Iterable[Area]) -> list[int]:
    """The sheet rows of a table's body that share a cell with any of the areas, ascending."""
    last_row, last_column = grid.first_row + grid.height - 1, grid.first_column + len(grid.header) - 1
    body = Area(grid.first_row, grid.first_column, last_row, last_column)
    return sorted({row for area in areas for row in area.rows_within(body)})


def ids_of(grid: Grid, rows: Sequence[int], identifier: str) -> list[str]:
    """The ids that rows of a table stand for; rows without one are left out."""
    ledger = read_ledger(BY_NAME[grid.table], grid)
    places = np.flatnonzero(np.isin(ledger.rows, np.asarray(rows, dtype=np.int64)))
    named = (str(name).strip() for name in ledger[identifier].iloc[places])
    return [name for name in named if name]


def _grids(sheet: xw.Sheet, book: Book, columns: Mapping[str, str]) -> Iterable[Grid]:
    """The tables on the sheet whose rows stand for something."""
    on_sheet = {str(table.name) for table in sheet.tables}
    return [book.grid(name) for name in book.tables() if name in on_sheet and name in columns]


def _anchor(grid: Grid, rows: Sequence[int]) -> int:
    """Sheet column of the table in which most of the rows hold something, so that a blank does not pass for hidden."""
    first, last = rows[0] - grid.first_row, rows[-1] - grid.first_row + 1
    filled = [sum(value is not None for value in column[first:last]) for column in grid.columns]
    return grid.first_column + filled.index(max(filled))
