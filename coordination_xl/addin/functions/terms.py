"""What a worksheet function counts by: the 节假日 and 参数 handed over with it, else the shipped days and a new workbook's values.

Excel must not be asked for other cells while it calculates; so whoever wants the company's own days hands them over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from coordination_xl.addin.functions.cells import Cells, block
from coordination_xl.errors import CalendarError, RuleError
from coordination_xl.ledger.columns import is_blank, meant
from coordination_xl.ledger.folding import fold_name
from coordination_xl.ledger.grid import Grid
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.rules.settings import Settings
from coordination_xl.rules.timing.calendar import calendar_of, special_days
from coordination_xl.schema import BY_NAME
from coordination_xl.schema.vocabulary import DAY_KIND
from coordination_xl.worktime import WorkCalendar
from coordination_xl.worktime.china import china_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Table

Rows: TypeAlias = tuple[tuple[Any, ...], ...]

_CALENDAR, _SETTINGS = BY_NAME["Calendar"], BY_NAME["Settings"]
_HOLIDAYS_GIVEN, _SETTINGS_GIVEN = "节假日参数", "设置参数"


@dataclass(frozen=True, slots=True)
class Terms:
    """The calendar, and the settings it was made by."""

    calendar: WorkCalendar
    settings: Settings


def terms_of(holidays: Cells, settings: Cells) -> Terms:
    """The terms of one call; blank ranges mean what a new workbook has.

    Args:
        holidays: 节假日 with its header row: it is then the whole truth, as in the workbook. Without the column 依据 (or two
            columns, date and 休/班, without any header) its rows count as the company's own, on top of the shipped days.
        settings: 参数 with its header row, or its first two columns.

    Raises:
        CalendarError: a row of ``holidays`` cannot be understood, or contradicts another.
        RuleError: a value of ``settings`` cannot be understood.
        StructureError: a needed column is not there.
    """
    return _terms(_rows(holidays), _rows(settings))


@lru_cache(maxsize=16)  # a column of formulas hands over the same sheet in every row
def _terms(holidays: Rows, settings: Rows) -> Terms:
    told = Settings.of(_ledger(_SETTINGS, _SETTINGS_GIVEN, settings, ("参数", "取值")))
    if not holidays:
        return Terms(WorkCalendar(china_days(), week=told.week, hours=told.hours), told)
    ledger = _ledger(_CALENDAR, _HOLIDAYS_GIVEN, holidays, ("日期", "类型"))
    _refuse_unread(ledger)
    if ledger.has("basis"):
        return Terms(calendar_of(ledger, told), told)
    own = special_days(ledger).drop(columns="is_forecast")
    days = pd.concat([china_days().assign(is_company=False, hours=None), own], ignore_index=True)
    return Terms(WorkCalendar(days, week=told.week, hours=told.hours), told)


def _rows(cells: Cells) -> Rows:
    """The rows as they stand, hashable; none where nothing is written in any."""
    if cells is None:
        return ()
    given = block(cells)
    return () if is_blank(given.reshape(-1)).all() else tuple(map(tuple, given))


def _ledger(table: Table, name: str, rows: Rows, needed: tuple[str, str]) -> Ledger:
    """Rows as the ledger of a table: by their header row or, where there is none, by the two columns that are needed.

    Raises:
        RuleError: there is no header, and only one column.
        StructureError: there is a header, and a needed column is not under it.
    """
    cells = block(rows) if rows else np.empty((0, len(needed)), dtype=object)
    has_header = _has_header(table, cells)
    if has_header:
        header = tuple("" if cell is None else str(cell) for cell in cells[0])
        columns = tuple(cells[1:].T)
    else:
        if cells.shape[1] < len(needed):
            raise RuleError(name, "只有 1 列", f"应有“{needed[0]}”和“{needed[1]}”两列")
        header, columns = needed, (cells[:, 0], cells[:, _second(table, cells)])
    found = {fold_name(cell) for cell in header}
    owned = [column.header for column in table.columns if column.is_computed and fold_name(column.header) not in found]
    header += tuple(owned)  # 星期 is the program's to fill: a range may well come without it
    columns += (np.full(len(columns[0]), None, dtype=object),) * len(owned)
    return read_ledger(table, Grid(table.name, name, header, 2 if has_header else 1, 1, columns))


def _has_header(table: Table, cells: NDArray[np.object_]) -> bool:
    names = {fold_name(each) for column in table.columns for each in (column.header, *column.aliases)}
    return any(isinstance(cell, str) and fold_name(cell) in names for cell in cells[:1].reshape(-1))


def _second(table: Table, cells: NDArray[np.object_]) -> int:
    """Where the second needed column of a range without header stands: next to the first, or where every word is 休 or 班."""
    for place in range(1, cells.shape[1] if table is _CALENDAR else 0):
        words = [cell for cell in cells[:, place] if cell is not None]
        if words and all(isinstance(cell, str) and meant(DAY_KIND, cell) for cell in words):
            return place
    return 1


def _refuse_unread(ledger: Ledger) -> None:
    """A day that is not understood must not quietly count as an ordinary one."""
    for finding in ledger.findings:
        raise CalendarError(f"{ledger.sheet}第 {finding.row} 行", finding.message, "改正后重算")
    for row, date, kind in zip(ledger.rows, ledger["date"], ledger["kind"], strict=True):
        if date is pd.NaT or kind not in DAY_KIND.words:
            raise CalendarError(f"{ledger.sheet}第 {row} 行", "日期或类型没有写明", "类型应为“休”或“班”")
