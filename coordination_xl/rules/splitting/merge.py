"""Three-way: what ``split`` last wrote, what stands in the cell, what the agreement says now. Source: SPEC section 5 ``split``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.directories import person_key
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold_name
from coordination_xl.ledger.parties import read_party
from coordination_xl.rules.splitting.records import CLOSED
from coordination_xl.rules.timing.deadlines import at_closing
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.splitting.drafts import TaskDraft
    from coordination_xl.rules.splitting.records import TaskRecords
    from coordination_xl.schema.faults import Fault
    from coordination_xl.worktime import WorkCalendar

UNDER_ACCEPTANCE = "待验收"

_GROUPS = (
    ("title",),
    ("responsible", "department"),
    ("deadline",),
    ("deliverable",),
    ("acceptance",),
    ("cooperating",),
    ("urgency",),
    ("remarks",),
)
"""Columns that change together: a person with the department."""

_TOLD = ("responsible", "deadline", "acceptance")
"""What a row typed by hand is compared in."""

_NOTHING = "（空）"


@dataclass(frozen=True)
class TaskTable:
    """任务跟踪表 as ``split`` finds it.

    Attributes:
        ledger: its ledger.
        records: what ``split`` wrote into it before.
        formulas: sheet row and identifier of the cells in which somebody computes: they are theirs.
        directory: who is known.
        calendar: tells what a bare date means.
    """

    ledger: Ledger
    records: TaskRecords
    formulas: frozenset[tuple[int, str]]
    directory: Directory
    calendar: WorkCalendar

    def text(self, row: int, identifier: str) -> str:
        """What stands in a cell, as a person reads it."""
        return shown(self.ledger.typed_at(row, identifier)).strip() if self.ledger.has(identifier) else ""


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of one task that is there already.

    Attributes:
        cells: sheet row, identifier and new value of the cells that follow the agreement.
        findings: where the row and the agreement differ and nothing was changed.
        reason: why the row was left as it is; ``""`` where it was not.
        has_agreed_standard: whether its 验收标准 is, or will be, the agreement's.
    """

    cells: tuple[tuple[int, str, object], ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    has_agreed_standard: bool = False


def merged_task(table: TaskTable, draft: TaskDraft, row: int) -> Merge:
    """Bring one task into line with its agreement without touching what a person has changed.

    A cell that still holds what ``split`` last wrote follows the agreement. One that a person (or an approved extension)
    has changed stays; where the agreement has changed too, a reminder names both. A row that a person typed stays
    whole. 已完成 and 已取消 are never looked at again, 待验收 is never changed.

    Args:
        table: 任务跟踪表.
        draft: what the agreement says.
        row: sheet row of the task.
    """
    ledger, source = table.ledger, draft.parent.id
    record, state = ledger.id_at(row), ledger["state"][row]
    if state in CLOSED:
        return Merge(reason=f"任务{state}，不再改动")
    is_typed = table.records.base(record, "id") is None
    if is_typed and ledger["source"][row] != source:
        facts = {"record": record, "parent": source, "value": ledger["source"][row] or _NOTHING}
        stray = ledger.finding(refusals.TASK_UNDER_ANOTHER_SOURCE, row, "source", **facts)
        return Merge(findings=(stray,), reason="同名同责任人的任务已登记在别的来源下，没有另建")
    if ledger["source"][row] != source:
        return Merge(reason=f"来源编号已由人改为“{ledger['source'][row] or _NOTHING}”，未改动")
    if is_typed:
        return Merge(findings=tuple(_differences(table, draft, row)), reason="人工登记的任务，未改动")
    if state == UNDER_ACCEPTANCE:
        moved = [name for group in _GROUPS for name in group if _has_moved(table, draft, record, row, name)]
        found = [_told(table, draft, row, refusals.TASK_UNDER_ACCEPTANCE, name) for name in moved if name != "remarks"]
        return Merge(findings=tuple(found), reason="任务待验收，不再改动")
    cells: list[tuple[int, str, object]] = []
    kept: list[Finding] = []
    edited = {name for group in _GROUPS for name in group if _is_edited(table, record, row, name)}
    for group in _GROUPS:
        if "remarks" in group and "deadline" in edited:
            continue  # they explain a deadline that is not there
        if edited.isdisjoint(group):
            cells += [
                (row, name, draft.cells[name])
                for name in group
                if ledger.has(name) and table.text(row, name) != shown(draft.cells[name]).strip()
            ]
        else:
            moved = [name for name in group if _has_moved(table, draft, record, row, name)]
            kept += [_told(table, draft, row, refusals.TASK_EDITED, name) for name in moved[:1]]
    reason = "人改过的内容已保留" if edited and not cells else ""
    return Merge(tuple(cells), tuple(kept), reason, has_agreed_standard="acceptance" not in edited)


def _is_edited(table: TaskTable, record: str, row: int, name: str) -> bool:
    """Whether a person has changed a cell since ``split`` wrote it."""
    if not table.ledger.has(name):
        return False
    return (row, name) in table.formulas or table.text(row, name) != (table.records.base(record, name) or "").strip()


def _has_moved(table: TaskTable, draft: TaskDraft, record: str, row: int, name: str) -> bool:
    """Whether the agreement says something else than ``split`` last wrote, and than the cell says now."""
    wanted = shown(draft.cells[name]).strip()
    has_changed = wanted != (table.records.base(record, name) or "").strip()
    is_agreed = not (name == "acceptance" and draft.is_standard_taken)
    return has_changed and is_agreed and table.ledger.has(name) and not _is_same(table, draft, row, name)


def _differences(table: TaskTable, draft: TaskDraft, row: int) -> Iterator[Finding]:
    """Where a row that a person typed says something else than the agreement."""
    for name in _TOLD:
        says_nothing = not shown(draft.cells[name]) or (name == "acceptance" and draft.is_standard_taken)
        if table.ledger.has(name) and not says_nothing and not _is_same(table, draft, row, name):
            yield _told(table, draft, row, refusals.TASK_DIFFERS, name)


def _told(table: TaskTable, draft: TaskDraft, row: int, fault: Fault, name: str) -> Finding:
    return table.ledger.finding(
        fault,
        row,
        name,
        value=table.text(row, name) or _NOTHING,
        agreed=shown(draft.cells[name]) or _NOTHING,
        source=draft.parent.id,
    )


def _is_same(table: TaskTable, draft: TaskDraft, row: int, name: str) -> bool:
    """Whether a cell means what the agreement says, however it is written."""
    if name == "deadline":
        typed = table.ledger["deadline"].to_numpy(dtype="datetime64[s]")[[table.ledger.position(row)]]
        (stands,) = at_closing(typed, table.calendar)
        wanted = draft.cells["deadline"]
        return not np.isnat(stands) and wanted is not None and stands == np.datetime64(pd.Timestamp(str(wanted)), "s")
    if name == "responsible":
        left, right = (
            read_party(text, table.directory) for text in (table.text(row, name), str(draft.cells["responsible"]))
        )
        same_person = person_key(left.person or "") == person_key(right.person or "")
        return same_person and left.department in {right.department, None}
    return fold_name(table.text(row, name)) == fold_name(shown(draft.cells[name]))
