"""回执: from mails to the workbook and its 修改记录."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.headerregistry import Address
from typing import TYPE_CHECKING

import pytest

from coordination_xl import open_book
from coordination_xl.actions.receipts import receipts
from coordination_xl.actions.refresh import refresh
from coordination_xl.errors import DispatchError, ServerAddressWrong, UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.notices.invitation import Invitation, as_calendar
from coordination_xl.notices.mail import Mail, as_bytes
from coordination_xl.schema.refusals import BY_CODE
from tests.builders import CONTACTS, NOW, book, dispatch, meeting, problem, row_of, settings
from tests.dispatch.answer_mails import BOUNCE, NUMBER, OUTLOOK_ZH, READ_RECEIPT, calendar_reply, mail, part, plain

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = tuple(each | {"email": "李雷 <Li@Example.com>"} if each["person"] == "工程师" else each for each in CONTACTS)
ROW = dispatch(id=NUMBER, kind="进度催报", answer_needed="配合答复")
LATER = datetime(2026, 3, 6, 17, 0)
SHANGHAI = timezone(timedelta(hours=8))


def made(**tables: object):
    return book(**({"Contacts": PEOPLE, "Problems": [problem()], "Dispatch": [ROW]} | tables))


@pytest.fixture
def folder(tmp_path):
    """Lay mails out in a folder: ``folder(name=bytes)``; double underscores part subfolders, names get their suffix."""

    def lay_out(**mails: bytes) -> Path:
        place = tmp_path / "回信"
        place.mkdir(exist_ok=True)
        for name, content in mails.items():
            path = place / f"{name.replace('__', '/')}.eml"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (LATER.replace(tzinfo=SHANGHAI).timestamp(),) * 2)
        return place

    return lay_out


def audit(result) -> list[tuple[object, ...]]:
    told = []
    for rows in result.changes.added:
        if rows.table == "Audit":
            facts = dict(zip(rows.headers, rows.columns, strict=True))
            told += zip(*(facts[name] for name in ("操作", "操作人", "编号", "列", "新值")), strict=True)
    return told


class TestReceipts:
    def test_go_into_the_ledgers_with_a_record_of_each_cell(self, folder):
        result = receipts(made(), LATER, source=folder(甲=OUTLOOK_ZH), actor="李主任")
        told = audit(result)
        assert {each[:2] for each in told} == {("回执", "李主任")}
        assert ("回执", "李主任", NUMBER, "发送状态", "已阅") in told
        assert ("回执", "李主任", NUMBER, "答复时间", "2026-03-06 14:31") in told
        assert ("回执", "李主任", "WT-2026-0001", "新增一行", None) in told

    def test_settle_the_rows_they_touch(self, folder):
        ledger = made()
        ledger.apply(refresh(ledger, NOW).changes)
        before = row_of(ledger, "WT-2026-0001")
        ledger.apply(receipts(ledger, LATER, source=folder(甲=OUTLOOK_ZH)).changes)
        assert row_of(ledger, NUMBER)["light"] == "灰"
        assert row_of(ledger, "WT-2026-0001")["last_feedback"] == datetime(2026, 3, 6, 14, 31)
        assert before.get("last_feedback") is None
        (row,) = Ledgers.read(ledger)["Progress"].frame.to_dict("records")
        assert (row["source"], row["reporter"], row["achievement"]) == (
            "WT-2026-0001", "技术部*工程师", "已安排专人处理，周五前清完。\n备件还差两件。",
        )  # fmt: skip
        assert not [each for each in refresh(ledger, LATER).changes.columns if NUMBER in each.ids]

    def test_are_as_good_the_second_time(self, workbook, tmp_path, folder):
        path = workbook(tmp_path / "台账.xlsx", Contacts=PEOPLE, Problems=[problem()], Dispatch=[ROW])
        source = folder(甲=OUTLOOK_ZH, 乙=READ_RECEIPT, 丙=BOUNCE)
        opened = open_book(path)
        receipts(opened, LATER, source=source).write(opened)
        again = receipts(open_book(path), LATER, source=source)
        assert (again.is_needless, again.summary["mails"]) == (True, 3)
        assert row_of_file(path)["state"] == "已阅"

    def test_are_counted(self, folder):
        mails = {
            "甲": OUTLOOK_ZH, "乙": READ_RECEIPT, "丙": BOUNCE, "丁__自动": mail(plain("休假"), subject="自动回复: x"),
            "戊": mail(plain("x"), replies="", subject="午饭"),
            "己": mail(plain("x"), sender="x <x@example.org>"),
            "庚": mail(plain("主送"), more=(f"X-Coordination-Notice: {NUMBER}",)),
            "辛": mail(plain("办"), date="Fri, 06 Mar 2026 16:59:00 +0800"),
        }  # fmt: skip
        summary = receipts(made(), datetime(2026, 3, 6, 16, 0), source=folder(**mails)).summary
        assert summary == {
            "mails": 8, "read": 1, "replied": 1, "accepted": 0, "declined": 0, "tentative": 0, "undelivered": 1, "delayed": 0,
            "unread": 0,
            "automatic": 1, "unrelated": 1, "own": 1, "later": 1, "unknown": ["x@example.org"], "refused": 0, "progress": 1,
            "passed_over": [],
        }  # fmt: skip

    def test_of_an_invitation_reach_the_meeting(self, folder):
        row = ROW | {
            "kind": "会议通知",
            "source": "HY-2026-0008",
            "answer_needed": "回复",
            "recipients": "技术部*工程师",
        }
        ledger = made(Dispatch=[row], Meetings=[meeting(id="HY-2026-0008")])
        ledger.apply(receipts(ledger, LATER, source=folder(甲=calendar_reply("DECLINED", comment="出差"))).changes)
        found = row_of(ledger, "HY-2026-0008")
        assert (found["rsvp"], found["rsvp_detail"]) == ("有人请假", "技术部*工程师 请假 2026-03-06 14:31：出差")

    def test_know_the_numbers_of_the_workbooks_own_pattern(self, folder):
        ledger = made(Dispatch=[ROW | {"id": "TZ〔2026〕7号"}], Settings=settings(编号格式="{前缀}〔{年}〕{序号}号"))
        source = folder(
            甲=mail(plain("收到"), subject="Re: 【进度催报】x（TZ〔2026〕7号）", replies="<TZ20267-00@example.com>")
        )
        ledger.apply(receipts(ledger, LATER, source=source).changes)
        assert row_of(ledger, "TZ〔2026〕7号")["state"] == "已阅"

    def test_that_begin_with_an_equals_sign_stay_text(self, workbook, tmp_path, folder):
        path = workbook(tmp_path / "台账.xlsx", Contacts=PEOPLE, Problems=[problem()], Dispatch=[ROW])
        opened = open_book(path)
        receipts(opened, LATER, source=folder(甲=mail(plain('=HYPERLINK("http://x")\x0b{{ 7*7 }}')))).write(opened)
        (row,) = Ledgers.read(open_book(path))["Progress"].frame.to_dict("records")
        assert row["achievement"] == '=HYPERLINK("http://x"){{ 7*7 }}'


def row_of_file(path: Path) -> dict[str, object]:
    frame = Ledgers.read(open_book(path))["Dispatch"].frame
    return frame[frame["id"] == NUMBER].iloc[0].to_dict()


class TestRoundTrip:
    def test_a_notice_as_it_goes_out_is_no_answer_and_a_reply_to_it_is_one(self, folder):
        facts = {
            "html": "<p>x</p>",
            "text": "x",
            "moment": NOW,
            "sender": Address("综合管理部", addr_spec="xietiao@example.com"),
        }
        notice = as_bytes(Mail(subject="【进度催报】x", numbers=(NUMBER,), **facts))
        number = message_from_bytes(notice)["Message-ID"]
        source = folder(甲=notice, 乙=mail(plain("收到"), subject="Re: x", replies=number))
        summary = receipts(made(), LATER, source=source).summary
        assert (summary["own"], summary["read"]) == (1, 1)

    def test_a_calendar_answers_the_invitation_that_goes_out(self, folder):
        organizer = Address("综合管理部", addr_spec="xietiao@example.com")
        invitation = Invitation(
            meeting="HY-2026-0008", company="示例科技", sequence=0, summary="联调专题会", starts_at=LATER, hours=1.0, place="",
            description="",
            moment=NOW, organizer=organizer, to=(Address("李雷", addr_spec="li@example.com"),),
        )  # fmt: skip
        replied = (
            as_calendar(invitation).replace(b"METHOD:REQUEST", b"METHOD:REPLY").replace(b"NEEDS-ACTION", b"ACCEPTED")
        )
        content = mail(plain(""), part("text/calendar; method=REPLY", replied), subject="Accepted: x", replies="")
        row = ROW | {"kind": "会议通知", "source": "HY-2026-0008"}
        ledger = made(Dispatch=[row], Meetings=[meeting(id="HY-2026-0008")])
        ledger.apply(receipts(ledger, LATER, source=folder(甲=content)).changes)
        assert row_of(ledger, "HY-2026-0008")["rsvp"] == "全部参加"


class TestFolders:
    def test_with_files_that_are_no_mails_go_on_and_say_so(self, folder):
        source = folder(甲=OUTLOOK_ZH, 坏=b"\x00\x01", 子__空=b"")
        for name in ("信.msg", "说明.txt", ".DS_Store", "Thumbs.db"):
            (source / name).write_bytes(b"x")
        (source / "链接.eml").symlink_to(source / "甲.eml")
        result = receipts(made(), LATER, source=source)
        assert (result.summary["mails"], result.summary["replied"]) == (3, 1)
        told = {each["place"]: each["reason"] for each in result.summary["passed_over"]}
        assert set(told) == {"坏.eml", "子/空.eml", "信.msg", "说明.txt"}
        assert "下载 .eml" in told["信.msg"]
        found = {each.message.split(" ")[0] for each in result.findings}
        assert found == {"坏.eml", "子/空.eml", "信.msg"}, "what is no mail at all is no fault"
        assert {each.code for each in result.findings} == {"unreadable-mail"}
        assert all(BY_CODE[each.code].severity == each.severity for each in result.findings)

    def test_that_are_not_there_are_refused_by_name(self, tmp_path):
        with pytest.raises(UsageError, match="没有这个文件夹"):
            receipts(made(), NOW, source=tmp_path / "没有")
        (tmp_path / "文件").write_text("x")
        with pytest.raises(UsageError, match="不是文件夹"):
            receipts(made(), NOW, source=tmp_path / "文件")

    def test_are_left_as_they_are(self, folder):
        source = folder(甲=OUTLOOK_ZH)
        before = [(each.name, each.stat().st_mtime_ns, each.read_bytes()) for each in source.iterdir()]
        receipts(made(), LATER, source=source)
        assert [(each.name, each.stat().st_mtime_ns, each.read_bytes()) for each in source.iterdir()] == before

    def test_without_a_date_the_files_own_counts(self, folder):
        ledger = made(Dispatch=[ROW | {"answer_needed": "已阅"}])
        ledger.apply(receipts(ledger, LATER, source=folder(甲=mail(plain("收到"), date=""))).changes)
        assert row_of(ledger, NUMBER)["read_at"] == LATER


class TestMailboxes:
    def test_need_an_address(self):
        with pytest.raises(UsageError, match="收信服务器"):
            receipts(made(), NOW)

    @pytest.mark.parametrize("url", ["http://example.com", "imaps://a:geheim@example.com", "smtp://a@example.com"])
    def test_of_a_wrong_address_are_refused(self, url):
        with pytest.raises(ServerAddressWrong) as told:
            receipts(made(), NOW, imap=url)
        assert "geheim" not in str(told.value)

    def test_are_not_asked_where_no_notice_was_ever_written(self):
        result = receipts(made(Dispatch=[]), NOW, imap="imaps://a@127.0.0.1:1")
        assert (result.summary["mails"], result.is_needless) == (0, True)

    def test_that_do_not_answer_are_an_error_and_change_nothing(self):
        environ = {"COORDINATION_XL_IMAP_PASSWORD": "x"}
        with pytest.raises(DispatchError, match="连接不上"):
            receipts(made(), NOW, imap="imaps://a@127.0.0.1:1", environ=environ, timeout=5)
