"""Sending as a verb: what it changes, what it leaves alone, what stops it. Source: SPEC section 5, section 6."""

from __future__ import annotations

import json
import resource
from datetime import datetime, timedelta

import pytest

from coordination_xl.actions.send import send
from coordination_xl.books import open_book
from coordination_xl.dispatch.sending.journal import NAME
from coordination_xl.dispatch.sending.smtp import Conversation
from coordination_xl.dispatch.servers import smtp_server
from coordination_xl.errors import (
    JournalDamaged,
    JournalUnwritable,
    LockedWorkbook,
    OutcomeNotSaved,
    SecretMissing,
)
from tests.builders import emergency, meeting, row_of
from tests.dispatch.post_office import NOW, STEM, PostOffice, free_port, lay_out, mail, opened, row, with_mails
from tests.dispatch.sendings import Naps, delivered, intent_of, one, planned, shown


@pytest.fixture
def office():
    with opened() as server:
        yield server


class TestWhatGoesOut:
    def test_the_row_says_when_and_the_change_is_audited(self, tmp_path, office):
        path = one(tmp_path)
        result = delivered(path, office, clock=lambda: NOW + timedelta(minutes=3))
        told = shown(path)
        assert (told["state"], told["sent_at"]) == ("已发送", NOW + timedelta(minutes=3))
        assert "failure" not in told
        audit = open_book(path).grid("Audit")
        changes = {tuple(each[1:6]) for each in zip(*(c.tolist() for c in audit.columns), strict=True)}
        assert ("张三", "发送", "发文记录", "TZ-2026-0001", "发送状态") in changes
        assert [each["to"] for each in result.notices] == [["a@example.com"]]
        assert (result.summary["mails"], result.findings) == (1, ())

    def test_to_copies_and_hidden_copies_get_one_mail_each_and_nobody_sees_the_hidden(self, tmp_path, office):
        path = one(
            tmp_path,
            "a@example.com",
            "b@example.com",
            copies=("c@example.com", "A@example.com"),
            hidden=("d@example.com",),
        )
        delivered(path, office)
        assert office.received == [
            ("<TZ-2026-0001.abc@example.com>", ("a@example.com", "b@example.com", "c@example.com", "d@example.com"))
        ]
        assert b"d@example.com" not in office.texts[0]
        assert b"X-Unsent" not in office.texts[0]

    def test_a_draft_that_somebody_edited_goes_out_as_it_lies_there(self, tmp_path, office):
        path = one(tmp_path)
        file = tmp_path / "outbox" / STEM / "TZ-2026-0001.eml"
        file.write_bytes(file.read_bytes().replace(b"To: a@example.com", b"To: other@example.com"))
        delivered(path, office)
        assert office.got == [("<TZ-2026-0001.abc@example.com>", "other@example.com")]

    def test_rows_of_one_file_are_one_mail(self, tmp_path, office):
        shared = f"{STEM}/TZ-2026-0001.eml"
        path = lay_out(tmp_path, [row(1), row(2, file=shared), row(3, file=shared)], {shared: mail(1, "a@example.com")})
        result = delivered(path, office)
        assert len(office.got) == 1
        assert [shown(path, n)["state"] for n in (1, 2, 3)] == ["已发送"] * 3
        assert result.summary["states"] == {"已发送": 3}

    @pytest.mark.parametrize(
        "values",
        [
            {"channel": "OA"},
            {"state": "已发送", "sent_at": NOW},
            {"state": "失败"},
            {"state": "待核实"},
            {"state": "已阅"},
        ],
    )
    def test_other_channels_and_other_states_are_left_alone(self, tmp_path, office, values):
        path = one(tmp_path, rows=[row(1, **values)])
        before = path.read_bytes()
        result = delivered(path, office)
        assert (office.got, result.notices, path.read_bytes()) == ([], (), before)
        assert not (tmp_path / "outbox" / NAME).exists()

    def test_lines_that_begin_with_a_dot_arrive_as_they_were(self, tmp_path, office):
        path = one(tmp_path)
        raw = b"From: x@example.com\nTo: a@example.com\nMessage-ID: <1@x>\n\n.\n..two\nlast"
        (tmp_path / "outbox" / STEM / "TZ-2026-0001.eml").write_bytes(raw)
        delivered(path, office)
        assert office.texts[0].split(b"\r\n\r\n", 1)[1] == b".\r\n..two\r\nlast\r\n"

    def test_mails_are_spaced_by_the_rate_of_the_settings(self, tmp_path, office):
        rows = [row(n) for n in (1, 2, 3)]
        mails = {str(each["file"]): mail(n, f"p{n}@example.com") for n, each in enumerate(rows, start=1)}
        path = lay_out(tmp_path, rows, mails, rate="30")
        naps = Naps()
        delivered(path, office, sleep=naps)
        assert len(naps) == 2
        assert 1.5 < naps[0] <= 2
        assert naps[1] > naps[0] + 1  # nothing slept here, so the second waits for the first one's time, too

    def test_a_server_that_takes_its_time_is_waited_for(self, tmp_path, office):
        office.delay = 1.5
        path = one(tmp_path)
        impatient = lambda: Conversation(smtp_server(office.url), timeout=1, patience=30)  # noqa: E731
        delivered(path, office, connect=impatient)
        assert (shown(path)["state"], len(office.got)) == ("已发送", 1)


