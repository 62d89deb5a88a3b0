"""What a mail server says, and that it says nothing any more. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import smtplib
import socket
from typing import Final, NamedTuple

_LOGIN_FIRST: Final = 530


class Reply(NamedTuple):
    """What a server answers.

    Attributes:
        code: three digits; others mean that it was no answer.
        text: its words.
    """

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        """Done."""
        return self.code // 100 == 2

    @property
    def is_later(self) -> bool:
        """Not now; that it wants a login first is no answer about a mail, either."""
        return self.code // 100 == 4 or self.code == _LOGIN_FIRST

    @property
    def is_never(self) -> bool:
        """No."""
        return self.code // 100 == 5 and self.code != _LOGIN_FIRST

    @property
    def words(self) -> str:
        """As 失败原因 quotes it."""
        return f"{self.code} {self.text}".strip()


class Lost(Exception):
    """The connection broke, or what came was no answer."""


class Refused(Exception):
    """The server does not take a message, from anybody to anybody: the answer to ``MAIL`` or ``DATA``.

    Args:
        reply: its answer.
        is_sender: whether it is about whom the message is from.
    """

    def __init__(self, reply: Reply, *, is_sender: bool = False) -> None:
        self.reply = reply
        self.is_sender = is_sender
        super().__init__(reply.words)


def as_reply(code: int, text: bytes | str) -> Reply:
    """What smtplib gives, as a reply."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Reply(code, " ".join("".join(each if each.isprintable() else " " for each in said).split()))


def why_lost(fault: BaseException) -> str:
    """Why a connection failed, in a few words."""
    if isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError):
        return "没有应答"
    if isinstance(fault, ConnectionRefusedError):
        return "对方拒绝连接"
    if isinstance(fault, socket.gaierror):
        return "找不到这个服务器名称"
    if isinstance(fault, smtplib.SMTPServerDisconnected):
        return f"对方中断：{fault}" if str(fault)[:1].isdigit() else "连接中断"
    return str(fault.strerror or fault) if isinstance(fault, OSError) else str(fault)
