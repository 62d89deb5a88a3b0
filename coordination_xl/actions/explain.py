"""时限说明: why this row has this due time. Source: SPEC section 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.timing.explanation import explanation
from coordination_xl.rules.timing.schedule import Basis, schedules
from coordination_xl.rules.timing.timers import TIMED

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.rules.timing.explained import Explanation


def explain(book: Book, record: str, now: datetime, *, ledgers: Ledgers | None = None) -> Explanation:
    """Explain the times of one row. Nothing is changed.

    Args:
        book: the workbook.
        record: the row's id.
        now: the moment of judgement.
        ledgers: the book's ledgers, where they were read already.

    Raises:
        UnknownRecord: no ledger has this id.
        UsageError: the row is of a table without due times.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
    """
    ledgers = ledgers or Ledgers.read(book)
    ledger, row = ledgers.locate(record)
    if ledger.table.name not in TIMED:
        raise UsageError(
            f"编号“{record}”", f"“{ledger.sheet}”的行没有时限", "请给出协调、任务、问题、会议、紧急事项或发文的编号"
        )
    basis = Basis.of(ledgers, now)
    schedule = next(each for each in schedules(ledgers, basis) if each.ledger.table.name == ledger.table.name)
    return explanation(schedule, row, basis, ledgers["Calendar"])
