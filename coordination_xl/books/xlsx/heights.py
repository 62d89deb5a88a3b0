"""Row heights of a sheet part: read, and set with everything else of the row left as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.xlsx.created import Edits, created_rows
from coordination_xl.books.xlsx.markup import with_attribute
from coordination_xl.books.xlsx.sheets import index_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.xlsx.index import SheetIndex

_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([0-9.eE+-]+)["']""")
_IS_OWN = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true|on)["']""")


def heights_in(xml: bytes, index: SheetIndex) -> dict[int, float]:
    """Height in points of each row whose height was set by somebody, not by the text in it."""
    found = {}
    for place, row in enumerate(index.row.tolist()):
        points = _own_height(_tag(xml, index, place))
        if points is not None:
            found[row] = points
    return found


def with_heights(xml: bytes, wanted: Mapping[int, float]) -> bytes:
    """The sheet part in which these rows have these heights; rows that are not there are put in, empty.

    Args:
        xml: a well-formed sheet part.
        wanted: row → points.
    """
    if not wanted:
        return xml
    index = index_of(xml)
    missing = sorted(set(wanted).difference(index.row.tolist()))
    if missing:
        xml = created_rows(xml, index, missing)
        index = index_of(xml)
    edits = Edits([], [], [])
    for row, points in sorted(wanted.items()):
        place = int(np.searchsorted(index.row, row))
        tag = _tag(xml, index, place)
        if _own_height(tag) == points:
            continue
        start = int(index.row_start[place])
        new = with_attribute(with_attribute(tag, "ht", f"{points:g}"), "customHeight", "1")
        edits.append(start, start + len(tag), new)
    return edits.applied(xml) if edits.starts else xml


def _tag(xml: bytes, index: SheetIndex, place: int) -> bytes:
    return xml[int(index.row_start[place]) : int(index.row_open_end[place])]


def _own_height(tag: bytes) -> float | None:
    match = _HEIGHT.search(tag)
    return float(match[1]) if match and _IS_OWN.search(tag) else None
