"""Where Ctrl and an arrow key lead, and cells that are pushed aside or drawn together."""

from __future__ import annotations

from typing import Any

from tests.libreoffice.engine.boxes import MAX_COLUMNS, MAX_ROWS, Box
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.uno_bridge import load_uno
from tests.libreoffice.values import cells, used

_STEPS = {"down": 1, "d": 1, "up": -1, "u": -1, "right": 1, "r": 1, "left": -1, "l": -1}


def end(sheet: Any, box: Box, direction: str) -> Box:
    """The cell at the end of the region, or at the next one, or at the edge of the sheet."""
    step, vertical = _STEPS[direction], direction[0] in "du"
    start = Box(box.row, box.column)
    inside = used(sheet).around(start)
    line = inside._replace(column=box.column, columns=1) if vertical else inside._replace(row=box.row, rows=1)
    data = cells(sheet, line).getDataArray()
    filled = [each[0] != "" for each in data] if vertical else [each != "" for each in data[0]]
    first = line.row if vertical else line.column
    edge = (MAX_ROWS if vertical else MAX_COLUMNS) if step > 0 else 1
    stop = _stop(filled, (box.row if vertical else box.column) - first, step)
    place = edge if stop is None else stop + first
    return start._replace(row=place) if vertical else start._replace(column=place)


def _stop(filled: list[bool], position: int, step: int) -> int | None:
    def full(at: int) -> bool:
        return 0 <= at < len(filled) and filled[at]

    if full(position) and full(position + step):
        while full(position + step):
            position += step
        return position
    position += step
    while 0 <= position < len(filled):
        if filled[position]:
            return position
        position += step
    return None


def _mode(kind: str, box: Box, shift: str | None, vertical: str, horizontal: str) -> Any:
    uno = load_uno()
    if box.columns == MAX_COLUMNS:
        name = "ROWS"
    elif box.rows == MAX_ROWS:
        name = "COLUMNS"
    else:
        name = (
            horizontal.upper()
            if shift == horizontal or (shift is None and box.rows > box.columns)
            else vertical.upper()
        )
    return uno.Enum(f"com.sun.star.sheet.{kind}", name)


def insert(sheet: Any, box: Box, shift: str | None) -> None:
    """Blank cells before the box, which moves down or right."""
    if sheet.isProtected():
        raise refused("Insert method of Range class failed")
    sheet.insertCells(cells(sheet, box).RangeAddress, _mode("CellInsertMode", box, shift, "down", "right"))


def delete(sheet: Any, box: Box, shift: str | None) -> None:
    """The box taken out; what lies below or to the right closes up."""
    if sheet.isProtected():
        raise refused("Delete method of Range class failed")
    sheet.removeRange(cells(sheet, box).RangeAddress, _mode("CellDeleteMode", box, shift, "up", "left"))
