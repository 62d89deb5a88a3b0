"""Number formats down a column, found with as few calls as there are stretches of one format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.excel.layout import cells_of
from coordination_xl.books.xlsx.styles import DATE_FORMAT, SERIAL, kind_of_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

TEXT_FORMAT = "@"
GENERAL = "General"

__all__ = ["DATE_FORMAT", "GENERAL", "TEXT_FORMAT", "formats_down", "is_moment"]


def is_moment(code: str) -> bool:
    """Whether cells of a number format show numbers as dates or times."""
    return kind_of_format(-1, code) != SERIAL


def formats_down(sheet: xw.Sheet, column: int, top: int, bottom: int) -> list[str]:
    """The number format of each cell of a column between two rows, ends included.

    A range of one format tells it; one of several tells nothing, and is asked by halves.
    """
    return [code for code, height in _stretches(sheet, column, top, bottom) for _ in range(height)]


def _stretches(sheet: xw.Sheet, column: int, top: int, bottom: int) -> Iterator[tuple[str, int]]:
    # Declared to be a text, but null on Windows where the cells differ, and a missing value on macOS.
    code: object = cells_of(sheet, Area(top, column, bottom, column)).number_format
    if isinstance(code, str) or top == bottom:
        yield (code if isinstance(code, str) else GENERAL), bottom - top + 1
        return
    middle = (top + bottom) // 2
    yield from _stretches(sheet, column, top, middle)
    yield from _stretches(sheet, column, middle + 1, bottom)
