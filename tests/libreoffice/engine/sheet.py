"""The worksheets of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.boxes import MAX_COLUMNS, MAX_ROWS, Box
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.names import Names
from tests.libreoffice.engine.native import Native
from tests.libreoffice.engine.notes import Note
from tests.libreoffice.engine.panes import FreezePanes
from tests.libreoffice.engine.places import boxes_of
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.engine.tables import Tables
from tests.libreoffice.values import used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.libreoffice.engine.book import Book

MAX_NAME = 31


class Sheets(Counted, base_classes.Sheets):
    """All worksheets in their order."""

    def __init__(self, book: Book) -> None:
        self._office = book._office
        self._book = book

    @property
    def _sheets(self) -> Any:
        return self._book.document.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.document.getCurrentController().getActiveSheet())

    def __call__(self, name_or_index: int | str) -> Sheet:
        names = self._sheets.getElementNames()
        if isinstance(name_or_index, str):
            for number, name in enumerate(names):
                if name.lower() == name_or_index.lower():
                    return Sheet(self._book, self._sheets.getByIndex(number))
        elif 1 <= name_or_index <= len(names):
            return Sheet(self._book, self._sheets.getByIndex(name_or_index - 1))
        raise refused("Invalid index.")

    def __contains__(self, name: str) -> bool:
        return name.lower() in (each.lower() for each in self._sheets.getElementNames())

    def __len__(self) -> int:
        return self._sheets.getCount()

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self._book, self._sheets.getByIndex(n)) for n in range(self._sheets.getCount())])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        place = before or after or self.active
        number = place.index - 1 + (1 if after else 0)
        if name is None:
            taken = {each.lower() for each in self._sheets.getElementNames()}
            name = next(each for n in range(1, 1000) if (each := f"Sheet{n}").lower() not in taken)
        self._sheets.insertNewByName(name, number)
        sheet = Sheet(self._book, self._sheets.getByIndex(number))
        sheet.activate()
        return sheet


class Sheet(Counted, base_classes.Sheet):
    """One worksheet.

    Attributes:
        uno: the document's sheet.
    """

    def __init__(self, book: Book, uno: Any) -> None:
        self._office = book._office
        self._book = book
        self.uno = uno

    @property
    def book(self) -> Book:
        return self._book

    @property
    def api(self) -> Native:
        return Native(self._office, {"ProtectContents": self.uno.isProtected, "ProtectionMode": lambda: False})

    @property
    def name(self) -> str:
        return self.uno.getName()

    @name.setter
    def name(self, value: str) -> None:
        if len(value) > MAX_NAME:
            raise refused("Application-defined or object-defined error")
        self.uno.setName(value)

    @property
    def names(self) -> Names:
        return Names(self._book, self.uno.NamedRanges, f"{self.uno.getName()}!")

    @property
    def index(self) -> int:
        return self.uno.RangeAddress.Sheet + 1

    @property
    def visible(self) -> bool:
        return self.uno.IsVisible

    @visible.setter
    def visible(self, value: bool) -> None:
        self.uno.IsVisible = bool(value)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, int):
            arg1, arg2 = (arg1, arg2), None
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, (Box(*arg1),))
        first = self._boxes(arg1)
        if arg2 is None:
            return Range(self, first)
        return Range(self, (first[0].around(self._boxes(arg2)[0]),))

    def _boxes(self, argument: Any) -> tuple[Box, ...]:
        if isinstance(argument, Range):
            return argument.boxes
        if isinstance(argument, tuple):
            if 0 in argument:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return (Box(*argument),)
        return boxes_of(self._book.document, self.uno, argument)

    @property
    def cells(self) -> Range:
        return Range(self, (Box(1, 1, MAX_ROWS, MAX_COLUMNS),))

    @property
    def used_range(self) -> Range:
        return Range(self, (used(self.uno),))

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def notes(self) -> list[Note]:
        notes = self.uno.Annotations
        places = [notes.getByIndex(number).Position for number in range(notes.getCount())]
        return [Note(self, each.Row + 1, each.Column + 1) for each in places]

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    def activate(self) -> None:
        self._office.activate(self._book.document)
        self._book.document.getCurrentController().setActiveSheet(self.uno)

    select = activate

    def clear(self) -> None:
        self.cells.clear()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "r", "rows"):
            self.uno.Rows.OptimalHeight = True
        if axis in (None, "c", "columns"):
            self.uno.Columns.OptimalWidth = True

    def delete(self) -> None:
        sheets = self._book.document.Sheets
        if sheets.getCount() == 1:
            raise refused("A workbook must contain at least one visible worksheet.")
        sheets.removeByName(self.uno.getName())

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        if (before or after)._book is not self._book and (before or after)._book.name != self._book.name:
            raise NotImplementedError("the live test host copies sheets within one workbook only")
        number = (before or after).index - (1 if before else 0)
        sheets = self._book.document.Sheets
        name = next(each for n in range(2, 1000) if not sheets.hasByName(each := f"{self.uno.getName()} ({n})"))
        sheets.copyByName(self.uno.getName(), name, number)
        Sheet(self._book, sheets.getByName(name)).activate()

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        number = (before or after).index - (1 if before else 0)
        self._book.document.Sheets.moveByName(self.uno.getName(), number)
