"""The work on one sheet: its part, its index, and the writes that gather on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import cell_address
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx import plan as laying
from coordination_xl.books.xlsx.cells import BLANK, Encoder, Unwritable
from coordination_xl.books.xlsx.contents import IndexedSheet
from coordination_xl.books.xlsx.formulas import has_foreign_formula, is_own_link, refusal, refuse_formulas
from coordination_xl.books.xlsx.heights import with_heights
from coordination_xl.books.xlsx.index import KEY_BITS
from coordination_xl.books.xlsx.sheets import Frame, Growth, index_of
from coordination_xl.books.xlsx.splice import Spliced, Write, splice
from coordination_xl.errors import UsageError, WriteRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.books.addresses import Area
    from coordination_xl.books.xlsx.contents import IndexedSheets
    from coordination_xl.books.xlsx.package import Package
    from coordination_xl.books.xlsx.plan import SheetPlan, Values
    from coordination_xl.books.xlsx.styles import Styles
    from coordination_xl.books.xlsx.tables import Table

_COLUMN_MASK = (1 << KEY_BITS) - 1


class SheetWork:
    """One sheet of the package, its plan, and in the end its new part.

    Args:
        package: the package as it was read.
        plan: what shall happen, empty at first.
        indexed: the large sheets of the package.
        date1904: the date system.

    Raises:
        DamagedWorkbook: the sheet part cannot be parsed.
    """

    def __init__(self, package: Package, plan: SheetPlan, indexed: IndexedSheets, *, date1904: bool) -> None:
        self.plan = plan
        self.sheet = plan.sheet
        try:
            self.old = indexed.get(plan.sheet.part) or _indexed(package.xml(plan.sheet.part))
            self.xml, self._index = self.old.xml, self.old.index
            self._frame = Frame(self.xml, self._index)
        except markup.BadMarkup as error:
            raise package.damaged(f"工作表“{plan.sheet.name}”无法解析（{error}）") from error
        self._ground = laying.Ground(self.xml, self._index, self._frame.merged, plan.sheet)
        self._encoder = Encoder(self._index.prefix, date1904=date1904)
        self.writes: list[Write] = []
        self.keys = np.empty(0, np.int64)
        self.heights: dict[int, float] = {}

    @property
    def has_formulas(self) -> bool:
        """Whether any cell held a formula before whose value may now be stale."""
        return bool(self._index.has_formula.any()) and has_foreign_formula(self.xml)

    def change_column(self, table: Table, place: int, rows: NDArray[np.int64], values: NDArray[np.object_]) -> None:
        """New values for some rows of a table column."""
        laying.change_column(self.plan, table, place, rows, values)

    def change_block(self, area: Area, values: NDArray[np.object_]) -> None:
        """New values for the cells of a defined name, its first column."""
        rows = np.arange(area.top, area.bottom + 1, dtype=np.int64)
        self.plan.values.append(laying.Values(area.left, rows, values, area.top, area.bottom))

    def change_height(self, row: int, points: float) -> None:
        """A new height for one row.

        Raises:
            UsageError: the row is given two heights.
        """
        if self.heights.setdefault(row, points) != points:
            raise UsageError(f"{self.sheet.name} 第 {row} 行", "同一行被给了两个行高", "请检查变更内容")

    def replace_body(self, table: Table, places: list[int], columns: list[NDArray[np.object_]]) -> None:
        """A new body for a table."""
        laying.replace_body(self.plan, self._ground, table, places, columns)

    def add_rows(self, table: Table, places: list[int], columns: list[NDArray[np.object_]], start: int | None) -> int:
        """Rows below a table's last one, or from ``start``; gives the row behind them."""
        if start is None:
            start = self._ground.last_used_row(table, self.plan.values) + 1
        return laying.add_rows(self.plan, self._ground, table, places, columns, start)

    def spliced(self, styles: Styles) -> Spliced | None:
        """The new part; ``None`` if nothing is to be written.

        Raises:
            WriteRefused: a formula or a merged area is in the way, or a value fits no cell.
            UsageError: a cell is given two values.
        """
        self.writes = [write for values in self.plan.values if len((write := self._write(values)).rows)]
        if not self.writes:
            kept = Spliced(self.xml, has_lost_formulas=False, has_new_formulas=False)
            return replace(kept, xml=with_heights(self.xml, self.heights)) if self.heights else None
        self.keys = np.sort(np.concatenate([write.rows << KEY_BITS | (write.column - 1) for write in self.writes]))
        self._refuse_twice()
        self._refuse_calculated()
        refuse_formulas(self.xml, self._index, self.keys, self.sheet.name)
        growths = [
            Growth(table.area.left, table.area.right, table.first_row, table.last_row, self.plan.last_rows[table.name])
            for table in self.sheet.tables
            if table.name in self.plan.last_rows
        ]
        edits = self._frame.grown_ranges(growths)
        made = splice(self.xml, self._index, self._frame, self.writes, styles, self.plan.model_rows, edits)
        return replace(made, xml=with_heights(made.xml, self.heights))

    def _write(self, values: Values) -> Write:
        keep = self._writable(values)
        rows, wanted = values.rows[keep], values.values[keep]
        try:
            bodies = self._encoder.encode(wanted)
        except Unwritable as error:
            raise WriteRefused(self._where_unwritable(values), str(error), "请改短或更正后再试") from error
        return Write(values.column, rows, bodies, values.first, values.last, values.is_new_row)

    def _where_unwritable(self, values: Values) -> str:
        for at, row in enumerate(values.rows.tolist()):
            try:
                self._encoder.encode(values.values[at : at + 1])
            except Unwritable:
                return f"{self.sheet.name}!{cell_address(row, values.column)}"
        return self.sheet.name

    def _writable(self, values: Values) -> NDArray[np.bool_]:
        """The rows whose cell is not hidden in a merged area; a blank is left out there, a value refused."""
        keep = np.ones(len(values.rows), bool)
        for area in self._frame.merged:
            if not area.left <= values.column <= area.right:
                continue
            inside = (values.rows >= area.top) & (values.rows <= area.bottom)
            if values.column == area.left:
                inside &= values.rows != area.top
            for at in np.flatnonzero(inside & keep).tolist():
                if self._encoder.encode(values.values[at : at + 1])[0].kind != BLANK:
                    where = f"{self.sheet.name}!{cell_address(int(values.rows[at]), values.column)}"
                    raise WriteRefused(where, f"这个单元格在合并区域 {area} 之内", "请取消合并，或只填合并区域的左上角")
            keep &= ~inside
        return keep

    def _refuse_twice(self) -> None:
        twice = self.keys[1:][self.keys[1:] == self.keys[:-1]]
        if len(twice):
            address = cell_address(int(twice[0]) >> KEY_BITS, (int(twice[0]) & _COLUMN_MASK) + 1)
            raise UsageError(f"{self.sheet.name}!{address}", "同一单元格被给了两个值", "请检查变更内容")

    def _refuse_calculated(self) -> None:
        for values in self.plan.values:
            for table in self.sheet.tables if values.is_given and len(values.rows) else ():
                last = max(table.last_row, self.plan.last_rows.get(table.name, 0))
                hit = values.rows[(values.rows >= table.first_row) & (values.rows <= last)]
                place = values.column - table.area.left
                if len(hit) and place in table.calculated and not is_own_link(table.calculated[place]):
                    key = int(hit[0]) << KEY_BITS | (values.column - 1)
                    raise refusal(self.sheet.name, key, f"“{table.headers[place]}”是表格的计算列")


def _indexed(xml: bytes) -> IndexedSheet:
    return IndexedSheet(xml, index_of(xml))
