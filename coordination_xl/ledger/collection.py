"""All ledgers of one workbook, understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coordination_xl.errors import MissingSheet, MissingTable, UnknownRecord
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.schema import MATTERS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema import Table


class GridSource(Protocol):
    """Where grids come from; every book is one."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def tables(self) -> tuple[str, ...]:
        """Names of the tables there are."""

    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets there are."""

    def grid(self, table: str) -> Grid:
        """One table."""


class Ledgers:
    """The ledgers of one workbook, by table name."""

    def __init__(self, ledgers: Mapping[str, Ledger]) -> None:
        self._ledgers = dict(ledgers)

    @classmethod
    def read(cls, source: GridSource, tables: Iterable[Table] = TABLES) -> Ledgers:
        """Read and understand tables of a book.

        Raises:
            MissingSheet: neither a table nor its sheet is there.
            MissingTable: the sheet is there, its table is not.
            MissingColumn: a column that must exist is not there.
            DuplicateHeader: a column is there twice.
        """
        ledgers = {}
        present = set(source.tables())
        for table in tables:
            if table.name not in present:
                if table.sheet not in source.sheets():
                    raise MissingSheet(
                        source.name,
                        f"缺少工作表“{table.sheet}”",
                        "恢复备份；没有备份的，运行 coordination-xl upgrade 补上空表",
                    )
                raise MissingTable(
                    f"{source.name} 的工作表“{table.sheet}”",
                    f"没有名为 {table.name} 的表格",
                    "运行 coordination-xl upgrade 重建；或选中表头和数据，“插入→表格”，再在“表设计”里把表名称改为 "
                    + table.name,
                )
            ledgers[table.name] = read_ledger(table, source.grid(table.name))
        return cls(ledgers)

    def __getitem__(self, table: str) -> Ledger:
        """The ledger of a table name."""
        return self._ledgers[table]

    def __iter__(self) -> Iterator[Ledger]:
        """All ledgers, in the order they were read."""
        return iter(self._ledgers.values())

    def __contains__(self, table: str) -> bool:
        """Whether the table was read."""
        return table in self._ledgers

    @property
    def matters(self) -> tuple[Ledger, ...]:
        """The ledgers whose rows have a life."""
        return tuple(self._ledgers[table.name] for table in MATTERS if table.name in self._ledgers)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that could not be read."""
        return tuple(found for ledger in self for found in ledger.findings)

    def locate(self, record: str) -> tuple[Ledger, int]:
        """The ledger and sheet row of an id.

        Raises:
            UnknownRecord: no ledger has it.
        """
        record = fold(record).strip()
        for ledger in self:
            if ledger.table.id_column is None or not ledger.table.prefix:
                continue
            rows = ledger.rows[ledger.ids == record]
            if len(rows):
                return ledger, int(rows[0])
        raise UnknownRecord(f"编号“{record}”", "在各台账中都找不到", "核对编号，例：XT-2026-0001")
