"""协调通知 and 变更通知: what is asked of the receivers, and what a new version changes. Source: SPEC A6, B1, B3, B7."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.paragraphs import Need, needs_of, paragraphs
from coordination_xl.notices.letters.standing import closing
from coordination_xl.notices.letters.task_lines import TaskLine, task_lines
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.matter import Matter

_UNTOLD = frozenset({"version", "state", "agreed_at", "done_at", "progress"})
"""Columns that change with every version, or that tell how the plan goes: no part of the plan."""
_OPEN = "沟通中"


class Change(NamedTuple):
    """One field of the form that a version changed.

    Attributes:
        header: its header.
        old: what stood there; ``""`` where nothing did.
        new: what stands there; likewise.
    """

    header: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationNotice(Head):
    """The receivers of a coordination form are asked to cooperate.

    Attributes:
        initiator: 发起部门/人.
        receivers: 接收部门/人.
        raised_at: when it was registered; ``None`` where that is blank.
        urgency: 紧急程度.
        background: 事项背景.
        goal: 核心目标.
        initial_needs: 初步需求 as typed.
        needs: the same by department; empty where it cannot be told apart.
        discussion: 沟通记录, a paragraph each.
        consensus_by: until when consensus is wished for; midnight is the whole day.
        follow_up: 跟踪人.
        version: 版本; ``None`` where that is blank.
    """

    initiator: str = ""
    receivers: str = ""
    raised_at: datetime | None = None
    urgency: str = ""
    background: str = ""
    goal: str = ""
    initial_needs: str = ""
    needs: tuple[Need, ...] = ()
    discussion: tuple[str, ...] = ()
    consensus_by: datetime | None = None
    follow_up: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNotice(Head):
    """All parties of a coordination are told that its plan has changed.

    Attributes:
        initiator: 发起部门/人.
        receivers: 接收部门/人.
        state: its 状态; in 沟通中 the plan is discussed again.
        version: the version that stands now; ``None`` where 版本 is blank.
        changed_at: when it replaced the one before; ``None`` where 修改记录 does not say.
        changes: what it changed; empty likewise.
        background: 事项背景.
        goal: 核心目标.
        consensus_by: until when consensus is wished for; midnight is the whole day.
        due: when the matter is due; ``None`` while the plan is discussed again.
        tasks: who does what by when; empty while the plan is discussed again.
        agreement: 协商结果, a paragraph each, where it cannot be listed as tasks; likewise.
        follow_up: 跟踪人.
        remarks: 备注.
    """

    initiator: str = ""
    receivers: str = ""
    state: str = ""
    version: int | None = None
    changed_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    background: str = ""
    goal: str = ""
    consensus_by: datetime | None = None
    due: datetime | None = None
    tasks: tuple[TaskLine, ...] = ()
    agreement: tuple[str, ...] = ()
    follow_up: str = ""
    remarks: str = ""

    @property
    def is_reopened(self) -> bool:
        """Whether the plan is discussed again and does not yet hold."""
        return self.state == _OPEN


def coordination_notice(head: Head, matter: Matter, ledgers: Ledgers) -> CoordinationNotice:  # noqa: ARG001 - as every filler
    """The letter of a coordination that is being discussed. Source: SPEC B1."""
    return CoordinationNotice(
        **fields_of(head),
        initiator=matter["initiator"],
        receivers=matter["receivers"],
        raised_at=matter["raised_at"],
        urgency=matter["urgency"],
        background=matter["background"],
        goal=matter["goal"],
        initial_needs=matter["initial_needs"],
        needs=needs_of(matter["initial_needs"]),
        discussion=paragraphs(matter["discussion"]),
        consensus_by=closing(matter["consensus_by"], matter["due"]),
        follow_up=matter["follow_up"],
        version=_version(matter),
    )


def change_notice(head: Head, matter: Matter, ledgers: Ledgers) -> ChangeNotice:
    """The letter of a new version. Source: SPEC B3, B7."""
    changed_at, changes = _changes(ledgers, matter)
    is_reopened = matter["state"] == _OPEN
    tasks = () if is_reopened else task_lines(ledgers, matter, "agreement")
    return ChangeNotice(
        **fields_of(head),
        initiator=matter["initiator"],
        receivers=matter["receivers"],
        state=matter["state"],
        version=_version(matter),
        changed_at=changed_at,
        changes=changes,
        background=matter["background"],
        goal=matter["goal"],
        consensus_by=closing(matter["consensus_by"], matter["due"]),
        due=None if is_reopened else matter["due"],
        tasks=tasks,
        agreement=() if is_reopened or tasks else paragraphs(matter["agreement"]),
        follow_up=matter["follow_up"],
        remarks=matter["remarks"],
    )


def _version(matter: Matter) -> int | None:
    return None if matter["version"] is None else int(matter["version"])


def _changes(ledgers: Ledgers, matter: Matter) -> tuple[datetime | None, tuple[Change, ...]]:
    """When the present version came, and what has changed from the one before it until now, as 修改记录 holds it."""
    headers, table = ledgers[matter.table].headers, BY_NAME[matter.table]
    audit, version = ledgers["Audit"].frame, _version(matter)
    mine = audit[(audit["record"] == matter["id"]) & audit["changed_at"].notna()]
    turns = mine[(mine["header"] == headers.get("version")) & (mine["new"] == str(version)) & (mine["old"] != "")]
    if turns.empty:
        return None, ()
    began = turns["changed_at"].iloc[-1]
    told = {header for each, header in headers.items() if each not in _UNTOLD and not table.column(each).is_computed}
    cells = mine[(mine["changed_at"] >= began) & mine["header"].isin(told)].groupby("header", sort=False)
    changes = (Change(str(header), each["old"].iloc[0], each["new"].iloc[-1]) for header, each in cells)
    return began.to_pydatetime(), tuple(change for change in changes if change.old != change.new)
