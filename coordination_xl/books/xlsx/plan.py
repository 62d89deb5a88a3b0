"""A change set laid out on the sheets: which cells take which values, and which tables grow or shrink."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books import room
from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.xlsx.cells import Formula
from coordination_xl.books.xlsx.index import KEY_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.tables import Table
    from coordination_xl.books.xlsx.workbook import Sheet

_COLUMN_MASK = (1 << KEY_BITS) - 1
_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|t)(?:\s[^>]*)?>[^<]|<!\[CDATA\[")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")


@dataclass(slots=True)
class Values:
    """New values for one sheet column; see :class:`~coordination_xl.books.xlsx.splice.Write`.

    ``is_given`` tells values that the change set names from those that a new row brings along by itself.
    """

    column: int
    rows: NDArray[np.int64]
    values: NDArray[np.object_]
    first: int
    last: int
    is_new_row: bool = False
    is_given: bool = True


@dataclass(slots=True)
class SheetPlan:
    """What happens on one sheet.

    Attributes:
        sheet: the sheet.
        values: the columns to write.
        last_rows: the new last data row of each table that grows or shrinks, by table name.
        model_rows: for each new sheet row, the row whose height it takes.
    """

    sheet: Sheet
    values: list[Values] = field(default_factory=list)
    last_rows: dict[str, int] = field(default_factory=dict)
    model_rows: dict[int, int] = field(default_factory=dict)


class Ground:
    """What stands on a sheet now: asked for blank rows and for room below a table."""

    def __init__(self, xml: bytes, index: SheetIndex, merged: Iterable[Area], sheet: Sheet) -> None:
        self._xml = xml
        self._index = index
        self._merged = tuple(merged)
        self._sheet = sheet

    def _places(self, area: Area) -> list[int]:
        """The places of the cells of an area."""
        index = self._index
        low, high = np.searchsorted(index.key, (area.top << KEY_BITS, (area.bottom + 1) << KEY_BITS))
        columns = (index.key[low:high] & _COLUMN_MASK) + 1
        found: list[int] = (np.flatnonzero((columns >= area.left) & (columns <= area.right)) + low).tolist()
        return found

    def _holds(self, place: int, what: re.Pattern[bytes]) -> bool:
        return what.search(self._xml, int(self._index.start[place]), int(self._index.end[place])) is not None

    def last_used_row(self, table: Table, planned: Iterable[Values]) -> int:
        """The last data row of a table that is not wholly blank once what is planned has been written.

        The row above the first one if all are blank.
        """
        blanked: set[int] = set()
        last = table.first_row - 1
        for values in planned:
            if not table.area.left <= values.column <= table.area.right:
                continue
            inside = (values.rows >= table.first_row) & (values.rows <= table.last_row)
            is_blank = np.fromiter((value is None for value in values.values), bool, len(values.values))
            last = int(values.rows[inside & ~is_blank].max(initial=last))
            blanked.update((values.rows[inside & is_blank] << KEY_BITS | (values.column - 1)).tolist())
        if table.last_row < table.first_row:
            return table.last_row
        area = Area(table.first_row, table.area.left, table.last_row, table.area.right)
        for place in reversed(self._places(area)):
            key = int(self._index.key[place])
            if key >> KEY_BITS <= last:
                break
            if key not in blanked and self._holds(place, _VALUE):
                return key >> KEY_BITS
        return last

    def refuse_no_room(self, table: Table, last_row: int) -> None:
        """Stop if the table cannot grow down to this data row.

        Raises:
            NoRoomForRows: a totals row, another table, merged or occupied cells, or the end of the sheet are in the way.
        """
        where = f"{self._sheet.name}·{table.name}"
        others = ((other.name, other.area) for other in self._sheet.tables if other.part != table.part)
        area = room.room_below(where, table, last_row, others)
        for merged in self._merged:
            if merged.touches(area):
                raise room.merged(where, merged)
        for place in self._places(area):
            if self._holds(place, _VALUE) or self._holds(place, _FORMULA):
                key = int(self._index.key[place])
                raise room.occupied(where, cell_address(key >> KEY_BITS, (key & _COLUMN_MASK) + 1))


def add_rows(
    plan: SheetPlan, ground: Ground, table: Table, places: list[int], columns: list[NDArray[np.object_]], start: int
) -> int:
    """Lay out rows appended to a table.

    Args:
        plan: the sheet's plan, extended here.
        ground: what stands there.
        table: the table as it is.
        places: the 0-based table column of each of ``columns``.
        columns: the new values.
        start: the sheet row of the first of them.

    Returns:
        The row behind the last one.
    """
    height = len(columns[0])
    rows = np.arange(start, start + height, dtype=np.int64)
    _give_way(plan, table, start)
    last = start + height - 1
    if last > max(table.last_row, plan.last_rows.get(table.name, 0)):
        ground.refuse_no_room(table, last)
        plan.last_rows[table.name] = last
    given = dict(zip(places, columns, strict=True))
    for place in range(len(table.headers)):
        values = given.get(place)
        fresh = rows > table.last_row
        if values is None:
            # Cells that nobody filled get their column's format and formula too, as Excel gives them; those that exist stay.
            formula = table.calculated.get(place)
            filling = np.full(int(fresh.sum()), Formula(formula) if formula else None, dtype=object)
            _add(plan, table, place, rows[fresh], filling, is_new_row=True, is_given=False)
        else:
            _add(plan, table, place, rows, values, is_new_row=True)
    plan.model_rows |= dict.fromkeys(rows[rows > table.last_row].tolist(), table.last_row)
    return start + height


def _give_way(plan: SheetPlan, table: Table, start: int) -> None:
    """Drop planned blanks from this row of the table on: the rows are blank, and now added rows take them."""
    for values in plan.values:
        if table.area.left <= values.column <= table.area.right:
            is_blank = np.fromiter((value is None for value in values.values), bool, len(values.values))
            keep = ~(is_blank & values.is_given & (values.rows >= start) & (values.rows <= table.last_row))
            values.rows, values.values = values.rows[keep], values.values[keep]


def replace_body(
    plan: SheetPlan, ground: Ground, table: Table, places: list[int], columns: list[NDArray[np.object_]]
) -> None:
    """Lay out a new body for a table; what is left over below becomes blank."""
    height = len(columns[0])
    last = table.first_row + max(height, 1) - 1
    if last > table.last_row or (table.totals_rows and last != table.last_row):
        ground.refuse_no_room(table, last)
    if last != table.last_row:
        plan.last_rows[table.name] = last
    total = max(table.last_row, last) - table.first_row + 1
    rows = np.arange(table.first_row, table.first_row + total, dtype=np.int64)
    for place, values in zip(places, columns, strict=True):
        whole = np.full(total, None, dtype=object)
        whole[:height] = values
        fresh = rows > table.last_row
        _add(plan, table, place, rows[~fresh], whole[~fresh])
        _add(plan, table, place, rows[fresh], whole[fresh], is_new_row=True)
    plan.model_rows |= dict.fromkeys(rows[rows > table.last_row].tolist(), table.last_row)


def _add(
    plan: SheetPlan,
    table: Table,
    place: int,
    rows: NDArray[np.int64],
    values: NDArray[np.object_],
    *,
    is_new_row: bool = False,
    is_given: bool = True,
) -> None:
    if len(rows):
        column = table.area.left + place
        plan.values.append(Values(column, rows, values, table.first_row, table.last_row, is_new_row, is_given))


def change_column(
    plan: SheetPlan, table: Table, place: int, rows: NDArray[np.int64], values: NDArray[np.object_]
) -> None:
    """Lay out new values for some existing cells of a table column."""
    _add(plan, table, place, np.asarray(rows, dtype=np.int64), values)
