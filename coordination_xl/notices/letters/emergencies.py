"""紧急事项报告 and 复盘报告. Source: SPEC A18-A23."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.paragraphs import paragraphs
from coordination_xl.notices.letters.rhythms import Span, feedback_span, rule_span
from coordination_xl.notices.letters.task_lines import TaskLine, task_lines

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.matter import Matter

PLAN, CONTROL = "A20", "A22"
"""The rules of 时限规则 for the emergency plan, and for getting it under control."""
_REPORTED = "已报告"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyReport(Head):
    """The written report of an emergency.

    Attributes:
        finder: 发现部门/人.
        emergency_type: 问题类型.
        impact_level: 影响程度.
        discovered_at: when it was found; ``None`` where that is blank, as in all moments below.
        first_told_at: when it was first told.
        reported_at: when the written report was made.
        description: 情况说明, a paragraph each.
        first_measures: 初步应对措施, likewise.
        leader: 分管领导.
        team: 应急小组.
        team_head: 小组负责人.
        plan: 应急方案, a paragraph each.
        resources: 资源调配.
        plan_by: until when the plan is to be approved.
        plan_approved_at: when it was.
        feedback: how often progress is reported; ``None`` where no rule says.
        control: within how long of the plan it is to be under control; likewise.
    """

    finder: str = ""
    emergency_type: str = ""
    impact_level: str = ""
    discovered_at: datetime | None = None
    first_told_at: datetime | None = None
    reported_at: datetime | None = None
    description: tuple[str, ...] = ()
    first_measures: tuple[str, ...] = ()
    leader: str = ""
    team: str = ""
    team_head: str = ""
    plan: tuple[str, ...] = ()
    resources: str = ""
    plan_by: datetime | None = None
    plan_approved_at: datetime | None = None
    feedback: Span | None = None
    control: Span | None = None

    @property
    def control_by(self) -> datetime | None:
        """Until when it is to be under control; ``None`` before the plan is approved, or where no rule says."""
        return self.control.after(self.plan_approved_at) if self.control else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Head):
    """The retrospective of an emergency.

    Attributes:
        finder: 发现部门/人.
        emergency_type: 问题类型.
        impact_level: 影响程度.
        discovered_at: when it was found; ``None`` where that is blank, as in all moments below.
        controlled_at: when it was under control.
        escalated_at: when 总经理办公会 was told.
        resolved_at: when it was over.
        reviewed_at: when it was reviewed.
        leader: 分管领导.
        team: 应急小组.
        team_head: 小组负责人.
        course: 经过, a paragraph each.
        root_cause: 根因, likewise.
        measures: 改进措施 as tasks; empty where the texts below say what a list would leave out.
        measure_texts: 改进措施, a paragraph each.
        responsible: 责任部门/人 as typed.
        deadlines: 完成时限 as typed.
        acceptance: 验收标准 as typed.
        feedback: how often progress of a measure is reported; ``None`` where no rule says.
    """

    finder: str = ""
    emergency_type: str = ""
    impact_level: str = ""
    discovered_at: datetime | None = None
    controlled_at: datetime | None = None
    escalated_at: datetime | None = None
    resolved_at: datetime | None = None
    reviewed_at: datetime | None = None
    leader: str = ""
    team: str = ""
    team_head: str = ""
    course: tuple[str, ...] = ()
    root_cause: tuple[str, ...] = ()
    measures: tuple[TaskLine, ...] = ()
    measure_texts: tuple[str, ...] = ()
    responsible: str = ""
    deadlines: str = ""
    acceptance: str = ""
    feedback: Span | None = None

    @property
    def hours(self) -> float | None:
        """Hours from discovery to its end, day and night; ``None`` where one of them is blank or they are reversed."""
        if self.discovered_at is None or self.resolved_at is None or self.resolved_at < self.discovered_at:
            return None
        return (self.resolved_at - self.discovered_at).total_seconds() / 3600

    @property
    def is_split(self) -> bool:
        """Whether its measures are in 任务跟踪表."""
        return any(each.id for each in self.measures)

    @property
    def done(self) -> int:
        """How many of them are finished."""
        return sum(each.is_done for each in self.measures)


def emergency_report(head: Head, matter: Matter, ledgers: Ledgers) -> EmergencyReport:
    """The letter of an emergency that was reported in writing. Source: SPEC A19.

    It is read before the plan is due, or at once: the working day that other notices leave would be too late.
    """
    plan_by = _plan_by(matter, rule_span(ledgers, PLAN))
    is_ahead = plan_by is not None and plan_by > head.now and matter["plan_approved_at"] is None
    return EmergencyReport(
        **fields_of(head) | {"answer_by": plan_by if head.answer_by and is_ahead else None},
        finder=matter["finder"],
        emergency_type=matter["emergency_type"],
        impact_level=matter["impact_level"],
        discovered_at=matter["discovered_at"],
        first_told_at=matter["first_told_at"],
        reported_at=matter["reported_at"],
        description=paragraphs(matter["description"]),
        first_measures=paragraphs(matter["first_measures"]),
        leader=matter["leader"],
        team=matter["team"],
        team_head=matter["team_head"],
        plan=paragraphs(matter["plan"]),
        resources=matter["resources"],
        plan_by=plan_by,
        plan_approved_at=matter["plan_approved_at"],
        feedback=feedback_span(ledgers, matter.table),
        control=rule_span(ledgers, CONTROL),
    )


def review(head: Head, matter: Matter, ledgers: Ledgers) -> Review:
    """The letter of an emergency that was reviewed. Source: SPEC A23."""
    return Review(
        **fields_of(head),
        finder=matter["finder"],
        emergency_type=matter["emergency_type"],
        impact_level=matter["impact_level"],
        discovered_at=matter["discovered_at"],
        controlled_at=matter["controlled_at"],
        escalated_at=matter["escalated_at"],
        resolved_at=matter["resolved_at"],
        reviewed_at=matter["reviewed_at"],
        leader=matter["leader"],
        team=matter["team"],
        team_head=matter["team_head"],
        course=paragraphs(matter["course"]),
        root_cause=paragraphs(matter["root_cause"]),
        measures=task_lines(ledgers, matter, "measures"),
        measure_texts=paragraphs(matter["measures"]),
        responsible=matter["responsible"],
        deadlines=matter["deadlines"],
        acceptance=matter["acceptance"],
        feedback=feedback_span(ledgers, "Tasks"),
    )


def _plan_by(matter: Matter, plan: Span | None) -> datetime | None:
    """When the plan is due: by the clock from discovery, else, where the rule needs a calendar, as the ledger has it."""
    if plan is None:
        return None
    due = matter["due"] if matter["state"] == _REPORTED else None
    return plan.after(matter["discovered_at"]) or due
