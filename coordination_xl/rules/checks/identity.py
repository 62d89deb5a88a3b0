"""Ids and what refers to them. Source: SPEC section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.settings import id_example, id_shape
from coordination_xl.schema import faults
from coordination_xl.schema.notices import DIGEST
from coordination_xl.schema.tables import DISPATCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

_MOST_ROWS = 10
"""Rows of a repeated id that its message names."""


def check_ids(ledger: Ledger, pattern: str) -> Iterator[Finding]:
    """Ids that occur twice, or are not of the ledger's pattern (编号格式 of 参数). Source: SPEC section 3."""
    column = ledger.table.id_column
    if column is None:
        return
    ids = pd.Series(ledger.ids, index=ledger.frame.index)
    is_repeated = ids.duplicated(keep=False) & (ids != "")
    repeats = ids[is_repeated].groupby(ids[is_repeated]).groups
    for row in ledger.flagged(column.identifier, is_repeated):
        rows = repeats[ids[row]]
        told = "、".join(map(str, rows[:_MOST_ROWS])) + ("…" if len(rows) > _MOST_ROWS else "")
        yield ledger.finding(faults.DUPLICATE_ID, row, column.identifier, count=len(rows), rows=told)
    if ledger.table.prefix:
        shape = id_shape(pattern, ledger.table.prefix)
        is_strange = np.fromiter((bool(each) and not shape.fullmatch(each) for each in ids), dtype=bool, count=len(ids))
        for row in ledger.flagged(column.identifier, is_strange):
            example = id_example(pattern, ledger.table.prefix)
            yield ledger.finding(faults.MALFORMED_ID, row, column.identifier, example=example)


def check_references(ledgers: Ledgers) -> Iterator[Finding]:
    """来源编号 that no ledger has, and chains of them that come back to themselves. Source: SPEC section 3."""
    for ledger in ledgers:
        for column in ledger.table.columns:
            if not column.refers_to or not ledger.has(column.identifier):
                continue
            known = {record for name in column.refers_to if name in ledgers for record in ledgers[name].ids}
            words = ledger[column.identifier]
            is_unknown = words.isin([word for word in words.unique() if word and word not in known])
            if ledger.table is DISPATCH:
                is_unknown &= ledger["kind"] != DIGEST  # it is about a week, not about a matter
            for row in ledger.flagged(column.identifier, is_unknown):
                yield ledger.finding(faults.UNKNOWN_REFERENCE, row, column.identifier)
    yield from _circles(ledgers)


def _circles(ledgers: Ledgers) -> Iterator[Finding]:
    """Rows whose chain of sources comes back to them."""
    homes: dict[str, tuple[Ledger, int]] = {}
    source: dict[str, str] = {}
    matters = [ledger for ledger in ledgers.matters if ledger.has("source")]
    named = {parent for ledger in matters for parent in ledger["source"].unique() if parent}
    for ledger in matters:
        is_named = pd.Series(ledger.ids).isin(named).to_numpy()  # a circle goes through its members only
        rows = zip(ledger.ids[is_named], ledger["source"][is_named], ledger.rows[is_named], strict=True)
        for record, parent, row in rows:
            if parent:
                source[record], homes[record] = parent, (ledger, int(row))
    told: set[str] = set()
    for start in source:
        path, here = [start], source[start]
        while here in source and here not in path:
            path.append(here)
            here = source[here]
        if here == start and start not in told:
            told.update(path)
            ledger, row = homes[start]
            yield ledger.finding(faults.CIRCULAR_REFERENCE, row, "source", value=start, path=" → ".join([*path, start]))
