"""A small office: one real workbook, people who type into it, and a clock that only moves on."""

from __future__ import annotations

from datetime import datetime
from functools import cache, wraps
from typing import TYPE_CHECKING

import numpy as np
import pytest

from coordination_xl import check, explain, open_book, refresh
from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.books import BlockChange, ChangeSet
from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coordination_xl import Finding, Result

    Row = dict[str, object]


class Office:
    """The workbook at ``path``, as its people and its program use it.

    Attributes:
        path: the file.
        now: what the clock on the wall says.
        year: the year of the dates that the methods take.
    """

    def __init__(self, path: Path, year: int = 2026, **tables: object) -> None:
        path.write_bytes(build_workbook({"Contacts": CONTACTS, **tables}) if tables else _blank())
        self.path = path
        self.year = year
        self.now = datetime(year, 1, 1)

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> Office:
        """Later, and the program has been run then."""
        self.wait(month, day, hour, minute)
        self.run(refresh)
        return self

    def wait(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Later, and nobody has run anything yet."""
        later = datetime(self.year, month, day, hour, minute)
        assert later >= self.now, "time does not run backwards"
        self.now = later

    def run(self, verb: Callable[..., Result], *arguments: object, **options: object) -> Result:
        """Carry out a verb on the closed file and save it."""
        book = open_book(self.path)
        result = verb(book, *arguments, now=self.now, **options)
        result.write(book)
        return result

    def adds(self, table: str, **values: object) -> None:
        """Somebody types a new row below the last one."""
        book = open_book(self.path)
        book.apply(ChangeSet(added=new_rows(Ledgers.read(book)[table], [values])))

    def types(self, record: str, **values: object) -> None:
        """Somebody types into the cells of a row; ``None`` empties a cell."""
        book = open_book(self.path)
        ledger, row = Ledgers.read(book).locate(record)
        cells = [(row, identifier, value) for identifier, value in values.items()]
        book.apply(ChangeSet(columns=cell_changes(ledger, cells)))

    def switches_off(self, rule: str) -> None:
        """Somebody writes 否 behind a rule of 时限规则."""
        book = open_book(self.path)
        ledger = Ledgers.read(book)["Rules"]
        (row,) = ledger.rows[(ledger["rule"] == rule).to_numpy()]
        book.apply(ChangeSet(columns=cell_changes(ledger, [(int(row), "is_active", "否")])))

    def fills(self, form: str, **cells: object) -> None:
        """Somebody writes on a printed form; ``None`` empties a cell."""
        book = open_book(self.path)
        blocks = []
        for cell, value in cells.items():
            told = np.empty(1, dtype=object)
            told[0] = value
            blocks.append(BlockChange(f"{form}_{cell}", book.block(f"{form}_{cell}"), told))
        book.apply(ChangeSet(blocks=tuple(blocks)))

    def form(self, form: str, *cells: str) -> tuple[object, ...]:
        """What stands in some cells of a form."""
        book = open_book(self.path)
        return tuple(book.block(f"{form}_{cell}")[0] for cell in cells)

    def reports(self, source: str, achievement: str, **values: object) -> None:
        """Somebody adds a row to 进展反馈, now."""
        told = {"reported_at": self.now, "reporter": "技术部*工程师", "risk": "无"}
        self.adds("Progress", source=source, achievement=achievement, **(told | values))

    def row(self, record: str) -> Row:
        """What stands in the row of an id, by identifier; blank cells are left out."""
        ledger, row = Ledgers.read(open_book(self.path)).locate(record)
        cells = {identifier: ledger.typed_at(row, identifier) for identifier in ledger.headers}
        return {identifier: value for identifier, value in cells.items() if value is not None}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, likewise."""
        ledger = Ledgers.read(open_book(self.path))[table]
        cells = [{key: values[place] for key, values in ledger.typed.items()} for place in range(len(ledger))]
        return [{key: value for key, value in row.items() if value is not None} for row in cells]

    def sees(self, record: str, *columns: str) -> tuple[object, ...]:
        """Some cells of a row; blank ones are ``None``."""
        row = self.row(record)
        return tuple(row.get(column) for column in columns)

    def clock(self, record: str, rule: str) -> datetime:
        """When a clock of a row is due, as 时限说明 tells it."""
        (clock,) = (each for each in explain(open_book(self.path), record, self.now).clocks if each.rule == rule)
        return clock.due

    def clocks(self, record: str) -> set[str]:
        """The rules that time a row now."""
        return {each.rule for each in explain(open_book(self.path), record, self.now).clocks}

    def findings(self, record: str = "") -> list[Finding]:
        """What 校验 finds now, in the whole workbook or in one row."""
        found = check(open_book(self.path), self.now).findings
        return [each for each in found if record in ("", each.id)]

    def faults(self, record: str = "") -> list[tuple[str, str]]:
        """The codes and columns of the findings."""
        return [(each.code, each.column) for each in self.findings(record)]

    def warned(self, record: str, code: str) -> str:
        """The words of the one finding of a kind in a row, its suggestion behind them."""
        (found,) = (each for each in self.findings(record) if each.code == code)
        return f"{found.message}。{found.suggestion}"

    def audit(self, record: str, header: str) -> list[tuple[object, object]]:
        """Old and new value of every change of a cell that 修改记录 holds."""
        lines = self.rows("Audit")
        return [
            (line.get("old"), line.get("new"))
            for line in lines
            if line.get("record") == record and line.get("header") == header
        ]

    def is_settled(self) -> bool:
        """Whether refreshing now has nothing to change."""
        return not refresh(open_book(self.path), self.now).changes


@cache
def _blank() -> bytes:
    return build_workbook({"Contacts": CONTACTS})


def stage(build: Callable[..., Office]) -> Callable[..., Office]:
    """A fixture: how far a matter has come. It is lived through once; every test goes on from a copy of its workbook.

    Args:
        build: makes the office of this stage out of that of the stage before, or out of nothing (``office``).
    """
    kept: list[tuple[bytes, datetime, int]] = []

    @wraps(build)
    def reach(**given: object) -> Office:
        (before,) = given.values()
        if not kept:
            made = build(before)
            kept.append((made.path.read_bytes(), made.now, made.year))
            return made
        made = before if isinstance(before, Office) else before()
        content, made.now, made.year = kept[0]
        made.path.write_bytes(content)
        return made

    return pytest.fixture(reach)
