"""The coordination form's own worked example, from the first ask to the archive, in the autumn it was made up for.

The calendar of 2023 here: up to Friday 6 October is rest, Saturday 7 and Sunday 8 are worked, then plain weeks.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, load, register, split
from tests.flows.office import stage
from tests.rules.test_seed import EXAMPLE

XT = "XT-2023-0001"
ASKED = {
    name: EXAMPLE[name] for name in ("title", "initiator", "receivers", "background", "goal", "consensus_by", "urgency")
}
AGREED = {name: EXAMPLE[name] for name in ("agreement", "responsible", "deadlines")} | {
    "acceptance": "用户画像:覆盖三类客户;数据分析:样本量≥1000",
    "follow_up": "客户服务部*专员",
}
WHOLE = {
    "agreement": "1.市场部2023年10月18日前提供用户画像；2.数据部2023年10月25日前完成分析；3.客户服务部2023年10月27日前发放问卷",
    "responsible": "用户画像-市场部*专员；分析-数据部*分析师；问卷-客户服务部*专员",
    "deadlines": "用户画像：2023-10-18；分析：2023-10-25；问卷：2023-10-27",
    "acceptance": "用户画像：覆盖三类客户；分析：样本量≥1000；问卷：全部发出",
}


def at(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute)


@stage
def raised(office):
    """Steps 1 and 2: asked on Monday 9 October, half past nine."""
    made = office(year=2023)
    made.wait(10, 9, 9, 30)
    made.adds("Coordination", id=XT, state="沟通中", version=1, raised_at=made.now, confidentiality="内部",
              initial_needs="市场部：用户画像；数据部：样本分析", **ASKED)  # fmt: skip
    return made.at(10, 9, 9, 31)


@stage
def agreed(raised):
    """Step 3: they agree on Friday 13 October, on three tasks this time."""
    raised.wait(10, 13, 15)
    raised.types(XT, state="已达成共识", agreed_at=raised.now, discussion=EXAMPLE["discussion"], **AGREED | WHOLE)
    return raised.at(10, 13, 15, 1)


@stage
def under_way(agreed):
    """Step 4: everybody has the plan, and the work begins."""
    agreed.wait(10, 13, 17)
    agreed.types(XT, state="执行中")
    return agreed.at(10, 13, 17, 1)


class TestAsking:
    """B1: background, goal, departments, first asks."""

    def test_of_the_form_as_the_example_fills_it_nothing_is_wrong(self, raised):
        assert raised.findings() == []

    def test_what_the_form_must_say_is_asked_for(self, office):
        made = office(year=2023)
        made.wait(10, 9, 10)
        made.adds("Coordination", id=XT, title="调研", state="沟通中", raised_at=made.now)
        lacking = ("发起部门/人", "接收部门/人", "事项背景", "核心目标", "期望完成时间", "紧急程度")
        assert made.faults(XT) == [("required-blank", column) for column in lacking]

    def test_a_draft_owes_nothing_yet(self, office):
        made = office(year=2023)
        made.wait(10, 9, 10)
        made.adds("Coordination", id=XT, title="调研", state="草稿")
        assert made.at(10, 9, 10, 1).sees(XT, "light", "due") == (None, None)
        assert made.faults(XT) == []

    @pytest.mark.parametrize(("typed", "meant"), [("高", "紧急"), ("中", "一般"), ("低", "低优先级")])
    def test_urgency_is_one_word_whatever_people_call_it(self, typed, meant, raised):
        raised.types(XT, urgency=typed)
        assert raised.faults(XT) == [("synonym", "紧急程度")]
        raised.run(check, fix=True)
        assert raised.sees(XT, "urgency") == (meant,)
        assert raised.audit(XT, "紧急程度") == [(typed, meant)]

    def test_a_secret_grade_is_one_of_four(self, raised):
        raised.types(XT, confidentiality="绝不外传")
        assert raised.faults(XT) == [("not-in-vocabulary", "保密等级")]
        assert "公开、内部、秘密、机密" in raised.warned(XT, "not-in-vocabulary")


class TestConsensus:
    """B: 期望完成时间 is the deadline for reaching consensus, not for the work."""

    def test_is_due_at_the_close_of_the_day_that_was_typed_as_text(self, raised):
        assert raised.sees(XT, "light", "due", "next_feedback", "original_due") == ("绿", at(10, 20), None, None)
        assert raised.clocks(XT) == {"B-共识"}

    def test_turns_blue_two_working_days_before(self, raised):
        assert raised.at(10, 17, 18).sees(XT, "light") == ("绿",)
        assert raised.at(10, 18, 9).sees(XT, "light") == ("蓝",)

    def test_not_reached_it_is_red_and_climbs(self, raised):
        assert raised.at(10, 20, 18, 0).sees(XT, "light") == ("蓝",)
        assert raised.at(10, 20, 18, 1).sees(XT, "light", "escalation") == ("红", "责任人")
        assert raised.at(10, 25).sees(XT, "overdue_workdays", "escalation") == (3.0, "部门负责人")

    def test_without_the_plan_it_is_no_consensus(self, raised):
        raised.types(XT, state="已达成共识")
        lacking = ("协商结果", "责任部门/人", "完成时限", "验收标准", "跟踪人")
        assert raised.faults(XT) == [("required-blank", column) for column in lacking]

    def test_the_example_as_it_was_printed_breaks_three_rules(self, raised):
        raised.wait(10, 13, 15)
        raised.types(XT, state="已达成共识", agreed_at=raised.now, **AGREED)
        assert [code for code, _ in raised.faults(XT)] == [
            "date-without-year",
            "department-alias",
            "task-without-owner",
        ]
        assert raised.warned(XT, "task-without-owner").startswith(
            "“客服部负责问卷发放”没有落实到一个责任人，也没有写明完成时限"
        )

    def test_once_every_task_has_its_person_and_date_nothing_is_wrong(self, agreed):
        assert agreed.findings() == []
        assert agreed.sees(XT, "light", "due", "original_due") == ("绿", at(10, 27), at(10, 27))

    def test_everybody_is_nobody(self, agreed):
        agreed.types(XT, responsible="用户画像-市场部*专员；分析-数据部*分析师；问卷-各部门")
        assert ("task-without-owner", "协商结果") in agreed.faults(XT)

    def test_one_person_follows_up(self, agreed):
        agreed.types(XT, follow_up="客户服务部*专员、市场部*专员")
        assert agreed.faults(XT) == [("several-persons", "跟踪人")]


class TestExecution:
    """B3: feedback at agreed times; a change of plan reopens the discussion."""

    def test_feedback_is_owed_five_working_days_after_the_consensus(self, under_way):
        assert under_way.sees(XT, "light", "next_feedback") == ("绿", at(10, 20))
        assert under_way.at(10, 20, 18, 1).sees(XT, "light", "escalation") == ("黄", "责任人")

    def test_an_urgent_matter_every_second_working_day(self, under_way):
        under_way.types(XT, urgency="紧急")
        assert under_way.at(10, 13, 18).sees(XT, "next_feedback") == (at(10, 17),)

    def test_what_the_parties_agreed_goes_before_the_rule(self, under_way):
        under_way.types(XT, feedback_terms="每2个工作日17:00前")
        assert under_way.at(10, 13, 18).sees(XT, "next_feedback") == (at(10, 17, 17),)
        under_way.wait(10, 17, 11)
        under_way.reports(XT, "画像已成", reporter="市场部*专员")
        assert under_way.at(10, 17, 11, 1).sees(XT, "next_feedback") == (at(10, 19, 17),)

    def test_a_task_reports_for_the_whole_matter(self, under_way):
        under_way.adds("Tasks", id="RW-2023-0001", title="提供用户画像", state="进行中", source=XT, responsible="市场部*专员",
                       department="市场部", deadline=at(10, 18, 0), acceptance="覆盖三类客户",
                       created_at=under_way.now)  # fmt: skip
        under_way.wait(10, 18, 16)
        under_way.reports("RW-2023-0001", "已提交用户画像", reporter="市场部*专员")
        assert under_way.at(10, 18, 16, 1).sees(XT, "last_feedback", "next_feedback", "task_progress") == (
            at(10, 18, 16), at(10, 25), "0/1",
        )  # fmt: skip

    def test_a_change_of_plan_goes_back_with_a_new_version_and_its_clock_runs_anew(self, under_way):
        under_way.wait(10, 18, 10)
        under_way.types(XT, state="沟通中", version=2, consensus_by=at(10, 24, 0))
        under_way.at(10, 18, 10, 1)
        assert under_way.faults(XT) == []
        assert under_way.sees(XT, "light", "due", "state_since") == ("绿", at(10, 24), at(10, 18, 10, 1))
        assert under_way.is_settled()
        assert under_way.at(10, 24, 18, 1).sees(XT, "light") == ("红",)

    def test_agreed_again_it_is_due_by_the_new_plan_and_remembers_the_first(self, under_way):
        under_way.wait(10, 18, 10)
        under_way.types(XT, state="沟通中", version=2, consensus_by=at(10, 24, 0))
        under_way.at(10, 18, 10, 1)
        under_way.wait(10, 20, 16)
        later = {name: text.replace("10月27日", "11月3日").replace("10-27", "11-03") for name, text in WHOLE.items()}
        under_way.types(XT, state="已达成共识", agreed_at=under_way.now, **later)
        assert under_way.at(10, 20, 16, 1).sees(XT, "light", "due", "original_due") == ("绿", at(11, 3), at(10, 27))
        assert under_way.findings() == []

    def test_from_the_talk_straight_to_the_end_is_a_jump(self, raised):
        raised.types(XT, state="已完成", done_at=raised.now)
        assert raised.warned(XT, "state-jump") == "状态从“沟通中”直接变为“已完成”。“沟通中”之后只能是：已达成共识"

    def test_paused_it_stands_still_and_says_why(self, under_way):
        under_way.wait(10, 16, 9)
        under_way.types(XT, paused_at=under_way.now)
        assert under_way.at(10, 16, 9, 1).sees(XT, "light", "escalation") == ("灰", None)
        assert under_way.faults(XT) == [("pause-without-reason", "挂账原因")]


class TestEnd:
    """B4: the initiator confirms; the matter is judged by its plan."""

    def finished(self, office, day: int):
        office.wait(10, day, 17)
        office.types(
            XT,
            state="已完成",
            done_at=office.now,
            outcome="达到目标，无推诿",
            lessons="口径不一",
            experience="先定口径",
        )
        return office.at(10, day, 17, 1)

    def test_in_time_it_is_finished_and_judged(self, under_way):
        self.finished(under_way, 27)
        assert under_way.findings() == []
        assert under_way.sees(XT, "light", "is_on_time", "is_on_original") == ("灰", "是", "是")
        assert under_way.sees(XT, "elapsed_workdays") == (14.0,)  # from the 9th: four days, then two weeks of five

    def test_late_it_is_judged_too(self, under_way):
        assert self.finished(under_way, 30).sees(XT, "light", "is_on_time", "is_on_original") == ("灰", "否", "否")

    def test_finished_without_a_date_is_asked_for(self, under_way):
        under_way.types(XT, state="已完成")
        assert under_way.faults(XT) == [("required-blank", "办结时间")]


SHEET = "CoordinationForm"


@stage
def filled(office):
    """The form, filled as the example fills it, on Monday 9 October; nothing is agreed yet."""
    made = office(year=2023)
    made.wait(10, 9, 9, 30)
    made.fills(SHEET, **ASKED, raised_at=made.now, initial_needs="市场部：用户画像；数据部：样本分析")
    return made


@stage
def registered(filled):
    filled.run(register, "协调表")
    return filled.at(10, 9, 9, 31)


GRID = {
    "task1": "用户画像", "who1": "市场部专员", "by1": "2023-10-18", "standard1": "覆盖三类客户",
    "task2": "数据分析", "who2": "数据部分析师", "by2": "2023-10-25", "standard2": "样本量≥1000",
}  # fmt: skip


@stage
def printed(registered):
    """They agree on the example's words, to the letter, on Friday 13 October."""
    registered.wait(10, 13, 15)
    registered.fills(SHEET, discussion=EXAMPLE["discussion"], agreement=EXAMPLE["agreement"],
                     follow_up="客户服务部*专员", **GRID)  # fmt: skip
    registered.run(register, "协调表")
    registered.types(XT, state="已达成共识", agreed_at=registered.now)
    return registered.at(10, 13, 15, 1)


