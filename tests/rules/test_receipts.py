"""What came back, as cells. Source: SPEC A2, A4, A6, A11, A14."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.ledger.answers import Answer, AnswerKind, Failure
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.answering.attendance import attendance_in
from coordination_xl.rules.answering.progress_replies import is_question, parts_by_id, progress_of
from coordination_xl.rules.answering.receipts import first_day, receipts_of
from coordination_xl.rules.people.delegates import Delegates
from tests.builders import CONTACTS, NOW, coordination, dispatch, emergency, ledgers, meeting, problem, progress, task

READ, REPLY, ACCEPTED, DECLINED, TENTATIVE = (
    AnswerKind.READ, AnswerKind.REPLY, AnswerKind.ACCEPTED, AnswerKind.DECLINED, AnswerKind.TENTATIVE
)  # fmt: skip
ADDRESSES = {
    "技术部*工程师": "gcs@example.com", "技术部*经理": "jsjl@example.com", "财务部*会计": "kj@example.com",
    "产品部*主管": "cpzg@example.com",
    "客户服务部*专员": "kfzy@example.com", "综合管理部*主任": "zr@example.com",
}  # fmt: skip
PEOPLE = tuple(
    each | ({"email": ADDRESSES[name]} if (name := f"{each['department']}*{each['person']}") in ADDRESSES else {})
    for each in CONTACTS
)
AT = datetime(2026, 3, 6, 9, 30)
ONE, TWO = "TZ-2026-0001", "TZ-2026-0002"


def answer(
    who: str, kind: AnswerKind = READ, text: str = "", *numbers: str, at: datetime = AT, **more: object
) -> Answer:
    facts = {"place": "一.eml", "message_id": f"{who}{kind}{text}{at}{numbers}", "numbers": numbers or (ONE,)} | more
    return Answer(sender=ADDRESSES.get(who, who), at=at, kind=kind, text=text, **facts)


def book_of(*rows: dict[str, object], people: tuple[dict[str, object], ...] = PEOPLE, **tables: object):
    given = {
        "Problems": [problem()],
        "Tasks": [task(source="XT-2026-0001")],
        "Coordination": [coordination()],
        "Meetings": [meeting()],
    }
    return ledgers(**(given | tables | {"Dispatch": list(rows) or [dispatch()], "Contacts": people}))


def came(read, *answers: Answer, now: datetime = NOW):
    contacts = read["Contacts"]
    return receipts_of(read, answers, Delegates.of(contacts, Directory.of(contacts.frame)), now)


def cells(receipts, number: str = ONE, table: str = "Dispatch") -> dict[str, object]:
    """New values of one row, by identifier; the rows of the tests are numbered from sheet row 6 on."""
    row = 5 + int(number[-1])
    return {identifier: value for place, identifier, value in receipts.cells.get(table, ()) if place == row}


class TestReading:
    def test_of_the_one_recipient_makes_the_notice_read(self):
        found = cells(came(book_of(dispatch(answer_needed="已阅")), answer("技术部*工程师")))
        assert found == {
            "receipts": "技术部*工程师 已阅 2026-03-06 09:30", "reply": "", "read_at": AT, "state": "已阅",
        }  # fmt: skip

    def test_of_some_does_not_and_of_all_does_when_the_last_has_read(self):
        row = dispatch(recipients="技术部*工程师、财务部*会计", answer_needed="已阅")
        later = AT + timedelta(minutes=20)
        first = cells(came(book_of(row), answer("技术部*工程师")))
        assert (first["state"], "read_at" in first) == ("已发送", False)
        both = cells(came(book_of(row), answer("财务部*会计", at=later), answer("技术部*工程师")))
        assert (both["state"], both["read_at"]) == ("已阅", later)
        assert both["receipts"] == "技术部*工程师 已阅 2026-03-06 09:30\n财务部*会计 已阅 2026-03-06 09:50"

    def test_goes_on_from_what_the_cell_remembers(self):
        row = dispatch(
            recipients="技术部*工程师、财务部*会计", receipts="电话通知过会计\n技术部*工程师 已阅 2026-03-06 09:05"
        )
        found = cells(came(book_of(row), answer("财务部*会计")))
        assert (
            found["receipts"]
            == "电话通知过会计\n技术部*工程师 已阅 2026-03-06 09:05\n财务部*会计 已阅 2026-03-06 09:30"
        )
        assert (found["state"], found["read_at"]) == ("已阅", AT)

    def test_the_first_time_counts_and_what_the_user_typed_stays(self):
        row = dispatch(receipts="技术部*工程师 已阅 2026-03-06 09:45", read_at=datetime(2026, 3, 6, 9, 44))
        found = cells(came(book_of(row), answer("技术部*工程师")))
        assert found["receipts"] == "技术部*工程师 已阅 2026-03-06 09:30"
        assert "read_at" not in found

    def test_before_it_was_sent_is_a_slow_clock(self):
        row = dispatch(created_at=datetime(2026, 3, 6, 9, 40, 30), sent_at=datetime(2026, 3, 6, 9, 41, 20))
        found = cells(came(book_of(row), answer("技术部*工程师")))
        assert found["read_at"] == datetime(2026, 3, 6, 9, 41, 20)
        assert found["receipts"] == "技术部*工程师 已阅 2026-03-06 09:40"

    def test_later_than_now_is_not_there_yet(self):
        found = came(book_of(), answer("技术部*工程师", at=NOW + timedelta(minutes=1)))
        assert (cells(found), found.counts["later"]) == ({}, 1)
        assert cells(came(book_of(), answer("技术部*工程师", at=NOW)))

    def test_of_a_copy_is_noted_and_makes_nothing_read(self):
        found = cells(came(book_of(dispatch(copies="财务部*会计")), answer("财务部*会计")))
        assert (found["receipts"], found["state"], "read_at" in found) == (
            "财务部*会计 已阅 2026-03-06 09:30",
            "已发送",
            False,
        )

    @pytest.mark.parametrize("state", ["待核实", "待发送"])
    def test_proves_that_it_was_sent(self, state):
        row = dispatch(
            recipients="技术部*工程师、财务部*会计",
            state=state,
            sent_at=None,
            failure="连接中断，不知是否送达" if state == "待核实" else "",
        )
        found = cells(came(book_of(row), answer("技术部*工程师")))
        assert (found["state"], found["sent_at"], found.get("failure", "")) == ("已发送", AT, "")

    def test_does_not_end_a_sending_that_goes_on(self):
        row = dispatch(recipients="技术部*工程师、财务部*会计", state="发送中")
        assert cells(came(book_of(row), answer("技术部*工程师")))["state"] == "发送中"

    def test_of_somebody_of_the_department_is_the_departments(self):
        found = cells(came(book_of(dispatch(recipients="技术部")), answer("技术部*经理")))
        assert (found["state"], found["receipts"]) == ("已阅", "技术部*经理 已阅 2026-03-06 09:30")

    def test_of_a_mail_that_has_several_notices_is_of_all(self):
        rows = [dispatch(file="台账/a.eml"), dispatch(id=TWO, file="台账/a.eml", source="RW-2026-0001")]
        found = came(book_of(*rows), answer("技术部*工程师"))
        assert (cells(found)["state"], cells(found, TWO)["state"]) == ("已阅", "已阅")


class TestAnswering:
    @pytest.mark.parametrize("needed", ["回复", "配合答复"])
    def test_fills_the_time_where_an_answer_is_asked_for(self, needed):
        found = cells(
            came(book_of(dispatch(answer_needed=needed, kind="协调通知")), answer("技术部*工程师", REPLY, "同意配合"))
        )
        assert (found["read_at"], found["answered_at"], found["state"]) == (AT, AT, "已阅")
        assert found["reply"] == "技术部*工程师（2026-03-06 09:30）：同意配合"
        assert found["receipts"] == "技术部*工程师 答复 2026-03-06 09:30"

    def test_leaves_the_time_blank_where_reading_is_all_that_is_asked(self):
        assert "answered_at" not in cells(
            came(book_of(dispatch(answer_needed="已阅")), answer("技术部*工程师", REPLY, "好"))
        )

    def test_having_read_is_no_answer(self):
        found = cells(came(book_of(dispatch(answer_needed="配合答复")), answer("技术部*工程师")))
        assert "answered_at" not in found

    def test_is_done_when_the_last_has_answered(self):
        row = dispatch(recipients="技术部*工程师、财务部*会计", answer_needed="配合答复", kind="协调通知")
        later = AT + timedelta(minutes=5)
        found = cells(
            came(
                book_of(row),
                answer("技术部*工程师", REPLY, "行"),
                answer("财务部*会计", READ),
                answer("财务部*会计", REPLY, "行", at=later),
            )
        )
        assert (found["read_at"], found["answered_at"]) == (AT, later)
        assert found["receipts"].splitlines()[1] == "财务部*会计 已阅 2026-03-06 09:30；答复 2026-03-06 09:35"

    def test_text_is_appended_to_what_stands(self):
        row = dispatch(reply="会计来电同意")
        found = cells(came(book_of(row), answer("技术部*工程师", REPLY, "同意\n另附两点")))
        assert found["reply"] == "会计来电同意\n\n技术部*工程师（2026-03-06 09:30）：同意\n另附两点"

    def test_text_is_cut_where_the_cell_ends(self):
        once = came(book_of(), *(answer("技术部*工程师", REPLY, letter * 20_000) for letter in "甲乙丙"))
        reply = cells(once)["reply"]
        assert len(reply) <= 32_767
        assert reply.endswith("……（单元格写不下，其余见邮件）")
        again = came(
            book_of(dispatch(reply=reply)), *(answer("技术部*工程师", REPLY, letter * 20_000) for letter in "甲乙丙")
        )
        assert cells(again)["reply"] == reply

    def test_to_a_reminder_of_an_answer_answers_that_notice_too(self):
        rows = [
            dispatch(answer_needed="配合答复", kind="协调通知", source="XT-2026-0001"),
            dispatch(id=TWO, kind="催办单", source="XT-2026-0001", due_version=f"A6 2026-03-05 18:00（{ONE}）"),
        ]
        found = came(book_of(*rows), answer("技术部*工程师", REPLY, "同意", TWO))
        assert (cells(found)["answered_at"], cells(found, TWO)["read_at"]) == (AT, AT)
        assert found.counts == {REPLY: 1}


class TestWho:
    def away(self, **more: object):
        leave = {"delegate": "财务部*会计", "leave_from": datetime(2026, 3, 5), "leave_to": datetime(2026, 3, 6)} | more
        return tuple(each | leave if each["person"] == "工程师" else each for each in PEOPLE)

    def test_acts_for_somebody_on_leave_may_answer(self):
        found = cells(came(book_of(people=self.away()), answer("财务部*会计")))
        assert (found["receipts"], found["state"]) == ("技术部*工程师（财务部*会计代） 已阅 2026-03-06 09:30", "已阅")
        later = cells(came(book_of(dispatch(receipts=found["receipts"]), people=self.away()), answer("财务部*会计")))
        assert later["receipts"] == found["receipts"]

    def test_acted_before_the_leave_may_not(self):
        found = came(book_of(people=self.away(leave_from=datetime(2026, 3, 7), leave_to=None)), answer("财务部*会计"))
        assert [each.code for each in found.findings] == ["not-a-recipient"]

    def test_got_it_for_somebody_may_answer_and_so_may_they(self):
        row = dispatch(recipients="财务部*会计（代技术部*工程师）、产品部*主管")
        for who, name in (("财务部*会计", "财务部*会计"), ("技术部*工程师", "财务部*会计")):
            assert cells(came(book_of(row), answer(who)))["receipts"] == f"{name} 已阅 2026-03-06 09:30"
        found = cells(came(book_of(row), answer("技术部*工程师"), answer("产品部*主管")))
        assert found["state"] == "已阅"

    def test_shares_an_address_answers_for_all_behind_it(self):
        shared = tuple(
            each | {"email": "JSB@example.com"} if each["department"] == "技术部" else each for each in PEOPLE
        )
        row = dispatch(recipients="技术部*经理、技术部*工程师", kind="进度催报")
        found = came(book_of(row, people=shared), answer("jsb@example.com", REPLY, "办完"))
        assert cells(found)["receipts"].count("答复") == 2
        assert [each["reporter"] for each in found.progress] == ["技术部*经理"]

    def test_nobody_knows_changes_nothing_and_is_reported(self):
        found = came(book_of(), answer("fremd@example.org", REPLY, "请把货发到我这里"))
        assert (cells(found), found.unknown, found.counts) == ({}, ("fremd@example.org",), {"unknown": 1})
        assert [(each.code, each.row, each.message) for each in found.findings] == [
            ("unknown-sender", 0, f"一.eml：fremd@example.org 不在通讯录里，它对“{ONE}”的回复没有采用")
        ]

    def test_did_not_get_the_notice_changes_nothing_and_is_reported(self):
        found = came(book_of(dispatch(answer_needed="已阅")), answer("财务部*会计", REPLY, "我来答"))
        assert (cells(found), found.counts) == ({}, {"refused": 1})
        (told,) = found.findings
        assert (told.code, told.id, told.message) == (
            "not-a-recipient",
            ONE,
            "一.eml：财务部*会计 不是这份通知的收件人，回复没有采用",
        )

    def test_names_a_notice_that_there_is_not_is_reported(self):
        found = came(book_of(), answer("技术部*工程师", REPLY, "x", "TZ-2026-0999"))
        assert [(each.code, "TZ-2026-0999" in each.message) for each in found.findings] == [("unknown-notice", True)]

    def test_writes_of_something_else_is_not_reported(self):
        found = came(
            book_of(),
            answer("技术部*工程师", REPLY, "午饭", numbers=()),
            answer("x@example.org", REPLY, "广告", numbers=()),
        )
        assert (found.findings, found.counts, found.unknown) == ((), {"unrelated": 2}, ())

    @pytest.mark.parametrize("kind", [AnswerKind.AUTOMATIC, AnswerKind.DELAYED, AnswerKind.UNREAD])
    def test_is_not_there_has_not_answered(self, kind):
        found = came(book_of(), answer("技术部*工程师", kind, "休假中"))
        assert (cells(found), found.findings, found.counts) == ({}, (), {kind: 1})


class TestBounces:
    def bounce(self, who: str = "技术部*工程师", **more: object) -> Answer:
        failures = (Failure(ADDRESSES[who], "550 5.1.1 User unknown"),)
        return answer("mailer-daemon@example.com", AnswerKind.UNDELIVERED, failures=failures, **more)

    def test_make_the_row_fail_with_the_servers_words(self):
        found = came(book_of(), self.bounce())
        assert (cells(found)["state"], cells(found)["failure"]) == (
            "失败",
            "技术部*工程师 <gcs@example.com> 被退回：550 5.1.1 User unknown",
        )
        assert cells(found)["receipts"] == "技术部*工程师 未送达 2026-03-06 09:30"
        assert [(each.code, each.id) for each in found.findings] == [("undelivered", ONE)]

    def test_are_told_once(self):
        stands = cells(came(book_of(), self.bounce()))
        again = came(book_of(dispatch(**stands)), self.bounce())
        assert (cells(again), again.findings) == (stands, ())

    def test_from_before_the_last_sending_are_past(self):
        row = dispatch(sent_at=datetime(2026, 3, 6, 9, 50), receipts="技术部*工程师 未送达 2026-03-06 09:30")
        found = came(book_of(row), self.bounce())
        assert (cells(found), found.findings) == ({}, ())

    def test_of_a_copy_leave_the_state(self):
        found = cells(came(book_of(dispatch(copies="财务部*会计")), self.bounce("财务部*会计")))
        assert (found["state"], found["receipts"]) == ("已发送", "财务部*会计 未送达 2026-03-06 09:30")

    def test_of_somebody_who_answered_all_the_same_are_no_failure(self):
        found = cells(came(book_of(), self.bounce(), answer("技术部*工程师", at=AT + timedelta(minutes=5))))
        assert (found["state"], "failure" in found) == ("已阅", False)

    def test_for_an_address_that_did_not_get_it_are_reported(self):
        found = came(book_of(), self.bounce("财务部*会计"))
        assert ([each.code for each in found.findings], cells(found)) == (["not-a-recipient"], {})


class TestMeetings:
    ROW = dispatch(
        kind="会议通知",
        source="HY-2026-0001",
        recipients="财务部*会计、产品部*主管",
        answer_needed="回复",
        due_version="2026-03-10 14:00 第一会议室",
    )

    def test_collect_who_comes_and_who_does_not(self):
        found = came(
            book_of(self.ROW), answer("财务部*会计", ACCEPTED), answer("产品部*主管", DECLINED, "出差\n周四回")
        )
        assert cells(found, table="Meetings") == {
            "rsvp": "有人请假", "rsvp_detail": "财务部*会计 参加 2026-03-06 09:30\n产品部*主管 请假 2026-03-06 09:30：出差 周四回",
        }  # fmt: skip
        assert (cells(found)["state"], cells(found)["answered_at"]) == ("已阅", AT)

    @pytest.mark.parametrize(
        ("answers", "rsvp"),
        [
            ({"财务部*会计": ACCEPTED}, "部分参加"), ({"财务部*会计": ACCEPTED, "产品部*主管": ACCEPTED}, "全部参加"),
            ({"财务部*会计": TENTATIVE}, "待回复"), ({"财务部*会计": ACCEPTED, "产品部*主管": TENTATIVE}, "部分参加"),
            ({"财务部*会计": DECLINED}, "有人请假"),
        ],
    )  # fmt: skip
    def test_say_in_a_word_how_many_come(self, answers, rsvp):
        found = came(book_of(self.ROW), *(answer(who, kind) for who, kind in answers.items()))
        assert cells(found, table="Meetings")["rsvp"] == rsvp

    @pytest.mark.parametrize("order", [1, -1])
    def test_take_the_latest_word(self, order):
        words = [
            answer("财务部*会计", ACCEPTED),
            answer("财务部*会计", DECLINED, "生病", at=AT + timedelta(minutes=9)),
        ][::order]
        found = came(book_of(self.ROW), *words)
        assert cells(found, table="Meetings")["rsvp_detail"] == "财务部*会计 请假 2026-03-06 09:39：生病"
        assert cells(found)["receipts"] == "财务部*会计 答复 2026-03-06 09:30；请假 2026-03-06 09:39"

    def test_having_read_is_no_answer(self):
        found = came(book_of(self.ROW), answer("财务部*会计"))
        assert cells(found, table="Meetings") == {}

    def test_understand_a_calendar_that_names_the_meeting_alone(self):
        rows = [self.ROW | {"due_version": "2026-03-09 14:00 第一会议室"}, self.ROW | {"id": TWO}]
        found = came(book_of(*rows), answer("财务部*会计", ACCEPTED, numbers=(), meetings=("HY-2026-0001",)))
        assert (cells(found), cells(found, TWO)["receipts"]) == (
            {},
            "财务部*会计 答复 2026-03-06 09:30；参加 2026-03-06 09:30",
        )

    def test_an_answer_to_an_invitation_that_is_out_of_date_is_noted_there_alone(self):
        rows = [
            self.ROW | {"due_version": "2026-03-09 14:00 第一会议室"},
            self.ROW | {"id": TWO, "created_at": datetime(2026, 3, 6, 9, 40)},
        ]
        old = meeting(
            rsvp="全部参加",
            rsvp_detail="财务部*会计 参加 2026-03-05 10:00\n产品部*主管 参加 2026-03-05 11:00\n投影仪已订",
        )
        found = came(book_of(*rows, Meetings=[old]), answer("财务部*会计", ACCEPTED))
        assert (cells(found)["receipts"][:9], cells(found, table="Meetings")) == ("财务部*会计 答复", {})
        moved = came(
            book_of(*rows, Meetings=[old]), answer("财务部*会计", ACCEPTED, "", TWO, at=AT + timedelta(minutes=20))
        )
        assert cells(moved, table="Meetings") == {
            "rsvp": "部分参加",
            "rsvp_detail": "投影仪已订\n财务部*会计 参加 2026-03-06 09:50",
        }

    @pytest.mark.parametrize(
        ("stands", "detail", "kind", "rsvp"),
        [("全部参加", "", ACCEPTED, "全部参加"), ("全部参加", "", DECLINED, "有人请假"), ("有人请假", "", ACCEPTED, "有人请假"),
         ("有人请假", "产品部*主管 参加", ACCEPTED, "全部参加"), ("待回复", "产品部*主管 请假：电话", ACCEPTED, "有人请假")],
    )  # fmt: skip
    def test_keep_what_the_user_wrote_down_by_telephone(self, stands, detail, kind, rsvp):
        found = came(
            book_of(self.ROW, Meetings=[meeting(rsvp=stands, rsvp_detail=detail)]), answer("财务部*会计", kind)
        )
        told = cells(found, table="Meetings")
        assert (told["rsvp"], detail in told["rsvp_detail"]) == (rsvp, True)

    def test_that_were_proven_notified_say_when(self):
        row = self.ROW | {"state": "待发送", "sent_at": None}
        found = came(
            book_of(row, Meetings=[meeting(notified_at=None, state="已批准")]), answer("财务部*会计", ACCEPTED)
        )
        assert cells(found, table="Meetings")["notified_at"] == AT

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("参加", (ACCEPTED, "")), ("准时参加。", (ACCEPTED, "")), ("好的，我会准时参加", (ACCEPTED, "")),
            ("届时参加，另请安排投影", (ACCEPTED, "届时参加，另请安排投影")),
            ("不能参加", (DECLINED, "不能参加")), ("3月10日出差，无法出席。", (DECLINED, "3月10日出差，无法出席。")),
            ("请假一次", (DECLINED, "请假一次")),
            ("不参加，请假，由李四代为参加", (ACCEPTED, "由李四代为参加")), ("派王五参加", (ACCEPTED, "派王五参加")),
            ("因故安排不开不能参加", (DECLINED, "因故安排不开不能参加")),
            ("可能参加", (TENTATIVE, "可能参加")), ("争取参加，看情况", (TENTATIVE, "争取参加，看情况")),
            ("是否需要参加？", None), ("谁参加", None), ("请问能否参加线上", None),
            ("收到", None), ("材料已准备", None), ("", None),
        ],
    )  # fmt: skip
    def test_understand_plain_words_with_care(self, text, said):
        assert attendance_in(text) == said

    def test_take_plain_words_for_an_answer(self):
        found = came(
            book_of(self.ROW), answer("财务部*会计", REPLY, "准时参加"), answer("产品部*主管", REPLY, "材料发我一份")
        )
        assert cells(found, table="Meetings") == {
            "rsvp": "部分参加",
            "rsvp_detail": "财务部*会计 参加 2026-03-06 09:30",
        }
        assert found.counts == {ACCEPTED: 1, REPLY: 1}


class TestProgress:
    def replied(
        self,
        text: str = "完成八成",
        kind: str = "进度催报",
        who: str = "技术部*工程师",
        row: object = None,
        **tables: object,
    ):
        return came(book_of(dispatch(kind=kind, **(row or {})), **tables), answer(who, REPLY, text)).progress

    @pytest.mark.parametrize("kind", ["进度催报", "催办单", "逾期预警", "问题分派通知"])
    def test_is_what_the_responsible_side_replies(self, kind):
        assert self.replied(kind=kind) == (
            {"source": "WT-2026-0001", "reported_at": AT, "reporter": "技术部*工程师", "achievement": "完成八成"},
        )

    @pytest.mark.parametrize("kind", ["升级报告", "协调通知", "变更通知", "紧急事项报告", "问题解决报告"])
    def test_is_no_reply_to_another_notice(self, kind):
        assert self.replied(kind=kind) == ()

    def test_is_not_what_a_copy_says_nor_a_question_nor_a_confirmation(self):
        assert self.replied(who="财务部*会计", row={"copies": "财务部*会计"}) == ()
        assert self.replied("时限能改到周五吗？") == ()
        assert came(book_of(dispatch(kind="进度催报")), answer("技术部*工程师")).progress == ()

    @pytest.mark.parametrize("state", ["已办结", "已归档"])
    def test_is_not_told_of_what_is_over(self, state):
        assert self.replied(Problems=[problem(state=state)]) == ()

    def test_is_told_of_every_ledger(self):
        tables = {"Emergencies": [emergency()]}
        for source in ("XT-2026-0001", "RW-2026-0001", "JJ-2026-0001"):
            assert [each["source"] for each in self.replied(row={"source": source}, **tables)] == [source]

    def test_is_told_once(self):
        assert self.replied(Progress=[progress("WT-2026-0001", AT, reporter="技术部 工程师")]) == ()
        assert len(self.replied(Progress=[progress("WT-2026-0001", AT - timedelta(minutes=1))])) == 1
        twice = came(
            book_of(dispatch(kind="进度催报")),
            *[answer("技术部*工程师", REPLY, "完成八成", message_id=each) for each in "ab"],
        )
        assert len(twice.progress) == 1

    @pytest.mark.parametrize(
        ("text", "achievement", "risk"),
        [("完成八成\n风险：备件未到", "完成八成", "备件未到"), ("完成八成。风险:无", "完成八成。", "无"),
        ("风险：\n缺人", "风险：\n缺人", "缺人"),
         ("一\n主要风险：缺人\n缺钱\n\n二", "一\n二", "缺人\n缺钱"), ("完成八成，没有风险", "完成八成，没有风险", None),
         ("风险：", "风险：", None)],
    )  # fmt: skip
    def test_says_the_risk_where_the_text_does(self, text, achievement, risk):
        assert progress_of(text) == {"achievement": achievement} | ({"risk": risk} if risk else {})

    def test_of_a_bundle_goes_to_the_matters_it_names(self):
        rows = [
            dispatch(kind="进度催报", file="a.eml"), dispatch(id=TWO, kind="逾期预警", source="RW-2026-0001", file="a.eml"),
            dispatch(id="TZ-2026-0003", kind="逾期预警", source="XT-2026-0001", file="a.eml"),
        ]  # fmt: skip
        found = came(
            book_of(*rows),
            answer("技术部*工程师", REPLY, "各位：\nWT-2026-0001 完成八成\n还差备件\nTZ-2026-0002：周五交付"),
        )
        assert {each["source"]: each["achievement"] for each in found.progress} == {
            "WT-2026-0001": "WT-2026-0001 完成八成\n还差备件", "RW-2026-0001": "TZ-2026-0002：周五交付",
        }  # fmt: skip
        assert ("周五" in cells(found)["reply"], cells(found, "TZ-2026-0003")["reply"]) == (False, "")
        assert {cells(found, number)["state"] for number in (ONE, TWO, "TZ-2026-0003")} == {"已阅"}

    def test_of_a_bundle_that_names_none_goes_to_no_matter(self):
        rows = [
            dispatch(kind="进度催报", file="a.eml"),
            dispatch(id=TWO, kind="逾期预警", source="RW-2026-0001", file="a.eml"),
        ]
        found = came(book_of(*rows), answer("技术部*工程师", REPLY, "都在办"))
        assert found.progress == ()
        assert cells(found)["reply"] == cells(found, TWO)["reply"] == "技术部*工程师（2026-03-06 09:30）：都在办"

    def test_parts_of_a_text_belong_to_the_id_before_them(self):
        assert parts_by_id("A-10 一\nA-1 二\n三", ("A-1", "A-10")) == {"A-10": "A-10 一", "A-1": "A-1 二\n三"}

    @pytest.mark.parametrize(
        ("text", "asks"), [("能延期吗？", True), ("办完了。能关闭吗？", False), ("办完了", False), ("行？", True)]
    )
    def test_a_question_is_none(self, text, asks):
        assert is_question(text) is asks


class TestFirstDay:
    @pytest.mark.parametrize(
        ("rows", "day"),
        [
            ([dispatch(answer_needed="已阅", created_at=datetime(2026, 1, 20, 9))], date(2026, 1, 20)),
            ([dispatch(answer_needed="已阅", created_at=datetime(2026, 1, 20, 9), read_at=datetime(2026, 1, 21))],
            date(2026, 2, 20)),
            ([dispatch(answer_needed="配合答复", created_at=datetime(2026, 1, 20, 9), read_at=datetime(2026, 1, 21))],
            date(2026, 1, 20)),
            ([dispatch(answer_needed="无", created_at=datetime(2026, 1, 20, 9))], date(2026, 2, 20)),
            ([dispatch(answer_needed="回复", created_at=None, sent_at=datetime(2026, 1, 19, 9))], date(2026, 1, 19)),
            ([dispatch(answer_needed="回复", created_at=datetime(2020, 1, 20, 9))], date(2026, 2, 20)),
            ([dispatch(created_at=None, sent_at=None, state="待发送")], None),
        ],
    )  # fmt: skip
    def test_is_that_of_the_oldest_notice_that_waits_or_two_weeks_ago(self, rows, day):
        assert first_day(ledgers(Dispatch=rows)["Dispatch"], NOW) == day


ROWS = (
    dispatch(kind="进度催报", answer_needed="配合答复", recipients="技术部*工程师、财务部*会计", copies="产品部*主管"),
    TestMeetings.ROW | {"id": TWO, "state": "待核实", "sent_at": None},
)
MAILS = st.lists(
    st.builds(
        lambda who, kind, text, number, minute: (
            answer(
                "d@example.com",
                kind,
                "",
                number,
                at=AT + timedelta(minutes=minute),
                failures=(Failure(ADDRESSES[who], "550"),),
            )
            if kind is AnswerKind.UNDELIVERED
            else answer(who, kind, text if kind is not READ else "", number, at=AT + timedelta(minutes=minute))
        ),
        st.sampled_from(sorted(ADDRESSES)),
        st.sampled_from([READ, REPLY, ACCEPTED, DECLINED, TENTATIVE, AnswerKind.UNDELIVERED]),
        st.sampled_from(["办完", "参加", "请假", "完成八成\n风险：无"]),
        st.sampled_from([ONE, TWO]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=8,
)


class TestAnyMails:
    @settings(max_examples=60)
    @given(MAILS, st.randoms(use_true_random=False))
    def test_change_the_same_in_any_order_and_read_twice(self, answers, random):
        read = book_of(*ROWS)
        shuffled = [*answers, *answers]
        random.shuffle(shuffled)
        one, other = came(read, *answers), came(read, *shuffled)
        assert (one.cells, one.progress) == (other.cells, other.progress)

    @settings(max_examples=60)
    @given(MAILS)
    def test_change_nothing_the_second_time(self, answers):
        first = came(book_of(*ROWS), *answers)
        rows = [row | cells(first, str(row["id"])) for row in ROWS]
        stands = meeting(**cells(first, table="Meetings"))
        again = came(book_of(*rows, Meetings=[stands], Progress=list(first.progress)), *answers)
        assert again.progress == ()
        for row in rows:
            new = cells(again, str(row["id"]))
            assert {key: row.get(key) or "" for key in new} == {key: value or "" for key, value in new.items()}
        assert cells(again, table="Meetings").items() <= stands.items()
        assert not [each for each in again.findings if each.code == "undelivered"]
