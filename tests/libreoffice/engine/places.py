"""From what ``Sheet.range(…)`` is given to rectangles: addresses, defined names, structured references."""

from __future__ import annotations

import re
from typing import Any

from tests.libreoffice.engine.boxes import MAX_ADDRESS, Box, of_uno, parse_area
from tests.libreoffice.engine.refusals import refused

_STRUCTURED = re.compile(r"(?P<table>[^\W\d]\w*)(?:\[(?P<part>.*)\])?")
_COLUMN = re.compile(r"\[?(?P<column>[^\[\]#]+)\]?")


def boxes_of(document: Any, sheet: Any, text: str) -> tuple[Box, ...]:
    """The areas of an address on a sheet.

    Raises:
        com_error: not understood, of another sheet, or longer than Excel takes.
    """
    if len(text) > MAX_ADDRESS:
        raise refused("Method 'Range' of object '_Worksheet' failed")
    boxes = []
    for part in _split(text):
        box = _area(document, sheet, part)
        if box is None:
            raise refused(f"Method 'Range' of object '_Worksheet' failed: {text}")
        boxes.append(box)
    return tuple(boxes)


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for letter in text:
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _area(document: Any, sheet: Any, text: str) -> Box | None:
    before, mark, address = text.rpartition("!")
    if mark and before.strip("'").replace("''", "'").lower() != sheet.getName().lower():
        return None
    return parse_area(address) or _named(document, sheet, address) or _structured(document, sheet, address)


def _named(document: Any, sheet: Any, text: str) -> Box | None:
    for names in (sheet.NamedRanges, document.NamedRanges):
        for name in names.getElementNames():
            if name.lower() == text.lower():
                area = names.getByName(name).getReferredCells()
                if area is not None and area.getSpreadsheet().getName() == sheet.getName():
                    return of_uno(area.RangeAddress)
    return None


def _structured(document: Any, sheet: Any, text: str) -> Box | None:
    found = _STRUCTURED.fullmatch(text)
    if not found:
        return None
    for name in document.DatabaseRanges.getElementNames():
        if name.lower() == found["table"].lower():
            table = document.DatabaseRanges.getByName(name)
            area = table.DataArea
            if area.Sheet != sheet.RangeAddress.Sheet:
                return None
            return _part(sheet, of_uno(area), table.TotalsRow, found["part"])
    return None


def _part(sheet: Any, whole: Box, totals: bool, part: str | None) -> Box | None:
    body = Box(whole.row + 1, whole.column, whole.rows - 1 - bool(totals), whole.columns)
    fixed = {None: body, "": body, "#Data": body, "#All": whole, "#Headers": whole._replace(rows=1)}
    if part in fixed:
        return fixed[part]
    column = _COLUMN.fullmatch(part)
    if not column:
        return None
    area = sheet.getCellRangeByPosition(whole.column - 1, whole.row - 1, whole.last_column - 1, whole.row - 1)
    headers = [str(each).lower() for each in area.getDataArray()[0]]
    if column["column"].lower() not in headers:
        return None
    return body._replace(column=whole.column + headers.index(column["column"].lower()), columns=1)
