"""Rows for a dossier: every cell as it stands, the user's own columns too, and what belongs to which matter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordination_xl.ledger.collection import GridSource, Ledgers
    from coordination_xl.ledger.frames import Ledger

RELATED = ("Tasks", "Progress", "Dispatch", "Extensions")
"""The tables whose rows name a matter, or a task of it, as their 来源编号."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table.

    Attributes:
        values: identifier → what stands in the cell, blank or not.
        own: header → what stands in a column that the schema does not know.
        headers: identifier → the header in the workbook.
    """

    values: Mapping[str, object]
    own: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, identifier: str) -> str:
        """A cell as a person reads it; ``""`` for a column that the workbook lacks."""
        return shown(self.values.get(identifier))

    @property
    def cells(self) -> dict[str, object]:
        """Header → what stands in the cell, of every column."""
        return {self.headers[key]: value for key, value in self.values.items()} | dict(self.own)


class Entries:
    """The rows of a workbook that dossiers are made of, found by matter.

    Args:
        source: the workbook, for the columns that the schema does not know.
        ledgers: its ledgers.
        changed: (table, sheet row) → header → value, of cells that are about to be written.
    """

    def __init__(
        self, source: GridSource, ledgers: Ledgers, changed: Mapping[tuple[str, int], Mapping[str, object]]
    ) -> None:
        self._ledgers = ledgers
        self._changed = changed
        names = {ledger.table.name for ledger in ledgers.matters} | {*RELATED, "Audit"}
        self._grids = {name: source.grid(name) for name in names}
        self._places = {
            name: ledgers[name].frame.groupby("source" if name in RELATED else "record").indices
            for name in (*RELATED, "Audit")
        }

    def matter(self, ledger: Ledger, row: int) -> Entry:
        """One row of a ledger, as it will stand."""
        return self._entry(ledger, row)

    def related(self, record: str) -> dict[str, list[Entry]]:
        """Table → rows that name the matter or, but for the tasks themselves, one of its tasks."""
        tasks = self._of("Tasks", [record])
        sources = [record, *(task["id"] for task in tasks if task["id"])]
        return {"Tasks": tasks} | {name: self._of(name, sources) for name in RELATED[1:]}

    def history(self, record: str) -> list[Entry]:
        """The rows of 修改记录 of a matter, in the order they were written."""
        return self._of("Audit", [record])

    def _of(self, table: str, sources: Iterable[str]) -> list[Entry]:
        ledger, places = self._ledgers[table], self._places[table]
        found = sorted({int(place) for source in sources for place in places.get(source, ())})
        return [self._entry(ledger, int(ledger.rows[place])) for place in found]

    def _entry(self, ledger: Ledger, row: int) -> Entry:
        grid, known = self._grids[ledger.table.name], set(ledger.headers.values())
        changed = self._changed.get((ledger.table.name, row), {})
        values = {
            identifier: changed.get(header, ledger.typed_at(row, identifier))
            for identifier, header in ledger.headers.items()
        }
        own = {
            header: column[row - grid.first_row]
            for header, column in zip(grid.header, grid.columns, strict=True)
            if header not in known
        }
        return Entry(values, own, ledger.headers)


def versions(history: Iterable[Entry]) -> tuple[list[tuple[Entry, list[Entry]]], list[Entry]]:
    """The earlier versions of a form, as 修改记录 holds them. Source: SPEC B3, section 3.

    Args:
        history: rows of 修改记录 of one matter.

    Returns:
        For each version that was replaced, the oldest first, the change of 版本 and the other cells changed at the same
        moment; and all rows of other moments.
    """
    moments: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in history:
        moments[str(entry.values.get("changed_at")), entry["actor"]].append(entry)
    replaced, rest = [], []
    for entries in moments.values():
        turn = next((each for each in entries if each["header"] == "版本" and each["old"]), None)
        if turn is None:
            rest += entries
        else:
            replaced.append((turn, [each for each in entries if each is not turn]))
    return replaced, rest
