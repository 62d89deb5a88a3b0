"""Blocks of cells out of LibreOffice and into it, with Excel's meaning: whole blocks, repaired where blocks say too little.

Traps of the host: ``getDataArray`` gives nothing for every error and numbers for truth values; ``setDataArray`` takes neither
truth values nor formulas, and deletes the notes of the cells; a written block changes row heights unless that is off.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine import formulas
from tests.libreoffice.engine.boxes import Box, of_uno
from tests.libreoffice.engine.entries import ERRORS, Entry, enter
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.engine.serials import to_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.libreoffice.engine.formats import Formats

ERROR_CELLS, FORMULA_CELLS = 4, 16  # FormulaResult.ERROR, CellFlags.FORMULA
HOST_ERRORS = {
    521: "#NULL!",
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
SYNTAX = frozenset({501, 507, 508, 509, 510, 511, 512, 520})

Block = list[list[object]]


def cells(sheet: Any, box: Box) -> Any:
    """The UNO range of a box."""
    return sheet.getCellRangeByPosition(box.column - 1, box.row - 1, box.last_column - 1, box.last_row - 1)


def used(sheet: Any) -> Box:
    """The rectangle from the first to the last cell that holds anything."""
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return of_uno(cursor.RangeAddress)


def read(sheet: Any, box: Box, formats: Formats) -> Block:
    """The values of a box as COM gives them: numbers, moments, truth values, texts, nothing, numbers of errors."""
    inner = box.within(used(sheet))
    if inner is None:
        return [[None] * box.columns for _ in range(box.rows)]
    area = cells(sheet, inner)
    block: Block = [[None if value == "" else value for value in row] for row in area.getDataArray()]
    _restore_errors(sheet, area, inner, block)
    for part, key in formats.areas(area):
        shown = formats[key]
        if shown.is_moment or shown.is_currency or shown.is_logical:
            convert = bool if shown.is_logical else to_moment if shown.is_moment else _money
            for row, column in _within(part, inner):
                if isinstance(block[row][column], float):
                    block[row][column] = convert(block[row][column])
        elif shown.is_general:
            _restore_truth(sheet, part, inner, block, formats)
    return _padded(block, box, inner)


def _money(number: float) -> Decimal:
    return Decimal(f"{number:.4f}")


def _within(part: Box, box: Box) -> Iterator[tuple[int, int]]:
    for row in range(part.row - box.row, part.last_row - box.row + 1):
        for column in range(part.column - box.column, part.last_column - box.column + 1):
            yield row, column


def _restore_errors(sheet: Any, area: Any, box: Box, block: Block) -> None:
    for found in area.queryFormulaCells(ERROR_CELLS).RangeAddresses:
        for row, column in _within(of_uno(found), box):
            number = sheet.getCellByPosition(box.column - 1 + column, box.row - 1 + row).getError()
            block[row][column] = ERRORS[HOST_ERRORS.get(number, "#VALUE!")]


def _restore_truth(sheet: Any, part: Box, box: Box, block: Block, formats: Formats) -> None:
    """A General cell whose formula yields a truth value shows 0 or 1 in the block."""
    suspects = [(row, column) for row, column in _within(part, box) if block[row][column] in (0.0, 1.0)]
    if not suspects:
        return
    computed = {
        place
        for found in cells(sheet, part).queryContentCells(FORMULA_CELLS).RangeAddresses
        for place in _within(of_uno(found), box)
    }
    for row, column in computed.intersection(suspects):
        cell = sheet.getCellByPosition(box.column - 1 + column, box.row - 1 + row)
        if formats[cell.NumberFormat].is_logical:
            block[row][column] = bool(block[row][column])


def _padded(block: Block, box: Box, inner: Box) -> Block:
    if inner == box:
        return block
    before, after = inner.column - box.column, box.last_column - inner.last_column
    rows = [[None] * before + row + [None] * after for row in block]
    above, below = inner.row - box.row, box.last_row - inner.last_row
    blank = [None] * box.columns
    return [blank[:] for _ in range(above)] + rows + [blank[:] for _ in range(below)]


def read_formulas(sheet: Any, box: Box, formats: Formats) -> list[list[str]]:
    """What stands in the cells: formulas in Excel's grammar, everything else as the text Excel gives for it."""
    inner = box.within(used(sheet))
    if inner is None:
        return [[""] * box.columns for _ in range(box.rows)]
    area = cells(sheet, inner)
    values = area.getDataArray()
    truth = {place for part, key in formats.areas(area) if formats[key].is_logical for place in _within(part, inner)}
    block: Block = [
        [
            formulas.to_excel(text)
            if text.startswith(("=", "{="))
            else _constant(values[row][column], (row, column) in truth)
            for column, text in enumerate(line)
        ]
        for row, line in enumerate(area.getFormulaArray())
    ]
    return [["" if value is None else value for value in row] for row in _padded(block, box, inner)]


