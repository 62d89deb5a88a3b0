"""Which accounts were agreed to on this machine. Source: SPEC section 3: no workbook gets a password by itself."""

import pytest

from coordination_xl.addin.clicking.confirmed import confirm, is_confirmed
from coordination_xl.addin.setup.places import ACCOUNTS
from coordination_xl.dispatch.servers import imap_server

MINE = imap_server("imaps://xietiao@mail.example.com/INBOX")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def test_nobody_is_agreed_to_before_somebody_agrees():
    assert not is_confirmed(MINE)


def test_a_yes_is_remembered_once_for_every_folder_of_the_account(home):
    confirm(MINE)
    confirm(MINE)
    assert is_confirmed(MINE)
    assert is_confirmed(imap_server("imaps://xietiao@MAIL.example.com/Archive"))
    assert (home / ".coordination_xl" / ACCOUNTS).read_text(encoding="utf-8") == "xietiao@mail.example.com\n"


@pytest.mark.parametrize(
    "address",
    [
        "imaps://xietiao@evil.example/INBOX",
        "imaps://zhangsan@mail.example.com/INBOX",
        "imaps://xietiao%40mail.example.com@evil.example",
        "imap://xietiao@mail.example.com?tls=never",
    ],
)
def test_a_yes_is_for_no_other_account_and_for_no_login_in_the_clear(address):
    confirm(MINE)
    assert not is_confirmed(imap_server(address))


def test_a_server_without_a_login_gets_no_password_and_needs_no_yes():
    assert is_confirmed(imap_server("imaps://mail.example.com"))


def test_where_nothing_can_be_written_it_is_asked_again(home):
    (home / ".coordination_xl").write_text("a file where the folder should be")
    confirm(MINE)
    assert not is_confirmed(MINE)


def test_a_user_of_whom_no_folder_is_known_is_asked_each_time(monkeypatch):
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("USERPROFILE")
    confirm(MINE)
    assert not is_confirmed(MINE)
