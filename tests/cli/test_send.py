"""``send`` as a user calls it."""

from __future__ import annotations

import json

import pytest

from coordination_xl.books import open_book
from tests.builders import row_of
from tests.dispatch.post_office import free_port, opened, with_mails


@pytest.fixture
def office():
    with opened() as server:
        yield server


@pytest.fixture
def book(tmp_path):
    return with_mails(tmp_path, 2)


def test_sends_what_waits_and_says_what_became_of_it(cli, book, office):
    called = cli("send", book, "--smtp", office.url)
    assert (called.status, len(office.got)) == (0, 2)
    assert "发出 2 封：已发送 2 行" in called.out
    assert "p1@example.com" in called.out
    assert f"结果已写入：{book}" in called.out
    assert row_of(open_book(book), "TZ-2026-0002")["state"] == "已发送"


def test_a_second_time_there_is_nothing_to_send(cli, book, office):
    cli("send", book, "--smtp", office.url)
    before = book.read_bytes()
    called = cli("send", book, "--smtp", office.url)
    assert (called.status, book.read_bytes(), len(office.got)) == (0, before, 2)
    assert "没有待发送的邮件" in called.out


def test_a_dry_run_names_the_recipients_and_sends_nothing(cli, book, office):
    before = book.read_bytes()
    called = cli("send", book, "--smtp", office.url, "--dry-run")
    assert (called.status, office.got, book.read_bytes()) == (0, [], before)
    assert "待发送 2 封，2 行" in called.out
    assert "p2@example.com" in called.out
    assert "试运行，没有发送" in called.out


def test_without_a_server_it_says_where_the_drafts_are(cli, book):
    before = book.read_bytes()
    called = cli("send", book)
    assert (called.status, book.read_bytes()) == (0, before)
    assert f"草稿在 {book.parent / 'outbox'}" in "".join(called.out.split("\n"))


def test_json_is_one_object_with_the_notices(cli, book, office):
    called = cli("send", book, "--smtp", office.url, "--json")
    document = called.document
    assert [(each["id"], each["state"], each["to"]) for each in document["notices"]] == [
        ("TZ-2026-0001", "已发送", ["p1@example.com"]),
        ("TZ-2026-0002", "已发送", ["p2@example.com"]),
    ]
    assert {
        "table": "Dispatch",
        "id": "TZ-2026-0001",
        "column": "发送状态",
        "old": "待发送",
        "new": "已发送",
    }.items() <= document["changes"][0].items()
    assert document["summary"]["states"] == {"已发送": 2}


def test_a_server_that_is_down_is_a_finding(cli, book, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    called = cli("send", book, "--smtp", f"smtp://127.0.0.1:{free_port()}", "--json")
    assert (called.status, [each["code"] for each in called.document["findings"]]) == (1, ["sent-later"])


def test_an_open_workbook_stops_it_before_anything_is_sent(cli, book, office):
    book.with_name(f"~${book.name}").touch()
    called = cli("send", book, "--smtp", office.url)
    assert (called.status, office.got) == (2, [])
    assert "工作簿正被打开" in called.err


def test_a_password_in_the_address_is_refused(cli, book):
    called = cli("send", book, "--smtp", "smtp://me:geheim@mail.example.com", "--json")
    assert called.status == 2
    assert "geheim" not in called.out + called.err
    assert json.loads(called.out)["summary"]["error"]["kind"] == "ServerAddressWrong"


def test_the_log_notes_how_many_went_out(cli, book, office, tmp_path):
    cli("send", book, "--smtp", office.url, "--log", tmp_path / "log.txt", "--quiet")
    assert "mails=2 findings=0" in (tmp_path / "log.txt").read_text(encoding="utf-8")
