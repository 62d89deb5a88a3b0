"""A mailbox read over IMAP and left as it is: nothing is marked, moved or deleted. Source: SPEC section 5, ``receipts``.

``EXAMINE`` opens it read-only, ``BODY.PEEK`` sets no flag. Headers come first; only mails that may be answers are fetched whole.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from base64 import b64encode
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from coordination_xl.dispatch.receiving.incoming import Incoming
from coordination_xl.dispatch.receiving.moments import SHANGHAI
from coordination_xl.dispatch.receiving.parts import LONGEST_MAIL
from coordination_xl.errors import LoginRefused, ServerAddressWrong, ServerUnreachable, ServerUntrusted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from coordination_xl.dispatch.servers import Server

TIMEOUT: Final = 30.0
"""Seconds that the server may think about a command."""
_HEADERS_AT_ONCE: Final = 200
_MAILS_AT_ONCE: Final = 50
_BYTES_AT_ONCE: Final = 8 * 1024 * 1024
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID: Final = re.compile(rb"\bUID (\d+)")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
_KEPT: Final = re.compile(rb'INTERNALDATE "\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')


class _Found(NamedTuple):
    uid: bytes
    size: int
    kept: datetime | None
    content: bytes


class Mailbox:
    """A mailbox, open for reading; use it in a ``with`` block.

    Args:
        server: where it is.
        password: of its user.
        timeout: seconds for each command.
        context: whose certificates are believed; the system's where it is not given.

    Raises:
        ServerUnreachable: nobody answers.
        ServerUntrusted: its certificate is wrong, or it does not encrypt.
        LoginRefused: it takes neither user name nor password.
        ServerAddressWrong: it has no such mailbox.
    """

    def __init__(
        self, server: Server, password: str, *, timeout: float = TIMEOUT, context: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._where = server, f"收信服务器 {server}"
        with self._told():
            self._imap = self._connected(timeout, context or ssl.create_default_context())
            try:
                self._log_in(password)
                self._open()
            except BaseException:  # an interrupt, too, hangs up; it goes on up
                self._imap.shutdown()
                raise

    def __enter__(self) -> Self:
        """The mailbox itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye; a server that is gone is no matter."""
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            self._imap.logout()

    def mails(self, since: date, is_wanted: Callable[[bytes], bool]) -> Iterator[Incoming]:
        """The mails that came on a day or later and whose headers are wanted, in the order they came.

        Raises:
            ServerUnreachable: the connection broke.
        """
        with self._told():
            uids = self._since(since)
            for start in range(0, len(uids), _HEADERS_AT_ONCE):
                heads = self._fetch(uids[start : start + _HEADERS_AT_ONCE], "BODY.PEEK[HEADER]")
                wanted = [each for each in heads if is_wanted(each.content)]
                for batch in _batches(wanted):
                    for each in self._fetch([one.uid for one in batch], f"BODY.PEEK[]<0.{LONGEST_MAIL}>"):
                        kept = each.kept or datetime.now(SHANGHAI).replace(tzinfo=None)
                        yield Incoming(f"{self._server.folder} 第 {each.uid.decode()} 封", each.content, kept)

    def _connected(self, timeout: float, context: ssl.SSLContext) -> imaplib.IMAP4:
        if self._server.is_implicit:
            return imaplib.IMAP4_SSL(self._server.host, self._server.port, ssl_context=context, timeout=timeout)
        imap = imaplib.IMAP4(self._server.host, self._server.port, timeout=timeout)
        try:
            self._secure(imap, context)
        except BaseException:  # likewise
            imap.shutdown()
            raise
        return imap

    def _secure(self, imap: imaplib.IMAP4, context: ssl.SSLContext) -> None:
        if self._server.tls == "never":
            return
        if "STARTTLS" in imap.capabilities:
            imap.starttls(context)
        elif self._server.must_encrypt:
            raise ServerUntrusted(
                self._where,
                "服务器不提供加密（STARTTLS），没有登录",
                "改用 imaps://；确在可信的内网、愿意明文登录的，地址末尾写 ?tls=never",
            )

    def _log_in(self, password: str) -> None:
        if not self._server.user:
            raise ServerAddressWrong(self._where, "地址里没有用户名", "写成：imaps://xietiao@mail.example.com/INBOX")
        remedy = "核对用户名和密码；有的邮箱要在网页里开通 IMAP，并使用专用的授权码"
        try:
            self._imap.login(self._server.user, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as fault:
            raise LoginRefused(self._where, f"不接受 {self._server.user} 的登录（{_words(fault)}）", remedy) from fault
        except UnicodeEncodeError as fault:
            raise LoginRefused(self._where, "用户名或密码里有英文字母、数字和符号以外的字符", remedy) from fault

    def _open(self) -> None:
        with contextlib.suppress(imaplib.IMAP4.readonly):
            _, told = self._imap.capability()
            if (
                b"ID" in b" ".join(each for each in told if each).upper().split()
            ):  # 网易 shows no mail to a nameless program
                self._imap.xatom("ID", '("name" "coordination-xl")')
        status, told = self._imap.select(_mailbox_name(self._server.folder), readonly=True)
        if status != "OK":
            words = b" ".join(each for each in told if isinstance(each, bytes)).decode("utf-8", "replace")
            raise ServerAddressWrong(
                self._where, f"打不开邮箱“{self._server.folder}”（{words}）", "核对地址里斜杠后面的邮箱名称"
            )

    def _since(self, day: date) -> list[bytes]:
        """Numbers of the mails; one day more, because a server counts days in a zone of its own."""
        first = day - timedelta(days=1)
        status, told = self._imap.uid("SEARCH", "SINCE", f"{first.day}-{_MONTHS[first.month - 1]}-{first.year}")
        self._accept(status, told)
        return sorted({uid for each in told if isinstance(each, bytes) for uid in each.split()}, key=int)

    def _fetch(self, uids: Sequence[bytes], what: str) -> list[_Found]:
        if not uids:
            return []
        status, told = self._imap.uid("FETCH", b",".join(uids).decode(), f"(UID INTERNALDATE RFC822.SIZE {what})")
        self._accept(status, told)
        found = []
        for place, each in enumerate(told):
            if isinstance(each, tuple):
                behind = told[place + 1] if place + 1 < len(told) and isinstance(told[place + 1], bytes) else b""
                found.append(_found(each[0] + b" " + behind, each[1]))
        return [each for each in found if each.uid]

    def _accept(self, status: str, told: Sequence[object]) -> None:
        if status != "OK":
            raise imaplib.IMAP4.error(told[-1] if told else status)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong on the way, in words for the user."""
        try:
            yield
        except ssl.SSLCertVerificationError as fault:
            remedy = (
                "核对地址里的服务器名称；公司自建的服务器，把它的根证书装进系统；"
                "内网里不加密的，用 imap://，地址末尾写 ?tls=never"
            )
            raise ServerUntrusted(self._where, f"证书不可信（{fault.verify_message}）", remedy) from fault
        except ssl.SSLError as fault:
            remedy = "imaps:// 用于一开始就加密的端口（993），imap:// 用于 143；核对地址和端口"
            raise ServerUntrusted(self._where, f"加密没有谈成（{fault.reason or fault}）", remedy) from fault
        except (imaplib.IMAP4.error, OSError) as fault:
            what = "没有应答" if isinstance(fault, TimeoutError) else _words(fault)
            raise ServerUnreachable(
                self._where, f"连接不上或中断（{what}）", "核对地址和端口，检查网络；稍后再收"
            ) from fault