class TestForm:
    """The same life on the printed form: registered, agreed, split into tasks."""

    def test_registered_it_is_a_row_with_a_number_a_state_and_its_clock(self, registered):
        assert registered.sees(XT, "title", "state", "version", "due") == (EXAMPLE["title"], "沟通中", 1.0, at(10, 20))
        assert registered.form(SHEET, "id") == (XT,)
        assert registered.findings() == []
        assert registered.is_settled()

    def test_registered_twice_it_is_one_row(self, registered):
        before = registered.path.read_bytes()
        assert not registered.run(register, "协调表").changes
        assert registered.path.read_bytes() == before

    def test_lacking_its_goal_it_is_not_registered(self, filled):
        filled.fills(SHEET, goal=None)
        result = filled.run(register, "协调表")
        assert not result.changes
        assert [(found.sheet, found.column) for found in result.findings] == [("协调表", "核心目标")]

    def test_the_agreement_is_the_same_text_again_in_the_ledger(self, printed):
        assert printed.sees(XT, "agreement", "follow_up") == (EXAMPLE["agreement"], "客户服务部*专员")
        assert "task-without-owner" in [code for code, _ in printed.faults(XT)]

    def test_split_makes_the_two_tasks_that_have_a_person_and_refuses_the_third(self, printed):
        result = printed.run(split, (XT,))
        assert [(row["responsible"], row["deadline"], row["acceptance"], row["source"]) for row in printed.rows("Tasks")] == [
            ("市场部*专员", at(10, 18), "覆盖三类客户", XT),
            ("数据部*分析师", at(10, 25), "样本量≥1000", XT),
        ]  # fmt: skip
        refused = [found for found in result.findings if found.is_error]
        assert refused
        assert any("问卷" in found.message for found in refused)

    def test_split_twice_makes_no_more(self, printed):
        printed.run(split, (XT,))
        before = printed.path.read_bytes()
        assert not printed.run(split, (XT,)).changes
        assert printed.path.read_bytes() == before

    def test_the_questionnaire_gets_its_person_and_becomes_the_third(self, printed):
        printed.run(split, (XT,))
        printed.wait(10, 16, 9)
        printed.run(load, XT)
        whole = EXAMPLE["agreement"].replace("客服部负责问卷发放", "客户服务部10月27日前完成问卷发放")
        whole = whole.replace("10月", "2023年10月")
        line = {"task3": "问卷发放", "who3": "客户服务部*专员", "by3": "2023-10-27", "standard3": "全部发出"}
        printed.fills(SHEET, agreement=whole, **line)
        told = printed.run(register, "协调表")
        assert not [found for found in told.findings if found.is_error]
        assert printed.sees(XT, "version", "state") == (2.0, "沟通中")  # a change of what was agreed
        printed.wait(10, 17, 9)
        printed.types(XT, state="已达成共识", agreed_at=printed.now)
        printed.at(10, 17, 9, 1)
        printed.run(split, (XT,))
        assert [row["responsible"] for row in printed.rows("Tasks")] == [
            "市场部*专员",
            "数据部*分析师",
            "客户服务部*专员",
        ]
        assert printed.at(10, 17, 9, 2).sees(XT, "task_progress", "due") == ("0/3", at(10, 27))
        assert printed.faults(XT) == []
        assert printed.is_settled()
