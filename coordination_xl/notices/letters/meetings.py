"""会议通知 and 会议纪要. Source: SPEC A13-A17."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.paragraphs import paragraphs
from coordination_xl.notices.letters.rhythms import Span, feedback_span
from coordination_xl.notices.letters.task_lines import TaskLine, task_lines

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.matter import Matter

_NOTHING = "无"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(Head):
    """Attendees are called to a meeting, told that it was moved, or that it is called off.

    Attributes:
        is_update: an earlier notice went out, and this one replaces it.
        is_cancelled: the meeting is called off.
        initiator: 发起部门/人.
        meeting_type: 会议类型.
        goal: 会议目标.
        agenda: 会议议题, a paragraph each.
        attendees: 参会人员.
        starts_at: when it begins; ``None`` where that is blank.
        ends_at: when it ends; ``None`` where 时长 is blank too.
        hours: 时长, or ``None``.
        place: 地点/线上.
        materials: 需提前准备的材料; ``""`` for 无.
        host: 主持人.
        recorder: 记录人.
        approver: 审批人.
        remarks: 备注.
    """

    is_update: bool = False
    is_cancelled: bool = False
    initiator: str = ""
    meeting_type: str = ""
    goal: str = ""
    agenda: tuple[str, ...] = ()
    attendees: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    hours: float | None = None
    place: str = ""
    materials: str = ""
    host: str = ""
    recorder: str = ""
    approver: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Head):
    """The signed minutes of a meeting.

    Attributes:
        initiator: 发起部门/人.
        goal: 会议目标.
        starts_at: when it began; ``None`` where that is blank.
        ended_at: when it ended; likewise.
        place: 地点/线上.
        host: 主持人.
        recorder: 记录人.
        attendees: 参会人员.
        attendance: 反馈明细: who came, who did not.
        signed_at: when the host signed; ``None`` where that is blank.
        discussion: 讨论要点, a paragraph each.
        resolutions: the resolutions as tasks; empty where the texts below say what a list would leave out.
        resolution_texts: 决议事项, a paragraph each.
        responsible: 责任部门/人 as typed.
        deadlines: 完成时间 as typed.
        acceptance: 验收标准 as typed.
        feedback: how often progress of a resolution is reported; ``None`` where no rule says.
    """

    initiator: str = ""
    goal: str = ""
    starts_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    host: str = ""
    recorder: str = ""
    attendees: str = ""
    attendance: str = ""
    signed_at: datetime | None = None
    discussion: tuple[str, ...] = ()
    resolutions: tuple[TaskLine, ...] = ()
    resolution_texts: tuple[str, ...] = ()
    responsible: str = ""
    deadlines: str = ""
    acceptance: str = ""
    feedback: Span | None = None


def invitation(
    head: Head,
    matter: Matter,
    ledgers: Ledgers,  # noqa: ARG001 - as every filler
    *,
    is_update: bool = False,
    is_cancelled: bool = False,
) -> Invitation:
    """The letter of a meeting that is to be held; who comes is to be known before it begins. Source: SPEC A14."""
    starts, hours = matter["starts_at"], matter["hours"]
    materials = matter["materials"].strip()
    by = (
        head.answer_by
        if starts is None or starts <= head.now or head.answer_by is None
        else min(head.answer_by, starts)
    )
    return Invitation(
        **fields_of(head) | {"answer_by": by},
        is_update=is_update,
        is_cancelled=is_cancelled,
        initiator=matter["initiator"],
        meeting_type=matter["meeting_type"],
        goal=matter["goal"],
        agenda=paragraphs(matter["agenda"]),
        attendees=matter["attendees"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours) if starts is not None and hours and hours > 0 else None,
        hours=hours,
        place=matter["place"],
        materials="" if materials == _NOTHING else materials,
        host=matter["host"],
        recorder=matter["recorder"],
        approver=matter["approver"],
        remarks=matter["remarks"],
    )


def minutes(head: Head, matter: Matter, ledgers: Ledgers) -> Minutes:
    """The letter with the minutes of a meeting. Source: SPEC A15, A16."""
    return Minutes(
        **fields_of(head),
        initiator=matter["initiator"],
        goal=matter["goal"],
        starts_at=matter["starts_at"],
        ended_at=matter["ended_at"],
        place=matter["place"],
        host=matter["host"],
        recorder=matter["recorder"],
        attendees=matter["attendees"],
        attendance=matter["rsvp_detail"],
        signed_at=matter["minutes_signed_at"],
        discussion=paragraphs(matter["discussion"]),
        resolutions=task_lines(ledgers, matter, "resolutions"),
        resolution_texts=paragraphs(matter["resolutions"]),
        responsible=matter["responsible"],
        deadlines=matter["deadlines"],
        acceptance=matter["acceptance"],
        feedback=feedback_span(ledgers, "Tasks"),
    )
