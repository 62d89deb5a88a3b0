"""Meeting invitations: read back with icalendar, and held against lines written by hand."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from coordination_xl.notices.invitation import Invitation, as_calendar
from coordination_xl.notices.mail import Mail, as_bytes

ROOT = Path(__file__).parents[2]
OFFICE = Address("综合管理部", "xietiao", "example.com")
HEAD = Address("技术部*主管", "js", "example.com")
LEADER = Address("公司领导*副总经理", "fzjl", "example.com")
MEETING = Invitation(
    meeting="HY-2026-0003",
    company="示例科技有限公司",
    sequence=0,
    summary="联调专题会",
    starts_at=datetime(2026, 3, 12, 9, 30),
    hours=1.5,
    place="三楼会议室",
    description="议程：\n1.联调窗口；\n2.回归范围",
    moment=datetime(2026, 3, 6, 7, 59),
    organizer=OFFICE,
    to=(HEAD,),
    copies=(LEADER,),
)
WRITTEN = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
BEGIN:VTIMEZONE
BEGIN:STANDARD
VERSION:2.0
PRODID:-//coordination-xl//meetings//ZH
CALSCALE:GREGORIAN
METHOD:REQUEST
TZID:Asia/Shanghai
DTSTART:19700101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
TZNAME:CST
UID:HY-2026-0003-2f@example.com
SEQUENCE:0
DTSTAMP:20260305T235900Z
DTSTART;TZID=Asia/Shanghai:20260312T093000
DTEND;TZID=Asia/Shanghai:20260312T110000
SUMMARY:联调专题会
LOCATION:三楼会议室
DESCRIPTION:议程：\\n1.联调窗口；\\n2.回归范围
STATUS:CONFIRMED
TRANSP:OPAQUE
ORGANIZER;CN=综合管理部:mailto:xietiao@example.com
ATTENDEE;CN=技术部*主管;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:js@example.com
ATTENDEE;CN=公司领导*副总经理;PARTSTAT=NEEDS-ACTION;ROLE=OPT-PARTICIPANT;RSVP=TRUE:mailto:fzjl@example.com
END:STANDARD
END:VTIMEZONE
END:VEVENT
END:VCALENDAR
"""
texts = st.text(st.characters(), max_size=300) | st.text(st.sampled_from('很a \r\n,;:\\"^n\u2028\x00😀'), max_size=300)


def changed(**values: object) -> Invitation:
    return dataclasses.replace(MEETING, **values)


def unfolded(invitation: Invitation) -> list[str]:
    """The lines without folds and in any order, the UID's own digits left out; parameters by name."""
    text = as_calendar(invitation).decode().replace("\r\n ", "")
    return sorted(re.sub(r"(UID:HY-2026-0003-)[0-9a-f]{16}@", r"\g<1>2f@", line) for line in text.split("\r\n") if line)


def event(invitation: Invitation) -> Event:
    (found,) = Calendar.from_ical(as_calendar(invitation)).walk("VEVENT")
    return found


def people(invitation: Invitation) -> list[tuple[str, str, str]]:
    found = event(invitation).get("ATTENDEE", [])
    found = found if isinstance(found, list) else [found]
    return [(str(each), str(each.params.get("CN", "")), str(each.params["ROLE"])) for each in found]


class TestWhole:
    def test_says_what_calendars_ask_for_line_by_line(self):
        assert unfolded(MEETING) == sorted(WRITTEN.splitlines())

    def test_is_read_with_its_zone(self):
        found = event(MEETING)
        assert found.decoded("dtstart") - datetime(2026, 3, 12, 1, 30, tzinfo=UTC) == timedelta(0)
        assert found.decoded("dtend") - found.decoded("dtstart") == timedelta(hours=1.5)
        assert found.decoded("dtstamp") == datetime(2026, 3, 5, 23, 59, tzinfo=UTC)

    def test_a_summer_day_has_the_same_offset(self):
        summer = event(changed(starts_at=datetime(2026, 7, 1, 9)))
        assert summer.decoded("dtstart") - datetime(2026, 7, 1, 1, tzinfo=UTC) == timedelta(0)
        assert b"DAYLIGHT" not in as_calendar(MEETING)

    def test_the_same_is_the_same_bytes(self):
        assert as_calendar(MEETING) == as_calendar(changed())

    def test_reading_the_module_does_not_load_icalendar(self):
        code = "import sys, coordination_xl.notices.invitation as i; sys.exit('icalendar' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


class TestChanges:
    def test_a_change_keeps_the_number_of_the_meeting_and_counts_up(self):
        later = changed(
            sequence=1, summary="改期", place="线上", starts_at=datetime(2026, 3, 13, 9), moment=datetime(2026, 3, 9, 9),
            description="", to=(LEADER,), hours=2.0,
        )  # fmt: skip
        assert event(later)["UID"] == event(MEETING)["UID"]
        assert [event(each)["SEQUENCE"] for each in (MEETING, later)] == [0, 1]

    @pytest.mark.parametrize(
        "other",
        [
            {"meeting": "HY-2026-0004"},
            {"meeting": "HY/2026-0003"},
            {"company": "另一家公司"},
            {"organizer": Address("", "x", "example.org")},
        ],
    )
    def test_another_meeting_another_company_or_sender_has_another_number(self, other):
        assert changed(**other).uid != MEETING.uid

    def test_a_number_is_known_forever(self):
        """By hand: printf '示例科技有限公司\\0HY-2026-0003' | sha256sum."""
        assert MEETING.uid == "HY-2026-0003-555d13ee58fdd2a5@example.com"

    def test_calling_it_off_cancels_the_same_meeting(self):
        off = changed(sequence=2, is_cancelled=True)
        assert Calendar.from_ical(as_calendar(off))["METHOD"] == "CANCEL"
        assert (event(off)["STATUS"], event(off)["UID"], event(off)["SEQUENCE"]) == ("CANCELLED", MEETING.uid, 2)

    def test_a_mail_offers_it_with_the_same_method(self):
        for invitation, method in ((MEETING, "REQUEST"), (changed(is_cancelled=True, sequence=1), "CANCEL")):
            calendar = as_calendar(invitation)
            content = as_bytes(Mail(subject="会议通知", html="", text="", moment=MEETING.moment, calendar=calendar))
            parts = {part.get_content_type(): part for part in message_from_bytes(content, policy=default).walk()}
            assert parts["text/calendar"]["Content-Type"].params["method"] == method
            assert parts["text/calendar"].get_payload(decode=True) == calendar
            assert parts["application/ics"].get_payload(decode=True) == calendar


