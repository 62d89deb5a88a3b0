"""Cells and rows that were not there before."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.xlsx.cells import MOMENT
from coordination_xl.books.xlsx.index import AT_ONCE, KEY_BITS
from coordination_xl.ledger.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.styles import Styles
    from coordination_xl.books.xlsx.targets import Cells

_COLUMN_MASK = (1 << KEY_BITS) - 1
_SPANS = re.compile(rb"""(\sspans\s*=\s*)["'](\d+):(\d+)["']""")
_HEIGHT = re.compile(rb"""\s(?:ht|customHeight)\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(slots=True)
class Edits:
    """Spans of a part and what replaces them; where two begin at one place, insertions come first, in the order given."""

    starts: list[int]
    ends: list[int]
    pieces: list[bytes]

    def append(self, start: int, end: int, piece: bytes) -> None:
        """One more edit."""
        self.starts.append(start)
        self.ends.append(end)
        self.pieces.append(piece)

    def extend(self, edits: Iterable[tuple[int, int, bytes]]) -> None:
        """More edits."""
        for edit in edits:
            self.append(*edit)

    def add(self, other: Edits) -> None:
        """Those of another collection."""
        self.starts += other.starts
        self.ends += other.ends
        self.pieces += other.pieces

    def applied(self, content: bytes) -> bytes:
        """The content with all edits made."""
        starts, ends = np.array(self.starts, np.int64), np.array(self.ends, np.int64)
        pieces = self.pieces
        if (starts[1:] < ends[:-1]).any():
            order = np.lexsort((ends, starts))
            starts, ends = starts[order], ends[order]
            pieces = [pieces[place] for place in order.tolist()]
            if (starts[1:] < ends[:-1]).any():
                raise ValueError("edits overlap")
        out = io.BytesIO()
        at = 0
        for low in range(0, len(pieces), AT_ONCE):
            some = slice(low, low + AT_ONCE)
            begins, finishes = starts[some].tolist(), ends[some].tolist()
            joined: list[bytes] = [b""] * (2 * len(begins))
            joined[::2] = map(content.__getitem__, map(slice, [at, *finishes], begins))
            joined[1::2] = pieces[some]
            out.writelines(joined)
            at = finishes[-1]
        out.write(content[at:])
        return out.getvalue()


def created(xml: bytes, index: SheetIndex, cells: Cells, styles: Styles, model_rows: dict[int, int]) -> Edits:
    """The edits that bring in new cells, and the rows they stand in where these are missing too.

    Args:
        xml: the sheet part.
        index: its index.
        cells: the new cells, none of them in the sheet yet.
        styles: the formats.
        model_rows: for a new row, the row whose height it takes.
    """
    pieces = _pieces(index.prefix, cells, styles)
    rows = cells.key >> KEY_BITS
    places = np.searchsorted(index.row, rows)
    is_row = places < len(index.row)
    is_row[is_row] = index.row[places[is_row]] == rows[is_row]
    is_open = is_row.copy()
    is_open[is_row] = index.row_end[places[is_row]] != index.row_open_end[places[is_row]]
    edits = _into_rows(index, cells, np.flatnonzero(is_open), places, pieces)
    columns = (cells.key & _COLUMN_MASK) + 1
    for place, first, last in _groups(places[is_open], columns[is_open]):
        start, end = int(index.row_start[place]), int(index.row_open_end[place])
        tag = _spanning(xml[start:end], first, last)
        if tag != xml[start:end]:
            edits.append(start, end, tag)
    empty = np.flatnonzero(is_row & ~is_open).tolist()
    for place, group in groupby(empty, key=lambda at: int(places[at])):
        ats = list(group)
        start, end = int(index.row_start[place]), int(index.row_end[place])
        tag = _spanning(xml[start:end], int(columns[ats[0]]), int(columns[ats[-1]]))
        inside = b"".join(pieces[at] for at in ats)
        edits.append(start, end, tag[:-2].rstrip() + b">" + inside + f"</{index.prefix}row>".encode())
    missing = np.flatnonzero(~is_row).tolist()
    new_rows = [
        (int(row), b"".join(pieces[at] for at in group)) for row, group in groupby(missing, key=lambda at: rows[at])
    ]
    edits.extend(_new_rows(xml, index, new_rows, model_rows))
    return edits


def created_rows(xml: bytes, index: SheetIndex, rows: Iterable[int]) -> bytes:
    """The part with these rows, which it lacks, put in without a cell.

    Args:
        xml: the sheet part.
        index: its index.
        rows: their numbers, ascending.
    """
    edits = Edits([], [], [])
    edits.extend(_new_rows(xml, index, [(row, b"") for row in rows], {}))
    return edits.applied(xml)


def _pieces(prefix: str, cells: Cells, styles: Styles) -> list[bytes]:
    pieces = []
    keys, own = cells.key.tolist(), cells.style.tolist()
    for at, (key, style, body) in enumerate(zip(keys, own, cells.bodies.tolist(), strict=True)):
        if body.kind == MOMENT:
            style = cells.dated_style(at, style, styles)
        address = f"{column_letters((key & _COLUMN_MASK) + 1)}{key >> KEY_BITS}"
        shown = f' s="{style}"' if style > 0 else ""
        pieces.append(f'<{prefix}c r="{address}"{shown}'.encode() + body.xml)
    return pieces


def _into_rows(
    index: SheetIndex, cells: Cells, ats: np.ndarray[tuple[int], np.dtype[np.intp]], places: object, pieces: list[bytes]
) -> Edits:
    """Insertions into rows that hold cells already: before the next cell of the row, else behind the last, else first."""
    following = cells.place[ats]
    row_places = np.asarray(places)[ats]
    rows = cells.key[ats] >> KEY_BITS
    padded = np.r_[index.key >> KEY_BITS, -1]
    is_before = padded[following] == rows
    is_behind = (following > 0) & (padded[following - 1] == rows)
    starts, ends = np.r_[index.start, 0], np.r_[0, index.end]
    at = np.where(is_before, starts[following], np.where(is_behind, ends[following], index.row_open_end[row_places]))
    return Edits(at.tolist(), at.tolist(), [pieces[place] for place in ats.tolist()])


def _groups(
    places: np.ndarray[tuple[int], np.dtype[np.intp]], columns: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterable[tuple[int, int, int]]:
    """Each row place with the first and last new column in it."""
    if not len(places):
        return ()
    begins = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    finishes = np.r_[begins[1:], len(places)] - 1
    return zip(places[begins].tolist(), columns[begins].tolist(), columns[finishes].tolist(), strict=True)


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's start tag whose ``spans``, if it has one, takes in the columns."""
    match = _SPANS.search(tag)
    if match is None:
        return tag
    low, high = int(match[2]), int(match[3])
    if low <= first and last <= high:
        return tag
    wide = b'"%d:%d"' % (min(low, first), max(high, last))
    return tag[: match.start()] + match[1] + wide + tag[match.end() :]


def _new_rows(
    xml: bytes, index: SheetIndex, new_rows: list[tuple[int, bytes]], model_rows: dict[int, int]
) -> list[tuple[int, int, bytes]]:
    """Whole rows: each before the next higher one, the last ones at the end of the data."""
    prefix = index.prefix
    edits = []
    heights: dict[int, bytes] = {}
    for row, inside in new_rows:
        model = model_rows.get(row, 0)
        if model not in heights:
            heights[model] = _height(xml, index, model)
        whole = f'<{prefix}row r="{row}"'.encode() + heights[model] + b">" + inside + f"</{prefix}row>".encode()
        place = int(np.searchsorted(index.row, row))
        if place < len(index.row):
            at = int(index.row_start[place])
        else:
            at = int(index.row_end[-1]) if len(index.row) else index.data_open_end
        edits.append((at, at, whole))
    if edits and index.data_open_end == index.data_end:
        tag = xml[index.data_start : index.data_end][:-2].rstrip() + b">"
        whole = tag + b"".join(edit[2] for edit in edits) + f"</{prefix}sheetData>".encode()
        return [(index.data_start, index.data_end, whole)]
    return edits


def _height(xml: bytes, index: SheetIndex, row: int) -> bytes:
    """The attributes of a row that give its height."""
    place = int(np.searchsorted(index.row, row))
    if place == len(index.row) or index.row[place] != row:
        return b""
    return b"".join(_HEIGHT.findall(xml[int(index.row_start[place]) : int(index.row_open_end[place])]))
