"""Notes on cells, the yellow ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.boxes import Box
from tests.libreoffice.engine.counted import Counted

if TYPE_CHECKING:
    from tests.libreoffice.engine.cells import Range
    from tests.libreoffice.engine.sheet import Sheet


class Note(Counted, base_classes.Note):
    """The note of one cell."""

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        self._office = sheet._office
        self._sheet = sheet
        self._row = row
        self._column = column

    @property
    def _note(self) -> Any:
        return self._sheet.uno.getCellByPosition(self._column - 1, self._row - 1).getAnnotation()

    @property
    def text(self) -> str:
        return self._note.getString()

    @text.setter
    def text(self, value: str) -> None:
        self._note.setString(value)

    @property
    def author(self) -> str:
        return self._note.getAuthor()

    @property
    def location(self) -> Range:
        from tests.libreoffice.engine.cells import Range  # ranges know their notes

        return Range(self._sheet, (Box(self._row, self._column),))

    def delete(self) -> None:
        notes = self._sheet.uno.Annotations
        for number in range(notes.getCount()):
            place = notes.getByIndex(number).Position
            if (place.Row + 1, place.Column + 1) == (self._row, self._column):
                notes.removeByIndex(number)
                return


def note_at(sheet: Sheet, row: int, column: int) -> Note | None:
    """The note of a cell, if it has one."""
    cell = sheet.uno.getCellByPosition(column - 1, row - 1)
    return Note(sheet, row, column) if cell.getAnnotation().getString() else None
