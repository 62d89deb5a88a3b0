"""A mail as it lies in a folder or a mailbox, and what lies there and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Incoming(NamedTuple):
    """One mail.

    Attributes:
        place: where it lies, for messages: ``回执/答复.eml``, ``INBOX 第 17 封``.
        content: its bytes, the first four megabytes at least.
        kept: when it was put there, Asia/Shanghai without a zone.
    """

    place: str
    content: bytes
    kept: datetime


class PassedOver(NamedTuple):
    """What could not be looked at.

    Attributes:
        place: where it lies.
        reason: why, in Chinese.
        is_mail: whether it is a mail, though not of a form that can be read.
    """

    place: str
    reason: str
    is_mail: bool = True
