"""A book without a file: the shipped fake, for tests and for trying things out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.changes import ChangeSet, checked_height
from coordination_xl.books.reading_back import read_back
from coordination_xl.books.structure import ColumnAdded, NamesAdded, SheetAdded, TableAdded
from coordination_xl.errors import (
    DuplicateTable,
    MissingColumn,
    MissingTable,
    StructureError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.structure import Addition, NamedCells
    from coordination_xl.ledger.grid import Grid

    Columns = Sequence[NDArray[np.object_]]


class MemoryBook:
    """Tables and named blocks held in memory; obeys the contract of :class:`~coordination_xl.books.port.Book`.

    Args:
        grids: the tables, in workbook order.
        blocks: the values of each defined name.
        places: sheet and first cell of defined names.
        name: what messages call it.

    Attributes:
        heights: defined name → height in points, of those rows whose height was set.
        applied: every change set that was carried out, in order; empty ones are not among them.

    Raises:
        DuplicateTable: two grids bear the same table name.
    """

    def __init__(
        self,
        grids: Iterable[Grid],
        blocks: Mapping[str, NDArray[np.object_]] | None = None,
        *,
        places: Mapping[str, tuple[str, str]] | None = None,
        name: str = "（内存中的工作簿）",
    ) -> None:
        self._name = name
        self._grids: dict[str, Grid] = {}
        for grid in grids:
            if grid.table.casefold() in self._grids:
                raise DuplicateTable(name, f"有两个名为 {grid.table} 的表格", "请删除其中一个")
            self._grids[grid.table.casefold()] = grid
        self._blocks = {key.casefold(): values for key, values in (blocks or {}).items()}
        self._places_of_names = {key.casefold(): place for key, place in (places or {}).items()}
        self.heights: dict[str, float] = {}
        self.applied: list[ChangeSet] = []

    @property
    def name(self) -> str:
        """What messages call this book."""
        return self._name

    def tables(self) -> tuple[str, ...]:
        """The names of all tables, in the order they were given."""
        return tuple(grid.table for grid in self._grids.values())

    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that the tables stand on."""
        return tuple(dict.fromkeys(grid.sheet for grid in self._grids.values()))

    def grid(self, table: str) -> Grid:
        """One table as it stands; changing its arrays does not change the book.

        Raises:
            MissingTable: there is no table of this name.
        """
        try:
            found = self._grids[table.casefold()]
        except KeyError:
            raise MissingTable(self._name, f"没有名为 {table} 的表格", "请从空白模板恢复该表") from None
        return replace(found, columns=tuple(column.copy() for column in found.columns))

    def block(self, name: str) -> NDArray[np.object_] | None:
        """The values of a named block; ``None`` if there is none."""
        found = self._blocks.get(name.casefold())
        return None if found is None else found.copy()

    def place(self, name: str) -> tuple[str, str] | None:
        """Sheet and first cell of a name, where it was given."""
        return self._places_of_names.get(name.casefold())

    def height(self, name: str) -> float | None:
        """The height that was set for the row of a name."""
        return {key.casefold(): points for key, points in self.heights.items()}.get(name.casefold())

    def formulas(self, table: str) -> frozenset[tuple[int, int]]:
        """Always empty: what is held in memory is values."""
        self.grid(table)
        return frozenset()

    def check_writable(self) -> None:
        """Memory can always be written."""

    def apply(self, changes: ChangeSet) -> None:
        """Carry out the change set, all of it or nothing.

        Raises:
            StructureError: a table, column or block is not there.
            WriteRefused: a value that no cell can hold.
            UsageError: rows outside the table, or columns of unequal length.
        """
        if not changes:
            return
        grids, blocks = dict(self._grids), dict(self._blocks)
        places = dict(self._places_of_names)
        draft = MemoryBook((), name=self._name)
        draft._grids, draft._blocks, draft._places_of_names = grids, blocks, places
        for addition in changes.structure:
            draft._build(addition)
        for column in changes.columns:
            draft._change_rows(column.table, column.header, column.rows, column.new)
        for block in changes.blocks:
            draft._change_block(block.name, block.new)
        for body in changes.replaced:
            draft._replace(body.table, body.headers, body.columns)
        for added in changes.added:
            draft._add(added.table, added.headers, added.columns)
        heights = dict(self.heights)
        for height in changes.heights:
            if draft.block(height.name) is None:
                raise StructureError(self._name, f"没有名为 {height.name} 的名称", "请从空白模板恢复该名称")
            heights[height.name] = checked_height(height)
        self._grids, self._blocks, self._places_of_names, self.heights = grids, blocks, places, heights
        self.applied.append(changes)

    def cells(self, sheet: str) -> tuple[NDArray[np.object_], ...]:
        """Nothing: what is held in memory are tables."""
        if sheet not in self.sheets():
            raise KeyError(sheet)
        return ()

    def in_the_way(self, sheet: str, area: str) -> tuple[str, ...]:  # noqa: ARG002 - there is nothing in between
        """Nothing ever is."""
        if sheet not in self.sheets():
            raise KeyError(sheet)
        return ()

    def rehearse(self, changes: ChangeSet) -> None:
        """Carry the changes out on a copy."""
        draft = MemoryBook((), name=self._name)
        draft._grids, draft._blocks = dict(self._grids), dict(self._blocks)
        draft._places_of_names, draft.heights = dict(self._places_of_names), dict(self.heights)
        draft.apply(changes)

    def _build(self, addition: Addition) -> None:
        match addition:
            case ColumnAdded():
                grid = self.grid(addition.table)
                if addition.header in grid.header:
                    raise UsageError(f"{grid.sheet}·{grid.table}", f"已有“{addition.header}”列", "请检查变更内容")
                columns = (*grid.columns, np.full(grid.height, None, dtype=object))
                self._grids[grid.table.casefold()] = replace(
                    grid, header=(*grid.header, addition.header), columns=columns
                )
            case TableAdded():
                self._take(addition.grid)
            case SheetAdded():
                for grid in addition.grids:
                    self._take(replace(grid, sheet=addition.sheet))
                self._name_cells(addition.sheet, addition.names)
            case NamesAdded():
                self._name_cells(addition.sheet, addition.names)

    def _take(self, grid: Grid) -> None:
        if grid.table.casefold() in self._grids:
            raise DuplicateTable(self._name, f"已有名为 {grid.table} 的表格", "请检查变更内容")
        self._grids[grid.table.casefold()] = replace(grid, columns=tuple(column.copy() for column in grid.columns))

    def _name_cells(self, sheet: str, names: Iterable[NamedCells]) -> None:
        for each in names:
            area = Area.parse(each.address)
            if area is None:
                raise UsageError(each.name, f"地址 {each.address} 无法识别", "请检查变更内容")
            self._blocks[each.name.casefold()] = np.full(area.bottom - area.top + 1, None, dtype=object)
            self._places_of_names[each.name.casefold()] = (sheet, cell_address(area.top, area.left))

    def _change_rows(self, table: str, header: str, rows: NDArray[np.int64], new: NDArray[np.object_]) -> None:
        grid = self.grid(table)
        (place,) = self._places(grid, (header,))
        at = np.asarray(rows, dtype=np.int64) - grid.first_row
        if len(at) != len(new):
            raise UsageError(f"{grid.sheet}·{grid.table}", "各列的行数不一致", "请检查变更内容")
        if len(at) and (at[0] < 0 or at[-1] >= grid.height or (np.diff(at) <= 0).any()):
            raise UsageError(f"{grid.sheet}·{grid.table}", "要改的行不在表格之内，或次序不对", "请重新读取工作簿后再试")
        grid.columns[place][at] = read_back(new, grid.sheet)
        self._grids[table.casefold()] = grid

    def _change_block(self, name: str, new: NDArray[np.object_]) -> None:
        old = self.block(name)
        if old is None:
            raise StructureError(self._name, f"没有名为 {name} 的名称", "请从空白模板恢复该名称")
        if len(old) != len(new):
            raise UsageError(name, f"名称 {name} 的行数与新值不符", "请重新读取工作簿后再试")
        self._blocks[name.casefold()] = read_back(new, name)

    def _replace(self, table: str, headers: tuple[str, ...], columns: Columns) -> None:
        grid = self.grid(table)
        height = _height(grid, columns)
        places = self._places(grid, headers)
        total = max(height, 1)
        bodies = [_resized(column, total) for column in grid.columns]
        for place, column in zip(places, columns, strict=True):
            bodies[place] = _resized(read_back(column, grid.sheet), total)
        self._grids[table.casefold()] = replace(grid, columns=tuple(bodies))

    def _add(self, table: str, headers: tuple[str, ...], columns: Columns) -> None:
        grid = self.grid(table)
        height = _height(grid, columns)
        places = self._places(grid, headers)
        if not height:
            return
        used = max(
            (int(np.flatnonzero(filled)[-1]) + 1 for c in grid.columns if (filled := _filled(c)).any()), default=0
        )
        total = max(grid.height, used + height)
        bodies = [_resized(column, total) for column in grid.columns]
        for place, column in zip(places, columns, strict=True):
            bodies[place][used : used + height] = read_back(column, grid.sheet)
        self._grids[table.casefold()] = replace(grid, columns=tuple(bodies))

    def _places(self, grid: Grid, headers: Iterable[str]) -> list[int]:
        places = []
        for header in headers:
            if header not in grid.header:
                where = f"{self._name}·{grid.sheet}"
                raise MissingColumn(where, f"表格 {grid.table} 没有“{header}”列", "请恢复该列的标题")
            places.append(grid.header.index(header))
        return places


def _height(grid: Grid, columns: Columns) -> int:
    heights = {len(column) for column in columns}
    if len(heights) > 1:
        raise UsageError(f"{grid.sheet}·{grid.table}", "各列的行数不一致", "请检查变更内容")
    return heights.pop() if heights else 0


def _filled(column: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.fromiter((value is not None for value in column), bool, len(column))


def _resized(column: NDArray[np.object_], height: int) -> NDArray[np.object_]:
    sized = np.full(height, None, dtype=object)
    kept = min(height, len(column))
    sized[:kept] = column[:kept]
    return sized
