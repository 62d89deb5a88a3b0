"""What really stands in a workbook, read by somebody else's reader, and what differs between two of them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from openpyxl.utils.cell import range_boundaries
from python_calamine import CalamineWorkbook

from coordination_xl.schema import TABLES
from coordination_xl.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Cells = Mapping[tuple[int, int], object]

HEADER_ROW = 4
ID_HEADERS = {table.sheet: table.id_column.header if table.id_column else "" for table in TABLES}


class Differences(NamedTuple):
    """What differs between two workbooks.

    Attributes:
        changes: (sheet, id, header, old, new) of cells in rows that stood there before.
        added: (sheet, values by header) of the rows below them; the whole body of 校验结果, which is written anew.
        blocks: (sheet, row, column, old, new) of cells in no table: forms and the board.
    """

    changes: Counter[tuple[object, ...]]
    added: list[tuple[str, dict[str, object]]]
    blocks: Counter[tuple[object, ...]]


def differences(before: Path, after: Path) -> Differences:
    """Compare two workbooks cell by cell."""
    old, new = cells_of(before), cells_of(after)
    assert old.keys() == new.keys(), "a sheet came or went"
    changes: Counter[tuple[object, ...]] = Counter()
    blocks: Counter[tuple[object, ...]] = Counter()
    added: list[tuple[str, dict[str, object]]] = []
    for sheet, was in old.items():
        now = new[sheet]
        headers = {column: str(value) for (row, column), value in now.items() if row == HEADER_ROW}
        is_table = sheet in ID_HEADERS
        last = max((row for row, _ in was), default=0)
        if sheet == FINDINGS.sheet and was != now:
            last = HEADER_ROW
        for place in sorted(was.keys() | now.keys()):
            if place[0] > last or was.get(place) == now.get(place):
                continue
            moved = (was.get(place), now.get(place))
            if is_table and place[0] > HEADER_ROW:
                changes[sheet, _id(sheet, headers, was, place[0]), headers[place[1]], *moved] += 1
            else:
                blocks[sheet, *place, *moved] += 1
        if is_table:
            added += [(sheet, values) for values in _rows_below(now, headers, last)]
    return Differences(changes, added, blocks)


def cells_of(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    """The filled cells of every sheet, by row and column (1-based)."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = {
            (r, c): told
            for r, row in enumerate(rows, start=1)
            for c, value in enumerate(row, start=1)
            if (told := plain(value)) is not None
        }
    return found


def plain(value: object) -> object:
    """A value as JSON tells it; blanks are ``None``, numbers ``float``."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00"
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def cell_of_block(path: Path, name: str, place: int) -> tuple[str, int, int]:
    """Sheet, row and column of a cell of a defined name; ``place`` counts from 1."""
    book = openpyxl.load_workbook(path, read_only=True)
    ((sheet, area),) = book.defined_names[name].destinations
    book.close()
    left, top, _, _ = range_boundaries(area.replace("$", ""))
    return sheet, top + place - 1, left


def _id(sheet: str, headers: Mapping[int, str], cells: Cells, row: int) -> str:
    """The id of a row as people mean it: full-width letters are the same letters."""
    column = next((column for column, header in headers.items() if header == ID_HEADERS[sheet]), 0)
    return unicodedata.normalize("NFKC", str(cells.get((row, column), ""))).strip()


def _rows_below(cells: Cells, headers: Mapping[int, str], last: int) -> Iterator[dict[str, object]]:
    rows: dict[int, dict[str, object]] = {}
    for (row, column), value in sorted(cells.items()):
        if row > last:
            rows.setdefault(row, {})[headers[column]] = value
    yield from rows.values()
