"""One row of 发文记录 while answers come in: its lines of 回执明细, and what follows from them. Source: SPEC A2, A4, A6."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.rules.answering.receipt_lines import ATTENDANCE, PROOF, ReceiptLines
from coordination_xl.schema.vocabulary import FAILED, READ, SENT, UNCERTAIN, WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.answering.addressees import Addressee, Addressees
    from coordination_xl.rules.people.delegates import Member

REPLY_NEEDED = frozenset({"回复", "配合答复"})
LONGEST_CELL = 32_767
"""UTF-16 units that a cell takes."""
_CUT = "……（单元格写不下，其余见邮件）"
_REMINDED = re.compile(r"[（(](?P<number>[^（）()]+)[）)]$")


@dataclass
class AnsweredRow:
    """One notice.

    Attributes:
        place: its sheet row.
        number: its id.
        kind: 通知种类.
        source: the matter.
        file: 邮件文件.
        version: 时限版本.
        answer_needed: 要求答复.
        state: 发送状态 as it stands.
        failure: 失败原因 as it stands.
        reply: 答复内容 as it stands.
        created_at: 拟稿时间.
        sent_at: 发送时间.
        read_at: 已阅时间.
        answered_at: 答复时间.
        recipients: 收件人.
        copies: 抄送.
        lines: 回执明细.
        addressees: the people of 通讯录.
        is_touched: whether an answer counted for it.
    """

    place: int
    number: str
    kind: str
    source: str
    file: str
    version: str
    answer_needed: str
    state: str
    failure: str
    reply: str
    created_at: datetime | None
    sent_at: datetime | None
    read_at: datetime | None
    answered_at: datetime | None
    recipients: tuple[Addressee, ...]
    copies: tuple[Addressee, ...]
    lines: ReceiptLines
    addressees: Addressees
    is_touched: bool = False
    _texts: list[tuple[datetime, str, str]] = field(default_factory=list)
    _failures: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, dispatch: Ledger, place: int, addressees: Addressees) -> AnsweredRow:
        """Read a row."""
        record = {str(key): value for key, value in dispatch.frame.loc[place].to_dict().items()}
        texts = ("kind", "source", "file", "answer_needed", "state", "failure", "reply")
        moments = ("created_at", "sent_at", "read_at", "answered_at")
        given: dict[str, Any] = {name: record[name] for name in texts}
        given |= {name: None if pd.isna(record[name]) else record[name].to_pydatetime() for name in moments}
        return cls(
            place=place,
            number=record["id"],
            version=record["due_version"],
            recipients=addressees.read(record["recipients"]),
            copies=addressees.read(record["copies"]),
            lines=ReceiptLines(record["receipts"]),
            addressees=addressees,
            **given,
        )

    @property
    def reminded_of(self) -> str:
        """The notice that this one reminds of an answer to; ``""`` where it reminds of none."""
        match = _REMINDED.search(self.version)
        return match["number"] if match else ""

    @property
    def begun_at(self) -> datetime | None:
        """Before which nobody can have answered, to the minute; ``None`` where the row does not say."""
        return self.created_at.replace(second=0, microsecond=0) if self.created_at else None

    @property
    def proven_at(self) -> datetime | None:
        """When it was sent at the latest, where 发送时间 does not say and an answer proves it; ``None`` otherwise."""
        proof = self.lines.first(lambda _: True, *PROOF) if self.sent_at is None else None
        return proof if proof is None or self.created_at is None else max(proof, self.created_at)

    def meant(self, member: Member, at: datetime) -> list[tuple[str, bool, Member]]:
        """For whom a person may answer: the name in 回执明细, whether it is a 主送, and who reports."""
        found = []
        for group, is_recipient in ((self.recipients, True), (self.copies, False)):
            names = [self.addressees.answering(member, each, at.date()) for each in group]
            found += [(name, is_recipient, self._person(member, group)) for name in names if name]
        return found

    def _person(self, member: Member, group: tuple[Addressee, ...]) -> Member:
        """Who reports: of a department's own mailbox the one person who got it there, if there is one."""
        if member[1]:
            return member
        own = [each.member for each in group if each.member and each.member[0] == member[0] and each.member[1]]
        return own[0] if len(own) == 1 else member

    def take(self, kind: AnswerKind, name: str, at: datetime, text: str) -> None:
        """Count an answer, and what it says."""
        self.is_touched = True
        self.lines.mark(name, kind, at)
        if text:
            self._texts.append((at, name, text))

    def bounce(self, name: str, address: str, reason: str, at: datetime) -> bool:
        """Count a mail that came back; whether that was not known before. One from before the last sending is past."""
        if self.sent_at is not None and at < self.sent_at.replace(second=0, microsecond=0):
            return False
        self.is_touched = True
        is_known = AnswerKind.UNDELIVERED in self.lines.people.get(name, {})
        self.lines.mark(name, AnswerKind.UNDELIVERED, at)
        self._failures[name] = f"{name} <{address}> 被退回：{reason}"
        return not is_known

    def cells(self) -> Iterator[tuple[str, object]]:
        """Identifier and new value of every cell that follows."""
        read, replied = self._all_told(*PROOF, *ATTENDANCE), self._all_told(AnswerKind.REPLY, *ATTENDANCE)
        proof = self.lines.first(lambda _: True, *PROOF)
        sent_at = self.sent_at or self.proven_at
        yield "receipts", str(self.lines)
        yield "reply", self._replies()
        if self.proven_at is not None:
            yield "sent_at", self.proven_at
        if read is not None and self.read_at is None:
            yield "read_at", max(read, sent_at or read)
        if replied is not None and self.answered_at is None and self.answer_needed in REPLY_NEEDED:
            yield "answered_at", max(replied, sent_at or replied)
        state = self._state(is_read=read is not None, is_proven=proof is not None)
        yield "state", state
        if state == FAILED and self._failures:
            told = [reason for reason in sorted(self._failures.values()) if reason not in self.failure]
            yield "failure", _fitting("；".join(filter(None, [self.failure, *told])))
        elif state in {SENT, READ} and self.state == UNCERTAIN:
            yield "failure", ""

    def _all_told(self, *kinds: AnswerKind) -> datetime | None:
        """When the last of 主送 did first one of these; ``None`` where one has not."""
        if not self.recipients:
            return None
        told = [self._told(each, *kinds) for each in self.recipients]
        return None if None in told else max(each for each in told if each)

    def _told(self, addressee: Addressee, *kinds: AnswerKind) -> datetime | None:
        return self.lines.first(lambda name: self.addressees.is_told(name, addressee), *kinds)

    def _state(self, *, is_read: bool, is_proven: bool) -> str:
        if is_read:
            return READ
        if self._failures and any(self._is_lost(each) for each in self.recipients):
            return FAILED
        return SENT if is_proven and self.state in {WAITING, UNCERTAIN} else self.state

    def _is_lost(self, addressee: Addressee) -> bool:
        """Whether the mail came back from somebody who has not answered either."""
        lost = [name for name in self._failures if self.addressees.is_told(name, addressee)]
        return bool(lost) and self._told(addressee, *PROOF) is None

    def _replies(self) -> str:
        """答复内容 with what is new: person, moment and text, a blank line between two."""
        stands = self.reply
        for at, name, text in sorted(self._texts):
            entry = f"{name}（{at:%Y-%m-%d %H:%M}）：{text}"
            if entry in stands or stands.endswith(_CUT):
                continue
            stands = _fitting(f"{stands}\n\n{entry}" if stands.strip() else entry)
        return stands


def _fitting(text: str) -> str:
    """A text that a cell takes."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
