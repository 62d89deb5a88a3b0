"""What stands where in the open workbook: its sheets, its tables, its defined names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.errors import MissingTable
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    import xlwings as xw

_REFERENCE = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\s(),:]+))!([$A-Za-z0-9:]+)")


@dataclass(frozen=True, slots=True)
class LiveTable:
    """One table as it stands on its sheet.

    Attributes:
        name: its name (what formulas call it).
        sheet: the sheet's name.
        area: header, data and totals.
        header_rows: 1, or 0 if the header is hidden.
        totals_rows: 1 if a totals row is shown.
    """

    name: str
    sheet: str
    area: Area
    header_rows: int
    totals_rows: int

    @property
    def first_row(self) -> int:
        """Sheet row of the first data row."""
        return self.area.top + self.header_rows

    @property
    def last_row(self) -> int:
        """Sheet row of the last data row."""
        return self.area.bottom - self.totals_rows

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.area.right - self.area.left + 1

    def ending(self, last_row: int) -> LiveTable:
        """The table with another last data row."""
        return replace(self, area=replace(self.area, bottom=last_row + self.totals_rows))


def area_of(cells: xw.Range) -> Area:
    """Where a range lies: its address is one call, its rows and columns are seven on Windows."""
    area = Area.parse(cells.address)
    if area is not None:
        return area
    # Whole rows or columns: their address has no corners.
    (height, width), top, left = cells.shape, cells.row, cells.column
    return Area(top, left, top + height - 1, left + width - 1)


def cells_of(sheet: xw.Sheet, area: Area) -> xw.Range:
    """The range of an area, by its address: one call on Windows and none on macOS, where numbers take several."""
    return sheet.range(str(area))


class Layout:
    """Sheets and tables, read once; names, each read when it is first asked for.

    Args:
        workbook: the open workbook.
        where: what messages call it.
    """

    def __init__(self, workbook: xw.Book, where: str) -> None:
        self._workbook = workbook
        self._where = where
        self._sheets: dict[str, xw.Sheet] | None = None
        self._tables: dict[str, LiveTable] | None = None
        self._names: dict[str, tuple[str, Area] | None] = {}

    @property
    def sheets(self) -> dict[str, xw.Sheet]:
        """The worksheets by name, in workbook order; chart sheets are left out."""
        if self._sheets is None:
            self._sheets = {sheet.name: sheet for sheet in self._workbook.sheets}
        return self._sheets

    @property
    def tables(self) -> dict[str, LiveTable]:
        """The tables by case-folded name, in workbook order."""
        if self._tables is None:
            found = (live_table(table, name) for name, sheet in self.sheets.items() for table in sheet.tables)
            self._tables = {table.name.casefold(): table for table in found}
        return self._tables

    def on(self, sheet: str) -> list[LiveTable]:
        """The tables of one sheet."""
        return [table for table in self.tables.values() if table.sheet == sheet]

    def table(self, name: str) -> LiveTable:
        """A table by its name, which is compared as Excel does, without case.

        Raises:
            MissingTable: there is none.
        """
        found = self.tables.get(name.casefold())
        if found is None:
            place = f"{self._where}·{BY_NAME[name].sheet}" if name in BY_NAME else self._where
            raise MissingTable(place, f"没有名为 {name} 的表格", "请从空白模板恢复该表，不要删除、改名或转换为普通区域")
        return found

    def again(self, table: LiveTable) -> LiveTable | None:
        """The table as it stands at this moment; ``None`` if it is gone."""
        tables = self.sheets[table.sheet].tables
        if table.name not in tables:
            return None
        return live_table(tables[table.name], table.sheet)

    def moved(self, table: LiveTable) -> None:
        """Take note that a table was made longer or shorter."""
        self.tables[table.name.casefold()] = table

    def named(self, name: str) -> tuple[str, Area] | None:
        """Sheet and area of a defined name; ``None`` if there is no such name, or if it is not one rectangle."""
        key = name.casefold()
        if key not in self._names:
            names = self._workbook.names
            self._names[key] = self._read(_of_workbook(names, name).refers_to or "") if name in names else None
        return self._names[key]

    def _read(self, refers: str) -> tuple[str, Area] | None:
        match = _REFERENCE.fullmatch(refers.strip())
        area = Area.parse(match[3]) if match else None
        if match is None or area is None:
            return None
        sheet = match[1].replace("''", "'") if match[1] else match[2]
        return (sheet, area) if sheet in self.sheets else None


def _of_workbook(names: xw.main.Names, name: str) -> xw.Name:
    """The name of the whole workbook: a copied sheet brings its own, which Excel may find first while it is in front."""
    found = names[name]
    if "!" not in found.name:
        return found
    return next((each for each in names if each.name.casefold() == name.casefold()), found)


def live_table(table: xw.main.Table, sheet: str) -> LiveTable:
    """What a table of xlwings says of itself."""
    return LiveTable(table.name, sheet, area_of(table.range), int(table.show_headers), int(table.show_totals))
