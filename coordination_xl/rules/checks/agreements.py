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
    from collections.abc import Iterator

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


def _row(ledger: Ledger, row: int, agreed: str, directory: Directory) -> Iterator[Finding]:
    agreement = agreement_of(ledger, row, agreed, directory)
    columns = {"agreement": agreed, "responsible": "responsible", "deadlines": "deadlines", "acceptance": "acceptance"}
    for task in agreement.tasks:
        yield from _incomplete(ledger, row, agreed, task)
        yield from _unlisted(ledger, row, agreed, task)
        if _STRANGE & set(task.notes) and task.party is not None:
            column = columns[task.party_from.value] if task.party_from else agreed
            yield from party_findings(ledger, row, column, task.party, directory)
    for column in (agreed, "deadlines"):
        yield from _yearless(ledger, row, column)
    for orphan in agreement.orphans:
        yield from _orphan(ledger, row, columns[orphan.column.value], agreed, orphan)
    for contradiction in agreement.contradictions:
        if contradiction.kind is ContradictionKind.COUNT_DIFFERS or contradiction.task is None:
            continue  # a count differs because a task lacks its entry, and that is told by name
        left, right = contradiction.left, contradiction.right
        difference = (
            f"{_DIFFERENCES[contradiction.kind]}在“{ledger.headers[columns[left.column.value]]}”里是“{left.text}”，"
            f"在“{ledger.headers[columns[right.column.value]]}”里是“{right.text}”"
        )
        task_text = agreement.tasks[contradiction.task].title
        yield ledger.finding(
            faults.CONTRADICTION, row, columns[right.column.value], task=task_text, difference=difference
        )


def _incomplete(ledger: Ledger, row: int, agreed: str, task: AgreedTask) -> Iterator[Finding]:
    notes = set(task.notes)
    missing = []
    if _NO_PERSON & notes:
        missing.append("落实到一个责任人")
    if _NO_DEADLINE & notes:
        missing.append("写明完成时限")
    if missing:
        yield ledger.finding(
            faults.TASK_WITHOUT_OWNER,
            row,
            agreed,
            task=task.text,
            missing="，也没有".join(missing),
            who_header=ledger.headers["responsible"],
            by_header=ledger.headers["deadlines"],
        )


def _unlisted(ledger: Ledger, row: int, agreed: str, task: AgreedTask) -> Iterator[Finding]:
    """A task whose person or deadline stands in the agreement alone, not in the column that is followed up."""
    told = ((task.party_from, task.party, "responsible"), (task.due_from, task.due or task.relative, "deadlines"))
    for source, content, column in told:
        if content is not None and source is AgreementColumn.AGREEMENT and not _is_incomplete(task):
            yield ledger.finding(
                faults.TASK_NOT_LISTED, row, column, task=task.text, agreed_header=ledger.headers[agreed]
            )


def _is_incomplete(task: AgreedTask) -> bool:
    return bool((_NO_PERSON | _NO_DEADLINE) & set(task.notes))


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
