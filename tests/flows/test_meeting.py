"""A cross-department meeting from the application to its last task, step by step as the mechanism says.

The calendar of 2026 here: Friday 9 and Saturday 10 October are worked, Sunday 11 is rest, then plain weeks.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import archive, split
from tests.flows.office import stage

HY, RW, SECOND = "HY-2026-0001", "RW-2026-0001", "RW-2026-0002"
APPLICATION = {
    "id": HY,
    "title": "计费系统上线联调专题会",
    "state": "申请",
    "initiator": "技术部*经理",
    "meeting_type": "跨部门专题会",
    "goal": "定下联调窗口",
    "agenda": "1.联调窗口；2.回归范围",
    "attendees": "财务部*会计、产品部*主管",
    "hours": 2,
    "starts_at": datetime(2026, 10, 16, 14, 0),
    "applied_at": datetime(2026, 10, 12, 11, 0),
}
MINUTES = {
    "discussion": "1.窗口定在周末；2.只回归计费",
    "resolutions": "1.技术部2026年10月21日前腾出环境；2.财务部2026年10月23日前提供对账样例",
    "responsible": "腾出环境-技术部*工程师；对账样例-财务部*会计",
    "deadlines": "腾出环境：2026-10-21；对账样例：2026-10-23",
    "acceptance": "腾出环境：独占3天；对账样例：覆盖全部科目",
}


def at(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@stage
def applied(office):
    """Step 1: applied for on Monday 12 October for Friday the 16th, two o'clock."""
    made = office()
    made.wait(10, 12, 11)
    made.adds("Meetings", **APPLICATION)
    return made.at(10, 12, 11, 1)


@stage
def approved(applied):
    """The leader approves on Tuesday 13 October."""
    applied.wait(10, 13, 9)
    applied.types(HY, state="已批准", approver="公司领导*副总经理", approved_at=applied.now)
    return applied.at(10, 13, 9, 1)


@stage
def notified(approved):
    """Step 2: the notice goes out on Wednesday 14 October."""
    approved.wait(10, 14, 10)
    approved.types(HY, state="已通知", place="第一会议室", materials="各部门窗口需求", notified_at=approved.now,
                   rsvp="待回复")  # fmt: skip
    return approved.at(10, 14, 10, 1)


@stage
def held(notified):
    """Step 3: held on Friday 16 October until half past three."""
    notified.wait(10, 16, 15, 30)
    notified.types(HY, state="已召开", ended_at=notified.now, host="技术部*经理", recorder="技术部*工程师")
    return notified.at(10, 16, 15, 31)


@stage
def written(held):
    """The minutes lie before the host on Friday evening."""
    held.wait(10, 16, 18)
    held.types(HY, state="纪要待审", **MINUTES)
    return held.at(10, 16, 18, 1)


