"""延期生效: what was granted goes into the cell that holds the deadline. Source: SPEC section 3, 延期申请."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.actions.changing.settling import drafted, settled
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.findings import shown
from coordination_xl.rules.checks.extensions import check_extensions
from coordination_xl.rules.numbering import new_ids
from coordination_xl.rules.timing.extensions import DEADLINE_CELLS, GRANTED, PENDING, judged
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import refusals
from coordination_xl.schema.tables import EXTENSIONS, MATTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.extended_dues import Extended
    from coordination_xl.rules.timing.extensions import Extension
    from coordination_xl.rules.timing.schedule import Schedule

VERB = "延期生效"
_MATTERS = frozenset(table.name for table in MATTERS)


def extend(book: Book, records: Sequence[str], now: datetime, *, actor: str = "") -> Result:
    """Write granted extensions into the deadlines: the named ones, or all of them.

    A deadline that stands in one cell (完成时限 of a task or a problem, 期望完成时间 while consensus is sought) gets the time
    that was granted. All other due times are computed: ``refresh`` moves them, and here they are only told. A request
    without 编号 gets one; a blank 现时限 gets the matter's due time.

    Args:
        book: the workbook.
        records: ids of matters or of requests; none means every request.
        now: the moment of judgement; what is decided later is not granted yet.
        actor: who asks, for 修改记录.

    Returns:
        The changes; as findings why a request does not count; as summary what was written and what ``refresh`` moves.

    Raises:
        UnknownRecord: no ledger has an id.
        UsageError: an id is of a row that has no deadline.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    selection = _selected(ledgers, records)
    filled = cell_changes(ledgers["Extensions"], _filled(ledgers, Plan.of(ledgers, now), selection.rows, now))
    after = Ledgers.read(drafted(book, ChangeSet(columns=filled)))
    plan = Plan.of(after, now)
    extensions = judged(after["Extensions"], plan.basis.approvers, plan.basis.calendar, now)
    sources = {each.source for each in extensions if each.row in selection.rows}
    moved = [move for schedule in plan.schedules for move in _moves(schedule, sources)]
    written = [move for move in moved if move.cell]
    edits = [
        change
        for name in dict.fromkeys(move.table for move in written)
        for change in cell_changes(
            ledgers[name], [(move.row, move.cell, move.typed) for move in written if move.table == name]
        )
    ]
    findings = [found for found in check_extensions(after, plan) if found.row in selection.rows]
    findings += _unheeded(after["Extensions"], extensions, selection, {found.row for found in findings})
    return Result(
        verb="extend",
        book=book.name,
        changes=settled(book, ledgers, ChangeSet(columns=(*filled, *edits)), now, verb=VERB, actor=actor),
        findings=(*_without_request(ledgers, selection), *sorted(findings, key=lambda found: found.row)),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "extended": [move.told(ledgers) for move in written],
            "by_refresh": [move.told(ledgers) for move in moved if not move.cell],
        },
    )


class _Selection(NamedTuple):
    """What was asked for.

    Attributes:
        rows: sheet rows of 延期申请.
        named: those that were named by their own id.
        without: matters that were named and have no request: table and sheet row.
    """

    rows: frozenset[int]
    named: frozenset[int]
    without: tuple[tuple[str, int], ...]


def _selected(ledgers: Ledgers, records: Sequence[str]) -> _Selection:
    requests = ledgers["Extensions"]
    if not records:
        rows = frozenset(int(row) for row in requests.rows[(requests["source"] != "").to_numpy()])
        return _Selection(rows, frozenset(), ())
    named: set[int] = set()
    of_matters: set[int] = set()
    without: list[tuple[str, int]] = []
    for record in records:
        ledger, row = ledgers.locate(record)
        if ledger.table is EXTENSIONS:
            named.add(row)
        elif ledger.table.name in _MATTERS:
            own = requests.rows[(requests["source"] == ledger.id_at(row)).to_numpy()]
            of_matters.update(int(each) for each in own)
            without += [] if len(own) else [(ledger.table.name, row)]
        else:
            raise UsageError(
                f"编号“{record}”", f"“{ledger.sheet}”的行没有时限可延", "请给出延期申请，或协调、任务、问题等事项的编号"
            )
    return _Selection(frozenset(named | of_matters), frozenset(named), tuple(without))


