"""A notice before it is written: what it is about, at which version, to whom. Source: SPEC section 5, ``notice``, ``send``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from email.headerregistry import Address

    from coordination_xl.rules.people.delegates import Member


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a notice.

    Attributes:
        member: department and person, as 通讯录 writes them.
        address: where the mail goes; its display name is ``部门*职务``.
        principals: those on leave for whom they act.
        others: further persons who are meant and have the same address.
    """

    member: Member
    address: Address
    principals: tuple[Member, ...] = ()
    others: tuple[Member, ...] = ()

    @property
    def name(self) -> str:
        """``技术部*专员``, or ``技术部*专员（代技术部*工程师）``; of several behind one address, ``技术部*专员、技术部*主管``."""
        acting = "、".join(map(written, self.principals))
        return "、".join(map(written, (self.member, *self.others))) + (f"（代{acting}）" if acting else "")


def written(member: Member) -> str:
    """``技术部*专员``; of a department's own mailbox the department alone."""
    return "*".join(filter(None, member))


@dataclass(frozen=True, slots=True)
class Reminder:
    """Why somebody is reminded: one clock of one matter, at one rung.

    Attributes:
        light: 红 for its own due time or an answer that is late, 黄 for feedback or an intermediate clock, 蓝 before it is due.
        clock: ``own``, ``intermediate``, ``feedback``, ``answer`` (of a notice that nobody has answered) or ``risk`` (of a
            major risk; ``due`` is when it was told).
        rule: number of the row of 时限规则.
        rule_title: its name.
        basis: the clause.
        due: when it is, or was, due.
        workdays: working days late, ``None`` where hours count or it is not late.
        hours: hours late, ``None`` where days count or it is not late.
        rung: 升级层级 that is told; ``""`` for 蓝.
        next_rung: who is told next if nothing is done; ``""`` where nobody stands higher.
        next_at: when; ``None`` likewise.
        act_by: until when it can be held off; ``None`` likewise.
        notice: id of the notice that waits for an answer; ``""`` otherwise.
        is_emergency: whether it may be told at any hour.
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


@dataclass(frozen=True, slots=True)
class Draft:
    """One notice to the same people at the same level of confidence.

    Attributes:
        kind: 通知种类.
        table: the ledger of the matter.
        row: its sheet row.
        record: its id.
        version: 时限版本: what it was due by; with another version it is due anew.
        level: 保密等级 of the matter, ``内部`` where it says nothing.
        to: 主送; none where nobody could be reached, then ``failure`` says why.
        copies: 抄送.
        answer: 要求答复.
        rung: 升级层级, ``""`` where it climbs no ladder.
        is_withheld: these people may not read the content: they get a notice without it.
        reminder: why, for the kinds that remind.
        sequence: how often the matter's 会议通知 went out before; 0 for the first, and for other kinds.
        is_cancelled: a 会议通知 that calls the meeting off.
        unreached: where nobody could be reached, whom it was for, as the ledger names them.
        failure: likewise, why.
    """

    kind: str
    table: str
    row: int
    record: str
    version: str
    level: str
    to: tuple[Recipient, ...]
    copies: tuple[Recipient, ...] = ()
    answer: str = "无"
    rung: str = ""
    is_withheld: bool = False
    reminder: Reminder | None = None
    sequence: int = 0
    is_cancelled: bool = False
    unreached: str = ""
    failure: str = ""
