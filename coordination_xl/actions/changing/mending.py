"""What ``check --fix`` mends: cells that can mean only one thing, written as they should be. Source: SPEC section 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.books.changes import ColumnChange
from coordination_xl.ledger.dates import DateStatus, read_date
from coordination_xl.ledger.directories import Directory
from coordination_xl.schema import Dtype, Kind

if TYPE_CHECKING:
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Column

_FOLDED = frozenset({Kind.ID, Kind.WORD, Kind.DEPARTMENT, Kind.PERSON})


def mended(ledgers: Ledgers, book: Book) -> tuple[ColumnChange, ...]:
    """The cells of the user's that have one meaning but are written otherwise.

    Dates and numbers that stand as text become real ones (a date without a year does not: its year is a guess); words of a
    list lose stray spaces and synonyms; ids and names lose full-width letters and edge blanks; a department under another
    of its names gets its own. Long texts and cells with a formula are never touched.

    Args:
        ledgers: the workbook, understood.
        book: the workbook itself, which knows its formulas.
    """
    directory = Directory.of(ledgers["Contacts"].frame)
    changes = []
    for ledger in ledgers:
        for column in ledger.table.columns:
            if column.is_computed or not ledger.has(column.identifier):
                continue
            change = _column(ledger, column, directory)
            if change is not None and (typed := _without_formulas(change, ledger, column, book)) is not None:
                changes.append(typed)
    return tuple(changes)


def _without_formulas(change: ColumnChange, ledger: Ledger, column: Column, book: Book) -> ColumnChange | None:
    """The change less the cells that hold a formula: those are the user's own arithmetic."""
    place = ledger.places[column.identifier]
    formulas = book.formulas(ledger.table.name)
    is_typed = np.array([(int(row), place) not in formulas for row in change.rows], dtype=bool)
    if not is_typed.any():
        return None
    return ColumnChange(
        change.table,
        change.header,
        change.rows[is_typed],
        change.ids[is_typed],
        change.old[is_typed],
        change.new[is_typed],
    )


def _column(ledger: Ledger, column: Column, directory: Directory) -> ColumnChange | None:
    stands = ledger.typed[column.identifier]
    is_text = np.fromiter((isinstance(value, str) for value in stands), dtype=bool, count=len(stands))
    places, cells = [], []
    for place in np.flatnonzero(is_text):
        better = _better(ledger, column, int(place), stands[place], directory)
        if better is not None and better != stands[place]:
            places.append(int(place))
            cells.append(better)
    if not places:
        return None
    new = np.empty(len(cells), dtype=object)
    new[:] = cells
    return ColumnChange(
        ledger.table.name,
        ledger.headers[column.identifier],
        ledger.rows[places],
        ledger.ids[places],
        stands[places],
        new,
    )


def _better(ledger: Ledger, column: Column, place: int, typed: str, directory: Directory) -> object:
    """How the cell should be written; ``None`` where it is as it should be or nobody can say."""
    if column.dtype is Dtype.MOMENT:
        when, status = read_date(typed)
        return when if status is DateStatus.TEXT else None
    value = ledger[column.identifier].iloc[place]
    if column.dtype is Dtype.NUMBER:
        return None if pd.isna(value) else float(value)
    if column.vocabulary is not None:
        return value if value in column.vocabulary.words else None
    if column.kind is Kind.DEPARTMENT and (department := directory.department(str(value))) is not None:
        return department
    return str(value) if value and column.kind in _FOLDED else None
