"""Ranges of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings.utils import col_name

from tests.libreoffice import values
from tests.libreoffice.engine import travel, visibility
from tests.libreoffice.engine.appearance import Appearance
from tests.libreoffice.engine.boxes import MAX_COLUMNS, MAX_ROWS, Box, joined, of_uno
from tests.libreoffice.engine.filters import AutoFilter
from tests.libreoffice.engine.notes import Note, note_at
from tests.libreoffice.engine.refusals import refused

if TYPE_CHECKING:
    from tests.libreoffice.engine.sheet import Sheet
    from tests.libreoffice.engine.tables import Table


class Range(Appearance):
    """One or several areas of one sheet; what is asked of a single rectangle is answered for the first, as in COM.

    Attributes:
        boxes: the areas, never none.
    """

    def __init__(self, sheet: Sheet, boxes: tuple[Box, ...]) -> None:
        self._office = sheet._office
        self._sheet = sheet
        self.boxes = boxes

    def _at(self, box: Box) -> Range:
        return Range(self._sheet, (box,))

    # where it is

    @property
    def coords(self) -> tuple:
        return (self._sheet, *self.box)

    @property
    def row(self) -> int:
        return self.box.row

    @property
    def column(self) -> int:
        return self.box.column

    @property
    def shape(self) -> tuple[int, int]:
        return self.box.rows, self.box.columns

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        address = joined(self.boxes, row_absolute, column_absolute)
        if not external:
            return address
        inside = f"[{self._sheet.book.name}]{self._sheet.name}"
        quoted = inside.replace("'", "''")
        return (
            f"{inside}!{address}"
            if inside.replace("[", "").replace("]", "").isidentifier()
            else f"'{quoted}'!{address}"
        )

    @property
    def address(self) -> str:
        if self._empty:
            return f"${col_name(self.box.column)}${self.box.row}{{{self.box.rows}x{self.box.columns}}}"
        return joined(self.boxes)

    def __call__(self, *args: Any) -> Range:
        if len(args) == 1:
            row, column = divmod(args[0] - 1, self.box.columns)
        else:
            row, column = args[0] - 1, args[1] - 1
        return self._at(Box(self.box.row, self.box.column).moved(row, column))

    @property
    def rows(self) -> Range:
        return self

    @property
    def columns(self) -> Range:
        return self

    def end(self, direction: str) -> Range:
        return self._at(travel.end(self._sheet.uno, self.box, direction))

    @property
    def current_region(self) -> Range:
        cursor = self._sheet.uno.createCursorByRange(values.cells(self._sheet.uno, Box(self.box.row, self.box.column)))
        cursor.collapseToCurrentRegion()
        return self._at(of_uno(cursor.RangeAddress))

    # what is to be seen

    @property
    def row_hidden(self) -> bool | None:
        self._office.charge(min(self.box.rows, MAX_ROWS))  # xlwings asks row by row on Windows
        return visibility.rows_hidden(self._sheet.uno, self.box)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._formatted(lambda area: setattr(area.Rows, "IsVisible", not value))

    @property
    def column_hidden(self) -> bool | None:
        self._office.charge(min(self.box.columns, MAX_COLUMNS))
        return visibility.columns_hidden(self._sheet.uno, self.box)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._formatted(lambda area: setattr(area.Columns, "IsVisible", not value))

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        return [self._at(box) for box in visibility.special(self._sheet.uno, self.boxes, cell_type, value_type)]

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    def select(self) -> None:
        document = self._sheet.book.document
        controller = document.getCurrentController()
        in_front = self._office.active_document().RuntimeUID == document.RuntimeUID
        if not in_front or controller.getActiveSheet().getName() != self._sheet.uno.getName():
            raise refused("Select method of Range class failed")
        areas = self._each()
        target = areas[0]
        if len(areas) > 1:
            target = document.createInstance("com.sun.star.sheet.SheetCellRanges")
            target.addRangeAddresses(tuple(area.RangeAddress for area in areas), False)
        controller.select(target)

    # what hangs on it

    @property
    def note(self) -> Note | None:
        return note_at(self._sheet, self.box.row, self.box.column)

    def add_note(self, text: str) -> Note:
        if self._sheet.uno.isProtected():
            raise refused("Application-defined or object-defined error")
        self._sheet.uno.Annotations.insertNew(
            values.cells(self._sheet.uno, self.box).getCellByPosition(0, 0).CellAddress, text
        )
        return Note(self._sheet, self.box.row, self.box.column)

    @property
    def table(self) -> Table | None:
        from tests.libreoffice.engine.tables import table_at  # tables are made of ranges

        return table_at(self._sheet, self.box)

    @property
    def name(self) -> Any:
        for name in self._sheet.book.names:
            if name.refers_to_range.box == self.box and name.refers_to_range.sheet.name == self._sheet.name:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        quoted = self._sheet.name.replace("'", "''")
        self._sheet.book.names.add(value, f"='{quoted}'!{self.box.address()}")

    @property
    def merge_cells(self) -> bool:
        return self._area.IsMerged

    @property
    def merge_area(self) -> Range:
        cursor = self._sheet.uno.createCursorByRange(self._area)
        cursor.collapseToMergedArea()
        return self._at(of_uno(cursor.RangeAddress))

    # what moves others

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:  # noqa: ARG002
        travel.insert(self._sheet.uno, self.box, shift)

    def delete(self, shift: str | None = None) -> None:
        travel.delete(self._sheet.uno, self.box, shift)

    def copy(self, destination: Any = None) -> None:
        if destination is None:
            raise NotImplementedError("the live test host has no clipboard")
        target = destination.impl
        start = values.cells(target.sheet.uno, target.box).getCellByPosition(0, 0).CellAddress
        target.sheet.uno.copyRange(start, self._area.RangeAddress)
