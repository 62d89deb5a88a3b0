"""A plan carried out on the running Excel: blocks written, read back and compared, or everything put back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.excel.blocks import around
from coordination_xl.books.excel.columns import format_for, goes_back, put, runs_of_equal
from coordination_xl.books.excel.formats import GENERAL, formats_down
from coordination_xl.books.excel.layout import cells_of
from coordination_xl.books.excel.mismatch import Mismatch, legible, meant, sentence_of
from coordination_xl.books.excel.reading import read
from coordination_xl.books.excel.refusals import is_of_host, told
from coordination_xl.books.excel.runs import true_runs
from coordination_xl.books.excel.values import Kind, is_same
from coordination_xl.errors import SaveFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw
    from numpy.typing import NDArray

    from coordination_xl.books.excel.ground import Ground
    from coordination_xl.books.excel.layout import Layout, LiveTable
    from coordination_xl.books.excel.patches import Objects, Patch, Plan

    Marks = NDArray[np.bool_]


class Writer:
    """Carries one plan out, all of it or nothing.

    Args:
        layout: what stands where.
        ground: the sheets as they were read just now.
        app: the Excel it is open in.
        where: what messages call the workbook.
        date1904: the date system.
    """

    def __init__(self, layout: Layout, ground: Ground, app: xw.App, where: str, *, date1904: bool) -> None:
        self._layout = layout
        self._app = app
        self._ground = ground
        self._where = where
        self._date1904 = date1904
        self._undo: list[Callable[[], object]] = []
        self._at = ""

    def carry_out(self, plan: Plan) -> None:
        """Write, read back, compare.

        Raises:
            WorkbookError: Excel refused, or holds something else afterwards; all cells have been put back.
            ProtectedSheet: a sheet turned out to be protected; all cells have been put back.
        """
        try:
            self._write(plan)
            if plan.has_links:
                self._app.calculate()  # calculation is manual now, and links are compared by what they show
            self._verify(plan)
        except BaseException as error:
            failure = self._put_back()
            if isinstance(error, Mismatch):
                remedy = failure or "已恢复原状，请把此提示告知维护人员"
                raise SaveFailed(self._where, f"写入后核对不符（{error}）", remedy) from error
            if failure:
                raise SaveFailed(self._where, f"写入中断{sentence_of(error)}", failure) from error
            refusal = told(error, self._where, self._at)
            if refusal is None:
                raise
            raise refusal from error

    def _put_back(self) -> str:
        """Undo what was done, the last first; what to tell the user if that fails, too."""
        try:
            while self._undo:
                self._undo.pop()()
        except Exception as error:
            if not is_of_host(error):
                raise
            return "未能全部恢复原状，请不要保存，关闭后重新打开"
        return ""

    def _write(self, plan: Plan) -> None:
        for table, last in plan.last_rows.values():
            if last > table.last_row:
                self._at = table.sheet
                self._resize(table, last)
                self._format_new_rows(table, last, [patch.column for patch in plan.patches if patch.table is table])
        for patch in plan.patches:
            self._at = patch.sheet
            self._write_patch(patch)
        for table, last in plan.last_rows.values():
            if last < table.last_row:
                self._at = table.sheet
                self._resize(table, last)
        for (sheet, row), points in plan.heights.items():
            self._at = sheet
            self._set_height(self._ground.sheet(sheet).range(cell_address(row, 1)), points)

    def _resize(self, table: LiveTable, last: int) -> None:
        sheet = self._ground.sheet(table.sheet)
        sheet.tables[table.name].resize(cells_of(sheet, table.ending(last).area))
        self._undo.append(partial(sheet.tables[table.name].resize, cells_of(sheet, table.area)))

    def _format_new_rows(self, table: LiveTable, last: int, columns: list[int]) -> None:
        """Give new rows the formats of the row above, where Excel has not done so with the table's growth."""
        sheet, area = self._ground.sheet(table.sheet), table.area
        model, first = table.last_row, table.last_row + 1

        def code(row: int, to: int, column: int) -> object:
            return cells_of(sheet, Area(row, column, to, column)).number_format

        if all(code(first, last, column) == code(model, model, column) for column in columns):
            return
        above = cells_of(sheet, Area(model, area.left, model, area.right))
        try:
            above.autofill(cells_of(sheet, Area(model, area.left, last, area.right)), "fill_formats")
        except NotImplementedError:
            for column in range(area.left, area.right + 1):
                shown = code(model, model, column)
                if isinstance(shown, str) and shown != GENERAL:
                    cells_of(sheet, Area(first, column, last, column)).number_format = shown

    def _set_height(self, row: xw.Range, points: float) -> None:
        before = row.row_height
        row.row_height = points
        if before is not None:
            self._undo.append(partial(setattr, row, "row_height", before))

    def _write_patch(self, patch: Patch) -> None:
        sheet = self._ground.sheet(patch.sheet)
        top, bottom = int(patch.rows[0]), int(patch.rows[-1])
        codes = np.array(formats_down(sheet, patch.column, top, bottom), dtype=object)
        before = patch.cells.before(patch.column, top, bottom, date1904=self._date1904)
        is_new = np.zeros(len(before), dtype=bool)
        is_new[patch.rows - top] = True
        entries = before.copy()
        entries[is_new] = patch.entries
        stretches = self._stretches(patch, entries, is_new, codes)
        self._set_formats(sheet, patch.column, top, entries, is_new, codes)
        for stretch in stretches:
            first, shown = top + stretch.start, codes[stretch]
            undo = partial(put, sheet, patch.column, first, before[stretch], shown)
            put(sheet, patch.column, first, entries[stretch], shown, partial(self._undo.append, undo))

    def _stretches(self, patch: Patch, entries: Objects, is_new: Marks, codes: Objects) -> list[slice]:
        """Which places are written together: all as one block where that is safe, else each run of changed rows.

        Cells in between are written again only in a column of the program's own, and only where putting them back is sure
        to change nothing. Where rows are filtered out every cell is written alone, since a block would go wrong.
        """
        table, top = patch.table, int(patch.rows[0])
        if table is not None and len(entries) > 1 and top <= table.last_row:
            columns = (patch.column, table.area.left, table.area.right)
            if self._ground.has_hidden_rows(table, columns):
                inside = np.flatnonzero(is_new[: table.last_row - top + 1]).tolist()
                below = slice(table.last_row - top + 1, len(entries))
                return [slice(at, at + 1) for at in inside] + ([below] if below.start < below.stop else [])
        between = zip(entries[~is_new], codes[~is_new], strict=True)
        if patch.is_owned and all(goes_back(each, code) for each, code in between):
            return [slice(0, len(entries))]
        return list(true_runs(is_new))

    def _set_formats(
        self, sheet: xw.Sheet, column: int, top: int, entries: Objects, is_new: Marks, codes: Objects
    ) -> None:
        """Formats without which Excel would not hold a new value as what it is; ``codes`` follows.

        A moment needs a format that shows one. In a text cell a number becomes text, and a formula is only shown.
        """
        wanted = codes.copy()
        for at in np.flatnonzero(is_new).tolist():
            wanted[at] = format_for(entries[at], codes[at])
        is_other = wanted != codes
        for code in dict.fromkeys(wanted[is_other].tolist()):
            for run in true_runs((wanted == code) & is_other):
                for part in runs_of_equal(codes[run]):
                    first, last = top + run.start + part.start, top + run.start + part.stop - 1
                    cells = cells_of(sheet, Area(first, column, last, column))
                    cells.number_format = code
                    self._undo.append(partial(setattr, cells, "number_format", codes[run][part.start]))
        codes[:] = wanted

    def _verify(self, plan: Plan) -> None:
        wrong = self._wrong(plan)
        for patch, at, found in wrong:
            self._at = patch.sheet
            self._correct(patch, at, found)
        if wrong:
            wrong = self._wrong(plan)
        for patch, at, found in wrong:
            address = cell_address(int(patch.rows[at]), patch.column)
            wanted = meant(patch.entries[at], date1904=self._date1904)
            raise Mismatch(f"{patch.sheet}!{address} 应为 {legible(wanted)}，读回 {legible(found)}")
        for table, last in plan.last_rows.values():
            now = self._layout.again(table)
            if now is None:
                raise Mismatch(f"“{table.sheet}”的表格不见了")
            if now.last_row != last:
                raise Mismatch(f"“{table.sheet}”的表格末行应为第 {last} 行，读回第 {now.last_row} 行")
        for table, last in plan.last_rows.values():
            self._layout.moved(table.ending(last))

    def _wrong(self, plan: Plan) -> list[tuple[Patch, int, object]]:
        """The cells that hold something else than they should, each with what it holds; one call for each table or sheet."""
        groups: dict[tuple[str, str], list[Patch]] = {}
        for patch in plan.patches:
            groups.setdefault((patch.sheet, patch.table.name if patch.table else ""), []).append(patch)
        wrong = []
        for (sheet, _), patches in groups.items():
            area = around([Area(int(p.rows[0]), p.column, int(p.rows[-1]), p.column) for p in patches])
            block = read(self._ground.sheet(sheet), area)
            for patch in patches:
                found = block.column(patch.column, area.top, area.bottom)[patch.rows - area.top]
                wrong += [
                    (patch, at, found[at])
                    for at, each in enumerate(patch.entries)
                    if not is_same(each.expected, found[at], date1904=self._date1904)
                ]
        return wrong

    def _correct(self, patch: Patch, at: int, found: object) -> None:
        """Write a text once more that Excel took for something else, or whose apostrophe it kept.

        A link in whose place another one stands, because Excel filled its column down, becomes plain text: it leads nowhere
        rather than elsewhere.
        """
        meant = patch.entries[at]
        if meant.kind in (Kind.TEXT, Kind.FORMULA):
            cell = self._ground.sheet(patch.sheet).range(cell_address(int(patch.rows[at]), patch.column))
            cell.raw_value = meant.expected if found == f"'{meant.expected}" else f"'{meant.expected}"
