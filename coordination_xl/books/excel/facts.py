"""What xlwings' portable interface does not tell, asked of each host in its own words.

Everything native stands in this file: pywin32's names of Excel's object model on Windows, appscript's on macOS. A host that
knows neither is asked nothing: then a refused write tells what there is to know.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from coordination_xl.books.excel.refusals import is_busy, is_of_host
from coordination_xl.ledger.error_values import ERROR_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw


class Facts(Protocol):
    """What a host tells beyond xlwings; ``None`` where it cannot say."""

    def date1904(self, workbook: xw.Book) -> bool | None:
        """Whether the workbook counts its days from 1904."""

    def is_read_only(self, workbook: xw.Book) -> bool | None:
        """Whether the workbook was opened so that it cannot be saved under its name."""

    def is_saved(self, workbook: xw.Book) -> bool | None:
        """Whether nothing was changed since the workbook was saved."""

    def is_online(self, workbook: xw.Book) -> bool | None:
        """Whether Excel has the workbook from an address of the web: a file on this machine is a copy then, perhaps a stale one."""

    def is_protected(self, sheet: xw.Sheet) -> bool | None:
        """Whether locked cells of the sheet cannot be changed."""

    def is_locked(self, area: xw.Range) -> bool | None:
        """Whether some cells of an area are locked, which matters on a protected sheet only."""

    def fills_columns(self, app: xw.App) -> bool | None:
        """Whether a formula that is written into a table becomes that of its whole column: AutoCorrect's calculated columns."""

    def fill_columns(self, app: xw.App, *, on: bool) -> None:
        """Switch that on or off; only for a host that has told which it is."""


class ComFacts:
    """Windows: properties of the COM objects."""

    def date1904(self, workbook: xw.Book) -> bool | None:
        """``Workbook.Date1904``."""
        return _told(getattr(workbook.api, "Date1904", None))

    def is_read_only(self, workbook: xw.Book) -> bool | None:
        """``Workbook.ReadOnly``."""
        return _told(getattr(workbook.api, "ReadOnly", None))

    def is_saved(self, workbook: xw.Book) -> bool | None:
        """``Workbook.Saved``."""
        return _told(getattr(workbook.api, "Saved", None))

    def is_online(self, workbook: xw.Book) -> bool | None:
        """``Workbook.FullName``, which xlwings' own ``fullname`` turns into a path."""
        return _is_address(getattr(workbook.api, "FullName", None))

    def is_protected(self, sheet: xw.Sheet) -> bool | None:
        """``Worksheet.ProtectContents``; code that may change the sheet all the same is let through by ``ProtectionMode``."""
        is_protected = _told(getattr(sheet.api, "ProtectContents", None))
        return is_protected and not _told(getattr(sheet.api, "ProtectionMode", None))

    def is_locked(self, area: xw.Range) -> bool | None:
        """``Range.Locked``, which is null where cells differ: then some are."""
        native = area.api
        if not hasattr(native, "Locked"):
            return None
        return native.Locked is not False

    def fills_columns(self, app: xw.App) -> bool | None:
        """``AutoCorrect.AutoFillFormulasInLists`` of the application."""
        return _told(getattr(getattr(app.api, "AutoCorrect", None), "AutoFillFormulasInLists", None))

    def fill_columns(self, app: xw.App, *, on: bool) -> None:
        """The same property; never set unasked: xlwings tries for ever to set one that is not there."""
        app.api.AutoCorrect.AutoFillFormulasInLists = on


class AppleFacts:
    """macOS: the same, as Excel's scripting dictionary names it."""

    def date1904(self, workbook: xw.Book) -> bool | None:
        """``date 1904`` of the workbook."""
        return _told(workbook.api.date_1904.get())

    def is_read_only(self, workbook: xw.Book) -> bool | None:
        """``read only`` of the workbook."""
        return _told(workbook.api.read_only.get())

    def is_saved(self, workbook: xw.Book) -> bool | None:
        """``saved`` of the workbook."""
        return _told(workbook.api.saved.get())

    def is_online(self, workbook: xw.Book) -> bool | None:
        """``full name``, among the workbook's properties as xlwings asks for it."""
        return _is_address(workbook.api.properties().get(import_module("appscript").k.full_name))

    def is_protected(self, sheet: xw.Sheet) -> bool | None:
        """``protect contents`` of the worksheet."""
        return _told(sheet.api.protect_contents.get())

    def is_locked(self, area: xw.Range) -> bool | None:
        """``locked`` of the range; a missing value where cells differ."""
        return area.api.locked.get() is not False

    def fills_columns(self, app: xw.App) -> bool | None:
        """``Automatically fill formulas`` of the autocorrect object; ``None`` in an Excel that does not give it."""
        return _told(_tried(app.api.autocorrect_object.Automatically_fill_formulas.get))

    def fill_columns(self, app: xw.App, *, on: bool) -> None:
        """The same property; an Excel that refuses is written to all the same."""
        _tried(partial(app.api.autocorrect_object.Automatically_fill_formulas.set, on))


def facts_for(platform: str = sys.platform) -> Facts:
    """The way to ask on a platform, named as :data:`sys.platform` names it."""
    return AppleFacts() if platform == "darwin" else ComFacts()


def rows_of(cells: xw.Range, platform: str = sys.platform) -> list[list[object]]:
    """The values of a rectangle, row by row, errors as their names or as COM's numbers.

    As COM gives them, in one call: xlwings' own conversion asks the range for its size, sheet and workbook each time, and
    changes nothing but what :func:`~coordination_xl.books.excel.values.from_host` sees to. On macOS its way to name errors
    fails for more than one row, so that what the cells show is asked here: no error has another look.
    """
    if platform != "darwin":
        return as_rows(cells.raw_value, 1)
    rows: list[list[object]] = cells.options(ndim=2).value
    shown = cells.api.string_value.get()
    for at, texts in enumerate(as_rows(shown, len(rows))):
        for place, text in enumerate(texts):
            if text in ERROR_TEXTS:
                rows[at][place] = text
    return rows


def as_rows(block: object, height: int) -> list[list[object]]:
    """What a host gives for a rectangle, as rows: a single cell comes alone, and on macOS a single row without its column."""
    if not isinstance(block, list | tuple):
        return [[block]]
    if not isinstance(block[0], list | tuple):
        return [list(block)] if height == 1 else [[each] for each in block]
    return [list(row) for row in block]


def _tried(step: Callable[[], object]) -> object:
    """What a step gives; ``None`` where the host refuses it."""
    try:
        return step()
    except Exception as error:
        if not is_of_host(error) or is_busy(error):
            raise
        return None


def _told(answer: object) -> bool | None:
    return answer if isinstance(answer, bool) else None


def _is_address(name: object) -> bool | None:
    return "://" in name if isinstance(name, str) else None
