"""The selected rows, as ids: what the user means by pointing. Source: SPEC section 5, the buttons that work on a selection."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.addin.selecting.areas import Area, read_areas
from coordination_xl.addin.selecting.visible import visible_rows
from coordination_xl.errors import UsageError
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.schema.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import xlwings as xw

    from coordination_xl.addin.selecting.pointing import Pointing
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.grid import Grid

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
        unnamed: how many of the rows have no id.
        hidden: how many rows more are selected, but hidden by a filter or by hand.
    """

    sheet: str
    rows: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    unnamed: int = 0
    hidden: int = 0

    def ids_or_all(self) -> tuple[str, ...]:
        """The ids; none, which means everything that is due, where no row of a ledger is selected.

        Raises:
            UsageError: rows are selected, and none of them can be seen or has an id: they must not pass for everything.
        """
        if self.hidden and not self.ids:
            raise self._all_hidden()
        if self.rows and not self.ids:
            where = f"工作表“{self.sheet}”第 {self.rows[0]} 行"
            raise UsageError(
                where, "选中的行没有编号", "先填写编号，或点【校验】看缺什么；要处理全部，请选中表格以外的格子"
            )
        return self.ids

    def scope(self, everything: str) -> str:
        """What a verb is about to work on, in a line: how many rows, and which are left out.

        Args:
            everything: what is meant where no row is selected, such as ``全部应发而未发的``.
        """
        if not self.ids:
            return f"范围：没有选中台账的行，以下是{everything}。"
        named = len(self.rows) - self.unnamed
        matters = f"（{len(self.ids)} 个事项）" if len(self.ids) != named else ""
        left = [
            f"{what} {number} 行"
            for what, number in (("没有编号的", self.unnamed), ("筛选隐藏的", self.hidden))
            if number
        ]
        without = f"；{'、'.join(left)}不在内" if left else ""
        return f"范围：选中的 {named} 行{matters}{without}。"

    def one_id(self, what: str) -> str:
        """The one id.

        Raises:
            UsageError: no row with an id is selected, or several rows are.
        """
        if len(self.ids) == 1 and not self.unnamed:
            return self.ids[0]
        if self.ids:
            raise UsageError(
                f"工作表“{self.sheet}”", f"选中了 {len(self.rows)} 行", f"只选中要{what}的那一行，再点一次"
            )
        if self.hidden:
            raise self._all_hidden()
        lacks = "选中的行没有编号" if self.rows else "没有选中台账的行"
        raise UsageError(f"工作表“{self.sheet}”", lacks, f"在台账中选中要{what}的那一行的任意一格，再点一次")

    def _all_hidden(self) -> UsageError:
        return UsageError(
            f"工作表“{self.sheet}”",
            "选中的行都被筛选隐藏了" if not self.rows else "选中的行，有编号的都被筛选隐藏了",
            "选中看得见的行，再点一次；要处理全部，请选中表格以外的格子",
        )


def selection_of(workbook: xw.Book, book: Book, columns: Mapping[str, str], pointing: Pointing) -> Selection:
    """The rows of the workbook's ledgers that the user points at.

    Rows that a filter or the user has hidden are left out and counted; headers, cells outside of tables and rows in which
    nothing is written are no rows.

    Args:
        workbook: the open workbook.
        book: the same, as its ledgers are read.
        columns: table → the column that names the id a row stands for.
        pointing: what was in front when the button was clicked.

    Raises:
        UsageError: another workbook or a chart sheet is in front, or so many areas are selected that Excel does not name them
            all.
        MissingColumn: a column that must exist is not there.
    """
    areas = areas_of(pointing, workbook.name)
    if not areas:
        return Selection(pointing.sheet)
    rows: list[int] = []
    blank: list[int] = []
    ids: list[str] = []
    unnamed = hidden = 0
    sheet = workbook.sheets[pointing.sheet]
    for grid in _grids(sheet, book, columns):
        touched = rows_of(grid, areas)
        names = ids_of(grid, touched, columns[grid.table])
        written = sorted(names)
        seen = visible_rows(sheet, written, range(grid.first_column, grid.first_column + len(grid.header)))
        kept = [row for row in written if row in seen]
        rows += kept
        ids += [names[row] for row in kept if names[row]]
        unnamed += sum(not names[row] for row in kept)
        hidden += len(written) - len(kept)
        blank += [row for row in touched if row not in names]
    if not rows and not hidden:
        rows, unnamed = blank, len(blank)
    return Selection(pointing.sheet, tuple(rows), tuple(dict.fromkeys(ids)), unnamed, hidden)


def areas_of(pointing: Pointing, workbook: str) -> tuple[Area, ...]:
    """The selected areas; none where a picture or a chart is selected.

    Args:
        pointing: what is in front.
        workbook: name of the workbook that is meant.

    Raises:
        UsageError: that is another workbook or a chart sheet, or there are so many areas that Excel does not name them all.
    """
    where = f"工作簿“{workbook}”"
    if pointing.workbook != workbook:
        front = f"当前的工作簿是“{pointing.workbook}”" if pointing.workbook else "当前没有可以操作的工作簿"
        raise UsageError(where, f"{front}，不能确定要处理哪些行", "转回这个工作簿，选中要处理的行，再点一次")
    if not pointing.sheet:
        raise UsageError(where, "当前不是工作表", "请先转到台账的工作表，选中要处理的行，再点一次")
    if not pointing.is_whole:
        raise UsageError(
            f"工作表“{pointing.sheet}”", "选中的区域太多，Excel 说不全", "用筛选或连续选取代替逐个点选，再点一次"
        )
    return read_areas(pointing.address) if pointing.address else ()


def rows_of(grid: Grid, areas: Iterable[Area]) -> list[int]:
    """The sheet rows of a table's body that share a cell with any of the areas, ascending."""
    last_row, last_column = grid.first_row + grid.height - 1, grid.first_column + len(grid.header) - 1
    body = Area(grid.first_row, grid.first_column, last_row, last_column)
    return sorted({row for area in areas for row in area.rows_within(body)})


def ids_of(grid: Grid, rows: Sequence[int], identifier: str) -> dict[int, str]:
    """Sheet row → the id that it stands for, ``""`` for none; rows in which nothing is written are left out."""
    ledger = read_ledger(BY_NAME[grid.table], grid)
    places = np.flatnonzero(np.isin(ledger.rows, np.asarray(rows, dtype=np.int64)))
    names = (str(name).strip() for name in ledger[identifier].iloc[places])
    return dict(zip((int(row) for row in np.asarray(ledger.rows)[places]), names, strict=True))


def _grids(sheet: xw.Sheet, book: Book, columns: Mapping[str, str]) -> Iterable[Grid]:
    """The tables on the sheet whose rows stand for something."""
    on_sheet = {str(table.name) for table in sheet.tables}
    return [book.grid(name) for name in book.tables() if name in on_sheet and name in columns]
