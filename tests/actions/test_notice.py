"""notice: rows of 发文记录 and files in the outbox, one notice a key."""

from __future__ import annotations

import email
from datetime import datetime
from email import policy

import pytest
from docx import Document
from icalendar import Calendar

from coordination_xl import notice, open_book, remind, run
from coordination_xl.books.build import build_workbook
from coordination_xl.errors import BrokenTemplate, MissingColumn, UnknownRecord, UsageError
from coordination_xl.schema.tables import DISPATCH
from tests.builders import CONTACTS, NOW, book, coordination, grid, meeting, problem, settings, task

STAFF = [row | {"email": f"{place}@example.com", "phone": "80"} for place, row in enumerate(CONTACTS)]
SENT = problem(id="WT-2026-0007", state="已分派", deadline=datetime(2026, 3, 20), dispatched_at=datetime(2026, 3, 6, 9))
HOSTILE = "{{ 7*7 }} <script>alert(1)</script>\r\nBcc: all@example.com 😀𠮷"


@pytest.fixture
def office(tmp_path):
    """Lay out a workbook, and open it."""

    def lay_out(name: str = "台账.xlsx", **tables):
        path = tmp_path / name
        path.write_bytes(build_workbook({"Contacts": STAFF, **tables}))
        return open_book(path)

    return lay_out


def rows_of(result, *wanted):
    """The new rows of 发文记录, the named columns."""
    (added,) = [each for each in result.changes.added if each.table == "Dispatch"]
    columns = [added.columns[added.headers.index(header)] for header in wanted]
    return list(zip(*columns, strict=True))


def mail_of(result, suffix=".eml"):
    (file,) = [each for each in result.files if each.path.suffix == suffix]
    return email.message_from_bytes(file.content, policy=policy.default)


