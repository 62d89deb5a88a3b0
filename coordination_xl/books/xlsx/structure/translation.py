"""Formulas and areas of a model's sheet, as they read where the table stands elsewhere and its columns in another order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import MAX_ROW, Area, column_number
from coordination_xl.books.xlsx.structure.counterparts import renamed
from coordination_xl.ledger.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.xlsx.tables import Table

_LITERAL = re.compile(r'("(?:[^"]|"")*")')
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.!\]'])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(.])")
_ROOM_TO_GROW = 1000


class Untranslatable(ValueError):
    """A formula speaks of a column that is not here."""


@dataclass(frozen=True, slots=True)
class Translation:
    """From a model's table to the same one of a workbook.

    Attributes:
        model: the table there.
        own: the table here.
        own_headers: its headers, new columns included, left to right.
    """

    model: Table
    own: Table
    own_headers: tuple[str, ...]

    def column(self, column: int) -> int:
        """The column here of a column (1-based) there; columns that are not the table's stay where they are.

        Raises:
            Untranslatable: the table here does not have it.
        """
        place = column - self.model.area.left
        if not 0 <= place < len(self.model.headers):
            return column
        header = self.model.headers[place]
        if header not in self.own_headers:
            raise Untranslatable(header)
        return self.own.area.left + self.own_headers.index(header)

    def row(self, row: int) -> int:
        """The row here of a row there; rows above the table's data stay where they are."""
        return row + self.own.first_row - self.model.first_row if row >= self.model.first_row else row

    def formula(self, text: str) -> str:
        """A formula.

        Raises:
            Untranslatable: it speaks of a column that is not here.
        """

        def moved(match: re.Match[str]) -> str:
            column = column_letters(self.column(column_number(match[2])))
            return f"{match[1]}{column}{match[3]}{self.row(int(match[4]))}"

        pieces = _LITERAL.split(text)
        return "".join(piece if piece.startswith('"') else _REFERENCE.sub(moved, piece) for piece in pieces)

    def area(self, area: Area) -> Area:
        """Cells of one column, or of the whole width of the table; the room to grow comes along.

        Raises:
            Untranslatable: the column is not here.
        """
        left = self.column(area.left)
        right = self.own.area.left + len(self.own_headers) - 1 if area.right > area.left else left
        if area.top < self.model.first_row:
            return Area(area.top, left, area.bottom, right)
        bottom = min(max(area.bottom, self.own.last_row + _ROOM_TO_GROW), MAX_ROW)
        return Area(self.row(area.top), min(left, right), bottom, right)


@dataclass(frozen=True, slots=True)
class Renaming:
    """From a model's sheet to one on which everything stands where it stands there.

    Attributes:
        sheets: what sheets of the model are called here.
    """

    sheets: Mapping[str, str]

    def area(self, area: Area) -> Area:
        """The same cells."""
        return area

    def formula(self, text: str) -> str:
        """A formula."""
        return renamed(text, self.sheets)
