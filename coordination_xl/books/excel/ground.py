"""What the tables and blocks of a change set hold at the moment of writing, and whether it is still what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books import room
from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.excel.layout import cells_of
from coordination_xl.books.excel.reading import Block, holding_formulas, read, read_formulas, read_table, with_durations
from coordination_xl.books.excel.refusals import is_of_host
from coordination_xl.books.excel.values import Entry, Kind, standing
from coordination_xl.errors import SaveFailed
from coordination_xl.ledger.error_values import ERROR_TEXTS
from coordination_xl.ledger.folding import fold_name
from coordination_xl.schema import BY_NAME
from coordination_xl.schema import Kind as ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import xlwings as xw
    from numpy.typing import NDArray

    from coordination_xl.books.excel.layout import Layout, LiveTable
    from coordination_xl.ledger.grid import Grid

    Objects = NDArray[np.object_]


def changed_meanwhile(where: str) -> SaveFailed:
    """The error for a workbook that its user went on working in."""
    return SaveFailed(where, "台账在计算期间被改动，没有写入", "请再点一次")


@dataclass(frozen=True, slots=True)
class Cells:
    """Some cells of a sheet as they stand: values, and what they are made of.

    Attributes:
        block: the values.
        formulas: the formulas, all else as text; one item for each value.
        is_computed: which of them hold a formula.
    """

    block: Block
    formulas: Objects
    is_computed: NDArray[np.bool_]

    @classmethod
    def of(cls, sheet: xw.Sheet, block: Block) -> Cells:
        """The cells whose values have been read; their formulas are one call."""
        formulas = read_formulas(sheet, block.area)
        return cls(block, formulas, holding_formulas(formulas, block.values))

    @classmethod
    def read(cls, sheet: xw.Sheet, area: Area) -> Cells:
        """Two calls, whatever the size."""
        return cls.of(sheet, read(sheet, area))

    def formula(self, row: int, column: int) -> str:
        """The formula of one cell; ``""`` where it has none, or stands outside."""
        area = self.block.area
        place = (row - area.top, column - area.left)
        inside = area.top <= row <= area.bottom and area.left <= column <= area.right
        return str(self.formulas[place]) if inside and self.is_computed[place] else ""

    def before(self, column: int, top: int, bottom: int, *, date1904: bool) -> Objects:
        """For each cell of a column between two rows, ends included, the entry that puts it back as it is."""
        values = self.block.column(column, top, bottom)
        entries = np.empty(len(values), dtype=object)
        for at, value in enumerate(values):
            formula = self.formula(top + at, column)
            if formula:
                entries[at] = Entry(Kind.FORMULA, formula, "")
            elif isinstance(value, str) and value in ERROR_TEXTS:
                entries[at] = Entry(Kind.FORMULA, value, value)  # typed as it is, it is the error again
            else:
                entries[at] = standing(value, date1904=date1904)
        return entries


@dataclass(frozen=True, slots=True)
class Standing:
    """A table of the change set, read anew.

    Attributes:
        table: where it stands.
        header: its headers.
        cells: its data rows.
    """

    table: LiveTable
    header: tuple[str, ...]
    cells: Cells

    @property
    def ids(self) -> Objects | None:
        """The ids of the rows; ``None`` for a table without."""
        place = _id_place(self.table.name, self.header)
        return None if place is None else self.cells.block.values[:, place]

    def old(self, column: int, rows: NDArray[np.int64]) -> Objects:
        """The values of some rows of a sheet column."""
        found: Objects = self.cells.block.values[rows - self.table.first_row, column - self.table.area.left]
        return found


def _id_place(table: str, header: tuple[str, ...]) -> int | None:
    spec = BY_NAME.get(table)
    names = (
        {
            fold_name(name)
            for each in spec.columns
            if each.kind is ColumnKind.ID
            for name in (each.header, *each.aliases)
        }
        if spec
        else set()
    )
    return next((place for place, text in enumerate(header) if fold_name(text) in names), None)


class Ground:
    """The sheets under a change set, read anew when first asked for.

    Args:
        layout: the workbook as it was read.
        grids: the tables that were read, by case-folded name: what the change set was computed from.
    """

    def __init__(self, layout: Layout, grids: Mapping[str, Grid]) -> None:
        self._layout = layout
        self._grids = grids
        self._standing: dict[str, Standing] = {}
        self._hidden: dict[str, bool] = {}

    def sheet(self, name: str) -> xw.Sheet:
        """A worksheet."""
        return self._layout.sheets[name]

    def table(self, name: str) -> Standing:
        """A table as it stands now.

        Raises:
            MissingTable: there has never been one.
            SaveFailed: it was moved, deleted, or its headers or ids were changed since it was read.
        """
        key = name.casefold()
        if key not in self._standing:
            known = self._layout.table(name)
            where = f"{known.sheet}·{known.name}"
            if self._layout.again(known) != known:
                raise changed_meanwhile(where)
            sheet = self.sheet(known.sheet)
            header, body = read_table(sheet, known)
            with_durations(sheet, body)
            made = Standing(known, header, Cells.of(sheet, body))
            grid = self._grids.get(key)
            if grid is not None and (grid.header != header or not self._same_ids(grid, made)):
                raise changed_meanwhile(where)
            self._standing[key] = made
        return self._standing[key]

    @staticmethod
    def _same_ids(grid: Grid, found: Standing) -> bool:
        place = _id_place(grid.table, grid.header)
        return place is None or found.ids is None or same_cells(grid.columns[place], found.ids)

    @property
    def tables(self) -> Iterable[Standing]:
        """Those that were asked for."""
        return self._standing.values()

    def has_hidden_rows(self, table: LiveTable, columns: Iterable[int]) -> bool:
        """Whether some data rows are filtered out or hidden, or nobody can say.

        A block that is written over filtered rows goes wrong in Excel: its first value lands in every visible cell.
        """
        if table.name not in self._hidden:
            self._hidden[table.name] = self._ask_hidden(table, columns)
        return self._hidden[table.name]

    def _ask_hidden(self, table: LiveTable, columns: Iterable[int]) -> bool:
        for column in list(columns)[:3]:
            # With the header, since a single cell without content is no answer to everybody.
            area = Area(table.area.top, column, table.last_row, column)
            try:
                visible = cells_of(self.sheet(table.sheet), area).get_special_cells("visible")
            except Exception as error:
                # Excel in another language than English says "no cells were found" in its own words, and xlwings lets
                # that through as an exception.
                if not is_of_host(error):
                    raise
                continue
            if not isinstance(visible, list):
                return True
            if visible:  # none at all: the column itself is hidden, which says nothing of the rows
                return len(visible) > 1 or visible[0].shape[0] != area.bottom - area.top + 1
        return True

    def refuse_no_room(self, table: LiveTable, last_row: int) -> None:
        """Stop if a table cannot grow down to this data row.

        Raises:
            NoRoomForRows: a totals row, another table, merged or occupied cells, or the end of the sheet are in the way.
        """
        where = f"{table.sheet}·{table.name}"
        others = ((other.name, other.area) for other in self._layout.on(table.sheet) if other.name != table.name)
        area = room.room_below(where, table, last_row, others)
        sheet = self.sheet(table.sheet)
        below = Cells.read(sheet, area)
        occupied = below.is_computed | filled(below.block.values)
        if occupied.any():
            row, column = np.argwhere(occupied)[0].tolist()
            raise room.occupied(where, cell_address(area.top + row, area.left + column))
        if cells_of(sheet, area).merge_cells is not False:
            raise room.merged(where, area)


def same_cells(read_before: Objects, found: Objects) -> bool:
    """Whether cells still hold what was read; a blank is a blank, however it is told."""
    return len(read_before) == len(found) and all(
        _blank(one) == _blank(other) and type(_blank(one)) is type(_blank(other))
        for one, other in zip(read_before, found, strict=True)
    )


def filled(values: Objects) -> NDArray[np.bool_]:
    """Which cells are not blank."""
    marks = np.fromiter((value is not None for value in values.flat), dtype=bool, count=values.size)
    return marks.reshape(values.shape)


def _blank(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value
