"""Defined names: how code finds a cell of a form or of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import absolute_coordinate
from openpyxl.workbook.defined_name import DefinedName

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def define(sheet: Worksheet, name: str, cells: str) -> None:
    """Name cells of a sheet for the whole workbook; of a merged area, its top left cell.

    Raises:
        ValueError: the name is taken.
    """
    workbook = sheet.parent
    if workbook is None or name in workbook.defined_names:
        raise ValueError(name)
    workbook.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{absolute_coordinate(cells)}")
