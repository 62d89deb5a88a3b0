"""A problem from its report to its case, step by step as the mechanism says, around the Mid-Autumn and National Day rest days.

The calendar of 2026 here: Friday 25 to Sunday 27 September and 1 to 7 October are rest, Saturday 10 October is worked.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import archive
from tests.flows.office import stage

WT = "WT-2026-0001"
REPORTED = {
    "id": WT,
    "title": "华东仓退货积压",
    "state": "已提报",
    "raiser": "客户服务部*专员",
    "background": "中秋促销后退货集中到仓",
    "situation": "积压1,200单，最久9天",
    "impact": "华东客户退款",
    "urgency": "一般",
    "wished_by": datetime(2026, 10, 16),
    "attachments": "退货明细.xlsx",
    "raised_at": datetime(2026, 9, 23, 16, 30),
}
DISPATCHED = {
    "state": "已分派",
    "lead_department": "技术部",
    "coordinating_department": "技术部",
    "cooperating": "财务部*会计",
    "leader": "公司领导*副总经理",
    "basis": "部门职责第3条",
    "deadline": datetime(2026, 10, 14),
    "acceptance": "积压清零，退货周期≤3天",
}


def at(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@stage
def reported(office):
    """Step 1: reported on Wednesday 23 September, half past four."""
    made = office()
    made.wait(9, 23, 16, 30)
    made.adds("Problems", **REPORTED)
    return made.at(9, 23, 16, 31)


@stage
def dispatched(reported):
    """Step 2: dispatched on Thursday 24 September, eleven o'clock."""
    reported.wait(9, 24, 11)
    reported.types(WT, **DISPATCHED, dispatched_at=reported.now)
    return reported.at(9, 24, 11, 1)


class TestReview:
    """Step 2: 综合管理部 reviews within one working day."""

    def test_the_report_is_without_fault_and_due_as_wished(self, reported):
        assert reported.findings() == []
        assert reported.sees(WT, "light", "due", "escalation") == ("绿", at(10, 16), None)

    def test_the_review_is_owed_on_the_next_working_day(self, reported):
        assert reported.clock(WT, "A9") == at(9, 24)

    def test_at_the_close_of_business_it_is_not_late(self, reported):
        assert reported.at(9, 24, 18, 0).sees(WT, "light", "escalation") == ("绿", None)

    def test_a_late_review_is_behind_and_climbs_over_the_rest_days(self, reported):
        reported.at(9, 24, 18, 1)
        assert reported.sees(WT, "light", "escalation", "overdue_workdays") == ("黄", "责任人", None)
        assert reported.at(9, 27, 23).sees(WT, "escalation") == ("责任人",)  # Friday to Sunday do not count
        assert reported.at(9, 28, 9).sees(WT, "escalation") == ("责任人",)  # one working day late
        assert reported.at(9, 29, 9).sees(WT, "escalation") == ("分管领导",)  # two

    def test_a_report_on_a_rest_day_is_reviewed_by_the_end_of_the_next_worked_one(self, office):
        made = office(Problems=[REPORTED | {"raised_at": at(9, 26, 10)}])
        assert made.at(9, 26, 11).clock(WT, "A9") == at(9, 28)

    def test_the_make_up_saturday_is_a_day_of_review(self, office):
        made = office(Problems=[REPORTED | {"raised_at": at(10, 9, 17)}])
        assert made.at(10, 9, 17, 30).clock(WT, "A9") == at(10, 10)

    def test_a_report_lacking_its_parts_is_told_column_by_column(self, office):
        made = office(Problems=[{"id": WT, "title": "退货", "state": "已提报", "raised_at": at(9, 23, 9)}])
        made.wait(9, 23, 10)
        lacking = ("提报部门/人", "问题背景", "现状", "影响范围", "紧急程度", "期望解决时间")
        assert made.faults(WT) == [("required-blank", column) for column in lacking]

    def test_a_report_that_is_sent_back_owes_nothing_until_it_is_raised_again(self, reported):
        reported.wait(9, 24, 10)
        reported.types(WT, state="退回")
        assert reported.at(9, 24, 10, 1).sees(WT, "light", "due", "escalation") == (None, None, None)
        reported.wait(9, 28, 9)
        reported.types(WT, state="已提报", raised_at=reported.now)
        assert reported.at(9, 28, 9, 1).clock(WT, "A9") == at(9, 29)
        assert reported.faults(WT) == []


