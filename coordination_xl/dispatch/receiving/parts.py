"""One mail taken apart: headers as text, leaf parts, nothing that a hostile mail could make expensive. Source: SPEC section 6."""

from __future__ import annotations

import binascii
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.utils import getaddresses
from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.receiving.charsets import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

LONGEST_MAIL: Final = 4 * 1024 * 1024
"""Bytes of a mail that are looked at: what a person wrote stands before what they attached."""
LONGEST_HEADER: Final = 4_000
FIELDS: Final = frozenset({"message/delivery-status", "message/disposition-notification"})
"""Parts that are lists of fields; Python takes them for mails."""
_MOST_PARTS: Final = 200
_LONGEST_PART: Final = 1_000_000


class UnreadableMail(Exception):
    """A mail that cannot be understood; what it says is why, in Chinese."""


class Parts:
    """One mail.

    Args:
        content: its bytes; those beyond :data:`LONGEST_MAIL` are not looked at.

    Raises:
        UnreadableMail: it is no mail, or nested deeper than any that a person sends.
    """

    def __init__(self, content: bytes) -> None:
        content = content[:LONGEST_MAIL]
        lowered = content.lower()
        if lowered.count(b"boundary") > _MOST_PARTS or lowered.count(b"message/") > _MOST_PARTS:
            raise UnreadableMail("嵌套太多层")
        try:
            self._message: Message = message_from_bytes(content)
        except (MessageError, ValueError, LookupError, RecursionError, AssertionError, TypeError, IndexError) as fault:
            raise UnreadableMail(f"不是能读的邮件（{type(fault).__name__}）") from fault
        if not any(
            name in self._message for name in ("From", "Subject", "Date", "Message-ID", "Received", "Content-Type")
        ):
            raise UnreadableMail("没有邮件头")

    def header(self, name: str) -> str:
        """The first header of a name as text on one line; ``""`` where there is none."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        """All headers of a name."""
        return headers_of(self._message, name)

    def sender(self) -> str:
        """The address in ``From``, in small letters; ``""`` where there is none, or more than one."""
        addresses = [address for _, address in getaddresses([self._raw("From")]) if "@" in address]
        return addresses[0].strip().casefold() if len(addresses) == 1 else ""

    def _raw(self, name: str) -> str:
        """A header undecoded: an encoded name could otherwise bring an address of its own."""
        return next((_text(str(value)) for value in self._message.get_all(name, [])), "")

    @property
    def type(self) -> str:
        """Its media type."""
        return self._message.get_content_type()

    def parameter(self, name: str) -> str:
        """A parameter of its Content-Type, in small letters."""
        return parameter_of(self._message, name)

    def leaves(self) -> Iterator[Message]:
        """Every part that has no parts, in order; those of enclosed mails too."""
        for place, part in enumerate(self._message.walk()):
            if place >= _MOST_PARTS:
                return
            if not part.is_multipart() or part.get_content_type() in FIELDS:
                yield part

    def own_leaves(self) -> Iterator[Message]:
        """Every part that has no parts and is not attached; those of enclosed mails are not its own."""
        yield from _own(self._message, 0)

    def enclosed(self) -> Iterator[Message]:
        """The mails that are enclosed, whole or by their headers alone."""
        for place, part in enumerate(self._message.walk()):
            if place >= _MOST_PARTS:
                return
            kind = part.get_content_type()
            if kind == "text/rfc822-headers":
                yield message_from_bytes(bytes_of(part))
            elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
                yield from part.get_payload()  # type: ignore[misc]


def _own(part: Message, depth: int) -> Iterator[Message]:
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < _MOST_PARTS:
        for each in part.get_payload():
            yield from _own(each, depth + 1)  # type: ignore[arg-type]
    elif not part.is_multipart() and not str(part.get("Content-Disposition", "")).lower().lstrip().startswith(
        "attachment"
    ):
        yield part


def headers_of(message: Message, name: str) -> list[str]:
    """All headers of a name as text, each on one line."""
    return [_shown(str(value)) for value in message.get_all(name, [])[:_MOST_PARTS]]


def parameter_of(part: Message, name: str) -> str:
    """A parameter of a part's Content-Type, in small letters; ``""`` where it has none."""
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError, TypeError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "").strip().casefold()


def bytes_of(part: Message) -> bytes:
    """The content of a part, as far as it is looked at; broken encodings give what they give."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError, binascii.Error):
        return b""
    return content[:_LONGEST_PART] if isinstance(content, bytes) else b""


def text_of(part: Message) -> str:
    """The content of a text part."""
    return decoded(bytes_of(part), parameter_of(part, "charset"))


def _shown(value: str) -> str:
    """A header's words: encoded ones decoded, raw bytes read for what they commonly are."""
    value = value[:LONGEST_HEADER]
    if "=?" not in value:
        return _text(value)
    try:
        words = decode_header(value)
    except (HeaderParseError, ValueError, binascii.Error):
        return _text(value)
    pieces = [each if isinstance(each, str) else decoded(each, charset or "") for each, charset in words]
    return _text("".join(pieces))


def _text(value: str) -> str:
    """On one line; bytes that are no ASCII read as text."""
    if not value.isascii():
        try:
            value = decoded(value.encode("ascii", "surrogateescape"))
        except UnicodeEncodeError:
            value = value.encode("utf-8", "replace").decode()
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