class TestApplication:
    """Step 1: at least three working days before, approved by 分管领导."""

    def test_in_time_is_without_fault(self, applied):
        assert applied.findings() == []
        assert applied.clock(HY, "A13") == at(10, 13)  # the 15th, the 14th, the 13th

    @pytest.mark.parametrize(
        ("applied_at", "faults"),
        [
            (at(10, 13, 18, 0), []),
            (at(10, 13, 18, 1), [("lead-time-short", "申请时间")]),
            (at(10, 15, 9), [("lead-time-short", "申请时间")]),
        ],
    )
    def test_is_held_against_the_calendar_before_anybody_approves(self, applied_at, faults, office):
        made = office(Meetings=[APPLICATION | {"applied_at": applied_at}])
        made.wait(10, 15, 9)
        assert made.faults(HY) == faults

    def test_the_finding_says_the_latest_time_and_the_rule(self, office):
        made = office(Meetings=[APPLICATION | {"applied_at": at(10, 14, 9)}])
        made.wait(10, 14, 9)
        assert made.warned(HY, "lead-time-short") == (
            "“申请时间”（2026-10-14 09:00）晚于规定的最迟时间 2026-10-13 18:00。"
            "会议申请提前量：至少提前 3 个工作日；可顺延会议时间"
        )

    def test_a_make_up_saturday_counts_among_the_days_before(self, office):
        made = office(Meetings=[APPLICATION | {"starts_at": at(10, 13, 9), "applied_at": at(10, 9, 18)}])
        made.wait(10, 9, 18)
        assert made.clock(HY, "A13") == at(10, 9)  # Monday the 12th, Saturday the 10th, Friday the 9th
        assert made.faults(HY) == []

    def test_regular_meetings_are_not_applied_for(self, office):
        made = office(Meetings=[APPLICATION | {"meeting_type": "部门周会", "applied_at": at(10, 15, 9)}])
        made.wait(10, 15, 9)
        assert made.faults(HY) == []

    def test_what_an_application_must_say_is_asked_for(self, office):
        made = office(Meetings=[{"id": HY, "title": "专题会", "state": "申请"}])
        made.wait(10, 12, 11)
        lacking = ("发起部门/人", "会议目标", "会议议题", "参会人员", "时长（小时）", "会议时间", "申请时间")
        assert made.faults(HY) == [("required-blank", column) for column in lacking]

    @pytest.mark.parametrize(("hours", "faults"), [(2, []), (2.5, [("meeting-too-long", "时长（小时）")])])
    def test_over_two_hours_is_a_reminder_and_never_blocks(self, hours, faults, office):
        made = office(Meetings=[APPLICATION | {"hours": hours}])
        made.wait(10, 12, 11)
        assert made.faults(HY) == faults
        assert not any(found.is_error for found in made.findings())
        made.types(HY, state="已批准", approver="公司领导*副总经理", approved_at=made.now)
        assert made.at(10, 12, 11, 1).sees(HY, "light", "last_state") == ("绿", "已批准")

    def test_approval_names_who_approved_and_when(self, applied):
        applied.types(HY, state="已批准")
        assert applied.faults(HY) == [("required-blank", "审批人"), ("required-blank", "批准时间")]

    def test_a_notice_without_approval_is_a_jump(self, applied):
        applied.types(HY, state="已通知", place="线上", approver="公司领导*副总经理", notified_at=applied.now)
        assert applied.warned(HY, "state-jump") == "状态从“申请”直接变为“已通知”。“申请”之后只能是：已批准、驳回"

    def test_rejected_it_is_over_until_it_is_applied_for_again(self, applied):
        applied.wait(10, 13, 9)
        applied.types(HY, state="驳回")
        assert applied.at(10, 13, 9, 1).sees(HY, "light", "escalation") == ("灰", None)
        applied.wait(10, 19, 9)
        applied.types(HY, state="申请", applied_at=applied.now, starts_at=at(10, 23, 14))
        assert applied.at(10, 19, 9, 1).sees(HY, "light", "due") == ("绿", at(10, 21))
        assert applied.faults(HY) == []


class TestNotice:
    """Step 2: at least two working days before, with replies collected."""

    def test_is_the_meetings_due_time_until_it_is_sent(self, approved):
        assert approved.sees(HY, "light", "due") == ("绿", at(10, 14))
        # From the application 20.5 working hours were given; a quarter of them is left from 11:22:30 on.
        assert approved.at(10, 14, 11, 22).sees(HY, "light") == ("绿",)
        assert approved.at(10, 14, 11, 23).sees(HY, "light") == ("蓝",)

    def test_an_application_that_nobody_decides_runs_into_it_too(self, applied):
        assert applied.at(10, 14, 18, 1).sees(HY, "light", "due") == ("红", at(10, 14))

    def test_not_sent_in_time_is_red_and_climbs(self, approved):
        assert approved.at(10, 14, 18, 0).sees(HY, "light") == ("蓝",)
        assert approved.at(10, 14, 18, 1).sees(HY, "light", "escalation") == ("红", "责任人")
        assert approved.at(10, 15).sees(HY, "overdue_workdays", "escalation") == (1.0, "责任人")

    def test_sent_late_is_a_finding(self, approved):
        approved.wait(10, 15, 9)
        approved.types(HY, state="已通知", place="第一会议室", notified_at=approved.now)
        assert approved.faults(HY) == [("lead-time-short", "通知时间")]
        assert "会议通知提前量：至少提前 2 个工作日" in approved.warned(HY, "lead-time-short")

    def test_sent_in_time_the_meeting_itself_is_next(self, notified):
        assert notified.findings() == []
        assert notified.sees(HY, "light", "due", "rsvp") == ("绿", at(10, 16, 14), "待回复")
        # From the application 31.5 working hours; a quarter of them is left from the 15th, 13:37:30 on.
        assert notified.at(10, 15, 13, 37).sees(HY, "light") == ("绿",)
        assert notified.at(10, 15, 13, 38).sees(HY, "light") == ("蓝",)

    def test_needs_a_place(self, notified):
        notified.types(HY, place=None)
        assert notified.faults(HY) == [("required-blank", "地点/线上")]

    def test_replies_stand_in_their_columns(self, notified):
        notified.types(HY, rsvp="有人请假", rsvp_detail="财务部*会计：请假，由出纳代")
        assert notified.findings() == []
        notified.types(HY, rsvp="大概来")
        assert notified.faults(HY) == [("not-in-vocabulary", "参会反馈")]

    def test_not_held_at_its_time_is_red(self, notified):
        assert notified.at(10, 16, 14, 0).sees(HY, "light") == ("蓝",)
        assert notified.at(10, 16, 14, 1).sees(HY, "light", "escalation") == ("红", "责任人")


