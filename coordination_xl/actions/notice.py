"""生成通知: the notices of one kind, from named rows or from all that are due. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.dispatching.issuing import ALL_FORMATS, FORMATS, issued
from coordination_xl.actions.dispatching.weekly import weekly
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.dispatching.due_notices import due_notices
from coordination_xl.rules.reminding.reminders import reminder_drafts
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema.notices import DIGEST, NOTICE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.actions.results import Result
    from coordination_xl.books.port import Book

VERB = "生成通知"


def notice(
    book: Book,
    kind: str,
    now: datetime,
    *,
    records: Sequence[str] = (),
    actor: str = "",
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
    out: Path | None = None,
) -> Result:
    """Write the notices of a kind that are due, or those of named matters; each once for its key.

    Args:
        book: the workbook.
        kind: 通知种类, one of the fourteen.
        now: the moment of writing.
        records: ids of matters; none means all that are due.
        actor: who asks, for 修改记录.
        formats: of ``html``, ``docx``, ``eml``, ``txt``; without ``eml`` the notice goes out on paper (渠道 书面).
        folder: where 外发目录 of 参数 begins and the user's own templates are; the workbook's own where it is not given.
        out: where the files go instead of 外发目录.

    Returns:
        Rows of 发文记录, the files, and as findings who could not be reached, who may not read the content, and what was
        sent already.

    Raises:
        UsageError: there is no such kind or format.
        UnknownRecord: no ledger has an id.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    _refuse_unknown(kind, formats)
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    for record in records:
        ledgers.locate(record)
    if kind == DIGEST:
        return weekly(book, ledgers, plan, now, verb=VERB, actor=actor, formats=formats, folder=folder, out=out)
    if NOTICE[kind].is_reminder:
        drafts, findings, _ = reminder_drafts(ledgers, plan, now, kinds=[kind], records=records or None)
    else:
        drafts, findings = due_notices(ledgers, plan, now, kinds=[kind], records=records or None)
    return issued(
        book,
        ledgers,
        plan,
        drafts,
        now,
        verb=VERB,
        name="notice",
        actor=actor,
        formats=formats,
        folder=folder,
        out=out,
        findings=findings,
    )


def _refuse_unknown(kind: str, formats: Sequence[str]) -> None:
    if kind not in NOTICE:
        raise UsageError(kind, "没有这种通知", f"可以写：{'、'.join(NOTICE)}")
    if strange := [each for each in formats if each not in ALL_FORMATS]:
        raise UsageError(f"--format {strange[0]}", "没有这种格式", f"可以写：{'、'.join(ALL_FORMATS)}")
    if not formats:
        raise UsageError("--format", "没有写格式", f"可以写：{'、'.join(ALL_FORMATS)}")
