"""回执: replies and read receipts, from a mailbox or a folder of mails, into the ledgers. Source: SPEC section 5, ``receipts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.dispatch.passwords import password_of
from coordination_xl.dispatch.receiving.answers import Numbering, read_answer
from coordination_xl.dispatch.receiving.imap import TIMEOUT, Mailbox
from coordination_xl.dispatch.receiving.incoming import Incoming, PassedOver
from coordination_xl.dispatch.receiving.mailbox_folder import mails_in_folder
from coordination_xl.dispatch.receiving.parts import UnreadableMail
from coordination_xl.dispatch.receiving.sifting import is_worth_fetching
from coordination_xl.dispatch.servers import imap_server
from coordination_xl.errors import UsageError
from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.findings import Finding
from coordination_xl.rules.answering.addressees import Addressees
from coordination_xl.rules.answering.receipts import first_day, receipts_of
from coordination_xl.rules.people.delegates import Delegates
from coordination_xl.rules.settings import Settings, id_shape
from coordination_xl.schema import refusals
from coordination_xl.schema.settings import IMAP
from coordination_xl.schema.tables import DISPATCH, MEETINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path
    from ssl import SSLContext

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.answers import Answer
    from coordination_xl.rules.answering.receipts import Receipts

VERB = "回执"
_COUNTED: Mapping[str, AnswerKind] = {
    "read": AnswerKind.READ,
    "replied": AnswerKind.REPLY,
    "accepted": AnswerKind.ACCEPTED,
    "declined": AnswerKind.DECLINED,
    "tentative": AnswerKind.TENTATIVE,
    "undelivered": AnswerKind.UNDELIVERED,
    "delayed": AnswerKind.DELAYED,
    "unread": AnswerKind.UNREAD,
    "automatic": AnswerKind.AUTOMATIC,
}


def receipts(
    book: Book,
    now: datetime,
    *,
    source: Path | None = None,
    imap: str = "",
    actor: str = "",
    timeout: float = TIMEOUT,
    environ: Mapping[str, str] | None = None,
    context: SSLContext | None = None,
) -> Result:
    """Read what came back to the notices, and what it changes. The mails are left as they are.

    Args:
        book: the workbook.
        now: the moment of judgement; mails that were written later are not there yet.
        source: a folder of .eml files; where it is not given, the mailbox is read.
        imap: address of the mailbox, see :func:`~coordination_xl.dispatch.servers.imap_server`; that of 参数 where it is not
            given.
        actor: who asks, for 修改记录.
        timeout: seconds that the server may think about a command.
        environ: where its password may be; the process's environment where it is not given.
        context: whose certificates are believed; the system's where it is not given.

    Returns:
        The changes; as findings the answers that were not taken, mails that did not arrive or cannot be read; as summary how
        many of each there were. Doing it again changes nothing.

    Raises:
        UsageError: there is no such folder; or neither a folder nor a mailbox is named.
        DispatchError: the mailbox cannot be read.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    settings = Settings.of(ledgers["Settings"])
    contacts = ledgers["Contacts"]
    delegates = Delegates.of(contacts, Directory.of(contacts.frame))
    numbering = Numbering(
        id_shape(settings.id_pattern, DISPATCH.prefix), id_shape(settings.id_pattern, MEETINGS.prefix)
    )
    if source is not None:
        mails: Iterable[Incoming | PassedOver] = mails_in_folder(source)
    else:
        senders = frozenset(Addressees.of(contacts, delegates).members)
        day = first_day(ledgers["Dispatch"], now)
        address = _address(imap or settings.imap)
        mails = _fetched(address, day, senders, numbering, timeout, environ, context) if day else ()
    read = _Read.all(mails, numbering)
    outcome = receipts_of(ledgers, read.answers, delegates, now)
    raw = ChangeSet(
        columns=tuple(
            change for table, cells in outcome.cells.items() for change in cell_changes(ledgers[table], cells)
        ),
        added=new_rows(ledgers["Progress"], outcome.progress),
    )
    unreadable = tuple(_unreadable(ledgers, each) for each in read.passed_over if each.is_mail)
    return Result(
        verb="receipts",
        book=book.name,
        changes=settled(book, ledgers, raw, now, verb=VERB, actor=actor),
        findings=(*outcome.findings, *unreadable),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary=_summary(read, outcome),
    )


def _address(text: str) -> str:
    if not text:
        raise UsageError(
            "回执",
            "没有说从哪里收",
            f"在参数“{IMAP.key}”填写收信服务器；或加 --imap URL，或用 --from 给出存放 .eml 的文件夹",
        )
    return text


def _fetched(
    address: str,
    since: date,
    senders: frozenset[str],
    numbering: Numbering,
    timeout: float,
    environ: Mapping[str, str] | None,
    context: SSLContext | None,
) -> Iterator[Incoming]:
    server = imap_server(address)
    with Mailbox(server, password_of(server, environ), timeout=timeout, context=context) as mailbox:
        yield from mailbox.mails(since, lambda header: is_worth_fetching(header, senders, numbering))


class _Read:
    """The mails, understood.

    Attributes:
        answers: what came back.
        passed_over: what could not be read.
        count: how many mails were looked at.
        own: how many of them were notices themselves.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.passed_over: list[PassedOver] = []
        self.count = self.own = 0

    @classmethod
    def all(cls, mails: Iterable[Incoming | PassedOver], numbering: Numbering) -> _Read:
        read = cls()
        for each in mails:
            read.add(each, numbering)
        return read

    def add(self, mail: Incoming | PassedOver, numbering: Numbering) -> None:
        if isinstance(mail, PassedOver):
            self.passed_over.append(mail)
            return
        self.count += 1
        try:
            answer = read_answer(mail.content, mail.place, mail.kept, numbering)
        except UnreadableMail as fault:
            self.passed_over.append(PassedOver(mail.place, f"不能理解（{fault}）"))
            return
        if answer is None:
            self.own += 1
        else:
            self.answers.append(answer)


def _unreadable(ledgers: Ledgers, passed_over: PassedOver) -> Finding:
    fault, sheet = refusals.UNREADABLE_MAIL, ledgers["Dispatch"].sheet
    return Finding(
        sheet=sheet,
        table=DISPATCH.name,
        row=0,
        id="",
        column="",
        address="",
        code=fault.code,
        severity=fault.severity,
        message=fault.message.format(place=passed_over.place, reason=passed_over.reason),
        value="",
        suggestion=fault.suggestion,
    )


def _summary(read: _Read, outcome: Receipts) -> dict[str, object]:
    counts = outcome.counts
    return {
        "mails": read.count,
        **{name: counts.get(kind, 0) for name, kind in _COUNTED.items()},
        "unrelated": counts.get("unrelated", 0),
        "own": read.own,
        "later": counts.get("later", 0),
        "unknown": list(outcome.unknown),
        "refused": counts.get("refused", 0),
        "progress": len(outcome.progress),
        "passed_over": [{"place": each.place, "reason": each.reason} for each in read.passed_over],
    }