class TestDispatch:
    """Output of step 2: 《问题分派通知》 with its grounds, the department in charge, the deadline."""

    def test_in_time_it_is_green_and_due_at_its_deadline(self, dispatched):
        assert dispatched.findings() == []
        assert dispatched.sees(WT, "light", "due", "original_due") == ("绿", at(10, 14), at(10, 14))
        assert "A9" not in dispatched.clocks(WT)

    @pytest.mark.parametrize(
        ("column", "header"),
        [
            ("lead_department", "主责部门"),
            ("leader", "分管领导"),
            ("basis", "分派依据"),
            ("deadline", "完成时限"),
            ("acceptance", "验收标准"),
            ("dispatched_at", "分派时间"),
        ],
    )
    def test_what_the_dispatch_must_say_is_asked_for(self, column, header, dispatched):
        dispatched.types(WT, **{column: None})
        assert dispatched.faults(WT) == [("required-blank", header)]
        assert "状态到“已分派”时必填" in dispatched.warned(WT, "required-blank")

    def test_several_departments_want_one_that_leads(self, dispatched):
        dispatched.types(WT, coordinating_department=None)
        assert dispatched.faults(WT) == [("no-lead-department", "牵头部门")]
        assert dispatched.warned(WT, "no-lead-department").startswith("涉及多个部门（技术部、财务部）")
        dispatched.types(WT, lead_department="技术部、财务部", cooperating=None)
        assert dispatched.faults(WT) == [("no-lead-department", "牵头部门")]
        dispatched.types(WT, coordinating_department="财务部")
        assert dispatched.findings() == []

    def test_one_department_alone_leads_by_itself(self, dispatched):
        dispatched.types(WT, coordinating_department=None, cooperating="技术部*工程师")
        assert dispatched.findings() == []

    def test_handling_without_a_dispatch_is_a_jump_and_says_what_is_allowed(self, reported):
        reported.wait(9, 24, 11)
        reported.types(WT, state="处理中")
        assert reported.at(9, 24, 11, 1).sees(WT, "last_state") == ("已提报",)
        assert reported.warned(WT, "state-jump") == ("状态从“已提报”直接变为“处理中”。“已提报”之后只能是：已分派、退回")


