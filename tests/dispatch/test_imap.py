"""A mailbox read over IMAP, with a real server. Source: SPEC section 5, ``receipts``."""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from datetime import date, datetime, timedelta, timezone

import pytest

from coordination_xl.actions.receipts import receipts
from coordination_xl.dispatch.receiving import imap
from coordination_xl.dispatch.receiving.imap import Mailbox
from coordination_xl.dispatch.receiving.parts import LONGEST_MAIL
from coordination_xl.dispatch.servers import imap_server
from coordination_xl.errors import (
    LoginRefused,
    SecretMissing,
    ServerAddressWrong,
    ServerUnreachable,
    ServerUntrusted,
    UsageError,
)
from tests.builders import CONTACTS, NOW, book, dispatch, problem, row_of, settings
from tests.dispatch.answer_mails import READ_RECEIPT, mail, plain
from tests.dispatch.mail_store import PASSWORD, USER, serving
from tests.dispatch.secure_servers import Authority

SHANGHAI = timezone(timedelta(hours=8))
CAME = datetime(2026, 3, 6, 9, 45, tzinfo=SHANGHAI).timestamp()
DAY = date(2026, 3, 6)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority.make(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def running(authority):
    with serving(authority) as store:
        yield store


@pytest.fixture
def store(running):
    running.clear()
    return running


def opened(store, url: str = "", password: str = PASSWORD) -> Mailbox:
    return Mailbox(imap_server(url or store.url()), password, timeout=10, context=store.trusted)


def numbered(count: int) -> list[bytes]:
    return [
        mail(plain("办"), subject=f"第{number}封", replies="", id=f"<{number}@example.com>") for number in range(count)
    ]


class TestMails:
    @pytest.mark.parametrize("scheme", ["imaps", "imap"])
    def test_come_encrypted_with_the_moment_they_were_kept(self, store, scheme):
        store.put(READ_RECEIPT, kept=CAME)
        with opened(store, store.url(scheme)) as mailbox:
            (found,) = mailbox.mails(DAY, lambda _: True)
        assert (found.content, found.kept) == (READ_RECEIPT, datetime(2026, 3, 6, 9, 45))
        assert found.place == "INBOX 第 1 封"

    def test_stay_unseen_unmoved_and_whole(self, store):
        store.put(*numbered(5), kept=CAME)
        with opened(store) as mailbox:
            list(
                mailbox.mails(DAY, lambda _: True)
            )  # the first opening numbers the mails: nothing to do with their flags
        before = store.marks()
        with opened(store) as mailbox:
            assert len(list(mailbox.mails(DAY, lambda _: True))) == 5
        assert store.marks() == before
        assert all("S" not in name.partition(":2,")[2] for _, name, _ in before)
        other = imaplib.IMAP4_SSL("localhost", store.implicit, ssl_context=store.trusted, timeout=10)
        other.login(USER, PASSWORD)
        other.select(readonly=True)
        assert other.search(None, "UNSEEN")[1] == [b"1 2 3 4 5"]
        other.logout()

    def test_from_before_the_day_are_not_asked_for(self, store):
        store.put(*numbered(2), kept=CAME - 86_400 * 30)
        store.put(READ_RECEIPT, kept=CAME)
        with opened(store) as mailbox:
            assert [each.content for each in mailbox.mails(DAY, lambda _: True)] == [READ_RECEIPT]

    def test_are_many_and_fetched_only_where_their_headers_are_wanted(self, store):
        store.put(*numbered(3000), kept=CAME)
        asked = []

        def is_wanted(header: bytes) -> bool:
            asked.append(header)
            return b"<1234@example.com>" in header or b"<2999@example.com>" in header

        with opened(store) as mailbox:
            found = list(mailbox.mails(DAY, is_wanted))
        assert len(asked) == 3000
        assert [b"\r\n\r\n" in each for each in (asked[0].rstrip(), found[0].content)] == [False, True]
        assert [each.place for each in found] == ["INBOX 第 1235 封", "INBOX 第 3000 封"]

    def test_that_are_huge_come_as_far_as_they_are_looked_at(self, store):
        store.put(b"Subject: x\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 200_000, kept=CAME)
        with opened(store) as mailbox:
            (found,) = mailbox.mails(DAY, lambda _: True)
        assert len(found.content) == LONGEST_MAIL

    def test_of_a_mailbox_with_a_chinese_name(self, store):
        store.put(READ_RECEIPT, kept=CAME, mailbox="&Vt5iZw-")  # 回执 in modified UTF-7, by hand
        with opened(store, store.url(folder="回执")) as mailbox:
            assert len(list(mailbox.mails(DAY, lambda _: True))) == 1

    def test_none(self, store):
        with opened(store) as mailbox:
            assert list(mailbox.mails(DAY, lambda _: True)) == []

    def test_could_not_be_marked_even_if_somebody_tried(self, store):
        store.put(READ_RECEIPT, kept=CAME)
        with opened(store) as mailbox:
            before = store.marks()
            mailbox._imap.uid("STORE", "1", "+FLAGS", r"(\Seen \Deleted)")
            mailbox._imap.uid("EXPUNGE", "1")
        assert store.marks() == before


class TestRefusals:
    def test_a_wrong_password_is_told_without_it(self, store):
        with pytest.raises(LoginRefused, match=f"不接受 {USER} 的登录") as told:
            opened(store, password="falsch!")  # noqa: S106 - no secret
        assert "falsch" not in str(told.value)

    def test_a_password_beyond_ascii(self, store):
        with pytest.raises(LoginRefused, match="英文字母"):
            opened(store, password="密码")  # noqa: S106 - no secret

    def test_a_certificate_that_nobody_vouches_for(self, store):
        with pytest.raises(ServerUntrusted, match="证书不可信"):
            Mailbox(imap_server(store.url()), PASSWORD, timeout=10, context=ssl.create_default_context())

    def test_a_certificate_of_another_name(self, store):
        with pytest.raises(ServerUntrusted, match="证书不可信"):
            opened(store, store.url(host="127.0.0.1"))

    def test_a_port_that_begins_in_the_clear_called_encrypted(self, store):
        url = store.url("imap").replace("imap:", "imaps:")
        with pytest.raises(ServerUntrusted, match="imap:// 用于 143"):
            opened(store, url)

    def test_a_mailbox_that_is_not_there(self, store):
        with pytest.raises(ServerAddressWrong, match="打不开邮箱“没有”"):
            opened(store, store.url(folder="没有"))

    def test_an_address_without_a_user(self, store):
        with pytest.raises(ServerAddressWrong, match="没有用户名"):
            opened(store, f"imaps://localhost:{store.implicit}")


class Stub:
    """A server that says what it is told to, line by line, then hangs up or says nothing more."""

    def __init__(self, *lines: bytes, is_silent: bool = False) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.heard: list[bytes] = []
        self._lines, self._is_silent = lines, is_silent
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._talk)
        self._thread.start()

    def _talk(self) -> None:
        with self._listener, self._listener.accept()[0] as connection:
            connection.settimeout(10)
            connection.sendall(b"* OK hello\r\n")
            reader = connection.makefile("rb")
            for line in self._lines:
                command = reader.readline()
                self.heard.append(command)
                if not command:
                    return
                connection.sendall(line.replace(b"TAG", command.split(b" ")[0]))
            if self._is_silent:
                self._done.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()


CAPABLE = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
NAMED = b"* CAPABILITY IMAP4rev1 ID\r\nTAG OK done\r\n"


class TestBadConnections:
    def test_nobody_there(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        with pytest.raises(ServerUnreachable, match="对方拒绝连接"):
            Mailbox(imap_server(f"imap://a@127.0.0.1:{port}?tls=never"), "x", timeout=5)

    def test_a_login_in_the_clear_is_not_even_tried(self):
        with Stub(CAPABLE, b"* BYE\r\nTAG OK done\r\n") as stub, pytest.raises(ServerUntrusted, match="没有登录"):
            Mailbox(imap_server(f"imap://a@127.0.0.1:{stub.port}"), "x", timeout=5)
        assert not any(b"LOGIN" in each for each in stub.heard)

    def test_a_server_that_says_nothing_more(self):
        with Stub(CAPABLE, is_silent=True) as stub, pytest.raises(ServerUnreachable, match="没有应答"):
            Mailbox(imap_server(f"imap://a@127.0.0.1:{stub.port}?tls=never"), "x", timeout=0.3)

    @pytest.mark.parametrize(
        "end", [b"", b"* BYE shutting down\r\n", b"garbage\r\n", b"* SEARCH 1\r\nTAG BAD what\r\n"]
    )
    def test_a_connection_that_breaks_while_mails_come(self, end):
        lines = [CAPABLE, b"TAG OK done\r\n", CAPABLE, b"* 1 EXISTS\r\nTAG OK [READ-ONLY] done\r\n", end]
        with Stub(*lines) as stub:
            mailbox = Mailbox(imap_server(f"imap://a@127.0.0.1:{stub.port}?tls=never"), "x", timeout=5)
            with pytest.raises(ServerUnreachable, match="连接不上或中断"):
                list(mailbox.mails(DAY, lambda _: True))
            mailbox._imap.shutdown()

    def test_a_server_that_wants_to_know_the_program_is_told(self):
        lines = [
            CAPABLE,
            b"TAG OK done\r\n",
            NAMED,
            b"* ID NIL\r\nTAG OK done\r\n",
            b"* 0 EXISTS\r\nTAG OK [READ-ONLY] done\r\n",
            b"* BYE\r\nTAG OK done\r\n",
        ]
        with Stub(*lines) as stub, Mailbox(imap_server(f"imap://a@127.0.0.1:{stub.port}?tls=never"), "x", timeout=5):
            pass
        assert b' ID ("name" "coordination-xl")\r\n' in stub.heard[3]
        assert b" EXAMINE " in stub.heard[4]


PEOPLE = [dict(each) | {"email": f"p{number}@example.com"} for number, each in enumerate(CONTACTS)]
ENGINEER = next(each["email"] for each in PEOPLE if each["person"] == "工程师")


class TestReceipts:
    def ledger(self, **values: str):
        return book(
            Contacts=PEOPLE,
            Problems=[problem()],
            Settings=settings(**values),
            Dispatch=[dispatch(answer_needed="已阅")],
        )

    def answer(self) -> bytes:
        return mail(
            plain("收到"),
            subject="Re: x（TZ-2026-0001）",
            sender=f"李雷 <{ENGINEER}>",
            replies="",
            date="Fri, 06 Mar 2026 09:40:00 +0800",
        )

    def test_come_from_the_mailbox_of_the_settings(self, store):
        spam = mail(plain("TZ-2026-0001 买发票"), subject="广告", sender="广告 <ad@example.org>", replies="")
        store.put(spam, self.answer(), kept=CAME)
        made = self.ledger(收信服务器=store.url())
        environ = {"COORDINATION_XL_IMAP_PASSWORD": PASSWORD}
        result = receipts(made, NOW, environ=environ, context=store.trusted)
        assert (result.summary["mails"], result.summary["read"], result.findings) == (1, 1, ())
        made.apply(result.changes)
        assert row_of(made, "TZ-2026-0001")["read_at"] == datetime(2026, 3, 6, 9, 40)
        assert not receipts(made, NOW, environ=environ, context=store.trusted).changes

    def test_need_a_password_and_an_address(self, store):
        with pytest.raises(SecretMissing, match="COORDINATION_XL_IMAP_PASSWORD"):
            receipts(
                self.ledger(),
                NOW,
                imap=store.url(),
                environ={"COORDINATION_XL_IMAP_PASSWORD": ""},
                context=store.trusted,
            )
        with pytest.raises(UsageError, match="收信服务器"):
            receipts(self.ledger(), NOW)


def test_the_months_are_those_of_the_standard():
    assert [datetime(2026, number + 1, 1).strftime("%b") for number in range(12)] == list(imap._MONTHS)
