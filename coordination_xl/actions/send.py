"""发送: what waits in the outbox goes out over SMTP, each notice once only. Source: SPEC section 5, ``send``.

Sending cannot be undone, so it has two steps: :func:`send` says what would go to whom, :meth:`Sending.deliver` does it. Whatever
crashes in between is set right by the next sending, from the journal in the outbox.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.dispatching.outcome_cells import outcome_cells
from coordination_xl.actions.dispatching.outcomes import Outcome, findings_of
from coordination_xl.actions.dispatching.queued import queued, rehearse
from coordination_xl.actions.dispatching.sent import Sent
from coordination_xl.actions.dispatching.unseen import kept_back
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.dispatch.passwords import password_of
from coordination_xl.dispatch.sending.delivery import Answers, Delivery, Means
from coordination_xl.dispatch.sending.history import History
from coordination_xl.dispatch.sending.journal import RECORDED, Event
from coordination_xl.dispatch.sending.mails import CHANNEL, notice_at
from coordination_xl.dispatch.sending.outbox import Outbox
from coordination_xl.dispatch.sending.pace import Pace
from coordination_xl.dispatch.sending.smtp import Conversation
from coordination_xl.dispatch.servers import smtp_server
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.settings import Settings
from coordination_xl.schema.vocabulary import READ, SENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from ssl import SSLContext

    from coordination_xl.books.port import Book
    from coordination_xl.dispatch.sending.journal import Journal, Notice
    from coordination_xl.dispatch.sending.mails import Mail
    from coordination_xl.dispatch.servers import Server

VERB = "发送"


def send(book: Book, now: datetime, *, smtp: str = "", actor: str = "", folder: Path | None = None) -> Sending:
    """What would be sent, and to whom. Nothing is sent, nothing is written.

    Args:
        book: the workbook.
        now: the moment; the clock runs on from it, however long somebody thinks about the preview.
        smtp: address of the server, see :func:`~coordination_xl.dispatch.servers.smtp_server`; that of 参数 where it is not
            given.
        actor: who asks, for 修改记录.
        folder: where a relative 外发目录 begins; the workbook's own folder where it is not given.

    Returns:
        The sending; where no server is named, one that delivers nothing: the drafts can be opened and sent by hand.

    Raises:
        ServerAddressWrong: the address cannot be understood, or holds a password.
        JournalDamaged: the journal of sending cannot be understood.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 参数 cannot be understood.
    """
    clock = _running_from(now)
    ledgers = Ledgers.read(book)
    settings = Settings.of(ledgers["Settings"])
    outbox = Outbox((folder or Path(book.name).parent) / settings.outbox.strip().replace("\\", "/"))
    address = smtp or settings.smtp
    server = smtp_server(address) if address else None
    history = History(outbox.past())
    mails = queued(ledgers, settings, outbox, history, now)
    return Sending(book.name, ledgers, settings, outbox, server, clock, actor, history, mails)


@dataclass(frozen=True)
class Sending:
    """What is about to be sent.

    Attributes:
        book: what messages call the workbook.
        ledgers: its ledgers.
        settings: what 参数 says.
        outbox: where the mails lie.
        server: where they go out; ``None`` where no server is named.
        clock: the moment, Asia/Shanghai without a zone; it runs since :func:`send` was called.
        actor: who asks.
        history: what was sent before.
        mails: what waits, as it was read then. Nothing else is ever sent.
    """

    book: str
    ledgers: Ledgers
    settings: Settings
    outbox: Outbox
    server: Server | None
    clock: Callable[[], datetime]
    actor: str
    history: History
    mails: tuple[Mail, ...]

    @property
    def preview(self) -> Result:
        """What would be sent to whom, as a result without changes; as findings, the mails that cannot be."""
        outcomes = _outcomes(self.mails, self.history, {}, "")
        faulty = [each for each in outcomes if each.mail.fault] if self.server else []
        return Result(
            verb="send",
            book=self.book,
            changes=ChangeSet(),
            findings=tuple(findings_of(self.ledgers["Dispatch"], faulty, self.history)),
            sheets={ledger.table.name: ledger.sheet for ledger in self.ledgers},
            summary=self._summary([], len(self.mails)),
            notices=tuple(
                self._notice(each, each.entry.state, "", each.mail.open(self.history) if not each.mail.fault else ())
                for each in outcomes
            ),
        )

    def deliver(
        self,
        book: Book,
        on_step: Callable[[str], None] | None = None,
        *,
        connect: Callable[[], Conversation] | None = None,
        clock: Callable[[], datetime] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        attempts: int = 3,
        wait: float = 5.0,
        environ: Mapping[str, str] | None = None,
        context: SSLContext | None = None,
        patience: float = 0,
    ) -> Result:
        """Send. What went out is in the journal when this returns, and in the workbook when the result is written.

        A mail whose file is no longer as the preview had it stays, and a finding says so.

        Args:
            book: the workbook that :func:`send` was given.
            on_step: told of each mail as its turn comes.
            connect: opens a conversation with the server, instead of the usual way.
            clock: instead of the sending's own.
            sleep: waits some seconds.
            attempts: how often a server is called, and a mail tried.
            wait: seconds before the second attempt; each further one waits twice as long.
            environ: where a password may be; the process's environment where it is not given.
            context: whose certificates are believed; the system's where it is not given.
            patience: seconds to wait for somebody else's sending from this outbox to end.

        Raises:
            WorkbookError: the workbook could not be written afterwards; nothing is sent.
            WriteRefused: nor could it where a cell or a protected sheet is in the way; nothing is sent.
            SendingElsewhere: somebody is sending from this outbox; nothing is sent.
            DispatchError: server, login, password or journal do not allow it; nothing is sent.
        """
        server, clock = self.server, clock or self.clock
        if server is None or not self.mails:
            return self.preview
        rehearse(book, self.ledgers, self.mails, clock(), verb=VERB, actor=self.actor)

        def call() -> Conversation:
            return Conversation(server, password_of(server, environ), context=context)

        pace = Pace(self.settings.rate, sleep=sleep)
        with self.outbox.journal(patience) as journal:
            history = History(journal.past)
            self._catch_up(journal, history, clock)
            mails = queued(self.ledgers, self.settings, self.outbox, history, clock())
            stays = kept_back(mails, self.mails)
            delivery = Delivery(journal, history, Means(connect or call, clock, pace, sleep, attempts, wait))
            heard = {**delivery.carry_out([each for each in mails if each.file not in stays], on_step), **stays}
        stopped = f"{delivery.stopped.where}：{delivery.stopped.what}" if delivery.stopped else ""
        outcomes = _outcomes(mails, history, heard, stopped)
        return self._sent(book, outcomes, history, delivery, clock)

    def _sent(
        self,
        book: Book,
        outcomes: Sequence[Outcome],
        history: History,
        delivery: Delivery,
        clock: Callable[[], datetime],
    ) -> Sent:
        changes = ChangeSet(columns=outcome_cells(self.ledgers, outcomes))
        done: dict[str, list[Notice]] = {}
        for each in outcomes:
            if each.state == SENT and each.mail.message:
                done.setdefault(each.mail.message.id, []).append(each.entry.notice)
        recovered = sum(each.is_recovered(history, delivery.now_sent) for each in outcomes)
        return Sent(
            verb="send",
            book=self.book,
            changes=settled(book, self.ledgers, changes, clock(), verb=VERB, actor=self.actor),
            findings=tuple(findings_of(self.ledgers["Dispatch"], outcomes, history, delivery.now_sent)),
            sheets={ledger.table.name: ledger.sheet for ledger in self.ledgers},
            summary=self._summary(
                outcomes, len({mail for mail, _ in delivery.now_sent}), recovered, str(delivery.stopped or "")
            ),
            notices=tuple(
                self._notice(each, each.state, each.failure, each.mail.message.to if each.mail.message else ())
                for each in outcomes
            ),
            outbox=self.outbox,
            recorded=tuple(Event(clock(), RECORDED, mail, notices=tuple(those)) for mail, those in done.items()),
        )

    def _catch_up(self, journal: Journal, history: History, clock: Callable[[], datetime]) -> None:
        """Tell the journal what the workbook has, where a crash kept it from being told."""
        ledger = self.ledgers["Dispatch"]
        done = ledger["state"].isin((SENT, READ)).to_numpy()
        for mail, notice in list(history.unrecorded()):
            places = np.flatnonzero(done & (ledger.ids == notice.id))
            if any(notice_at(ledger, int(place)) == notice for place in places):
                event = Event(clock(), RECORDED, mail, notices=(notice,))
                journal.append(event)
                history.learn(event)

    def _summary(
        self, outcomes: Sequence[Outcome], mails: int, recovered: int = 0, stopped: str = ""
    ) -> Mapping[str, object]:
        """Figures: ``mails`` are those that went out, of a preview those that wait."""
        states: dict[str, int] = {}
        for each in outcomes:
            states[each.state] = states.get(each.state, 0) + 1
        return {
            "smtp": str(self.server or ""),
            "outbox": str(self.outbox.folder),
            "mails": mails,
            "states": states,
            "recovered": recovered,
            "stopped": stopped,
        }

    def _notice(self, outcome: Outcome, state: str, failure: str, to: Sequence[str]) -> Mapping[str, object]:
        ledger, notice = self.ledgers["Dispatch"], outcome.entry.notice
        place = ledger.position(outcome.entry.row)
        return {
            "id": notice.id,
            "kind": notice.kind,
            "source": notice.source,
            "rung": notice.rung,
            "title": notice.title,
            "recipients": str(ledger["recipients"].iloc[place]),
            "copies": str(ledger["copies"].iloc[place]),
            "channel": CHANNEL,
            "state": state,
            "file": outcome.mail.file,
            "failure": failure,
            "to": list(to),
            "sent_at": outcome.sent_at,
        }


def _outcomes(mails: Sequence[Mail], history: History, heard: Mapping[str, Answers], stopped: str) -> list[Outcome]:
    nothing = Answers()
    return [
        Outcome.of(entry, mail, history, heard.get(mail.file, nothing), stopped)
        for mail in mails
        for entry in mail.entries
    ]


def _running_from(now: datetime) -> Callable[[], datetime]:
    """A clock that shows ``now`` and runs on, to the second."""
    start = time.monotonic()
    return lambda: (now + timedelta(seconds=time.monotonic() - start)).replace(microsecond=0)
