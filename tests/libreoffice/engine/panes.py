"""Frozen panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from tests.libreoffice.engine.boxes import MAX_COLUMNS, MAX_ROWS, parse_area
from tests.libreoffice.engine.counted import Counted

if TYPE_CHECKING:
    from tests.libreoffice.engine.sheet import Sheet


class FreezePanes(Counted, base_classes.FreezePanes):
    """What stays in sight on one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._office = sheet._office
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        box = parse_area(frozen_range)
        self._sheet.activate()
        controller = self._sheet.book.document.getCurrentController()
        columns = 0 if box.columns == MAX_COLUMNS else box.last_column
        rows = 0 if box.rows == MAX_ROWS else box.last_row
        controller.freezeAtPosition(columns, rows)

    def unfreeze(self) -> None:
        self._sheet.activate()
        self._sheet.book.document.getCurrentController().freezeAtPosition(0, 0)
