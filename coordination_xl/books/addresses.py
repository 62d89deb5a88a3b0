"""A1 addresses and the areas they span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from coordination_xl.ledger.grid import column_letters

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


@cache
def column_number(letters: str) -> int:
    """The 1-based column of its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_address(row: int, column: int) -> str:
    """``C5`` for row 5, column 3."""
    return f"{column_letters(column)}{row}"


def parse_cell(address: str) -> tuple[int, int] | None:
    """Row and column of a single address, ``$`` allowed; ``None`` if it is not one."""
    match = _CELL.fullmatch(address)
    return (int(match[2]), column_number(match[1])) if match else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, reference: str) -> Area | None:
        """The area of ``A1:C5`` or ``A1``; ``None`` if the text is anything else."""
        match = _AREA.fullmatch(reference.strip())
        if match is None:
            return None
        top, left = int(match[2]), column_number(match[1])
        bottom = int(match[4]) if match[4] else top
        right = column_number(match[3]) if match[3] else left
        area = cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        return area if area.top >= 1 and area.bottom <= MAX_ROW and area.right <= MAX_COLUMN else None

    def touches(self, other: Area) -> bool:
        """Whether the two areas share a cell."""
        return not (
            self.bottom < other.top or other.bottom < self.top or self.right < other.left or other.right < self.left
        )

    def __str__(self) -> str:
        """``A1:C5``, or ``A1`` for a single cell."""
        first = cell_address(self.top, self.left)
        last = cell_address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"
