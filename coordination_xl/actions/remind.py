"""催办升级: what is due for a reminder or the next rung, one mail a person. Source: SPEC A11, A17, A22, section 5, ``remind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.dispatching.issuing import FORMATS, issued
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.reminding.quiet_hours import next_opening
from coordination_xl.rules.reminding.reminders import reminder_drafts
from coordination_xl.rules.timing.schedule import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.actions.results import Result
    from coordination_xl.books.port import Book

VERB = "催办升级"


def remind(
    book: Book,
    now: datetime,
    *,
    actor: str = "",
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
    out: Path | None = None,
) -> Result:
    """Write the reminders that are due: 蓝, 黄 and 红, each rung of the ladder once for its 时限版本.

    Several to one person are one mail, 催办汇总; each still has its own row of 发文记录. Outside 催办时段 only emergencies are
    told; the others come up with the first run in working hours.

    Args:
        book: the workbook.
        now: the moment of judgement.
        actor: who asks, for 修改记录.
        formats: of ``html``, ``docx``, ``eml``, ``txt``.
        folder: where 外发目录 of 参数 begins and the user's own templates are; the workbook's own where it is not given.
        out: where the files go instead of 外发目录.

    Returns:
        Rows of 发文记录, the files, and as findings who could not be reached or may not read the content. ``summary``: also
        ``people`` (how many get a mail), ``held`` (reminders that 催办时段 holds back), ``held_until`` (``None`` where it holds
        none).

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    drafts, findings, held = reminder_drafts(ledgers, plan, now)
    return issued(
        book,
        ledgers,
        plan,
        drafts,
        now,
        verb=VERB,
        name="remind",
        actor=actor,
        formats=formats,
        folder=folder,
        out=out,
        findings=findings,
        summary={
            "people": len({each.address.addr_spec.casefold() for draft in drafts for each in draft.to}),
            "held": held,
            "held_until": next_opening(now, plan.basis.calendar) if held else None,
        },
    )
