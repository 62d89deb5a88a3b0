"""Areas of a sheet, as addresses name them: ``$A$5:$C$9``, whole rows ``$5:$9``, whole columns ``$C:$C``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_AREA: Final = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns are 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def rows_within(self, body: Area) -> range:
        """The sheet rows that it has in common with another area; none where they share no cell."""
        is_beside = self.last_column < body.first_column or body.last_column < self.first_column
        if is_beside:
            return range(0)
        return range(max(self.first_row, body.first_row), min(self.last_row, body.last_row) + 1)


def read_areas(address: str) -> tuple[Area, ...]:
    """The areas of an address.

    Args:
        address: areas separated by commas; a sheet's name before them is allowed.

    Raises:
        ValueError: this is no address.
    """
    return tuple(_area(part) for part in _without_sheet(address).split(","))


def _without_sheet(address: str) -> str:
    """The address without ``[book]sheet!`` before any of its areas; names may hold commas where they are quoted."""
    return re.sub(r"'(?:[^']|'')*'!|[^',!]*!", "", address)


def _area(text: str) -> Area:
    matched = _AREA.fullmatch(text.strip().upper())
    if matched is None or not any(matched.groups()):
        raise ValueError(f"not an address: {text!r}")
    left, top, right, bottom = matched.groups()
    is_cell = ":" not in text
    return Area(
        first_row=int(top) if top else 1,
        first_column=_number(left) if left else 1,
        last_row=int(bottom) if bottom else int(top) if is_cell and top else LAST_ROW,
        last_column=_number(right) if right else _number(left) if is_cell and left else LAST_COLUMN,
    )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
