"""Where the rows and cells of a sheet part stand in its bytes."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Positions = NDArray[np.int64]

S = TypeVar("S")
T = TypeVar("T")

KEY_BITS = 14
NO_STYLE = -1
AT_ONCE = 1 << 16
"""Cells handled in one go: so few that what is made of them stays in the processor's cache."""
_WORTH_THREADS = 4

_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_DROPPED = re.compile(rb"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_PLAIN = re.compile(rb'(<c r="[A-Z]{1,3}[1-9]\d{0,6}"(?: s="\d{1,5}")?)(?: t="(?:\w|\w{3}|\w{9})")?/?>')
_SLASH = re.compile(rb"\s*/?>$")


@dataclass(frozen=True, slots=True)
class SheetIndex:
    """Rows and cells in ascending order of their addresses, whatever their order in the file.

    A cell's key is ``row << 14 | column - 1``, both 1-based.

    Attributes:
        prefix: the namespace prefix of the sheet with its colon, or ``""``.
        data_start: where the ``sheetData`` element begins.
        data_open_end: behind its start tag.
        data_close: where its end tag begins; equal to ``data_end`` if it is written as an empty element.
        data_end: behind it.
        row: number of each row.
        row_start: where it begins.
        row_open_end: behind its start tag.
        row_close: where its end tag begins; equal to ``row_open_end`` for an empty element, see ``row_is_empty_tag``.
        row_end: behind it.
        key: key of each cell.
        start: where the cell begins.
        end: behind it.
        kept_end: behind its ``r`` and ``s`` attributes, if they come first and nothing but ``t`` follows; else 0.
        style: its format, :data:`NO_STYLE` without one.
        has_formula: whether it holds an ``f`` element.
    """

    prefix: str
    data_start: int
    data_open_end: int
    data_close: int
    data_end: int
    row: Positions
    row_start: Positions
    row_open_end: Positions
    row_close: Positions
    row_end: Positions
    key: Positions
    start: Positions
    end: Positions
    kept_end: Positions
    style: NDArray[np.int32]
    has_formula: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        prefix: str,
        data: tuple[int, int, int, int],
        rows: Positions,
        cells: Iterable[Positions],
        has_formula: NDArray[np.bool_],
    ) -> SheetIndex:
        """The index of five lines for the rows and five for the cells, in the order of the attributes."""
        number, row_start, row_open_end, row_close, row_end = rows
        key, start, end, kept_end, style = cells
        return cls(
            prefix, *data, number, row_start, row_open_end, row_close, row_end,
            key, start, end, kept_end, style.astype(np.int32), has_formula,
        )  # fmt: skip

    def places_of(self, keys: Positions) -> NDArray[np.intp]:
        """The places of those cells that have one of the keys."""
        places, is_there = located(self.key, keys)
        return places[is_there]

    def cells_of(self, column: int, top: int, bottom: int) -> NDArray[np.intp]:
        """The places of the cells of one column between two rows, ends included."""
        low, high = np.searchsorted(self.key, (top << KEY_BITS, (bottom + 1) << KEY_BITS))
        span = self.key[low:high]
        places: NDArray[np.intp] = np.flatnonzero((span & ((1 << KEY_BITS) - 1)) == column - 1) + low
        return places

    def common_style(self, column: int, top: int, bottom: int) -> int:
        """The commonest format of a column's cells between two rows; :data:`NO_STYLE` if there are none."""
        styles = self.style[self.cells_of(column, top, bottom)]
        styles = styles[styles != NO_STYLE]
        return int(np.bincount(styles).argmax()) if len(styles) else NO_STYLE


def side_by_side(work: Callable[[S], T], shares: Sequence[S]) -> list[T]:
    """The outcomes of work with arrays, which leaves the interpreter to others while it counts; on all processors if worth it."""
    if len(shares) < _WORTH_THREADS:
        return list(map(work, shares))
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
        return list(pool.map(work, shares))


def located(ascending: Positions, wanted: Positions) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The place of the first number that is not below each wanted one, and whether it is the wanted one."""
    places = np.searchsorted(ascending, wanted)
    is_there = places < len(ascending)
    is_there[is_there] = ascending[places[is_there]] == wanted[is_there]
    return places, is_there


def style_in(tag: bytes) -> int:
    """The format that a cell's start tag names."""
    match = _STYLE.search(tag)
    return int(match[1]) if match else NO_STYLE


def kept_end_of(tag: bytes) -> int:
    """Behind the ``r`` and ``s`` attributes of a start tag that has nothing else but ``t``; 0 for any other tag."""
    match = _PLAIN.fullmatch(tag)
    return match.end(1) if match else 0


def kept_tag(tag: bytes) -> bytes:
    """A cell's start tag without its end, its type and its metadata, which belong to the value that goes."""
    return _DROPPED.sub(b"", _SLASH.sub(b"", tag))


def restyled(tag: bytes, style: int) -> bytes:
    """A kept start tag with another format."""
    text = b'%d"' % style
    if _STYLE.search(tag):
        return re.sub(rb"""(\ss\s*=\s*)(?:"\d+"|'\d+')""", rb'\g<1>"' + text, tag, count=1)
    return tag + b' s="' + text