class TestMinutes:
    """Steps 3 and 4: host and recorder; signed off within 24 hours, weekend or not."""

    def test_host_and_recorder_are_required(self, held):
        assert held.findings() == []
        held.types(HY, host=None, recorder=None)
        assert held.faults(HY) == [("required-blank", "主持人"), ("required-blank", "记录人")]

    def test_are_due_24_hours_after_the_end_over_the_weekend(self, held):
        assert held.sees(HY, "light", "due") == ("绿", at(10, 17, 15, 30))  # a Saturday
        assert held.at(10, 17, 15, 30).sees(HY, "light", "overdue_hours") == ("蓝", None)

    def test_late_minutes_are_red_and_climb_by_the_hour(self, held):
        assert held.at(10, 17, 16, 0).sees(HY, "light", "overdue_hours", "escalation") == ("红", 0.5, "责任人")
        assert held.at(10, 17, 23, 30).sees(HY, "overdue_hours", "escalation") == (8.0, "部门负责人")
        assert held.at(10, 18, 15, 30).sees(HY, "overdue_hours", "escalation") == (24.0, "分管领导")
        assert held.sees(HY, "overdue_workdays") == (None,)

    def test_tell_discussion_resolutions_persons_and_dates(self, written):
        assert written.findings() == []
        written.types(HY, discussion=None, resolutions=None, responsible=None, deadlines=None)
        lacking = ("讨论要点", "决议事项", "责任部门/人", "完成时间")
        assert written.faults(HY) == [("required-blank", column) for column in lacking]

    def test_a_resolution_without_a_person_is_named(self, written):
        written.types(HY, resolutions=MINUTES["resolutions"] + "；3.产品部更新手册")
        assert written.faults(HY) == [("task-without-owner", "决议事项")]
        assert written.warned(HY, "task-without-owner").startswith(
            "“产品部更新手册”没有落实到一个责任人，也没有写明完成时限"
        )

    def test_signed_in_time(self, written):
        written.wait(10, 17, 15, 30)
        written.types(HY, state="已分发", minutes_signed_at=written.now)
        written.at(10, 19)
        assert written.findings() == []
        assert written.sees(HY, "light", "is_on_time", "overdue_hours") == ("灰", "是", None)

    def test_signed_late(self, written):
        written.wait(10, 17, 15, 31)
        written.types(HY, state="已分发", minutes_signed_at=written.now)
        assert written.at(10, 19).sees(HY, "light", "is_on_time") == ("灰", "否")

    def test_distributed_without_a_signature_is_asked_for(self, written):
        written.types(HY, state="已分发")
        assert written.faults(HY) == [("required-blank", "纪要签发时间")]


@stage
def tasked(written):
    """Step 4: signed on Saturday, and its resolutions are tasks from Monday 19 October on."""
    written.wait(10, 17, 10)
    written.types(HY, state="已分发", minutes_signed_at=written.now)
    written.at(10, 19, 9)
    written.run(split, (HY,))
    return written.at(10, 19, 9, 1)


