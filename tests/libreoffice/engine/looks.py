"""Fill, font, heights and widths between Excel's units and LibreOffice's."""

from __future__ import annotations

from typing import Any

from xlwings.utils import hex_to_rgb, int_to_rgb

from tests.libreoffice.uno_bridge import load_uno

VALUE, DATETIME, STRING, NOTES, FORMULA, HARD_FORMAT, STYLES, EDIT = 1, 2, 4, 8, 16, 32, 64, 256  # CellFlags
CONTENTS = VALUE | DATETIME | STRING | FORMULA | EDIT
FORMATS = HARD_FORMAT | STYLES
NO_FILL = AUTOMATIC = -1
BOLD, NORMAL = 150.0, 100.0
_POINT = 2540 / 72  # hundredths of a millimetre
_PIXEL = 2540 / 96
_DIGIT, _PADDING = 7, 5  # pixels of a digit of the standard font, and beside the text


def points(hundredths: float) -> float:
    """Points of so many hundredths of a millimetre, to a quarter of a point as Excel for Windows has them."""
    return round(hundredths / _POINT * 4) / 4


def mixed(area: Any, name: str) -> bool:
    """Whether the cells of a UNO range differ in a property."""
    state = load_uno().Enum("com.sun.star.beans.PropertyState", "AMBIGUOUS_VALUE")
    return area.getPropertyState(name) == state


def number(color: Any) -> int:
    """LibreOffice's number (red first) of what xlwings takes for a colour; COM's own numbers have blue first."""
    if color is None:
        return NO_FILL
    if isinstance(color, str):
        color = hex_to_rgb(color)
    red, green, blue = int_to_rgb(color) if isinstance(color, int) else color
    return red << 16 | green << 8 | blue


def rgb(value: int) -> tuple[int, int, int]:
    """Red, green, blue; automatic is black."""
    return (0, 0, 0) if value == AUTOMATIC else (value >> 16 & 255, value >> 8 & 255, value & 255)


def fill(areas: list[Any]) -> tuple[int, int, int] | None:
    """The fill of ranges; black where they differ, as COM has it; ``None`` without a fill."""
    colors = {None if mixed(area, "CellBackColor") else area.CellBackColor for area in areas}
    if len(colors) > 1 or None in colors:
        return (0, 0, 0)
    color = colors.pop()
    return None if color == NO_FILL else rgb(color)


def _common(items: list[float]) -> float | None:
    return items[0] if len(set(items)) == 1 else None


def _rows(area: Any) -> list[Any]:
    return [area.Rows.getByIndex(number) for number in range(area.Rows.getCount())]


def row_height(area: Any) -> float | None:
    """Points; ``None`` where rows differ, 0 for hidden ones."""
    return _common([points(row.Height) if row.IsVisible else 0.0 for row in _rows(area)])


def set_row_height(area: Any, height: float) -> None:
    """All rows of a range, in points."""
    area.Rows.Height = round(height * _POINT)


def column_width(area: Any) -> float | None:
    """Characters of the standard font; ``None`` where columns differ."""
    columns = [area.Columns.getByIndex(number) for number in range(area.Columns.getCount())]
    return _common([round((each.Width / _PIXEL - _PADDING) / _DIGIT, 2) if each.IsVisible else 0.0 for each in columns])


def set_column_width(area: Any, characters: float) -> None:
    """All columns of a range, in characters."""
    area.Columns.Width = round((characters * _DIGIT + _PADDING) * _PIXEL)
