"""A closed .xlsx or .xlsm file as a :class:`~coordination_xl.books.port.Book`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.xlsx.apply import Application
from coordination_xl.books.xlsx.contents import Contents, IndexedSheets
from coordination_xl.books.xlsx.heights import heights_in
from coordination_xl.books.xlsx.index import KEY_BITS
from coordination_xl.books.xlsx.locks import refuse_locked, refuse_read_only, refuse_signed
from coordination_xl.books.xlsx.markup import BadMarkup
from coordination_xl.books.xlsx.package import MAX_PART, Package
from coordination_xl.books.xlsx.reader import Reader, Unreadable
from coordination_xl.books.xlsx.save import refuse_changed, save
from coordination_xl.books.xlsx.sheets import Frame, index_of
from coordination_xl.books.xlsx.structure.building import built_on
from coordination_xl.books.xlsx.structure.room import in_the_way
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.workbook import read_layout
from coordination_xl.errors import (
    DamagedWorkbook,
    DuplicateTable,
    LockedWorkbook,
    MissingTable,
    NotAWorkbook,
    WorkbookNotFound,
    reason,
)
from coordination_xl.ledger.grid import Grid

if TYPE_CHECKING:
    import os

    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.reader import SheetValues
    from coordination_xl.books.xlsx.tables import Table
    from coordination_xl.books.xlsx.workbook import Sheet


class XlsxBook:
    """One workbook file. It is read whole when opened; applying changes splices them into it and replaces the file.

    After :meth:`apply` the book shows the new state. Reading is possible while somebody has the workbook open; applying
    is refused then.
    """

    def __init__(self, path: Path, archive: bytes) -> None:
        self._path = path
        package = Package(archive, str(path))
        package.check()
        self._load(package)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> XlsxBook:
        """The workbook at a path; links are followed.

        Raises:
            WorkbookNotFound: there is none.
            NotAWorkbook: something else than .xlsx or .xlsm.
            EncryptedWorkbook: needs a password to open.
            DamagedWorkbook: truncated, damaged, or absurdly large.
            LockedWorkbook: the system does not let it be read.
            DuplicateTable: two tables bear one name.
        """
        real = Path(path).resolve()
        if not real.exists():
            raise WorkbookNotFound(str(path), "找不到文件", "请检查路径和文件名")
        if not real.is_file():
            raise NotAWorkbook(str(path), "不是文件", "请选择 .xlsx 或 .xlsm 文件")
        if real.stat().st_size > MAX_PART:
            raise DamagedWorkbook(str(path), "文件超过 1 GB，无法处理", "请检查是否选错了文件")
        try:
            archive = real.read_bytes()
        except OSError as error:
            raise LockedWorkbook(
                str(path), f"无法读取（{reason(error)}）", "请关闭占用它的程序，并检查访问权限"
            ) from error
        return cls(real, archive)

    def _load(self, package: Package) -> None:
        layout = read_layout(package)
        names = [table.name.casefold() for sheet in layout.sheets for table in sheet.tables]
        for name in names:
            if names.count(name) > 1:
                raise DuplicateTable(package.where, f"有两个名为 {name} 的表格", "请删除其中一个，或在 Excel 中改名")
        self._package, self._layout = package, layout
        self._styles = Styles(package, layout.styles)
        self._indexed = IndexedSheets(package)
        self._reader: Reader | None = None
        self._values: dict[str, SheetValues] = {}
        self._headers: dict[str, tuple[str, ...]] = {}
        self._heights: dict[str, dict[int, float]] = {}

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self._path)

    @property
    def path(self) -> Path:
        """The file itself, links resolved."""
        return self._path

    def tables(self) -> tuple[str, ...]:
        """The names of all Excel tables, in workbook order."""
        return tuple(table.name for sheet in self._layout.sheets for table in sheet.tables)

    def sheets(self) -> tuple[str, ...]:
        """The names of all worksheets, in workbook order."""
        return tuple(sheet.name for sheet in self._layout.sheets)

    def grid(self, table: str) -> Grid:
        """One table as it stands; a totals row is left out.

        Raises:
            MissingTable: there is no table of this name.
            DamagedWorkbook: its sheet cannot be read.
        """
        sheet, found = self._table(table)
        area = found.area
        columns = self._sheet_values(sheet).columns(area.top, found.last_row, area.left, area.right)
        header = found.headers
        if found.header_rows:
            typed = [column[0] for column in columns]
            header = tuple(t if isinstance(t, str) else name for t, name in zip(typed, header, strict=True))
            columns = tuple(column[1:] for column in columns)
        self._headers[found.name] = header
        return Grid(found.name, sheet.name, header, found.first_row, area.left, columns, self._layout.date1904)

    def block(self, name: str) -> NDArray[np.object_] | None:
        """The values below a defined name, of its first column; ``None`` if there is no such name."""
        found = self._layout.names.get(name.casefold())
        if found is None:
            return None
        sheet_name, area = found
        if sheet_name not in self.sheets():
            return None
        values = self._sheet_values(self._layout.sheet(sheet_name))
        return values.columns(area.top, area.bottom, area.left, area.left)[0]

    def place(self, name: str) -> tuple[str, str] | None:
        """Sheet and first cell of a defined name; ``None`` if there is no such name."""
        found = self._layout.names.get(name.casefold())
        if found is None or found[0] not in self.sheets():
            return None
        sheet_name, area = found
        return sheet_name, cell_address(area.top, area.left)

    def height(self, name: str) -> float | None:
        """The height that somebody set for the row in which a name begins.

        Raises:
            DamagedWorkbook: its sheet cannot be read.
        """
        found = self._layout.names.get(name.casefold())
        if found is None or found[0] not in self.sheets():
            return None
        sheet = self._layout.sheet(found[0])
        if sheet.name not in self._heights:
            xml = self._package.xml(sheet.part)
            self._heights[sheet.name] = heights_in(xml, self._index(sheet, xml))
        return self._heights[sheet.name].get(found[1].top)

    def formulas(self, table: str) -> frozenset[tuple[int, int]]:
        """Sheet row and column (1-based) of the table's cells that hold a formula.

        Raises:
            MissingTable: there is no table of this name.
            DamagedWorkbook: its sheet cannot be read.
        """
        sheet, found = self._table(table)
        index = self._index(sheet, self._package.xml(sheet.part))
        area = found.area
        cells = ((key >> KEY_BITS, key % (1 << KEY_BITS) + 1) for key in index.key[index.has_formula].tolist())
        return frozenset(
            (row, column)
            for row, column in cells
            if area.top <= row <= area.bottom and area.left <= column <= area.right
        )

    def check_writable(self) -> None:
        """Stop where nothing could be written now.

        Raises:
            WorkbookError: the file is locked, read-only, signed, or changed by others since it was opened.
        """
        refuse_signed(self._package)
        refuse_changed(self._path, self._package.archive)
        refuse_locked(self._path)
        refuse_read_only(self._path)

    def apply(self, changes: ChangeSet) -> None:
        """Write the change set into the file, all of it or nothing; an empty one writes nothing.

        Raises:
            WorkbookError: the file is locked, read-only, signed, changed by others since it was opened, or cannot be saved.
            StructureError: a table, column or name of the change set is not there.
            WriteRefused: a formula, a merged area or something below a table is in the way.
            UsageError: the change set contradicts itself.
        """
        if not changes:
            return
        self.check_writable()
        new = self._carried_out(changes)
        if new is None:
            return
        save(self._path, self._package.archive, new.archive)
        self._load(new)

    def rehearse(self, changes: ChangeSet) -> None:
        """Stop where :meth:`apply` would refuse these changes; nothing is written.

        Raises:
            CoordinationError: as :meth:`apply`.
        """
        if changes:
            self.check_writable()
            self._carried_out(changes)

    def cells(self, sheet: str) -> tuple[NDArray[np.object_], ...]:
        """The values of a sheet, column by column from A1 on; no column where it is blank.

        Raises:
            KeyError: there is no such sheet.
            DamagedWorkbook: it cannot be read.
        """
        found = self._sheet(sheet)
        index = self._index(found, self._package.xml(found.part))
        if not len(index.key):
            return ()
        bottom, right = int(index.key[-1]) >> KEY_BITS, int((index.key % (1 << KEY_BITS)).max()) + 1
        return self._sheet_values(found).columns(1, bottom, 1, right)

    def in_the_way(self, sheet: str, area: str) -> tuple[str, ...]:
        """What would be covered by something new in an area, in words.

        Raises:
            KeyError: there is no such sheet.
            DamagedWorkbook: it cannot be read.
        """
        found, place = self._sheet(sheet), Area.parse(area)
        if place is None:
            raise KeyError(area)
        xml = self._package.xml(found.part)
        index = self._index(found, xml)
        return in_the_way(xml, index, Frame(xml, index), found, place)

    def _sheet(self, name: str) -> Sheet:
        if name not in self.sheets():
            raise KeyError(name)
        return self._layout.sheet(name)

    def _carried_out(self, changes: ChangeSet) -> Package | None:
        """The new package, read back and compared; ``None`` if not a byte changes."""
        if changes.structure:
            built = XlsxBook(self._path, built_on(self._package, changes.structure).archive)
            rest = built._carried_out(replace(changes, structure=())) if replace(changes, structure=()) else None
            return rest or built._package
        styles = Styles(self._package, self._layout.styles)
        return Application(self._package, self._layout, styles, self._header_of, self._indexed).carried_out(changes)

    def _index(self, sheet: Sheet, xml: bytes) -> SheetIndex:
        try:
            return index_of(xml)
        except BadMarkup as error:
            raise self._package.damaged(f"工作表“{sheet.name}”无法读取（{error}）") from error

    def _header_of(self, table: str) -> tuple[str, ...]:
        return self._headers.get(table) or self.grid(table).header

    def _table(self, name: str) -> tuple[Sheet, Table]:
        found = self._layout.table(name)
        if found is None:
            raise MissingTable(self.name, f"没有名为 {name} 的表格", "请从空白模板恢复该表，不要把表格转换为普通区域")
        return found

    def _sheet_values(self, sheet: Sheet) -> SheetValues:
        if sheet.name not in self._values:
            try:
                values = self._opened_reader().values(self._layout.sheets.index(sheet))
            except Unreadable as error:
                raise self._package.damaged(f"工作表“{sheet.name}”无法读取（{error}）") from error
            self._values[sheet.name] = values
        return self._values[sheet.name]

    def _opened_reader(self) -> Reader:
        if self._reader is None:
            package, layout = self._package, self._layout
            sheets = [sheet.part for sheet in layout.sheets]
            try:
                large = {part: sheet for part in sheets if (sheet := self._indexed.get(part))}
                contents = {part: Contents(sheet) for part, sheet in large.items()}
            except BadMarkup as error:
                raise Unreadable(str(error)) from error
            self._reader = Reader(
                package, sheets, layout.strings, self._styles.kinds, date1904=layout.date1904, contents=contents
            )
        return self._reader
