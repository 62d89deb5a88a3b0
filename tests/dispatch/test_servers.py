"""Addresses of mail servers as people write them."""

from __future__ import annotations

import pytest

from coordination_xl.dispatch.passwords import password_of, variable_of
from coordination_xl.dispatch.servers import imap_server, smtp_server
from coordination_xl.errors import SecretMissing, ServerAddressWrong


@pytest.mark.parametrize(
    ("text", "scheme", "host", "port", "user", "must_encrypt", "is_implicit"),
    [
        ("smtp://xietiao@mail.example.com:587", "smtp", "mail.example.com", 587, "xietiao", True, False),
        ("smtp://xietiao@mail.example.com", "smtp", "mail.example.com", 587, "xietiao", True, False),
        ("smtps://xietiao@mail.example.com", "smtps", "mail.example.com", 465, "xietiao", True, True),
        ("smtp://localhost:2525", "smtp", "localhost", 2525, "", False, False),
        ("smtp://localhost", "smtp", "localhost", 25, "", False, False),
        ("smtps://localhost", "smtps", "localhost", 465, "", True, True),
        (" SMTP://Mail.Example.com/ ", "smtp", "mail.example.com", 25, "", False, False),
        ("ｓｍｔｐ：//xietiao＠mail.example.com：587", "smtp", "mail.example.com", 587, "xietiao", True, False),
        (
            "smtp://xietiao%40example.com@mail.example.com",
            "smtp",
            "mail.example.com",
            587,
            "xietiao@example.com",
            True,
            False,
        ),
        (
            "smtp://xietiao@example.com@mail.example.com",
            "smtp",
            "mail.example.com",
            587,
            "xietiao@example.com",
            True,
            False,
        ),
        ("smtp://[::1]:2525", "smtp", "::1", 2525, "", False, False),
        ("smtp://例子.中国", "smtp", "xn--fsqu00a.xn--fiqs8s", 25, "", False, False),
        ("smtp://me@localhost?tls=never", "smtp", "localhost", 587, "me", False, False),
        ("smtp://localhost?tls=required", "smtp", "localhost", 25, "", True, False),
    ],
)
def test_an_address_for_sending(text, scheme, host, port, user, must_encrypt, is_implicit):
    server = smtp_server(text)
    assert (server.scheme, server.host, server.port, server.user) == (scheme, host, port, user)
    assert (server.must_encrypt, server.is_implicit, server.folder) == (must_encrypt, is_implicit, "")


@pytest.mark.parametrize(
    ("text", "port", "folder"),
    [
        ("imaps://xietiao@mail.example.com/INBOX", 993, "INBOX"),
        ("imaps://xietiao@mail.example.com", 993, "INBOX"),
        ("imap://xietiao@mail.example.com:1143/INBOX/%E5%9B%9E%E6%89%A7", 1143, "INBOX/回执"),
        ("imap://xietiao@mail.example.com/回执", 143, "回执"),
    ],
)
def test_an_address_for_receipts(text, port, folder):
    server = imap_server(text)
    assert (server.user, server.host, server.port, server.folder) == ("xietiao", "mail.example.com", port, folder)
    assert server.must_encrypt


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("smtp://xietiao:geheim@mail.example.com", "里面写了密码"),
        ("smtp://xietiao:@mail.example.com", "里面写了密码"),
        ("mail.example.com", "应以 smtp:// 或 smtps:// 开头"),
        ("http://mail.example.com", "应以 smtp:// 或 smtps:// 开头"),
        ("imaps://mail.example.com", "应以 smtp:// 或 smtps:// 开头"),
        ("smtp://", "没有服务器名称"),
        ("smtp://@:25", "没有服务器名称"),
        ("smtp://mail .example.com", "没有服务器名称"),
        ("smtp://mail.example.com:port", "无法理解"),
        ("smtp://mail.example.com:99999", "无法理解"),
        ("smtp://mail.example.com:0", "端口不能是 0"),
        ("smtp://[::1", "无法理解"),
        ("smtp://mail.example.com/INBOX", "后面多了内容"),
        ("smtp://mail.example.com?ssl=1", "问号后面"),
        ("smtp://mail.example.com?tls=maybe", "问号后面"),
        ("smtps://mail.example.com?tls=never", "问号后面"),
        ("smtp://a%0d%0aRCPT@mail.example.com", "控制字符"),
    ],
)
def test_what_is_no_address_for_sending_is_refused_in_words(text, words):
    with pytest.raises(ServerAddressWrong, match=words) as caught:
        smtp_server(text)
    assert "geheim" not in str(caught.value)


