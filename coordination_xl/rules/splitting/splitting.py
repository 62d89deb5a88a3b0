"""Agreements against 任务跟踪表: what is to be added, what follows, what stays, what is refused. Source: SPEC section 5."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.numbering import new_ids
from coordination_xl.rules.splitting.drafts import task_drafts
from coordination_xl.rules.splitting.matching import TaskIndex, matched_tasks
from coordination_xl.rules.splitting.merge import TaskTable, merged_task
from coordination_xl.rules.splitting.records import CLOSED, TaskRecords
from coordination_xl.rules.splitting.sources import named_rows, owed_rows
from coordination_xl.schema import refusals
from coordination_xl.schema.tables import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.splitting.drafts import TaskDraft
    from coordination_xl.rules.splitting.matching import KnownTask
    from coordination_xl.rules.splitting.sources import ParentRow
    from coordination_xl.worktime import WorkCalendar

ADDED, UPDATED, UNCHANGED, REFUSED = STATUSES = ("新增", "更新", "不变", "拒绝")
_FIRST_STATE = "待办"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task of an agreement and what becomes of it.

    Attributes:
        draft: what the agreement says.
        id: of its row in 任务跟踪表; ``""`` where it has none.
        status: one of :data:`STATUSES`.
        reason: why it was refused or left alone; ``""`` where there is nothing to say.
    """

    draft: TaskDraft
    id: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Splitting:
    """What a split comes to.

    Attributes:
        proposals: every task of every agreement that was looked at.
        added: identifier → value, one a new row of 任务跟踪表.
        cells: sheet row, identifier and new value of its cells that change.
        findings: what is refused, kept or worth a look.
    """

    proposals: tuple[Proposal, ...]
    added: tuple[Mapping[str, object], ...]
    cells: tuple[tuple[int, str, object], ...]
    findings: tuple[Finding, ...]


@dataclass
class _Outcome:
    """A splitting in the making; new rows have no ids yet."""

    proposals: list[Proposal] = field(default_factory=list)
    cells: list[tuple[int, str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, draft: TaskDraft, status: str, *, record: str = "", reason: str = "") -> None:
        """Note what becomes of a draft."""
        self.proposals.append(Proposal(draft, record, status, reason))


def splitting(
    ledgers: Ledgers,
    records: Sequence[str],
    calendar: WorkCalendar,
    now: datetime,
    *,
    formulas: frozenset[tuple[int, str]] = frozenset(),
) -> Splitting:
    """Split agreements into tasks.

    Args:
        ledgers: the workbook.
        records: ids of the rows to be split; none means every row whose tasks are owed. A task whose row was deleted is
            made again only where its agreement is named.
        calendar: the work calendar.
        now: the moment the new tasks are registered.
        formulas: sheet row and identifier of the cells of 任务跟踪表 in which somebody computes; they are left alone.

    Raises:
        UnknownRecord: no ledger has one of the ids.
        RuleError: 编号格式 in 参数 cannot be understood.
    """
    parents, found = named_rows(ledgers, records) if records else owed_rows(ledgers)
    directory = Directory.of(ledgers["Contacts"].frame)
    tasks, written = ledgers["Tasks"], TaskRecords.of(ledgers)
    matters = {record for ledger in ledgers.matters for record in ledger.ids if record}
    index = TaskIndex.of(tasks, matters, written, calendar)
    table = TaskTable(tasks, written, formulas, directory, calendar)
    outcome = _Outcome(findings=list(found))
    for parent in parents:
        _split(parent, table, index, outcome, is_named=bool(records))
    count = sum(proposal.status == ADDED for proposal in outcome.proposals)
    ids = iter(new_ids(ledgers, TASKS, now.year, count) if count else ())
    proposals = tuple(
        Proposal(each.draft, next(ids), ADDED) if each.status == ADDED else each for each in outcome.proposals
    )
    added = tuple(
        {
            "id": each.id,
            "state": _FIRST_STATE,
            "source": each.draft.parent.id,
            "created_at": now,
            **each.draft.cells,
        }
        for each in proposals
        if each.status == ADDED
    )
    return Splitting(proposals, added, tuple(outcome.cells), tuple(dict.fromkeys(outcome.findings)))


def _split(parent: ParentRow, table: TaskTable, index: TaskIndex, outcome: _Outcome, *, is_named: bool) -> None:
    """One agreement."""
    drafts = task_drafts(parent, table.directory, table.calendar)
    living = index.living(parent.id)
    pairs = matched_tasks(drafts, living)
    left = [place for place in range(len(drafts)) if place not in pairs]
    removed = () if is_named else index.removed(parent.id)
    gone = {left[i]: removed[j] for i, j in matched_tasks([drafts[place] for place in left], removed).items()}
    for place, draft in enumerate(drafts):
        known = living[pairs[place]] if place in pairs else gone.get(place) or index.stray(draft)
        _settle(draft, known, table, outcome)
    outcome.findings += _no_longer_agreed(
        parent, table, [task for j, task in enumerate(living) if j not in pairs.values()]
    )


def _settle(draft: TaskDraft, known: KnownTask | None, table: TaskTable, outcome: _Outcome) -> None:
    """One task of an agreement."""
    record, row = (known.record, known.row) if known else ("", None)
    is_closed = row is not None and table.ledger["state"][row] in CLOSED
    if draft.refusals and not is_closed:
        outcome.findings += draft.refusals
        reason = "；".join(dict.fromkeys(found.message for found in draft.refusals))
        outcome.note(draft, REFUSED, record=record, reason=reason)
    elif known is None:
        outcome.findings += (*draft.reminders, *draft.standard_taken)
        outcome.note(draft, ADDED)
    elif row is None:
        outcome.findings.append(_removed(draft, known))
        outcome.note(draft, UNCHANGED, record=record, reason="任务行已被删除，没有再次生成")
    else:
        merge = merged_task(table, draft, row)
        outcome.cells += merge.cells
        outcome.findings += merge.findings
        if merge.cells:
            outcome.findings += draft.reminders
        if merge.has_agreed_standard:
            outcome.findings += draft.standard_taken
        outcome.note(draft, UPDATED if merge.cells else UNCHANGED, record=record, reason=merge.reason)


def _removed(draft: TaskDraft, known: KnownTask) -> Finding:
    parent, agreed = draft.parent, draft.parent.source.agreed
    return parent.ledger.finding(
        refusals.TASK_REMOVED, parent.row, agreed, task=draft.title, record=known.record, source=parent.id
    )


def _no_longer_agreed(parent: ParentRow, table: TaskTable, tasks: Sequence[KnownTask]) -> Iterator[Finding]:
    """Open tasks split from this row that its agreement has no longer; what a person typed was never in it."""
    for task in tasks:
        row = task.row
        if row is None or table.records.base(task.record, "source") != parent.id:
            continue
        if table.ledger["source"][row] == parent.id and table.ledger["state"][row] not in CLOSED:
            yield table.ledger.finding(refusals.TASK_NO_LONGER_AGREED, row, "title", source=parent.id)