def _constant(value: object, truth: bool) -> str:
    if isinstance(value, float):
        return str(bool(value)).upper() if truth else f"{value:.15g}"
    return "" if value is None else value


@contextmanager
def _quiet(document: Any, sheet: Any, area: Any) -> Iterator[None]:
    """Row heights and notes stay while a block is written."""
    box = of_uno(area.RangeAddress)
    notes = sheet.Annotations
    kept = []
    for number in range(notes.getCount()):
        place = notes.getByIndex(number).Position
        if box.within(Box(place.Row + 1, place.Column + 1)):
            kept.append((place, notes.getByIndex(number).getString()))
    adjusted = document.IsAdjustHeightEnabled
    document.IsAdjustHeightEnabled = False
    try:
        yield
    finally:
        document.IsAdjustHeightEnabled = adjusted
        for place, text in kept:
            if not sheet.getCellByPosition(place.Column, place.Row).getAnnotation().getString():
                notes.insertNew(place, text)


def write(document: Any, sheet: Any, box: Box, block: Block, formats: Formats, check: Any) -> None:
    """Put a block of values into a box of the same size, each as Excel would take it.

    Args:
        document: the UNO document.
        sheet: its UNO sheet.
        box: where.
        block: rows of what came through COM.
        formats: of the document.
        check: called with the formulas; refuses what Excel would not take.

    Raises:
        com_error: the sheet is protected there, or an entry is not possible; nothing has been written then.
    """
    area = cells(sheet, box)
    keys = [[0] * box.columns for _ in range(box.rows)]
    for part, key in formats.areas(area):
        for row, column in _within(part, box):
            keys[row][column] = key
    today = dt.datetime.now().date()
    entries = [
        [enter(value, formats[key].is_text, today) for value, key in zip(values, line, strict=True)]
        for values, line in zip(block, keys, strict=True)
    ]
    check([entry.value for row in entries for entry in row if entry.kind == "formula"])
    with _quiet(document, sheet, area):
        try:
            area.setDataArray(tuple(tuple(_datum(entry) for entry in row) for row in entries))
        except Exception as fault:
            if type(fault).__name__.endswith("RuntimeException"):
                raise refused("The cell or chart you're trying to change is on a protected sheet.") from fault
            raise
        _write_formulas(sheet, box, entries)
        _write_formats(sheet, box, entries, keys, formats)


def _datum(entry: Entry) -> object:
    if entry.kind in ("number", "bool"):
        return float(entry.value)
    return entry.value if entry.kind == "text" else ""


def _runs(wanted: list[list[object]]) -> Iterator[tuple[int, int, int, object]]:
    """Vertical runs of equal things that are not ``None``: column, first row, length, thing."""
    for column in range(len(wanted[0])):
        start = 0
        for row in range(1, len(wanted) + 1):
            if row == len(wanted) or wanted[row][column] != wanted[start][column]:
                if wanted[start][column] is not None:
                    yield column, start, row - start, wanted[start][column]
                start = row


def _write_formulas(sheet: Any, box: Box, entries: list[list[Entry]]) -> None:
    wanted = [[entry.kind in ("formula", "error") or None for entry in row] for row in entries]
    for column, start, length, _ in _runs(wanted):
        texts = [_formula(entries[row][column]) for row in range(start, start + length)]
        area = cells(sheet, Box(box.row + start, box.column + column, length))
        area.setFormulaArray(tuple((text,) for text in texts))


def _formula(entry: Entry) -> str:
    if entry.kind == "error":
        return f"={entry.value}"
    return formulas.to_host(entry.value)


def _write_formats(sheet: Any, box: Box, entries: list[list[Entry]], keys: list[list[int]], formats: Formats) -> None:
    wanted: list[list[object]] = [
        [_format(entry, key, formats) for entry, key in zip(row, line, strict=True)]
        for row, line in zip(entries, keys, strict=True)
    ]
    for column, start, length, key in _runs(wanted):
        cells(sheet, Box(box.row + start, box.column + column, length)).NumberFormat = key


def _format(entry: Entry, key: int, formats: Formats) -> int | None:
    """The format that an entry brings along; ``None`` if the cell's own stays."""
    if entry.kind == "bool":
        return None if formats[key].is_logical else formats.logical
    if entry.number_format and formats[key].is_general:
        return formats.key(entry.number_format)
    return 0 if formats[key].is_logical and entry.kind != "blank" else None
