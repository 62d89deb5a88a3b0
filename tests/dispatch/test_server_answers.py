"""What each answer of a server makes of the rows. Source: SPEC section 5, section 6."""

from __future__ import annotations

import pytest

from tests.dispatch.post_office import NOW, PostOffice, opened, with_mails
from tests.dispatch.sendings import Naps, Once, change, delivered, one, shown


@pytest.fixture
def office():
    with opened() as server:
        yield server


class TestAnswersOfTheServer:
    def test_a_recipient_that_is_refused_is_named_and_the_others_have_it(self, tmp_path, office):
        office.on_rcpt = lambda to: "550 5.1.1 no such user" if to.startswith("b") else None
        path = one(tmp_path, "a@example.com", "b@example.com")
        (found,) = delivered(path, office).findings
        assert (found.code, shown(path)["state"]) == ("partly-sent", "已发送")
        assert shown(path)["failure"] == "b@example.com：550 5.1.1 no such user"
        assert [to for _, to in office.got] == ["a@example.com"]

    def test_and_when_it_is_mended_only_that_one_is_sent_to(self, tmp_path, office):
        office.on_rcpt = lambda to: "550 no such user" if to.startswith("b") else None
        path = one(tmp_path, "a@example.com", "b@example.com")
        delivered(path, office)
        office.on_rcpt = lambda _: None
        change(path, 1, state="待发送")
        assert delivered(path, office).findings == ()
        assert [to for _, to in office.got] == ["a@example.com", "b@example.com"]
        assert "failure" not in shown(path)

    def test_all_refused_is_a_failure_in_the_servers_words(self, tmp_path, office):
        office.on_rcpt = lambda _: "550 5.7.1 relaying denied"
        path = with_mails(tmp_path, 2)
        result = delivered(path, office)
        assert [each.code for each in result.findings] == ["not-sent"] * 2
        assert (shown(path, 1)["state"], shown(path, 1)["failure"]) == (
            "失败",
            "p1@example.com：550 5.7.1 relaying denied",
        )

    def test_a_text_that_is_refused_fails_that_row_alone(self, tmp_path, office):
        office.on_data = lambda number: "554 looks like spam" if number == 0 else None
        path = with_mails(tmp_path, 3)
        delivered(path, office)
        assert [shown(path, n)["state"] for n in (1, 2, 3)] == ["失败", "已发送", "已发送"]
        assert "554 looks like spam" in shown(path)["failure"]

    @pytest.mark.parametrize("answer", ["451 try later", "421 going down", "drop early"])
    def test_what_is_put_off_is_tried_again_when_the_others_had_their_turn(self, tmp_path, office, answer):
        if answer == "drop early":
            office.on_rcpt = Once("p1@example.com", "drop")
        else:
            office.on_data = lambda number: answer if number == 0 else None
        path = with_mails(tmp_path, 3)
        naps = Naps()
        result = delivered(path, office, sleep=naps)
        assert [to for _, to in office.got] == ["p2@example.com", "p3@example.com", "p1@example.com"]
        assert [each for each in naps if each >= 1] == [5.0]
        assert (result.findings, shown(path)["state"]) == ((), "已发送")

    def test_patience_doubles_and_ends_and_the_row_waits_for_the_next_sending(self, tmp_path, office):
        office.on_rcpt = lambda to: "450 greylisted" if to == "p1@example.com" else None
        path = with_mails(tmp_path, 2)
        naps = Naps()
        (found,) = delivered(path, office, sleep=naps, attempts=4, wait=1).findings
        assert [each for each in naps if each >= 1] == [1, 2, 4]
        assert (found.code, shown(path)["state"], shown(path)["failure"]) == ("sent-later", "待发送", "450 greylisted")
        office.on_rcpt = lambda _: None
        assert delivered(path, office).findings == ()
        assert shown(path)["state"] == "已发送"
        assert "failure" not in shown(path)

    def test_some_now_and_some_later_is_sending_and_the_rest_gets_it_next_time(self, tmp_path, office):
        office.on_rcpt = lambda to: "450 greylisted" if to.startswith("b") else None
        path = one(tmp_path, "a@example.com", "b@example.com")
        delivered(path, office)
        assert (shown(path)["state"], shown(path)["sent_at"]) == ("发送中", NOW)
        assert shown(path)["failure"] == "b@example.com：450 greylisted"
        office.on_rcpt = lambda _: None
        delivered(path, office)
        assert shown(path)["state"] == "已发送"
        assert [to for _, to in office.got] == ["a@example.com", "b@example.com"]

    @pytest.mark.parametrize("stage", ["on_mail", "on_rcpt"])
    def test_a_server_that_wants_a_login_first_fails_nothing_for_good(self, tmp_path, office, stage):
        setattr(office, stage, lambda _: "530 5.7.0 Authentication required")
        path = one(tmp_path)
        (found,) = delivered(path, office).findings
        assert (found.code, shown(path)["state"]) == ("sent-later", "待发送")
        assert "530 5.7.0 Authentication required" in shown(path)["failure"]

    def test_a_mail_that_is_too_large_fails_alone(self, tmp_path, office):
        office.on_mail = Once("xietiao@example.com", "552 5.3.4 message too big")
        path = with_mails(tmp_path, 2)
        delivered(path, office)
        assert [shown(path, n)["state"] for n in (1, 2)] == ["失败", "已发送"]

    def test_what_a_server_says_cannot_command_a_terminal(self, tmp_path, office):
        office.on_rcpt = lambda _: "550 \x1b[2Jgone\x07"
        path = one(tmp_path)
        delivered(path, office)
        assert shown(path)["failure"] == "a@example.com：550 [2Jgone"

    def test_a_reason_that_differs_in_the_servers_numbers_alone_is_no_change(self, tmp_path, office):
        numbers = iter(range(100, 200))
        office.on_rcpt = lambda _: f"450 greylisted id={next(numbers)}"
        path = one(tmp_path)
        delivered(path, office)
        before = path.read_bytes()
        assert not delivered(path, office).changes
        assert path.read_bytes() == before

    def test_a_sender_that_is_refused_is_asked_once_and_the_rest_waits(self, tmp_path, office):
        asked = []
        office.on_mail = lambda sender: asked.append(sender) or "553 not your address"
        path = with_mails(tmp_path, 3)
        (found,) = delivered(path, office).findings
        assert asked == ["xietiao@example.com"]
        assert found.message == "3 行暂时没有发成：服务器不接受发件人 xietiao@example.com（553 not your address）"
        assert [shown(path, n)["state"] for n in (1, 2, 3)] == ["待发送"] * 3

    def test_a_server_that_tires_after_each_mail_is_called_again_at_once(self, tmp_path):
        """It answers 421 to the second MAIL of every conversation."""

        class Tired(PostOffice):
            async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - as aiosmtpd calls it
                session.mails = getattr(session, "mails", 0) + 1
                return (
                    self._said(server, "421 enough")
                    if session.mails > 1
                    else await super().handle_MAIL(server, session, envelope, address, options)
                )

        with opened(Tired()) as tired:
            path = with_mails(tmp_path, 4)
            naps = Naps()
            assert delivered(path, tired, sleep=naps).findings == ()
            assert len(tired.got) == 4
            assert [each for each in naps if each >= 1] == []
