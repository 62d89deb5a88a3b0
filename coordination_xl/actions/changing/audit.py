"""修改记录: what a verb did, row by row. Source: SPEC section 3, 修改记录."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.changes import RowsAdded
from coordination_xl.ledger.findings import shown
from coordination_xl.schema.tables import AUDIT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.books.changes import ColumnChange
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger

    Objects = NDArray[np.object_]

ADDED = "新增一行"
"""What 列 says of a new row."""

DUE_COLUMNS = frozenset({"due", "original_due"})


def audit_rows(
    ledgers: Ledgers, changes: Iterable[ColumnChange], verb: str, actor: str, now: datetime
) -> tuple[RowsAdded, ...]:
    """One row of 修改记录 for each cell of ``changes``.

    Args:
        ledgers: to name the sheets, and the audit's own headers.
        changes: the cells to be recorded.
        verb: what did it, as the button says.
        actor: who ran it.
        now: when.

    Returns:
        One appended block, or nothing where there is nothing to record.
    """
    records: list[tuple[object, ...]] = []
    for change in changes:
        sheet = ledgers[change.table].sheet
        for record, old, new in zip(change.ids, change.old, change.new, strict=True):
            records.append((now, actor, verb, sheet, record, change.header, shown(old) or None, shown(new) or None))
    return _block(ledgers, records)


def added_rows(
    ledgers: Ledgers, added: Iterable[RowsAdded], verb: str, actor: str, now: datetime, *, is_by_cell: bool = False
) -> tuple[RowsAdded, ...]:
    """One row of 修改记录 for each new row, naming it; or, ``is_by_cell``, one for each of its cells.

    The row of a new row has :data:`ADDED` as its column. Rows without an id are recorded under their 来源编号.
    """
    records: list[tuple[object, ...]] = []
    for rows in added:
        ledger = ledgers[rows.table]
        known = dict(zip(rows.headers, rows.columns, strict=True))
        name, identity = ledger.table.name_column, ledger.table.id_column

        def column(
            identifier: str | None, known: dict[str, Objects] = known, ledger: Ledger = ledger
        ) -> Objects | None:
            return known.get(ledger.headers.get(identifier or "", ""))

        ids = column(identity.identifier if identity else "source")
        titles = column(name.identifier if name else None)
        for place in range(rows.height):
            record = None if ids is None else ids[place]
            head = (now, actor, verb, ledger.sheet, record)
            if is_by_cell:
                records += [
                    (*head, header, None, shown(values[place]))
                    for header, values in known.items()
                    if shown(values[place])
                ]
            else:
                title = None if titles is None else titles[place]
                records.append((*head, ADDED, None, shown(title) or None))
    return _block(ledgers, records)


def _block(ledgers: Ledgers, records: list[tuple[object, ...]]) -> tuple[RowsAdded, ...]:
    if not records:
        return ()
    headers = tuple(ledgers["Audit"].headers[column.identifier] for column in AUDIT.columns)
    columns = tuple(np.array(values, dtype=object) for values in zip(*records, strict=True))
    return (RowsAdded("Audit", headers, columns),)


def moved_dues(ledgers: Ledgers, changes: Iterable[ColumnChange]) -> tuple[ColumnChange, ...]:
    """Of the changes of ``refresh``, the due times that moved: from one time to another, not from nothing."""
    moved = []
    for change in changes:
        ledger = ledgers[change.table]
        headers = {ledger.headers[identifier] for identifier in DUE_COLUMNS if ledger.has(identifier)}
        if change.header not in headers:
            continue
        was_there = np.fromiter((old is not None for old in change.old), dtype=bool, count=len(change.old))
        if was_there.any():
            moved.append(
                type(change)(
                    change.table,
                    change.header,
                    change.rows[was_there],
                    change.ids[was_there],
                    change.old[was_there],
                    change.new[was_there],
                )
            )
    return tuple(moved)
