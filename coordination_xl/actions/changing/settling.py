"""A verb's changes, audited, and the computed columns of the rows it touches: a row is complete from its first moment.

``refresh`` would compute the same; after a verb it has nothing to add to these rows. Source: SPEC section 3, section 5.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.changing.audit import added_rows, audit_rows, moved_dues
from coordination_xl.actions.changing.differences import column_changes
from coordination_xl.books.changes import ChangeSet, ColumnChange, RowsAdded
from coordination_xl.books.memory import MemoryBook
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.grid import Grid

Rows = frozenset[int]


def drafted(book: Book, changes: ChangeSet) -> MemoryBook:
    """The book's tables as they will stand when the changes are written. The book itself is not touched."""
    draft = MemoryBook((book.grid(table) for table in BY_NAME), name=book.name)
    draft.apply(replace(changes, blocks=(), heights=()))
    return draft


def settled(
    book: Book,
    ledgers: Ledgers,
    changes: ChangeSet,
    now: datetime,
    *,
    verb: str,
    actor: str,
    is_everything: bool = False,
    is_by_cell: bool = False,
) -> ChangeSet:
    """``changes``, their rows of 修改记录, and what ``refresh`` would compute for the rows they touch.

    Args:
        book: the workbook.
        ledgers: its ledgers.
        changes: cells of the user's and new rows; no computed column.
        now: the moment of judgement.
        verb: what does it, as the button says, for 修改记录.
        actor: who asks.
        is_everything: compute every row, not those alone that are changed, added, or named as 来源编号 by one that is.
        is_by_cell: a row of 修改记录 for each cell of a new row, not one for the row.

    Returns:
        One change set; empty if ``changes`` is.

    Raises:
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    if not changes:
        return changes
    draft = drafted(book, changes)
    after = Ledgers.read(draft)
    plan = Plan.of(after, now)
    starts = {added.table: _first_free(book.grid(added.table)) for added in changes.added}
    touched = _touched(ledgers, after, changes, starts)
    extra: list[ColumnChange] = []
    computed: dict[str, list[ColumnChange]] = {}
    for schedule in plan.schedules:
        name = schedule.ledger.table.name
        start = starts.get(name, np.iinfo(np.int64).max)
        for change in column_changes(schedule.ledger, schedule.columns):
            is_new = change.rows >= start
            stays = ~is_new if is_everything else ~is_new & np.isin(change.rows, list(touched.get(name, ())))
            if stays.any():
                extra.append(_part(change, stays))
            if is_new.any():
                computed.setdefault(name, []).append(_part(change, is_new))
    audit = (
        *audit_rows(ledgers, changes.columns, verb, actor, now),
        *added_rows(ledgers, changes.added, verb, actor, now, is_by_cell=is_by_cell),
        *audit_rows(ledgers, moved_dues(after, extra), verb, actor, now),
    )
    added = tuple(_completed(each, starts[each.table], computed) for each in _joined(changes.added))
    return replace(changes, columns=(*changes.columns, *extra), added=(*added, *audit))


def _part(change: ColumnChange, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> ColumnChange:
    return replace(change, rows=change.rows[mask], ids=change.ids[mask], old=change.old[mask], new=change.new[mask])


def _first_free(grid: Grid) -> int:
    """Sheet row of the first row appended to a table."""
    used = 0
    for column in grid.columns:
        filled = np.flatnonzero(np.fromiter((value is not None for value in column), bool, len(column)))
        used = max(used, int(filled[-1]) + 1 if len(filled) else 0)
    return grid.first_row + used


def _joined(added: tuple[RowsAdded, ...]) -> tuple[RowsAdded, ...]:
    """One block a table; blocks of one table are put together, columns one lacks are blank there."""
    tables: dict[str, list[RowsAdded]] = {}
    for each in added:
        tables.setdefault(each.table, []).append(each)
    joined = []
    for table, blocks in tables.items():
        headers = tuple(dict.fromkeys(header for each in blocks for header in each.headers))
        columns = []
        for header in headers:
            parts = [
                each.columns[each.headers.index(header)]
                if header in each.headers
                else np.full(each.height, None, dtype=object)
                for each in blocks
            ]
            columns.append(np.concatenate(parts))
        joined.append(RowsAdded(table, headers, tuple(columns)))
    return tuple(joined)


def _completed(added: RowsAdded, start: int, computed: Mapping[str, list[ColumnChange]]) -> RowsAdded:
    """New rows with what the program computes for them."""
    headers, columns = list(added.headers), list(added.columns)
    for change in computed.get(added.table, ()):
        column = np.full(added.height, None, dtype=object)
        column[change.rows - start] = change.new
        headers.append(change.header)
        columns.append(column)
    return RowsAdded(added.table, tuple(headers), tuple(columns))


def _touched(ledgers: Ledgers, after: Ledgers, changes: ChangeSet, starts: Mapping[str, int]) -> Mapping[str, Rows]:
    """Sheet rows that are changed, or named as 来源编号 by a row that is changed or new."""
    touched: dict[str, set[int]] = {}
    for change in changes.columns:
        touched.setdefault(change.table, set()).update(int(row) for row in change.rows)
    sources: set[str] = set()
    for name in {*touched, *starts}:
        ledger = after[name]
        if "source" not in ledger.table.by_identifier:
            continue
        is_new = ledger.rows >= starts.get(name, np.iinfo(np.int64).max)
        is_changed = np.isin(ledger.rows, list(touched.get(name, ())))
        sources.update(ledger["source"][is_new | is_changed])
    for ledger in ledgers.matters:
        named = ledger.rows[np.isin(ledger.ids, list(sources - {""}))]
        touched.setdefault(ledger.table.name, set()).update(int(row) for row in named)
    return {name: frozenset(rows) for name, rows in touched.items()}
