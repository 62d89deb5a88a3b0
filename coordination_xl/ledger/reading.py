"""Grid → ledger: every cell read by its column's type; what cannot be read becomes a finding, never a silent blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.columns import ColumnRead, is_blank, read_column
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.frames import Ledger, blank_column
from coordination_xl.ledger.headers import match_headers
from coordination_xl.schema import Dtype, faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema import Table


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
    read = _read_columns(table, typed, date1904=grid.date1904)
    ledger = Ledger(
        table=table,
        sheet=grid.sheet,
        frame=pd.DataFrame(
            {
                column.identifier: pd.Series(read[column.identifier].content, index=rows)
                if column.identifier in read
                else blank_column(column.dtype, rows)
                for column in table.columns
            },
            index=rows,
            copy=False,
        ),
        typed=typed,
        headers={identifier: grid.header[place] for identifier, place in found.items()},
        places={identifier: grid.first_column + place for identifier, place in found.items()},
    )
    return ledger.with_findings(_findings(ledger, read))


def _written_rows(table: Table, grid: Grid, found: Mapping[str, int]) -> NDArray[np.int64]:
    """Positions of the rows in which something is written in a column that the schema knows and the program does not own.

    A user's own column does not count: a running number filled down to row 1000 makes no thousand matters.
    """
    typed = [place for identifier, place in found.items() if not table.column(identifier).is_computed]
    blank = np.arange(grid.height)
    for place in typed or found.values():  # a table that is the program's alone has nothing else to go by
        blank = blank[is_blank(grid.columns[place][blank])]
    written = np.ones(grid.height, dtype=bool)
    written[blank] = False
    return np.flatnonzero(written)


def _read_columns(table: Table, typed: Mapping[str, NDArray[np.object_]], *, date1904: bool) -> dict[str, ColumnRead]:
    """Read every column that is there; dates without a year in a second round, when the other dates are known."""
    read = {
        identifier: read_column(table.column(identifier), values, date1904=date1904)
        for identifier, values in typed.items()
    }
    puzzling = [
        identifier
        for identifier, column in read.items()
        if table.column(identifier).dtype is Dtype.MOMENT and column.is_unreadable.any()
    ]
    if puzzling:
        anchors = _anchors(table, read)
        for identifier in puzzling:
            column = table.column(identifier)
            read[identifier] = read_column(column, typed[identifier], anchors=anchors, date1904=date1904)
    return read


def _anchors(table: Table, read: Mapping[str, ColumnRead]) -> NDArray[np.datetime64]:
    """For each row the date by which a date without a year is understood: when it began, else its first whole date."""
    moments = [
        column.identifier
        for column in table.columns
        if column.dtype is Dtype.MOMENT and not column.is_computed and column.identifier in read
    ]
    moments.sort(key=lambda identifier: identifier != table.opened_by)
    height = len(next(iter(read.values())).content)
    anchors = np.full(height, np.datetime64("NaT", "s"))
    for identifier in moments:
        anchors = np.where(np.isnat(anchors), read[identifier].content.astype("datetime64[s]"), anchors)
    return anchors


def _findings(ledger: Ledger, read: Mapping[str, ColumnRead]) -> Iterator[Finding]:
    """What was not read, or not read whole, in the columns that are the user's."""
    for identifier, column in read.items():
        if ledger.table.column(identifier).is_computed:
            continue
        is_moment = ledger.table.column(identifier).dtype is Dtype.MOMENT
        unreadable = faults.UNREADABLE_DATE if is_moment else faults.UNREADABLE_NUMBER
        for row in ledger.flagged(identifier, column.is_error):
            yield ledger.finding(faults.CELL_ERROR, row, identifier)
        for row in ledger.flagged(identifier, column.is_unreadable):
            yield ledger.finding(unreadable, row, identifier)
        for row in ledger.flagged(identifier, column.is_yearless):
            year = pd.Timestamp(ledger[identifier][row]).year
            text = shown(ledger.typed_at(row, identifier))
            yield ledger.finding(faults.DATE_WITHOUT_YEAR, row, identifier, dates=text, years=year)
