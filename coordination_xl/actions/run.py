"""What a timetable calls: check, refresh, remind and notice in a single reading and a single save. Source: SPEC section 5, ``run``.

Sending is the step behind it, because it wants the notices to be written: see :mod:`coordination_xl.actions.batch`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.settling import drafted, settled
from coordination_xl.actions.check import check
from coordination_xl.actions.dispatching.issuing import counted, drawn_up
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.results import Result
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.dispatching.due_notices import due_notices
from coordination_xl.rules.reminding.reminders import reminder_drafts
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import refusals
from coordination_xl.schema.settings import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding

VERB = "定时运行"


def run(book: Book, now: datetime, *, actor: str = "", folder: Path | None = None) -> Result:
    """Check, refresh, and write what is due of reminders and notices, over one workbook.

    Args:
        book: the workbook.
        now: the moment of judgement.
        actor: who asks, for 修改记录.
        folder: where 外发目录 of 参数 begins and the user's own templates are; the workbook's own where it is not given.

    Returns:
        All results as one: one change set, the files for the outbox, all findings, the summaries side by side.

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    refreshed = refresh(book, now, actor=actor, ledgers=ledgers, plan=plan)
    reminders, unreminded, held = reminder_drafts(ledgers, plan, now)
    notices, unnoticed = due_notices(ledgers, plan, now)
    drafts = (*reminders, *notices)
    if drafts and not ledgers["Dispatch"].has("file"):  # an older workbook is checked and refreshed all the same
        drafts, unnoticed = (), (*unnoticed, *_no_mail_column(ledgers))
    done = drawn_up(book, ledgers, plan, drafts, now, folder=folder)
    changes = refreshed.changes
    if done.rows:
        added = settled(book, ledgers, done.changes(ledgers), now, verb=VERB, actor=actor, is_everything=True)
        changes = added + _beside(refreshed.changes, added)
        checked = check(drafted(book, changes), now, actor=actor)  # the new rows are judged, too
    else:
        checked = check(book, now, actor=actor, ledgers=ledgers, plan=plan)
    return Result(
        verb="run",
        book=book.name,
        changes=checked.changes + changes,
        findings=tuple(
            dict.fromkeys((*checked.findings, *refreshed.findings, *unreminded, *unnoticed, *done.findings))
        ),
        sheets=checked.sheets,
        summary={**checked.summary, **refreshed.summary, **counted(done), "held": held},
        files=done.files,
        notices=done.notices,
    )


def _no_mail_column(ledgers: Ledgers) -> Iterator[Finding]:
    """That notices could not be written, told at 工作簿版本 of 参数, or where 参数 begins."""
    settings = ledgers["Settings"]
    rows = settings.rows[(settings["key"] == FORMAT.key).to_numpy()]
    for row in (*rows, *settings.rows)[:1]:
        yield settings.finding(refusals.NO_MAIL_COLUMN, int(row), "value")


def _beside(refreshed: ChangeSet, settled: ChangeSet) -> ChangeSet:
    """What ``refresh`` changes besides: the columns of tables without clocks, and the board."""
    there = {(change.table, change.header) for change in settled.columns}
    return replace(
        refreshed,
        columns=tuple(change for change in refreshed.columns if (change.table, change.header) not in there),
        added=(),
    )
