"""The index of a sheet as Excel and the common libraries write it, found with array operations over the bytes.

``<`` never stands inside text or attribute values, so every ``<`` begins a tag; which one is read off the bytes behind
it. Whatever this does not expect makes it give up, and :mod:`.scan_general` takes over: comments, CDATA, other prefixes,
white space between cells, missing or repeated or descending addresses, unusual attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.xlsx.index import KEY_BITS, NO_STYLE, SheetIndex, style_in
from coordination_xl.books.xlsx.markup import tag_end

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_CHUNK = 1 << 24
_ROW = re.compile(
    rb'<row(?: [A-Za-qs-z_][\w:.-]*="[^"<>]*"| r[\w:.-]+="[^"<>]*")* r="([1-9]\d{0,6})"(?: [A-Za-z_][\w:.-]*="[^"<>]*")*\s*(/?)>'
)
_STRANGE_NAMESPACE = re.compile(rb"\sxmlns(?::[\w.-]+)?\s*=")


class GiveUp(Exception):
    """The sheet is not written the plain way."""


def scan(xml: bytes, data: tuple[int, int, int, int]) -> SheetIndex | None:
    """The index of an unprefixed sheet in UTF-8, or ``None`` if it is not written the plain way.

    Args:
        xml: the sheet part, well-formed.
        data: start of ``sheetData``, end of its start tag, start of its end tag, end.
    """
    _, low, high, _ = data
    if _STRANGE_NAMESPACE.search(xml, low, high) if xml.find(b"xmlns", low, high) >= 0 else False:
        return None
    bytes_ = np.frombuffer(xml, dtype=np.uint8)
    found = _Found()
    try:
        while low < high:
            stop = _chunk_end(xml, low, high)
            _scan_chunk(xml, bytes_, low, stop, found)
            low = stop
        return found.index(data)
    except GiveUp:
        return None


def _chunk_end(xml: bytes, low: int, high: int) -> int:
    """The start of a row some way ahead, or the end of the data."""
    size = _CHUNK
    while low + size < high:
        at = xml.rfind(b"<row ", low + 1, low + size)
        if at > low:
            return at
        size *= 2
    return high


@dataclass(slots=True)
class _Found:
    rows: list[Positions] = field(default_factory=list)
    cells: list[Positions] = field(default_factory=list)
    formulas: list[NDArray[np.bool_]] = field(default_factory=list)

    def index(self, data: tuple[int, int, int, int]) -> SheetIndex:
        rows = np.concatenate(self.rows, axis=1) if self.rows else np.empty((5, 0), np.int64)
        cells = np.concatenate(self.cells, axis=1) if self.cells else np.empty((5, 0), np.int64)
        if not (_ascends(rows[0]) and _ascends(cells[0])):
            raise GiveUp
        has_formula = np.concatenate(self.formulas) if self.formulas else np.empty(0, bool)
        return SheetIndex.of("", data, rows, cells, has_formula)


def _ascends(numbers: Positions) -> bool:
    return bool((numbers[1:] > numbers[:-1]).all())


def _scan_chunk(xml: bytes, b: Bytes, low: int, high: int, found: _Found) -> None:
    tags = np.flatnonzero(b[low:high] == ord("<")) + low
    first, second = b[tags + 1], b[tags + 2]
    if ((first == ord("!")) | (first == ord("?"))).any():
        raise GiveUp
    is_cell = (first == ord("c")) & (second == ord(" "))
    if ((first == ord("c")) & ((second < ord(" ")) | (second == ord(">")) | (second == ord("/")))).any():
        raise GiveUp
    is_row = (first == ord("r")) & (second == ord("o"))
    closing = np.flatnonzero(first == ord("/"))
    close_name, close_next = second[closing], b[tags[closing] + 3]
    is_row_close = np.zeros(len(tags), bool)
    is_row_close[closing[(close_name == ord("r")) & (close_next == ord("o"))]] = True
    is_cell_close = np.zeros(len(tags), bool)
    is_cell_close[closing[(close_name == ord("c")) & (close_next == ord(">"))]] = True

    rows = _rows(xml, tags[is_row], tags[is_row_close], high)
    bounds = np.flatnonzero(is_cell | is_row_close)
    places = bounds[is_cell[bounds]]
    if not len(places):
        found.rows.append(rows)
        return
    if not (is_row_close[bounds[-1]]):
        raise GiveUp
    following = bounds[np.flatnonzero(is_cell[bounds]) + 1]
    start, end = tags[places], tags[following]
    alone = following == places + 1
    closed = np.where(
        alone,
        (b[end - 2] == ord("/")) & (b[end - 1] == ord(">")),
        is_cell_close[following - 1] & (tags[following - 1] == end - 4),
    )
    if not (closed.all()):
        raise GiveUp
    row_of = np.searchsorted(rows[1], start, side="right") - 1
    if not ((row_of >= 0).all() and (start >= rows[2][row_of]).all() and (end <= rows[3][row_of]).all()):
        raise GiveUp
    opens = np.r_[True, row_of[1:] != row_of[:-1]]
    if not ((start[opens] == rows[2][row_of[opens]]).all()):
        raise GiveUp

    column, at = _addresses(b, start, rows[0][row_of])
    style, kept_end = _styles(b, at)
    has_formula, has_more = _inside(first, second, places)
    kept_end[has_more] = 0
    for place in np.flatnonzero(kept_end == 0):
        style[place] = style_in(xml[start[place] : tag_end(xml, int(start[place]))])
    found.rows.append(rows)
    found.cells.append(np.array([rows[0][row_of] << KEY_BITS | (column - 1), start, end, kept_end, style]))
    found.formulas.append(has_formula)


def _rows(xml: bytes, starts: Positions, closes: Positions, high: int) -> Positions:
    """Number, start, end of the start tag, start of the end tag and end of each row."""
    rows = []
    ends = iter(closes.tolist())
    following = [*starts[1:].tolist(), high]
    for start, limit in zip(starts.tolist(), following, strict=False):
        match = _ROW.match(xml, start)
        if match is None:
            raise GiveUp
        open_end = close = end = match.end()
        if not match[2]:
            close = next(ends, -1)
            end = close + 6
            if not (open_end <= close and end <= limit and xml[close:end] == b"</row>"):
                raise GiveUp
        rows.append((int(match[1]), start, open_end, close, end))
    if next(ends, None) is not None:
        raise GiveUp
    return np.array(rows, dtype=np.int64).reshape(-1, 5).T


def _addresses(b: Bytes, start: Positions, row: Positions) -> tuple[Positions, Positions]:
    """The column that each cell names, and the place behind its ``r="…"``; the row must be its row's."""
    if not (((b[start + 3] == ord("r")) & (b[start + 4] == ord("=")) & (b[start + 5] == ord('"'))).all()):
        raise GiveUp
    letters = [b[start + 6 + place].astype(np.int64) - 64 for place in range(3)]
    is_letter = [(letter >= 1) & (letter <= 26) for letter in letters]
    if not (is_letter[0].all()):
        raise GiveUp
    column = letters[0]
    is_second = is_letter[1]
    column = np.where(is_second, column * 26 + letters[1], column)
    is_third = is_second & is_letter[2]
    column = np.where(is_third, column * 26 + letters[2], column)
    at = start + 7 + is_second + is_third
    number = np.zeros(len(start), np.int64)
    active = np.ones(len(start), bool)
    for _ in range(7):
        digit = b[at].astype(np.int64) - 48
        active &= (digit >= 0) & (digit <= 9)
        number = np.where(active, number * 10 + digit, number)
        at = at + active
    if not ((b[at] == ord('"')).all() and (number == row).all() and (column <= 1 << KEY_BITS).all()):
        raise GiveUp
    return column, at + 1


