"""排例会: the next meetings of 例会 as rows of 会议台账. Source: SPEC A3, section 5, ``recur``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.changing.audit import audit_rows
from coordination_xl.actions.changing.edits import new_rows
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet, ColumnChange
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.meetings.meeting_plan import off_days, plan_meetings, record_of
from coordination_xl.rules.numbering import new_ids
from coordination_xl.rules.settings import Settings
from coordination_xl.rules.timing.calendar import calendar_of
from coordination_xl.schema.tables import MEETINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from coordination_xl.books.changes import RowsAdded
    from coordination_xl.books.port import Book

VERB = "排例会"
WEEKS, MOST_WEEKS = 4, 53
"""How far ahead meetings are planned, unless it is said; and at most."""


def recur(book: Book, now: datetime, *, weeks: int = WEEKS, actor: str = "") -> Result:
    """Plan the standing meetings of the next weeks.

    Every active rule of 例会 gives its meetings that begin after ``now`` and at the latest on the day ``weeks`` weeks from
    now; see :func:`~coordination_xl.rules.meetings.recurrence.occurrences` for rest days. A meeting that was planned once is never
    planned again: whether it was moved, renamed, refused or deleted since, its remark or 修改记录 knows it. Neither is one
    that somebody has entered by hand, under the rule's name on the same day.

    部门周会 and 项目月度会 need no application (A13): they are 已批准, by their host. Others are 申请.

    Args:
        book: the workbook.
        now: the moment of judgement.
        weeks: how many weeks ahead, 1 to 53.
        actor: who asks, for 修改记录.

    Returns:
        The new rows; as findings the rules that are left out because they contradict themselves, meetings planned for a
        year whose official calendar is not there, and provisional ones that turn out to lie on a rest day.

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
        UsageError: ``weeks`` is out of range.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise UsageError(f"--weeks {weeks}", "超出范围", f"请填 1 到 {MOST_WEEKS}")
    ledgers = Ledgers.read(book)
    settings = Settings.of(ledgers["Settings"])
    calendar = calendar_of(ledgers["Calendar"], settings)
    plan = plan_meetings(ledgers, calendar, now, now.date() + timedelta(weeks=weeks), settings, VERB)
    ids = new_ids(ledgers, MEETINGS, now.year, len(plan.planned))
    records = [record_of(each, record, now) for each, record in zip(plan.planned, ids, strict=True)]
    raw = ChangeSet(added=new_rows(ledgers["Meetings"], records))
    changes = settled(book, ledgers, raw, now, verb=VERB, actor=actor)
    if records:
        changes += ChangeSet(added=_references(ledgers, records, actor, now))
    return Result(
        verb="recur",
        book=book.name,
        changes=changes,
        findings=(*plan.findings, *off_days(ledgers, calendar, now)),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "rules": plan.rule_count,
            "until": now.date() + timedelta(weeks=weeks),
            "added": len(records),
            "meetings": [_told(record) for record in records],
            "dropped": [{"rule": rule, "title": title, "planned": day} for rule, title, day in plan.dropped],
        },
    )


def _references(
    ledgers: Ledgers, records: Sequence[Mapping[str, object]], actor: str, now: datetime
) -> tuple[RowsAdded, ...]:
    """Rows of 修改记录 that keep which rule and date each meeting came from, whatever becomes of its row."""
    meetings = ledgers["Meetings"]
    nothing = np.full(len(records), None, dtype=object)
    ids, remarks = (np.array([record[key] for record in records], dtype=object) for key in ("id", "remarks"))
    header = meetings.headers.get("remarks", MEETINGS.column("remarks").header)
    change = ColumnChange("Meetings", header, np.zeros(len(records), dtype=np.int64), ids, nothing, remarks)
    return audit_rows(ledgers, [change], VERB, actor, now)


def _told(record: Mapping[str, object]) -> dict[str, object]:
    return {key: record[key] for key in ("id", "title", "starts_at", "remarks")}
