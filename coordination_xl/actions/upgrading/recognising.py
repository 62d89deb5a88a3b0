"""A ledger whose Excel table is gone: found again on its sheet by its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.errors import DuplicateHeader, MissingTable
from coordination_xl.ledger.columns import is_blank
from coordination_xl.ledger.folding import fold_name
from coordination_xl.ledger.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from coordination_xl.books.port import ClosedBook
    from coordination_xl.schema import Column, Table

    Cells = tuple[NDArray[np.object_], ...]

_ROWS_LOOKED_AT = 60


def recognised(book: ClosedBook, table: Table) -> Grid:
    """The ledger as it stands on its sheet without a table: header row, width, down to the last filled row.

    Raises:
        MissingTable: no row of the sheet has all headers that must be there, side by side.
        DuplicateHeader: two headers of the row are the same; a table cannot have that.
    """
    cells = book.cells(table.sheet)
    spellings = {column.identifier: _spellings(column) for column in table.columns if column.must_exist}
    best: list[str] = [column.header for column in table.columns if column.must_exist]
    for row in range(min(_ROWS_LOOKED_AT, len(cells[0]) if cells else 0)):
        places = {
            fold_name(cell): place
            for place, column in enumerate(cells)
            if isinstance(cell := column[row], str) and cell.strip()
        }
        hits = {identifier: at for identifier, words in spellings.items() if (at := _hit(places, words)) is not None}
        lacking = [table.column(identifier).header for identifier in spellings if identifier not in hits]
        if len(lacking) < len(best):
            best = lacking
        if not lacking:
            return _grid(table, cells, row, min(hits.values()), max(hits.values()))
    raise MissingTable(
        f"{book.name} 的工作表“{table.sheet}”",
        f"没有名为 {table.name} 的表格，表头也认不全（缺 {'、'.join(best)}）",
        "请恢复备份；或把表头补全后再升级；或给这张工作表改名，升级时会放上一张空白的",
    )


def _spellings(column: Column) -> tuple[str, ...]:
    return tuple(map(fold_name, (column.header, *column.aliases)))


def _hit(places: Mapping[str, int], words: tuple[str, ...]) -> int | None:
    return next((places[word] for word in words if word in places), None)


def _grid(table: Table, cells: Cells, row: int, first: int, last: int) -> Grid:
    """The run of headers around those that must be there, and everything below."""

    def is_header(place: int) -> bool:
        return 0 <= place < len(cells) and isinstance(cells[place][row], str) and bool(cells[place][row].strip())

    while is_header(first - 1):
        first -= 1
    while is_header(last + 1):
        last += 1
    where = f"工作表“{table.sheet}”第 {row + 1} 行"
    if not all(map(is_header, range(first, last + 1))):
        raise MissingTable(where, f"表头中间有空格，不能重建表格 {table.name}", "请给空白的表头填上名称，再升级")
    header = tuple(str(cells[place][row]) for place in range(first, last + 1))
    folded = [each.casefold() for each in header]
    if twice := next((each for each in header if folded.count(each.casefold()) > 1), ""):
        raise DuplicateHeader(where, f"有两列都叫“{twice}”，不能重建表格 {table.name}", "请给其中一列改名，再升级")
    body = [cells[place][row + 1 :] for place in range(first, last + 1)]
    used = max((int(filled[-1]) + 1 for column in body if len(filled := np.flatnonzero(~is_blank(column)))), default=0)
    columns = tuple(_sized(column, max(used, 1)) for column in body)
    return Grid(table.name, table.sheet, header, row + 2, first + 1, columns)


def _sized(column: NDArray[np.object_], height: int) -> NDArray[np.object_]:
    sized = np.full(height, None, dtype=object)
    sized[: min(height, len(column))] = column[:height]
    return sized
