"""What came back to a notice: who wrote, when, about which notices, and what. Source: SPEC section 5, ``receipts``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class AnswerKind(StrEnum):
    """What a mail means; the words are those that 回执明细 uses."""

    READ = "已阅"
    REPLY = "答复"
    ACCEPTED = "参加"
    DECLINED = "请假"
    TENTATIVE = "暂定"
    UNDELIVERED = "未送达"
    DELAYED = "延迟"
    UNREAD = "未阅即删"
    AUTOMATIC = "自动回复"


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient that a mail did not reach.

    Attributes:
        address: whose it is, in small letters.
        reason: the words of the server.
    """

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One mail that came back, as far as the ledgers are concerned.

    Attributes:
        place: where it lies: the path in the folder, or the number in the mailbox.
        message_id: its Message-ID without brackets, ``""`` where it has none.
        sender: the address it is from, in small letters, ``""`` where it names none.
        at: when it was written, Asia/Shanghai without a zone, to the minute; what cannot be is replaced by when it came.
        kind: what it means.
        numbers: ids of notices that it is about.
        meetings: ids of meetings that an invitation is about; only where ``kind`` answers one.
        text: what the person wrote, without quotations and signature; ``""`` where they wrote nothing of their own.
        failures: of an undelivered mail, for whom and why.
        subject: its subject, for messages.
    """

    place: str
    message_id: str
    sender: str
    at: datetime
    kind: AnswerKind
    numbers: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    text: str = ""
    failures: tuple[Failure, ...] = ()
    subject: str = ""
