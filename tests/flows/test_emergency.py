"""An emergency from the first call to its retrospective: clocks on the wall, at night and in the Labour Day holiday.

The calendar of 2026 here: 1 to 5 May are rest, 6 to 8 May and Saturday 9 May are worked.
"""

from __future__ import annotations

from datetime import datetime

from coordination_xl import archive, split
from tests.flows.office import stage

JJ, RW, SECOND = "JJ-2026-0001", "RW-2026-0001", "RW-2026-0002"
TOLD = {
    "id": JJ,
    "title": "支付网关中断",
    "state": "已上报",
    "finder": "技术部*工程师",
    "emergency_type": "系统故障",
    "impact_level": "重大",
    "first_measures": "切换备用通道",
    "leader": "公司领导*副总经理",
    "discovered_at": datetime(2026, 5, 2, 21, 50),
}
PLAN = {
    "state": "方案执行",
    "team": "技术部*经理、客户服务部*经理",
    "team_head": "技术部*经理",
    "plan": "1.技术组切换网关；2.客服组安抚客户",
    "resources": "备用服务器2台",
}
REVIEW = {
    "state": "已复盘",
    "course": "21:50发现，次日01:40恢复",
    "root_cause": "证书过期",
    "measures": "1.技术部2026年5月29日前建立证书到期提醒；2.客户服务部2026年5月22日前补发公告",
    "responsible": "证书到期提醒-技术部*工程师；补发公告-客户服务部*专员",
    "deadlines": "证书到期提醒：2026-05-29；补发公告：2026-05-22",
    "acceptance": "证书到期提醒：提前30天；补发公告：覆盖受影响客户",
}


