"""Cells of a model with their names, laid over blank cells of a sheet that lacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.xlsx.cells import PLAIN, Encoder
from coordination_xl.books.xlsx.contents import IndexedSheet
from coordination_xl.books.xlsx.created import Edits, created
from coordination_xl.books.xlsx.index import KEY_BITS, NO_STYLE, located
from coordination_xl.books.xlsx.sheets import Frame, index_of
from coordination_xl.books.xlsx.structure.columns import canonical, widen_dimension
from coordination_xl.books.xlsx.structure.counterparts import counterparts
from coordination_xl.books.xlsx.structure.defined import define, meanings
from coordination_xl.books.xlsx.structure.models import style_of
from coordination_xl.books.xlsx.structure.outline import Outline
from coordination_xl.books.xlsx.structure.room import in_the_way
from coordination_xl.books.xlsx.structure.rules import copy_conditions, copy_validations
from coordination_xl.books.xlsx.structure.translation import Renaming, Translation
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.targets import Cells
from coordination_xl.books.xlsx.verify import Mismatch, compare_others
from coordination_xl.errors import SaveFailed, WriteRefused

if TYPE_CHECKING:
    from coordination_xl.books.structure import NamesAdded
    from coordination_xl.books.xlsx.markup import Element
    from coordination_xl.books.xlsx.structure.draft import Draft
    from coordination_xl.books.xlsx.structure.looks import Looks
    from coordination_xl.books.xlsx.structure.models import Model
    from coordination_xl.books.xlsx.workbook import Layout, Sheet


def add_names(draft: Draft, layout: Layout, addition: NamesAdded, model: Model, looks: Looks) -> None:
    """Name cells, and give those that are blank what they have in the model: text, look, validation, conditional formats.

    Cells inside a merged area keep their look: a form's fields are the user's to dress.

    Raises:
        WriteRefused: a cell is filled, or a name is taken.
    """
    sheet = layout.sheet(addition.sheet)
    area = Area.parse(addition.area)
    if area is None:
        raise ValueError(addition.area)
    xml = draft.xml(sheet.part)
    index = index_of(xml)
    frame = Frame(xml, index)
    looked = _looked(addition, area, model, frame)
    for cell in looked:
        found = in_the_way(xml, index, frame, sheet, cell)
        if found:
            raise WriteRefused(f"{sheet.name}!{cell}", f"已有：{'、'.join(found)}", "请先把它移到别处")
    with_cells = _with_cells(xml, looked, model, addition.model_sheet, looks)
    try:
        keys = np.array(sorted(cell.top << KEY_BITS | (cell.left - 1) for cell in looked), np.int64)
        compare_others(IndexedSheet(xml, index), IndexedSheet(with_cells, index_of(with_cells)), keys)
    except Mismatch as error:
        raise SaveFailed(draft.where, f"写入后核对不符（{error}）", "原文件未改动，请把此提示告知维护人员") from error
    outline = Outline(with_cells, index_of(with_cells))
    _add_rules(outline, sheet, addition, area, model, looks, Renaming(counterparts(model.layout, layout)))
    widen_dimension(outline, area)
    draft.put(sheet.part, outline.whole())
    define(draft, layout.part, meanings(sheet.name, addition.names))


def _looked(addition: NamesAdded, area: Area, model: Model, frame: Frame) -> list[Area]:
    """The cells of the area that take their content and look from the model."""
    cells = [
        Area(row, column, row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    there = model.sheet(addition.model_sheet).cells
    return [cell for cell in cells if str(cell) in there and not any(merged.touches(cell) for merged in frame.merged)]


def _with_cells(xml: bytes, looked: list[Area], model: Model, model_sheet: str, looks: Looks) -> bytes:
    if not looked:
        return xml
    index = index_of(xml)
    encoder = Encoder(index.prefix)
    there = model.sheet(model_sheet).cells
    ordered = sorted(looked, key=lambda cell: (cell.top, cell.left))
    keys = np.array([cell.top << KEY_BITS | (cell.left - 1) for cell in ordered], np.int64)
    texts = np.empty(len(ordered), dtype=object)
    texts[:] = [_text(there[str(cell)]) for cell in ordered]
    styles = np.array([looks.cell(style_of(there[str(cell)])) for cell in ordered], np.int64)
    places, exists = located(index.key, keys)
    cells = Cells(
        keys, encoder.encode(texts), np.full(len(keys), PLAIN, np.int8), styles, np.full(len(keys), NO_STYLE),
        np.ones(len(keys), bool), places, exists,
    )  # fmt: skip
    edits = Edits([], [], [])
    old, new = cells.take(np.flatnonzero(exists)), cells.take(np.flatnonzero(~exists))
    for at, place in enumerate(old.place.tolist()):
        address = cell_address(int(old.key[at]) >> KEY_BITS, int(old.key[at]) % (1 << KEY_BITS) + 1)
        tag = f'<{index.prefix}c r="{address}" s="{int(old.style[at])}"'.encode()
        edits.append(int(index.start[place]), int(index.end[place]), tag + old.bodies[at].xml)
    if len(new.key):
        edits.add(created(xml, index, new, Styles(model.package, None), {}))
    return edits.applied(xml)


def _text(cell: Element) -> str | None:
    """The text of a model's cell; a cell of a name holds text or nothing."""
    inline = cell.find("is")
    if inline is None:
        return None
    return "".join(each.text for each in inline.walk() if each.name == "t")


def _add_rules(
    outline: Outline, sheet: Sheet, addition: NamesAdded, area: Area, model: Model, looks: Looks, renaming: Renaming
) -> None:
    """Validations of the cells, and the conditional formats whose formulas speak of the names."""
    there = model.sheet(addition.model_sheet)
    names = [each.name for each in addition.names]
    table = next(iter(model.layout.sheet(addition.model_sheet).tables), None)
    own = next((each for each in sheet.tables if table and each.name == table.name), None)
    translation = Translation(table, own, canonical(own.name, own.headers)) if table and own else renaming
    copy_validations(outline, there, lambda found, _: found.touches(area), renaming)

    def speaks(_: Area, rule: Element) -> bool:
        return any(name in child.text for name in names for child in rule.children)

    copy_conditions(outline, there, speaks, translation, looks)
