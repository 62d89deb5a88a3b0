"""What is sent is what was shown, at the moment it is sent: a question may stand open for hours. Source: SPEC section 5."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from coordination_xl.actions.dispatching.unseen import kept_back
from tests.dispatch.post_office import NOW, STEM, opened, with_mails
from tests.dispatch.sendings import delivered, one, planned, shown

CHANGED = "确认之后文件有变动，这一封没有发，请再点一次【发送】"


@pytest.fixture
def office():
    with opened() as server:
        yield server


def draft(folder, number=1):
    return folder / "outbox" / STEM / f"TZ-2026-{number:04}.eml"


def answered(book, sending, **more):
    """The yes; the result is written."""
    result = sending.deliver(book, clock=lambda: NOW, **more)
    result.write(book)
    return result


class TestWhatIsNotWhatWasShown:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"To: p1@example.com", b"To: other@example.com"),
            (b"Message-ID: <TZ-2026-0001", b"Message-ID: <TZ-2026-0009"),
            (b"Subject: ", b"Subject: x"),
            (b"MIME-Version: 1.0", b"Bcc: hidden@example.com\r\nMIME-Version: 1.0"),
        ],
    )
    def test_a_mail_that_was_edited_stays_and_the_others_go(self, tmp_path, office, old, new):
        path = with_mails(tmp_path, 2)
        book, sending = planned(path, office)
        draft(tmp_path).write_bytes(draft(tmp_path).read_bytes().replace(old, new))
        (found,) = answered(book, sending).findings
        assert [to for _, to in office.got] == ["p2@example.com"]
        assert (found.code, found.id) == ("sent-later", "TZ-2026-0001")
        assert CHANGED in found.message
        assert [(shown(path, n)["state"], shown(path, n).get("failure")) for n in (1, 2)] == [
            ("待发送", CHANGED),
            ("已发送", None),
        ]

    def test_it_goes_when_it_was_shown_anew(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        draft(tmp_path).write_bytes(draft(tmp_path).read_bytes().replace(b"To: a@", b"To: b@"))
        answered(book, sending)
        assert delivered(path, office).findings == ()
        assert [to for _, to in office.got] == ["b@example.com"]
        assert "failure" not in shown(path)

    def test_a_mail_that_came_in_meanwhile_is_not_sent(self, tmp_path, office):
        path = with_mails(tmp_path, 2)
        late = draft(tmp_path).read_bytes()
        draft(tmp_path).unlink()
        book, sending = planned(path, office)
        draft(tmp_path).write_bytes(late)
        (found,) = answered(book, sending).findings
        assert (CHANGED in found.message, shown(path)["state"]) == (True, "待发送")
        assert [to for _, to in office.got] == ["p2@example.com"]

    def test_a_file_that_went_away_meanwhile_fails_as_one_that_never_was(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        draft(tmp_path).unlink()
        answered(book, sending)
        assert (shown(path)["state"], office.got) == ("失败", [])
        assert "外发目录里没有" in shown(path)["failure"]

    def test_a_mail_without_a_date_is_no_other_one_for_the_time_that_passed(self, tmp_path, office):
        path = one(tmp_path)
        draft(tmp_path).write_bytes(b"To: a@example.com\nMessage-ID: <1@x>\nSubject: x\n\nbody")
        book, sending = planned(path, office)
        assert sending.deliver(book, clock=lambda: NOW + timedelta(hours=1)).findings == ()
        assert b"Date: Fri, 06 Mar 2026 11:00:00 +0800" in office.texts[0]

    def test_what_could_not_go_when_it_was_shown_was_not_agreed_to(self, tmp_path, office):
        _, sending = planned(one(tmp_path), office)
        (now,) = sending.mails
        assert kept_back([now], [now]) == {}
        assert kept_back([now], [replace(now, fault="不能阅看")])[now.file].deferred == {"a@example.com": CHANGED}


class TestTheMomentOfSending:
    def test_the_clock_runs_while_the_question_is_open(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        time.sleep(1.1)
        sending.deliver(book).write(book)
        assert NOW + timedelta(seconds=1) <= shown(path)["sent_at"] <= NOW + timedelta(minutes=5)
