"""Sheets read by what their cells hold, each thing once.

A ledger of a hundred thousand rows repeats itself: the same states, names and days, the same blanks. What a cell means
depends on what stands in it and on its format alone, so calamine need not see the sheet: it is shown every distinct content
once, and the cells take their values from there. No cell is understood by any other rules than in a small sheet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from coordination_xl.books.xlsx import markup, scan_fast
from coordination_xl.books.xlsx.index import AT_ONCE, KEY_BITS, located
from coordination_xl.books.xlsx.sheets import MAIN_NAMESPACES, plain_data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.package import Package

    Objects = NDArray[np.object_]

LARGE = 1 << 24
"""Bytes from which a sheet part is large, and worth an index to read it by."""

_COLUMN_MASK = (1 << KEY_BITS) - 1
_COLUMNS_AT = np.array([0, 26, 26 + 26**2])
_ROWS_AT = np.array([10**digits for digits in range(7)])
_WIDTH = 256


@dataclass(frozen=True, slots=True)
class IndexedSheet:
    """A sheet part and its index."""

    xml: bytes
    index: SheetIndex


class IndexedSheets:
    """The large sheets of a package, each indexed once for reading and writing.

    Args:
        package: where they are.
        least: bytes from which a part is large.
    """

    def __init__(self, package: Package, least: int = LARGE) -> None:
        self._package = package
        self._least = least
        self._found: dict[str, IndexedSheet | None] = {}

    def get(self, part: str) -> IndexedSheet | None:
        """The sheet; ``None`` if it is not large, or not written the plain way.

        Raises:
            BadMarkup: what stands around its data is not well-formed.
        """
        if self._package.member(part).size < self._least:
            return None
        if part not in self._found:
            self._found[part] = _indexed(self._package.xml(part))
        return self._found[part]


def _indexed(xml: bytes) -> IndexedSheet | None:
    data = plain_data(xml)
    index = scan_fast.scan(xml, data) if data else None
    if index is None:
        return None
    markup.check(xml[: index.data_start] + xml[index.data_end :])
    return IndexedSheet(xml, index)


class Contents:
    """The distinct contents of some cells of a plainly written sheet, and which of them each cell has.

    Args:
        sheet: the sheet.
        keys: the keys of the cells, ascending; those that the sheet does not have count as blank. Without them, all cells.

    Attributes:
        xml: a sheet part in which each content stands once.

    Raises:
        BadMarkup: a content is not well-formed.
    """

    def __init__(self, sheet: IndexedSheet, keys: NDArray[np.int64] | None = None) -> None:
        xml, index = sheet.xml, sheet.index
        places = np.arange(len(index.key)) if keys is None else index.places_of(keys)
        # An empty tag is blank: nothing to read.
        places = places[np.frombuffer(xml, np.uint8)[index.end[places] - 2] != ord("/")]
        self._key = index.key[places]
        self._code, distinct = _told_apart(xml, _behind_address(index, places), index.end[places])
        cells = [b"<c" + content for content in distinct]
        lines = [b"".join(cells[at : at + _WIDTH]) for at in range(0, len(cells), _WIDTH)]
        head = f'<worksheet xmlns="{MAIN_NAMESPACES[0]}"><sheetData><row>'.encode()
        self.xml = head + b"</row><row>".join(lines) + b"</row></sheetData></worksheet>"
        markup.check(self.xml)
        self._shape = (len(lines), _WIDTH)

    def values(self, rows: list[list[Any]]) -> DistinctValues:
        """The cells' values.

        Args:
            rows: :attr:`xml` as calamine reads it; it leaves out what is blank at the end.
        """
        values = np.full(self._shape, "", dtype=object)
        if rows:
            values[: len(rows), : len(rows[0])] = rows
        return DistinctValues(self._key, self._code, values.reshape(-1))


def _told_apart(xml: bytes, start: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.intp], list[bytes]]:
    """The number of each piece of a text, equal pieces sharing one, and the pieces by number."""
    number: defaultdict[bytes, int] = defaultdict(count().__next__)
    code = np.empty(len(start), dtype=np.intp)
    # A few at a time, so that the memory of the pieces seen already serves for the next ones.
    for at in range(0, len(start), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        pieces = map(xml.__getitem__, map(slice, start[some].tolist(), end[some].tolist()))
        code[some] = np.fromiter(map(number.__getitem__, pieces), np.intp)
    return code, list(number)


def _behind_address(index: SheetIndex, places: NDArray[np.intp]) -> NDArray[np.int64]:
    """Behind ``<c r="B5"``, which is how each cell of a plainly written sheet begins."""
    key = index.key[places]
    letters = np.searchsorted(_COLUMNS_AT, key & _COLUMN_MASK, side="right")
    digits = np.searchsorted(_ROWS_AT, key >> KEY_BITS, side="right")
    return np.asarray(index.start[places] + len('<c r=""') + letters + digits)


class DistinctValues:
    """Values of such a sheet, as :class:`~coordination_xl.books.xlsx.reader.SheetValues`.

    Args:
        key: the keys of the cells, ascending.
        code: for each cell the place of its value.
        values: the values, ``""`` for a blank.
    """

    def __init__(self, key: NDArray[np.int64], code: NDArray[np.intp], values: Objects) -> None:
        self._key = key
        self._code = code
        self._values = values

    def columns(self, top: int, bottom: int, left: int, right: int) -> tuple[Objects, ...]:
        """The columns of an area; see :class:`~coordination_xl.books.xlsx.reader.SheetValues`."""
        low, high = np.searchsorted(self._key, (top << KEY_BITS, (bottom + 1) << KEY_BITS))
        place = (self._key[low:high] & _COLUMN_MASK).astype(np.uint16)
        row = (self._key[low:high] >> KEY_BITS) - top
        code = self._code[low:high]
        values = self._values.copy()
        values[values == ""] = None
        columns = []
        for wanted in range(left - 1, right):
            here = np.flatnonzero(place == wanted)
            column = np.full(bottom - top + 1, None, dtype=object)
            column[row[here]] = values[code[here]]
            columns.append(column)
        return tuple(columns)

    def cells(self, column: int, rows: NDArray[np.int64]) -> list[Any]:
        """Some cells of one column; see :class:`~coordination_xl.books.xlsx.reader.SheetValues`."""
        keys = rows << KEY_BITS | (column - 1)
        found = np.full(len(keys), "", dtype=object)
        places, is_there = located(self._key, keys)
        found[is_there] = self._values[self._code[places[is_there]]]
        return found.tolist()
