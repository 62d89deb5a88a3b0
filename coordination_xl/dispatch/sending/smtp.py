"""One conversation with a mail server, taken apart where it matters: the text first, and the byte that makes it count by itself.

Python's ``sendmail`` sends text and final dot in one breath; lost in between, nobody knows. Here the text is sent, ``on_text`` is
called (it writes the journal), and only then the dot goes out: a loss before it is certainly no mail.
Source: SPEC section 5, ``send``.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.sending.smtp_replies import Lost, Refused, Reply, as_reply, why_lost
from coordination_xl.errors import LoginRefused, ServerUnreachable, ServerUntrusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordination_xl.dispatch.sending.messages import Message
    from coordination_xl.dispatch.servers import Server

TIMEOUT: Final = 30.0
"""Seconds that a server may think about a command."""
PATIENCE: Final = 600.0
"""Seconds that it may think about a whole message: what RFC 5321 asks for, and the longer, the fewer are uncertain."""
_DOT: Final = re.compile(rb"^\.", re.MULTILINE)
_CLOSING: Final = 421
_TOO_LARGE: Final = 552
"""The one answer to ``MAIL`` that is about this message, not about its sender."""
_GO_AHEAD: Final = 354
_CHUNK: Final = 1 << 16


class Conversation:
    """A connection to a server, encrypted and logged in as its address says.

    Args:
        server: which.
        password: of its user.
        timeout: seconds for each command.
        patience: seconds for the answer to a whole message.
        context: whose certificates are believed; the system's where it is not given.

    Attributes:
        used: how many messages went through.

    Raises:
        ServerUnreachable: nobody answers, or not now.
        ServerUntrusted: its certificate is wrong, or it does not encrypt.
        LoginRefused: it takes neither user name nor password.
    """

    def __init__(
        self,
        server: Server,
        password: str = "",
        *,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._timeout = timeout
        self._patience = patience
        self.used = 0
        context = context or ssl.create_default_context()
        where = f"发信服务器 {server}"
        try:
            self._smtp = self._connected(context)
            try:
                self._secure(context)
                self._log_in(password)
            except BaseException:  # an interrupt, too, hangs up; it goes on up
                self._smtp.close()
                raise
        except ssl.SSLCertVerificationError as fault:
            remedy = (
                "核对地址里的服务器名称；公司自建的服务器，把它的根证书装进系统；内网里不加密的，地址末尾写 ?tls=never"
            )
            raise ServerUntrusted(where, f"证书不可信（{fault.verify_message}）", remedy) from fault
        except ssl.SSLError as fault:
            remedy = "smtps:// 用于一开始就加密的端口（465），smtp:// 用于 587；核对地址和端口"
            raise ServerUntrusted(where, f"加密没有谈成（{fault.reason or fault}）", remedy) from fault
        except smtplib.SMTPResponseException as fault:
            reply = as_reply(fault.smtp_code, fault.smtp_error)
            raise ServerUnreachable(where, f"服务器暂不接待（{reply.words}）", "稍后再发送") from fault
        except (
            OSError,
            smtplib.SMTPException,
            UnicodeError,
        ) as fault:
            raise ServerUnreachable(
                where, f"连接不上（{why_lost(fault)}）", "核对地址和端口，检查网络；稍后再发送"
            ) from fault

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        host, port, timeout = self._server.host, self._server.port, self._timeout
        if self._server.is_implicit:
            return smtplib.SMTP_SSL(host, port, _own_name(), timeout=timeout, context=context)
        return smtplib.SMTP(host, port, _own_name(), timeout=timeout)

    def _secure(self, context: ssl.SSLContext) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if self._server.is_implicit or self._server.tls == "never":
            return
        if self._smtp.has_extn("starttls"):
            code, text = self._smtp.starttls(context=context)
            if not as_reply(code, text).is_yes:
                raise smtplib.SMTPResponseException(code, text)
            self._smtp.ehlo_or_helo_if_needed()
        elif self._server.must_encrypt:
            raise ServerUntrusted(
                f"发信服务器 {self._server}",
                "服务器不提供加密（STARTTLS），没有登录",
                "核对端口（通常 587），或改用 smtps://；确在可信的内网、愿意明文登录的，地址末尾写 ?tls=never",
            )

    def _log_in(self, password: str) -> None:
        if not self._server.user:
            return
        where = f"发信服务器 {self._server}"
        remedy = "核对用户名和密码；有的邮箱要在网页里开通 SMTP，并使用专用的授权码"
        try:
            self._smtp.login(self._server.user, password)
        except smtplib.SMTPAuthenticationError as fault:
            reply = as_reply(fault.smtp_code, fault.smtp_error)
            if reply.is_later:
                raise
            raise LoginRefused(where, f"不接受 {self._server.user} 的登录（{reply.words}）", remedy) from fault
        except smtplib.SMTPNotSupportedError as fault:
            raise LoginRefused(where, "服务器在这个端口不接受登录", "核对端口（通常 587 或 465）") from fault
        except UnicodeEncodeError as fault:
            raise LoginRefused(where, "用户名或密码里有英文字母、数字和符号以外的字符", remedy) from fault

    def send(
        self, message: Message, to: tuple[str, ...], on_text: Callable[[tuple[str, ...]], None]
    ) -> dict[str, Reply]:
        """Send a message; the answer for each recipient.

        Args:
            message: what.
            to: to whom.
            on_text: told which recipients the server took, when it has the text and nothing but the final dot is missing; what
                it raises keeps the dot back.

        Raises:
            Refused: the server does not take the message; nobody got it.
            Lost: the connection broke. If that was after ``on_text``, it is not known who got it.
        """
        try:
            self._begin(message)
            replies = {address: self._recipient(address) for address in to}
            taken = tuple(address for address, reply in replies.items() if reply.is_yes)
            if not taken:
                self._smtp.rset()
                return replies
            self._text(message.content)
            on_text(taken)
            reply = self._finish()
        except Refused:
            raise
        except (smtplib.SMTPException, OSError) as fault:
            self._smtp.close()
            raise Lost(why_lost(fault)) from fault
        except BaseException:
            self._smtp.close()  # without the dot, the server forgets the text
            raise
        self.used += 1
        return replies | dict.fromkeys(taken, reply)

    def _begin(self, message: Message) -> None:
        options = [f"SIZE={len(message.content)}"] if self._smtp.has_extn("size") else []
        options += ["BODY=8BITMIME"] if self._smtp.has_extn("8bitmime") and not message.content.isascii() else []
        reply = self._checked(as_reply(*self._smtp.mail(message.sender, options)))
        if not reply.is_yes:
            raise self._turned_down(reply, is_sender=reply.is_never and reply.code != _TOO_LARGE)

    def _recipient(self, address: str) -> Reply:
        return self._checked(as_reply(*self._smtp.rcpt(address)))

    def _text(self, content: bytes) -> None:
        """Everything but the final dot."""
        self._smtp.putcmd("data")
        reply = self._checked(as_reply(*self._smtp.getreply()))
        if reply.code != _GO_AHEAD:
            raise self._turned_down(reply)
        stuffed = _DOT.sub(b"..", content)
        for start in range(0, len(stuffed), _CHUNK):
            self._smtp.send(stuffed[start : start + _CHUNK])

    def _finish(self) -> Reply:
        """The dot, and what the server says to it."""
        if self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("closed")
        self._smtp.sock.settimeout(self._patience)
        self._smtp.send(b".\r\n")
        reply = as_reply(*self._smtp.getreply())
        if not (reply.is_yes or reply.is_later or reply.is_never):
            raise smtplib.SMTPServerDisconnected(reply.words)
        if reply.code == _CLOSING:
            self._smtp.close()
        else:
            self._smtp.sock.settimeout(self._timeout)
        return reply

    def _checked(self, reply: Reply) -> Reply:
        """An answer before the text is there; one that closes the connection is a loss, and so is none at all."""
        if reply.code == _CLOSING or not 200 <= reply.code < 600:
            raise smtplib.SMTPServerDisconnected(reply.words)
        return reply

    def _turned_down(self, reply: Reply, *, is_sender: bool = False) -> Refused:
        with contextlib.suppress(smtplib.SMTPException, OSError):  # the next message finds a lost connection out
            self._smtp.rset()
        return Refused(reply, is_sender=is_sender)

    def close(self) -> None:
        """Say goodbye; a server that is gone is no matter."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self._smtp.close()


def _own_name() -> str:
    """What the server is told who calls: the machine's name where a server can read it."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() and name.isprintable() and " " not in name else "[127.0.0.1]"
