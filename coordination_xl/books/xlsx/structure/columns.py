"""New columns at the right edge of a table: the table part, the cells, and all that makes a column look and behave like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import MAX_COLUMN, Area, cell_address
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.cells import PLAIN, Encoder
from coordination_xl.books.xlsx.contents import IndexedSheet
from coordination_xl.books.xlsx.created import Edits, created
from coordination_xl.books.xlsx.index import KEY_BITS, NO_STYLE, located
from coordination_xl.books.xlsx.sheets import Frame, index_of
from coordination_xl.books.xlsx.structure.fragments import WORKSHEET, made, place_for, with_items
from coordination_xl.books.xlsx.structure.models import style_of
from coordination_xl.books.xlsx.structure.outline import Outline
from coordination_xl.books.xlsx.structure.room import in_the_way
from coordination_xl.books.xlsx.structure.rules import copy_conditions, copy_validations, widen
from coordination_xl.books.xlsx.structure.translation import Translation
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.targets import Cells
from coordination_xl.books.xlsx.verify import Mismatch, compare_others
from coordination_xl.errors import MissingColumn, NoRoomForColumns, SaveFailed, UsageError
from coordination_xl.ledger.folding import fold_name
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.structure.draft import Draft
    from coordination_xl.books.xlsx.structure.looks import Looks
    from coordination_xl.books.xlsx.structure.models import Model, ModelSheet
    from coordination_xl.books.xlsx.tables import Table
    from coordination_xl.books.xlsx.workbook import Layout, Sheet

_LINE = re.compile(r"\r\n?|\n")
_MOST_ABOVE = 100
"""Rows above a header that get a blank cell each, so that the column's own look does not show there."""


def add_columns(draft: Draft, layout: Layout, name: str, headers: Sequence[str], model: Model, looks: Looks) -> None:
    """Append blank columns to a table.

    Args:
        draft: the workbook.
        layout: what it consists of.
        name: the table.
        headers: the new headers, left to right.
        model: the workbook whose table of this name has them.
        looks: its formats here.

    Raises:
        NoRoomForColumns: something stands right of the table.
        UsageError: the table has such a column.
        MissingColumn: the model does not have it.
    """
    sheet, table = layout.table(name)  # type: ignore[misc]  # the caller has asked
    model_sheet, model_table = model.layout.table(name)  # type: ignore[misc]
    for header in headers:
        if header in table.headers:
            raise UsageError(f"{sheet.name}·{name}", f"已有“{header}”列", "请检查变更内容")
        if header not in model_table.headers:
            raise MissingColumn(model.package.where, f"表格 {name} 没有“{header}”列", "请重新安装 coordination-xl")
    work = _Columns(draft, sheet, table, headers, model.sheet(model_sheet.name), model_table, looks)
    work.add_cells()
    work.add_surroundings()
    work.add_to_table()


def canonical(table: str, headers: Sequence[str]) -> tuple[str, ...]:
    """Headers in the words of the schema, where one is written otherwise or by an alias."""
    schema = BY_NAME.get(table)
    words: dict[str, str] = {}
    for column in schema.columns if schema else ():
        for alias in column.aliases:
            words.setdefault(fold_name(alias), column.header)
    words |= {fold_name(column.header): column.header for column in (schema.columns if schema else ())}
    return tuple(words.get(fold_name(header), header) for header in headers)


