"""What a book holds against what it should hold: the smallest change set between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.books.changes import BlockChange, ColumnChange
from coordination_xl.schema import Dtype

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.frames import Ledger

    Objects = NDArray[np.object_]


def column_changes(ledger: Ledger, columns: Mapping[str, pd.Series]) -> tuple[ColumnChange, ...]:
    """The cells of ``ledger`` that differ from ``columns``.

    Args:
        ledger: as it stands.
        columns: identifier → Series aligned with the ledger's frame, of the schema's types.

    Returns:
        One change for each column that has a differing cell. A date or number that stands as text differs.
    """
    changes = []
    for identifier, wanted in columns.items():
        if not ledger.has(identifier):
            continue
        dtype = ledger.table.column(identifier).dtype
        differs = _differs(ledger, identifier, wanted, dtype)
        if differs.any():
            changes.append(
                ColumnChange(
                    table=ledger.table.name,
                    header=ledger.headers[identifier],
                    rows=ledger.rows[differs],
                    ids=ledger.ids[differs],
                    old=ledger.typed[identifier][differs],
                    new=as_cells(wanted[differs], dtype),
                )
            )
    return tuple(changes)


def _differs(ledger: Ledger, identifier: str, wanted: pd.Series, dtype: Dtype) -> NDArray[np.bool_]:
    stands = ledger.typed[identifier]
    is_text = _is_text(stands)
    if dtype is Dtype.TEXT:
        texts = np.where(is_text, stands, "")
        is_other = ~is_text & ~pd.isna(stands)
        return np.asarray((texts != wanted.to_numpy(dtype=object)) | is_other, dtype=bool)
    read = ledger[identifier].to_numpy()
    target = wanted.to_numpy()
    is_blank, is_wanted_blank = pd.isna(read), pd.isna(target)
    same = (is_blank & is_wanted_blank) | (read == target)
    is_unreadable = is_blank & ~pd.isna(stands)
    return np.asarray(~same | is_text | is_unreadable, dtype=bool)


def _is_text(values: Objects) -> NDArray[np.bool_]:
    kind = pd.api.types.infer_dtype(values, skipna=True)
    if kind in {"string", "empty"}:
        return ~np.asarray(pd.isna(values), dtype=bool)
    if kind in {"mixed", "mixed-integer"}:
        return np.fromiter((isinstance(value, str) for value in values), dtype=bool, count=len(values))
    return np.zeros(len(values), dtype=bool)


def as_cells(values: pd.Series, dtype: Dtype) -> Objects:
    """Typed values as cells hold them: ``datetime``, ``float`` or ``str``; blanks are ``None``."""
    if dtype is Dtype.MOMENT:
        return values.to_numpy(dtype="datetime64[s]").astype(object)
    cells = values.to_numpy(dtype=object).copy()
    cells[np.asarray(pd.isna(values) | (values == ""))] = None
    return cells


def block_changes(book: Book, blocks: Mapping[str, Objects]) -> tuple[BlockChange, ...]:
    """The named blocks of a book that differ from ``blocks``; names the book does not have are passed over."""
    changes = []
    for name, wanted in blocks.items():
        stands = book.block(name)
        if stands is None:
            continue
        fitted = np.full(len(stands), None, dtype=object)
        fitted[: len(wanted)] = wanted[: len(stands)]
        if any(not _same_cell(old, new) for old, new in zip(stands, fitted, strict=True)):
            changes.append(BlockChange(name, stands, fitted))
    return tuple(changes)


def _same_cell(old: object, new: object) -> bool:
    return (old in (None, "") and new in (None, "")) or old == new
