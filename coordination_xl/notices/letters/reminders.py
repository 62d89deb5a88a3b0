"""进度催报, 催办单, 逾期预警, 升级报告: one model, because they say the same of another rung. Source: SPEC A11, A17, A22."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.notices.letters.standing import (
    Told,
    closing,
    is_readable,
    last_feedback,
    pending_extension,
    reminders_before,
    row_of,
)
from coordination_xl.schema.notices import PARTIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers

_ANSWER = "answer"
_AHEAD = "蓝"
NOUNS: Mapping[str, str] = MappingProxyType(
    {"Coordination": "协调事项", "Problems": "问题", "Meetings": "会议", "Emergencies": "紧急事项", "Tasks": "任务"}
)
"""What a row of each ledger is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How a clock of a matter stands. The fields are those of the rules' ``Reminder``.

    Attributes:
        light: 红, 黄 or 蓝.
        clock: ``own``, ``intermediate``, ``feedback``, ``answer`` or ``risk`` (of a major risk; ``due`` is when it was told).
        rule: number of the row of 时限规则.
        rule_title: its name.
        basis: the clause.
        due: when it is, or was, due.
        workdays: working days late, or ``None``.
        hours: hours late, or ``None``.
        rung: 升级层级 that is told; ``""`` for 蓝.
        next_rung: who is told next; ``""`` where nobody stands higher.
        next_at: when; ``None`` likewise.
        act_by: until when it can be held off; ``None`` likewise.
        notice: id of the notice that waits for an answer; ``""`` otherwise.
        is_emergency: whether the matter is one.
    """

    light: str
    clock: str
    rule: str
    rule_title: str
    basis: str
    due: datetime
    workdays: int | None = None
    hours: float | None = None
    rung: str = ""
    next_rung: str = ""
    next_at: datetime | None = None
    act_by: datetime | None = None
    notice: str = ""
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter(Head):
    """One clock of one matter, told to one rung.

    ``answer_by`` is until when an action is asked for, where it is given; ``answer`` of an answer clock is what the notice
    asks for that nobody has answered.

    Attributes:
        late: how the clock stands.
        noun: what the matter is: 任务, 协调事项, 问题, 会议, 紧急事项.
        state: its 状态.
        responsible: who answers for it, or, of a notice without an answer, who got that; ``""`` where nobody does yet.
        due: its own due time; ``None`` where it has none. Midnight is the whole day.
        original_due: 原定时限 where that is another; ``None`` otherwise.
        version: 版本 of a coordination form, ``""`` for other matters.
        parent: id of the matter that a task came out of, ``""`` where there is none.
        parent_title: its name; ``""`` where these people may not read it.
        parent_version: its 版本, likewise.
        feedback_at: when 进展反馈 last told of it; ``None`` where it never did.
        feedback: what it told.
        risk: the risk it told of; ``""`` for 无.
        impact: what suffers.
        deliverable: 交付成果.
        acceptance: 验收标准.
        extension: id of an extension that waits for a decision, ``""`` where none does.
        earlier: reminders of the same clock that went out before, the first first.
        notice_title: title of the notice that waits for an answer, ``""`` for other clocks.
        notice_answer: what it asks for: 已阅, 回复, 配合答复.
        notice_sent_at: when it went out.
    """

    late: Lateness
    noun: str
    state: str = ""
    responsible: str = ""
    due: datetime | None = None
    original_due: datetime | None = None
    version: str = ""
    parent: str = ""
    parent_title: str = ""
    parent_version: str = ""
    feedback_at: datetime | None = None
    feedback: str = ""
    risk: str = ""
    impact: str = ""
    deliverable: str = ""
    acceptance: str = ""
    extension: str = ""
    earlier: tuple[Told, ...] = ()
    notice_title: str = ""
    notice_answer: str = ""
    notice_sent_at: datetime | None = None

    @property
    def confirmed(self) -> str:
        """The number that whoever answers names: that of the notice that waits for an answer, else its own."""
        return self.late.notice or self.number

    @property
    def is_own(self) -> bool:
        """Whether it goes to somebody who answers for the matter, and nobody else."""
        return len(self.to) == 1 and self.to[0] in self.responsible.split("、")

    @property
    def act_by(self) -> datetime | None:
        """Until when to act: ``answer_by``, else before the next rung, of 蓝 the due time; ``None`` where that is past."""
        if self.late.light == _AHEAD:
            return self.late.due
        return next((when for when in (self.answer_by, self.late.act_by) if when is not None and when > self.now), None)


def reminder_letter(head: Head, matter: Matter, lateness: Lateness, ledgers: Ledgers) -> ReminderLetter:
    """The letter of one reminder.

    Args:
        head: its head.
        matter: the row it is about.
        lateness: how the clock stands.
        ledgers: for the parent of a task, its last feedback, and what went out before.
    """
    parent = Matter.of(ledgers, matter["source"]) if matter.table == "Tasks" else None
    is_told = parent is not None and is_readable(parent["confidentiality"], head.level)
    origin = parent if parent is not None and is_told else None
    feedback = last_feedback(ledgers, head.record)
    notice = row_of(ledgers, "Dispatch", lateness.notice) if lateness.clock == _ANSWER else None
    due = lateness.due if lateness.clock == "own" else _own_due(matter)
    original = matter["original_due"] or None
    return ReminderLetter(
        **fields_of(head) | ({"answer": notice["answer_needed"]} if notice and notice["answer_needed"] else {}),
        late=lateness,
        noun=NOUNS.get(matter.table, "事项"),
        state=matter["state"],
        responsible=_responsible(notice or matter),
        due=due,
        original_due=original if lateness.clock == "own" and original != due else None,
        version=_number(matter["version"]),
        parent=matter["source"] if matter.table == "Tasks" else "",
        parent_title=origin["title"] if origin else "",
        parent_version=_number(origin["version"]) if origin else "",
        feedback_at=feedback["reported_at"] if feedback else None,
        feedback=feedback["achievement"] if feedback else "",
        risk=feedback["risk"] if feedback and feedback["risk"].strip() != "无" else "",
        impact=_impact(matter) or (_impact(origin) if origin else ""),
        deliverable=matter["deliverable"],
        acceptance=matter["acceptance"],
        extension=pending_extension(ledgers, head.record),
        earlier=reminders_before(ledgers, head.record, lateness.rule, lateness.due),
        notice_title=notice["title"] if notice else "",
        notice_answer=notice["answer_needed"] if notice else "",
        notice_sent_at=notice["sent_at"] if notice else None,
    )


def _responsible(matter: Matter) -> str:
    columns = PARTIES[matter.table]["责任人"]
    return next((matter[each] for each in columns if matter[each]), "")


def _own_due(matter: Matter) -> datetime | None:
    """The due time of the matter itself, whatever clock it is reminded by."""
    return closing(matter["due"] or matter["deadline"] or None, matter["original_due"] or None)


def _impact(matter: Matter) -> str:
    """What suffers: 影响范围 of a problem, 问题类型 and 影响程度 of an emergency."""
    told = matter["impact"], matter["emergency_type"], matter["impact_level"]
    return "、".join(str(each) for each in told if each)


def _number(value: float | str | None) -> str:
    """``2`` for a version of 2.0; a blank one is blank."""
    return f"{value:g}" if isinstance(value, float) else ""
