"""Excel tables: what LibreOffice calls database ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.boxes import Box, of_uno
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.filters import AutoFilter
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.values import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.libreoffice.engine.sheet import Sheet

_UNNAMED = "__Anonymous_Sheet_DB__"


class Tables(Counted, base_classes.Tables):
    """The tables of one sheet, from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self._office = sheet._office
        self._sheet = sheet

    def _all(self) -> list[Table]:
        ranges = self._sheet.book.document.DatabaseRanges
        index = self._sheet.uno.RangeAddress.Sheet
        found = [(name, ranges.getByName(name).DataArea) for name in ranges.getElementNames()]
        here = [(of_uno(area), name) for name, area in found if area.Sheet == index and not name.startswith(_UNNAMED)]
        return [Table(self._sheet, name) for _, name in sorted(here)]

    def __call__(self, key: int | str) -> Table:
        tables = self._all()
        if isinstance(key, str):
            for table in tables:
                if table.key.lower() == key.lower():
                    return table
        elif 1 <= key <= len(tables):
            return tables[key - 1]
        raise KeyError(key)

    def __contains__(self, key: int | str) -> bool:
        tables = self._all()
        return 1 <= key <= len(tables) if isinstance(key, int) else key.lower() in (each.key.lower() for each in tables)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def add(
        self,
        source_type: object = None,  # noqa: ARG002
        source: Any = None,
        link_source: object = None,  # noqa: ARG002
        has_headers: bool | None = None,
        destination: object = None,  # noqa: ARG002
        table_style_name: str | None = None,  # noqa: ARG002
        name: str | None = None,
    ) -> Table:
        if not has_headers:
            raise NotImplementedError("the live test host makes tables from ranges with headers only")
        ranges = self._sheet.book.document.DatabaseRanges
        name = name or next(each for n in range(1, 1000) if not ranges.hasByName(each := f"Table{n}"))
        if ranges.hasByName(name) or table_at(self._sheet, source.box):
            raise refused("A table cannot overlap another table.")
        ranges.addNewByName(name, cells(self._sheet.uno, source.box).RangeAddress)
        ranges.getByName(name).ContainsHeader = True
        ranges.getByName(name).AutoFilter = True
        return Table(self._sheet, name)


class Table(Counted, base_classes.Table):
    """One table.

    Attributes:
        key: its name at the time it was found.
    """

    def __init__(self, sheet: Sheet, key: str) -> None:
        self._office = sheet._office
        self._sheet = sheet
        self.key = key

    @property
    def uno(self) -> Any:
        return self._sheet.book.document.DatabaseRanges.getByName(self.key)

    @property
    def box(self) -> Box:
        return of_uno(self.uno.DataArea)

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return self.key

    @name.setter
    def name(self, value: str) -> None:
        self.uno.setName(value)
        self.key = value

    display_name = name

    @property
    def range(self) -> Range:
        return Range(self._sheet, (self.box,))

    @property
    def header_row_range(self) -> Range:
        return Range(self._sheet, (self.box._replace(rows=1),))

    @property
    def data_body_range(self) -> Range | None:
        box = self.box
        rows = box.rows - 1 - bool(self.uno.TotalsRow)
        return Range(self._sheet, (box._replace(row=box.row + 1, rows=rows),)) if rows else None

    @property
    def totals_row_range(self) -> Range | None:
        box = self.box
        return Range(self._sheet, (box._replace(row=box.last_row, rows=1),)) if self.uno.TotalsRow else None

    @property
    def insert_row_range(self) -> Range | None:
        return None

    @property
    def show_headers(self) -> bool:
        return self.uno.ContainsHeader

    @property
    def show_totals(self) -> bool:
        return self.uno.TotalsRow

    @property
    def show_autofilter(self) -> bool:
        return self.uno.AutoFilter

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if not value:
            self.autofilter.clear(None)
        self.uno.AutoFilter = bool(value)

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    @property
    def columns(self) -> TableColumns:
        return TableColumns(self)

    def resize(self, range: Any) -> None:  # noqa: A002  # xlwings' name
        new, old = range.impl.box, self.box
        others = [each for each in Tables(self._sheet) if each.key != self.key]
        possible = (
            new.row == old.row
            and new.rows > 1
            and new.within(old) is not None
            and not any(new.within(each.box) for each in others)
            and not self._sheet.uno.isProtected()
        )
        if not possible:
            raise refused("Application-defined or object-defined error")
        self.uno.setDataArea(cells(self._sheet.uno, new).RangeAddress)


class TableColumn(Counted, base_classes.TableColumn):
    """One column of a table."""

    def __init__(self, parent: TableColumns, number: int) -> None:
        self._office = parent._office
        self._columns = parent
        self._number = number

    @property
    def parent(self) -> TableColumns:
        return self._columns

    @property
    def index(self) -> int:
        return self._number

    @property
    def name(self) -> str:
        return str(self.range(1, 1).raw_value)

    @property
    def range(self) -> Range:
        table = self._columns.table
        return Range(table.parent, (table.box._replace(column=table.box.column + self._number - 1, columns=1),))

    @property
    def data_body_range(self) -> Range | None:
        body = self._columns.table.data_body_range
        if body is None:
            return None
        box = body.box._replace(column=body.box.column + self._number - 1, columns=1)
        return Range(self._columns.table.parent, (box,))


class TableColumns(Counted, base_classes.TableColumns):
    """The columns of a table by number and by header."""

    def __init__(self, table: Table) -> None:
        self._office = table._office
        self.table = table

    @property
    def parent(self) -> Table:
        return self.table

    def _headers(self) -> list[str]:
        box = self.table.box._replace(rows=1)
        return [str(each) for each in cells(self.table.parent.uno, box).getDataArray()[0]]

    def __call__(self, key: int | str) -> TableColumn:
        headers = [each.lower() for each in self._headers()]
        if isinstance(key, str) and key.lower() in headers:
            return TableColumn(self, headers.index(key.lower()) + 1)
        if isinstance(key, int) and 1 <= key <= len(headers):
            return TableColumn(self, key)
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return key.lower() in (each.lower() for each in self._headers())

    def __len__(self) -> int:
        return self.table.box.columns

    def __iter__(self) -> Iterator[TableColumn]:
        return iter([TableColumn(self, number + 1) for number in range(self.table.box.columns)])


def table_at(sheet: Sheet, box: Box) -> Table | None:
    """The table that has the first cell of a box."""
    first = box._replace(rows=1, columns=1)
    return next((table for table in Tables(sheet)._all() if table.box.within(first)), None)
