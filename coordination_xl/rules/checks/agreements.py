"""The three-way cross-check: 协商结果 × 责任部门/人 × 完成时限, in every ledger. Source: SPEC B3, B5, A15, A23."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.ledger.agreed_tasks import (
    AgreedTask,
    Agreement,
    AgreementColumn,
    Cited,
    ContradictionKind,
    TaskNote,
)
from coordination_xl.ledger.agreements import read_agreement
from coordination_xl.ledger.dates import find_dates
from coordination_xl.rules.checks.people import party_findings
from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

AGREED = {"Coordination": "agreement", "Meetings": "resolutions", "Emergencies": "measures"}
"""For each table with agreed tasks the column that lists them; the others are 责任, 时限 and 验收标准."""

_NO_PERSON = frozenset({TaskNote.NO_PARTY, TaskNote.NO_PERSON, TaskNote.COLLECTIVE, TaskNote.SEVERAL_PARTIES})
_NO_DEADLINE = frozenset({TaskNote.NO_DEADLINE, TaskNote.DEADLINE_UNREADABLE, TaskNote.SEVERAL_DATES})
_STRANGE = frozenset({TaskNote.ALIAS, TaskNote.UNKNOWN_DEPARTMENT, TaskNote.UNKNOWN_PERSON})
_DIFFERENCES = {
    ContradictionKind.DATE_DIFFERS: "时限",
    ContradictionKind.DEPARTMENT_DIFFERS: "责任部门",
    ContradictionKind.PERSON_DIFFERS: "责任人",
}


def check_agreements(ledger: Ledger, directory: Directory) -> Iterator[Finding]:
    """Every agreed task has one person and one deadline, and the columns say the same.

    Rows that have not come as far as an agreement are passed over. A date without a year is told once for each cell.
    """
    agreed = AGREED.get(ledger.table.name)
    if agreed is None or not all(ledger.has(each) for each in (agreed, "responsible", "deadlines")):
        return
    life, since = ledger.table.life, ledger.table.column("responsible").required_from
    has_come = ledger["state"].isin(life.from_on(since)) if life and since else ledger["state"] != ""
    for row in ledger.flagged(agreed, has_come & (ledger[agreed] != "")):
        yield from _row(ledger, row, agreed, directory)


def agreement_of(ledger: Ledger, row: int, agreed: str, directory: Directory) -> Agreement:
    """The agreed tasks of one row."""
    return read_agreement(
        ledger[agreed][row],
        ledger["responsible"][row],
        ledger["deadlines"][row],
        ledger["acceptance"][row],
        anchor=_anchor(ledger, row),
        directory=directory,
    )


def _anchor(ledger: Ledger, row: int) -> pd.Timestamp | None:
    opened = ledger[ledger.table.opened_by][row]
    return None if pd.isna(opened) else pd.Timestamp(opened)


def task_faults(ledger: Ledger, row: int, agreement: Agreement, place: int, directory: Directory) -> Iterator[Finding]:
    """Why one agreed task cannot become a task of one person with one deadline; nothing where it can.

    Args:
        ledger: its ledger, one of :data:`AGREED`.
        row: the sheet row.
        agreement: that row's, see :func:`agreement_of`.
        place: position of the task in ``agreement.tasks``.
        directory: who is known.

    Source: SPEC B5, A7.
    """
    agreed, task = AGREED[ledger.table.name], agreement.tasks[place]
    yield from _incomplete(ledger, row, agreed, task)
    if TaskNote.UNKNOWN_DEPARTMENT in task.notes:
        strange = _strange(ledger, row, agreed, task, directory)
        yield from (found for found in strange if found.code == faults.UNKNOWN_DEPARTMENT.code)
    yield from _contradicted(ledger, row, agreed, agreement, place)


def _row(ledger: Ledger, row: int, agreed: str, directory: Directory) -> Iterator[Finding]:
    agreement = agreement_of(ledger, row, agreed, directory)
    for place, task in enumerate(agreement.tasks):
        yield from _incomplete(ledger, row, agreed, task)
        yield from _unlisted(ledger, row, agreed, task)
        yield from _strange(ledger, row, agreed, task, directory)
        yield from _contradicted(ledger, row, agreed, agreement, place)
    for column in (agreed, "deadlines"):
        yield from _yearless(ledger, row, column)
    for orphan in agreement.orphans:
        yield from _orphan(ledger, row, _columns(agreed)[orphan.column], agreed, orphan)


def _columns(agreed: str) -> Mapping[AgreementColumn, str]:
    """The identifiers of the columns of an agreement."""
    return {column: agreed if column is AgreementColumn.AGREEMENT else column.value for column in AgreementColumn}


def _strange(ledger: Ledger, row: int, agreed: str, task: AgreedTask, directory: Directory) -> Iterator[Finding]:
    if _STRANGE & set(task.notes) and task.party is not None:
        column = _columns(agreed)[task.party_from] if task.party_from else agreed
        yield from party_findings(ledger, row, column, task.party, directory)


def _contradicted(ledger: Ledger, row: int, agreed: str, agreement: Agreement, place: int) -> Iterator[Finding]:
    """Where the columns say different things of one task. That their numbers of entries differ is told by name elsewhere."""
    for contradiction in agreement.contradictions:
        if contradiction.kind is ContradictionKind.COUNT_DIFFERS or contradiction.task != place:
            continue
        left, right = contradiction.left, contradiction.right
        left_column, right_column = _columns(agreed)[left.column], _columns(agreed)[right.column]
        difference = (
            f"{_DIFFERENCES[contradiction.kind]}在“{ledger.headers[left_column]}”里是“{left.text}”，"
            f"在“{ledger.headers[right_column]}”里是“{right.text}”"
        )
        title = agreement.tasks[place].title
        yield ledger.finding(faults.CONTRADICTION, row, right_column, task=title, difference=difference)


def missing_of(task: AgreedTask) -> str:
    """What an agreed task lacks, in the words of a finding; ``""`` where it has one person and one deadline."""
    notes, missing = set(task.notes), []
    if _NO_PERSON & notes:
        missing.append("落实到一个责任人")
    if _NO_DEADLINE & notes:
        missing.append("写明完成时限")
    return "，也没有".join(missing)


def _incomplete(ledger: Ledger, row: int, agreed: str, task: AgreedTask) -> Iterator[Finding]:
    if missing := missing_of(task):
        columns = ledger.table.by_identifier
        yield ledger.finding(
            faults.TASK_WITHOUT_OWNER,
            row,
            agreed,
            task=task.text,
            missing=missing,
            who_header=ledger.headers.get("responsible", columns["responsible"].header),
            by_header=ledger.headers.get("deadlines", columns["deadlines"].header),
        )


def _unlisted(ledger: Ledger, row: int, agreed: str, task: AgreedTask) -> Iterator[Finding]:
    """A task whose person or deadline stands in the agreement alone, not in the column that is followed up."""
    told = ((task.party_from, task.party, "responsible"), (task.due_from, task.due or task.relative, "deadlines"))
    for source, content, column in told:
        if content is not None and source is AgreementColumn.AGREEMENT and not missing_of(task):
            yield ledger.finding(
                faults.TASK_NOT_LISTED, row, column, task=task.text, agreed_header=ledger.headers[agreed]
            )


def _yearless(ledger: Ledger, row: int, column: str) -> Iterator[Finding]:
    """Dates without a year in one cell, and the years they are taken for."""
    anchor = _anchor(ledger, row)
    dates = [date for date in find_dates(ledger[column][row]) if date.form.is_yearless]
    if not dates or anchor is None:
        return
    texts = "、".join(dict.fromkeys(date.text.removesuffix("前") for date in dates))
    years = "、".join(dict.fromkeys(str(when.year) for date in dates if (when := date.form.resolve(anchor))))
    if years:
        yield ledger.finding(faults.DATE_WITHOUT_YEAR, row, column, dates=texts, years=years)


def _orphan(ledger: Ledger, row: int, column: str, agreed: str, orphan: Cited) -> Iterator[Finding]:
    if ledger.has(column):
        yield ledger.finding(
            faults.TASK_NOT_AGREED, row, column, part=orphan.text, agreed_header=ledger.headers[agreed]
        )
