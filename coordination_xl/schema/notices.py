"""The notices as data: what each is about, when it is due, who gets it, what answer it asks for. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Notice(NamedTuple):
    """One of the fourteen kinds.

    Attributes:
        kind: its name, as 通知种类 says.
        tables: the ledgers whose rows it is about.
        states: the states in which it is due; empty where something else than the state makes it due.
        moment: the column of when it came up, and with it how old it is.
        version: the columns of which the values are its 时限版本: when one changes, it is due anew.
        to: the roles that are 主送, see :data:`PARTIES`.
        copies: the roles that are 抄送.
        answer: what 要求答复 says.
        source: the clause.
    """

    kind: str
    tables: tuple[str, ...]
    states: tuple[str, ...]
    moment: str
    version: tuple[str, ...]
    to: tuple[str, ...]
    copies: tuple[str, ...]
    answer: str
    source: str

    @property
    def is_reminder(self) -> bool:
        """Whether a clock makes it due, not a state."""
        return self.kind in REMINDERS


_MATTERS = ("Coordination", "Problems", "Meetings", "Emergencies", "Tasks")
DIGEST, INVITATION = "周报", "会议通知"
FEEDBACK, SLIP, WARNING, ESCALATION = "进度催报", "催办单", "逾期预警", "升级报告"
WITHHELD = "涉密通知"
"""What somebody gets who may not read the content."""
REMINDERS = (FEEDBACK, SLIP, WARNING, ESCALATION)

NOTICES: tuple[Notice, ...] = (
    Notice("协调通知", ("Coordination",), ("沟通中",), "raised_at", ("version",), ("接收部门",), ("部门负责人",), "配合答复", "SPEC A6, B1"),
    Notice("问题分派通知", ("Problems",), ("已分派",), "dispatched_at", ("deadline",), ("主责部门",), ("分管领导", "配合部门", "提报部门"), "已阅", "SPEC A9"),
    Notice(INVITATION, ("Meetings",), ("已批准", "已通知"), "approved_at", ("starts_at", "place"), ("参会人员", "主持人", "记录人"), ("审批人",), "回复", "SPEC A14"),
    Notice("会议纪要", ("Meetings",), ("已分发",), "minutes_signed_at", ("minutes_signed_at",), ("参会人员", "责任部门"), ("审批人",), "已阅", "SPEC A16"),
    Notice(FEEDBACK, _MATTERS, (), "", (), ("责任人",), (), "无", "SPEC A11"),
    Notice(SLIP, _MATTERS, (), "", (), ("部门负责人",), (), "无", "SPEC A17"),
    Notice(WARNING, _MATTERS, (), "", (), ("责任人",), (), "无", "SPEC A17"),
    Notice("紧急事项报告", ("Emergencies",), ("已报告",), "reported_at", ("reported_at",), ("分管领导",), ("应急小组", "综合管理部"), "已阅", "SPEC A19"),
    Notice(ESCALATION, _MATTERS, (), "", (), ("分管领导",), (), "无", "SPEC A17, A22"),
    Notice("变更通知", ("Coordination",), ("沟通中", "已达成共识", "执行中"), "raised_at", ("version",), ("接收部门", "责任部门"), ("发起部门",), "已阅", "SPEC B3, B7"),
    Notice("问题解决报告", ("Problems",), ("待验收",), "solved_at", ("solved_at",), ("提报部门",), ("分管领导",), "无", "SPEC A12"),
    Notice("复盘报告", ("Emergencies",), ("已复盘",), "reviewed_at", ("reviewed_at",), ("分管领导",), ("应急小组", "综合管理部"), "无", "SPEC A23"),
    Notice(DIGEST, (), (), "", (), ("分管领导", "总经理办公会"), (), "无", "SPEC 5"),
    Notice("归档通知", ("Coordination", "Problems", "Meetings", "Emergencies"), ("已归档",), "", ("state",), ("发起部门",), ("责任部门",), "无", "SPEC B4"),
)  # fmt: skip
NOTICE: Mapping[str, Notice] = MappingProxyType({notice.kind: notice for notice in NOTICES})

PARTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Coordination": {
            "发起部门": ("initiator",), "接收部门": ("receivers",), "责任部门": ("responsible",),
            "责任人": ("follow_up", "initiator"),
        },
        "Problems": {
            "发起部门": ("raiser",), "提报部门": ("raiser",), "主责部门": ("coordinating_department", "lead_department"),
            "责任部门": ("lead_department",), "责任人": ("responsible", "lead_department"), "配合部门": ("cooperating",),
            "分管领导": ("leader",),
        },
        "Meetings": {
            "发起部门": ("initiator",), "参会人员": ("attendees",), "主持人": ("host", "initiator"),
            "记录人": ("recorder", "host", "initiator"), "责任部门": ("responsible",), "责任人": ("host", "initiator"),
            "审批人": ("approver",),
        },
        "Emergencies": {
            "发起部门": ("finder",), "发现人": ("finder",), "分管领导": ("leader",), "应急小组": ("team",),
            "应急小组组长": ("team_head", "leader"), "责任人": ("team_head", "leader"), "责任部门": ("team", "finder"),
        },
        "Tasks": {
            "发起部门": ("department",), "责任人": ("responsible",), "责任部门": ("department",),
            "配合部门": ("cooperating",),
        },
        "Dispatch": {"收件人": ("recipients",), "配合部门": ("recipients",), "责任人": ("recipients",)},
    }
)  # fmt: skip
"""Ledger → role → columns that name who has it, the first that is filled counts.

Roles that no column names come from 通讯录: 部门负责人 and 分管领导 of a department, 综合管理部, 总经理办公会.
"""

RECORDED: Mapping[tuple[str, str, str], str] = MappingProxyType(
    {(INVITATION, "Meetings", ""): "notified_at", (ESCALATION, "Emergencies", "总经理办公会"): "escalated_at"}
)
"""(kind, ledger, rung) → the column of the matter in which sending it is recorded, where that is still blank."""
