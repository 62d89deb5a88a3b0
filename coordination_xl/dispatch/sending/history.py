"""What was sent to whom, by the journal: sent, not sent, or not known. Source: SPEC section 5, ``send``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.dispatch.sending.journal import ANSWERS, DATA, INTENT, RECORDED, SENT
from coordination_xl.schema.notices import DIGEST, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from coordination_xl.dispatch.sending.journal import Event, Notice

STAMP = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Deed:
    """A mail that went to somebody, or may have.

    Attributes:
        at: when the server had it.
        is_certain: whether the server said yes; else nobody knows.
        mail: its Message-ID.
        to: who.
        notice: what was in it.
    """

    at: datetime
    is_certain: bool
    mail: str
    to: str
    notice: Notice

    @property
    def stamp(self) -> str:
        """By which an uncertain one is known in 失败原因."""
        return self.at.strftime(STAMP)


class History:
    """The journal, understood; it learns of each event as it happens.

    Args:
        events: the journal so far, in order.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._intents: dict[str, Event] = {}
        self._standing: dict[tuple[str, str], tuple[datetime, bool]] = {}
        self._mails: dict[tuple[str, ...], dict[str, Notice]] = defaultdict(dict)
        self._recorded: set[tuple[str, str]] = set()
        for event in events:
            self.learn(event)

    def learn(self, event: Event) -> None:
        """Take in one more event."""
        if event.event == INTENT:
            self._intents[event.mail] = event
        elif event.event == RECORDED:
            self._recorded.update((event.mail, each.id) for each in event.notices)
        elif event.event == DATA:
            for address in event.to:
                self._standing[event.mail, address.casefold()] = (event.at, False)
            if intent := self._intents.get(event.mail):
                for notice in intent.notices:
                    self._mails[_key(notice)][event.mail] = notice
        elif event.event in ANSWERS:
            for address in map(str.casefold, event.to):
                if event.event == SENT:
                    self._standing[event.mail, address] = (event.at, True)
                else:
                    self._standing.pop((event.mail, address), None)

    def deed(self, notice: Notice, mail: str, address: str, excused: str = "") -> Deed | None:
        """What is known of this notice to this person; a certain deed before an uncertain one, ``None`` for none.

        The same notice under another number counts, and so does the same mail with another notice. Of two workbooks that
        number their matters alike, notices are the same only if their titles name the same matter: a copy of a workbook is the
        workbook. The titles of 周报 and of notices without content name none.

        Args:
            notice: what.
            mail: Message-ID of the mail it is in.
            address: to whom.
            excused: 失败原因 of the row: an uncertain deed whose moment it names was shown to somebody, who wants it sent.
        """
        known = [
            Deed(*standing, each, address, other)
            for each, other in ({mail: notice} | self._mails.get(_key(notice), {})).items()
            if (standing := self._standing.get((each, address.casefold())))
            and (each == mail or other.book == notice.book or _is_same(other, notice))
        ]
        known = [each for each in known if each.is_certain or each.stamp not in excused]
        return max(known, key=lambda each: (each.is_certain, each.at), default=None)

    def recipients(self, notice: Notice, file: str) -> tuple[str, tuple[str, ...]]:
        """Message-ID and recipients of a mail whose file is gone; blank where it never was sent."""
        for mail, other in self._mails.get(_key(notice), {}).items():
            intent = self._intents[mail]
            if other.id == notice.id and intent.file == file:
                return mail, intent.to
        return "", ()

    def is_recorded(self, mail: str, notice: Notice) -> bool:
        """Whether a workbook has had the outcome of this notice already."""
        return (mail, notice.id) in self._recorded

    @property
    def last_doubt(self) -> datetime | None:
        """The latest moment of an uncertain deed. A later one must have another: 失败原因 names them by it."""
        return max((at for at, is_certain in self._standing.values() if not is_certain), default=None)

    def unrecorded(self) -> Iterator[tuple[str, Notice]]:
        """Message-IDs and notices that went out, of which no workbook is known to have it."""
        sent = {mail for (mail, _), (_, is_certain) in self._standing.items() if is_certain}
        for mail in sorted(sent & self._intents.keys()):
            yield from ((mail, each) for each in self._intents[mail].notices if not self.is_recorded(mail, each))


def _key(notice: Notice) -> tuple[str, ...]:
    return (notice.source, notice.kind, notice.rung, notice.version)


def _is_same(one: Notice, other: Notice) -> bool:
    """Whether two titles name the same matter."""
    return one.title == other.title and one.kind != DIGEST and WITHHELD not in one.title
