"""Mails as bytes: read back with Python's own parser, nothing leaves the header it stands in, the same mail is the same bytes."""

from __future__ import annotations

import base64
import dataclasses
import re
import subprocess
import sys
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, compat32, default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.notices.mail import Attachment, Mail, as_bytes, content_hash

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 6, 10)
OFFICE = Address("综合管理部", "xietiao", "example.com")
HEAD = Address("技术部*主管", "js", "example.com")
DEPUTY = Address("客户服务部*专员", "kf", "example.com")
ACTING = Address("客户服务部*专员（代客户服务部*经理）", "kf", "example.com")
LEADER = Address("Zhang, San", "fzjl", "example.com")
MAIL = Mail(
    subject="【▲红色预警】关于“新系统上线”的逾期预警（TZ-2026-0153）",
    html="<p>已逾期 3 天</p>\n<p>请于3月9日（周一）18:00前办结</p>\n",
    text="已逾期 3 天\n请于3月9日（周一）18:00前办结\n",
    moment=NOW,
    sender=OFFICE,
    to=(HEAD, DEPUTY),
    copies=(LEADER,),
    numbers=("TZ-2026-0153",),
)
WORD = Attachment.word("TZ-2026-0153 逾期预警 RW-2026-0031.docx", b"PK\x03\x04" + bytes(range(256)) * 9)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:联调专题会\r\nEND:VCALENDAR\r\n".encode()
HOSTILE = [
    "甲\r\nBcc: all@example.com",
    "甲\n\n<script>",
    "a\r\n\r\nbody",
    "x\x00y\x0bz\x0cw\x85v\u2028u\u2029t",
    "=?utf-8?b?5Lmg?=",
    "{{ 7*7 }}",
    "很" * 32_767,
    " " * 32_767 + "x",
    "a b " * 8_000,
    "👨‍👩‍👧𠮷" * 50,
    "半\ud83d",
    "\ude00\ud83d",
    "\u202e反",
    '"引"\\',
    "",
    " ",
    "\t",
]
texts = st.text(st.characters(), max_size=400) | st.text(
    st.sampled_from('很a \r\n=?\u2028\x00😀"\\,<>@;:'), max_size=400
)


def changed(**values: object) -> Mail:
    return dataclasses.replace(MAIL, **values)


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(as_bytes(mail), policy=default)


def decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def raw(mail: Mail, name: str) -> str:
    """A header as another reading of RFC 2047 has it: Python's older one."""
    return decoded(message_from_bytes(as_bytes(mail), policy=compat32)[name])


def lines(mail: Mail) -> list[bytes]:
    """All but the media type of Word, which nothing can fold."""
    return [line for line in as_bytes(mail).split(b"\r\n") if line != f"Content-Type: {WORD.type};".encode()]


def header_names(mail: Mail) -> list[str]:
    return list(read(mail).keys())


def shown(text: str) -> str:
    """By hand: what is left of a text in one line."""
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", paired).strip()


