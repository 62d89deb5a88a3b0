"""生成通知, 催办升级, 发送 and 回执."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.actions.notices import notices as write_notices
from coordination_xl.actions.receipts import receipts as read_receipts
from coordination_xl.actions.remind import remind as remind_book
from coordination_xl.actions.send import send as plan_sending
from coordination_xl.actor import actor
from coordination_xl.addin.clicking.confirmed import confirm, is_confirmed
from coordination_xl.addin.clicking.opening import open_folder
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import NOTIFIED
from coordination_xl.addin.summaries.notices import (
    gone_already,
    told_drafts,
    told_due,
    told_login,
    told_notices,
    told_receipts,
    told_reminders,
    told_sent,
    told_stuck,
    told_waiting,
)
from coordination_xl.dispatch.servers import imap_server
from coordination_xl.errors import OutcomeNotSaved, UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.settings import Settings
from coordination_xl.schema.settings import IMAP
from coordination_xl.schema.tables import SETTINGS

if TYPE_CHECKING:
    from coordination_xl.actions.results import Result
    from coordination_xl.addin.clicking.click import Click


def notice(click: Click) -> str:
    """Show which notices the selected rows, or all rows, are due for, and write them if the user agrees."""
    pointing = pointing_of(click.workbook)
    book = click.book
    chosen = click.selection(book, NOTIFIED, pointing)
    records, scope = chosen.ids_or_all(), chosen.scope("全部应发而未发的")
    click.step("计算")
    result = write_notices(book, click.now, records=records, actor=actor())
    question = told_due(result, scope)
    if not question:
        return told_notices(result, scope)
    if not click.is_agreed(question):
        return ""
    click.write(result, book)
    return told_notices(result)


def remind(click: Click) -> str:
    """Write the reminders that are due."""
    book = click.book
    click.step("计算")
    result = remind_book(book, click.now, actor=actor())
    click.write(result, book)
    return told_reminders(result)


def send(click: Click) -> str:
    """Show what would go to whom, and send it if the user agrees.

    What went out stands in the journal of the outbox before anything else is done. So the workbook is not saved by force,
    neither before nor after: closed without saving, it is told by the next sending what had gone, and nothing goes twice.
    """
    book = click.book
    click.step("计算")
    sending = plan_sending(book, click.now, actor=actor())
    preview = sending.preview
    if not preview.notices:
        return told_stuck(preview)
    if not preview.summary["smtp"]:
        folder = drafts_folder(preview)
        return told_drafts(preview, folder, is_shown=open_folder(folder))
    question = told_waiting(preview, sending.server)
    if not question and not gone_already(preview):
        return told_stuck(preview)
    if question and not click.is_agreed(question, is_risky=True):
        return ""
    if question and sending.server:
        confirm(sending.server)
    result = sending.deliver(book, lambda mail: click.step(f"发送 {mail}"))
    try:
        click.write(result, book)
    except OutcomeNotSaved:  # what went out is gone for good, so it is told, too
        click.tell(told_sent(result, is_written=False))
        raise
    return told_sent(result)


def drafts_folder(preview: Result) -> Path:
    """The innermost folder that holds all drafts of a preview, in the outbox or below it."""
    outbox = Path(str(preview.summary["outbox"])).resolve()
    holding = {(outbox / str(each["file"])).resolve().parent for each in preview.notices if each["file"]}
    folder = Path(os.path.commonpath(holding)) if holding else outbox
    return folder if folder.is_relative_to(outbox) else outbox


def receipts(click: Click) -> str:
    """Read what came back to the notices, from a mailbox that somebody on this machine agreed to log in to.

    Raises:
        ServerAddressWrong: the mailbox of 参数 cannot be understood.
        UsageError: 参数 names no mailbox.
    """
    book = click.book
    settings = Settings.of(Ledgers.read(book, [SETTINGS])["Settings"])
    if not settings.imap:
        remedy = f"在“参数”表填写“{IMAP.key}”，例：{IMAP.value or 'imaps://xietiao@mail.example.com/INBOX'}，再点一次"
        raise UsageError("回执", f"没有填写“{IMAP.key}”，不知道从哪个邮箱收", remedy)
    server = imap_server(settings.imap)
    if not is_confirmed(server):
        if not click.is_agreed(told_login(server), is_risky=True):
            return ""
        confirm(server)
    click.step("收取邮件")
    result = read_receipts(book, click.now, actor=actor())
    click.write(result, book)
    return told_receipts(result)