def finish(office, *records: str) -> None:
    """The tasks are begun on Tuesday 20 October, handed in on Wednesday morning and accepted in the afternoon."""
    for day, hour, step in ((20, 9, {"state": "进行中"}), (21, 9, {"state": "待验收"}), (21, 17, {"state": "已完成"})):
        office.wait(10, day, hour)
        for record in records:
            office.types(record, **step, **({"done_at": office.now} if step["state"] == "已完成" else {}))
        office.at(10, day, hour, 1)


class TestTasks:
    """Step 4: followed up weekly; overdue ones warn 分管领导."""

    def test_are_one_for_each_resolution_with_its_person_date_and_standard(self, tasked):
        cells = ("state", "responsible", "department", "deadline", "acceptance", "source")
        assert tasked.sees(RW, *cells) == ("待办", "技术部*工程师", "技术部", at(10, 21), "独占3天", HY)
        assert tasked.sees(SECOND, *cells) == ("待办", "财务部*会计", "财务部", at(10, 23), "覆盖全部科目", HY)
        assert tasked.is_settled()

    def test_are_due_by_the_rule_for_resolutions(self, tasked):
        assert tasked.findings() == []
        assert tasked.clocks(RW) == {"A17", "A17-决议"}
        assert tasked.sees(RW, "light", "original_due", "next_feedback") == ("绿", at(10, 21), at(10, 26))
        assert tasked.sees(HY, "task_progress") == ("0/2",)

    def test_are_followed_up_every_week(self, tasked):
        tasked.types(SECOND, deadline=at(11, 20))
        tasked.wait(10, 23, 10)
        tasked.reports(SECOND, "科目已列")
        assert tasked.at(10, 23, 10, 1).sees(SECOND, "light", "next_feedback") == ("绿", at(10, 30))
        assert tasked.at(10, 30, 18, 1).sees(SECOND, "light", "escalation") == ("黄", "责任人")

    def test_overdue_a_working_day_warns_the_leader(self, tasked):
        assert tasked.at(10, 21, 18, 0).sees(RW, "light", "escalation") == ("蓝", None)
        assert tasked.at(10, 21, 18, 1).sees(RW, "light", "escalation") == ("红", "责任人")
        assert tasked.at(10, 22).sees(RW, "overdue_workdays", "escalation") == (1.0, "分管领导")

    def test_done_they_count_for_their_meeting(self, tasked):
        finish(tasked, RW)
        assert tasked.findings() == []
        assert tasked.sees(RW, "light", "is_on_time", "elapsed_workdays") == ("灰", "是", 2.0)
        assert tasked.sees(HY, "task_progress") == ("1/2",)

    def test_done_without_acceptance_is_a_jump(self, tasked):
        tasked.wait(10, 21, 17)
        tasked.types(RW, state="已完成", done_at=tasked.now)
        assert tasked.warned(RW, "state-jump") == (
            "状态从“待办”直接变为“已完成”。“待办”之后只能是：进行中、挂账、已取消"
        )

    def test_another_meetings_task_does_not_count(self, tasked):
        tasked.adds("Tasks", id="RW-2026-0003", title="无关", state="待办", responsible="技术部*工程师", source="XT-2026-0001",
                    department="技术部", deadline=at(11, 2), acceptance="有", created_at=tasked.now)  # fmt: skip
        assert tasked.at(10, 19, 10).sees(HY, "task_progress") == ("0/2",)


class TestArchive:
    """The end: signed minutes, every task done."""

    def test_waits_for_the_last_task(self, tasked):
        finish(tasked, RW)
        result = tasked.run(archive, (HY,))
        assert not result.changes
        assert any("提供对账样例" in found.message for found in result.findings)

    def test_lays_the_meeting_down_with_its_papers(self, tasked):
        finish(tasked, RW, SECOND)
        assert tasked.sees(HY, "task_progress") == ("2/2",)
        result = tasked.run(archive, (HY,))
        assert [found for found in result.findings if found.is_error] == []
        assert tasked.sees(HY, "state", "light", "last_state") == ("已归档", "灰", "已归档")
        assert result.files
        assert all(file.path.exists() for file in result.files)
        assert tasked.findings() == []
        assert tasked.is_settled()
