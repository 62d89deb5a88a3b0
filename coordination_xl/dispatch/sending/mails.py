"""What waits in 发文记录 to be sent: its rows, put together to the mails they are in. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.dispatch.sending.journal import Notice
from coordination_xl.dispatch.sending.messages import Message, read_message
from coordination_xl.dispatch.sending.outbox import Unusable, book_of, tidy
from coordination_xl.schema.vocabulary import SENDING, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from email.headerregistry import Address

    from coordination_xl.dispatch.sending.history import Deed, History
    from coordination_xl.dispatch.sending.outbox import Outbox
    from coordination_xl.ledger.frames import Ledger

CHANNEL = "邮件"
QUEUED = (WAITING, SENDING)
"""The states of rows that are to be sent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of 发文记录 that is to be sent.

    Attributes:
        row: its sheet row.
        notice: what it is.
        state: 发送状态 as it stands.
        failure: 失败原因 as it stands.
    """

    row: int
    notice: Notice
    state: str
    failure: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A file of the outbox and the rows that name it.

    Attributes:
        file: 邮件文件.
        entries: the rows, in their order.
        message: what would be sent; ``None`` where it cannot be read.
        fault: then, why.
        digest: SHA-256 of the file, by which a change is known; ``""`` where it cannot be read.
    """

    file: str
    entries: tuple[Entry, ...]
    message: Message | None
    fault: str = ""
    digest: str = ""

    @property
    def title(self) -> str:
        """What it is called in progress and lists."""
        return self.entries[0].notice.title or self.file

    def deed(self, history: History, address: str) -> Deed | None:
        """What is known of any of its notices to one person: whom a mail with one of them went to does not get it again."""
        if self.message is None:
            return None
        return _foremost([history.deed(each.notice, self.message.id, address, each.failure) for each in self.entries])

    def open(self, history: History) -> tuple[str, ...]:
        """Who is still to get it."""
        return tuple(each for each in self.message.to if self.deed(history, each) is None) if self.message else ()


def waiting(
    ledger: Ledger, outbox: Outbox, history: History, moment: datetime, sender: Address | None
) -> tuple[Mail, ...]:
    """The mails that wait, in the order of their first rows.

    Args:
        ledger: 发文记录: ``channel``, ``state``, ``file``, and what a notice is known by.
        outbox: where the files are.
        history: what was done, for mails whose file is gone since.
        moment: of messages without a date, with its zone.
        sender: of messages that do not say whom they are from.
    """
    is_queued = (ledger["channel"] == CHANNEL) & ledger["state"].isin(QUEUED)
    files: dict[str, list[Entry]] = {}
    for place in is_queued.to_numpy().nonzero()[0]:
        file = tidy(str(ledger["file"].iloc[place]))
        entry = _entry(ledger, int(place), file)
        files.setdefault(file or f"\0{entry.row}", []).append(entry)  # a row without a file is a mail by itself
    return tuple(
        _mail(file.partition("\0")[0], entries, outbox, history, moment, sender) for file, entries in files.items()
    )


def notice_at(ledger: Ledger, place: int) -> Notice:
    """What the row at a position of 发文记录 is known by."""
    return _entry(ledger, place, tidy(str(ledger["file"].iloc[place]))).notice


def _entry(ledger: Ledger, place: int, file: str) -> Entry:
    id_, kind, source, rung, version, title, state, failure = (
        str(ledger[identifier].iloc[place])
        for identifier in ("id", "kind", "source", "rung", "due_version", "title", "state", "failure")
    )
    notice = Notice(id_, kind, source, rung, version, title, book_of(file))
    return Entry(int(ledger.rows[place]), notice, state, failure)


def _mail(
    file: str, entries: Sequence[Entry], outbox: Outbox, history: History, moment: datetime, sender: Address | None
) -> Mail:
    try:
        raw = outbox.content(file)
    except Unusable as unusable:
        mail, to = history.recipients(entries[0].notice, file)
        return Mail(file, tuple(entries), Message(mail, "", to, (), b"") if mail else None, str(unusable))
    message = read_message(raw, moment, sender)
    fault = ""
    if not message.sender:
        fault = "邮件没有发件人：请在参数“发件人”里写明，再把状态改为“待发送”"
    elif not message.to:
        fault = f"邮件没有能用的收件人{_quoted(message.unusable)}：请改正邮件里的收件人，再把状态改为“待发送”"
    return Mail(file, tuple(entries), message, fault, hashlib.sha256(raw).hexdigest())


def _quoted(unusable: Sequence[str]) -> str:
    return f"（“{'”“'.join(unusable)}”）" if unusable else ""


def _foremost(deeds: Sequence[Deed | None]) -> Deed | None:
    return max((each for each in deeds if each), key=lambda each: (each.is_certain, each.at), default=None)
