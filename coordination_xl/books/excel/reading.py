"""Blocks of cells read whole: as many calls for one row as for a hundred thousand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area
from coordination_xl.books.excel.facts import as_rows, rows_of
from coordination_xl.books.excel.layout import area_of, cells_of
from coordination_xl.books.excel.values import from_host, serial_number
from coordination_xl.books.xlsx.styles import DURATION, kind_of_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import xlwings as xw
    from numpy.typing import NDArray

    from coordination_xl.books.excel.layout import LiveTable

    Objects = NDArray[np.object_]

_READ_WHOLE = 200_000
"""Cells of a sheet up to which all of it is read when one of its names is asked for: forms have many names."""
_EARLY = dt.date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Block:
    """The cells of an area as they were read.

    Attributes:
        area: where.
        values: as a grid holds them, one row of the array for each sheet row.
    """

    area: Area
    values: Objects

    def column(self, column: int, top: int, bottom: int) -> Objects:
        """The values of one sheet column between two rows, ends included; beyond the block all is blank."""
        found = np.full(bottom - top + 1, None, dtype=object)
        area = self.area
        first, last = max(top, area.top), min(bottom, area.bottom)
        if area.left <= column <= area.right and first <= last:
            found[first - top : last - top + 1] = self.values[
                first - area.top : last - area.top + 1, column - area.left
            ]
        return found


def read(sheet: xw.Sheet, area: Area) -> Block:
    """The values of an area, in one call (on macOS two: one for the values, one for what errors look like)."""
    rows = rows_of(cells_of(sheet, area))
    return Block(area, _array(area, [[from_host(value) for value in row] for row in rows]))


def read_formulas(sheet: xw.Sheet, area: Area) -> Objects:
    """What stands in the cells of an area, in one call: formulas with their ``=``, all else as text."""
    height, width = area.bottom - area.top + 1, area.right - area.left + 1
    rows = as_rows(cells_of(sheet, area).formula, height)
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ValueError(f"{height} × {width} cells were asked for, and others were given")
    return _array(area, rows)


def holding_formulas(formulas: Objects, values: Objects) -> NDArray[np.bool_]:
    """Which cells hold a formula; a text that begins with ``=`` is its own formula, and is none."""
    texts, found = formulas.ravel(), values.ravel()
    marks = np.fromiter((type(text) is str and text[:1] == "=" for text in texts), dtype=bool, count=texts.size)
    for place in np.flatnonzero(marks).tolist():
        marks[place] = texts[place] != found[place]
    return marks.reshape(formulas.shape)


def _array(area: Area, rows: Iterable[Sequence[object]]) -> Objects:
    made = np.empty((area.bottom - area.top + 1, area.right - area.left + 1), dtype=object)
    for at, row in enumerate(rows):
        made[at, :] = row
    return made


def read_table(sheet: xw.Sheet, table: LiveTable) -> tuple[tuple[str, ...], Block]:
    """The headers of a table and its data rows; a totals row is left out."""
    area = table.area
    block = read(sheet, Area(area.top, area.left, max(table.last_row, area.top), area.right))
    if table.header_rows:
        header = tuple("" if value is None else str(value) for value in block.values[0])
        body = Block(Area(area.top + 1, area.left, table.last_row, area.right), block.values[1:])
    else:
        header = tuple(column.name for column in sheet.tables[table.name].columns)
        body = block
    return header, body


def with_durations(sheet: xw.Sheet, body: Block) -> None:
    """Put right in place what cells of an elapsed-time format (``[h]:mm``) hold, which Excel hands over as times and dates.

    Asked is one call for each column in which such a thing could stand; hardly any has one.
    """
    for place in range(body.values.shape[1]):
        column = body.values[:, place]
        suspects = [at for at, value in enumerate(column) if _could_be_elapsed(value)]
        if not suspects:
            continue
        area = Area(body.area.top, body.area.left + place, body.area.bottom, body.area.left + place)
        code = cells_of(sheet, area).number_format
        if isinstance(code, str) and kind_of_format(-1, code) == DURATION:
            for at in suspects:
                column[at] = dt.timedelta(days=serial_number(column[at], date1904=False))


def _could_be_elapsed(value: object) -> bool:
    if isinstance(value, dt.datetime):
        return value.date() < _EARLY
    return isinstance(value, dt.time) or (isinstance(value, dt.date) and value < _EARLY)


class SheetBlocks:
    """Sheets with names on them, each read once as far as it is used."""

    def __init__(self) -> None:
        self._read: dict[str, Block | None] = {}

    def column(self, sheet: xw.Sheet, name: str, area: Area) -> Objects:
        """The first column of an area."""
        if name not in self._read:
            used = area_of(sheet.used_range)
            cells = (used.bottom - used.top + 1) * (used.right - used.left + 1)
            self._read[name] = read(sheet, used) if cells <= _READ_WHOLE else None
        block = self._read[name]
        if block is None:
            block = read(sheet, Area(area.top, area.left, area.bottom, area.left))
        return block.column(area.left, area.top, area.bottom)

    def forget(self) -> None:
        """The cells were changed: read them anew."""
        self._read.clear()
