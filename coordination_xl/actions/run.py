"""What a timetable calls: check and refresh one workbook in a single reading and a single save. Source: SPEC section 5, ``run``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.check import check
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.results import Result
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.timing.schedule import Plan

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.books.port import Book


def run(book: Book, now: datetime, *, actor: str = "") -> Result:
    """Check, then refresh, over one workbook.

    Args:
        book: the workbook.
        now: the moment of judgement.
        actor: who asks, for 修改记录.

    Returns:
        Both results as one: one change set, all findings, the summaries side by side.

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    checked = check(book, now, actor=actor, ledgers=ledgers, plan=plan)
    refreshed = refresh(book, now, actor=actor, ledgers=ledgers, plan=plan)
    return Result(
        verb="run",
        book=book.name,
        changes=checked.changes + refreshed.changes,
        findings=tuple(dict.fromkeys(checked.findings + refreshed.findings)),
        sheets=checked.sheets,
        summary={**checked.summary, **refreshed.summary},
    )