class TestProgress:
    """Step 3: every two working days, urgent problems every working day."""

    def test_the_first_feedback_is_owed_two_working_days_after_the_dispatch(self, dispatched):
        assert dispatched.sees(WT, "next_feedback") == (at(9, 29),)  # Monday the 28th, Tuesday the 29th

    def test_a_missed_feedback_is_behind_and_climbs(self, dispatched):
        assert dispatched.at(9, 29, 18, 0).sees(WT, "light", "escalation") == ("绿", None)
        assert dispatched.at(9, 29, 18, 1).sees(WT, "light", "escalation") == ("黄", "责任人")
        assert dispatched.at(10, 7, 12).sees(WT, "escalation") == ("责任人",)  # the 30th alone was worked
        assert dispatched.at(10, 8).sees(WT, "escalation") == ("部门负责人",)
        assert dispatched.at(10, 10).sees(WT, "escalation") == ("分管领导",)  # Saturday, worked

    def test_each_feedback_moves_the_clock_on(self, dispatched):
        dispatched.wait(9, 30, 15)
        dispatched.reports(WT, "已清点，分三批处理")
        dispatched.at(9, 30, 15, 1)
        assert dispatched.sees(WT, "light", "last_feedback", "next_feedback") == ("绿", at(9, 30, 15), at(10, 9))
        dispatched.wait(10, 9, 17)
        dispatched.reports(WT, "已处理800单")
        assert dispatched.at(10, 9, 17, 1).sees(WT, "next_feedback") == (at(10, 12),)  # Saturday the 10th counts

    def test_a_feedback_of_a_task_is_one_of_its_problem(self, dispatched):
        dispatched.adds("Tasks", id="RW-2026-0001", title="清点积压", state="进行中", responsible="技术部*工程师",
                        department="技术部", deadline=at(9, 30), source=WT, acceptance="清单",
                        created_at=at(9, 24, 11))  # fmt: skip
        dispatched.wait(9, 29, 17)
        dispatched.reports("RW-2026-0001", "已清点一半")
        dispatched.at(9, 29, 17, 1)
        assert dispatched.sees(WT, "last_feedback", "next_feedback", "task_progress") == (
            at(9, 29, 17),
            at(10, 8),
            "0/1",
        )
        assert dispatched.sees("RW-2026-0001", "last_feedback") == (at(9, 29, 17),)

    def test_an_urgent_problem_reports_every_working_day(self, dispatched):
        dispatched.types(WT, urgency="紧急")
        assert dispatched.at(9, 24, 12).sees(WT, "next_feedback") == (at(9, 28),)
        dispatched.wait(9, 28, 17)
        dispatched.reports(WT, "已清点")
        assert dispatched.at(9, 28, 17, 1).sees(WT, "next_feedback") == (at(9, 29),)

    def test_a_big_risk_reaches_the_leader_at_once(self, dispatched):
        dispatched.wait(9, 28, 10)
        dispatched.reports(WT, "仓库屋顶漏水", risk="或全部报废", is_major_risk="是")
        assert dispatched.at(9, 28, 10, 1).sees(WT, "light", "escalation") == ("黄", "分管领导")

    def test_near_the_deadline_it_is_blue_and_after_it_red(self, dispatched):
        for day in (29, 30):
            dispatched.wait(9, day, 10)
            dispatched.reports(WT, f"{day}日进展")
        for day in (9, 12):
            dispatched.wait(10, day, 10)
            dispatched.reports(WT, f"{day}日进展")
        assert dispatched.at(10, 12, 10, 1).sees(WT, "light", "due") == ("蓝", at(10, 14))  # two working days before
        dispatched.wait(10, 14, 10)
        dispatched.reports(WT, "收尾")
        assert dispatched.at(10, 14, 18, 0).sees(WT, "light", "overdue_workdays") == ("蓝", None)
        assert dispatched.at(10, 14, 18, 1).sees(WT, "light", "overdue_workdays", "escalation") == (
            "红",
            None,
            "责任人",
        )
        dispatched.wait(10, 16, 10)
        dispatched.reports(WT, "还差两批")
        assert dispatched.at(10, 19).sees(WT, "overdue_workdays", "escalation") == (3.0, "部门负责人")
        dispatched.reports(WT, "还差一批")
        assert dispatched.at(10, 21).sees(WT, "overdue_workdays", "escalation") == (5.0, "分管领导")
        assert dispatched.at(10, 28).sees(WT, "overdue_workdays", "escalation") == (10.0, "总经理办公会")


@stage
def solved(dispatched):
    """Step 4: handled, and the report handed in on Tuesday 13 October."""
    dispatched.wait(9, 28, 9)
    dispatched.types(WT, state="处理中", responsible="技术部*工程师")
    dispatched.reports(WT, "方案已与财务部商定")
    dispatched.at(9, 28, 9, 1)
    dispatched.wait(10, 13, 16)
    dispatched.types(WT, state="待验收", solution="1.分三批处理", verification="周期2天", solved_at=dispatched.now)
    return dispatched.at(10, 13, 16, 1)


