"""Which mails of a mailbox are worth fetching whole, told by their headers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.receiving.parts import Parts, UnreadableMail
from coordination_xl.dispatch.receiving.reports import is_bounce

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from coordination_xl.dispatch.receiving.answers import Numbering

_TELLING: Final = frozenset({"multipart/report", "text/calendar"})
_NAMED: Final = ("Subject", "In-Reply-To", "References")


def is_worth_fetching(header: bytes, senders: AbstractSet[str], numbering: Numbering) -> bool:
    """Whether a mail may be an answer: from somebody who gets notices, a report, or with the id of a notice in its head.

    Args:
        header: its headers.
        senders: the addresses of 通讯录, in small letters.
        numbering: what ids look like.
    """
    try:
        parts = Parts(header)
    except UnreadableMail:
        return False
    return (
        parts.sender() in senders
        or parts.type in _TELLING
        or is_bounce(parts)
        or any(numbering.notices(parts.header(name)) for name in _NAMED)
    )
