"""会议台账 and 例会."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from workbooks.demo import clock, tasks
from workbooks.demo.matters import Matter, Row
from workbooks.demo.meeting_texts import MEETINGS
from workbooks.demo.roster import department_of, head_of, leader_of

if TYPE_CHECKING:
    from random import Random

    from workbooks.demo.shapes import Meeting

_LIFE = ("申请", "已批准", "已通知", "已召开", "纪要待审", "已分发", "已归档")


def build(rng: Random) -> list[Matter]:
    """Every meeting of 2026."""
    return [_build_one(rng, told) for told in MEETINGS]


def _items(texts: tuple[str, ...]) -> str:
    return "；".join(f"{number}.{text.rstrip('。')}" for number, text in enumerate(texts, start=1)) + (
        "。" if texts else ""
    )


def _build_one(rng: Random, told: Meeting) -> Matter:
    starts_at = clock.moment(clock.instant(told.starts))
    day = clock.workday(told.starts.split()[0])
    reached = _LIFE.index(told.state) if told.state in _LIFE else 0
    department = department_of(told.initiator)
    row: Row = {
        "title": told.title,
        "state": told.state,
        "initiator": told.initiator,
        "meeting_type": told.kind,
        "goal": told.goal,
        "agenda": _items(told.agenda).rstrip("。"),
        "attendees": told.attendees,
        "hours": float(told.hours),
        "starts_at": starts_at,
        "place": told.place,
        "materials": told.materials,
        "confidentiality": told.level,
        "applied_at": clock.during(rng, clock.shift(day, -told.lead), "09:10", "15:00"),
        "remarks": told.remarks,
    }
    if reached >= 1 or told.state == "驳回":
        row["approver"] = leader_of(department)
        approved_on = clock.shift(day, 1 - told.lead)
        row["approved_at"] = clock.during(
            rng, approved_on, "09:20", "11:30" if approved_on <= clock.LAST_WORKDAY else "09:50"
        )
    if reached >= _LIFE.index("已通知"):
        row["notified_at"] = clock.during(rng, clock.shift(day, 2 - told.lead), "13:40", "17:00")
        row["rsvp"], row["rsvp_detail"] = told.rsvp
    matter = Matter(row)
    if reached >= _LIFE.index("已召开"):
        row["host"] = told.host or head_of(department)
        row["recorder"] = told.recorder or f"{department}*专员"
        row["ended_at"] = starts_at + timedelta(hours=told.hours)
    if reached >= _LIFE.index("纪要待审"):
        _decide(rng, told, matter, reached)
    return matter


def _decide(rng: Random, told: Meeting, matter: Matter, reached: int) -> None:
    row = matter.row
    ended_at = clock.moment(row["ended_at"])
    signed_at = clock.after(ended_at, 1.0)
    planned = tasks.plan(rng, told.jobs, signed_at)
    row["discussion"] = _items(told.discussion)
    row["resolutions"] = tasks.in_sentences(planned)
    row.update(tasks.parts(planned))
    if reached >= _LIFE.index("已分发"):
        row["minutes_signed_at"] = signed_at
        matter.planned = planned if told.is_split else []


def recurring() -> list[Row]:
    """The rows of 例会."""
    start = datetime(2026, 1, 5)
    told = (
        (
            "技术部周会",
            "部门周会",
            "每周",
            "周一",
            start,
            "09:30",
            1.0,
            "技术部会议室",
            "技术部*经理",
            "技术部*主管、技术部*工程师、技术部*测试工程师",
            "1.上周总结；2.本周计划；3.需配合事项",
            "是",
            "",
        ),
        (
            "客户服务部周会",
            "部门周会",
            "每周",
            "周二",
            start,
            "09:00",
            1.0,
            "客服中心三层",
            "客户服务部*经理",
            "客户服务部*主管、客户服务部*专员",
            "1.上周投诉与工单；2.本周排班；3.需配合事项",
            "是",
            "",
        ),
        (
            "项目月度会",
            "项目月度会",
            "每月末",
            "",
            start,
            "15:00",
            1.5,
            "第一会议室；线上会议号 508 221 903",
            "产品部*经理",
            "技术部*经理、市场部*经理、生产部*经理、财务部*经理、数据部*经理",
            "1.项目进度；2.风险；3.下月资源需求",
            "是",
            "逢休息日提前到前一个工作日",
        ),
        (
            "产销协调例会",
            "部门周会",
            "每两周",
            "周四",
            datetime(2026, 3, 5),
            "14:00",
            1.5,
            "厂区会议室",
            "运营部*经理",
            "生产部*主管、采购部*主管、财务部*会计",
            "1.两周销量与库存；2.排产调整；3.缺料清单",
            "是",
            "",
        ),
        (
            "安全生产月度例会",
            "项目月度会",
            "每月第一个工作日",
            "",
            datetime(2026, 2, 2),
            "10:00",
            1.0,
            "厂区会议室",
            "生产部*经理",
            "综合管理部*主管、运营部*仓储主管、人力资源部*专员",
            "1.上月隐患整改；2.本月检查安排；3.培训与演练",
            "否",
            "9月起并入月度安全检查，停用",
        ),
    )
    names = (
        "title",
        "meeting_type",
        "recurrence",
        "weekday",
        "starts_on",
        "clock",
        "hours",
        "place",
        "host",
        "attendees",
        "agenda",
        "is_active",
        "remarks",
    )
    return [
        {"id": f"LH-2026-{place:04d}", **dict(zip(names, row, strict=True))} for place, row in enumerate(told, start=1)
    ]
