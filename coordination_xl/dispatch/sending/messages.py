"""An .eml from the outbox, made ready to go: what a server is given, and for whom. Source: SPEC section 5, ``send``.

It goes out as it lies there, because somebody may have edited it: only what marks it as a draft and what no recipient may see is
taken out.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.mailboxes import read_mailbox

if TYPE_CHECKING:
    from datetime import datetime
    from email.headerregistry import Address

_FIELD: Final = re.compile(rb"^([!-9;-~]+)[ \t]*:((?:[^\n]|\n[ \t])*)\n?", re.MULTILINE)
_END_OF_HEAD: Final = re.compile(rb"\n\n")
_EDGE: Final = re.compile(rb"\r\n|\r|\n")
_PIECE: Final = re.compile(r'(?:"(?:\\.|[^"\\])*"|<[^<>]*>|[^,;"<>])+')
_ANGLED: Final = re.compile(r"<([^<>]*)>\s*$")
_LEFT_OUT: Final = frozenset({b"x-unsent", b"bcc", b"resent-bcc"})
_TO: Final = (b"to", b"cc", b"bcc")
_HOST: Final = "coordination-xl.invalid"


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it goes out.

    Attributes:
        id: its Message-ID, in angle brackets.
        sender: the address it is from; ``""`` where there is none.
        to: everybody who gets it, once each: To, Cc and Bcc.
        unusable: what stands among the recipients and is no address.
        content: the bytes, lines ended by CRLF, the last one too.
    """

    id: str
    sender: str
    to: tuple[str, ...]
    unusable: tuple[str, ...]
    content: bytes


def read_message(raw: bytes, moment: datetime, sender: Address | None = None) -> Message:
    """The message of an .eml.

    Without a Message-ID it is given one made from its content, so that it keeps it however often it is tried.

    Args:
        raw: the file.
        moment: of a message without a date, with its zone.
        sender: of a message that does not say whom it is from.
    """
    raw = _EDGE.sub(b"\n", raw.removeprefix(codecs.BOM_UTF8)).lstrip(b"\n")
    fields, body = _parted(raw)
    kept = [field for name, _, field in fields if name not in _LEFT_OUT]
    known = {name: value for name, value, _ in reversed(fields)}
    added = []
    if b"message-id" not in known or not known[b"message-id"].strip():
        kept = [field for field in kept if not field.lower().startswith(b"message-id")]
        known[b"message-id"] = f"<{hashlib.sha256(raw).hexdigest()[:32]}@{_HOST}>".encode()
        added.append(b"Message-ID: " + known[b"message-id"])
    if b"from" not in known and sender is not None:
        known[b"from"] = sender.addr_spec.encode()
        added.append(b"From: " + known[b"from"])
    if b"date" not in known:
        added.append(b"Date: " + format_datetime(moment).encode())
    people = [piece for name, value, _ in fields if name in _TO for piece in _pieces(value)]
    good = [_address(each) for each in people]
    author = [_address(each) for each in _pieces(known.get(b"sender") or known.get(b"from", b""))]
    return Message(
        " ".join(_text(known[b"message-id"]).split()),
        next((each for each in author if each), ""),
        _once(good),
        tuple(dict.fromkeys(piece for piece, each in zip(people, good, strict=True) if not each)),
        b"\r\n".join([*added, *b"\n".join(kept).split(b"\n"), b"", *body.removesuffix(b"\n").split(b"\n"), b""]),
    )


def _once(addresses: list[str]) -> tuple[str, ...]:
    """Each address once, as first written; servers do not tell capitals from small letters."""
    known: dict[str, str] = {}
    for each in addresses:
        if each:
            known.setdefault(each.casefold(), each)
    return tuple(known.values())


def _parted(raw: bytes) -> tuple[list[tuple[bytes, bytes, bytes]], bytes]:
    """The fields (name in small letters, value, whole) and the body."""
    end = _END_OF_HEAD.search(raw)
    head, body = (raw[: end.start() + 1], raw[end.end() :]) if end else (raw, b"")
    fields = [(each[1].lower(), each[2], each[0].removesuffix(b"\n")) for each in _FIELD.finditer(head)]
    return fields, body


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").replace("\n", "")


def _pieces(value: bytes) -> list[str]:
    """The mailboxes of a field, as they stand there."""
    return [piece for each in _PIECE.findall(_text(value)) if (piece := " ".join(each.split()))]


def _address(piece: str) -> str:
    angled = _ANGLED.search(piece)
    mailbox = read_mailbox(angled[1] if angled else piece)
    return mailbox.addr_spec if mailbox and mailbox.addr_spec.isascii() else ""
