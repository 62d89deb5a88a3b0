"""Encryption and login, with real servers. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import pytest

from coordination_xl.actions.send import send
from coordination_xl.books import open_book
from coordination_xl.dispatch.sending.messages import read_message
from coordination_xl.dispatch.sending.smtp import Conversation
from coordination_xl.dispatch.servers import smtp_server
from coordination_xl.errors import LoginRefused, ServerUntrusted
from tests.builders import row_of
from tests.dispatch import secure_servers
from tests.dispatch.post_office import NOW, mail, opened, with_mails
from tests.dispatch.secure_servers import USER, Authority, can_encrypt

pytestmark = pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS"
)  # it is encrypted from its first byte
SERVERS = ("aiosmtpd", "dovecot", "opensmtpd")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority.make(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module", params=SERVERS)
def running(request, authority):
    with getattr(secure_servers, request.param)(authority) as server:
        yield server


@pytest.fixture
def server(running):
    """One of the servers, encrypting; nothing has arrived yet."""
    if not can_encrypt(running):
        pytest.skip("this server's own encryption fails")
    running.office.received.clear()
    return running


@pytest.fixture
def path(tmp_path):
    return with_mails(tmp_path, 2)


def sending(path, url):
    book = open_book(path)
    return book, send(book, NOW, smtp=url)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mails_go_out_encrypted_and_logged_in(server, authority, path, scheme):
    book, made = sending(path, server.url(scheme))
    environ = {"COORDINATION_XL_SMTP_PASSWORD": server.password}
    result = made.deliver(book, environ=environ, context=authority.trusted)
    result.write(book)
    assert (result.findings, result.summary["states"]) == ((), {"已发送": 2})
    assert sorted(to for _, to in server.wait_for(2)) == ["p1@example.com", "p2@example.com"]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_wrong_password_stops_it_with_nothing_marked(server, authority, path, scheme):
    before = path.read_bytes()
    book, made = sending(path, server.url(scheme))
    with pytest.raises(LoginRefused, match=f"不接受 {USER} 的登录（535"):
        made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": "wrong"}, context=authority.trusted)
    assert (path.read_bytes(), server.office.got) == (before, [])
    assert row_of(open_book(path), "TZ-2026-0001")["state"] == "待发送"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_of_an_unknown_authority_stops_it(server, path, scheme):
    book, made = sending(path, server.url(scheme))
    with pytest.raises(ServerUntrusted, match="证书不可信"):
        made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": server.password})
    assert server.office.got == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_for_another_name_stops_it(server, authority, path, scheme):
    book, made = sending(path, server.url(scheme, host="127.0.0.1"))
    with pytest.raises(ServerUntrusted, match="证书不可信"):
        made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": server.password}, context=authority.trusted)
    assert server.office.got == []


def test_the_password_is_in_no_file_and_no_result(server, authority, path, tmp_path):
    book, made = sending(path, server.url("smtp"))
    result = made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": server.password}, context=authority.trusted)
    result.write(book)
    server.wait_for(2)
    written = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert not any(server.password.encode() in each for each in written)
    assert server.password not in repr(result)
    assert server.password not in repr(made)


@pytest.mark.parametrize("address", ["smtp://me@127.0.0.1:{}", "smtp://127.0.0.1:{}?tls=required"])
def test_nobody_logs_in_in_the_clear(path, address):
    with opened() as office:
        book, made = sending(path, address.format(office.port))
        with pytest.raises(ServerUntrusted, match="不提供加密"):
            made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": "secret"})
        assert office.got == []


def test_the_wrong_port_for_encryption_at_once_is_said(path):
    with opened() as office:
        book, made = sending(path, f"smtps://127.0.0.1:{office.port}")
        with pytest.raises(ServerUntrusted, match="核对地址和端口"):
            made.deliver(book)


@pytest.mark.parametrize("running", ["opensmtpd"], indirect=True)
def test_a_queueing_server_relays_what_it_took_in_the_clear(running):
    running.office.received.clear()
    address = smtp_server(f"smtp://localhost:{running.starttls}?tls=never")
    message = read_message(mail(1, "a@example.com"), NOW)
    conversation, told = Conversation(address), []
    replies = conversation.send(message, message.to, told.append)
    conversation.close()
    assert (replies["a@example.com"].is_yes, told) == (True, [("a@example.com",)])
    assert running.wait_for(1) == [("<TZ-2026-0001.abc@example.com>", "a@example.com")]


def test_a_password_beyond_ascii_is_refused_in_words(server, authority, path):
    book, made = sending(path, server.url("smtp"))
    with pytest.raises(LoginRefused, match="英文字母、数字和符号以外的字符"):
        made.deliver(book, environ={"COORDINATION_XL_SMTP_PASSWORD": "口令"}, context=authority.trusted)
