"""A change set laid out on the sheets: which cells take which values, which tables grow or shrink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import cell_address
from coordination_xl.books.changes import checked_height
from coordination_xl.books.excel.blocks import block_patches, named
from coordination_xl.books.excel.ground import changed_meanwhile, filled, same_cells
from coordination_xl.books.excel.patches import Patch, Plan
from coordination_xl.books.excel.values import BLANK, entry, is_own_link
from coordination_xl.books.xlsx.cells import Unwritable
from coordination_xl.errors import FormulaInTheWay, MissingColumn, UsageError, WriteRefused
from coordination_xl.ledger.folding import fold_name
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.changes import ChangeSet, ColumnChange, HeightChange, RowsAdded, TableReplaced
    from coordination_xl.books.excel.ground import Ground, Standing
    from coordination_xl.books.excel.layout import Layout, LiveTable

    Objects = NDArray[np.object_]
    Rows = NDArray[np.int64]

_FORMULA_REMEDY = "请先在 Excel 中把该公式改为数值，或移到别的列"


class Planner:
    """Lays a change set out; whatever can be refused is refused here, before anything is written.

    Args:
        layout: what stands where.
        ground: the sheets, read anew.
        where: what messages call the workbook.
        date1904: the date system.
    """

    def __init__(self, layout: Layout, ground: Ground, where: str, *, date1904: bool) -> None:
        self._layout = layout
        self._ground = ground
        self._where = where
        self._date1904 = date1904
        self._plan = Plan()

    def plan(self, changes: ChangeSet) -> Plan:
        """The plan of a change set.

        Raises:
            StructureError: a table, column or name is not there.
            WriteRefused: something is in the way, or a value fits no cell.
            UsageError: the change set contradicts itself.
            SaveFailed: the workbook was changed since it was read.
        """
        # Columns first: they speak of rows that stand already; then new bodies, then rows below them.
        for change in changes.columns:
            self._change_column(change)
        self._plan.patches += block_patches(self._layout, self._ground, self._where, changes.blocks, self._entries)
        for height in changes.heights:
            self._change_height(height)
        for replaced in changes.replaced:
            self._replace(replaced)
        self._add_rows(changes.added)
        self._plan.patches = [patch for patch in self._plan.patches if len(patch.rows)]
        self._refuse_twice()
        self._refuse_formulas()
        return self._plan

    def _entries(self, sheet: str, column: int, rows: Rows, values: Objects) -> Objects:
        made = np.empty(len(values), dtype=object)
        for at, value in enumerate(values.tolist()):
            try:
                made[at] = entry(value, date1904=self._date1904)
            except Unwritable as error:
                address = cell_address(int(rows[at]), column)
                raise WriteRefused(f"{sheet}!{address}", str(error), "请改短或更正后再试") from error
        return made

    def _places(self, found: Standing, headers: Iterable[str]) -> list[int]:
        places = []
        for header in headers:
            if header not in found.header:
                where = f"{self._where}·{found.table.sheet}"
                raise MissingColumn(where, f"表格 {found.table.name} 没有“{header}”列", "请恢复该列的标题")
            places.append(found.header.index(header))
        if len(set(places)) != len(places):
            raise UsageError(f"{found.table.sheet}·{found.table.name}", "同一列被给了两次值", "请检查变更内容")
        return places

    def _patch(self, found: Standing, place: int, rows: Rows, values: Objects, *, is_owned: bool = False) -> None:
        table = found.table
        column = table.area.left + place
        entries = self._entries(table.sheet, column, rows, values)
        self._plan.patches.append(Patch(table.sheet, column, rows, entries, found.cells, table, is_owned))

    def _change_column(self, change: ColumnChange) -> None:
        found = self._ground.table(change.table)
        table = found.table
        (place,) = self._places(found, (change.header,))
        rows = np.asarray(change.rows, dtype=np.int64)
        _require_same_length(table, [rows, change.new])
        if len(rows) and (rows[0] < table.first_row or rows[-1] > table.last_row or (np.diff(rows) <= 0).any()):
            raise UsageError(
                f"{table.sheet}·{table.name}", "要改的行不在表格之内，或次序不对", "请重新读取工作簿后再试"
            )
        if not same_cells(change.old, found.old(table.area.left + place, rows)):
            raise changed_meanwhile(f"{table.sheet}·{table.name}·{change.header}")
        self._patch(found, place, rows, change.new, is_owned=is_program_column(table.name, change.header))

    def _change_height(self, change: HeightChange) -> None:
        sheet, area = named(self._layout, self._where, change.name)
        points = checked_height(change)
        if self._plan.heights.setdefault((sheet, area.top), points) != points:
            raise UsageError(f"{sheet} 第 {area.top} 行", "同一行被给了两个行高", "请检查变更内容")

    def _replace(self, change: TableReplaced) -> None:
        found = self._ground.table(change.table)
        table = found.table
        _require_same_length(table, change.columns)
        places = self._places(found, change.headers)
        last = table.first_row + max(change.height, 1) - 1
        if last > table.last_row or (table.totals_rows and last != table.last_row):
            self._ground.refuse_no_room(table, last)
        if last != table.last_row:
            self._plan.last_rows[table.name] = (table, last)
        rows = np.arange(table.first_row, max(table.last_row, last) + 1, dtype=np.int64)
        for place, values in zip(places, change.columns, strict=True):
            whole = np.full(len(rows), None, dtype=object)
            whole[: change.height] = values
            self._patch(found, place, rows, whole, is_owned=True)

    def _add_rows(self, changes: Iterable[RowsAdded]) -> None:
        following: dict[str, int] = {}
        for change in changes:
            if not change.height:
                continue
            found = self._ground.table(change.table)
            table = found.table
            _require_same_length(table, change.columns)
            places = self._places(found, change.headers)
            start = following.get(table.name) or self._last_used_row(found) + 1
            rows = np.arange(start, start + change.height, dtype=np.int64)
            self._give_way(table, start)
            last = int(rows[-1])
            if last > max(table.last_row, self._plan.last_rows.get(table.name, (table, 0))[1]):
                self._ground.refuse_no_room(table, last)
                self._refuse_calculated(found, places)
                self._plan.last_rows[table.name] = (table, last)
            for place, values in zip(places, change.columns, strict=True):
                self._patch(found, place, rows, values, is_owned=True)
            following[table.name] = last + 1

    def _of(self, table: LiveTable) -> list[Patch]:
        area = table.area
        return [p for p in self._plan.patches if p.sheet == table.sheet and area.left <= p.column <= area.right]

    def _last_used_row(self, found: Standing) -> int:
        """The last data row that is not wholly blank once what is planned has been written; the one above the first if none."""
        table = found.table
        is_used = filled(found.cells.block.values)
        for patch in self._of(table):
            inside = (patch.rows >= table.first_row) & (patch.rows <= table.last_row)
            is_filled = np.fromiter((each is not BLANK for each in patch.entries[inside]), bool, int(inside.sum()))
            is_used[patch.rows[inside] - table.first_row, patch.column - table.area.left] = is_filled
        used = np.flatnonzero(is_used.any(axis=1))
        return table.first_row + int(used[-1]) if len(used) else table.first_row - 1

    def _give_way(self, table: LiveTable, start: int) -> None:
        """Drop planned blanks from this row of the table on: the rows are blank, and now added rows take them."""
        for patch in self._of(table):
            is_blank = np.fromiter((each is BLANK for each in patch.entries), bool, len(patch.entries))
            keep = ~(is_blank & (patch.rows >= start) & (patch.rows <= table.last_row))
            patch.rows, patch.entries = patch.rows[keep], patch.entries[keep]

    def _refuse_calculated(self, found: Standing, places: Sequence[int]) -> None:
        """Excel fills a calculated column in new rows by itself: nothing else can go there.

        Which columns are calculated xlwings does not tell: those that hold nothing but formulas.
        """
        for place in places:
            column = found.table.area.left + place
            formula = found.cells.formula(found.table.last_row, column)
            if formula and not is_own_link(formula) and found.cells.is_computed[:, place].all():
                where = f"{found.table.sheet}!{cell_address(found.table.last_row, column)}"
                raise FormulaInTheWay(where, f"“{found.header[place]}”是表格的计算列", _FORMULA_REMEDY)

    def _refuse_twice(self) -> None:
        columns: dict[tuple[str, int], list[Patch]] = {}
        for patch in self._plan.patches:
            columns.setdefault((patch.sheet, patch.column), []).append(patch)
        for (sheet, column), patches in columns.items():
            rows, counts = np.unique(np.concatenate([patch.rows for patch in patches]), return_counts=True)
            if (counts > 1).any():
                where = f"{sheet}!{cell_address(int(rows[counts > 1][0]), column)}"
                raise UsageError(where, "同一单元格被给了两个值", "请检查变更内容")

    def _refuse_formulas(self) -> None:
        for patch in self._plan.patches:
            if not patch.cells.is_computed.any():
                continue
            for row in patch.rows.tolist():
                formula = patch.cells.formula(row, patch.column)
                if formula and not is_own_link(formula):
                    where = f"{patch.sheet}!{cell_address(row, patch.column)}"
                    raise FormulaInTheWay(where, "这个单元格有公式，没有覆盖", _FORMULA_REMEDY)


def is_program_column(table: str, header: str) -> bool:
    """Whether the schema says that a column is computed by the program."""
    spec = BY_NAME.get(table)
    folded = fold_name(header)
    return spec is not None and any(
        column.is_computed and folded in {fold_name(name) for name in (column.header, *column.aliases)}
        for column in spec.columns
    )


def _require_same_length(table: LiveTable, columns: Iterable[NDArray[np.generic]]) -> None:
    if len({len(column) for column in columns}) > 1:
        raise UsageError(f"{table.sheet}·{table.name}", "各列的行数不一致", "请检查变更内容")
