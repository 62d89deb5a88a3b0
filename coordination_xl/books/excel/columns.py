"""Cells of one column put into Excel: what is typed, and in which number format."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.excel.formats import DATE_FORMAT, GENERAL, TEXT_FORMAT, is_moment
from coordination_xl.books.excel.layout import cells_of
from coordination_xl.books.excel.text_entries import as_typed
from coordination_xl.books.excel.values import Kind, is_own_link

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw

    from coordination_xl.books.excel.patches import Objects
    from coordination_xl.books.excel.values import Entry

_LONGEST_IN_BLOCK = 8_203
"""Characters; Excel 2007 refuses a block in which one text is longer, single cells take up to 32,767."""


def format_for(entry: Entry, code: str) -> str:
    """The number format in which a cell of this one holds an entry as what it is."""
    if entry.kind is Kind.MOMENT and not is_moment(code):
        return DATE_FORMAT
    if entry.kind in (Kind.NUMBER, Kind.BOOL, Kind.FORMULA) and code == TEXT_FORMAT:
        return GENERAL
    return code


def goes_back(entry: Entry, code: str) -> bool:
    """Whether an untouched cell is sure to be the same once it was written again: no formula but an own link, no error."""
    return format_for(entry, code) == code and (entry.kind is not Kind.FORMULA or is_own_link(str(entry.value)))


def runs_of_equal(codes: Objects) -> list[slice]:
    """The stretches of one and the same format."""
    cuts = [0, *(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]
    return [slice(start, stop) for start, stop in pairwise(cuts) if stop > start]


def put(
    sheet: xw.Sheet, column: int, top: int, entries: Objects, codes: Objects, begun: Callable[[], object] | None = None
) -> None:
    """Write entries into the rows from ``top`` on; texts too long for a block go in one by one.

    Formulas go in after something plain in their place: Excel fills a blank column of a table with one formula, whatever
    the block says, and does so on a Mac even where it could not be told to leave that be. In a filled column it does not.

    Args:
        sheet: the sheet.
        column: the sheet column.
        top: the first row.
        entries: what goes in.
        codes: the number format of each cell.
        begun: called as soon as something has been written.
    """
    typed = [_typed(each, code) for each, code in zip(entries, codes, strict=True)]
    plain = ["-" if each.kind is Kind.FORMULA else value for each, value in zip(entries, typed, strict=True)]
    long = [at for at, value in enumerate(typed) if isinstance(value, str) and len(value) > _LONGEST_IN_BLOCK]
    cells = cells_of(sheet, Area(top, column, top + len(typed) - 1, column))
    for block in (plain, typed) if plain != typed and len(typed) > 1 else (typed,):
        cells.raw_value = typed[0] if len(typed) == 1 else [["" if at in long else v] for at, v in enumerate(block)]
        if begun is not None:
            begun()
            begun = None
    for at in long if len(typed) > 1 else ():
        sheet.range(cell_address(top + at, column)).raw_value = typed[at]


def _typed(entry: Entry, code: str) -> str | float | bool:
    if entry.kind is not Kind.TEXT:
        return entry.value
    return as_typed(str(entry.value), is_text_cell=code == TEXT_FORMAT)
