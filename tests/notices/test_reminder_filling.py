"""From rows to the letter of a reminder: the matter's own facts, and until when to act."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import datetime

import pytest

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.notices.letters.reminders import Lateness, ReminderLetter, reminder_letter
from coordination_xl.notices.writer import Writer
from coordination_xl.rules.dispatching.drafts import Reminder
from tests.builders import book, coordination, dispatch, emergency, extension, meeting, problem, progress, task
from tests.notices.letter_samples import BLUE, FEEDBACK, HEAD, LATE, RED, at

WRITER = Writer(environment())


class TestFilling:
    """From rows to the letter."""

    def letter(self, table: str, record: str, late: Lateness = LATE, level: str = "内部", **tables) -> ReminderLetter:
        ledgers = Ledgers.read(book(**tables))
        matter = next(
            Matter.at(ledgers[table], int(row))
            for row in ledgers[table].rows
            if ledgers[table].id_at(int(row)) == record
        )
        return reminder_letter(replace(HEAD, record=record, title=matter["title"], level=level), matter, late, ledgers)

    def test_a_task_tells_its_parent_its_last_feedback_and_how_it_is_accepted(self):
        made = self.letter(
            "Tasks", "RW-2026-0001",
            Tasks=[task(source="XT-2026-0001")],
            Coordination=[coordination(version=2)],
            Progress=[
                progress("RW-2026-0001", at(10, 16), achievement="等待环境", risk="或将延误"),
                progress("RW-2026-0001", at(9, 9), achievement="更早的"),
                progress("XT-2026-0001", at(17, 9), achievement="别的事项的"),
            ],
        )  # fmt: skip
        assert (made.noun, made.state, made.responsible) == ("任务", "进行中", "技术部*工程师")
        assert (made.parent, made.parent_title, made.parent_version) == ("XT-2026-0001", "计费系统上线联调", "2")
        assert (made.feedback_at, made.feedback, made.risk) == (at(10, 16), "等待环境", "或将延误")
        assert (made.deliverable, made.acceptance, made.version) == ("环境一套", "独占3天", "")
        assert (made.due, made.late) == (at(11), LATE)

    def test_of_two_feedbacks_at_one_moment_the_lower_row_counts(self):
        told = [progress("RW-2026-0001", at(10), achievement=each) for each in ("上", "下")]
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task()], Progress=told).feedback == "下"

    def test_no_feedback_and_no_risk_are_blank(self):
        made = self.letter("Tasks", "RW-2026-0001", Tasks=[task()])
        assert (made.feedback_at, made.feedback, made.risk, made.parent) == (None, "", "", "")
        calm = [progress("RW-2026-0001", at(10), risk=" 无 ")]
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task()], Progress=calm).risk == ""

    @pytest.mark.parametrize(
        ("level", "limit", "title"),
        [
            ("内部", "内部", "计费系统上线联调"),
            ("", "内部", "计费系统上线联调"),
            ("秘密", "内部", ""),
            ("秘密", "机密", "计费系统上线联调"),
            ("核心", "机密", ""),
            ("内部", "公开", ""),
        ],
    )
    def test_a_parent_that_is_more_secret_than_the_notice_is_named_by_its_id_alone(self, level, limit, title):
        made = self.letter(
            "Tasks", "RW-2026-0001", level=limit, Tasks=[task(source="XT-2026-0001")],
            Coordination=[coordination(confidentiality=level)],
        )  # fmt: skip
        assert (made.parent, made.parent_title) == ("XT-2026-0001", title)

    def test_the_impact_of_a_secret_parent_is_not_told_either(self):
        tables = {"Tasks": [task(source="WT-2026-0001")], "Problems": [problem(confidentiality="机密")]}
        assert self.letter("Tasks", "RW-2026-0001", **tables).impact == ""
        assert self.letter("Tasks", "RW-2026-0001", level="机密", **tables).impact == "华东客户"

    @pytest.mark.parametrize(
        ("table", "row", "noun", "responsible", "impact"),
        [
            ("Coordination", coordination(), "协调事项", "产品部*主管", ""),
            ("Problems", problem(), "问题", "技术部*工程师", "华东客户"),
            ("Problems", problem(responsible=None), "问题", "技术部", "华东客户"),
            ("Meetings", meeting(), "会议", "技术部*经理", ""),
            ("Emergencies", emergency(), "紧急事项", "技术部*经理", "系统故障、重大"),
        ],
    )
    def test_every_ledger_says_who_answers_for_it_and_what_suffers(self, table, row, noun, responsible, impact):
        made = self.letter(table, row["id"], **{table: [row]})
        assert (made.noun, made.responsible, made.impact) == (noun, responsible, impact)

    def test_by_another_clock_the_due_time_is_the_matters_own_at_the_hour_of_closing(self):
        late = replace(LATE, clock="feedback")
        rows = [task(deadline=datetime(2026, 3, 12), original_due=at(12))]
        assert self.letter("Tasks", "RW-2026-0001", late, Tasks=rows).due == at(12)
        moved = [task(deadline=datetime(2026, 3, 20, 12), original_due=at(12))]
        assert self.letter("Tasks", "RW-2026-0001", late, Tasks=moved).due == at(20, 12)
        bare = [task(deadline=datetime(2026, 3, 20), original_due=at(12))]
        assert self.letter("Tasks", "RW-2026-0001", late, Tasks=bare).due == datetime(2026, 3, 20)

    def test_an_original_due_time_is_told_only_where_it_is_another(self):
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task(original_due=at(9))]).original_due == at(9)
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task(original_due=at(11))]).original_due is None

    def test_an_extension_that_waits_is_told_and_one_that_is_decided_is_not(self):
        requests = [
            extension(id="YQ-2026-0001", source="RW-2026-0001", decision="不同意"),
            extension(id="YQ-2026-0002", source="RW-2026-0001"),
            extension(id="YQ-2026-0003"),
        ]
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task()], Extensions=requests).extension == "YQ-2026-0002"
        assert self.letter("Tasks", "RW-2026-0001", Tasks=[task()], Extensions=requests[:1]).extension == ""

    def test_what_went_out_before_is_told_of_this_clock_alone(self):
        def sent(number: int, **more: object) -> dict[str, object]:
            return dispatch(
                id=f"TZ-2026-{number:04}", kind="逾期预警", source="RW-2026-0001", rung="责任人", sent_at=at(number, 9),
                due_version="B5 2026-03-11 18:00",
            ) | more  # fmt: skip

        rows = [
            sent(14, kind="催办单", rung="部门负责人"),
            sent(12),
            sent(13, due_version="A17 2026-03-11 18:00"),
            sent(15, due_version="B5 2026-03-09 18:00"),
            sent(16, state="待发送"),
            sent(17, state="失败"),
            sent(11, source="RW-2026-0002"),
            sent(10, kind="协调通知"),
            sent(16, id="TZ-2026-0099", due_version=None, state="已阅"),
        ]
        made = self.letter("Tasks", "RW-2026-0001", Tasks=[task()], Dispatch=rows)
        assert [(each.number, each.kind, each.rung, each.at) for each in made.earlier] == [
            ("TZ-2026-0012", "逾期预警", "责任人", at(12, 9)),
            ("TZ-2026-0014", "催办单", "部门负责人", at(14, 9)),
            ("TZ-2026-0099", "逾期预警", "责任人", at(16, 9)),
        ]

    def test_a_notice_without_an_answer_is_told_with_who_got_it_and_what_it_asks(self):
        late = replace(LATE, clock="answer", rule="A6", notice="TZ-2026-0001")
        rows = [dispatch(answer_needed="配合答复", recipients="技术部*工程师、财务部*会计", sent_at=at(16, 9))]
        made = self.letter("Problems", "WT-2026-0001", late, Problems=[problem()], Dispatch=rows)
        assert (made.notice_title, made.notice_answer, made.notice_sent_at) == (
            "关于退货积压的问题分派通知",
            "配合答复",
            at(16, 9),
        )
        assert (made.responsible, made.answer, made.confirmed) == (
            "技术部*工程师、财务部*会计",
            "配合答复",
            "TZ-2026-0001",
        )
        assert replace(made, to=("财务部*会计",)).is_own

    def test_lateness_has_the_fields_of_the_rules_reminder(self):
        def shape(kind: type) -> list[tuple[str, object, object]]:
            return [(each.name, each.type, each.default) for each in dataclasses.fields(kind)]

        assert shape(Lateness) == shape(Reminder)


class TestUntilWhen:
    def test_the_moment_that_the_notice_names_goes_before_the_next_rung(self):
        assert replace(RED, answer_by=at(18, 12), late=replace(LATE, act_by=at(19))).act_by == at(18, 12)
        assert replace(RED, answer_by=None, late=replace(LATE, act_by=at(19))).act_by == at(19)

    def test_what_is_past_is_not_asked_for(self):
        late = replace(LATE, act_by=at(18, 9))
        assert replace(RED, answer_by=at(18, 9, 30), late=late).act_by is None
        text = WRITER.written(replace(RED, answer_by=None, late=late)).text
        assert "1. 请立即反馈逾期原因" in text

    def test_before_it_is_due_the_due_time_is_asked_for(self):
        assert replace(BLUE, answer_by=at(18)).act_by == at(20)

    def test_today_is_said_only_where_the_moment_is_today(self):
        assert "请当日补报进展" in WRITER.written(FEEDBACK).text
        assert "请补报进展" in WRITER.written(replace(FEEDBACK, answer_by=at(19))).text