def _styles(b: Bytes, at: Positions) -> tuple[Positions, Positions]:
    """Each cell's format and the place behind the attributes to keep, 0 if others than ``t`` follow."""
    has_style = (b[at] == ord(" ")) & (b[at + 1] == ord("s")) & (b[at + 2] == ord("=")) & (b[at + 3] == ord('"'))
    style = np.full(len(at), NO_STYLE, np.int64)
    style[has_style] = 0
    place = at + 4 * has_style
    active = has_style.copy()
    for _ in range(5):
        digit = b[place].astype(np.int64) - 48
        active &= (digit >= 0) & (digit <= 9)
        style = np.where(active, style * 10 + digit, style)
        place = place + active
    kept_end = place + has_style
    is_plain = ~has_style | (b[place] == ord('"'))
    has_type = (b[kept_end] == ord(" ")) & (b[kept_end + 1] == ord("t")) & (b[kept_end + 2] == ord("="))
    behind = kept_end + 0
    for length in (1, 3, 9):  # s, str, inlineStr
        is_length = has_type & (b[np.minimum(kept_end + 4 + length, len(b) - 1)] == ord('"'))
        has_type = has_type & ~is_length
        behind = np.where(is_length, kept_end + 5 + length, behind)
    is_plain &= (b[behind] == ord(">")) | ((b[behind] == ord("/")) & (b[behind + 1] == ord(">")))
    return style, np.where(is_plain, kept_end, 0)


def _inside(first: Bytes, second: Bytes, places: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which cells hold an ``f``, and which hold an ``extLst``."""
    is_formula = (first == ord("f")) & ((second == ord(">")) | (second == ord(" ")) | (second == ord("/")))
    is_more = (first == ord("e")) & (second == ord("x"))
    flags = []
    for mask in (is_formula, is_more):
        flag = np.zeros(len(places), bool)
        owners = np.searchsorted(places, np.flatnonzero(mask), side="right") - 1
        flag[owners[owners >= 0]] = True
        flags.append(flag)
    return flags[0], flags[1]
