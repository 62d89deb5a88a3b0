"""A ledger's row as letters read it: plain values, blank as people mean it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger


@dataclass(frozen=True, slots=True)
class Matter:
    """One row of a ledger.

    Attributes:
        table: ASCII name of the ledger.
        sheet: its sheet in the workbook.
        row: sheet row.
        values: identifier → ``str`` (``""`` is blank), ``datetime``, ``float`` or ``None`` (blank).
    """

    table: str
    sheet: str
    row: int
    values: Mapping[str, Any]

    @classmethod
    def at(cls, ledger: Ledger, row: int) -> Matter:
        """The matter in a sheet row.

        Raises:
            KeyError: the row is not in the ledger.
        """
        values = ledger.frame.iloc[ledger.position(row)]
        return cls(ledger.table.name, ledger.sheet, row, {str(key): plain(value) for key, value in values.items()})

    @classmethod
    def of(cls, ledgers: Ledgers, record: str) -> Matter | None:
        """The matter with this id, ``None`` where no ledger has it."""
        for ledger in ledgers.matters:
            for row in ledger.rows[ledger.ids == record] if record else ():
                return cls.at(ledger, int(row))
        return None

    def __getitem__(self, identifier: str) -> Any:  # noqa: ANN401 - a cell is text, moment or number
        """One value; ``""`` for a column that the ledger does not know."""
        return self.values.get(identifier, "")


def plain(value: object) -> object:
    """A cell of a typed frame without pandas: text, ``datetime``, ``float`` or ``None``."""
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return None if value is pd.NaT or value != value else value  # NaN is the one value unlike itself
