"""Where agreements stand that become tasks: which columns, in which states, and which rows. Source: SPEC A10, A17, A23, B3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.rules.checks.agreements import AGREED
from coordination_xl.schema import faults, refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger


@dataclass(frozen=True, slots=True)
class AgreementSource:
    """One table whose rows hold agreements.

    Attributes:
        table: its ASCII name.
        agreed: the column that lists the tasks.
        owed: states in which its tasks are owed: what is split when no row is named.
        closed: states in which even a named row is not split.
    """

    table: str
    agreed: str
    owed: tuple[str, ...]
    closed: frozenset[str]


SOURCES: Mapping[str, AgreementSource] = {
    source.table: source
    for source in (
        AgreementSource(
            "Coordination", AGREED["Coordination"], ("已达成共识", "执行中"), frozenset({"", "草稿", "已归档"})
        ),
        AgreementSource("Problems", "solution", ("处理中",), frozenset({"", "草稿", "退回", "已归档"})),
        AgreementSource("Meetings", AGREED["Meetings"], ("纪要待审", "已分发"), frozenset({"", "驳回", "已归档"})),
        AgreementSource("Emergencies", AGREED["Emergencies"], ("已复盘",), frozenset({"", "已归档"})),
    )
}


@dataclass(frozen=True, slots=True)
class ParentRow:
    """One row whose agreement becomes tasks.

    Attributes:
        ledger: its ledger.
        row: its sheet row.
        source: how its table is split.
    """

    ledger: Ledger
    row: int
    source: AgreementSource

    @property
    def id(self) -> str:
        """Its id: the 来源编号 of its tasks."""
        return self.ledger.id_at(self.row)

    def text(self, identifier: str) -> str:
        """One text of it."""
        return str(self.ledger[identifier][self.row])

    def header(self, identifier: str) -> str:
        """What a column is called, whether the workbook has it or not."""
        return self.ledger.headers.get(identifier, self.ledger.table.column(identifier).header)

    def cell(self, *identifiers: str) -> str:
        """The first of these columns that the workbook has: where a finding is told; the id always is there."""
        return next((each for each in identifiers if self.ledger.has(each)), "id")


def named_rows(ledgers: Ledgers, records: Iterable[str]) -> tuple[tuple[ParentRow, ...], tuple[Finding, ...]]:
    """The rows of these ids, and why some of them are not split.

    Raises:
        UnknownRecord: no ledger has an id.
    """
    parents: list[ParentRow] = []
    found: list[Finding] = []
    shared = _SharedIds.of(ledgers)
    for ledger, row in dict.fromkeys((each.table.name, row) for each, row in map(ledgers.locate, records)):
        here = ledgers[ledger]
        if ledger not in SOURCES:
            found.append(here.finding(refusals.NOT_SPLITTABLE, row, "id", sheet=here.sheet))
            continue
        parent = ParentRow(here, row, SOURCES[ledger])
        refused = [*_not_in_state(parent), *_nothing(parent)] or list(_ambiguous(parent, shared))
        found += refused
        parents += [] if refused else [parent]
    return tuple(parents), tuple(found)


def owed_rows(ledgers: Ledgers) -> tuple[tuple[ParentRow, ...], tuple[Finding, ...]]:
    """Every row whose tasks are owed, in the order of :data:`SOURCES` and of the sheets, and why some are not split."""
    parents: list[ParentRow] = []
    found: list[Finding] = []
    shared = _SharedIds.of(ledgers)
    for source in SOURCES.values():
        ledger = ledgers[source.table]
        has_tasks = (ledger[source.agreed] != "") | ledger["id"].isin(shared.named)
        for row in ledger.flagged("state", ledger["state"].isin(source.owed) & has_tasks):
            parent = ParentRow(ledger, row, source)
            refused = list(_ambiguous(parent, shared))
            found += refused
            parents += [] if refused else [parent]
    return tuple(parents), tuple(found)


def _not_in_state(parent: ParentRow) -> Iterator[Finding]:
    if parent.text("state") in parent.source.closed:
        life = parent.ledger.table.life
        allowed = [state for state in life.states if state not in parent.source.closed] if life else []
        yield parent.ledger.finding(refusals.NOT_IN_STATE_TO_SPLIT, parent.row, "state", allowed="、".join(allowed))


def _nothing(parent: ParentRow) -> Iterator[Finding]:
    agreed = parent.source.agreed
    if not parent.text(agreed):
        yield parent.ledger.finding(
            refusals.NOTHING_TO_SPLIT, parent.row, parent.cell(agreed), header=parent.header(agreed)
        )


@dataclass(frozen=True)
class _SharedIds:
    """What to ask for every row: which ids are not its alone.

    Attributes:
        tasks: 任务跟踪表.
        repeated: table name → the ids that stand there twice.
        named: the ids that some task names as 来源编号.
        known: the ids of tasks.
    """

    tasks: Ledger
    repeated: Mapping[str, frozenset[str]]
    named: frozenset[str]
    known: frozenset[str]

    @classmethod
    def of(cls, ledgers: Ledgers) -> _SharedIds:
        tasks = ledgers["Tasks"]
        ids = {table: ledgers[table]["id"] for table in SOURCES}
        repeated = {table: frozenset(column[column.duplicated()]) for table, column in ids.items()}
        return cls(tasks, repeated, frozenset(tasks["source"]) - {""}, frozenset(tasks["id"]))


def _ambiguous(parent: ParentRow, shared: _SharedIds) -> Iterator[Finding]:
    """Rows to which no task could point back: without an id, with another's, or their own source."""
    ledger, row, record = parent.ledger, parent.row, parent.id
    if not record:
        yield ledger.finding(faults.REQUIRED_BLANK, row, "id", when="，拆出的任务没有来源", help="先给这一行编号")
        return
    if record in shared.repeated[ledger.table.name]:
        rows = ledger.rows[ledger.ids == record]
        yield ledger.finding(faults.DUPLICATE_ID, row, "id", count=len(rows), rows="、".join(map(str, rows)))
    tasks = shared.tasks
    if record in shared.known and (path := _way_back(tasks, record)):
        (first, *_) = tasks.rows[tasks.ids == record]
        yield tasks.finding(faults.CIRCULAR_REFERENCE, int(first), "source", value=record, path=" → ".join(path))


def _way_back(tasks: Ledger, record: str) -> tuple[str, ...]:
    """The chain of sources by which an id is its own source; empty where it is not."""
    above = dict(zip(tasks.ids, tasks["source"], strict=True))
    path = [record]
    while (here := above.get(path[-1], "")) and here not in path:
        path.append(here)
    return (*path, record) if here == record else ()