def at(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@stage
def found(office):
    """Ten to ten on the night of Saturday 2 May; nobody has called the leader yet."""
    made = office()
    made.wait(5, 2, 21, 50)
    made.adds("Emergencies", **TOLD)
    return made.at(5, 2, 21, 51)


@stage
def told(found):
    """Step 1: the leader knows at ten past ten."""
    found.wait(5, 2, 22, 10)
    found.types(JJ, first_told_at=found.now)
    return found.at(5, 2, 22, 11)


@stage
def reported(told):
    """Step 1: the report is there at twenty to eleven."""
    told.wait(5, 2, 22, 40)
    told.types(JJ, state="已报告", reported_at=told.now, description="网关证书失效，全部支付失败")
    return told.at(5, 2, 22, 41)


@stage
def planned(reported):
    """Step 2: the team has its plan at half past eleven."""
    reported.wait(5, 2, 23, 30)
    reported.types(JJ, **PLAN, plan_approved_at=reported.now)
    return reported.at(5, 2, 23, 31)


class TestReport:
    """Step 1: half an hour to the head and the leader, an hour to the report."""

    def test_half_an_hour_and_an_hour_run_on_the_wall(self, found):
        assert (found.clock(JJ, "A18"), found.clock(JJ, "A19")) == (at(5, 2, 22, 20), at(5, 2, 22, 50))
        assert found.sees(JJ, "light", "due") == ("绿", at(5, 2, 22, 50))

    def test_the_leader_who_is_not_told_in_half_an_hour_is_a_clock_behind(self, found):
        assert found.at(5, 2, 22, 20).sees(JJ, "light", "escalation") == ("绿", None)
        assert found.at(5, 2, 22, 21).sees(JJ, "light", "escalation") == ("黄", "责任人")
        assert found.faults(JJ) == [("required-blank", "首报时间")]

    def test_told_in_time_the_report_is_next(self, told):
        assert told.findings() == []
        assert told.sees(JJ, "light", "due", "escalation") == ("绿", at(5, 2, 22, 50), None)
        assert told.at(5, 2, 22, 35).sees(JJ, "light") == ("蓝",)  # a quarter of the hour is left

    def test_a_late_report_is_red_and_climbs_by_the_hour(self, told):
        assert told.at(5, 2, 22, 50).sees(JJ, "light") == ("蓝",)
        assert told.at(5, 2, 22, 51).sees(JJ, "light", "escalation") == ("红", "责任人")
        assert told.at(5, 2, 23, 20).sees(JJ, "overdue_hours", "overdue_workdays") == (0.5, None)
        assert told.at(5, 2, 23, 50).sees(JJ, "overdue_hours", "escalation") == (1.0, "部门负责人")
        assert told.at(5, 3, 0, 50).sees(JJ, "overdue_hours", "escalation") == (2.0, "分管领导")

    def test_nothing_done_at_all_goes_to_the_top_two_hours_after_the_plans_due_time(self, told):
        assert told.at(5, 3, 1, 50).sees(JJ, "escalation") == ("分管领导",)
        assert told.at(5, 3, 1, 51).sees(JJ, "escalation") == ("总经理办公会",)

    def test_a_report_says_what_happened(self, reported):
        assert reported.findings() == []
        reported.types(JJ, description=None)
        assert reported.faults(JJ) == [("required-blank", "情况说明")]

    def test_resolved_straight_away_is_a_jump(self, told):
        told.types(JJ, state="已解决", resolved_at=told.now)
        assert told.warned(JJ, "state-jump") == "状态从“已上报”直接变为“已解决”。“已上报”之后只能是：已报告"


class TestPlan:
    """Step 2: the plan within two hours of discovery."""

    def test_is_due_two_hours_after_the_discovery(self, reported):
        assert reported.sees(JJ, "light", "due") == ("绿", at(5, 2, 23, 50))
        assert reported.at(5, 2, 23, 51).sees(JJ, "light", "escalation") == ("红", "责任人")

    def test_names_the_team_its_head_and_the_duties(self, planned):
        assert planned.findings() == []
        planned.types(JJ, team=None, team_head=None, plan=None)
        assert planned.faults(JJ) == [("required-blank", column) for column in ("应急小组", "小组负责人", "应急方案")]

    def test_has_one_head(self, planned):
        planned.types(JJ, team_head="技术部*经理、客户服务部*经理")
        assert planned.faults(JJ) == [("several-persons", "小组负责人")]


class TestControl:
    """Step 3: every four hours to the leader; not under control in two, to 总经理办公会."""

    def test_control_is_owed_two_hours_after_the_plan(self, planned):
        assert planned.sees(JJ, "light", "due", "next_feedback") == ("绿", at(5, 3, 1, 30), at(5, 3, 3, 30))

    def test_without_a_plan_two_hours_after_the_plans_due_time(self, reported):
        assert reported.clock(JJ, "A22") == at(5, 3, 1, 50)
        assert reported.at(5, 3, 1, 51).sees(JJ, "escalation") == ("总经理办公会",)

    def test_not_under_control_goes_to_the_top_at_once(self, planned):
        assert planned.at(5, 3, 1, 30).sees(JJ, "light", "escalation") == ("蓝", None)
        assert planned.at(5, 3, 1, 31).sees(JJ, "light", "escalation") == ("红", "总经理办公会")

    def test_escalated_the_clock_has_done_its_work(self, planned):
        planned.at(5, 3, 1, 31)
        planned.wait(5, 3, 1, 40)
        planned.types(JJ, state="已升级", escalated_at=planned.now)
        assert planned.at(5, 3, 1, 41).sees(JJ, "light", "escalation", "overdue_hours") == ("绿", None, None)
        assert planned.findings() == []

    def test_under_control_it_is_in_time(self, planned):
        planned.wait(5, 3, 1, 10)
        planned.types(JJ, controlled_at=planned.now)
        assert planned.at(5, 3, 1, 31).sees(JJ, "light", "escalation") == ("绿", None)

    def test_progress_is_owed_every_four_hours_day_and_night(self, planned):
        planned.types(JJ, controlled_at=at(5, 3, 1, 10))
        planned.wait(5, 3, 3, 0)
        planned.reports(JJ, "已切换八成")
        assert planned.at(5, 3, 3, 1).sees(JJ, "light", "last_feedback", "next_feedback") == (
            "绿", at(5, 3, 3), at(5, 3, 7),
        )  # fmt: skip
        assert planned.at(5, 3, 7, 1).sees(JJ, "light", "escalation") == ("黄", "责任人")
        assert planned.at(5, 3, 8, 0).sees(JJ, "light", "escalation") == ("黄", "分管领导")
        planned.reports(JJ, "全部切换")
        assert planned.at(5, 3, 8, 1).sees(JJ, "light", "next_feedback") == ("绿", at(5, 3, 12))

    def test_progress_in_working_time_is_owed_every_four_hours_all_the_same(self, planned):
        planned.types(JJ, controlled_at=at(5, 3, 1, 10))
        planned.wait(5, 6, 16, 0)
        planned.reports(JJ, "观察中")
        assert planned.at(5, 6, 16, 1).sees(JJ, "next_feedback") == (at(5, 6, 20),)

    def test_a_major_change_reaches_the_leader_at_once(self, planned):
        planned.wait(5, 3, 0, 30)
        planned.reports(JJ, "波及退款系统", risk="资金差错", is_major_risk="是")
        assert planned.at(5, 3, 0, 31).sees(JJ, "light", "escalation") == ("黄", "分管领导")


@stage
def resolved(planned):
    """Solved on the night to Sunday 3 May, at twenty to two, and under control a while before."""
    planned.wait(5, 3, 1, 40)
    planned.types(JJ, state="已解决", controlled_at=at(5, 3, 1, 10), resolved_at=planned.now)
    return planned.at(5, 3, 1, 41)


class TestRetrospective:
    """Step 4: within three working days, its improvements become tasks."""

    def test_is_due_three_working_days_after_the_solution(self, resolved):
        assert resolved.findings() == []
        assert resolved.sees(JJ, "light", "due", "next_feedback") == ("绿", at(5, 8), None)  # the 6th, 7th, 8th

    def test_of_a_solution_on_a_working_day_counts_from_the_next(self, planned):
        planned.types(JJ, controlled_at=at(5, 3, 1, 10))
        planned.wait(5, 7, 10)
        planned.types(JJ, state="已解决", resolved_at=planned.now)
        assert planned.at(5, 7, 10, 1).sees(JJ, "due") == (at(5, 11),)  # the 8th, Saturday the 9th, the 11th

    def test_late_it_is_red_by_working_days(self, resolved):
        assert resolved.at(5, 8, 18, 0).sees(JJ, "light") == ("蓝",)
        assert resolved.at(5, 8, 18, 1).sees(JJ, "light", "escalation") == ("红", "责任人")
        assert resolved.at(5, 12).sees(JJ, "overdue_workdays", "overdue_hours", "escalation") == (
            3.0,
            None,
            "部门负责人",
        )

    def test_tells_course_cause_measures_duty_and_date(self, resolved):
        resolved.wait(5, 8, 17)
        resolved.types(JJ, state="已复盘", reviewed_at=resolved.now)
        lacking = ("经过", "根因", "改进措施", "责任部门/人", "完成时限")
        assert resolved.faults(JJ) == [("required-blank", column) for column in lacking]

    def test_done_in_time_the_emergency_is_finished(self, resolved):
        resolved.wait(5, 8, 18)
        resolved.types(JJ, **REVIEW, reviewed_at=resolved.now)
        resolved.at(5, 8, 18, 1)
        assert resolved.findings() == []
        assert resolved.sees(JJ, "light", "is_on_time", "escalation") == ("灰", "是", None)

    def test_a_measure_without_a_person_is_named(self, resolved):
        resolved.wait(5, 8, 17)
        resolved.types(JJ, **REVIEW, reviewed_at=resolved.now)
        resolved.types(JJ, measures=f"{REVIEW['measures']}；3.法务部复核合同")
        assert ("task-without-owner", "改进措施") in resolved.faults(JJ)


@stage
def reviewed(resolved):
    """The retrospective is held on Friday 8 May, and its improvements are tasks."""
    resolved.wait(5, 8, 17)
    resolved.types(JJ, **REVIEW, reviewed_at=resolved.now)
    resolved.run(split, (JJ,))
    return resolved.at(5, 8, 17, 1)


class TestImprovements:
    """Step 4: improvements become tasks; then the archive."""

    def test_are_tasks_with_one_person_and_one_date(self, reviewed):
        cells = ("responsible", "department", "deadline", "acceptance", "source")
        assert reviewed.sees(RW, *cells) == ("技术部*工程师", "技术部", at(5, 29), "提前30天", JJ)
        assert reviewed.sees(SECOND, *cells) == ("客户服务部*专员", "客户服务部", at(5, 22), "覆盖受影响客户", JJ)
        assert reviewed.sees(JJ, "task_progress") == ("0/2",)
        assert reviewed.clocks(RW) == {"A17", "B5"}
        assert reviewed.findings() == []
        assert reviewed.is_settled()

    def test_wait_for_nobody_to_be_archived(self, reviewed):
        result = reviewed.run(archive, (JJ,))
        assert not result.changes
        assert [found.is_error for found in result.findings] == [True]

    def test_done_the_emergency_is_archived_and_a_case(self, reviewed):
        for day, step in ((11, "进行中"), (12, "待验收"), (13, "已完成")):
            reviewed.wait(5, day, 10)
            for record in (RW, SECOND):
                reviewed.types(record, state=step, done_at=reviewed.now if step == "已完成" else None)
            reviewed.at(5, day, 10, 1)
        assert reviewed.sees(JJ, "task_progress") == ("2/2",)
        result = reviewed.run(archive, (JJ,))
        assert [found for found in result.findings if found.is_error] == []
        assert reviewed.sees(JJ, "state", "light") == ("已归档", "灰")
        (case,) = [row for row in reviewed.rows("Cases") if row.get("source") == JJ]
        assert (case["root_cause"], case["measures"]) == ("证书过期", REVIEW["measures"])
        assert all(file.path.exists() for file in result.files)
        assert reviewed.is_settled()
