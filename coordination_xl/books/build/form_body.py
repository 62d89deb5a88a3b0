"""The body of a form: stages, lines, the task grid, the signatures.

Column A carries the stage, one character a line. A label takes B:C, its value D:L; where two fields share a line, the
second label takes H:I.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Side

from coordination_xl.books.addresses import Area
from coordination_xl.books.build import conditions, names, palette, validation
from coordination_xl.books.build.blocks import Look, across, block, boxed
from coordination_xl.books.build.styles import align, fill, font, line
from coordination_xl.schema import BY_NAME, Column, Form, Kind, Table
from coordination_xl.schema.forms import (
    DEFAULTS,
    LEFT,
    RIGHT,
    SIGNATURE,
    TASK_CELLS,
    TASK_LINE,
    WHOLE,
    Field,
    Line,
    TaskGrid,
)
from coordination_xl.schema.vocabulary import URGENCY

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FIRST, LAST = 2, 12
LABEL, RIGHT_LABEL = (2, 3), (8, 9)
SIGNATURES = {3: ((2, 5), (6, 9), (10, 12)), 4: ((2, 4), (5, 7), (8, 10), (11, 12))}
GRID_HEAD = 20.0

_EDGES = boxed(line(palette.GRID))
_LABEL = Look(font(bold=True), fill(palette.LABEL), align("center", wrap=True), _EDGES)
_STAGE = Look(font(bold=True, color=palette.NAVY), fill(palette.LABEL), align("center", wrap=True), _EDGES)
_GRID_LABEL = Look(font(bold=True), fill(palette.SUBHEAD), align("center"), _EDGES)
_FORM_FORMATS = {
    Kind.DATE: 'yyyy"年"m"月"d"日"', Kind.MOMENT: 'yyyy"年"m"月"d"日" hh:mm', Kind.HOURS: "0.0##", Kind.NUMBER: "General",
    Kind.LONG_TEXT: "General", Kind.TEXT: "General", Kind.PARTIES: "General", Kind.PARTS: "General",
}  # fmt: skip


def build_body(sheet: Worksheet, form: Form, table: Table, row: int) -> int:
    """Draw all stages and the signatures from a row on; returns the row after the last."""
    for stage in form.stages:
        start = row
        for each in stage.lines:
            row = _grid(sheet, form, each, row) if isinstance(each, TaskGrid) else _line(sheet, form, table, each, row)
        block(sheet, Area(start, 1, row - 1, 1), "\n".join(stage.label), _STAGE)
    return _signatures(sheet, form, row)


def _line(sheet: Worksheet, form: Form, table: Table, each: Line, row: int) -> int:
    sheet.row_dimensions[row].height = each.height
    places = ((LABEL, WHOLE),) if len(each.fields) == 1 else ((LABEL, LEFT), (RIGHT_LABEL, RIGHT))
    for field, (label, value) in zip(each.fields, places, strict=True):
        _field(sheet, form, table, field, across(row, *label), across(row, *value))
    return row + 1


def _field(sheet: Worksheet, form: Form, table: Table, field: Field, label: Area, value: Area) -> None:
    column = table.column(field.identifier)
    block(sheet, label, field.label or column.header, _LABEL)
    is_urgency = column.vocabulary is URGENCY
    cell = block(sheet, value, DEFAULTS["urgency"] if is_urgency else None, _value_look(column))
    _own(sheet, f"{form.name}_{column.identifier}", column, cell)
    if is_urgency:
        conditions.add_boxes(sheet, cell.coordinate)


def _value_look(column: Column) -> Look:
    if column.vocabulary is URGENCY:
        return Look(alignment=align("center", shrink=True), edges=_EDGES, number_format="@", font=font(9))
    if column.is_computed:
        text, ground = font(italic=True, color=palette.COMPUTED_TEXT), fill(palette.COMPUTED_CELL)
    else:
        text, ground = (font(11, bold=True) if column.kind is Kind.NAME else font()), fill("")
    code = _FORM_FORMATS.get(column.kind, "@")
    return Look(text, ground, align(indent=1, wrap=True), _EDGES, code)


def _own(sheet: Worksheet, name: str, column: Column, cell: Cell) -> None:
    names.define(sheet, name, cell.coordinate)
    validation.add(sheet, column, cell.coordinate)
    if column.identifier == "deadline":
        conditions.add_day_without_time(sheet, cell.coordinate, _FORM_FORMATS[Kind.DATE])


def _grid(sheet: Worksheet, form: Form, grid: TaskGrid, row: int) -> int:
    """The task grid. Source: SPEC B5."""
    sheet.row_dimensions[row].height = GRID_HEAD
    for text, place in zip(grid.heading, ((FIRST, FIRST), *(place for *_, place in TASK_CELLS)), strict=True):
        block(sheet, across(row, *place), text, _GRID_LABEL)
    for number in range(1, grid.lines + 1):
        sheet.row_dimensions[row + number].height = TASK_LINE
        block(sheet, across(row + number, FIRST, FIRST), number, Look(alignment=align("center"), edges=_EDGES))
        for part, identifier, place in TASK_CELLS:
            column = BY_NAME["Tasks"].column(identifier)
            is_date, is_small = part == "by", part == "standard"
            look = Look(
                font=font(9 if is_small else 10),
                alignment=align("center") if is_date else align(indent=1, wrap=True),
                edges=_EDGES,
                number_format="yyyy-mm-dd" if is_date else "General",
            )
            cell = block(sheet, across(row + number, *place), None, look)
            names.define(sheet, f"{form.name}_{part}{number}", cell.coordinate)
            validation.add(sheet, column, cell.coordinate)
    return row + grid.lines + 1


def _signatures(sheet: Worksheet, form: Form, row: int) -> int:
    """A box for each who signs: label, room, date; no lines inside a box."""
    side, none = line(palette.GRID), Side()
    for offset, height in enumerate(SIGNATURE):
        sheet.row_dimensions[row + offset].height = height
    last = row + len(SIGNATURE) - 1
    block(sheet, Area(row, 1, last, 1), "签\n字", _STAGE)
    for place, text in zip(SIGNATURES[len(form.signatures)], form.signatures, strict=True):
        block(
            sheet, across(row, *place), text, Look(font(9.5), alignment=align(indent=1), edges=(side, side, side, none))
        )
        block(sheet, across(row + 1, *place), None, Look(edges=(side, side, none, none)))
        date = Look(font(9.5), alignment=align("center"), edges=(side, side, none, side))
        block(sheet, across(last, *place), "年   月   日", date)
    return last + 1
