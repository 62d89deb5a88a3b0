"""归档: which finished matters may be laid down, and why the others may not. Source: SPEC A7, A12, A16, A17, A23, B4."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.errors import UsageError
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.folding import fold
from coordination_xl.rules.checks import check_all
from coordination_xl.rules.checks.agreements import AGREED, agreement_of
from coordination_xl.schema import faults, refusals
from coordination_xl.schema.tables import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

ARCHIVED = "已归档"

ACCEPTANCE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Coordination": ("done_at",),
        "Problems": ("accepted_at", "verdict"),
        "Meetings": ("minutes_signed_at",),
        "Emergencies": ("reviewed_at", "root_cause", "measures"),
    }
)
"""The tables whose matters are archived, and the columns by which each is accepted. Source: SPEC A7, A12, A16, A23."""

LESSONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(("Coordination", "Problems"), ("outcome", "lessons", "experience"))
)
"""What must have been learned before a matter is archived. Source: SPEC B4."""

LIFE_FAULTS = frozenset(
    fault.code
    for fault in (
        faults.CELL_ERROR,
        faults.UNREADABLE_DATE,
        faults.REQUIRED_BLANK,
        faults.DUPLICATE_ID,
        faults.MALFORMED_ID,
        faults.DATE_ORDER,
        faults.DATE_IN_FUTURE,
        faults.STATE_JUMP,
    )
)
"""Errors that leave it open whether a matter came to its end as it should; others may stay as they are, such as a notice
period that was too short, which nobody can make good."""

_SIGNED_BY_TASKS = frozenset({"Coordination"})
"""Where the end itself says that every task is done (办结时间), so that splitting afterwards would only make stale tasks."""

_NOTHING = frozenset({"", "无", "没有", "暂无", "无决议", "无决议事项", "无改进措施", "-", "—", "/"})
"""How people write that nothing was agreed."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One row of a ledger.

    Attributes:
        table: ASCII name of its table.
        row: sheet row.
        record: its id.
    """

    table: str
    row: int
    record: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be archived.

    Attributes:
        ready: matters that may be archived now.
        archived: matters that were asked for by id and are archived already.
        findings: why the others may not, and what of the ready ones is worth a look.
    """

    ready: tuple[Matter, ...]
    archived: tuple[Matter, ...]
    findings: tuple[Finding, ...]


def last_states(ledger: Ledger) -> tuple[str, ...]:
    """The states from which a matter of this ledger may be archived."""
    life = ledger.table.life
    return tuple(state for state, steps in life.steps.items() if ARCHIVED in steps) if life else ()


def archivable(ledgers: Ledgers, now: datetime, records: Sequence[str] = ()) -> Verdict:
    """Judge matters: the named ones, or every one that stands at its last step before the archive.

    A matter may be archived when all its tasks are finished or cancelled, it was accepted, what was agreed has become
    tasks, what was learned is written down, and its row has no error of :data:`LIFE_FAULTS`.

    Args:
        ledgers: the workbook.
        now: the moment of judgement.
        records: ids; none means all.

    Raises:
        UnknownRecord: no ledger has an id.
        UsageError: an id is of a table whose rows are not archived.
    """
    matters = _named(ledgers, records) if records else _finished(ledgers)
    archived = tuple(each for each in matters if ledgers[each.table]["state"][each.row] == ARCHIVED)
    directory = Directory.of(ledgers["Contacts"].frame)
    tasks = ledgers["Tasks"].frame
    places = tasks.groupby("source").indices
    errors: dict[tuple[str, int], list[Finding]] = {}
    for found in check_all(ledgers, now):
        if found.is_error and found.code in LIFE_FAULTS:
            errors.setdefault((found.table, found.row), []).append(found)
    ready, findings = [], []
    for each in matters:
        if each in archived:
            continue
        ledger, own = ledgers[each.table], tasks.iloc[places.get(each.record, [])]
        if (refused := _unfinished(ledger, each)) is not None:
            findings.append(refused)
            continue
        found_here = [
            *_open_tasks(ledger, each, own),
            *_blank(ledger, each),
            *_unsplit(ledger, each, own, directory),
            *_errors(ledger, each, errors.get((each.table, each.row), [])),
        ]
        findings += found_here
        if not any(found.is_error for found in found_here):
            ready.append(each)
    return Verdict(tuple(ready), archived, tuple(findings))


