"""``receipts`` as a user calls it."""

from __future__ import annotations

import pytest

from coordination_xl import open_book
from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS, dispatch, problem
from tests.dispatch.answer_mails import NUMBER, OUTLOOK_ZH, mail, plain

LATER = ("--now", "2026-03-06T17:00")


@pytest.fixture
def book(tmp_path):
    people = [each | {"email": "li@example.com"} if each["person"] == "工程师" else each for each in CONTACTS]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(
        build_workbook(
            {"Contacts": people, "Problems": [problem()], "Dispatch": [dispatch(id=NUMBER, kind="进度催报")]}
        )
    )
    return path


@pytest.fixture
def mails(tmp_path):
    folder = tmp_path / "回信"
    folder.mkdir()
    (folder / "答复.eml").write_bytes(OUTLOOK_ZH)
    return folder


def state(path) -> str:
    return str(Ledgers.read(open_book(path))["Dispatch"]["state"].iloc[0])


def test_writes_what_came_back_and_says_so(cli, book, mails):
    called = cli("receipts", book, "--from", mails, *LATER)
    assert (called.status, state(book)) == (0, "已阅")
    assert "看了 1 封邮件：答复 1 封。" in called.out
    assert "新增进展反馈 1 行。" in called.out
    assert f"结果已写入：{book}" in called.out


def test_a_second_time_writes_nothing(cli, book, mails):
    cli("receipts", book, "--from", mails, *LATER)
    before = book.read_bytes()
    called = cli("receipts", book, "--from", mails, *LATER)
    assert ("没有变化" in called.out, book.read_bytes()) == (True, before)


def test_a_dry_run_shows_the_cells_and_writes_none(cli, book, mails):
    before = book.read_bytes()
    called = cli("receipts", book, "--from", mails, "--dry-run", *LATER)
    assert "技术部*工程师 答复 2026-03-06 14:31" in called.out
    assert (called.status, book.read_bytes()) == (0, before)


def test_as_json_it_is_one_object(cli, book, mails):
    document = cli("receipts", book, "--from", mails, "--json", *LATER).document
    assert (document["summary"]["replied"], document["summary"]["progress"]) == (1, 1)
    assert {"发文记录", "进展反馈", "修改记录"} <= {
        each["sheet"] for each in (*document["changes"], *document["added"])
    }


def test_strangers_are_named_without_commanding_the_terminal(cli, book, mails):
    (mails / "坏.eml").write_bytes(mail(plain("x"), sender="x <evil[/b]\x1b[2J@example.org>"))
    (mails / "说明.txt").write_text("x")
    called = cli("receipts", book, "--from", mails, *LATER)
    assert called.status == 1
    assert "来路不明 1 个邮箱" in called.out
    assert "没有读的文件 1 个：说明.txt（不是 .eml 邮件）" in called.out
    assert "回执来路不明" in called.out or "不在通讯录里" in called.out
    assert "\x1b" not in called.out


@pytest.mark.parametrize(
    ("words", "message"),
    [((), "没有说从哪里收"), (("--from", "没有"), "没有这个文件夹"), (("--imap", "imaps://a:b@c"), "里面写了密码")],
)
def test_without_a_source_it_says_what_to_write(cli, book, words, message):
    before = book.read_bytes()
    called = cli("receipts", book, *words)
    assert (called.status, book.read_bytes()) == (2, before)
    assert message in called.err
