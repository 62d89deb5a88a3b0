"""The mails of the outbox at one moment: what waits, and what must stay although it waits. Source: SPEC section 5, ``send``."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.audit import audit_rows
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.books.changes import ChangeSet
from coordination_xl.dispatch.sending.mails import waiting
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.rules.dispatching.held_back import HeldBack
from coordination_xl.rules.people.delegates import Delegates
from coordination_xl.schema.vocabulary import SENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.dispatch.sending.history import History
    from coordination_xl.dispatch.sending.mails import Mail
    from coordination_xl.dispatch.sending.outbox import Outbox
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.rules.settings import Settings

_SHANGHAI = timezone(timedelta(hours=8))


def queued(ledgers: Ledgers, settings: Settings, outbox: Outbox, history: History, now: datetime) -> tuple[Mail, ...]:
    """The mails that wait, in the order of their first rows; those that must stay say why.

    Args:
        ledgers: the workbook.
        settings: what 参数 says.
        outbox: where the mails lie.
        history: what was sent before.
        now: the moment of judgement, Asia/Shanghai without a zone.
    """
    sender, contacts = read_mailbox(settings.sender), ledgers["Contacts"]
    held = HeldBack(ledgers, Delegates.of(contacts, Directory.of(contacts.frame)), now.date())
    return tuple(
        replace(each, fault=each.fault or held.reason([entry.row for entry in each.entries], each.open(history)))
        for each in waiting(ledgers["Dispatch"], outbox, history, now.replace(tzinfo=_SHANGHAI), sender)
    )


def rehearse(book: Book, ledgers: Ledgers, mails: Sequence[Mail], now: datetime, *, verb: str, actor: str) -> None:
    """Stop where the workbook would not take it that all mails went out: what is sent cannot be called back.

    Raises:
        WorkbookError: the workbook cannot be written, or was changed since it was read.
        WriteRefused: a cell or a protected sheet is in the way.
    """
    rows = [entry.row for mail in mails for entry in mail.entries]
    cells = [each for row in rows for each in ((row, "state", SENT), (row, "sent_at", now))]
    columns = cell_changes(ledgers["Dispatch"], cells)
    book.check_writable()
    book.rehearse(ChangeSet(columns=columns, added=audit_rows(ledgers, columns, verb, actor, now)))
