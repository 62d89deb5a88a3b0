"""All additions of a change set, carried out on a package, one kind after the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coordination_xl.books.structure import ColumnAdded, NamesAdded, SheetAdded, TableAdded
from coordination_xl.books.xlsx.structure.columns import add_columns
from coordination_xl.books.xlsx.structure.draft import Draft
from coordination_xl.books.xlsx.structure.grafting import graft
from coordination_xl.books.xlsx.structure.headed import add_table
from coordination_xl.books.xlsx.structure.looks import Looks
from coordination_xl.books.xlsx.structure.models import Model
from coordination_xl.books.xlsx.structure.named_cells import add_names
from coordination_xl.books.xlsx.workbook import read_layout
from coordination_xl.errors import MissingTable, SaveFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coordination_xl.books.structure import Addition
    from coordination_xl.books.xlsx.package import Package

_ORDER = (SheetAdded, TableAdded, ColumnAdded, NamesAdded)


def built_on(package: Package, additions: Sequence[Addition]) -> Package:
    """The package with everything that is to be added; all else is the same to the byte.

    Sheets first, then tables, then columns, then names: each may rest on what came before.

    Raises:
        StructureError: a table that shall take a column is not there.
        WriteRefused: something is in the way.
        UsageError: a sheet's name is taken, or the file cannot take what is to be added.
        SaveFailed: what was read back is not what was meant.
    """
    models: dict[Path, Model] = {}
    for addition in additions:
        if addition.model not in models:
            models[addition.model] = Model(addition.model)
    for kind in _ORDER:
        chosen = [each for each in additions if isinstance(each, kind)]
        groups = groupby(chosen, key=lambda each: (each.model, each.table if isinstance(each, ColumnAdded) else each))
        for (path, _), group in groups:
            package = _with(package, list(group), models[path])
    _compare(package, additions)
    return package


def _with(package: Package, additions: Sequence[Addition], model: Model) -> Package:
    """With one addition, or all new columns of one table."""
    draft, layout = Draft(package), read_layout(package)
    looks = Looks(draft, layout.styles, model)
    match additions[0]:
        case SheetAdded() as sheet:
            graft(draft, layout, sheet, model, looks)
        case TableAdded() as table:
            add_table(draft, layout, table, model)
        case ColumnAdded(table=name):
            if layout.table(name) is None:
                raise MissingTable(package.where, f"没有名为 {name} 的表格", "请从空白模板恢复该表")
            headers = [each.header for each in additions if isinstance(each, ColumnAdded)]
            add_columns(draft, layout, name, headers, model, looks)
        case NamesAdded() as names:
            add_names(draft, layout, names, model, looks)
    looks.written()
    return draft.packed()


def _compare(package: Package, additions: Sequence[Addition]) -> None:
    """Everything that was to be added is there when the package is read."""
    layout = read_layout(package)
    for addition in additions:
        match addition:
            case ColumnAdded(table=name, header=header):
                found = layout.table(name)
                is_there = found is not None and header in found[1].headers
            case TableAdded(grid=grid):
                is_there = layout.table(grid.table) is not None
            case SheetAdded(sheet=sheet, grids=grids, names=names):
                is_there = any(each.name == sheet for each in layout.sheets)
                is_there &= all(layout.table(grid.table) is not None for grid in grids)
                is_there &= all(layout.names.get(each.name.casefold(), ("",))[0] == sheet for each in names)
            case NamesAdded(sheet=sheet, names=names):
                is_there = all(layout.names.get(each.name.casefold(), ("",))[0] == sheet for each in names)
        if not is_there:
            raise SaveFailed(package.where, "写入后核对不符（新增的内容）", "原文件未改动，请把此提示告知维护人员")
