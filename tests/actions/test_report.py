"""周报: two files and not a cell."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from coordination_xl import open_book, report
from coordination_xl.errors import BrokenTemplate, RuleError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema.refusals import BY_CODE
from tests.builders import (
    CONTACTS,
    NOW,
    book,
    coordination,
    emergency,
    extension,
    meeting,
    problem,
    progress,
    settings,
    task,
)
from workbooks.demo import NOW as DEMO_NOW
from workbooks.demo import demo_rows

if TYPE_CHECKING:
    from pathlib import Path

LEADER = {"department": "公司领导", "person": "副总经理", "role": "分管领导", "email": "fzjl@example.com"}
TOP = {"department": "总经理办公会", "person": "秘书", "role": "总经理办公会", "email": "综管 <zbh@example.com>"}
STAFF = tuple(contact for contact in CONTACTS if contact["department"] != "公司领导")
HIDDEN = "并购甲公司"


def made(tmp_path: Path, **tables: object):
    return book(name=str(tmp_path / "台账.xlsx"), **{"Contacts": [*STAFF, LEADER, TOP], **tables})


def page_of(result) -> str:
    return next(file.content.decode() for file in result.files if file.path.suffix == ".html")


def mail_of(result):
    return message_from_bytes(next(file.content for file in result.files if file.path.suffix == ".eml"), policy=default)


def text_of(result) -> str:
    return mail_of(result).get_body(("plain",)).get_content().replace("\r\n", "\n")


def late(**values: object) -> dict[str, object]:
    return task(deadline=datetime(2026, 3, 3)) | values


class TestFiles:
    def test_are_named_by_the_week_and_lie_in_the_outbox(self, tmp_path):
        result = report(made(tmp_path), NOW)
        assert [file.path for file in result.files] == [
            tmp_path / "outbox/周报-2026-W10.html",
            tmp_path / "outbox/周报-2026-W10.eml",
        ]

    @pytest.mark.parametrize(
        ("now", "name"),
        [(datetime(2027, 1, 1, 9), "周报-2026-W53.html"), (datetime(2024, 12, 30, 9), "周报-2025-W01.html")],
    )
    def test_at_new_year_bear_the_year_of_the_week(self, tmp_path, now, name):
        assert report(made(tmp_path), now).files[0].path.name == name

    @pytest.mark.parametrize(("value", "place"), [("外发", "外发"), ("外发\\周报", "外发/周报"), ("", "outbox")])
    def test_go_where_the_settings_say(self, tmp_path, value, place):
        result = report(made(tmp_path, Settings=settings(外发目录=value)), NOW)
        assert {file.path.parent for file in result.files} == {tmp_path / place}

    def test_go_elsewhere_where_asked(self, tmp_path):
        result = report(made(tmp_path), NOW, out=tmp_path / "别处")
        assert {file.path.parent for file in result.files} == {tmp_path / "别处"}

    def test_nothing_is_written_before_it_is_asked_for_and_no_cell_ever(self, workbook, tmp_path):
        path = workbook(tmp_path / "台账.xlsx", Tasks=[late()])
        before, opened = path.read_bytes(), open_book(path)
        result = report(opened, NOW)
        assert (not result.changes, [file.name for file in tmp_path.iterdir()]) == (True, ["台账.xlsx"])
        result.write(opened)
        assert path.read_bytes() == before
        assert sorted(file.name for file in (tmp_path / "outbox").iterdir()) == [
            "周报-2026-W10.eml",
            "周报-2026-W10.html",
        ]

    def test_the_same_call_makes_the_same_bytes_and_needs_no_second_time(self, tmp_path):
        first, second = (report(made(tmp_path, Tasks=[late()]), NOW) for _ in range(2))
        assert [file.content for file in first.files] == [file.content for file in second.files]
        first.write(made(tmp_path))
        assert second.is_needless
        assert not report(made(tmp_path, Tasks=[late()]), datetime(2026, 3, 6, 11)).is_needless


class TestMail:
    def test_is_a_draft_with_the_page_and_its_plain_twin(self, tmp_path):
        result = report(made(tmp_path, Tasks=[late()]), NOW)
        mail = mail_of(result)
        assert (mail.get_content_type(), mail["X-Unsent"]) == ("multipart/alternative", "1")
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert mail.get_body(("html",)).get_content().replace("\r\n", "\n") == page_of(result)
        assert mail["Subject"] == "【▲周报】跨部门协调工作周报（2026年第10周）：在办 1 项，逾期 1 项"
        assert mail["Date"] == "Fri, 06 Mar 2026 10:00:00 +0800"
        assert not mail.defects

    def test_goes_from_the_office_to_the_leaders(self, tmp_path):
        mail = mail_of(report(made(tmp_path), NOW))
        assert str(mail["From"]) == "综合管理部 <xietiao@example.com>"
        assert str(mail["To"]) == "公司领导*副总经理 <fzjl@example.com>, 综管 <zbh@example.com>"

    def test_a_shared_address_is_written_once(self, tmp_path):
        twin = LEADER | {"person": "营销总监"}
        result = report(made(tmp_path, Contacts=[LEADER, twin]), NOW)
        assert str(mail_of(result)["To"]) == "公司领导*副总经理 <fzjl@example.com>"
        assert result.summary["to"] == ["公司领导*副总经理", "公司领导*营销总监"]

    def test_changes_its_number_with_its_words(self, tmp_path):
        ids = [mail_of(report(made(tmp_path, Tasks=rows), NOW))["Message-ID"] for rows in ([], [late()], [late()])]
        assert (ids[0] != ids[1], ids[1] == ids[2]) == (True, True)
        assert re.fullmatch(r"<digest-2026-W10-[0-9a-f]{16}@example\.com>", ids[0])

    def test_of_a_leader_on_leave_goes_to_who_acts(self, tmp_path):
        leave = {"delegate": "综合管理部*主任", "leave_from": datetime(2026, 3, 5), "leave_to": datetime(2026, 3, 6)}
        people = [each | {"email": "zr@example.com"} if each["department"] == "综合管理部" else each for each in STAFF]
        away = made(tmp_path, Contacts=[*people, LEADER | leave])
        assert str(mail_of(report(away, NOW))["To"]) == "综合管理部*主任 <zr@example.com>"
        assert str(mail_of(report(away, datetime(2026, 3, 7, 9)))["To"]) == "公司领导*副总经理 <fzjl@example.com>"

    def test_of_a_leader_on_leave_without_anybody_stays_with_the_leader(self, tmp_path):
        away = LEADER | {"leave_from": datetime(2026, 3, 5)}
        assert report(made(tmp_path, Contacts=[away]), NOW).summary["to"] == ["公司领导*副总经理"]

    def test_without_anybody_to_write_to_is_a_draft_all_the_same(self, tmp_path):
        mail = mail_of(report(made(tmp_path, Contacts=STAFF), NOW))
        assert (mail["To"], mail["X-Unsent"]) == (None, "1")

    @pytest.mark.parametrize(
        "trick", ["x@example.com\nBcc: all@example.com", "x@example.com\r\n\r\nhello", "a@b.com>, <c@d.com"]
    )
    def test_no_line_break_gets_into_its_head(self, tmp_path, trick):
        rows = {"Contacts": [LEADER | {"email": trick}], "Settings": settings(发件人=f"办公室 <{trick}>")}
        result = report(made(tmp_path, **rows), NOW)
        head = next(file.content for file in result.files if file.path.suffix == ".eml").partition(b"\r\n\r\n")[0]
        assert b"bcc" not in head.lower()
        assert mail_of(result)["To"] is None
        assert {each.code for each in result.findings} == {"unusable-email", "unusable-sender"}

    def test_a_host_in_chinese_letters_is_written_as_servers_know_it(self, tmp_path):
        result = report(made(tmp_path, Contacts=[LEADER | {"email": "fzjl@例子.公司"}]), NOW)
        assert mail_of(result)["To"].addresses[0].addr_spec == "fzjl@xn--fsqu00a.xn--55qx5d"


class TestFindings:
    @pytest.mark.parametrize(
        ("tables", "code", "address", "message"),
        [
            ({"Contacts": [LEADER | {"email": ""}]}, "leader-without-email", "F6",
             "公司领导*副总经理 在通讯录里没有邮箱，没有列为周报的收件人"),
            ({"Contacts": [LEADER | {"email": "副总@example.com"}]}, "unusable-email", "F6",
             "公司领导*副总经理 的邮箱“副总@example.com”不能用，没有列为周报的收件人"),
            ({"Contacts": [*STAFF, LEADER | {"leave_from": datetime(2026, 3, 5), "delegate": "综合管理部*主任"}]},
             "leader-without-email", "F15", "综合管理部*主任（代公司领导*副总经理） 在通讯录里没有邮箱，没有列为周报的收件人"),
            ({"Settings": settings(发件人="综合管理部")}, "unusable-sender", "B13",
             "参数“发件人”的取值“综合管理部”里没有能用的邮箱，邮件没有写发件人"),
        ],
    )  # fmt: skip
    def test_say_who_cannot_be_written_to(self, tmp_path, tables, code, address, message):
        result = report(made(tmp_path, **tables), NOW)
        (found,) = result.findings
        assert (found.code, found.address, found.message) == (code, address, message)
        assert found.severity == BY_CODE[code].severity
        assert found.suggestion
        assert len(result.files) == 2, "the digest is made all the same"

    def test_none_where_everybody_can_be(self, tmp_path):
        assert report(made(tmp_path), NOW).findings == ()


class TestSecrecy:
    def tables(self, level: str) -> dict[str, object]:
        """One restricted matter of every kind that the digest tells of."""
        return {
            "Coordination": [coordination(title=HIDDEN, confidentiality=level, deadlines="腾出环境：2026-03-03")],
            "Tasks": [
                late(title=f"{HIDDEN}尽调", source="XT-2026-0001"),
                task(id="RW-2026-0002", title=f"{HIDDEN}谈判", source="XT-2026-0001", state="挂账", paused_at=NOW,
                     pause_reason=f"{HIDDEN}未定"),
            ],
            "Problems": [problem(title=HIDDEN, confidentiality=level)],
            "Meetings": [meeting(title=HIDDEN, confidentiality=level, place=f"{HIDDEN}室"),
                         meeting(id="HY-2026-0002", title=HIDDEN, confidentiality=level, state="申请", approved_at=None)],
            "Emergencies": [emergency(title=HIDDEN, confidentiality=level)],
            "Extensions": [extension(decision="同意", approver="技术部*经理", decided_at=datetime(2026, 3, 5, 10)),
                           extension(id="YQ-2026-0002", source="RW-2026-0001", approver="公司领导*副总经理")],
            "Progress": [progress("WT-2026-0001", datetime(2026, 3, 5), is_major_risk="是", risk=f"{HIDDEN}泄露")],
        }  # fmt: skip

    @pytest.mark.parametrize("level", ["秘密", "机密", "绝密", "仅限董事"])
    def test_of_what_is_restricted_only_the_number_is_told(self, tmp_path, level):
        result = report(made(tmp_path, **self.tables(level)), NOW)
        for told in (page_of(result), text_of(result), str(result.summary)):
            assert HIDDEN not in told
        for record in (
            "XT-2026-0001",
            "RW-2026-0001",
            "RW-2026-0002",
            "WT-2026-0001",
            "HY-2026-0001",
            "HY-2026-0002",
            "JJ-2026-0001",
        ):
            assert record in page_of(result), record
        assert page_of(result).count("（涉密事项）") > 7

    def test_of_what_is_not_everything_is(self, tmp_path):
        page = page_of(report(made(tmp_path, **self.tables("内部")), NOW))
        assert "（涉密事项）" not in page
        for words in (f"{HIDDEN}尽调", f"{HIDDEN}未定", f"{HIDDEN}室", f"{HIDDEN}泄露"):
            assert words in page, words

    def test_no_secret_of_the_demo_is_told(self, tmp_path):
        opened = book(name=str(tmp_path / "demo.xlsx"), **demo_rows())
        ledgers = Ledgers.read(opened)
        levels = {
            record: level
            for name in ("Coordination", "Problems", "Meetings", "Emergencies")
            for record, level in zip(ledgers[name].ids, ledgers[name]["confidentiality"], strict=True)
        }
        secret, plain = set(), set()
        for ledger in ledgers.matters:
            keys = ledger["source"] if ledger.table.name == "Tasks" else ledger["id"]
            for key, title in zip(keys, ledger["title"], strict=True):
                (secret if levels.get(key) in ("秘密", "机密") else plain).add(title)
        result = report(opened, DEMO_NOW)
        assert len(secret - plain) > 30
        assert not [title for title in secret - plain if title in page_of(result) or title in text_of(result)]


class TestContent:
    def test_the_red_list_says_who_acts_and_what_comes_next(self, tmp_path):
        text = text_of(report(made(tmp_path, Tasks=[late()]), NOW))
        assert "▲ RW-2026-0001 腾出环境\n  技术部*工程师 | 逾期 3 天（3月3日（周二）18:00 到期）\n" in text
        assert "  部门负责人；3月10日（周二）升至分管领导" in text
        assert (
            "■ 请于 2026年3月9日（周一）18:00 前督促办结 RW-2026-0001；逾期未办结的，3月10日（周二）升级至分管领导。"
            in text
        )

    def test_leaders_are_asked_for_what_is_theirs(self, tmp_path):
        tables = {
            "Tasks": [late(id=f"RW-2026-{n:04}", deadline=day, created_at=datetime(2026, 2, 2))
                      for n, day in enumerate((datetime(2026, 2, 24), datetime(2026, 2, 9)), start=1)],
            "Problems": [problem()],
            "Extensions": [extension(approver="公司领导*副总经理"),
                           extension(id="YQ-2026-0002", source="RW-2026-0001", approver="技术部*经理")],
            "Meetings": [meeting(state="申请", starts_at=datetime(2026, 3, 12, 9), approved_at=None, notified_at=None)],
        }  # fmt: skip
        text = text_of(report(made(tmp_path, **tables), NOW))
        asked = text[text.index("【提请领导研究的事项】") :]
        assert "已升级至总经理办公会的逾期事项 1 项：RW-2026-0002，请总经理办公会研究处理。" in asked
        assert "YQ-2026-0001（WT-2026-0001）：请公司领导*副总经理于 2026年3月18日（周三）18:00 前审批。" in asked
        assert "YQ-2026-0002" not in asked, "a head of department decides it"
        assert "会议申请 HY-2026-0001（联调专题会）：请分管领导于 2026年3月10日（周二）18:00 前审批。" in asked

    def test_an_extension_of_a_matter_that_is_gone_is_told_by_its_number(self, tmp_path):
        text = text_of(report(made(tmp_path, Extensions=[extension(source="WT-2026-0099")]), NOW))
        assert "WT-2026-0099  | 申请延期（第 1 次）" in text

    def test_an_empty_workbook_has_a_digest(self, tmp_path):
        result = report(made(tmp_path), NOW)
        assert "没有逾期事项。" in page_of(result)
        assert (result.summary["open"], result.summary["on_time"]) == (0, None)

    def test_the_summary_has_the_figures(self, tmp_path):
        summary = report(book(name=str(tmp_path / "demo.xlsx"), **demo_rows()), DEMO_NOW).summary
        assert {key: summary[key] for key in ("week", "open", "overdue", "behind", "new", "done", "due_next_week")} == {
            "week": "2026-W47", "open": 93, "overdue": 22, "behind": 14, "new": 25, "done": 6, "due_next_week": 31,
        }  # fmt: skip
        assert len(summary["to"]) == 5

    def test_line_breaks_and_signs_of_a_title_do_no_harm(self, tmp_path):
        title = "甲\n乙\x0b<script>alert(1)</script>{{ 7*7 }}\u2028丙"
        result = report(made(tmp_path, Tasks=[late(title=title)]), NOW)
        assert "甲 乙 &lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }} 丙" in page_of(result)
        assert "甲 乙 <script>alert(1)</script>{{ 7*7 }} 丙\n" in text_of(result)

    def test_whom_to_ask_is_somebody_who_is_there(self, tmp_path):
        office = {"department": "综合管理部", "role": "综合管理部", "phone": "8122"}
        people = [
            LEADER,
            office | {"person": "主任", "leave_from": datetime(2026, 3, 1), "leave_to": datetime(2026, 3, 31)},
            office | {"person": "专员"},
        ]
        assert "请联系综合管理部*专员（内线 8122）。" in page_of(report(made(tmp_path, Contacts=people), NOW))
        assert "请联系" not in page_of(report(made(tmp_path, Contacts=[LEADER]), NOW))


class TestTemplates:
    def test_the_users_own_goes_first(self, tmp_path):
        (tmp_path / "templates/周报").mkdir(parents=True)
        (tmp_path / "templates/周报/page.html").write_text("<p>{{ company }}：{{ week }}</p>", encoding="utf-8")
        assert page_of(report(made(tmp_path), NOW)) == "<p>示例科技有限公司：2026-W10</p>"

    def test_its_mistake_is_told_with_file_line_and_fields(self, tmp_path):
        (tmp_path / "templates/周报").mkdir(parents=True)
        (tmp_path / "templates/周报/page.txt").write_text("周报\n{{ standing.opne }}", encoding="utf-8")
        with pytest.raises(BrokenTemplate) as told:
            report(made(tmp_path), NOW)
        assert told.value.where == f"模板 {tmp_path}/templates/周报/page.txt 第 2 行"
        assert "没有“opne”这个字段" in told.value.what
        assert "open、open_before、overdue" in told.value.remedy


def test_rules_that_cannot_be_understood_stop_it(tmp_path):
    with pytest.raises(RuleError):
        report(made(tmp_path, Settings=settings(工作时间="九点到六点")), NOW)
