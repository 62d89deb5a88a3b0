"""Rectangles of cells and the way Excel writes them."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlwings.utils import col_name, column_to_number

from tests.libreoffice.engine.refusals import refused

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_ADDRESS = 255  # Excel takes no longer text for an address and gives none out

_CELL = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_AREA = re.compile(rf"{_CELL}(?::{_CELL})?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


class Box(NamedTuple):
    """One rectangle of cells of one sheet.

    Attributes:
        row: first sheet row, from 1.
        column: first sheet column, from 1.
        rows: height in cells; 0 for an empty range, which xlwings makes of an empty slice.
        columns: width in cells.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1

    def within(self, other: Box) -> Box | None:
        """The cells that both have."""
        row, column = max(self.row, other.row), max(self.column, other.column)
        rows = min(self.last_row, other.last_row) - row + 1
        columns = min(self.last_column, other.last_column) - column + 1
        return Box(row, column, rows, columns) if rows > 0 and columns > 0 else None

    def around(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        row, column = min(self.row, other.row), min(self.column, other.column)
        last_row, last_column = max(self.last_row, other.last_row), max(self.last_column, other.last_column)
        return Box(row, column, last_row - row + 1, last_column - column + 1)

    def moved(self, rows: int, columns: int) -> Box:
        """The same shape elsewhere.

        Raises:
            com_error: beyond the edge of the sheet.
        """
        there = self._replace(row=self.row + rows, column=self.column + columns)
        if there.row < 1 or there.column < 1 or there.last_row > MAX_ROWS or there.last_column > MAX_COLUMNS:
            raise refused("Application-defined or object-defined error")
        return there

    def address(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """As Excel writes it: ``$A$1:$B$2``, whole columns ``$A:$B``, whole rows ``$1:$2``."""
        r, c = "$" if row_absolute else "", "$" if column_absolute else ""
        first, last = f"{c}{col_name(self.column)}", f"{c}{col_name(self.last_column)}"
        if self.rows == MAX_ROWS and self.columns < MAX_COLUMNS:
            return f"{first}:{last}"
        if self.columns == MAX_COLUMNS:
            return f"{r}{self.row}:{r}{self.last_row}"
        start, end = f"{first}{r}{self.row}", f"{last}{r}{self.last_row}"
        return start if self.rows == self.columns == 1 else f"{start}:{end}"


def of_uno(area: object) -> Box:
    """The box of a UNO ``CellRangeAddress``, which counts from 0."""
    return Box(
        area.StartRow + 1,
        area.StartColumn + 1,
        area.EndRow - area.StartRow + 1,
        area.EndColumn - area.StartColumn + 1,
    )


def parse_area(text: str) -> Box | None:
    """One area in A1 notation; ``None`` if it is none."""
    if found := _AREA.fullmatch(text):
        first_column, first_row, last_column, last_row = found.groups()
        first = Box(int(first_row), column_to_number(first_column.upper()))
        last = Box(int(last_row), column_to_number(last_column.upper())) if last_column else first
        box = first.around(last)
    elif found := _COLUMNS.fullmatch(text):
        first, last = sorted(column_to_number(each.upper()) for each in found.groups())
        box = Box(1, first, MAX_ROWS, last - first + 1)
    elif found := _ROWS.fullmatch(text):
        first, last = sorted(int(each) for each in found.groups())
        box = Box(first, 1, last - first + 1, MAX_COLUMNS)
    else:
        return None
    return box if box.row and box.last_row <= MAX_ROWS and box.last_column <= MAX_COLUMNS else None


def joined(boxes: tuple[Box, ...], row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The address of several areas; Excel leaves out the areas for which 255 characters do not suffice."""
    text = ""
    for box in boxes:
        longer = ",".join(filter(None, (text, box.address(row_absolute, column_absolute))))
        if len(longer) > MAX_ADDRESS:
            break
        text = longer
    return text
