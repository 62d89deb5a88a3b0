"""A mail that came back, understood."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.dispatch.receiving.answers import Numbering, read_answer
from coordination_xl.dispatch.receiving.confirmations import is_confirmation
from coordination_xl.dispatch.receiving.parts import UnreadableMail
from coordination_xl.ledger.answers import AnswerKind, Failure
from tests.dispatch import answer_mails as mails
from tests.dispatch.answer_mails import (
    BOUNCE,
    DELAY,
    DELETED_UNREAD,
    LI,
    NUMBER,
    SAID,
    SUBJECT,
    calendar_reply,
    mail,
    page,
    part,
    plain,
)

NUMBERING = Numbering(re.compile(r"TZ-\d{4}-\d{4,}"), re.compile(r"HY-\d{4}-\d{4,}"))
KEPT = datetime(2026, 3, 7, 9, 0)


def read(content: bytes, kept: datetime = KEPT):
    return read_answer(content, "一.eml", kept, NUMBERING)


class TestReplies:
    @pytest.mark.parametrize("program", mails.REPLIES)
    def test_of_every_program_say_what_the_person_wrote_and_no_more(self, program):
        answer = read(mails.REPLIES[program])
        assert (answer.kind, answer.text) == (AnswerKind.REPLY, SAID)
        assert (answer.sender, answer.numbers, answer.at) == (LI, (NUMBER,), datetime(2026, 3, 6, 14, 31))

    def test_as_a_page_leave_no_markup_no_script_and_fetch_nothing(self):
        trick = (
            "<style>p{color:red}</style><script>alert(1)</script>"
            "<p onclick='x()'>5 &lt; 6 &amp; 7<img src='http://example.com/x.png'></p>"
            "<!-- <p>hidden</p> --><svg/onload=alert(2)><table><tr><td>一</td><td>二</td></tr></table>a<b"
        )
        answer = read(mail(page(trick)))
        assert answer.text == "5 < 6 & 7\n一 二\na<b"

    @pytest.mark.parametrize(
        ("declared", "codec"),
        [("gb2312", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("big5", "big5"), ("x-unknown", "gb18030"),
        ("", "utf-8"),
         ("hz-gb-2312", "hz"), ("utf-16", "utf-16"), ("rot13", "utf-8"), ("unicode_escape", "utf-8")],
    )  # fmt: skip
    def test_are_read_whatever_character_set_they_claim(self, declared, codec):
        text = "處理完畢" if codec == "big5" else "处理完毕，周五交付"
        assert read(mail(plain(text, declared, codec=codec))).text == text

    def test_that_could_be_of_either_character_set_are_of_the_one_that_makes_chinese(self):
        assert "完成".encode().decode("gb18030") == "瀹屾垚"
        assert read(mail(plain("完成", "gb2312", codec="utf-8"))).text == "完成"
        assert "谢谢".encode("gb18030").decode("utf-8") == "лл"
        assert read(mail(plain("谢谢", "gb2312", codec="gb18030"))).kind is AnswerKind.READ

    def test_with_characters_that_gb2312_has_not_are_whole(self):
        assert read(mail(plain("已转朱镕、㙍处理", "gb2312", codec="gb18030"))).text == "已转朱镕、㙍处理"

    def test_lose_control_and_invisible_characters(self):
        assert read(mail(plain("好\x00转\u202e办\x1b[2J\u200b李\x07雷"))).text == "好转办[2J李雷"

    def test_are_cut_to_what_a_cell_takes(self):
        text = read(mail(plain("长" * 50_000))).text
        assert len(text) <= 32_767
        assert text.endswith("（全文见邮件）")

    def test_an_attached_text_is_not_what_was_written(self):
        attached = b"Content-Disposition: attachment; filename=a.txt\r\n" + plain("附件里的话")
        assert read(mail(plain(SAID), attached, type="multipart/mixed")).text == SAID

    def test_a_line_that_only_looks_like_a_quotation_stays(self):
        said = "From: 深圳仓库的货今天到。\n主题会照开。\n--\n在3月10日前完成。"
        assert read(mail(plain(said.replace("\n--\n", "\n")))).text == said.replace("\n--\n", "\n")


class TestConfirmations:
    @pytest.mark.parametrize(
        "text",
        [
            "已阅",
            "已阅。",
            "收到",
            "收到，谢谢！",
            "好的，收到",
            "OK",
            "ok 收到👌",
            "Got it, thanks.",
            "已阅知",
            "张经理好，收到",
            "收到收到",
            "Noted with thanks",
        ],
    )
    def test_say_that_it_was_read(self, text):
        answer = read(mail(plain(f"{text}\n\n> 引文\n")))
        assert (answer.kind, answer.text) == (AnswerKind.READ, "")

    @pytest.mark.parametrize(
        "text",
        [
            "收到，周五前办完",
            "已阅，有两点意见",
            "收到了吗？",
            "好的方案",
            "不可以",
            "未收到附件",
            "ok to ship on Friday",
            "已阅读 80%",
        ],
    )
    def test_with_anything_beyond_are_replies(self, text):
        answer = read(mail(plain(text)))
        assert (answer.kind, answer.text) == (AnswerKind.REPLY, text)
        assert not is_confirmation(text)

    def test_by_the_link_in_the_notice(self):
        answer = read(mail(plain(""), subject=f"已阅 {NUMBER}", replies=""))
        assert (answer.kind, answer.numbers) == (AnswerKind.READ, (NUMBER,))

    def test_by_the_link_for_several(self):
        answer = read(mail(plain("已阅"), subject=f"已阅 {NUMBER}、TZ-2026-0212", replies=""))
        assert answer.numbers == (NUMBER, "TZ-2026-0212")


class TestNumbers:
    def test_come_from_the_mail_that_is_answered_before_any_other_word(self):
        answer = read(mail(plain("见 TZ-2026-0009"), subject="Re: TZ-2026-0008"))
        assert answer.numbers == (NUMBER,)

    def test_else_from_the_brackets_of_the_subject(self):
        subject = f"Re: 【催办单】关于 TZ-2026-0008 未答复的催办（{NUMBER}）"
        assert read(mail(plain("好的，办"), subject=subject, replies="<other@example.com>")).numbers == (NUMBER,)

    def test_else_from_what_was_written_and_quoted(self):
        assert read(mail(plain(f"关于{NUMBER}：办完"), subject="无题", replies="")).numbers == (NUMBER,)
        assert read(mail(plain(f"办完\n> 编号 {NUMBER}\n"), subject="无题", replies="")).numbers == (NUMBER,)

    @pytest.mark.parametrize("text", ["XTZ-2026-0211 办完", "TZ-2026 办完", "TZ-20260211 办完", "ATZ-2026-0211"])
    def test_are_not_parts_of_other_words(self, text):
        assert read(mail(plain(text), subject="x", replies="")).numbers == ()

    def test_of_the_last_mail_of_a_conversation(self):
        more = (f"References: <TZ-2026-0001-00@example.com> {mails.NOTICE_ID}",)
        assert read(mail(plain("办"), subject="x", replies="", more=more)).numbers == (NUMBER,)


class TestReports:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [(mails.READ_RECEIPT, AnswerKind.READ), (mails.PLAIN_RECEIPT, AnswerKind.READ), (DELETED_UNREAD, AnswerKind.UNREAD),
        (DELAY, AnswerKind.DELAYED)],
    )  # fmt: skip
    def test_of_mail_programs(self, content, kind):
        answer = read(content)
        assert (answer.kind, answer.numbers, answer.text) == (kind, (NUMBER,), "")

    def test_of_servers_say_whom_the_mail_did_not_reach(self):
        answer = read(BOUNCE)
        assert (answer.kind, answer.numbers) == (AnswerKind.UNDELIVERED, (NUMBER,))
        assert answer.failures == (Failure(LI, f"550 5.1.1 <{LI}>: Recipient address rejected: User unknown"),)

    def test_of_servers_that_know_no_standard(self):
        content = mail(plain(f"user unknown\n> {SUBJECT}"), sender="Mail <MAILER-DAEMON@example.com>", replies="",
        subject="failure notice",
                       more=(f"X-Failed-Recipients: {LI.upper()}",))  # fmt: skip
        assert (read(content).kind, read(content).failures, read(content).numbers) == (
            AnswerKind.UNDELIVERED, (Failure(LI, "failure notice"),), (NUMBER,))  # fmt: skip

    @pytest.mark.parametrize(
        "more",
        [
            "Auto-Submitted: auto-replied",
            "X-Autoreply: yes",
            "Precedence: bulk",
            "Precedence: auto_reply",
            "List-Unsubscribe: <x>",
        ],
    )
    def test_that_nobody_is_there_are_no_answers(self, more):
        assert read(mail(plain("我在休假，3月20日回来"), more=(more,))).kind is AnswerKind.AUTOMATIC

    @pytest.mark.parametrize("subject", ["自动回复: 通知", "Automatic reply: x", "Out of Office: x", "自動回覆: x"])
    def test_that_nobody_is_there_by_their_subject(self, subject):
        assert read(mail(plain("我在休假"), subject=subject)).kind is AnswerKind.AUTOMATIC

    def test_that_a_person_sent_are_answers(self):
        assert read(mail(plain("办完"), more=("Auto-Submitted: no",))).kind is AnswerKind.REPLY


class TestInvitations:
    @pytest.mark.parametrize(
        ("status", "kind"),
        [("ACCEPTED", AnswerKind.ACCEPTED), ("DECLINED", AnswerKind.DECLINED), ("TENTATIVE", AnswerKind.TENTATIVE)],
    )
    def test_are_answered_by_a_calendar(self, status, kind):
        answer = read(calendar_reply(status, comment="出差\\, 周四回\\n请改期"))
        assert (answer.kind, answer.meetings, answer.numbers, answer.text) == (
            kind,
            ("HY-2026-0008",),
            (),
            "出差, 周四回\n请改期",
        )

    @pytest.mark.parametrize(
        ("subject", "kind"),
        [("已接受: 会议", AnswerKind.ACCEPTED), ("接受：会议", AnswerKind.ACCEPTED), ("Accepted: x", AnswerKind.ACCEPTED),
        ("谢绝: x", AnswerKind.DECLINED),
         ("已拒绝: x", AnswerKind.DECLINED), ("Declined: x", AnswerKind.DECLINED), ("暂定: x", AnswerKind.TENTATIVE),
         ("Tentative: x", AnswerKind.TENTATIVE)],
    )  # fmt: skip
    def test_are_answered_by_the_subject(self, subject, kind):
        assert read(mail(plain(""), subject=subject)).kind is kind

    def test_a_status_that_says_nothing_and_an_invitation_itself_are_no_answers(self):
        request = mails.CALENDAR.format(status="ACCEPTED", comment="").replace("METHOD:REPLY", "METHOD:REQUEST")
        assert read(calendar_reply("NEEDS-ACTION", subject="x")).kind is AnswerKind.READ
        assert read(mail(plain("见附"), part("text/calendar", request.encode()), subject="x")).kind is AnswerKind.REPLY

    def test_somebody_elses_status_does_not_count(self):
        two = mails.CALENDAR.replace("COMMENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:wang@example.com\nCOMMENT").format(
            status="ACCEPTED", comment=""
        )
        assert read(mail(plain(""), part("text/calendar", two.encode()), subject="x")).kind is AnswerKind.ACCEPTED


class TestMoments:
    @pytest.mark.parametrize(
        ("date", "at"),
        [("Fri, 06 Mar 2026 06:31:59 +0000", (6, 14, 31)), ("Fri, 6 Mar 2026 01:31:00 -0500 (EST)", (6, 14, 31)),
        ("6 Mar 2026 14:31:00", (6, 14, 31)),
         ("", (7, 9, 0)), ("gestern", (7, 9, 0)), ("Fri, 06 Mar 9999 06:31:00 +0000", (7, 9, 0)),
         ("Sun, 08 Mar 2026 10:00:00 +0800", (7, 9, 0)),
         ("Thu, 01 Jan 1970 00:00:00 +0000", (7, 9, 0)), ("Fri, 06 Mar 2026 06:31:00 +9999", (7, 9, 0)),
         ("Fri, 99 Mar 2026 99:99:99 +0800", (7, 9, 0))],
    )  # fmt: skip
    def test_are_of_shanghai_and_what_cannot_be_is_when_it_was_kept(self, date, at):
        assert read(mail(plain("办"), date=date)).at == datetime(2026, 3, *at)

    def test_a_clock_that_is_wrong_gives_way_to_the_last_server(self):
        trace = (
            "Received: from a by b; Fri, 6 Mar 2026 15:00:00 +0800",
            "Received: from c by a; Fri, 6 Mar 2026 14:59:00 +0800",
        )
        assert read(mail(plain("办"), date="Fri, 06 Mar 2026 15:10:00 +0800", more=trace)).at == datetime(
            2026, 3, 6, 15, 0
        )
        assert read(mail(plain("办"), date="Mon, 06 Jan 2025 15:10:00 +0800", more=trace)).at == datetime(
            2026, 3, 6, 15, 0
        )
        assert read(mail(plain("办"), date="Thu, 05 Mar 2026 15:10:00 +0800", more=trace)).at == datetime(
            2026, 3, 5, 15, 10
        )


class TestSenders:
    def test_an_address_in_the_name_is_not_the_sender(self):
        assert read(mail(plain("办"), sender=f"{LI} <fake@example.org>")).sender == "fake@example.org"
        assert read(mail(plain("办"), sender=f"boss@example.com,老板 <{LI}>")).sender == LI

    def test_two_senders_are_none(self):
        assert read(b"From: a@example.com, b@example.com\r\nSubject: x\r\n\r\nx").sender == ""

    def test_notices_themselves_are_none(self):
        assert read(mail(plain("主送"), subject=SUBJECT, more=(f"X-Coordination-Notice: {NUMBER}",))) is None
        assert read(mail(plain("主送"), subject=SUBJECT, replies="")) is None


class TestHostileMails:
    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00" * 1000, b"PK\x03\x04" + b"\x00" * 500, b"just some words", b"\r\n\r\n", b"{{7*7}}"],
    )
    def test_that_are_none_are_refused_by_name(self, content):
        with pytest.raises(UnreadableMail, match="邮件"):
            read(content)

    @pytest.mark.parametrize("depth", [1, 50])
    def test_nested_deeply_are_read(self, depth):
        assert read(nested(depth)).text == "底"

    @pytest.mark.parametrize("depth", [250, 3000])
    def test_nested_deeper_than_any_program_does_are_refused(self, depth):
        with pytest.raises(UnreadableMail, match="嵌套"):
            read(nested(depth))

    def test_enclosing_each_other_without_end_are_refused(self):
        with pytest.raises(UnreadableMail, match="嵌套"):
            read(b"Subject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000)

    @pytest.mark.parametrize(
        "content",
        [
            b"Subject: x\r\n" + b"X-Flood: y\r\n" * 200_000 + b"\r\nbody",
            b"Subject: " + b"=?utf-8?b?5aW9?= " * 200_000 + b"\r\n\r\nbody",
            b"From: " + b"a@example.com, " * 100_000 + b"\r\n\r\nbody",
            b"From: " + b"(" * 300_000 + b"\r\n\r\nbody",
            b"From: " + b'<"' * 300_000 + b"\r\n\r\nbody",
            b"References: " + b"<TZ-2026-0001@x> " * 200_000 + b"\r\n\r\nbody",
            b"Date: " + b"(" * 500_000 + b"\r\n\r\nbody",
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<a " * 700_000,
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<!--" * 700_000,
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<blockquote>" * 300_000,
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<style>" * 300_000,
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<title>" * 300_000,
            b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"&#9999999999;" * 100_000,
            b"Subject: x\r\n\r\n" + b"On a b c d e f\n" * 200_000,
            b"Subject: x\r\n\r\n" + b"From: a\n" * 200_000,
            b"Subject: x\r\n\r\n" + b"-" * 3_000_000,
            b"Subject: x\r\nContent-Type: text/calendar\r\n\r\n" + b"ATTENDEE;" * 300_000,
            b"Subject: x\r\nContent-Type: text/calendar\r\n\r\n" + b'ATTENDEE;X="' * 300_000,
            b"Subject: x\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 100_000,
            b"Subject: x\r\nContent-Type: message/disposition-notification\r\n\r\n" + b"a:\r\n " * 300_000,
            b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=A=" * 1_000_000,
            b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
            b"Subject: x\r\n\r\n" + b"x" * 30_000_000,
        ],
        ids=lambda content: content[:60].decode().strip().replace("\r\n", "|") + f"…{len(content)}",
    )
    def test_take_no_more_than_seconds(self, content):
        begun = time.process_time()
        with suppress(UnreadableMail):
            read(content)
        assert time.process_time() - begun < 5

    @pytest.mark.parametrize(
        "broken",
        [b"Content-Transfer-Encoding: base64\r\n\r\n!!!5aSE55CG",
        b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 666 x\r\nzzz", b"Content-Transfer-Encoding: zip\r\n\r\nx",
         b"Content-Type: text/plain; charset*=utf-8''%FF\r\n\r\nx", b"Content-Type: multipart/mixed\r\n\r\nx",
         b"Content-Type: ;;;\r\n\r\nx",
         b"Content-Type: message/rfc822\r\n\r\n", b"Content-Type: message/delivery-status\r\n\r\n",
         b"Content-Type: text/rfc822-headers\r\n\r\n\x00"],
    )  # fmt: skip
    def test_with_broken_encodings_give_what_they_give(self, broken):
        assert read(b"Subject: =?utf-8?b?!!!?= x\r\nFrom: a@example.com\r\n" + broken).sender == "a@example.com"


SEEDS = [*mails.REPLIES.values(), mails.READ_RECEIPT, BOUNCE, calendar_reply("ACCEPTED")]


class TestAnyBytes:
    @settings(max_examples=150)
    @given(st.binary(max_size=2000))
    def test_are_read_or_refused(self, content):
        tolerated(content)

    @settings(max_examples=300)
    @given(st.sampled_from(SEEDS), st.data())
    def test_of_a_mail_with_a_piece_changed_too(self, seed, data):
        start = data.draw(st.integers(0, len(seed)))
        end = data.draw(st.integers(start, min(len(seed), start + 40)))
        answer = tolerated(seed[:start] + data.draw(st.binary(max_size=20)) + seed[end:])
        if answer is not None:
            assert answer.at <= KEPT
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", answer.text)


def tolerated(content: bytes):
    with suppress(UnreadableMail):
        return read(content)
    return None


def nested(depth: int) -> bytes:
    content = plain("底")
    for level in range(depth):
        boundary = f"b{level}".encode()
        content = b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n%b\r\n--%b--" % (
            boundary,
            boundary,
            content,
            boundary,
        )
    return b"Subject: x\r\nMIME-Version: 1.0\r\n" + content
