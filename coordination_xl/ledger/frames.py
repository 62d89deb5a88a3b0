"""A ledger: one table of the workbook as a typed frame that still knows its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.findings import Finding, quoted, shown
from coordination_xl.ledger.grid import column_letters
from coordination_xl.schema import Dtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from coordination_xl.schema import Table
    from coordination_xl.schema.faults import Fault


@dataclass(frozen=True)
class Ledger:
    """One table, understood.

    Attributes:
        table: what it should be.
        sheet: the name of its sheet in the workbook.
        frame: index ``row`` (int64, the sheet row), one column for each schema identifier in schema order, of the types
            that :class:`~coordination_xl.schema.Dtype` names. A column that the workbook lacks is there and blank. Rows in
            which the user wrote nothing are left out.
        typed: identifier → what stands in the cells, untouched, aligned with ``frame``.
        headers: identifier → the header as it stands in the workbook; lacks the columns the workbook lacks.
        places: identifier → sheet column, 1-based.
        findings: what could not be read.
    """

    table: Table
    sheet: str
    frame: pd.DataFrame
    typed: Mapping[str, NDArray[np.object_]]
    headers: Mapping[str, str]
    places: Mapping[str, int]
    findings: tuple[Finding, ...] = ()

    def with_findings(self, findings: Iterable[Finding]) -> Ledger:
        """The same ledger with these findings of reading."""
        return replace(self, findings=tuple(findings))

    def __len__(self) -> int:
        """Number of rows in which something is written."""
        return len(self.frame)

    def __getitem__(self, identifier: str) -> pd.Series:
        """One typed column; a whole blank column where the table does not know the identifier."""
        if identifier in self.frame.columns:
            return self.frame[identifier]
        return blank_column(Dtype.TEXT, self.frame.index)

    @property
    def rows(self) -> NDArray[np.int64]:
        """Sheet row of each frame row."""
        return self.frame.index.to_numpy(dtype=np.int64)

    @property
    def ids(self) -> NDArray[np.object_]:
        """Id of each frame row, ``""`` where blank or where rows have no id."""
        column = self.table.id_column
        if column is None:
            return np.full(len(self.frame), "", dtype=object)
        return self.frame[column.identifier].to_numpy(dtype=object)

    def has(self, identifier: str) -> bool:
        """Whether the workbook has this column."""
        return identifier in self.headers

    def position(self, row: int) -> int:
        """Position in the frame of a sheet row.

        Raises:
            KeyError: the row is not in the frame.
        """
        position = int(self.frame.index.searchsorted(row))
        if position == len(self.frame) or self.frame.index[position] != row:
            raise KeyError(row)
        return position

    def typed_at(self, row: int, identifier: str) -> object:
        """What stands in one cell."""
        return self.typed[identifier][self.position(row)]

    def id_at(self, row: int) -> str:
        """The id of one sheet row."""
        return str(self.ids[self.position(row)])

    def address(self, row: int, identifier: str) -> str:
        """The address of one cell, for example ``C5``."""
        return f"{column_letters(self.places[identifier])}{row}"

    def finding(self, fault: Fault, row: int, identifier: str, /, **facts: object) -> Finding:
        """The finding of ``fault`` at one cell.

        Args:
            fault: what kind of thing is wrong.
            row: sheet row.
            identifier: the column it is about; the workbook must have it.
            facts: what the fault's words need; ``header`` and ``value`` are given.
        """
        value = shown(self.typed_at(row, identifier))
        words = quoted({"header": self.headers[identifier], "value": value} | facts)
        return Finding(
            sheet=self.sheet,
            table=self.table.name,
            row=row,
            id=self.id_at(row),
            column=self.headers[identifier],
            address=self.address(row, identifier),
            code=fault.code,
            severity=fault.severity,
            message=fault.message.format(**words),
            value=value,
            suggestion=fault.suggestion.format(**words),
        )

    def flagged(self, identifier: str, mask: pd.Series | NDArray[np.bool_]) -> Iterator[int]:
        """Sheet rows where ``mask`` holds, none if the workbook lacks the column: what a check walks over."""
        if self.has(identifier):
            yield from (int(row) for row in self.rows[np.asarray(mask, dtype=bool)])


def blank_column(dtype: Dtype, index: pd.Index) -> pd.Series:
    """A column of nothing, in the type that blanks of ``dtype`` have."""
    if dtype is Dtype.MOMENT:
        return pd.Series(np.full(len(index), np.datetime64("NaT", "s")), index=index)
    if dtype is Dtype.NUMBER:
        return pd.Series(np.full(len(index), np.nan), index=index)
    return pd.Series(np.full(len(index), "", dtype=object), index=index, dtype=object)
