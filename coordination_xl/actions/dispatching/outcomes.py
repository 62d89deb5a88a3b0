"""What became of each mail, as the rows of 发文记录 say it. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.findings import shown
from coordination_xl.schema import refusals
from coordination_xl.schema.vocabulary import FAILED, SENDING, SENT, UNCERTAIN, WAITING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from coordination_xl.dispatch.sending.delivery import Answers
    from coordination_xl.dispatch.sending.history import Deed, History
    from coordination_xl.dispatch.sending.mails import Entry, Mail
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger


_NUMBERED: Final = re.compile(r"[!-~]*\d[!-~]*")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row.

    Attributes:
        entry: the row as it stood.
        mail: the mail it is in.
        state: 发送状态.
        sent: the mails that its recipients have, one a recipient.
        unclear: those of whom nobody knows.
        refused: who cannot have it, and why.
        later: who shall have it still, and why not yet.
        is_excused: 失败原因 as it stands is why an uncertain mail may be sent once more.
    """

    entry: Entry
    mail: Mail
    state: str
    sent: tuple[Deed, ...]
    unclear: tuple[Deed, ...]
    refused: tuple[str, ...]
    later: tuple[str, ...]
    is_excused: bool = False

    @classmethod
    def of(cls, entry: Entry, mail: Mail, history: History, heard: Answers, stopped: str) -> Outcome:
        """Read it from the journal and from what the server said.

        Args:
            entry: the row.
            mail: its mail.
            history: the journal, with all that was just done.
            heard: what the server said about this mail.
            stopped: why the rest was not tried.
        """
        message = mail.message
        sent: list[Deed] = []
        unclear: list[Deed] = []
        later: dict[str, list[str]] = {}
        refused = [f"{each}：{words}" for each, words in heard.refused.items()]
        is_excused = False
        for address in message.to if message else ():
            deed = history.deed(entry.notice, message.id, address, entry.failure) if message else None
            if deed is None and message and history.deed(entry.notice, message.id, address):
                is_excused = True
            if deed is not None:
                (sent if deed.is_certain else unclear).append(deed)
            elif mail.fault:
                refused.append(mail.fault)
            elif other := mail.deed(history, address):
                refused.append(_shared(other))
            elif address not in heard.refused:
                later.setdefault(heard.deferred.get(address) or stopped or "还没有轮到", []).append(address)
        if not message or (mail.fault and not message.to):
            refused = [mail.fault]
        return cls(
            entry,
            mail,
            _state(sent, unclear, refused, [*later]),
            tuple(sent),
            tuple(unclear),
            _once(refused),
            tuple(
                why if message and len(who) == len(message.to) else f"{'、'.join(who)}：{why}"
                for why, who in later.items()
            ),
            is_excused,
        )

    @property
    def sent_at(self) -> datetime | None:
        """发送时间: when the last of its recipients had it; ``None`` where nobody has."""
        return max((each.at for each in self.sent), default=None)

    @property
    def failure(self) -> str:
        """失败原因; of what is not known, with the moment by which the journal knows it again."""
        said = [
            f"{stamp} 发给 {_who(each for each in self.unclear if each.stamp == stamp)} 时没有等到服务器的答复，不知道是否送达；"
            "问收件人，没有收到的把状态改为“待发送”，本说明保留不动"
            for stamp in _once(each.stamp for each in self.unclear)
        ]
        return "；".join((*said, *self.refused, *self.later))

    @property
    def is_put_off(self) -> bool:
        """Whether the next sending tries again."""
        return self.state in (WAITING, SENDING)

    def is_repeated(self, history: History, now_sent: Collection[tuple[str, str]]) -> bool:
        """Whether it was asked for again: another mail has it, or the workbook had its outcome already.

        Args:
            history: the journal.
            now_sent: Message-ID and recipient of what went out in this sending.
        """
        mine = self.mail.message.id if self.mail.message else ""
        is_new = any((each.mail, each.to) in now_sent for each in self.sent)
        return any(
            each.mail != mine or (not is_new and history.is_recorded(each.mail, each.notice)) for each in self.sent
        )

    def is_recovered(self, history: History, now_sent: Collection[tuple[str, str]]) -> bool:
        """Whether it went out in an earlier sending that could not write it down."""
        is_new = any((each.mail, each.to) in now_sent for each in self.sent)
        return self.state == SENT and not is_new and not self.is_repeated(history, now_sent)


def findings_of(
    ledger: Ledger, outcomes: Sequence[Outcome], history: History, now_sent: Collection[tuple[str, str]] = ()
) -> list[Finding]:
    """What people have to look at; what was put off for one reason is said once.

    Args:
        ledger: 发文记录.
        outcomes: of its rows.
        history: the journal.
        now_sent: Message-ID and recipient of what went out in this sending.
    """
    found = []
    put_off: dict[str, list[Outcome]] = {}
    for each in outcomes:
        row = each.entry.row
        if each.state == UNCERTAIN:
            last = max(each.unclear, key=lambda deed: deed.at)
            facts = {"moment": shown(last.at), "who": _who(each.unclear)}
            found.append(ledger.finding(refusals.SENDING_UNCERTAIN, row, "state", **facts))
        elif each.state == FAILED:
            found.append(ledger.finding(refusals.NOT_SENT, row, "state", failure=each.failure))
        elif each.state == SENT and each.refused:
            found.append(ledger.finding(refusals.PARTLY_SENT, row, "state", failure="；".join(each.refused)))
        elif each.state == SENT and each.is_repeated(history, now_sent):
            last = max(each.sent, key=lambda deed: deed.at)
            facts = {"moment": shown(last.at), "who": _who(each.sent), "number": last.notice.id}
            found.append(ledger.finding(refusals.NOT_REPEATED, row, "state", **facts))
        elif each.is_put_off:
            put_off.setdefault(without_numbers(each.failure), []).append(each)
    for those in put_off.values():
        first = those[0]
        found.append(
            ledger.finding(refusals.SENT_LATER, first.entry.row, "state", failure=first.failure, count=len(those))
        )
    return found


def without_numbers(failure: str) -> str:
    """失败原因 without what differs each time: servers number their answers."""
    return _NUMBERED.sub("", failure)


def _state(sent: Sequence[Deed], unclear: Sequence[Deed], refused: Sequence[str], later: Sequence[str]) -> str:
    if unclear:
        return UNCERTAIN
    if later:
        return SENDING if sent else WAITING
    return SENT if sent else FAILED if refused else WAITING


def _shared(other: Deed) -> str:
    how = "已" if other.is_certain else "可能已"
    return (
        f"同一封邮件里的 {other.notice.id} {how}于 {shown(other.at)} 发给 {other.to}，没有再发；"
        "其余内容请手工转给收件人，再把状态改为“已发送”"
    )


def _who(deeds: Iterable[Deed]) -> str:
    return "、".join(_once(each.to for each in deeds))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
