"""What the user points at when the button is clicked: raw facts, judged later, so that they can be read before all else.

The program takes seconds to read a workbook, and Excel answers the user meanwhile: a selection that is read after that may be
another one, on another sheet or of another workbook.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

LONGEST_ADDRESS = 230
"""Characters; Excel cuts the address of a selection of very many areas at 255, and nobody sees it."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """What is in front.

    Attributes:
        workbook: name of the workbook in front; ``""`` where there is none that can be named.
        sheet: name of its active sheet; ``""`` where that is no worksheet.
        address: of the selected cells; ``""`` where no cells are selected, but a picture or a chart.
        is_whole: whether the address names all areas that are selected.
    """

    workbook: str
    sheet: str
    address: str = ""
    is_whole: bool = True


def pointing_of(workbook: xw.Book) -> Pointing:
    """What is in front now, in the Excel that has the workbook open; that may be another workbook.

    Raises:
        Exception: of the host, when it is busy.
    """
    app = workbook.app
    front = _front(app)
    sheet = active_sheet(front) if front is not None else ""
    name = str(front.name) if front is not None else ""
    if front is None or not sheet:
        return Pointing(name, sheet)
    try:
        chosen = app.selection
    except AttributeError:  # xlwings, where Excel for Windows says that nothing is selected
        chosen = None
    if chosen is None:
        return Pointing(name, sheet)
    its_sheet = chosen.sheet  # which knows best whose cells they are
    address = str(chosen.address)
    is_whole = len(address) <= LONGEST_ADDRESS
    if not is_whole and sys.platform == "win32":
        address, is_whole = ",".join(str(area.Address) for area in chosen.api.Areas), True
    return Pointing(str(its_sheet.book.name), str(its_sheet.name), address, is_whole)


def active_sheet(workbook: xw.Book) -> str:
    """Name of the active sheet of a workbook; ``""`` where that is a chart sheet, which xlwings does not know.

    Raises:
        Exception: of the host, when it is busy.
    """
    try:
        return str(workbook.sheets.active.name)
    except Exception as fault:
        if not _is_for_lack(fault):
            raise
        return ""


def _front(app: xw.App) -> xw.Book | None:
    """The workbook in front; ``None`` where there is none, as when a protected view has come before it."""
    try:
        front = app.books.active
        is_named = bool(front.name)
    except Exception as fault:
        if not _is_for_lack(fault):
            raise
        return None
    return front if is_named else None


def _is_for_lack(fault: Exception) -> bool:
    """Whether the host says so that there is no such thing, and not that it takes no orders now."""
    from coordination_xl.books.excel.refusals import is_busy, is_of_host

    return isinstance(fault, AttributeError | KeyError) or (is_of_host(fault) and not is_busy(fault))
