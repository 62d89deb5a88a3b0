"""Hidden rows and columns, and the special cells of a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine.boxes import Box, of_uno
from tests.libreoffice.values import cells, used

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA = 16  # CellFlags
_CONSTANTS = {"numbers": 1 | 2, "logical": 1 | 2, "text": 4, None: 1 | 2 | 4}
_RESULTS = {"numbers": 1, "logical": 1, "text": 2, "errors": 4, None: 1 | 2 | 4}  # FormulaResult


def rows_hidden(sheet: Any, box: Box) -> bool | None:
    """Whether all rows of a box are hidden, by hand or by a filter; ``None`` if only some are."""
    hidden = {not sheet.Rows.getByIndex(row - 1).IsVisible for row in range(box.row, box.last_row + 1)}
    return hidden.pop() if len(hidden) == 1 else None


def columns_hidden(sheet: Any, box: Box) -> bool | None:
    """The same for columns."""
    hidden = {not sheet.Columns.getByIndex(n - 1).IsVisible for n in range(box.column, box.last_column + 1)}
    return hidden.pop() if len(hidden) == 1 else None


def special(sheet: Any, boxes: Iterable[Box], cell_type: str, value_type: str | None) -> list[Box]:
    """The parts of the boxes that are visible, blank, constants or formulas, in reading order."""
    found: list[Box] = []
    boxes = tuple(boxes)
    if len(boxes) == 1 and boxes[0].rows == boxes[0].columns == 1:  # Excel searches the used range for a single cell
        boxes = tuple(filter(None, (boxes[0].within(used(sheet)),)))
    for box in boxes:
        inner = box.within(used(sheet))
        if cell_type == "visible":
            found += _boxes(cells(sheet, box).queryVisibleCells(), box)
        elif inner is None:
            continue
        elif cell_type == "blanks":
            found += _boxes(cells(sheet, inner).queryEmptyCells(), inner)
        elif cell_type == "constants":
            if value_type != "errors":
                found += _boxes(cells(sheet, inner).queryContentCells(_CONSTANTS[value_type]), inner)
        elif value_type is None:
            found += _boxes(cells(sheet, inner).queryContentCells(_FORMULA), inner)
        else:
            found += _boxes(cells(sheet, inner).queryFormulaCells(_RESULTS[value_type]), inner)
    return sorted(set(found))


def _boxes(ranges: Any, box: Box) -> list[Box]:
    inside = (of_uno(area).within(box) for area in ranges.RangeAddresses)
    return [each for each in inside if each is not None]