class _Columns:
    """The new columns of one table on their way in."""

    def __init__(
        self,
        draft: Draft,
        sheet: Sheet,
        table: Table,
        headers: Sequence[str],
        model: ModelSheet,
        model_table: Table,
        looks: Looks,
    ) -> None:
        self._draft, self._sheet, self._table, self._headers = draft, sheet, table, headers
        self._model, self._model_table, self._looks = model, model_table, looks
        self._left = table.area.right + 1
        self._right = table.area.right + len(headers)
        self._places = [model_table.area.left + model_table.headers.index(header) for header in headers]
        self._xml = draft.xml(sheet.part)
        try:
            self._index = index_of(self._xml)
            self._frame = Frame(self._xml, self._index)
        except markup.BadMarkup as error:
            raise draft.package.damaged(f"工作表“{sheet.name}”无法解析（{error}）") from error
        self._refuse_no_room()

    @property
    def _area(self) -> Area:
        return Area(self._table.area.top, self._left, self._table.area.bottom, self._right)

    def _refuse_no_room(self) -> None:
        where = f"{self._sheet.name}·{self._table.name}"
        if self._right > MAX_COLUMN:
            raise NoRoomForColumns(where, f"加列后会超过工作表的 {MAX_COLUMN} 列", "请先删除不用的列")
        found = in_the_way(self._xml, self._index, self._frame, self._sheet, self._area)
        if found:
            new = "、".join(f"“{header}”" for header in self._headers)
            remedy = f"请先把它们移到 {cell_address(self._table.area.top, self._right)} 右边，或移到表格下方"
            raise NoRoomForColumns(where, f"新列{new}要放在 {self._area}，那里已有：{'、'.join(found)}", remedy)

    def add_cells(self) -> None:
        """Header cells, blank cells in the rows of the table, blank cells above."""
        keys, bodies, styles = self._new_cells()
        index = self._index
        places, exists = located(index.key, keys)
        above = (keys >> KEY_BITS) < self._table.area.top
        keep = ~(exists & above)  # what stands above the table is the user's
        cells = Cells(
            keys, bodies, np.full(len(keys), PLAIN, np.int8), styles, np.full(len(keys), NO_STYLE),
            np.ones(len(keys), bool), places, exists,
        )  # fmt: skip
        old, new = cells.take(np.flatnonzero(keep & exists)), cells.take(np.flatnonzero(~exists))
        edits = Edits([], [], [])
        for at, place in enumerate(old.place.tolist()):
            row, column = int(old.key[at]) >> KEY_BITS, int(old.key[at]) % (1 << KEY_BITS) + 1
            tag = f'<{index.prefix}c r="{cell_address(row, column)}" s="{int(old.style[at])}"'.encode()
            edits.append(int(index.start[place]), int(index.end[place]), tag + old.bodies[at].xml)
        if len(new.key):
            edits.add(created(self._xml, index, new, Styles(self._draft.package, None), {}))
        made_anew = edits.applied(self._xml)
        self._compare(made_anew, keys)
        self._xml, self._index = made_anew, index_of(made_anew)

    def _new_cells(self) -> tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.int64]]:
        """Keys, bodies and formats, in the order of the keys."""
        table, encoder = self._table, Encoder(self._index.prefix)
        top, last = table.area.top, table.area.bottom
        rows = [row for row in self._index.row.tolist() if (row < top or row >= table.first_row) and row <= last]
        rows += [*range(1, min(top, _MOST_ABOVE + 1))]
        rows += [top] * table.header_rows
        found = []
        for row in sorted(set(rows)):
            for column, header, place in zip(
                range(self._left, self._right + 1), self._headers, self._places, strict=True
            ):
                is_header = row == top and table.header_rows
                body = encoder.encode(_one(header))[0] if is_header else encoder.blank
                found.append((row << KEY_BITS | (column - 1), body, self._style(row, place)))
        bodies = np.empty(len(found), dtype=object)
        bodies[:] = [body for _, body, _ in found]
        keys = np.array([key for key, _, _ in found], np.int64)
        return keys, bodies, np.array([style for *_, style in found], np.int64)

    def _style(self, row: int, place: int) -> int:
        """The format of a new cell: as the model has it in the header, in the first row, above; in a totals row its neighbour's."""
        table, model = self._table, self._model_table
        if row > table.last_row:
            beside = self._index.style[self._index.cells_of(table.area.right, row, row)]
            return max(int(beside[0]), 0) if len(beside) else 0
        if row < table.area.top:
            there = min(row, model.area.top - 1)
        else:
            there = model.area.top if row == table.area.top and table.header_rows else model.first_row
        return self._looks.cell(style_of(self._model.cells.get(cell_address(there, place))))

    def _compare(self, new: bytes, keys: NDArray[np.int64]) -> None:
        """Every other cell of the sheet is as it was, to the byte."""
        try:
            compare_others(IndexedSheet(self._xml, self._index), IndexedSheet(new, index_of(new)), keys)
        except Mismatch as error:
            raise SaveFailed(
                self._draft.where, f"写入后核对不符（{error}）", "原文件未改动，请把此提示告知维护人员"
            ) from error

    def add_surroundings(self) -> None:
        """Widths, conditional formats, validations, the sheet's dimension."""
        outline, table = Outline(self._xml, self._index), self._table
        for column, place in enumerate(self._places, start=self._left):
            _set_column(outline, column, self._width(place), self._style(table.first_row, place))
        widen(outline, table.area.left, table.area.right, self._right, table.first_row, table.last_row)
        own = (*canonical(table.name, table.headers), *self._headers)
        translation = Translation(self._model_table, table, own)
        wanted = set(self._places)

        def is_wanted(area: Area, _: markup.Element) -> bool:
            return area.left == area.right and area.left in wanted and area.top >= self._model_table.first_row

        copy_conditions(outline, self._model, is_wanted, translation, self._looks)
        copy_validations(outline, self._model, is_wanted, translation)
        widen_dimension(outline, self._area)
        self._draft.put(self._sheet.part, outline.whole())

    def _width(self, place: int) -> str:
        listed = self._model.root.find("cols")
        for element in listed.children if listed else ():
            if int(element.attributes["min"]) <= place <= int(element.attributes["max"]):
                return element.attributes.get("width", "")
        return ""

    def add_to_table(self) -> None:
        """The table part: its ``ref``, its filter, its columns."""
        content, root = self._draft.tree(self._table.part)
        area = Area(self._table.area.top, self._table.area.left, self._table.area.bottom, self._right)
        edits = [_with_ref(content, root, area)]
        filters = root.find("autoFilter")
        filtered = Area.parse(filters.attributes.get("ref", "")) if filters else None
        if filters is not None and filtered is not None and filtered.right == self._table.area.right:
            wide = Area(filtered.top, filtered.left, filtered.bottom, self._right)
            edits.append(_with_ref(content, filters, wide))
        listed = root.find("tableColumns")
        highest = max(int(each.attributes.get("id", "0")) for each in listed.children) if listed else 0
        prefix = markup.raw_prefix(content, root)
        columns = [
            made("tableColumn", {"id": str(highest + number), "name": column_name(header)}, prefix)
            for number, header in enumerate(self._headers, start=1)
        ]
        edits += with_items(content, root, "tableColumns", columns, ("autoFilter", "sortState", "tableColumns"))
        self._draft.patch(self._table.part, edits)


