"""The index of a sheet as Excel and the common libraries write it, found with array operations over the bytes.

``<`` never stands inside text or attribute values, so every ``<`` begins a tag; which one is read off the bytes behind
it. Whatever this does not expect makes it give up, and :mod:`.scan_general` takes over: comments, CDATA, other prefixes,
white space between cells, missing or repeated or descending addresses, unusual attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.books.xlsx.index import KEY_BITS, NO_STYLE, SheetIndex, side_by_side, style_in
from coordination_xl.books.xlsx.markup import tag_end

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_CHUNK = 1 << 21
"""Bytes looked at in one go: so few that what is found in them stays in the processor's cache."""
_MORE = rb'(?: [A-Za-z_][\w:.-]*="[^"<>]*")*\s*(/?)>'
_ROW = re.compile(rb'<row(?: [A-Za-qs-z_][\w:.-]*="[^"<>]*"| r[\w:.-]+="[^"<>]*")* r="([1-9]\d{0,6})"' + _MORE)
_ROW_START = b'<row r="'
_ROW_TAIL = re.compile(b'"' + _MORE)
_DIGITS, _STYLES = 7, 100_000
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
    cuts = [low]
    while cuts[-1] < high:
        cuts.append(_chunk_end(xml, cuts[-1], high))

    def scanned(chunk: tuple[int, int]) -> _Found:
        return _scan_chunk(xml, bytes_, *chunk)

    try:
        return _index(data, side_by_side(scanned, list(pairwise(cuts))))
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


@dataclass(frozen=True, slots=True)
class _Found:
    """Five lines for the rows of a chunk, five for its cells, and which cells hold an ``f``."""

    rows: Positions
    cells: tuple[Positions, ...]
    has_formula: NDArray[np.bool_]


_NO_CELLS = (np.empty(0, np.int64),) * 5


def _index(data: tuple[int, int, int, int], found: list[_Found]) -> SheetIndex:
    rows = np.concatenate([np.empty((5, 0), np.int64), *(chunk.rows for chunk in found)], axis=1)
    cells = [np.concatenate(line) for line in zip(_NO_CELLS, *(chunk.cells for chunk in found), strict=True)]
    if not (_ascends(rows[0]) and _ascends(cells[0])):
        raise GiveUp
    has_formula = np.concatenate([np.empty(0, bool), *(chunk.has_formula for chunk in found)])
    return SheetIndex.of("", data, rows, cells, has_formula)


def _ascends(numbers: Positions) -> bool:
    return bool((numbers[1:] > numbers[:-1]).all())


def _scan_chunk(xml: bytes, b: Bytes, low: int, high: int) -> _Found:
    tags = np.flatnonzero(b[low:high] == ord("<")) + low
    first, second = b[1:].take(tags), b[2:].take(tags)
    if ((first == ord("!")) | (first == ord("?"))).any():
        raise GiveUp
    is_c = first == ord("c")
    is_cell = is_c & (second == ord(" "))
    odd = second[is_c & ~is_cell]
    if ((odd < ord(" ")) | (odd == ord(">")) | (odd == ord("/"))).any():
        raise GiveUp
    is_row = (first == ord("r")) & (second == ord("o"))
    closing = np.flatnonzero(first == ord("/"))
    close_name, close_next = second.take(closing), b[3:].take(tags.take(closing))
    is_row_close = np.zeros(len(tags), bool)
    is_row_close[closing[(close_name == ord("r")) & (close_next == ord("o"))]] = True
    is_cell_close = np.zeros(len(tags), bool)
    is_cell_close[closing[(close_name == ord("c")) & (close_next == ord(">"))]] = True

    rows = _rows(xml, b, np.append(tags, high), np.flatnonzero(is_row), tags[is_row_close])
    bounds = np.flatnonzero(is_cell | is_row_close)
    is_bound_cell = is_cell.take(bounds)
    places = bounds[is_bound_cell]
    if not len(places):
        return _Found(rows, _NO_CELLS, np.empty(0, bool))
    if is_bound_cell[-1]:
        raise GiveUp
    following = bounds.take(np.flatnonzero(is_bound_cell) + 1)
    start, end = tags.take(places), tags.take(following)
    row_of = _owners(rows, start, end)
    last = following - 1
    closed = is_cell_close.take(last) & (tags.take(last) == end - 4)
    # A cell without anything inside is an empty tag.
    alone = np.flatnonzero(last == places)
    behind = end.take(alone)
    closed[alone] = (b.take(behind - 2) == ord("/")) & (b.take(behind - 1) == ord(">"))
    if not closed.all():
        raise GiveUp

    column, at = _addresses(b, start, rows, row_of)
    style, kept_end = _styles(b, at)
    has_formula, has_more = _inside(first, second, places)
    kept_end[has_more] = 0
    for place in np.flatnonzero(kept_end == 0):
        style[place] = style_in(xml[start[place] : tag_end(xml, int(start[place]))])
    key = rows[0].take(row_of) << KEY_BITS | (column - 1)
    return _Found(rows, (key, start, end, kept_end, style), has_formula)


def _owners(rows: Positions, start: Positions, end: Positions) -> Positions:
    """The place of the row in which each cell lies; the first cell of a row follows its start tag."""
    row_of = np.searchsorted(rows[1], start, side="right") - 1
    if not ((row_of >= 0).all() and (end <= rows[3].take(row_of)).all()):
        raise GiveUp
    opens = np.flatnonzero(np.r_[True, row_of[1:] != row_of[:-1]])
    if not (start.take(opens) == rows[2].take(row_of.take(opens))).all():
        raise GiveUp
    return row_of


