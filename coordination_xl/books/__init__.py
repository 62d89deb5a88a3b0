"""Where ledgers live: the port, and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.changes import (
    BlockChange,
    CellValue,
    ChangeSet,
    ColumnChange,
    HeightChange,
    Link,
    RowsAdded,
    TableReplaced,
)
from coordination_xl.books.memory import MemoryBook
from coordination_xl.books.port import Book, ClosedBook
from coordination_xl.books.structure import ColumnAdded, NamedCells, NamesAdded, SheetAdded, TableAdded
from coordination_xl.books.xlsx import XlsxBook

if TYPE_CHECKING:
    import os

__all__ = [
    "BlockChange",
    "Book",
    "CellValue",
    "ChangeSet",
    "ClosedBook",
    "ColumnAdded",
    "ColumnChange",
    "HeightChange",
    "Link",
    "MemoryBook",
    "NamedCells",
    "NamesAdded",
    "RowsAdded",
    "SheetAdded",
    "TableAdded",
    "TableReplaced",
    "XlsxBook",
    "open_book",
]


def open_book(path: str | os.PathLike[str]) -> Book:
    """The closed workbook file at a path; see :meth:`XlsxBook.open` for what it refuses."""
    return XlsxBook.open(path)
