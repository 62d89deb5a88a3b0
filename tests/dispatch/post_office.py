"""Real mail servers on this machine, and outboxes with something to send."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

from coordination_xl.actions.changing.edits import new_rows
from coordination_xl.books import ChangeSet, open_book
from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS, dispatch, problem, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 6, 10, 0)
STEM = "台账"


@dataclass
class PostOffice:
    """What a server was given, and how it answers; ``None`` is yes.

    Attributes:
        on_mail: sender → answer to ``MAIL``.
        on_rcpt: recipient → answer to ``RCPT``.
        on_data: number of the message, from 0 → answer to its text; ``"drop"`` breaks the connection, the message kept;
            ``"drop early"`` breaks it, the message lost.
        received: Message-ID and recipients of all that was kept, in order.
        texts: the messages themselves.
        delay: seconds before a text is answered.
    """

    port: int = 0
    on_mail: Callable[[str], str | None] = lambda _: None
    on_rcpt: Callable[[str], str | None] = lambda _: None
    on_data: Callable[[int], str | None] = lambda _: None
    received: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    delay: float = 0
    seen: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def got(self) -> list[tuple[str, str]]:
        """(Message-ID, recipient), one for each mail in somebody's mailbox."""
        return [(mail, to) for mail, people in self.received for to in people]

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802, ARG002 - as aiosmtpd calls it
        if (answer := self.on_mail(address)) is not None:
            return self._said(server, answer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, ARG002 - as aiosmtpd calls it
        if (answer := self.on_rcpt(address)) is not None:
            return self._said(server, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002 - as aiosmtpd calls it
        answer = self.on_data(self.seen)
        self.seen += 1
        if answer in (None, "drop") or answer.startswith("2"):
            header = envelope.content.replace(b"\r\n", b"\n").split(b"\nMessage-ID: ", 1)
            mail = header[1].split(b"\n", 1)[0].decode() if len(header) > 1 else ""
            self.received.append((mail, tuple(envelope.rcpt_tos)))
            self.texts.append(envelope.content)
        if self.delay:
            import asyncio

            await asyncio.sleep(self.delay)
        return self._said(server, answer or "250 OK")

    def _said(self, server, answer: str) -> str:
        if answer.startswith(("drop", "421")):
            if answer.startswith("421"):
                server.transport.write(answer.encode() + b"\r\n")
            server.transport.close()
            return "250 too late"
        return answer


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


@contextmanager
def opened(office: PostOffice | None = None) -> Iterator[PostOffice]:
    """A server, for as long as the block lasts."""
    office = office or PostOffice()
    office.port = office.port or free_port()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def mail(
    number: int, *to: str, copies: tuple[str, ...] = (), hidden: tuple[str, ...] = (), body: str = "正文"
) -> bytes:
    """A draft as ``notice`` leaves it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"通知 {number}"
    message["From"] = "综合管理部 <xietiao@example.com>"
    message["To"] = ", ".join(to)
    if copies:
        message["Cc"] = ", ".join(copies)
    if hidden:
        message["Bcc"] = ", ".join(hidden)
    message["Date"] = format_datetime(NOW)
    message["Message-ID"] = f"<TZ-2026-{number:04}.abc@example.com>"
    message["X-Unsent"] = "1"
    message.set_content(body, cte="base64")
    return message.as_bytes()


def row(number: int, **values: object) -> dict[str, object]:
    """A row of 发文记录 that waits, of a matter of its own."""
    return dispatch(
        id=f"TZ-2026-{number:04}", title=f"关于第{number}件事的问题分派通知", source=f"WT-2026-{number:04}", state="待发送",
        sent_at=None, due_version="2026-03-18", file=f"{STEM}/TZ-2026-{number:04}.eml",
    ) | values  # fmt: skip


@cache
def new_workbook(rate: str) -> bytes:
    """What a workbook without a matter is; made once, because that takes longest."""
    return build_workbook({"Contacts": CONTACTS, "Settings": settings(每分钟发送=rate)})


def lay_out(
    folder: Path, rows: list[dict[str, object]], mails: dict[str, bytes], *, rate: str = "600000", **tables: object
) -> Path:
    """A workbook with these rows, and the drafts in its outbox by 邮件文件."""
    path = folder / f"{STEM}.xlsx"
    path.write_bytes(new_workbook(rate))
    book = open_book(path)
    ledgers = Ledgers.read(book)
    given = {"Problems": [problem()], "Dispatch": rows} | tables
    book.apply(ChangeSet(added=tuple(new for name, each in given.items() for new in new_rows(ledgers[name], each))))
    for name, content in mails.items():
        file = folder / "outbox" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


def with_mails(folder: Path, count: int) -> Path:
    """A workbook with so many drafts, each to a person of its own."""
    rows = [row(each) for each in range(1, count + 1)]
    return lay_out(
        folder, rows, {str(each["file"]): mail(n, f"p{n}@example.com") for n, each in enumerate(rows, start=1)}
    )