def test_a_password_comes_from_the_environment_by_the_servers_trade():
    environ = {"COORDINATION_XL_SMTP_PASSWORD": "s", "COORDINATION_XL_IMAP_PASSWORD": "i"}
    assert password_of(smtp_server("smtps://me@example.com"), environ) == "s"
    assert password_of(imap_server("imaps://me@example.com"), environ) == "i"


BOUND = {
    "COORDINATION_XL_IMAP_PASSWORD": "geheim",
    "COORDINATION_XL_IMAP_ACCOUNT": "xietiao@mail.example.com",
    "COORDINATION_XL_SMTP_PASSWORD": "s",
}


@pytest.mark.parametrize(
    "address",
    [
        "imaps://xietiao@evil.example/INBOX",
        "imaps://zhangsan@mail.example.com/INBOX",
        "imaps://xietiao%40mail.example.com@evil.example/INBOX",
        "imap://xietiao@mail.example.com.evil.example?tls=never",
    ],
)
def test_a_password_that_is_somebodys_goes_to_no_other_server_and_nobody_else(ring, address):
    with pytest.raises(
        SecretMissing, match=r"COORDINATION_XL_IMAP_PASSWORD 的密码只用于 xietiao@mail\.example\.com"
    ) as told:
        password_of(imap_server(address), BOUND)
    assert imap_server(address).account in str(told.value)
    assert "COORDINATION_XL_IMAP_ACCOUNT" in str(told.value)
    assert "geheim" not in str(told.value)
    ring.set_password("coordination-xl", imap_server(address).account, "from the ring")
    assert password_of(imap_server(address), BOUND) == "from the ring"


@pytest.mark.parametrize("owner", ["xietiao@mail.example.com", " xietiao@Mail.Example.com "])
def test_it_goes_to_its_own_account_however_the_server_is_written(owner):
    environ = BOUND | {"COORDINATION_XL_IMAP_ACCOUNT": owner}
    assert password_of(imap_server("imaps://xietiao@MAIL.example.com:1993/x"), environ) == "geheim"


def test_an_account_may_name_its_server_in_chinese():
    environ = BOUND | {"COORDINATION_XL_IMAP_ACCOUNT": "xietiao@邮件.example.com"}
    assert password_of(imap_server("imaps://xietiao@邮件.example.com"), environ) == "geheim"
    with pytest.raises(SecretMissing):
        password_of(imap_server("imaps://xietiao@mail.example.com"), environ)


def test_a_password_for_the_mailbox_binds_nothing_of_sending():
    assert password_of(smtp_server("smtps://xietiao@evil.example"), BOUND) == "s"


def test_who_does_not_log_in_needs_none():
    assert password_of(smtp_server("smtp://example.com"), {}) == ""


@pytest.fixture
def ring():
    """A keyring in memory."""
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class Memory(KeyringBackend):
        priority = 1

        def __init__(self):
            super().__init__()
            self.kept = {}

        def get_password(self, service, username):
            return self.kept.get((service, username))

        def set_password(self, service, username, password):
            self.kept[service, username] = password

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    yield keyring
    keyring.set_keyring(before)


def test_or_from_the_keyring_under_user_and_host(ring):
    ring.set_password("coordination-xl", "me@mail.example.com", "from the ring")
    server = smtp_server("smtp://me@mail.example.com")
    assert password_of(server, {}) == "from the ring"
    assert password_of(server, {variable_of(server): "from outside"}) == "from outside"


@pytest.mark.usefixtures("ring")
def test_a_password_that_is_nowhere_is_asked_for_in_both_ways():
    with pytest.raises(SecretMissing) as caught:
        password_of(smtp_server("smtp://me@mail.example.com"), {})
    assert "COORDINATION_XL_SMTP_PASSWORD" in str(caught.value)
    assert "keyring set coordination-xl me@mail.example.com" in str(caught.value)


def test_a_system_without_a_keyring_is_as_one_that_knows_nothing(ring):
    from keyring.backends.fail import Keyring

    ring.set_keyring(Keyring())
    with pytest.raises(SecretMissing):
        password_of(smtp_server("smtp://me@mail.example.com"), {})