def _rows(xml: bytes, b: Bytes, tags: Positions, places: Positions, closes: Positions) -> Positions:
    """Number, start, end of the start tag, start of the end tag and end of each row.

    Args:
        xml: the sheet part.
        b: its bytes.
        tags: where each tag begins, and the end of it all.
        places: which of the tags are start tags of rows.
        closes: where the end tags of rows begin.
    """
    starts = tags.take(places)
    number, open_end, is_empty = _row_tags(xml, b, starts, tags.take(places + 1))
    close, end = open_end.copy(), open_end.copy()
    full = np.flatnonzero(~is_empty)
    if len(full) != len(closes) or not ((b.take(closes + 4) == ord("w")) & (b.take(closes + 5) == ord(">"))).all():
        raise GiveUp
    close[full], end[full] = closes, closes + 6
    limit = np.append(starts[1:], tags[-1])
    if not ((open_end <= close).all() and (end <= limit).all()):
        raise GiveUp
    return np.array([number, starts, open_end, close, end])


def _row_tags(
    xml: bytes, b: Bytes, starts: Positions, limits: Positions
) -> tuple[Positions, Positions, NDArray[np.bool_]]:
    """Number, end and emptiness of each row's start tag, which lies between a start and a limit."""
    is_usual = np.ones(len(starts), bool)
    for place, letter in enumerate(_ROW_START):
        is_usual &= b.take(starts + place) == letter
    if not is_usual.all():
        return _odd_row_tags(xml, starts)
    digit = b.take(starts + len(_ROW_START))
    if ((digit < ord("1")) | (digit > ord("9"))).any():
        raise GiveUp
    number, at = _number(b, starts + len(_ROW_START))
    # Rows differ in their number, but hardly in what stands behind it.
    codes, tails = pd.factorize(
        np.fromiter(map(xml.__getitem__, map(slice, at.tolist(), limits.tolist())), object, len(at))
    )
    matches = [_ROW_TAIL.match(tail) for tail in tails]
    if not all(matches):
        raise GiveUp
    length = np.array([match.end() for match in matches if match], np.int64)
    is_empty = np.array([bool(match[1]) for match in matches if match], bool)
    return number, at + length[codes], is_empty[codes]


def _odd_row_tags(xml: bytes, starts: Positions) -> tuple[Positions, Positions, NDArray[np.bool_]]:
    """The same for rows that name their number behind other attributes."""
    matches = [match for start in starts.tolist() if (match := _ROW.match(xml, start))]
    if len(matches) != len(starts):
        raise GiveUp
    number = np.array([int(match[1]) for match in matches], np.int64)
    open_end = np.array([match.end() for match in matches], np.int64)
    return number, open_end, np.array([bool(match[2]) for match in matches], bool)


def _number(b: Bytes, at: Positions) -> tuple[Positions, Positions]:
    """The number that begins at each place, 0 without a digit, and the place behind it; more than seven digits are not read."""
    number = np.zeros(len(at), np.int64)
    active = np.ones(len(at), bool)
    for _ in range(_DIGITS):
        digit = b.take(at) - ord("0")  # bytes: what is smaller than "0" becomes very large
        active &= digit < 10
        if not active.any():
            break
        number = np.where(active, number * 10 + digit, number)
        at = at + active
    return number, at


def _addresses(b: Bytes, start: Positions, rows: Positions, row_of: Positions) -> tuple[Positions, Positions]:
    """The column that each cell names, and the place behind its ``r="…"``; the row must be its row's."""
    if not (
        ((b.take(start + 3) == ord("r")) & (b.take(start + 4) == ord("=")) & (b.take(start + 5) == ord('"'))).all()
    ):
        raise GiveUp
    column = np.zeros(len(start), np.int64)
    at, active = start + 6, np.ones(len(start), bool)
    for _ in range(3):
        letter = b.take(at) - ord("A") + 1
        active &= (letter >= 1) & (letter <= 26)
        if not active.any():
            break
        column = np.where(active, column * 26 + letter, column)
        at = at + active
    if not (column > 0).all() or (column > 1 << KEY_BITS).any():
        raise GiveUp
    number, at = _number(b, at)
    if not ((b.take(at) == ord('"')).all() and (number == rows[0].take(row_of)).all()):
        raise GiveUp
    return column, at + 1


def _styles(b: Bytes, at: Positions) -> tuple[Positions, Positions]:
    """Each cell's format and the place behind the attributes to keep, 0 if others than ``t`` follow."""
    has_style = (
        (b.take(at) == ord(" "))
        & (b.take(at + 1) == ord("s"))
        & (b.take(at + 2) == ord("="))
        & (b.take(at + 3) == ord('"'))
    )
    number, place = _number(b, at + 4 * has_style)
    style = np.where(has_style, number, NO_STYLE)
    is_plain = ~has_style | ((b.take(place) == ord('"')) & (number < _STYLES))
    kept_end = np.where(has_style, place + 1, at)
    has_type = (b.take(kept_end) == ord(" ")) & (b.take(kept_end + 1) == ord("t")) & (b.take(kept_end + 2) == ord("="))
    behind = kept_end.copy()
    typed = np.flatnonzero(has_type)
    for length in (1, 3, 9):  # s, str, inlineStr
        quote = kept_end.take(typed) + (4 + length)
        is_length = b.take(np.minimum(quote, len(b) - 1)) == ord('"')
        behind[typed[is_length]] = quote[is_length] + 1
        typed = typed[~is_length]
    after = b.take(behind)
    is_plain &= (after == ord(">")) | ((after == ord("/")) & (b.take(behind + 1) == ord(">")))
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
