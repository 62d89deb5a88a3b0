"""Sending what waits: one mail after the other, each once, patient with servers that say “later”. Source: SPEC section 5, ``send``.

What a server puts off is tried again when all others had their turn, so that one slow recipient does not hold up the rest. When
no server answers, the rest is left for the next sending.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from coordination_xl.dispatch.sending.journal import ANSWERS, DATA, DEFERRED, INTENT, REFUSED, SENT, Event
from coordination_xl.dispatch.sending.smtp_replies import Lost, Refused
from coordination_xl.errors import DispatchError, ServerUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.dispatch.sending.history import History
    from coordination_xl.dispatch.sending.journal import Journal, Notice
    from coordination_xl.dispatch.sending.mails import Mail
    from coordination_xl.dispatch.sending.messages import Message
    from coordination_xl.dispatch.sending.smtp import Conversation
    from coordination_xl.dispatch.sending.smtp_replies import Reply

    Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Means:
    """How to send.

    Attributes:
        connect: opens a conversation with the server.
        clock: the moment, Asia/Shanghai without a zone.
        pace: called before each mail; returns when it may go.
        sleep: waits some seconds.
        attempts: how often a server is called, and a mail tried, in one sending.
        wait: seconds before the second attempt; each further one waits twice as long.
    """

    connect: Callable[[], Conversation]
    clock: Callable[[], datetime]
    pace: Callable[[], None]
    sleep: Callable[[float], None]
    attempts: int = 3
    wait: float = 5.0


@dataclass(slots=True)
class Answers:
    """What this sending heard about one mail; what the journal knows besides is in the history.

    Attributes:
        refused: recipient → why not, ever.
        deferred: recipient → why not now.
    """

    refused: dict[str, str] = field(default_factory=dict)
    deferred: dict[str, str] = field(default_factory=dict)


class Delivery:
    """One sending.

    Args:
        journal: open for writing.
        history: what it says; it is kept up to date.
        means: how.

    Attributes:
        stopped: why the rest was not tried, ``None`` where all was.
        now_sent: Message-ID and recipient of what went out.
    """

    def __init__(self, journal: Journal, history: History, means: Means) -> None:
        self._journal = journal
        self._history = history
        self._means = means
        self._conversation: Conversation | None = None
        self._bad_senders: dict[str, str] = {}
        self._at_stake: set[tuple[str, str]] = set()
        self._has_tried = False
        self.stopped: DispatchError | None = None
        self.now_sent: set[tuple[str, str]] = set()

    def carry_out(self, mails: Sequence[Mail], on_step: Step | None = None) -> Mapping[str, Answers]:
        """Send the mails; by file, what the server said about those who did not get theirs.

        Raises:
            DispatchError: the very first mail could not be tried at all: server, login, password or journal. Nothing is sent.
        """
        heard = {mail.file: Answers(refused=_unusable(mail)) for mail in mails}
        queue = [mail for mail in mails if not mail.fault and mail.message]
        try:
            for attempt in range(self._means.attempts):
                queue = [mail for mail in queue if self._is_worth_trying(mail, heard[mail.file])]
                if attempt and queue:
                    self._means.sleep(self._means.wait * 2 ** (attempt - 1))
                for number, mail in enumerate(queue, start=1):
                    if on_step:
                        on_step(f"发送 {number}/{len(queue)} {mail.title}")
                    self._attempt(mail, heard[mail.file])
        except DispatchError as fault:
            if not self._has_tried and not isinstance(fault, ServerUnreachable):
                raise
            self.stopped = fault
        finally:
            if self._conversation:
                self._conversation.close()
        return heard

    def _is_worth_trying(self, mail: Mail, heard: Answers) -> bool:
        return bool(mail.message and mail.message.sender not in self._bad_senders and self._open(mail, heard))

    def _open(self, mail: Mail, heard: Answers) -> tuple[str, ...]:
        """Who is still to get it: not who has it, may have it, or cannot have it."""
        return tuple(each for each in mail.open(self._history) if each not in heard.refused)

    def _attempt(self, mail: Mail, heard: Answers) -> None:
        """One mail to all who are to get it still; another mail of this sending may have reached them meanwhile."""
        to, message = self._open(mail, heard), mail.message
        if not to or message is None:
            return
        if message.sender in self._bad_senders:
            heard.deferred |= dict.fromkeys(to, self._bad_senders[message.sender])
            return
        self._means.pace()
        conversation = self._connected()
        is_used = conversation.used > 0
        try:
            self._transact(conversation, mail, message, to, heard)
        except Lost as fault:
            self._conversation = None
            if (
                is_used and self._open(mail, heard) == to
            ):  # servers tire of long conversations: that is no failed attempt
                try:
                    self._transact(self._connected(), mail, message, to, heard)
                except Lost as again:
                    self._conversation = None
                    self._lost(message, to, heard, again)
            else:
                self._lost(message, to, heard, fault)

    def _transact(
        self, conversation: Conversation, mail: Mail, message: Message, to: tuple[str, ...], heard: Answers
    ) -> None:
        notices = tuple(each.notice for each in mail.entries)
        self._note(INTENT, message, to, file=mail.file, notices=notices)

        def on_text(taken: tuple[str, ...]) -> None:
            self._note(DATA, message, taken)
            self._has_tried = True
            self._at_stake.update((message.id, each) for each in taken)

        try:
            replies = conversation.send(message, to, on_text)
        except Refused as fault:
            if fault.is_sender:
                self._has_tried = True
                self._bad_senders[message.sender] = f"服务器不接受发件人 {message.sender}（{fault.reply.words}）"
                self._note(DEFERRED, message, to, words=fault.reply.words)
                heard.deferred |= dict.fromkeys(to, self._bad_senders[message.sender])
            else:
                self._heed(message, dict.fromkeys(to, fault.reply), heard)
        else:
            self._heed(message, replies, heard)

    def _heed(self, message: Message, replies: Mapping[str, Reply], heard: Answers) -> None:
        """Write down what the server said, before anything else is done."""
        outcomes: dict[tuple[str, str], list[str]] = {}
        self._has_tried = True
        self._at_stake -= {(message.id, each) for each in replies}
        for address, reply in replies.items():
            event = SENT if reply.is_yes else REFUSED if reply.is_never else DEFERRED
            outcomes.setdefault((event, reply.words), []).append(address)
            heard.deferred.pop(address, None)
            if event == REFUSED:
                heard.refused[address] = reply.words
            elif event == DEFERRED:
                heard.deferred[address] = reply.words
        for (event, words), addresses in sorted(outcomes.items(), key=lambda each: each[0][0] != SENT):
            self._note(event, message, tuple(addresses), words=words)

    def _lost(self, message: Message, to: tuple[str, ...], heard: Answers, fault: Lost) -> None:
        """A loss before the text was complete is no mail; after it, the journal says that nobody knows."""
        self._has_tried = True
        if safe := tuple(each for each in to if (message.id, each) not in self._at_stake):
            heard.deferred |= dict.fromkeys(safe, str(fault))
            self._note(DEFERRED, message, safe, words=str(fault))

    def _connected(self) -> Conversation:
        """The conversation there is, or a new one.

        Raises:
            DispatchError: no server answers, or it wants something else first.
        """
        for attempt in range(self._means.attempts):
            if self._conversation is None:
                try:
                    self._conversation = self._means.connect()
                except ServerUnreachable:
                    if attempt + 1 == self._means.attempts:
                        raise
                    self._means.sleep(self._means.wait * 2**attempt)
        assert self._conversation is not None  # noqa: S101 - the loop ends with one, or raises
        return self._conversation

    def _note(
        self,
        event: str,
        message: Message,
        to: tuple[str, ...],
        *,
        file: str = "",
        notices: tuple[Notice, ...] = (),
        words: str = "",
    ) -> None:
        """What happened, into what we know and into the journal: an answer counts even where the journal cannot be written."""
        moment = self._means.clock()
        if event == DATA and (doubt := self._history.last_doubt):
            moment = max(moment, doubt + timedelta(seconds=1))
        happened = Event(moment, event, message.id, to, file, notices, words)
        if event in ANSWERS:
            self._history.learn(happened)
            self.now_sent.update((message.id, each) for each in to if event == SENT)
        self._journal.append(happened)
        if event not in ANSWERS:
            self._history.learn(happened)


def _unusable(mail: Mail) -> dict[str, str]:
    unusable = mail.message.unusable if mail.message else ()
    return dict.fromkeys(unusable, "不是能用的邮箱")