class TestRecordedInTheMatter:
    def test_a_meeting_learns_when_its_notice_went_out(self, tmp_path, office):
        values = {"kind": "会议通知", "source": "HY-2026-0001"}
        path = lay_out(
            tmp_path,
            [row(1, **values)],
            {str(row(1)["file"]): mail(1, "a@example.com")},
            Meetings=[meeting(state="已批准", notified_at=None)],
        )
        delivered(path, office)
        assert row_of(open_book(path), "HY-2026-0001")["notified_at"] == NOW

    def test_what_stands_there_already_stays(self, tmp_path, office):
        values = {"kind": "会议通知", "source": "HY-2026-0001"}
        path = lay_out(
            tmp_path, [row(1, **values)], {str(row(1)["file"]): mail(1, "a@example.com")}, Meetings=[meeting()]
        )
        delivered(path, office)
        assert row_of(open_book(path), "HY-2026-0001")["notified_at"] == datetime(2026, 3, 5, 9, 0)

    @pytest.mark.parametrize(("rung", "is_told"), [("总经理办公会", True), ("分管领导", False)])
    def test_an_emergency_learns_when_it_went_to_the_general_managers(self, tmp_path, office, rung, is_told):
        values = {"kind": "升级报告", "source": "JJ-2026-0001", "rung": rung}
        path = lay_out(
            tmp_path, [row(1, **values)], {str(row(1)["file"]): mail(1, "a@example.com")}, Emergencies=[emergency()]
        )
        delivered(path, office)
        assert row_of(open_book(path), "JJ-2026-0001").get("escalated_at") == (NOW if is_told else None)


