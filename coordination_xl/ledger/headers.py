"""Columns are found by what their header says, never by where they stand. Source: SPEC section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.errors import DuplicateHeader, MissingColumn
from coordination_xl.ledger.folding import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema import Table


def match_headers(table: Table, grid: Grid) -> Mapping[str, int]:
    """Find each schema column in a grid, as :func:`present_headers`; stop where one is not there that must be.

    Raises:
        DuplicateHeader: one column is there twice.
        MissingColumn: a column that must exist is not there.
    """
    found = present_headers(table, grid)
    missing = [column.header for column in table.columns if column.must_exist and column.identifier not in found]
    if missing:
        raise MissingColumn(
            f"工作表“{grid.sheet}”的表格 {grid.table}",
            "缺少列：" + "、".join(f"“{header}”" for header in missing),
            "把改过名的列改回来；列已删除的，运行 coordination-xl upgrade 补上空列，或恢复备份",
        )
    return found


def present_headers(table: Table, grid: Grid) -> Mapping[str, int]:
    """Find each schema column in a grid, by header or, where the header is not there, by an alias.

    Args:
        table: what is looked for.
        grid: where.

    Returns:
        Identifier → position in ``grid.header``. Columns the workbook does not have are left out; headers the schema
        does not know are the user's own and are left alone.

    Raises:
        DuplicateHeader: one column is there twice.
    """
    places: dict[str, list[int]] = {}
    for position, header in enumerate(grid.header):
        places.setdefault(fold_name(header), []).append(position)

    found: dict[str, int] = {}
    taken: set[int] = set()
    for spellings in (lambda column: (column.header,), lambda column: column.aliases):
        for column in table.columns:
            if column.identifier in found:
                continue
            here = [
                place for word in spellings(column) for place in places.get(fold_name(word), ()) if place not in taken
            ]
            if len(here) > 1:
                names = "、".join(f"“{grid.header[place]}”（第 {grid.first_column + place} 列）" for place in here)
                raise DuplicateHeader(
                    f"工作表“{grid.sheet}”",
                    f"有 {len(here)} 列都是“{column.header}”：{names}",
                    "只留一列，其余的改名或删除",
                )
            if here:
                found[column.identifier] = here[0]
                taken.add(here[0])
    return found