def column_name(header: str) -> str:
    """A header as the table part writes it: line breaks escaped."""
    return _LINE.sub("_x000a_", header)


def _one(text: str) -> NDArray[np.object_]:
    value = np.empty(1, dtype=object)
    value[0] = text
    return value


def _with_ref(content: bytes, element: markup.Element, area: Area) -> tuple[int, int, bytes]:
    tag = content[element.start : element.open_end]
    return element.start, element.open_end, markup.with_attribute(tag, "ref", str(area))


def _set_column(outline: Outline, column: int, width: str, style: int) -> None:
    """Give a sheet column its width and format; a ``col`` that spans it is cut in pieces."""
    attributes = {"min": str(column), "max": str(column)}
    if width:
        attributes |= {"width": width, "customWidth": "1"}
    if style:
        attributes["style"] = str(style)
    new = made("col", attributes, outline.prefix)
    listed = outline.root.find("cols")
    if listed is None:
        at = place_for(outline.root, "cols", WORKSHEET)
        outline.patch([(at, at, made("cols", {}, outline.prefix, new))])
        return
    for element in listed.children:
        first, last = int(element.attributes["min"]), int(element.attributes["max"])
        if first <= column <= last:
            tag = outline.content[element.start : element.end]
            before = [_span(tag, first, column - 1)] if first < column else []
            after = [_span(tag, column + 1, last)] if column < last else []
            outline.patch([(element.start, element.end, b"".join([*before, new, *after]))])
            return
    following = [each for each in listed.children if int(each.attributes["min"]) > column]
    at = following[0].start if following else listed.children[-1].end if listed.children else listed.open_end
    outline.patch([(at, at, new)])


def _span(tag: bytes, first: int, last: int) -> bytes:
    return markup.with_attribute(markup.with_attribute(tag, "min", str(first)), "max", str(last))


def widen_dimension(outline: Outline, area: Area) -> None:
    """Let ``dimension`` take in an area; a sheet without one stays without."""
    element = outline.root.find("dimension")
    old = Area.parse(element.attributes.get("ref", "")) if element else None
    if element is None or old is None:
        return
    wide = Area(min(old.top, 1), min(old.left, area.left), max(old.bottom, area.bottom), max(old.right, area.right))
    if wide != old:
        outline.patch([_with_ref(outline.content, element, wide)])