class TestWhatIsNotSent:
    @pytest.mark.parametrize(
        ("file", "words"),
        [
            ("", "没有邮件文件"),
            (f"{STEM}/没有.eml", "外发目录里没有"),
            ("../外面.eml", "不是外发目录里的 .eml 文件"),
            ("/etc/passwd", "不是外发目录里的 .eml 文件"),
            (f"{STEM}/TZ-2026-0002.html", "不是外发目录里的 .eml 文件"),
        ],
    )
    def test_a_row_without_its_file_fails_and_says_what_to_do_and_the_others_go_out(
        self, tmp_path, office, file, words
    ):
        (tmp_path / "外面.eml").write_bytes(mail(7, "x@example.com"))
        path = lay_out(tmp_path, [row(1, file=file), row(2)], {str(row(2)["file"]): mail(2, "b@example.com")})
        (found,) = delivered(path, office).findings
        assert (found.code, found.id, shown(path)["state"]) == ("not-sent", "TZ-2026-0001", "失败")
        assert words in shown(path)["failure"]
        assert [to for _, to in office.got] == ["b@example.com"]

    def test_an_address_that_is_none_fails_for_that_one_alone(self, tmp_path, office):
        path = one(tmp_path, "a@example.com")
        file = tmp_path / "outbox" / STEM / "TZ-2026-0001.eml"
        file.write_bytes(
            file.read_bytes().replace(b"To: a@example.com", b"To: a@example.com, li si, b@, x y@example.com")
        )
        (found,) = delivered(path, office).findings
        assert (found.code, [to for _, to in office.got]) == ("partly-sent", ["a@example.com"])
        assert shown(path)["failure"] == "li si：不是能用的邮箱；b@：不是能用的邮箱；x y@example.com：不是能用的邮箱"

    def test_no_address_at_all_fails(self, tmp_path, office):
        path = one(tmp_path)
        (tmp_path / "outbox" / STEM / "TZ-2026-0001.eml").write_bytes(b"Subject: x\n\nbody")
        delivered(path, office)
        assert (shown(path)["state"], office.got) == ("失败", [])
        assert "没有能用的收件人" in shown(path)["failure"]

    def test_the_sender_of_the_settings_stands_in_where_the_draft_names_none(self, tmp_path, office):
        path = one(tmp_path)
        (tmp_path / "outbox" / STEM / "TZ-2026-0001.eml").write_bytes(b"To: a@example.com\nSubject: x\n\nbody")
        seen = []
        office.on_mail = lambda sender: seen.append(sender)
        delivered(path, office)
        assert (seen, shown(path)["state"]) == (["xietiao@example.com"], "已发送")
        assert b"From: xietiao@example.com" in office.texts[0]

    def test_a_file_that_went_out_and_is_gone_since_is_recorded_all_the_same(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        sending.deliver(book)  # and the workbook is never written
        (tmp_path / "outbox" / STEM / "TZ-2026-0001.eml").unlink()
        result = delivered(path, office)
        assert (result.findings, result.summary["recovered"], shown(path)["state"]) == ((), 1, "已发送")


class TestNothingHappens:
    def test_without_a_server_the_drafts_stay_where_they_are(self, tmp_path):
        path = one(tmp_path)
        before = path.read_bytes()
        book = open_book(path)
        result = send(book, NOW).deliver(book)
        result.write(book)
        assert (result.summary["smtp"], result.findings, path.read_bytes()) == ("", (), before)
        assert [each["to"] for each in result.notices] == [["a@example.com"]]
        assert not (tmp_path / "outbox" / NAME).exists()

    def test_a_preview_touches_nothing_and_names_everybody(self, tmp_path, office):
        path = one(tmp_path, "a@example.com", copies=("c@example.com",))
        _, sending = planned(path, office)
        assert json.loads(json.dumps(list(sending.preview.notices)))[0]["to"] == ["a@example.com", "c@example.com"]
        assert (office.got, (tmp_path / "outbox" / NAME).exists()) == ([], False)

    def test_a_workbook_that_is_open_stops_it_before_anything_is_sent(self, tmp_path, office):
        path = one(tmp_path)
        (tmp_path / f"~${path.name}").touch()
        book, sending = planned(path, office)
        with pytest.raises(LockedWorkbook):
            sending.deliver(book)
        assert office.got == []

    def test_a_workbook_that_is_opened_meanwhile_learns_of_it_next_time(self, tmp_path, office):
        path = with_mails(tmp_path, 2)
        book, sending = planned(path, office)
        result = sending.deliver(book, clock=lambda: NOW)
        (tmp_path / f"~${path.name}").touch()
        with pytest.raises(OutcomeNotSaved, match=r"请先关闭工作簿；.*再试。再【发送】时，已发出的只补记，不重发"):
            result.write(book)
        (tmp_path / f"~${path.name}").unlink()
        again = delivered(path, office)
        assert (again.summary["recovered"], again.findings, len(office.got)) == (2, (), 2)
        assert shown(path, 2)["sent_at"] == NOW

    def test_a_server_that_is_down_leaves_all_rows_waiting_and_says_so_once(self, tmp_path):
        path = with_mails(tmp_path, 3)
        nobody = PostOffice(port=free_port())
        naps = Naps()
        (found,) = delivered(path, nobody, sleep=naps).findings
        assert [each for each in naps if each >= 1] == [5.0, 10.0]
        assert "3 行暂时没有发成：发信服务器 127.0.0.1" in found.message
        assert "对方拒绝连接" in found.message
        assert [shown(path, n)["state"] for n in (1, 2, 3)] == ["待发送"] * 3
        before = path.read_bytes()
        assert not delivered(path, nobody).changes  # the same reason again is no change
        assert path.read_bytes() == before

    def test_a_password_that_is_nowhere_stops_it_with_nothing_marked(self, tmp_path, office, monkeypatch):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        path = one(tmp_path)
        before = path.read_bytes()
        book = open_book(path)
        sending = send(book, NOW, smtp=f"smtp://me@127.0.0.1:{office.port}")
        with pytest.raises(SecretMissing, match="COORDINATION_XL_SMTP_PASSWORD"):
            sending.deliver(book, environ={})
        assert (path.read_bytes(), office.got) == (before, [])

    def test_a_full_disk_for_the_journal_means_that_nothing_is_sent(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        (tmp_path / "outbox" / NAME).write_bytes(b"")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))  # the first line does not fit
        try:
            with pytest.raises(JournalUnwritable):
                sending.deliver(book)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert office.got == []
        assert delivered(path, office).summary["mails"] == 1  # the half line is no hindrance later
        assert len(office.got) == 1

    def test_a_disk_that_is_full_before_the_dot_keeps_the_dot_back(self, tmp_path, office):
        path = one(tmp_path)
        book, sending = planned(path, office)
        room = len(intent_of().line) + 40
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            with pytest.raises(JournalUnwritable):
                sending.deliver(book)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert office.got == []
        assert delivered(path, office).findings == ()
        assert len(office.got) == 1

    def test_a_damaged_journal_stops_it(self, tmp_path, office):
        path = one(tmp_path)
        (tmp_path / "outbox" / NAME).write_bytes(b"rubbish\n" + intent_of().line)
        with pytest.raises(JournalDamaged, match="第 1 行"):
            planned(path, office)
        assert office.got == []
