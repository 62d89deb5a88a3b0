"""The open workbook as a :class:`~coordination_xl.books.port.Book`, through xlwings' portable interface."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import xlwings as xw

from coordination_xl.books.addresses import MAX_ROW, Area, cell_address
from coordination_xl.books.excel.facts import facts_for
from coordination_xl.books.excel.ground import Ground
from coordination_xl.books.excel.layout import Layout, cells_of
from coordination_xl.books.excel.plan import Planner
from coordination_xl.books.excel.quiet import quiet
from coordination_xl.books.excel.reading import SheetBlocks, holding_formulas, read_formulas, read_table, with_durations
from coordination_xl.books.excel.refusals import protected, speaking
from coordination_xl.books.excel.writing import Writer
from coordination_xl.errors import ForeignWorkbook, ReadOnlyWorkbook, UsageError, WorkbookNotLocal
from coordination_xl.ledger.grid import Grid
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.books.excel.facts import Facts
    from coordination_xl.books.excel.patches import Plan
    from coordination_xl.books.excel.reading import Block


class ExcelBook:
    """One workbook that is open in Excel, for the length of one click.

    What was read is kept: a table that is asked for twice is read once. Its user may go on typing while Python computes;
    so :meth:`apply` reads anew what it is going to change and refuses if it is no longer what was read. After :meth:`apply`
    the book shows the new state. Nothing is ever saved, selected or activated.

    Args:
        workbook: the open workbook.
        path: its file.
        facts: how to ask the host for what xlwings does not tell.
    """

    def __init__(self, workbook: xw.Book, path: str, facts: Facts) -> None:
        self._workbook = workbook
        self._path = path
        self._facts = facts
        self._layout = Layout(workbook, path)
        self._grids: dict[str, Grid] = {}
        self._bodies: dict[str, Block] = {}
        self._formulas: dict[str, frozenset[tuple[int, int]]] = {}
        self._blocks = SheetBlocks()
        self._date1904: bool | None = None

    @classmethod
    def of(cls, workbook: xw.Book, *, facts: Facts | None = None) -> ExcelBook:
        """The book of a workbook that is open: of this one, whichever is in front.

        Args:
            workbook: the open workbook.
            facts: how to ask the host for what xlwings does not tell; by default as the platform does it.

        Raises:
            WorkbookNotLocal: never saved, or opened from the web and not synchronised to a folder of this machine.
            ExcelBusy: a cell is being edited, or a dialogue is open.
            NoWorkbookOpen: the workbook was closed meanwhile.
        """
        return cls(workbook, local_path(workbook), facts or facts_for())

    @property
    def name(self) -> str:
        """The path of the file."""
        return self._path

    @property
    def has_unsaved_changes(self) -> bool | None:
        """Whether something was changed since the workbook was saved; ``None`` where Excel does not tell."""
        with speaking(self._path, self._workbook):
            is_saved = self._facts.is_saved(self._workbook)
        return None if is_saved is None else not is_saved

    def require_ledgers(self) -> None:
        """Stop if this is not a coordination workbook at all.

        Raises:
            ForeignWorkbook: none of its tables is one of the schema.
        """
        known = {name.casefold() for name in BY_NAME}
        if not any(name.casefold() in known for name in self.tables()):
            raise ForeignWorkbook(
                self._path,
                "不是跨部门协调工作簿：一张台账也没有",
                "请切换到协调工作簿再点；还没有的，用 coordination-xl init 新建一份",
            )

    def tables(self) -> tuple[str, ...]:
        """The names of all Excel tables, in workbook order."""
        with speaking(self._path, self._workbook):
            return tuple(table.name for table in self._layout.tables.values())

    def sheets(self) -> tuple[str, ...]:
        """The names of all worksheets, hidden ones too, in workbook order."""
        with speaking(self._path, self._workbook):
            return tuple(self._layout.sheets)

    def grid(self, table: str) -> Grid:
        """One table as it stands; a totals row is left out. Two calls into Excel, however many rows.

        Raises:
            MissingTable: there is no table of this name.
            WorkbookError: Excel is busy, or the workbook was closed.
        """
        with speaking(self._path, self._workbook):
            found = self._layout.table(table)
            key = table.casefold()
            if key not in self._grids:
                sheet = self._layout.sheets[found.sheet]
                header, body = read_table(sheet, found)
                with_durations(sheet, body)
                columns = tuple(body.values[:, place].copy() for place in range(found.width))
                self._bodies[key] = body
                self._grids[key] = Grid(
                    found.name, found.sheet, header, found.first_row, found.area.left, columns, self._is_1904()
                )
            grid = self._grids[key]
            columns = tuple(column.copy() for column in grid.columns)
            return Grid(grid.table, grid.sheet, grid.header, grid.first_row, grid.first_column, columns, grid.date1904)

    def block(self, name: str) -> NDArray[np.object_] | None:
        """The values of a defined name, of its first column; ``None`` if there is no such name."""
        with speaking(self._path, self._workbook):
            found = self._layout.named(name)
            if found is None:
                return None
            sheet, area = found
            return self._blocks.column(self._layout.sheets[sheet], sheet, area)

    def place(self, name: str) -> tuple[str, str] | None:
        """Sheet and first cell of a defined name; ``None`` if there is no such name."""
        with speaking(self._path, self._workbook):
            found = self._layout.named(name)
        return None if found is None else (found[0], cell_address(found[1].top, found[1].left))

    def height(self, name: str) -> float | None:
        """The height of the row in which a name begins; ``None`` if it is as high as rows of the sheet are that nobody used.

        Excel does not tell who made a row as high as it is; so this one may also come from the text in it.
        """
        with speaking(self._path, self._workbook):
            found = self._layout.named(name)
            if found is None:
                return None
            sheet = self._layout.sheets[found[0]]
            points = sheet.range(cell_address(found[1].top, 1)).row_height
            usual = sheet.range(cell_address(MAX_ROW, 1)).row_height
        return None if points is None or points == usual else float(points)

    def formulas(self, table: str) -> frozenset[tuple[int, int]]:
        """Sheet row and column (1-based) of the table's cells that hold a formula.

        Raises:
            MissingTable: there is no table of this name.
            WorkbookError: Excel is busy, or the workbook was closed.
        """
        self.grid(table)
        key = table.casefold()
        if key not in self._formulas:
            body = self._bodies[key]
            with speaking(self._path, self._workbook):
                found = self._layout.table(table)
                texts = read_formulas(self._layout.sheets[found.sheet], body.area)
            rows, columns = holding_formulas(texts, body.values).nonzero()
            self._formulas[key] = frozenset(
                zip((rows + body.area.top).tolist(), (columns + body.area.left).tolist(), strict=True)
            )
        return self._formulas[key]

    def check_writable(self) -> None:
        """Stop where nothing could be written now.

        Raises:
            ReadOnlyWorkbook: the workbook was opened read-only.
            ExcelBusy: a cell is being edited, or a dialogue is open.
            NoWorkbookOpen: the workbook was closed meanwhile.
        """
        with speaking(self._path, self._workbook):
            _ = self._workbook.name  # the cheapest question that a busy Excel does not answer
            if self._facts.is_read_only(self._workbook):
                raise ReadOnlyWorkbook(
                    self._path, "工作簿以只读方式打开", "另存一份，或请占用者关闭后重新打开，再点一次"
                )

    def apply(self, changes: ChangeSet) -> None:
        """Write the change set into the open workbook, all of it or nothing; an empty one writes nothing.

        Raises:
            WorkbookError: the workbook is read-only, was changed since it was read, or Excel refuses.
            StructureError: a table, column or name of the change set is not there.
            WriteRefused: a formula, a merged area, a protected sheet or something below a table is in the way.
            UsageError: the change set contradicts itself, or would build on the workbook, which only a closed one allows.
        """
        if not changes:
            return
        try:
            with speaking(self._path, self._workbook):
                ground, plan = self._planned(changes)
                app, is_1904 = self._workbook.app, self._is_1904()
                with quiet(app, with_links=plan.has_links):
                    Writer(self._layout, ground, app, self._path, date1904=is_1904).carry_out(plan)
        finally:
            self._forget()

    def rehearse(self, changes: ChangeSet) -> None:
        """Stop where :meth:`apply` would refuse these changes; nothing is written.

        Raises:
            CoordinationError: as :meth:`apply`.
        """
        if changes:
            with speaking(self._path, self._workbook):
                self._planned(changes)

    def _planned(self, changes: ChangeSet) -> tuple[Ground, Plan]:
        """What is to be written where, and what stands there now; refused where it must not be."""
        if changes.structure:
            raise UsageError(self._path, "打开着的工作簿不能增补工作表、表格或列", "请先保存并关闭工作簿，再升级")
        self.check_writable()
        ground = Ground(self._layout, self._grids)
        plan = Planner(self._layout, ground, self._path, date1904=self._is_1904()).plan(changes)
        self._refuse_protected(plan)
        return ground, plan

    def _forget(self) -> None:
        self._grids.clear()
        self._bodies.clear()
        self._formulas.clear()
        self._blocks.forget()

    def _is_1904(self) -> bool:
        if self._date1904 is None:
            self._date1904 = bool(self._facts.date1904(self._workbook))
        return self._date1904

    def _refuse_protected(self, plan: Plan) -> None:
        for name in plan.sheets:
            sheet = self._layout.sheets[name]
            if not self._facts.is_protected(sheet):
                continue
            if any(table.sheet == name for table, _ in plan.last_rows.values()):
                raise protected(name)  # no table can grow or shrink on a protected sheet, locked or not
            if any(each == name for each, _ in plan.heights):
                raise protected(name)
            for patch in plan.patches:
                if patch.sheet == name:
                    first, last = int(patch.rows[0]), int(patch.rows[-1])
                    if self._facts.is_locked(cells_of(sheet, Area(first, patch.column, last, patch.column))):
                        raise protected(name, cell_address(first, patch.column))


def local_path(workbook: xw.Book) -> str:
    """Where the file of an open workbook lies on this machine.

    Raises:
        WorkbookNotLocal: never saved, or opened from the web and not synchronised to a folder of this machine.
    """
    with speaking("工作簿", workbook):
        name = workbook.name
        try:
            path = workbook.fullname
        except xw.XlwingsError as error:
            raise WorkbookNotLocal(
                name,
                "是从 OneDrive 或 SharePoint 网址打开的，本机没有它的文件夹",
                "请另存到本机文件夹后再点；或在同步文件夹里打开它",
            ) from error
    if not (PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()):
        if "://" in path:
            raise WorkbookNotLocal(name, "是从网址打开的，本机没有它的文件夹", "请另存到本机文件夹后再点")
        raise WorkbookNotLocal(name, "还没有保存过", "请先保存到本机文件夹（文件→另存为），再点一次")
    return path
