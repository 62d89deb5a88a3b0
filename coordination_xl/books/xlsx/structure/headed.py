"""A table made anew over cells that stand there already, header and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.xlsx.sheets import Frame, index_of
from coordination_xl.books.xlsx.structure.columns import column_name
from coordination_xl.books.xlsx.structure.fragments import WORKSHEET, made, spelled, with_items
from coordination_xl.books.xlsx.structure.grafting import TRANSITIONAL, next_table_id
from coordination_xl.books.xlsx.structure.outline import Outline
from coordination_xl.errors import DuplicateTable, WriteRefused

if TYPE_CHECKING:
    from coordination_xl.books.structure import TableAdded
    from coordination_xl.books.xlsx.structure.draft import Draft
    from coordination_xl.books.xlsx.structure.models import Model
    from coordination_xl.books.xlsx.workbook import Layout, Sheet

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


def add_table(draft: Draft, layout: Layout, addition: TableAdded, model: Model) -> None:
    """Make the cells of a grid a table of its name, with the look of the model's table.

    Raises:
        DuplicateTable: a table of this name is there already.
        WriteRefused: another table, a merged area or a filter is in the way.
    """
    grid = addition.grid
    if layout.table(grid.table) is not None:
        raise DuplicateTable(draft.where, f"已有名为 {grid.table} 的表格", "请检查变更内容")
    sheet = layout.sheet(grid.sheet)
    last = grid.first_column + len(grid.header) - 1
    area = Area(grid.first_row - 1, grid.first_column, grid.first_row + max(grid.height, 1) - 1, last)
    xml = draft.xml(sheet.part)
    outline = Outline(xml, index_of(xml))
    _refuse(Frame(xml, index_of(xml)), outline, sheet, area, grid.table)
    content = _part(grid.table, grid.header, area, next_table_id(draft), model)
    part = draft.new_part("xl/tables/table{}.xml", content, _TYPE)
    identity = draft.relate(sheet.part, "table", part)
    element = made("tablePart", {"xmlns:r": _OFFICE, "r:id": identity}, outline.prefix)
    outline.patch(with_items(outline.content, outline.root, "tableParts", [element], WORKSHEET))
    draft.put(sheet.part, outline.whole())


def _refuse(frame: Frame, outline: Outline, sheet: Sheet, area: Area, name: str) -> None:
    where = f"{sheet.name}·{name}"
    for table in sheet.tables:
        if table.area.touches(area):
            remedy = f"改过表格名称的，在“表设计→表名称”里改回 {name}；另有用途的，先把它移到别处"
            raise WriteRefused(where, f"{area} 里已有另一个表格 {table.name}", remedy)
    for merged in frame.merged:
        if merged.touches(area):
            raise WriteRefused(where, f"{area} 里有合并单元格 {merged}，不能成为表格", "请先取消合并")
    own = outline.root.find("autoFilter")
    if own is not None:
        raise WriteRefused(where, "工作表上有筛选，不能再建表格", "请先“数据→筛选”取消筛选")


def _part(name: str, headers: tuple[str, ...], area: Area, identity: int, model: Model) -> bytes:
    found = model.layout.table(name)
    style = b""
    if found is not None:
        root = model.package.tree(found[1].part)
        info = root.find("tableStyleInfo")
        style = spelled(info, "") if info else b""
    columns = b"".join(
        made("tableColumn", {"id": str(number), "name": column_name(header)})
        for number, header in enumerate(headers, start=1)
    )
    inside = (
        made("autoFilter", {"ref": str(area)})
        + made("tableColumns", {"count": str(len(headers))}, inside=columns)
        + style
    )
    attributes = {"xmlns": TRANSITIONAL, "id": str(identity), "name": name, "displayName": name, "ref": str(area)}
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + made("table", attributes, inside=inside)
