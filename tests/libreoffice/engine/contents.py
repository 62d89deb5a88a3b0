"""What ranges hold: values and formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.formula.translate import Translator
from xlwings import base_classes

from tests.libreoffice import values
from tests.libreoffice.engine import filling, looks
from tests.libreoffice.engine.boxes import Box
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.native import Native
from tests.libreoffice.engine.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.libreoffice.engine.sheet import Sheet

MAX_READ = 20_000_000  # cells; COM runs out of memory, too


class Contents(Counted, base_classes.Range):
    """Areas of one sheet, what they hold and where they are.

    Attributes:
        boxes: the areas, never none.
    """

    _sheet: Sheet
    boxes: tuple[Box, ...]

    @property
    def box(self) -> Box:
        return self.boxes[0]

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def _empty(self) -> bool:
        return not (self.box.rows and self.box.columns)

    @property
    def api(self) -> Any:
        return None if self._empty else Native(self._office, {"Locked": self._locked})

    def _locked(self) -> bool | None:
        """Whether the cells are locked; ``None`` where they differ."""
        locked = {
            None if looks.mixed(area, "CellProtection") else area.CellProtection.IsLocked for area in self._each()
        }
        return locked.pop() if len(locked) == 1 else None

    @property
    def _area(self) -> Any:
        return values.cells(self._sheet.uno, self.box)

    def _each(self) -> list[Any]:
        return [] if self._empty else [values.cells(self._sheet.uno, box) for box in self.boxes]

    def __len__(self) -> int:
        return sum(box.rows * box.columns for box in self.boxes)

    @property
    def raw_value(self) -> Any:
        if self._empty:
            return None
        return self._answer(values.read(self._sheet.uno, self._limited(), self._sheet.book.formats))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._put(data)

    @property
    def formula(self) -> Any:
        if self._empty:
            return None
        return self._answer(values.read_formulas(self._sheet.uno, self._limited(), self._sheet.book.formats))

    @formula.setter
    def formula(self, data: Any) -> None:
        self._put(data)

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, data: Any) -> None:
        self._put(data)

    @property
    def formula_array(self) -> str | None:
        return None if self._empty else self.formula if len(self) == 1 else self.formula[0][0]

    @property
    def has_array(self) -> bool:
        return bool(self._area.getArrayFormula())

    def _limited(self) -> Box:
        if self.box.rows * self.box.columns > MAX_READ:
            raise refused("Not enough storage is available to complete this operation.")
        return self.box

    def _answer(self, block: list[list[object]]) -> Any:
        return block[0][0] if self.box.rows == self.box.columns == 1 else tuple(map(tuple, block))

    def _put(self, data: Any) -> None:
        if self._empty:
            return
        book = self._sheet.book
        for box in self.boxes:
            block = _fitted(data, box)
            columns = filling.open_columns(self._sheet, box) if _has_formula(block) else []
            values.write(book.document, self._sheet.uno, box, block, book.formats, self._office.check_formulas)
            filling.fill_down(self._sheet, box, block, columns)

    def _clear(self, flags: int) -> None:
        self._guarded(lambda area: area.clearContents(flags))

    def clear_contents(self) -> None:
        self._clear(looks.CONTENTS)

    def clear_formats(self) -> None:
        self._clear(looks.FORMATS)

    def clear(self) -> None:
        self._clear(looks.CONTENTS | looks.FORMATS | looks.NOTES)

    def _guarded(self, change: Callable[[Any], object]) -> None:
        if self._sheet.uno.isProtected():
            for area in self._each():
                if area.CellProtection.IsLocked or looks.mixed(area, "CellProtection"):
                    raise refused("The cell or chart you're trying to change is on a protected sheet.")
        for area in self._each():
            change(area)


def _has_formula(block: list[list[object]]) -> bool:
    return any(isinstance(value, str) and value.startswith("=") for row in block for value in row)


def _fitted(data: Any, box: Box) -> list[list[object]]:
    """Data in the shape of the box: a scalar fills it, missing cells become #N/A, too many are left out."""
    if isinstance(data, list | tuple):
        rows = [list(row) if isinstance(row, list | tuple) else [row] for row in data]
        rows = [(row + ["#N/A"] * box.columns)[: box.columns] for row in rows][: box.rows]
        return rows + [["#N/A"] * box.columns for _ in range(box.rows - len(rows))]
    if isinstance(data, str) and data.startswith("=") and box.rows * box.columns > 1:
        origin = Translator(data, box._replace(rows=1, columns=1).address(False, False))
        return [
            [
                origin.translate_formula(Box(row, column).address(False, False))
                for column in range(box.column, box.last_column + 1)
            ]
            for row in range(box.row, box.last_row + 1)
        ]
    return [[data] * box.columns for _ in range(box.rows)]
