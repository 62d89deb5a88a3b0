"""A verb's changes of the user's own cells, and its new rows, in the words of a change set. Source: SPEC section 3."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.books.changes import ColumnChange, RowsAdded
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger


def cell_changes(ledger: Ledger, cells: Iterable[tuple[int, str, object]]) -> tuple[ColumnChange, ...]:
    """Changes of single cells; those that say already what they shall are left out.

    Args:
        ledger: as it stands.
        cells: sheet row, identifier, new value; blank texts and null moments mean a blank cell. Columns that the workbook
            lacks are passed over.
    """
    by_column: dict[str, dict[int, object]] = {}
    for row, identifier, new in cells:
        if ledger.has(identifier) and not _is_same(ledger.typed_at(row, identifier), new):
            by_column.setdefault(identifier, {})[row] = as_cell(new)
    changes = []
    for identifier, wanted in by_column.items():
        rows = np.array(sorted(wanted), dtype=np.int64)
        places = [ledger.position(int(row)) for row in rows]
        changes.append(
            ColumnChange(
                ledger.table.name,
                ledger.headers[identifier],
                rows,
                ledger.ids[places],
                ledger.typed[identifier][places],
                _objects([wanted[int(row)] for row in rows]),
            )
        )
    return tuple(changes)


def new_rows(ledger: Ledger, records: Sequence[Mapping[str, object]]) -> tuple[RowsAdded, ...]:
    """Rows to be appended to a ledger, in one block; nothing where there is none.

    Args:
        ledger: as it stands.
        records: identifier → value, one a row. Columns that the workbook lacks are passed over.
    """
    named = {identifier for record in records for identifier in record}
    identifiers = [column.identifier for column in ledger.table.columns if column.identifier in named]
    identifiers = [identifier for identifier in identifiers if ledger.has(identifier)]
    if not records:
        return ()
    return (
        RowsAdded(
            ledger.table.name,
            tuple(ledger.headers[identifier] for identifier in identifiers),
            tuple(_objects([as_cell(record.get(identifier)) for record in records]) for identifier in identifiers),
        ),
    )


def as_cell(value: object) -> object:
    """A value as a cell holds it: blanks are ``None``, moments ``datetime``, numbers ``float``."""
    if value is None or value is pd.NaT or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, (np.datetime64, np.generic)):
        return as_cell(value.astype("datetime64[s]").item() if isinstance(value, np.datetime64) else value.item())
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return datetime(value.year, value.month, value.day) if type(value) is date else value
    return None if value != value else float(value)  # NaN is the one value unlike itself


def _is_same(stands: object, new: object) -> bool:
    """Whether a cell shows already what it shall: a real date is not the same as its text."""
    wanted = as_cell(new)
    kinds = (type(stands) is str, type(wanted) is str)
    return shown(as_cell(stands)) == shown(wanted) and (kinds[0] == kinds[1] or wanted is None)


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells
