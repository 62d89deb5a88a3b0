"""The addresses of mail servers: ``smtp://xietiao@mail.example.com:587``, never with a password in them. Source: SPEC section 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from coordination_xl.errors import ServerAddressWrong
from coordination_xl.ledger.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PORTS: Mapping[str, int] = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}
RELAY_PORT = 25
"""Of a server of the company's own that takes mail without a login."""
TLS = ("required", "never")
"""What may be asked for by ``?tls=``."""
SMTP_EXAMPLE = "smtp://xietiao@mail.example.com:587"
IMAP_EXAMPLE = "imaps://xietiao@mail.example.com/INBOX"


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is, and how to talk to it.

    Attributes:
        scheme: ``smtp``, ``smtps``, ``imap`` or ``imaps``.
        host: its name as name servers know it (letters beyond ASCII as ``xn--``), or its number.
        port: as written, else the usual one of the scheme.
        user: who logs in; ``""`` for nobody.
        tls: ``required``, ``never``, or ``offered``: used where the server offers it.
        folder: the mailbox of an IMAP address.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    tls: str = "offered"
    folder: str = ""

    @property
    def is_implicit(self) -> bool:
        """Whether the connection is encrypted from its first byte."""
        return self.scheme in {"smtps", "imaps"}

    @property
    def must_encrypt(self) -> bool:
        """Whether nothing may be said in the clear; a login never is, unless ``?tls=never`` says so."""
        return self.is_implicit or self.tls == "required" or bool(self.user and self.tls != "never")

    @property
    def account(self) -> str:
        """``user@host``: what the password is kept under."""
        return f"{self.user}@{self.host}"

    def __str__(self) -> str:
        """Host and port, for messages."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def smtp_server(text: str) -> Server:
    """The server that mails go out by.

    Args:
        text: ``smtp://user@host:port`` (encrypted by STARTTLS) or ``smtps://…`` (encrypted at once); signs of an address within
            the user name are written ``%40``, as everywhere.

    Raises:
        ServerAddressWrong: it is none, or it holds a password.
    """
    return _server(text, ("smtp", "smtps"), SMTP_EXAMPLE)


def imap_server(text: str) -> Server:
    """The mailbox that answers come to: ``imaps://user@host/INBOX``; without a path it is ``INBOX``.

    Raises:
        ServerAddressWrong: it is none, or it holds a password.
    """
    return _server(text, ("imap", "imaps"), IMAP_EXAMPLE)


def _server(text: str, schemes: tuple[str, ...], example: str) -> Server:
    def wrong(what: str, remedy: str = f"写成：{example}") -> ServerAddressWrong:
        return ServerAddressWrong(f"邮件服务器地址“{_without_password(text)}”", what, remedy)

    folded = fold(text).strip()
    try:
        parts = urlsplit(folded)
        port = parts.port
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # a port that is no number, half a bracket, a name that no server can have
        raise wrong("无法理解") from None
    if parts.scheme not in schemes:
        raise wrong(f"应以 {schemes[0]}:// 或 {schemes[1]}:// 开头")
    if parts.password is not None:
        raise wrong("里面写了密码", "去掉冒号和密码；密码放在环境变量或系统钥匙串里，不写在地址和工作簿里")
    if not host or any(each.isspace() for each in host):
        raise wrong("没有服务器名称")
    if port == 0:
        raise wrong("端口不能是 0")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    is_imap = "imap" in schemes
    if parts.fragment or (not is_imap and parts.path not in {"", "/"}):
        raise wrong("服务器名称后面多了内容")
    user = unquote(parts.username or "")
    if any(ord(each) < ord(" ") for each in user + folder):
        raise wrong("里面有换行或控制字符")
    usual = RELAY_PORT if parts.scheme == "smtp" and not user else PORTS[parts.scheme]
    return Server(parts.scheme, host, port or usual, user, _tls(parts, wrong), folder if is_imap else "")


def _tls(parts: SplitResult, wrong: Callable[..., ServerAddressWrong]) -> str:
    asked = parse_qs(parts.query, keep_blank_values=True)
    values = asked.pop("tls", [""])
    if asked or values[-1] not in {"", *TLS} or (values[-1] == "never" and parts.scheme.endswith("s")):
        raise wrong("问号后面的内容无法理解", "可以写 ?tls=required（必须加密）或 ?tls=never（从不加密）")
    return values[-1] or "offered"


def _without_password(text: str) -> str:
    """The address as it may be shown."""
    head, sign, rest = text.rpartition("@")
    start, colons, user = head.partition("://")
    name = user.partition(":")[0]
    return f"{start}{colons}{name}{':***' if ':' in user else ''}{sign}{rest}" if sign and colons else text
