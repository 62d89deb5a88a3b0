"""What would be covered by something new: filled cells, merged areas, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.xlsx.index import KEY_BITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.sheets import Frame
    from coordination_xl.books.xlsx.workbook import Sheet

_COLUMN_MASK = (1 << KEY_BITS) - 1
_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|t)(?:\s[^>]*)?>[^<]|<!\[CDATA\[|<(?:[\w.-]+:)?f[\s>/]")
MOST_NAMED = 5


def cells_in(index: SheetIndex, area: Area) -> Iterable[int]:
    """The places of the cells of an area."""
    low, high = np.searchsorted(index.key, (area.top << KEY_BITS, (area.bottom + 1) << KEY_BITS))
    columns = (index.key[low:high] & _COLUMN_MASK) + 1
    found: list[int] = (np.flatnonzero((columns >= area.left) & (columns <= area.right)) + low).tolist()
    return found


def is_filled(xml: bytes, index: SheetIndex, place: int) -> bool:
    """Whether a cell holds a value or a formula."""
    return _FILLED.search(xml, int(index.start[place]), int(index.end[place])) is not None


def in_the_way(
    xml: bytes, index: SheetIndex, frame: Frame, sheet: Sheet, area: Area, *, but: Collection[str] = ()
) -> tuple[str, ...]:
    """What stands in an area, in words; of many cells only the first few.

    Args:
        xml: the sheet part.
        index: its index.
        frame: its surroundings.
        sheet: the sheet.
        area: the area.
        but: tables that do not count.
    """
    found = [
        f"表格 {each.name}（{each.area}）" for each in sheet.tables if each.area.touches(area) and each.name not in but
    ]
    found += [f"合并单元格 {each}" for each in frame.merged if each.touches(area)]
    filled = [
        cell_address(key >> KEY_BITS, (key & _COLUMN_MASK) + 1)
        for place in cells_in(index, area)
        if is_filled(xml, index, place)
        for key in (int(index.key[place]),)
    ]
    if len(filled) > MOST_NAMED:
        filled = [*filled[:MOST_NAMED], f"等 {len(filled)} 格"]
    return (*found, *filled)
