"""刷新逾期: due times, next feedback, overdue, lights and rungs over all ledgers, and the board. Source: SPEC section 5."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.actions.changing.audit import audit_rows, moved_dues
from coordination_xl.actions.changing.differences import block_changes, column_changes
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.figures.board import board_blocks
from coordination_xl.rules.figures.matters import matters_of, reds
from coordination_xl.rules.timing.certainty import check_certainty
from coordination_xl.rules.timing.schedule import Plan, calendar_columns
from coordination_xl.schema import dashboard
from coordination_xl.schema.vocabulary import LIGHT

if TYPE_CHECKING:
    from coordination_xl.books.changes import BlockChange
    from coordination_xl.books.port import Book
    from coordination_xl.rules.timing.schedule import Schedule

VERB = "刷新逾期"


def refresh(
    book: Book, now: datetime, *, actor: str = "", ledgers: Ledgers | None = None, plan: Plan | None = None
) -> Result:
    """Compute every column the program owns; nothing else is touched.

    Args:
        book: the workbook.
        now: the moment of judgement; due now is not overdue.
        actor: who asks, for 修改记录.
        ledgers: the book's ledgers, where they were read already.
        plan: their schedules, where they were computed already.

    Returns:
        The changes; as findings the due times that rest on a year without its official calendar; as summary the
        lights of each ledger and the worst overdue.

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = ledgers or Ledgers.read(book)
    plan = plan or Plan.of(ledgers, now)
    basis, timed = plan.basis, plan.schedules
    lived = tuple(schedule for schedule in timed if schedule.ledger.table.life)
    columns = [change for schedule in timed for change in column_changes(schedule.ledger, schedule.columns)]
    columns += column_changes(ledgers["Calendar"], calendar_columns(ledgers["Calendar"]))
    departments = [name for name in dict.fromkeys(ledgers["Contacts"]["department"]) if name]
    matters = matters_of(lived, basis.calendar, now)
    blocks = block_changes(book, board_blocks(matters, departments, now))
    changes = ChangeSet(
        columns=tuple(columns),
        added=audit_rows(ledgers, moved_dues(ledgers, columns), VERB, actor, now),
        blocks=blocks if columns or not _only_the_hour(blocks) else (),
    )
    worst = reds(matters)
    return Result(
        verb="refresh",
        book=book.name,
        changes=changes,
        findings=tuple(found for schedule in timed for found in check_certainty(schedule)),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "lights": {schedule.ledger.sheet: _light_counts(schedule) for schedule in lived},
            "overdue": len(worst),
            "worst": [_plain(record) for record in worst.head(10).to_dict("records")],
        },
    )


def _only_the_hour(blocks: tuple[BlockChange, ...]) -> bool:
    """Whether nothing on the board changes but the time of day it stands for: not worth a new file every few minutes."""
    if [block.name for block in blocks] != [dashboard.AS_OF]:
        return False
    old, new = blocks[0].old[0], blocks[0].new[0]
    return isinstance(old, datetime) and isinstance(new, datetime) and old.date() == new.date()


def _light_counts(schedule: Schedule) -> dict[str, int]:
    counts = schedule.columns["light"].value_counts()
    return {light: int(counts.get(light, 0)) for light in LIGHT.words}


def _plain(record: dict[object, object]) -> dict[str, object]:
    kept = ("sheet", "id", "title", "who", "due", "days", "rung")
    plain = {key: record[key] for key in kept}
    due = plain["due"]
    plain["due"] = due.to_pydatetime() if isinstance(due, pd.Timestamp) else None
    return plain