def _filled(ledgers: Ledgers, plan: Plan, rows: frozenset[int], now: datetime) -> Iterator[tuple[int, str, object]]:
    """What a request lacks and the program knows: its id, and the due time that it asks to move."""
    requests = ledgers["Extensions"]
    chosen = sorted(rows)
    nameless = [row for row in chosen if requests["id"][row] == ""]
    for row, identity in zip(nameless, new_ids(ledgers, EXTENSIONS, now.year, len(nameless)), strict=True):
        yield row, "id", identity
    blank = [row for row in chosen if not shown(requests.typed_at(row, "current_due")).strip()]
    for row in blank:
        due = _due_of(plan, str(requests["source"][row]))
        if requests["decision"][row] in {GRANTED, PENDING} and not np.isnat(due):
            yield row, "current_due", due


def _due_of(plan: Plan, record: str) -> np.datetime64:
    """The due time of a matter; NaT where there is none."""
    for schedule in plan.schedules:
        places = np.flatnonzero(schedule.ledger.ids == record)
        if len(places):
            due: np.datetime64 = schedule.own.due[places[0]]
            return due
    return np.datetime64("NaT", "s")


class _Move(NamedTuple):
    """A due time that extensions have moved and its row does not show yet.

    Attributes:
        table: of the matter.
        row: its sheet row.
        record: its id.
        cell: identifier of the cell that holds the deadline, ``""`` where the due time is computed.
        typed: what was granted, as it was typed.
        history: how it came about.
    """

    table: str
    row: int
    record: str
    cell: str
    typed: np.datetime64
    history: Extended

    def told(self, ledgers: Ledgers) -> dict[str, object]:
        """For people and scripts."""
        steps = self.history.steps
        return {
            "sheet": ledgers[self.table].sheet,
            "id": self.record,
            "column": ledgers[self.table].headers.get(self.cell, ""),
            "original": self.history.original.astype("datetime64[s]").item(),
            "due": self.history.due.astype("datetime64[s]").item(),
            "requests": [step.id for step in steps],
        }


def _moves(schedule: Schedule, sources: set[str]) -> Iterator[_Move]:
    """Of the rows that still run the due times that an extension has moved on from what the cells say."""
    ledger = schedule.ledger
    life = ledger.table.life
    paused = life.paused if life else frozenset()
    running = life.open | paused if life else frozenset()
    for clock in schedule.clocks:
        for place, history in clock.extended.items():
            row, record = int(ledger.rows[place]), str(ledger.ids[place])
            state = ledger["state"].iloc[place]
            is_there = clock.applies[place] or state in paused  # a pause hides the clock, its deadline stays
            if record not in sources or state not in running or not is_there or history.due == history.counted:
                continue
            cell = DEADLINE_CELLS.get(ledger.table.name, "")
            if clock.timer.amount or clock.timer.triggers[0] != cell or not shown(ledger.typed_at(row, cell)):
                cell = ""
            if cell or not _is_shown(ledger, row, history.due):
                yield _Move(ledger.table.name, row, record, cell, history.steps[-1].new_due, history)


def _is_shown(ledger: Ledger, row: int, due: np.datetime64) -> bool:
    """Whether the row's computed due time is that already."""
    return ledger.has("due") and ledger["due"].to_numpy(dtype="datetime64[s]")[ledger.position(row)] == due


def _unheeded(
    requests: Ledger, extensions: Sequence[Extension], selection: _Selection, told: set[int]
) -> Iterator[Finding]:
    """Requests named by their id that move nothing, where no other finding says why."""
    for each in extensions:
        if each.row in selection.named and not each.is_valid and each.row not in told:
            if each.decision != GRANTED:
                problem = f"审批结果是“{each.decision}”" if each.decision else "还没有审批结果"
            elif not np.isnat(each.decided_at) and not each.is_decided:
                problem = f"审批时间（{shown(each.decided_at.item())}）还没有到"
            else:
                problem = "内容没有填全"
            yield requests.finding(refusals.EXTENSION_NOT_GRANTED, each.row, "decision", problem=problem)


def _without_request(ledgers: Ledgers, selection: _Selection) -> Iterator[Finding]:
    for table, row in selection.without:
        yield ledgers[table].finding(refusals.NO_EXTENSION, row, "id")
