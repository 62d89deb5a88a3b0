"""What Excel's AutoCorrect does to tables when formulas are written into them: one formula for the whole column.

Written blocks are not spared, and Excel is in this state unless somebody has switched it off. Source: xlwings/xlwings#2383,
OfficeDev/office-js#6745: a block of different formulas over a blank column leaves one of them in every cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.libreoffice import values

if TYPE_CHECKING:
    from tests.libreoffice.engine.boxes import Box
    from tests.libreoffice.engine.sheet import Sheet
    from tests.libreoffice.office import Office

SWITCH = "fills_columns"


class AutoCorrect:
    """``Application.AutoCorrect``, as far as it concerns tables."""

    def __init__(self, office: Office) -> None:
        object.__setattr__(self, "_office", office)

    def __getattr__(self, name: str) -> Any:
        if name != "AutoFillFormulasInLists":
            raise AttributeError(name)
        with self._office.call():
            return self._office.state[SWITCH]

    def __setattr__(self, name: str, value: object) -> None:
        if name != "AutoFillFormulasInLists":
            raise AttributeError(name)
        with self._office.call():
            self._office.state[SWITCH] = value
            self._office.settings.append((SWITCH, value))


def open_columns(sheet: Sheet, box: Box) -> list[Box]:
    """The data cells of the tables' columns that a box reaches into, where all are blank or hold one and the same formula."""
    if not sheet._office.state[SWITCH]:
        return []
    bodies = [table.data_body_range.box for table in sheet.tables if table.data_body_range is not None]
    return [
        whole
        for body in bodies
        if (shared := box.within(body)) is not None
        for column in range(shared.column, shared.last_column + 1)
        if _is_uniform(sheet, whole := body._replace(column=column, columns=1))
    ]


def fill_down(sheet: Sheet, box: Box, block: list[list[object]], columns: list[Box]) -> None:
    """Give each of these columns the first formula that a block has put into it."""
    book = sheet.book
    for column in columns:
        written = [row[column.column - box.column] for row in block]
        formula = next((each for each in written if isinstance(each, str) and each.startswith("=")), None)
        if formula is not None:
            same: list[list[object]] = [[formula]] * column.rows
            values.write(book.document, sheet.uno, column, same, book.formats, sheet._office.check_formulas)


def _is_uniform(sheet: Sheet, box: Box) -> bool:
    found = {text for (text,) in values.read_formulas(sheet.uno, box, sheet.book.formats)}
    return len(found) == 1 and str(*found)[:1] in ("", "=")