class TestOneNotice:
    def test_is_a_row_and_its_files(self, office, tmp_path):
        result = notice(office(Problems=[SENT]), "问题分派通知", NOW)
        wanted = ("编号", "通知种类", "来源编号", "渠道", "要求答复", "发送状态", "时限版本", "邮件文件")
        stem = "TZ-2026-0001 问题分派通知 WT-2026-0007"
        assert rows_of(result, *wanted) == [
            ("TZ-2026-0001", "问题分派通知", "WT-2026-0007", "邮件", "已阅", "待发送", "2026-03-20", f"台账/{stem}.eml")
        ]
        assert [file.path for file in result.files] == [
            tmp_path / "outbox" / "台账" / f"{stem}.{suffix}" for suffix in ("html", "docx", "eml")
        ]

    def test_the_mail_has_text_page_and_word(self, office):
        mail = mail_of(notice(office(Problems=[SENT]), "问题分派通知", NOW))
        assert mail["X-Unsent"] == "1"
        assert mail["Subject"].endswith("（TZ-2026-0001）")
        kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
        assert kinds[:2] == ["text/plain", "text/html"]
        (word,) = list(mail.iter_attachments())
        assert word.get_filename() == "TZ-2026-0001 问题分派通知 WT-2026-0007.docx"

    def test_is_written_once(self, office):
        made = office(Problems=[SENT])
        notice(made, "问题分派通知", NOW).write(made)
        again = notice(open_book(made.name), "问题分派通知", NOW)
        assert not again.changes
        assert not again.files
        named = notice(open_book(made.name), "问题分派通知", NOW, records=["WT-2026-0007"])
        assert [found.code for found in named.findings] == ["sent-already"]

    def test_the_same_call_makes_the_same_bytes(self, office):
        made = office(Problems=[SENT])
        first, second = (notice(made, "问题分派通知", NOW) for _ in range(2))
        assert first.files == second.files

    def test_without_a_mail_it_goes_out_on_paper(self, office):
        result = notice(office(Problems=[SENT]), "问题分派通知", NOW, formats=["docx"])
        assert rows_of(result, "渠道", "邮件文件") == [("书面", None)]
        assert [file.path.suffix for file in result.files] == [".docx"]

    def test_outside_the_outbox_it_is_not_sent_by_the_program(self, office, tmp_path):
        result = notice(office(Problems=[SENT]), "问题分派通知", NOW, out=tmp_path / "别处")
        assert rows_of(result, "邮件文件") == [(None,)]
        assert {file.path.parent for file in result.files} == {tmp_path / "别处"}

    def test_an_invitation_carries_its_calendar(self, office):
        starts = datetime(2026, 3, 12, 14)
        row = meeting(state="已批准", starts_at=starts, approved_at=datetime(2026, 3, 5, 10), place="第一会议室")
        mail = mail_of(notice(office(Meetings=[row]), "会议通知", NOW))
        (calendar,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        event = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")[0]
        assert event.decoded("dtstart").replace(tzinfo=None) == starts
        assert int(event["sequence"]) == 0


class TestWhatIsNotRight:
    def test_hostile_cells_are_shown_as_typed(self, office):
        made = office(Problems=[SENT | {"title": "一" + HOSTILE, "background": HOSTILE * 20}])
        result = notice(made, "问题分派通知", NOW)
        mail = mail_of(result)
        assert mail["Bcc"] is None
        assert "\n" not in mail["Subject"]
        text = mail.get_body(("plain",)).get_content()
        page = mail.get_body(("html",)).get_content()
        assert "{{ 7*7 }}" in text
        assert "<script>alert" in text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
        assert "😀𠮷" in page
        (word,) = [file for file in result.files if file.path.suffix == ".docx"]
        path = word.path.parents[2] / "x.docx"
        path.write_bytes(word.content)
        cells = "".join(cell.text for table in Document(path).tables for row in table.rows for cell in row.cells)
        assert "{{ 7*7 }} <script>alert(1)</script>" in cells

    def test_a_template_that_cannot_be_used_fails_its_notice_alone(self, office, tmp_path):
        (tmp_path / "templates/问题分派通知").mkdir(parents=True)
        (tmp_path / "templates/问题分派通知/words.txt").write_text("{% set title = titel %}", "utf-8")
        late = task(deadline=datetime(2026, 3, 4))
        result = run(office(Problems=[SENT], Tasks=[late]), NOW)
        told = {kind: (state, failure) for kind, state, failure in rows_of(result, "通知种类", "发送状态", "失败原因")}
        assert told["问题分派通知"][0] == "失败"
        assert "titel" in told["问题分派通知"][1]
        (found,) = [each for each in result.findings if each.code == "notice-failed"]
        assert (found.id, found.is_error) == ("WT-2026-0007", True)
        assert told["逾期预警"] == ("待发送", None)

    def test_who_has_no_address_is_a_row_with_the_reason(self, office):
        staff = [row | {"email": ""} for row in STAFF]
        result = notice(office(Contacts=staff, Problems=[SENT]), "问题分派通知", NOW)
        ((state, failure, file),) = rows_of(result, "发送状态", "失败原因", "邮件文件")
        assert (state, file) == ("失败", None)
        assert "邮箱" in failure
        assert result.findings
        assert not result.files

    def test_that_row_is_not_written_again(self, office):
        staff = [row | {"email": ""} for row in STAFF]
        made = office(Contacts=staff, Problems=[SENT])
        notice(made, "问题分派通知", NOW).write(made)
        assert not notice(open_book(made.name), "问题分派通知", NOW).changes

    @pytest.mark.parametrize(
        ("kind", "given", "error"),
        [
            ("通知", {}, UsageError),
            ("问题分派通知", {"formats": ["pdf"]}, UsageError),
            ("问题分派通知", {"formats": []}, UsageError),
            ("问题分派通知", {"records": ["WT-2026-9999"]}, UnknownRecord),
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, office, kind, given, error):
        with pytest.raises(error):
            notice(office(Problems=[SENT]), kind, NOW, **given)

    def test_a_digest_template_that_cannot_be_used_stops_the_digest(self, office, tmp_path):
        (tmp_path / "templates/周报").mkdir(parents=True)
        (tmp_path / "templates/周报/page.html").write_text("{{ nothing }}", "utf-8")
        with pytest.raises(BrokenTemplate, match="nothing"):
            notice(office(), "周报", NOW)


class TestConfidentiality:
    """SPEC B6: who is not cleared gets a notice without the content."""

    def test_content_goes_to_the_cleared_alone(self, office):
        staff = [row | {"clearance": "机密" if row["role"] != "部门负责人" else "内部"} for row in STAFF]
        row = SENT | {"confidentiality": "秘密", "title": "并购尽调数据外泄"}
        result = notice(office(Contacts=staff, Problems=[row]), "问题分派通知", NOW)
        withheld = [file for file in result.files if "涉密通知" in file.path.name]
        assert withheld
        for file in withheld:
            assert "并购".encode() not in file.content
        for file in (each for each in withheld if each.path.suffix == ".eml"):
            mail = email.message_from_bytes(file.content, policy=policy.default)
            said = str(mail["Subject"]) + "".join(
                part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"
            )
            assert "并购" not in said
            assert "WT-2026-0007" in said
        titles = [title for (title,) in rows_of(result, "标题")]
        assert sum("并购" in title for title in titles) == len(titles) - len(withheld) // 3
        assert "not-cleared" in {found.code for found in result.findings}


class TestReminders:
    def test_several_to_one_person_are_one_mail(self, office):
        late = [task(id=f"RW-2026-{number:04}", deadline=datetime(2026, 3, 4)) for number in (1, 2, 3)]
        result = remind(office(Tasks=late), NOW)
        files = [file for (file,) in rows_of(result, "邮件文件")]
        assert len(files) == 3
        assert len(set(files)) == 1
        assert files[0].endswith("催办汇总.eml")
        text = mail_of(result).get_body(("plain",)).get_content()
        assert all(row["id"] in text for row in late)

    def test_who_stands_on_two_rungs_of_a_matter_reads_of_it_once(self, office):
        head = next(row for row in STAFF if row["role"] == "部门负责人")
        who = f"{head['department']}*{head['person']}"
        late = task(responsible=who, department=head["department"], deadline=datetime(2026, 2, 27))
        result = remind(office(Tasks=[late]), NOW)
        rungs = [rung for rung, to in rows_of(result, "升级层级", "收件人") if to == who]
        assert rungs == ["责任人", "部门负责人"]
        files = {file for file, to in rows_of(result, "邮件文件", "收件人") if to == who}
        (file,) = files
        assert "催办汇总" not in file

    def test_outside_working_hours_they_wait(self, office):
        made = office(Tasks=[task(deadline=datetime(2026, 3, 4))])
        evening = remind(made, datetime(2026, 3, 6, 20))
        assert not evening.changes
        assert evening.summary["held"] == 1


class TestRun:
    def test_writes_reminders_and_notices_in_one_save_and_then_stands_still(self, office):
        made = office(Problems=[SENT], Tasks=[task(deadline=datetime(2026, 3, 4))], Coordination=[coordination()])
        run(made, NOW).write(made)
        again = run(open_book(made.name), NOW)
        assert not again.notices
        assert again.is_needless

    def test_two_workbooks_in_one_folder_do_not_take_each_others_files(self, office, tmp_path):
        for name in ("甲.xlsx", "乙.xlsx"):
            made = office(name, Problems=[SENT])
            run(made, NOW).write(made)
        assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == ["乙", "甲"]


def test_outbox_may_be_named_in_the_settings(office, tmp_path):
    result = notice(office(Problems=[SENT], Settings=settings(外发目录="发文/待发")), "问题分派通知", NOW)
    assert {file.path.parent for file in result.files} == {tmp_path / "发文/待发/台账"}


def test_an_older_workbook_is_told_which_columns_it_lacks():
    old = [column.header for column in DISPATCH.columns if column.since == 1]
    with pytest.raises(MissingColumn, match="邮件文件"):
        notice(book(Problems=[SENT], Contacts=STAFF, Dispatch=grid("Dispatch", headers=old)), "问题分派通知", NOW)


def test_an_older_workbook_with_nothing_to_tell_is_run_as_before():
    old = [column.header for column in DISPATCH.columns if column.since == 1]
    made = book(blocks=True, Dispatch=grid("Dispatch", headers=old))
    assert not run(made, NOW).notices


def test_an_older_workbook_with_something_to_tell_is_refreshed_and_told_what_it_lacks():
    old = [column.header for column in DISPATCH.columns if column.since == 1]
    made = book(blocks=True, Problems=[SENT], Contacts=STAFF, Dispatch=grid("Dispatch", headers=old))
    result = run(made, NOW)
    (found,) = [each for each in result.findings if each.code == "no-mail-column"]
    assert (found.sheet, "邮件文件" in found.message) == ("参数", True)
    assert "coordination-xl upgrade" in found.suggestion
    assert not result.notices
    assert [change for change in result.changes.columns if change.table == "Problems"]
