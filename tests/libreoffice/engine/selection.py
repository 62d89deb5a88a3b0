"""What the user has selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.libreoffice.engine.boxes import of_uno
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.sheet import Sheet

if TYPE_CHECKING:
    from tests.libreoffice.engine.book import Book


def selected(book: Book) -> Range | None:
    """The selected cells of the active sheet, several areas in the host's order; ``None`` if a drawing is selected."""
    controller = book.document.getCurrentController()
    found = controller.getSelection()
    if found is None:
        return None
    if found.supportsService("com.sun.star.sheet.SheetCellRange"):
        boxes = (of_uno(found.RangeAddress),)
    elif found.supportsService("com.sun.star.sheet.SheetCellRanges"):
        boxes = tuple(of_uno(area) for area in found.RangeAddresses)
    else:
        return None
    return Range(Sheet(book, controller.getActiveSheet()), boxes)