class TestLength:
    @pytest.mark.parametrize("hours", [None, 0.0, -1.0, float("nan"), 1e300])
    def test_a_meeting_of_no_known_length_takes_an_hour_and_says_so(self, hours):
        found = event(changed(hours=hours))
        assert found.decoded("dtend") - found.decoded("dtstart") == timedelta(hours=1)
        assert str(found["DESCRIPTION"]) == f"{MEETING.description}\n会议时长未填，日历中按 1 小时占用。"

    def test_one_that_is_known_is_not_remarked_on(self):
        assert str(event(MEETING)["DESCRIPTION"]) == MEETING.description
        assert str(event(changed(hours=None, description=""))["DESCRIPTION"]) == "会议时长未填，日历中按 1 小时占用。"
        assert "DESCRIPTION" not in event(changed(description=""))


class TestPeople:
    def test_everybody_stands_once_by_the_stronger_role(self):
        again = Address("别名", "JS", "Example.com")
        assert people(changed(copies=(again, LEADER, LEADER))) == [
            ("mailto:js@example.com", "技术部*主管", "REQ-PARTICIPANT"),
            ("mailto:fzjl@example.com", "公司领导*副总经理", "OPT-PARTICIPANT"),
        ]

    def test_one_without_a_name_is_known_by_the_address(self):
        assert people(changed(to=(Address("", "js", "example.com"),), copies=())) == [
            ("mailto:js@example.com", "", "REQ-PARTICIPANT")
        ]

    def test_without_a_sender_it_is_an_entry_that_nobody_answers(self):
        entry = changed(organizer=None)
        found = event(entry)
        assert Calendar.from_ical(as_calendar(entry))["METHOD"] == "PUBLISH"
        assert ("ORGANIZER" in found, "ATTENDEE" in found) == (False, False)
        assert entry.uid.endswith("@coordination-xl.invalid")
        assert event(changed(organizer=None, is_cancelled=True))["STATUS"] == "CANCELLED"

    @given(st.text(st.characters(exclude_characters="\r\n"), max_size=100))
    def test_a_name_does_not_leave_its_place(self, name):
        found = people(changed(to=(Address(name, "js", "example.com"),), copies=()))
        assert [(address, role) for address, _, role in found] == [("mailto:js@example.com", "REQ-PARTICIPANT")]
        assert not set(found[0][1]) & set('\r\n\x00"^')


class TestHostileTexts:
    def test_signs_of_the_format_are_escaped(self):
        hostile = changed(summary="甲,乙;丙\\丁:戊", place='a"b^n', description="x\\ny\r\nEND:VEVENT\rz\u2028w\x00")
        lines = unfolded(hostile)
        assert "SUMMARY:甲\\,乙\\;丙\\\\丁:戊" in lines
        assert 'LOCATION:a"b^n' in lines
        assert "DESCRIPTION:x\\\\ny\\nEND:VEVENT\\nz\\nw" in lines

    def test_quotation_marks_and_carets_in_a_name_are_replaced(self):
        lines = unfolded(changed(to=(Address('"A",B^n', "js", "example.com"),)))
        assert [line for line in lines if "js@" in line] == [
            'ATTENDEE;CN="”A”,B＾n";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:js@example.com'
        ]

    @given(texts, texts, texts, texts)
    def test_no_text_leaves_its_line_and_no_line_is_too_long(self, meeting, summary, place, description):
        hostile = changed(meeting=meeting, summary=summary, place=place, description=f"x{description}x")
        content = as_calendar(hostile)
        for line in content.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()  # no character is cut in two
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        names = [
            line.partition(":")[0].partition(";")[0] for line in content.decode().replace("\r\n ", "").split("\r\n")
        ]
        allowed = {line.partition(":")[0].partition(";")[0] for line in WRITTEN.splitlines()} | {""}
        assert set(names) <= allowed
        assert names.count("ATTENDEE") == 2

    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.just("\n"), max_size=300))
    def test_a_description_is_read_as_typed(self, text):
        line = next(line for line in unfolded(changed(description=text + "。")) if line.startswith("DESCRIPTION:"))
        told = line.removeprefix("DESCRIPTION:")
        plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], told)
        assert plain == (text + "。").strip()

    def test_a_very_long_text_is_borne(self):
        content = as_calendar(changed(summary="很" * 32_767, place="长" * 32_767, description="😀" * 32_767))
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        found = next(iter(Calendar.from_ical(content).walk("VEVENT")))
        assert [len(str(found[name])) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [250, 250, 32_767]
