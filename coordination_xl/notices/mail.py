"""A notice as the bytes of an .eml: it opens as an editable draft, and goes out as it is. Source: SPEC section 5, ``send``.

Written by hand rather than by Python's e-mail package, which took twenty times as long; the tests read it back with that. The
same mail is the same bytes: boundary and Message-ID are made from what it says. It is not marked Auto-Submitted, because it asks
people for an answer, and what so marked mail is answered with is dropped on the way.
"""

from __future__ import annotations

import hashlib
import re
from binascii import b2a_base64
from dataclasses import dataclass
from datetime import timedelta, timezone
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from coordination_xl.notices.file_names import safe_file_name
from coordination_xl.notices.mail_headers import (
    address_field,
    file_name_parameter,
    headline,
    one_line,
    quoted_name,
    text_field,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from email.headerregistry import Address

SHANGHAI: Final = timezone(timedelta(hours=8))
NUMBERS_HEADER: Final = "X-Coordination-Notice"
NO_HOST: Final = "coordination-xl.invalid"
"""Of a Message-ID where there is no sender."""
INVITE: Final = "invite.ics"
_METHOD: Final = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_CONTROLS: Final = bytes(each for each in (*range(32), 127) if each not in b"\t\n")
"""Of text in UTF-8: what no page and no mail program shows."""
_LINE = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail.

    Attributes:
        name: its name with suffix.
        content: its bytes.
        type: its media type.
    """

    name: str
    content: bytes
    type: str = "application/octet-stream"

    @classmethod
    def word(cls, name: str, content: bytes) -> Attachment:
        """A Word document."""
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return cls(name=name, content=content, type=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message. Whatever stands in its texts cannot leave the header it stands in.

    Attributes:
        subject: of one line; the middle of one beyond 250 characters is left out.
        html: the page.
        text: its plain-text twin.
        moment: when it was written, Asia/Shanghai without a zone.
        sender: ``None`` leaves it to the mail program.
        to: 主送; none leaves it to whoever sends it.
        copies: 抄送.
        reply_to: where answers go, ``None`` to the sender.
        numbers: of the notices in it.
        name: what its Message-ID begins with; the first number where it is not given.
        attachments: files.
        calendar: a meeting invitation, see :mod:`coordination_xl.notices.invitation`.
        asks_receipt: whether the sender is told when it is opened. Source: SPEC A4.
    """

    subject: str
    html: str
    text: str
    moment: datetime
    sender: Address | None = None
    to: tuple[Address, ...] = ()
    copies: tuple[Address, ...] = ()
    reply_to: Address | None = None
    numbers: tuple[str, ...] = ()
    name: str = ""
    attachments: tuple[Attachment, ...] = ()
    calendar: bytes | None = None
    asks_receipt: bool = False


def as_bytes(mail: Mail) -> bytes:
    """The message: ``X-Unsent``, so that Outlook opens it as a draft, short lines, CRLF, ASCII alone.

    Page and twin are alternatives; an invitation is one more, for programs that offer to accept it, and a file besides.

    Raises:
        ValueError: an address is none that a mail can bear.
    """
    head = _head(mail)
    alternatives = [_text_part("plain", mail.text), _text_part("html", mail.html)]
    files = [_file_part(each) for each in mail.attachments]
    if mail.calendar is not None:
        alternatives.append(_calendar_part(mail.calendar))
        files.append(_file_part(Attachment(name=INVITE, content=mail.calendar, type="application/ics")))
    content = hashlib.sha256(b"\0".join((head, *alternatives, b"", *files))).hexdigest()
    head += f"Message-ID: <{_local_part(mail, content[:16])}@{_host(mail)}>\r\n".encode()
    body = _multipart("alternative", alternatives, content[:32])
    return head + (_multipart("mixed", [body, *files], content[32:]) if files else body)


def content_hash(subject: str, text: str, numbers: Iterable[str] = ()) -> str:
    """Sixteen hex digits over what a reader reads: subject and plain text, without the numbers of the notices.

    So the same words under another number are known for the same, whatever the layout; the page is left out, because it says
    what its twin says.
    """
    said = "\n".join((one_line(subject), *text.split()))
    for number in sorted(filter(None, numbers), key=len, reverse=True):
        said = said.replace(number, "")
    return hashlib.sha256(whole(said).encode()).hexdigest()[:16]


def _head(mail: Mail) -> bytes:
    """All headers but those that are made from the content."""
    fields = [text_field("Subject", headline(mail.subject))]
    people = (
        ("From", (mail.sender,)),
        ("To", mail.to),
        ("Cc", mail.copies),
        ("Reply-To", (mail.reply_to,)),
        ("Disposition-Notification-To", (mail.sender,) if mail.asks_receipt else ()),
    )
    for name, addresses in people:
        if given := [each for each in addresses if each is not None]:
            fields.append(address_field(name, given))
    fields.append(f"Date: {format_datetime(mail.moment.replace(tzinfo=SHANGHAI))}")
    if mail.numbers:
        fields.append(text_field(NUMBERS_HEADER, ", ".join(map(one_line, mail.numbers))))
    fields += ["X-Unsent: 1", "MIME-Version: 1.0", ""]
    return "\r\n".join(fields).encode("ascii")


def _local_part(mail: Mail, content: str) -> str:
    """``TZ-2026-0211-<content>``; of a number only what any server takes."""
    first = re.sub(r"[^A-Za-z0-9_-]+", "", mail.name or "".join(mail.numbers[:1]))[:32]
    return f"{first}-{content}".lstrip("-")


def _host(mail: Mail) -> str:
    return mail.sender.domain if mail.sender else NO_HOST


def _text_part(subtype: str, text: str) -> bytes:
    lines = whole(text).replace("\r\n", "\n").replace("\r", "\n").encode().translate(None, _CONTROLS)
    return _part(f'text/{subtype}; charset="utf-8"', "", lines.replace(b"\n", b"\r\n"))


def _calendar_part(calendar: bytes) -> bytes:
    method = _METHOD.search(calendar)
    said = f"; method={method[1].decode()}" if method else ""
    return _part(f'text/calendar; charset="utf-8"{said}', "", calendar)


def _file_part(file: Attachment) -> bytes:
    name = safe_file_name(file.name)
    kind = file.type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.type, re.ASCII) else "application/octet-stream"
    disposition = f"Content-Disposition: attachment;\r\n {file_name_parameter(name)}\r\n"
    return _part(f"{kind};\r\n name={quoted_name(name)}", disposition, file.content)


def _part(kind: str, disposition: str, content: bytes) -> bytes:
    encoded = b2a_base64(content, newline=False)
    lines = [encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)]
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{disposition}\r\n"
    return head.encode("ascii") + b"\r\n".join(lines) + b"\r\n"


def _multipart(subtype: str, parts: Iterable[bytes], content: str) -> bytes:
    """Parts between boundaries; ``=_`` is in no line of base64, so none can be taken for one."""
    line = f"--=_{content}\r\n".encode()
    head = f'Content-Type: multipart/{subtype};\r\n boundary="=_{content}"\r\n\r\n'.encode()
    return head + line + (b"\r\n" + line).join(parts) + b"\r\n" + line[:-2] + b"--\r\n"