def _named(ledgers: Ledgers, records: Sequence[str]) -> tuple[Matter, ...]:
    found = {}
    for record in records:
        ledger, row = ledgers.locate(record)
        if ledger.table.name not in ACCEPTANCE:
            hint = "给出它的来源事项" if ledger.table is TASKS else "只能归档协调、问题、会议和紧急事项"
            raise UsageError(f"编号“{record}”", f"“{ledger.sheet}”的行不单独归档", hint)
        found[ledger.table.name, row] = Matter(ledger.table.name, row, ledger.id_at(row))
    return tuple(found.values())


def _finished(ledgers: Ledgers) -> tuple[Matter, ...]:
    return tuple(
        Matter(name, row, ledgers[name].id_at(row))
        for name in ACCEPTANCE
        for row in ledgers[name].flagged("state", ledgers[name]["state"].isin(last_states(ledgers[name])))
    )


def _unfinished(ledger: Ledger, matter: Matter) -> Finding | None:
    state, allowed = str(ledger["state"][matter.row]), last_states(ledger)
    if state in allowed:
        return None
    steps = ledger.table.life.steps.get(state, ()) if ledger.table.life else ()
    return ledger.finding(
        refusals.NOT_FINISHED,
        matter.row,
        "state",
        allowed="、".join(allowed),
        steps="、".join(steps) or "改为下拉列表中的状态",
    )


def _open_tasks(ledger: Ledger, matter: Matter, tasks: pd.DataFrame) -> Iterator[Finding]:
    """Every task is finished or cancelled. Source: SPEC A7, A17."""
    finished = TASKS.life.finished if TASKS.life else frozenset()
    waiting = tasks[~tasks["state"].isin(finished)]
    if len(waiting):
        names = "、".join(
            f"{task.id} {task.title}（{task.state}）" for task in waiting[["id", "title", "state"]].itertuples()
        )
        yield ledger.finding(refusals.OPEN_TASKS, matter.row, "state", count=len(waiting), tasks=names)


def _blank(ledger: Ledger, matter: Matter) -> Iterator[Finding]:
    """The acceptance, and what was learned. A workbook without a column for lessons is not asked for them."""
    for identifier in ACCEPTANCE[matter.table]:
        column = ledger.table.column(identifier)
        if _is_blank(ledger, matter, identifier):
            place = identifier if ledger.has(identifier) else "state"
            yield ledger.finding(refusals.NOT_ACCEPTED, matter.row, place, header=column.header)
    for identifier in LESSONS.get(matter.table, ()):
        if ledger.has(identifier) and _is_blank(ledger, matter, identifier):
            column = ledger.table.column(identifier)
            address = ledger.address(matter.row, identifier)
            yield ledger.finding(refusals.NO_LESSONS, matter.row, identifier, address=address, help=column.help)


def _is_blank(ledger: Ledger, matter: Matter, identifier: str) -> bool:
    value = ledger[identifier][matter.row]
    return bool(pd.isna(value)) or not str(value).strip()


def _unsplit(ledger: Ledger, matter: Matter, tasks: pd.DataFrame, directory: Directory) -> Iterator[Finding]:
    """What was agreed has become tasks; cancelled ones count, for somebody decided so. Source: SPEC A17, A23, B3."""
    agreed = AGREED.get(matter.table)
    if agreed is None or not ledger.has(agreed) or fold(str(ledger[agreed][matter.row])).strip(" 。.") in _NOTHING:
        return
    count = len(agreement_of(ledger, matter.row, agreed, directory).tasks)
    if count <= len(tasks):
        return
    is_missing = not len(tasks) and matter.table not in _SIGNED_BY_TASKS
    fault = refusals.NOT_SPLIT if is_missing else refusals.FEWER_TASKS
    yield ledger.finding(fault, matter.row, agreed, count=count, tasks=len(tasks))


def _errors(ledger: Ledger, matter: Matter, errors: Sequence[Finding]) -> Iterator[Finding]:
    """Errors of the row that are not told already as a missing acceptance."""
    told = {ledger.headers.get(identifier) for identifier in ACCEPTANCE[matter.table]}
    left = [found for found in errors if not (found.code == faults.REQUIRED_BLANK.code and found.column in told)]
    if left:
        first = next((key for key, header in ledger.headers.items() if header == left[0].column), "state")
        listed = "；".join(f"{found.address} {found.message}" for found in left)
        yield ledger.finding(refusals.ERRORS_LEFT, matter.row, first, count=len(left), errors=listed)
