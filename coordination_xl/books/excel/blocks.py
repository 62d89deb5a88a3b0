"""Named blocks: single cells of a form, and the columns of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.excel.ground import Cells, changed_meanwhile, same_cells
from coordination_xl.books.excel.layout import area_of, cells_of
from coordination_xl.books.excel.patches import Patch
from coordination_xl.books.excel.values import BLANK
from coordination_xl.errors import StructureError, UsageError, WriteRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.changes import BlockChange
    from coordination_xl.books.excel.ground import Ground
    from coordination_xl.books.excel.layout import Layout

    Objects = NDArray[np.object_]
    Encode = Callable[[str, int, NDArray[np.int64], Objects], Objects]


def named(layout: Layout, where: str, name: str) -> tuple[str, Area]:
    """Sheet and area of a name that must be there.

    Raises:
        StructureError: it is not.
    """
    found = layout.named(name)
    if found is None:
        raise StructureError(where, f"没有名为 {name} 的名称", "请从空白模板恢复该名称")
    return found


def block_patches(
    layout: Layout, ground: Ground, where: str, changes: Sequence[BlockChange], encode: Encode
) -> list[Patch]:
    """The patches of named blocks: of each sheet the rectangle around all its blocks is read once.

    Raises:
        StructureError: a name is not there.
        UsageError: a name has another height than its new values.
        WriteRefused: a value would go where a merged area hides it.
        SaveFailed: a block no longer holds what was read.
    """
    by_sheet: dict[str, list[tuple[BlockChange, Area]]] = {}
    for change in changes:
        sheet, area = named(layout, where, change.name)
        if len(change.new) != area.bottom - area.top + 1:
            raise UsageError(f"{sheet}!{area}", f"名称 {change.name} 的行数与新值不符", "请重新读取工作簿后再试")
        by_sheet.setdefault(sheet, []).append((change, Area(area.top, area.left, area.bottom, area.left)))
    patches = []
    for sheet, blocks in by_sheet.items():
        cells = Cells.read(ground.sheet(sheet), around([area for _, area in blocks]))
        for change, area in blocks:
            if not same_cells(change.old, cells.block.column(area.left, area.top, area.bottom)):
                raise changed_meanwhile(f"{sheet}·{change.name}")
            rows = np.arange(area.top, area.bottom + 1, dtype=np.int64)
            entries = encode(sheet, area.left, rows, change.new)
            keep = _writable(ground, sheet, area, entries)
            patches.append(Patch(sheet, area.left, rows[keep], entries[keep], cells))
    return patches


def around(areas: Sequence[Area]) -> Area:
    """The smallest area that holds all of them."""
    return Area(
        min(area.top for area in areas),
        min(area.left for area in areas),
        max(area.bottom for area in areas),
        max(area.right for area in areas),
    )


def _writable(ground: Ground, sheet: str, area: Area, entries: Objects) -> NDArray[np.bool_]:
    """The rows whose cell is not hidden in a merged area; a blank is left out there, a value refused."""
    keep = np.ones(len(entries), dtype=bool)
    cells = cells_of(ground.sheet(sheet), area)
    if cells.merge_cells is False:
        return keep
    for at in range(len(entries)):
        row = area.top + at
        merged = area_of(ground.sheet(sheet).range(cell_address(row, area.left)).merge_area)
        if (merged.top, merged.left) == (row, area.left):
            continue
        if entries[at] is not BLANK:
            where = f"{sheet}!{cell_address(row, area.left)}"
            raise WriteRefused(where, f"这个单元格在合并区域 {merged} 之内", "请取消合并，或只填合并区域的左上角")
        keep[at] = False
    return keep
