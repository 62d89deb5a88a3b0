"""The life of a matter: its states and the steps that are allowed between them. Source: SPEC section 3."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StateMachine:
    """States in the order of a normal life, and what may follow each.

    Attributes:
        states: all states; the position tells how far a matter has come.
        steps: state → the states that may follow it directly.
        finished: nothing is owed any more; the light is 灰.
        paused: the clocks of working time stand still; the light is 灰.
        drafts: not yet submitted; nothing is owed and nothing but the id is required.
        since: state → identifier of the column that says when it was entered, where the ledger has one.
    """

    states: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]
    finished: frozenset[str]
    paused: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    since: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def from_on(self, state: str) -> frozenset[str]:
        """``state`` and every state after it in the order of a normal life, branches that end a matter early left out."""
        return frozenset(self.states[self.states.index(state) :]) - self.side_branches

    @property
    def side_branches(self) -> frozenset[str]:
        """States that stand outside the normal life: sent back, cancelled, paused."""
        return self.paused | frozenset({"退回", "驳回", "已取消"}) & frozenset(self.states)

    @property
    def repeated(self) -> tuple[str, ...]:
        """States that a matter may pass again, because a later state leads back to or before them."""
        place = self.states.index
        returns = [
            (place(earlier), place(later))
            for later, steps in self.steps.items()
            for earlier in steps
            if place(earlier) < place(later) and not {earlier, later} & self.side_branches
        ]
        return tuple(state for state in self.states if any(low <= place(state) < high for low, high in returns))

    def since_after(self, state: str) -> tuple[str, ...]:
        """The columns that say when a state after ``state`` in the order of a normal life was entered."""
        after = self.states[self.states.index(state) + 1 :]
        sooner = {self.since.get(each) for each in self.states if each not in after}
        columns = (self.since[each] for each in after if each in self.since and each not in self.side_branches)
        return tuple(dict.fromkeys(column for column in columns if column not in sooner))

    @property
    def open(self) -> frozenset[str]:
        """States in which something is still owed."""
        return frozenset(self.states) - self.finished - self.paused - self.drafts


COORDINATION = StateMachine(
    states=("草稿", "沟通中", "已达成共识", "执行中", "已完成", "已归档"),
    steps=MappingProxyType(
        {
            "草稿": ("沟通中",),
            "沟通中": ("已达成共识",),
            "已达成共识": ("执行中", "沟通中"),
            "执行中": ("已完成", "沟通中"),
            "已完成": ("已归档", "沟通中"),
            "已归档": (),
        }
    ),
    finished=frozenset({"已完成", "已归档"}),
    drafts=frozenset({"草稿"}),
    since=MappingProxyType(
        {"沟通中": "raised_at", "已达成共识": "agreed_at", "执行中": "agreed_at", "已完成": "done_at"}
    ),
)
"""A change of plan goes back to 沟通中 with the version raised by one. Source: SPEC B3."""

PROBLEM = StateMachine(
    states=("草稿", "已提报", "已分派", "退回", "处理中", "待验收", "已办结", "已归档"),
    steps=MappingProxyType(
        {
            "草稿": ("已提报",),
            "已提报": ("已分派", "退回"),
            "已分派": ("处理中",),
            "退回": ("已提报", "草稿"),
            "处理中": ("待验收",),
            "待验收": ("已办结", "处理中"),
            "已办结": ("已归档",),
            "已归档": (),
        }
    ),
    finished=frozenset({"已办结", "已归档"}),
    drafts=frozenset({"草稿", "退回"}),
    since=MappingProxyType(
        {"已提报": "raised_at", "已分派": "dispatched_at", "待验收": "solved_at", "已办结": "accepted_at"}
    ),
)

MEETING = StateMachine(
    states=("申请", "已批准", "驳回", "已通知", "已召开", "纪要待审", "已分发", "已归档"),
    steps=MappingProxyType(
        {
            "申请": ("已批准", "驳回"),
            "已批准": ("已通知",),
            "驳回": ("申请",),
            "已通知": ("已召开",),
            "已召开": ("纪要待审",),
            "纪要待审": ("已分发",),
            "已分发": ("已归档",),
            "已归档": (),
        }
    ),
    finished=frozenset({"已分发", "已归档", "驳回"}),
    since=MappingProxyType(
        {
            "申请": "applied_at",
            "已批准": "approved_at",
            "已通知": "notified_at",
            "已召开": "ended_at",
            "纪要待审": "ended_at",
            "已分发": "minutes_signed_at",
        }
    ),
)

EMERGENCY = StateMachine(
    states=("已上报", "已报告", "方案执行", "已升级", "已解决", "已复盘", "已归档"),
    steps=MappingProxyType(
        {
            "已上报": ("已报告",),
            "已报告": ("方案执行",),
            "方案执行": ("已升级", "已解决"),
            "已升级": ("已解决",),
            "已解决": ("已复盘",),
            "已复盘": ("已归档",),
            "已归档": (),
        }
    ),
    finished=frozenset({"已复盘", "已归档"}),
    since=MappingProxyType(
        {
            "已上报": "first_told_at",
            "已报告": "reported_at",
            "方案执行": "plan_approved_at",
            "已升级": "escalated_at",
            "已解决": "resolved_at",
            "已复盘": "reviewed_at",
        }
    ),
)

TASK = StateMachine(
    states=("待办", "进行中", "待验收", "已完成", "挂账", "已取消"),
    steps=MappingProxyType(
        {
            "待办": ("进行中", "挂账", "已取消"),
            "进行中": ("待验收", "挂账", "已取消"),
            "待验收": ("已完成", "进行中"),
            "已完成": (),
            "挂账": ("待办", "进行中", "已取消"),
            "已取消": (),
        }
    ),
    finished=frozenset({"已完成", "已取消"}),
    paused=frozenset({"挂账"}),
    since=MappingProxyType({"待办": "created_at", "已完成": "done_at", "挂账": "paused_at"}),
)