class TestWhole:
    def test_is_a_draft_that_says_who_to_whom_when_and_by_which_number(self):
        mail = read(MAIL)
        assert {name: str(mail[name]) for name in ("Subject", "From", "To", "Cc", "Date", "X-Unsent", "MIME-Version")} == {
            "Subject": MAIL.subject,
            "From": "综合管理部 <xietiao@example.com>",
            "To": "技术部*主管 <js@example.com>, 客户服务部*专员 <kf@example.com>",
            "Cc": '"Zhang, San" <fzjl@example.com>',
            "Date": "Fri, 06 Mar 2026 10:00:00 +0800",
            "X-Unsent": "1",
            "MIME-Version": "1.0",
        }  # fmt: skip
        assert mail["X-Coordination-Notice"] == "TZ-2026-0153"
        assert re.fullmatch(r"<TZ-2026-0153-[0-9a-f]{16}@example\.com>", mail["Message-ID"])
        assert mail["Auto-Submitted"] is None

    def test_has_the_twin_first_and_the_page_last(self):
        mail = read(MAIL)
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
        assert mail.get_body(("html",)).get_content().replace("\r\n", "\n") == MAIL.html
        assert not [part.defects for part in mail.walk() if part.defects]

    def test_reads_as_the_one_that_python_writes(self):
        other = EmailMessage(policy=SMTP)
        other["Subject"], other["From"], other["To"], other["Cc"] = MAIL.subject, OFFICE, MAIL.to, MAIL.copies
        other.set_content(MAIL.text, cte="base64")
        other.add_alternative(MAIL.html, subtype="html", cte="base64")
        theirs, ours = message_from_bytes(other.as_bytes(), policy=default), read(MAIL)
        for name in ("Subject", "From", "To", "Cc"):
            assert str(ours[name]) == str(theirs[name])
        assert [part.get_content_type() for part in ours.walk()] == [part.get_content_type() for part in theirs.walk()]
        assert [part.get_payload(decode=True) for part in ours.iter_parts()] == [
            part.get_payload(decode=True) for part in theirs.iter_parts()
        ]

    def test_is_ascii_with_short_lines_ended_as_mail_ends_them(self):
        mail = changed(attachments=(WORD,), calendar=CALENDAR, asks_receipt=True, reply_to=ACTING)
        content = as_bytes(mail)
        assert content.isascii()
        assert content.endswith(b"--\r\n")
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        assert max(map(len, lines(mail))) <= 76

    def test_the_same_mail_is_the_same_bytes_in_every_process(self):
        code = "import sys; from tests.notices.test_mail import *; sys.stdout.buffer.write(as_bytes(MAIL))"
        other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        assert other.stdout == as_bytes(MAIL)

    @pytest.mark.parametrize(
        "change",
        [
            {"subject": "x"},
            {"html": "x"},
            {"text": "x"},
            {"to": (HEAD,)},
            {"copies": ()},
            {"moment": datetime(2026, 3, 6, 11)},
            {"attachments": (WORD,)},
            {"calendar": CALENDAR},
            {"numbers": ("TZ-2026-0153", "TZ-2026-0154")},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_another_mail_has_another_number(self, change):
        assert read(changed(**change))["Message-ID"] != read(MAIL)["Message-ID"]

    def test_page_and_twin_that_change_places_are_another_mail(self):
        assert read(changed(html="a", text="b"))["Message-ID"] != read(changed(html="b", text="a"))["Message-ID"]

    def test_without_sender_and_recipients_is_a_draft_all_the_same(self):
        mail = read(changed(sender=None, to=(), copies=(), numbers=(), asks_receipt=True))
        assert [mail[name] for name in ("From", "To", "Cc", "Disposition-Notification-To")] == [None] * 4
        assert re.fullmatch(r"<[0-9a-f]{16}@coordination-xl\.invalid>", mail["Message-ID"])

    def test_a_receipt_is_asked_for_where_it_is_wanted(self):
        assert "Disposition-Notification-To" not in header_names(MAIL)
        asked = changed(asks_receipt=True)
        assert raw(asked, "Disposition-Notification-To") == "综合管理部 <xietiao@example.com>"

    def test_answers_go_where_they_should(self):
        assert str(read(changed(reply_to=HEAD))["Reply-To"]) == "技术部*主管 <js@example.com>"
        assert read(MAIL)["Reply-To"] is None

    def test_a_bundle_names_every_notice_in_lines_that_can_be_read(self):
        numbers = tuple(f"TZ-2026-{number:04}" for number in range(1, 51))
        mail = changed(numbers=numbers)
        assert tuple(read(mail)["X-Coordination-Notice"].split(", ")) == numbers
        assert b" TZ-2026-0050" in as_bytes(mail)
        assert max(map(len, lines(mail))) <= 76

    def test_a_number_that_a_company_words_itself_is_borne(self):
        mail = changed(numbers=("通〔2026〕12号\r\nBcc: x@y",))
        assert read(mail)["X-Coordination-Notice"] == "通〔2026〕12号 Bcc: x@y"
        assert re.fullmatch(r"<202612Bccxy-[0-9a-f]{16}@example\.com>", read(mail)["Message-ID"])


class TestHeaders:
    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_nothing_leaves_the_subject(self, text):
        mail = changed(subject=text)
        assert header_names(mail) == header_names(MAIL)
        assert read(mail).get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
        assert max(map(len, lines(mail))) <= 76
        assert raw(mail, "Subject") == str(read(mail)["Subject"])
        assert len(shown(text)) > 250 or raw(mail, "Subject") == shown(text)
        assert len(raw(mail, "Subject")) <= 250

    @given(texts)
    def test_a_subject_is_read_as_typed(self, text):
        typed = shown(text)
        mail = changed(subject=text)
        assert header_names(mail) == header_names(MAIL)
        assert max(map(len, lines(mail))) <= 76
        if len(typed) <= 250:
            assert str(read(mail)["Subject"]) == typed

    def test_a_long_subject_keeps_its_number(self):
        subject = str(read(changed(subject="【▲红色预警】" + "很" * 32_767 + "（TZ-2026-0153）"))["Subject"])
        assert len(subject) == 250
        assert subject.startswith("【▲红色预警】很很")
        assert "很…很" in subject
        assert subject.endswith("很（TZ-2026-0153）")

    @pytest.mark.parametrize("length", range(1, 40))
    def test_words_are_cut_between_characters(self, length):
        """Each encoded word is read by itself, as RFC 2047 section 5 asks."""
        mail = changed(subject="a" * (length % 4) + "很😀" * length)
        head = as_bytes(mail).partition(b"\r\nFrom:")[0].decode()
        words = re.findall(r"=\?utf-8\?b\?([A-Za-z0-9+/=]+)\?=", head)
        assert "".join(base64.b64decode(word).decode() for word in words) == mail.subject
        assert all(len(word) + 12 <= 75 for word in words)

    @pytest.mark.parametrize("text", [text for text in HOSTILE if not set(text) & set("\r\n")])
    def test_nothing_leaves_a_display_name(self, text):
        """An ``Address`` refuses line breaks of its own accord, but no other sign."""
        mail = changed(to=(Address(text, "js", "example.com"), DEPUTY), sender=Address(text, "x", "example.com"))
        assert header_names(mail) == header_names(MAIL)
        assert [each.addr_spec for each in read(mail)["To"].addresses] == ["js@example.com", "kf@example.com"]
        assert max(map(len, lines(mail))) <= 76

    @given(st.text(st.characters(exclude_characters="\r\n"), max_size=100))
    def test_a_display_name_is_read_as_typed(self, text):
        mail = changed(to=(Address(text, "js", "example.com"),))
        (address,) = read(mail)["To"].addresses
        assert address.addr_spec == "js@example.com"
        typed = shown(text)
        if len(typed) > 80:
            typed = typed[:79] + "…"
        if len(typed.encode()) <= 45:  # of more words than one, Python 3.11 reads the fold as a blank
            assert (
                address.display_name.split() == typed.split()
            )  # its reader joins runs of blanks; below, to the letter
        value = message_from_bytes(as_bytes(mail), policy=compat32)["To"]
        if value.startswith("=?"):
            words = re.findall(r"=\?utf-8\?b\?([A-Za-z0-9+/=]+)\?=", value)
            assert "".join(base64.b64decode(word).decode() for word in words) == typed

    @pytest.mark.parametrize(
        ("user", "domain"),
        [
            ("js", "example.com>, <evil@example.org"),
            ("js", "例子.公司"),
            ("js", "example.com x"),
            ("副总", "example.com"),
            ("js\x00", "example.com"),
            ("x" * 400, "example.com"),
            ("js", ""),
        ],
    )
    def test_an_address_that_no_mail_can_bear_is_refused(self, user, domain):
        for role in ({"to": (Address("", user, domain),)}, {"sender": Address("", user, domain)}):
            with pytest.raises(ValueError, match="not an address"):
                as_bytes(changed(**role))

    def test_a_name_of_two_words_is_one_name(self):
        assert raw(changed(to=(ACTING,)), "To") == "客户服务部*专员（代客户服务部*经理） <kf@example.com>"

    def test_an_address_that_must_be_quoted_is(self):
        mail = changed(to=(Address("", "a b", "example.com"), Address("x", "a,b>", "example.com")))
        assert [each.addr_spec for each in read(mail)["To"].addresses] == ['"a b"@example.com', '"a,b>"@example.com']

    def test_many_recipients_stand_one_a_line(self):
        to = tuple(Address(f"部门{number}*主管", f"u{number}", "example.com") for number in range(200))
        mail = changed(to=to)
        assert read(mail)["To"].addresses == to
        assert max(map(len, lines(mail))) <= 76


class TestBody:
    @given(texts, texts)
    def test_text_and_page_are_read_as_typed(self, text, page):
        def kept(typed: str) -> str:
            paired = typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", re.sub("\r\n?", "\n", paired))

        mail = read(changed(text=text, html=page))
        got = [part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in mail.iter_parts()]
        assert got == [kept(text), kept(page)]
        assert not [part.defects for part in mail.walk() if part.defects]

    def test_a_text_cannot_end_its_part(self):
        boundary = read(MAIL).get_boundary()
        mail = read(changed(text=f"--{boundary}\n\n--{boundary}--\n.\nFrom x\n"))
        assert len(list(mail.iter_parts())) == 2

    def test_every_line_ends_as_mail_ends_it(self):
        mail = read(changed(text="a\nb\r\nc\rd"))
        assert next(mail.iter_parts()).get_payload(decode=True) == b"a\r\nb\r\nc\r\nd"


class TestAttachments:
    def test_stand_behind_the_alternatives_with_name_and_bytes(self):
        mail = read(changed(attachments=(WORD, Attachment(name="plan.csv", content=b"", type="text/csv"))))
        assert mail.get_content_type() == "multipart/mixed"
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "multipart/alternative",
            WORD.type,
            "text/csv",
        ]
        assert [part.get_filename() for part in mail.iter_attachments()] == [WORD.name, "plan.csv"]
        assert [part.get_payload(decode=True) for part in mail.iter_attachments()] == [WORD.content, b""]
        assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
        assert not [part.defects for part in mail.walk() if part.defects]

    def test_are_named_for_old_programs_too(self):
        part = message_from_bytes(as_bytes(changed(attachments=(WORD,))), policy=compat32).get_payload()[1]
        assert decoded(part.get_param("name")) == WORD.name

    @given(texts)
    def test_whatever_they_are_named_it_is_read_back_as_one_name(self, text):
        mail = changed(attachments=(Attachment(name=f"{text}.docx", content=b"x"),))
        assert max(map(len, lines(mail))) <= 76
        (part,) = read(mail).iter_attachments()
        name = part.get_filename()
        assert name.endswith("docx")
        assert not re.search(r'[\x00-\x1f"/\\:*?<>|]', name)
        assert part.get_payload(decode=True) == b"x"
        old = message_from_bytes(as_bytes(mail), policy=compat32).get_payload()[1]
        assert decoded(old.get_param("name")) == name

    def test_the_longest_name_is_whole_in_every_program(self):
        name = "很😀" * 16 + "很很.docx"
        mail = changed(attachments=(Attachment(name=name, content=b"x"),))
        (part,) = read(mail).iter_attachments()
        old = message_from_bytes(as_bytes(mail), policy=compat32).get_payload()[1]
        assert (part.get_filename(), old.get_filename(), decoded(old.get_param("name"))) == (name,) * 3

    @pytest.mark.parametrize("kind", ["text/html\r\nX: y", "", "word", 'a/b; name="x"'])
    def test_a_type_that_is_none_is_not_believed(self, kind):
        (part,) = read(changed(attachments=(Attachment(name="a.bin", content=b"x", type=kind),))).iter_attachments()
        assert (part.get_content_type(), part.get_filename()) == ("application/octet-stream", "a.bin")


class TestCalendar:
    def test_is_an_alternative_to_answer_and_a_file_besides(self):
        mail = read(changed(calendar=CALENDAR, attachments=(WORD,)))
        body, word, invite = mail.iter_parts()
        assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
        offered = list(body.iter_parts())[-1]
        assert dict(offered["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
        assert offered.get_payload(decode=True) == invite.get_payload(decode=True) == CALENDAR
        assert (word.get_filename(), invite.get_filename()) == (WORD.name, "invite.ics")
        assert invite.get_content_type() == "application/ics"

    def test_says_the_method_that_the_calendar_says(self):
        cancelled = read(changed(calendar=CALENDAR.replace(b"REQUEST", b"CANCEL")))
        assert [part["Content-Type"].params.get("method") for part in cancelled.walk()].count("CANCEL") == 1


class TestContentHash:
    def test_is_known_forever(self):
        """By hand: printf '关于…\\n正文\\n一行' | sha256sum."""
        assert content_hash("关于…", "正文\n一行") == "9740c973fc794089"

    def test_does_not_count_numbers_and_layout(self):
        first = content_hash("预警（TZ-2026-0001）", "编号：TZ-2026-0001\n请办结", ["TZ-2026-0001"])
        assert first == content_hash("预警（TZ-2026-0002）", "编号：TZ-2026-0002\n\n  请办结\n", ["TZ-2026-0002"])
        assert re.fullmatch("[0-9a-f]{16}", first)

    def test_counts_every_word(self):
        told = {content_hash("a", "b"), content_hash("a", "c"), content_hash("c", "b"), content_hash("a b", "")}
        assert len(told) == 4

    def test_takes_whatever_is_typed(self):
        assert len({content_hash("\ud83d", text, ["", "\n"]) for text in HOSTILE}) > 10
