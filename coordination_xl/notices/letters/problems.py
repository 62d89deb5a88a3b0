"""问题分派通知 and 问题解决报告. Source: SPEC A9-A12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.paragraphs import paragraphs
from coordination_xl.notices.letters.rhythms import Span, feedback_span
from coordination_xl.notices.letters.standing import closing
from coordination_xl.notices.letters.task_lines import TaskLine, task_rows

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Head):
    """A problem is given to a department.

    Attributes:
        raiser: 提报部门/人, who also accepts the solution.
        raised_at: when it was reported; ``None`` where that is blank.
        urgency: 紧急程度.
        background: 问题背景.
        situation: 现状.
        impact: 影响范围.
        attachments: 附件.
        lead: the department that gets it: 牵头部门, else 主责部门.
        lead_department: 主责部门 where 牵头部门 is another; ``""`` otherwise.
        has_coordinator: whether 牵头部门 is filled.
        responsible: 责任人.
        cooperating: 配合部门.
        basis: 分派依据.
        acceptance: 验收标准.
        deadline: 完成时限; midnight is the whole day.
        first_feedback: when the first feedback is due; ``None`` where that is not known, past, or given already.
        feedback: how often feedback is due; ``None`` where no rule says.
    """

    raiser: str = ""
    raised_at: datetime | None = None
    urgency: str = ""
    background: str = ""
    situation: str = ""
    impact: str = ""
    attachments: str = ""
    lead: str = ""
    lead_department: str = ""
    has_coordinator: bool = False
    responsible: str = ""
    cooperating: str = ""
    basis: str = ""
    acceptance: str = ""
    deadline: datetime | None = None
    first_feedback: datetime | None = None
    feedback: Span | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether its 紧急程度 is the highest."""
        return self.urgency == "紧急"


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionReport(Head):
    """Who raised a problem is told how it was solved, and asked to accept.

    Attributes:
        raiser: 提报部门/人.
        raised_at: when it was reported; ``None`` where that is blank.
        background: 问题背景.
        situation: 现状, as it was reported.
        impact: 影响范围.
        lead: the department that solved it: 牵头部门, else 主责部门.
        responsible: 责任人.
        cooperating: 配合部门.
        acceptance: 验收标准.
        deadline: 完成时限; midnight is the whole day.
        solved_at: when it was solved; ``None`` where that is blank.
        is_in_time: whether that was in time; ``None`` where it cannot be said.
        measures: 解决方案, a paragraph each.
        verification: 效果验证, likewise.
        tasks: its rows of 任务跟踪表.
    """

    raiser: str = ""
    raised_at: datetime | None = None
    background: str = ""
    situation: str = ""
    impact: str = ""
    lead: str = ""
    responsible: str = ""
    cooperating: str = ""
    acceptance: str = ""
    deadline: datetime | None = None
    solved_at: datetime | None = None
    is_in_time: bool | None = None
    measures: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    tasks: tuple[TaskLine, ...] = ()


def assignment(head: Head, matter: Matter, ledgers: Ledgers) -> Assignment:
    """The letter of a problem that was given to a department. Source: SPEC A9."""
    coordinator, lead, first = matter["coordinating_department"], matter["lead_department"], matter["next_feedback"]
    is_first = first is not None and first > head.now and matter["last_feedback"] is None
    return Assignment(
        **fields_of(head),
        raiser=matter["raiser"],
        raised_at=matter["raised_at"],
        urgency=matter["urgency"],
        background=matter["background"],
        situation=matter["situation"],
        impact=matter["impact"],
        attachments=matter["attachments"],
        lead=coordinator or lead,
        lead_department=lead if coordinator and lead != coordinator else "",
        has_coordinator=bool(coordinator),
        responsible=matter["responsible"],
        cooperating=matter["cooperating"],
        basis=matter["basis"],
        acceptance=matter["acceptance"],
        deadline=closing(matter["deadline"], matter["due"]),
        first_feedback=first if is_first else None,
        feedback=feedback_span(ledgers, matter.table, matter["urgency"]),
    )


def solution_report(head: Head, matter: Matter, ledgers: Ledgers) -> SolutionReport:
    """The letter of a problem that waits for acceptance. Source: SPEC A12."""
    solved, due = matter["solved_at"], matter["due"]
    return SolutionReport(
        **fields_of(head),
        raiser=matter["raiser"],
        raised_at=matter["raised_at"],
        background=matter["background"],
        situation=matter["situation"],
        impact=matter["impact"],
        lead=matter["coordinating_department"] or matter["lead_department"],
        responsible=matter["responsible"],
        cooperating=matter["cooperating"],
        acceptance=matter["acceptance"],
        deadline=closing(matter["deadline"], due),
        solved_at=solved,
        is_in_time=None if solved is None or due is None else solved <= due,
        measures=paragraphs(matter["solution"]),
        verification=paragraphs(matter["verification"]),
        tasks=task_rows(ledgers, matter["id"]),
    )
