"""Grid → ledger: every cell read by the type of its column; what cannot be read becomes a finding, never a silent blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.dates import DateStatus, read_dates
from coordination_xl.ledger.findings import finding, shown
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.frames import Ledger, blank_column
from coordination_xl.ledger.headers import match_headers
from coordination_xl.ledger.numbers import read_numbers
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.schema import Dtype, Kind, faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema import Column, Table

_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
_FOLDED = frozenset({Kind.ID, Kind.LIGHT, Kind.STATE, Kind.CHOICE, Kind.DEPARTMENT, Kind.WORD, Kind.PERSON})
"""Kinds whose words are compared with other words, so that full width and stray spaces must not matter."""
_UNITS = {
    Kind.HOURS: {"小时": 1.0, "h": 1.0, "分钟": 1 / 60},
    Kind.WORKDAYS: {"天": 1.0, "个工作日": 1.0, "工作日": 1.0},
}


def read_ledger(table: Table, grid: Grid) -> Ledger:
    """Understand one grid.

    Args:
        table: the schema of the grid.
        grid: its cells.

    Returns:
        The ledger with the findings of reading: error values, unreadable dates and numbers, dates without a year.

    Raises:
        DuplicateHeader: one column is there twice.
        MissingColumn: a column that must exist is not there.

    Source: SPEC section 3, section 6.
    """
    found = match_headers(table, grid)
    kept = _written_rows(table, grid, found)
    rows = pd.Index(grid.first_row + kept, dtype="int64", name="row")
    typed = {identifier: grid.columns[place][kept] for identifier, place in found.items()}
    blank = Ledger(
        table,
        grid.sheet,
        pd.DataFrame(index=rows),
        typed,
        {identifier: grid.header[place] for identifier, place in found.items()},
        {identifier: grid.first_column + place for identifier, place in found.items()},
    )
    faulty = {identifier: _is_cell_error(values) for identifier, values in typed.items()}
    anchors = _anchors(table, typed, grid)
    columns: dict[str, pd.Series] = {}
    wrong: list[tuple[str, NDArray[np.int8], NDArray[np.datetime64]]] = []
    unreadable: list[tuple[str, NDArray[np.bool_]]] = []
    for column in table.columns:
        values = typed.get(column.identifier)
        if values is None:
            columns[column.identifier] = blank_column(column.dtype, rows)
            continue
        clean = values.copy()
        clean[faulty[column.identifier]] = None
        if column.dtype is Dtype.MOMENT:
            dates = read_dates(clean, anchors=anchors, date1904=grid.date1904)
            columns[column.identifier] = pd.Series(dates.when, index=rows)
            wrong.append((column.identifier, dates.status, dates.when))
        elif column.dtype is Dtype.NUMBER:
            numbers, bad, _ = read_numbers(clean, units=_UNITS.get(column.kind))
            columns[column.identifier] = pd.Series(numbers, index=rows)
            unreadable.append((column.identifier, bad))
        else:
            columns[column.identifier] = pd.Series(_texts(column, clean), index=rows, dtype=object)
    ledger = Ledger(table, blank.sheet, pd.DataFrame(columns, index=rows), typed, blank.headers, blank.places)
    findings = [
        *_cell_errors(ledger, faulty),
        *_date_findings(ledger, wrong),
        *(
            finding(faults.UNREADABLE_NUMBER, ledger, row, identifier)
            for identifier, bad in unreadable
            for row in ledger.flagged(identifier, bad)
        ),
    ]
    return Ledger(table, ledger.sheet, ledger.frame, typed, ledger.headers, ledger.places, tuple(findings))


def _written_rows(table: Table, grid: Grid, found: Mapping[str, int]) -> NDArray[np.int64]:
    """Positions of the rows in which something that is not the program's own is written."""
    written = np.zeros(grid.height, dtype=bool)
    own = {place for identifier, place in found.items() if table.column(identifier).is_computed}
    is_result = len(own) == len(found)
    for place, values in enumerate(grid.columns):
        if is_result or place not in own:
            written |= ~_is_blank(values)
    return np.flatnonzero(written)


def _is_blank(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    blank: NDArray[np.bool_] = np.asarray(pd.isna(values), dtype=bool)
    blank |= values == ""
    spaces = [i for i in np.flatnonzero(~blank) if isinstance(values[i], str) and values[i].isspace()]
    blank[spaces] = True
    return blank


def _is_cell_error(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    codes, is_error = parse_unique(values, lambda value: isinstance(value, str) and value in _EXCEL_ERRORS)
    return np.array(is_error, dtype=bool)[codes]


def _anchors(table: Table, typed: dict[str, NDArray[np.object_]], grid: Grid) -> NDArray[np.datetime64]:
    """For each row the date by which a date without a year is understood: when it began, else its first whole date."""
    height = len(next(iter(typed.values()))) if typed else 0
    anchors = np.full(height, np.datetime64("NaT", "s"))
    moments = [column.identifier for column in table.columns if column.dtype is Dtype.MOMENT and not column.is_computed]
    moments.sort(key=lambda identifier: identifier != table.opened_by)
    for identifier in moments:
        if identifier in typed and np.isnat(anchors).any():
            when = read_dates(typed[identifier], anchors=None, date1904=grid.date1904).when
            anchors = np.where(np.isnat(anchors), when, anchors)
    return anchors


def _texts(column: Column, values: NDArray[np.object_]) -> NDArray[np.object_]:
    """Cells as text: ``""`` for blank, edge blanks gone, words that are compared also folded in width."""
    tidy = (lambda text: fold(text).strip()) if column.kind in _FOLDED else str.strip
    codes, read = parse_unique(values, lambda value: tidy(value if isinstance(value, str) else shown(value)))
    return np.array(read, dtype=object)[codes]


def _cell_errors(ledger: Ledger, faulty: dict[str, NDArray[np.bool_]]) -> list[Finding]:
    return [
        finding(faults.CELL_ERROR, ledger, row, identifier)
        for identifier, flags in faulty.items()
        if not ledger.table.column(identifier).is_computed
        for row in ledger.flagged(identifier, flags)
    ]


def _date_findings(ledger: Ledger, wrong: list[tuple[str, NDArray[np.int8], NDArray[np.datetime64]]]) -> list[Finding]:
    findings: list[Finding] = []
    for identifier, status, when in wrong:
        if ledger.table.column(identifier).is_computed:
            continue
        findings += [
            finding(faults.UNREADABLE_DATE, ledger, row, identifier)
            for row in ledger.flagged(identifier, status == DateStatus.UNREADABLE)
        ]
        for row in ledger.flagged(identifier, status == DateStatus.YEARLESS):
            moment = pd.Timestamp(when[ledger.position(row)])
            text = shown(ledger.typed_at(row, identifier))
            findings.append(finding(faults.DATE_WITHOUT_YEAR, ledger, row, identifier, dates=text, years=moment.year))
    return findings