def _batches(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Mails that are fetched at once: not too many, and not too much."""
    batch: list[_Found] = []
    size = 0
    for each in found:
        weight = min(each.size, LONGEST_MAIL)
        if batch and (len(batch) == _MAILS_AT_ONCE or size + weight > _BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += weight
    if batch:
        yield batch


def _found(told: bytes, content: bytes) -> _Found:
    uid, size, kept = _UID.search(told), _SIZE.search(told), _KEPT.search(told)
    return _Found(uid[1] if uid else b"", int(size[1]) if size else 0, _moment(kept) if kept else None, content)


def _moment(match: re.Match[bytes]) -> datetime | None:
    day, month, year, hour, minute, second, sign, hours, minutes = (each.decode() for each in match.groups())
    zone = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        number = _MONTHS.index(month.title()) + 1
        when = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(zone))
        return when.astimezone(SHANGHAI).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _mailbox_name(name: str) -> str:
    """A mailbox's name as servers know it: modified UTF-7, in quotation marks."""
    encoded = re.sub(
        r"[^\x20-\x7e]+",
        lambda match: "&" + b64encode(match[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-",
        name.replace("&", "&-"),
    )
    return '"' + re.sub(r'(["\\])', r"\\\1", encoded) + '"'


def _words(fault: BaseException) -> str:
    """What a server or the system said."""
    if isinstance(fault, OSError) and fault.strerror:
        return {"Connection refused": "对方拒绝连接"}.get(fault.strerror, fault.strerror)
    said = fault.args[0] if fault.args else fault
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200] or type(fault).__name__
