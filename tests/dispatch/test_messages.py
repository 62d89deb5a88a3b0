"""An .eml made ready: whatever somebody's program made of the draft. Held against Python's own reading of mails."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.headerregistry import Address

import pytest

from coordination_xl.dispatch.sending.messages import read_message
from tests.dispatch.post_office import mail

MOMENT = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)


def read(raw: bytes, sender: Address | None = None):
    return read_message(raw, MOMENT, sender)


def test_only_what_marks_a_draft_and_what_nobody_may_see_is_taken_out():
    raw = mail(1, "a@example.com", copies=("b@example.com",), hidden=("c@example.com",))
    before, after = (email.message_from_bytes(each, policy=email.policy.SMTP) for each in (raw, read(raw).content))
    assert [each for each in before.items() if each[0] not in ("X-Unsent", "Bcc")] == after.items()
    assert before.get_content() == after.get_content()


def test_fields_keep_their_folds_and_their_order():
    raw = b"Subject: one\n two\n"
    raw += b"bcc:\n hidden@example.com,\n\tother@example.com\nTO: a@example.com\nX-UNSENT: 1\nFrom: x@example.com\n\nhi"
    read_ = read(raw)
    assert read_.to == ("hidden@example.com", "other@example.com", "a@example.com")
    head = read_.content.split(b"\r\n\r\n")[0]
    assert b"Subject: one\r\n two\r\nTO: a@example.com\r\nFrom: x@example.com" in head
    assert b"hidden" not in head


@pytest.mark.parametrize("edge", [b"\n", b"\r\n", b"\r"])
def test_lines_end_as_servers_want_it(edge):
    raw = edge.join([b"From: x@example.com", b"To: a@example.com", b"", b"one", b"", b"two"])
    assert read(raw).content.endswith(b"\r\n\r\none\r\n\r\ntwo\r\n")
    assert b"\n" not in read(raw).content.replace(b"\r\n", b"")


def test_a_mark_that_an_editor_left_at_the_start_is_no_part_of_the_first_field():
    assert read(b"\xef\xbb\xbfTo: a@example.com\n\nhi").to == ("a@example.com",)


@pytest.mark.parametrize(
    ("field", "to", "unusable"),
    [
        ('"Zhang, San" <a@example.com>, b@example.com', ("a@example.com", "b@example.com"), ()),
        ("=?utf-8?b?5oqA5pyv6YOo?= <a@example.com>; b@example.com", ("a@example.com", "b@example.com"), ()),
        ("技术部*专员 <a@example.com>", ("a@example.com",), ()),
        ("A@example.com, a@EXAMPLE.com", ("A@example.com",), ()),
        ("a@例子.中国", ("a@xn--fsqu00a.xn--fiqs8s",), ()),
        ("zhang san", (), ("zhang san",)),
        ("张三@example.com", (), ("张三@example.com",)),
        ("x <a@@example.com>, <>", (), ("x <a@@example.com>", "<>")),
        ("", (), ()),
    ],
)
def test_who_gets_it(field, to, unusable):
    got = read(b"From: x@example.com\nTo: " + field.encode() + b"\n\nhi")
    assert (got.to, got.unusable) == (to, unusable)


def test_a_mail_without_an_id_is_given_the_same_one_each_time():
    raw = b"From: x@example.com\nTo: a@example.com\n\nhi"
    first, again, other = read(raw), read(raw), read(raw + b"!")
    assert first.id == again.id != other.id
    assert email.message_from_bytes(first.content)["Message-ID"] == first.id


def test_date_and_sender_stand_in_where_there_are_none():
    got = read(b"To: a@example.com\n\nhi", Address("综合管理部", addr_spec="x@example.com"))
    parsed = email.message_from_bytes(got.content, policy=email.policy.default)
    assert (got.sender, parsed["From"].addresses[0].addr_spec) == ("x@example.com", "x@example.com")
    assert parsed["Date"].datetime == MOMENT
    assert read(b"To: a@example.com\n\nhi").sender == ""
    assert read(b"From: a@example.com\nSender: s@example.com\n\n").sender == "s@example.com"


def test_a_line_that_is_no_field_does_not_become_one():
    got = read(b"From MAILER Fri Mar 6\nhello Bcc: a@example.com\nTo: b@example.com\n\nhi")
    assert got.to == ("b@example.com",)
    assert b"MAILER" not in got.content


def test_rubbish_is_a_mail_to_nobody():
    for raw in (b"", b"\n\n\n", bytes(range(256)), b"no header at all"):
        assert read(raw).to == ()
