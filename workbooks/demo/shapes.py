"""The shapes in which the text banks tell a matter; dates in them are told in working days or as month and day."""

from __future__ import annotations

from dataclasses import dataclass, field

Learning = tuple[str, str, str]
"""成效评估, 问题总结, 经验沉淀."""


@dataclass(frozen=True, slots=True)
class Job:
    """One task that a matter agreed on.

    Attributes:
        phrase: the task, verb first; ``[…]`` marks the short label, else the whole phrase is the label.
        who: the one person.
        due: working days after the agreement, or ``MM-DD``.
        standard: how one sees that it is done.
        deliverable: what is handed over.
        state: of its row; blank means finished.
        notes: its feedback, oldest first; ``成果｜风险``.
        last: day of the last feedback, ``MM-DD``.
        coop: who helps.
        remarks: 备注 of its row.
        paused: (reason, ``MM-DD``) while it is paused.
    """

    phrase: str
    who: str
    due: int | str
    standard: str
    deliverable: str
    state: str = "已完成"
    notes: tuple[str, ...] = ()
    last: str = "11-18"
    coop: str = ""
    remarks: str = ""
    paused: tuple[str, str] = ("", "")

    @property
    def title(self) -> str:
        """The task as its row is called."""
        return self.phrase.replace("[", "").replace("]", "")

    @property
    def label(self) -> str:
        """The short name that links agreement, person, deadline and standard."""
        return self.phrase.split("[")[1].split("]")[0] if "[" in self.phrase else self.phrase


@dataclass(frozen=True, slots=True)
class Coordination:
    """One coordination form; ``raised`` and ``by`` may be ``MM-DD``, ``by`` and ``agree`` count working days from it."""

    raised: str
    title: str
    initiator: str
    receivers: str
    background: str
    goal: str
    needs: str
    discussion: str
    jobs: tuple[Job, ...] = ()
    notes: tuple[str, ...] = ()
    learning: Learning = ("", "", "")
    state: str = "已归档"
    urgency: str = "一般"
    by: int | str = 5
    agree: int = 4
    work: str = "项目推进"
    scenario: str = "专项协调"
    level: str = "内部"
    terms: str = ""
    version: int = 1
    remarks: str = ""
    last: str = "11-18"
    paused: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reported problem; ``wished`` and ``due`` are working days (from report, from dispatch) or ``MM-DD``."""

    raised: str
    title: str
    raiser: str
    background: str
    situation: str
    impact: str
    wished: int | str
    lead: str = ""
    duty: int = 0
    who: str = ""
    due: int | str = 0
    standard: str = ""
    solution: str = ""
    verification: str = ""
    verdict: str = ""
    notes: tuple[str, ...] = ()
    learning: Learning = ("", "", "")
    state: str = "已归档"
    urgency: str = "一般"
    coop: str = ""
    late: int = 0
    root: str = ""
    keywords: str = ""
    jobs: tuple[Job, ...] = ()
    remarks: str = ""
    attachments: str = ""
    last: str = "11-19"
    paused: tuple[str, str, str] = ("", "", "")
    level: str = "内部"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; ``starts`` is ``MM-DD HH:MM``, ``lead`` how many working days before it was applied for."""

    starts: str
    title: str
    initiator: str
    goal: str
    agenda: tuple[str, ...]
    attendees: str
    hours: float
    place: str
    materials: str
    recorder: str = ""
    discussion: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    state: str = "已归档"
    kind: str = "跨部门专题会"
    lead: int = 5
    host: str = ""
    rsvp: tuple[str, str] = ("", "")
    remarks: str = ""
    level: str = "内部"
    is_split: bool = True


@dataclass(frozen=True, slots=True)
class Emergency:
    """One emergency; all times are ``MM-DD HH:MM``, blank where not yet reached."""

    title: str
    finder: str
    kind: str
    impact: str
    description: str
    first_measures: str
    discovered: str
    told: str
    reported: str = ""
    approved: str = ""
    controlled: str = ""
    escalated: str = ""
    resolved: str = ""
    reviewed: str = ""
    team: str = ""
    head: str = ""
    plan: str = ""
    resources: str = ""
    course: str = ""
    root: str = ""
    jobs: tuple[Job, ...] = ()
    notes: tuple[tuple[str, str], ...] = field(default=())
    learning: Learning = ("", "", "")
    keywords: str = ""
    state: str = "已归档"
    level: str = "内部"
    remarks: str = ""
