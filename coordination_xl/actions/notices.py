"""生成通知 from a selection: every kind that the named rows, or all rows, are due for. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.dispatching.issuing import FORMATS, issued
from coordination_xl.actions.notice import VERB
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.dispatching.due_notices import due_notices
from coordination_xl.rules.reminding.reminders import reminder_drafts
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.actions.results import Result
    from coordination_xl.books.port import Book


def notices(
    book: Book, now: datetime, *, records: Sequence[str] = (), actor: str = "", folder: Path | None = None
) -> Result:
    """Write the notices that are due, of whatever kind; each once for its key.

    Named matters get every kind that their state asks for, however long ago it came up. A named matter whose state asks for
    none gets the reminders that its clocks ask for. Without names it is every notice that a state has made due lately; what is
    to be reminded of is left to ``remind``, and 周报 to ``report``.

    Args:
        book: the workbook.
        now: the moment of writing.
        records: ids of matters; none means all that are due.
        actor: who asks, for 修改记录.
        folder: where 外发目录 of 参数 begins and the user's own templates are; the workbook's own where it is not given.

    Returns:
        Rows of 发文记录, the files, and as findings who could not be reached, who may not read the content, and why a named
        matter gets nothing.

    Raises:
        UnknownRecord: no ledger has an id.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    drafts, findings = due_notices(ledgers, plan, now, records=records or None)
    told = {draft.record for draft in drafts}
    if silent := [record for record in records if record not in told]:
        reminders, found, _ = reminder_drafts(ledgers, plan, now, records=silent)
        drafts = (*drafts, *reminders)
        settled = {draft.record for draft in reminders}
        misplaced = {each.id for each in findings if each.code == refusals.NOT_FOR_LEDGER.code}
        settled |= misplaced & {each.id for each in found}  # of a task its clock has said more
        findings = (*(each for each in findings if each.id not in settled), *found)
    return issued(
        book, ledgers, plan, drafts, now, verb=VERB, name="notice", actor=actor, formats=FORMATS, folder=folder,
        findings=findings,
    )  # fmt: skip