class TestAcceptance:
    """Step 4: the solution report, the acceptance by whoever raised it, the ledger."""

    def test_waiting_for_acceptance_nothing_more_is_owed(self, solved):
        assert solved.findings() == []
        assert solved.sees(WT, "light", "next_feedback", "escalation") == ("绿", None, None)
        assert solved.at(10, 30).sees(WT, "light", "overdue_workdays") == ("绿", None)

    @pytest.mark.parametrize(("column", "header"), [("solution", "解决方案"), ("verification", "效果验证")])
    def test_the_report_tells_the_measures_and_their_effect(self, column, header, solved):
        solved.types(WT, **{column: None})
        assert solved.faults(WT) == [("required-blank", header)]

    def test_refused_it_goes_back_and_its_clocks_run_again(self, solved):
        solved.wait(10, 14, 10)
        solved.types(WT, state="处理中", verdict="周期仍为5天，退回")
        solved.at(10, 14, 10, 1)
        assert solved.faults(WT) == []
        assert solved.sees(WT, "light", "due", "state_since") == ("蓝", at(10, 14), at(10, 14, 10, 1))
        assert solved.sees(WT, "next_feedback") == (at(10, 16),)  # from the return on, not from September
        assert solved.is_settled()
        assert solved.at(10, 14, 18, 1).sees(WT, "light", "escalation") == ("红", "责任人")

    def test_refused_and_solved_again_counts_from_the_second_report(self, solved):
        solved.wait(10, 14, 10)
        solved.types(WT, state="处理中")
        solved.at(10, 14, 10, 1)
        solved.wait(10, 15, 10)
        solved.types(WT, state="待验收", solved_at=solved.now)
        solved.at(10, 15, 10, 1)
        assert solved.sees(WT, "light", "overdue_workdays") == ("绿", None)
        solved.wait(10, 15, 15)
        solved.types(WT, state="已办结", verdict="同意办结", accepted_at=solved.now)
        assert solved.at(10, 15, 15, 1).sees(WT, "light", "is_on_time") == ("灰", "否")

    def test_accepted_it_is_finished_and_judged(self, solved):
        solved.wait(10, 14, 11)
        solved.types(WT, state="已办结", verdict="同意办结", accepted_at=solved.now)
        solved.at(10, 14, 11, 1)
        assert solved.findings() == []
        assert solved.sees(WT, "light", "is_on_time", "is_on_original", "overdue_workdays") == ("灰", "是", "是", None)
        # From Wednesday 23 September: the 24th, 28th, 29th, 30th, 8 October, the 9th, the 10th, the 12th, 13th, 14th.
        assert solved.sees(WT, "elapsed_workdays") == (10.0,)

    def test_accepted_without_a_verdict_is_asked_for(self, solved):
        solved.wait(10, 14, 11)
        solved.types(WT, state="已办结")
        assert solved.faults(WT) == [("required-blank", "验收结论"), ("required-blank", "验收时间")]

    def test_accepted_before_it_was_solved_is_out_of_order(self, solved):
        solved.wait(10, 14, 11)
        solved.types(WT, state="已办结", verdict="同意", accepted_at=at(10, 12, 9))
        assert solved.faults(WT) == [("date-order", "验收时间")]

    def test_every_refresh_is_settled(self, solved):
        assert solved.is_settled()


@stage
def accepted(solved):
    """Accepted by those who raised it, on Wednesday 14 October."""
    solved.wait(10, 14, 11)
    solved.types(WT, state="已办结", verdict="同意办结", accepted_at=solved.now)
    return solved.at(10, 14, 11, 1)


class TestArchive:
    """Step 4: 综合管理部 files it, and the case library learns."""

    def test_wants_to_know_what_was_learned(self, accepted):
        result = accepted.run(archive, (WT,))
        assert not result.changes
        assert [found.column for found in result.findings] == ["成效评估", "问题总结", "经验沉淀"]

    def test_before_its_acceptance_it_is_refused(self, solved):
        result = solved.run(archive, (WT,))
        assert not result.changes
        assert [found.id for found in result.findings if found.is_error] == [WT]

    def test_makes_a_case_and_a_dossier(self, accepted):
        accepted.types(WT, outcome="积压清零", lessons="两仓口径不一", experience="先定口径再清点")
        result = accepted.run(archive, (WT,))
        assert accepted.sees(WT, "state", "light", "last_state") == ("已归档", "灰", "已归档")
        (case,) = [row for row in accepted.rows("Cases") if row.get("source") == WT]
        assert (case["department"], case["outcome"], case["archived_at"]) == ("技术部", "积压清零", at(10, 14, 11, 1))
        assert (accepted.path.parent / str(case["dossier"])).exists()
        assert all(file.path.exists() for file in result.files)
        assert accepted.is_settled()

    def test_taken_out_of_the_archive_again_is_a_jump(self, accepted):
        accepted.types(WT, outcome="积压清零", lessons="两仓口径不一", experience="先定口径再清点")
        accepted.run(archive, (WT,))
        accepted.types(WT, state="处理中")
        assert accepted.warned(WT, "state-jump").endswith("“已归档”之后只能是：（已是终点，不再变动）")
