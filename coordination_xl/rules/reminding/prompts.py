"""Reminders before it is known who gets them: of what, of which kind, in which version, why. Source: SPEC A11, A17, A22."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from coordination_xl.rules.dispatching.drafts import Reminder
from coordination_xl.rules.reminding.reminder_kinds import (
    FEEDBACK,
    INTERMEDIATE,
    NEAR,
    OWING,
    RISK,
    clock_kind,
    kind_of,
    version_of,
)
from coordination_xl.rules.timing.risks import RISK_RUNG
from coordination_xl.schema.tables import EMERGENCIES
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.schedule import Plan
    from coordination_xl.rules.timing.timers import Timer

RISK_RULE, RISK_TITLE = "A11", "重大风险"


class Prompt(NamedTuple):
    """One reminder.

    Attributes:
        kind: 通知种类.
        record: id of the matter.
        version: 时限版本.
        ledger: that has the clock: the matter's, or 发文记录.
        row: its sheet row there.
        timer: whose ladder it is; ``None`` of a major risk.
        reminder: why. Whether it is an emergency is told by the matter, see :meth:`urgent`.
    """

    kind: str
    record: str
    version: str
    ledger: Ledger
    row: int
    timer: Timer | None
    reminder: Reminder

    @property
    def role(self) -> str:
        """Who is meant: the rung, but instead of 责任人, and before anything is late, 责任角色 of the rule."""
        rung = self.reminder.rung or RUNG.words[OWING]
        return self.timer.target if rung == RUNG.words[OWING] and self.timer is not None and self.timer.target else rung

    @property
    def key(self) -> tuple[str, ...]:
        """What is told once to each recipient."""
        return self.record, self.kind, self.reminder.rung, self.version


def prompt_of(plan: Plan, standing: Any, *, rung: int | None = None, kind: str = "") -> Prompt:  # noqa: ANN401 - a row of a frame, as itertuples gives it
    """The reminder of one row of :func:`~coordination_xl.rules.reminding.standings.standings`.

    Args:
        plan: what the standings are of.
        standing: the row.
        rung: tell this rung instead, a position in ``RUNG.words``.
        kind: in a notice of this kind instead.
    """
    schedule = plan.schedules[standing.schedule]
    timer = schedule.clocks[standing.clock].timer
    told, is_late, counts_hours = (
        standing.rung if rung is None else rung,
        standing.late == standing.late,
        timer.unit.counts_hours,
    )
    clock = clock_kind(timer.kind, is_answer=bool(standing.notice))
    reminder = Reminder(
        light=("黄" if clock in (FEEDBACK, INTERMEDIATE) else "红") if is_late else "蓝",
        clock=clock,
        rule=timer.rule,
        rule_title=timer.title,
        basis=timer.basis,
        due=standing.due.to_pydatetime(),
        workdays=int(standing.late) if is_late and not counts_hours else None,
        hours=round(float(standing.late), 1) if is_late and counts_hours else None,
        rung=RUNG.words[told] if told != NEAR else "",
        next_rung=RUNG.words[standing.next_rung] if standing.next_rung >= 0 else "",
        next_at=None if pd.isna(standing.next_at) else standing.next_at.to_pydatetime(),
        act_by=None if pd.isna(standing.act_by) else standing.act_by.to_pydatetime(),
        notice=standing.notice,
    )
    row = int(schedule.ledger.rows[standing.place])
    return Prompt(kind or standing.kind, standing.record, standing.version, schedule.ledger, row, timer, reminder)


def risk_prompts(plan: Plan) -> Iterator[Prompt]:
    """A 升级报告 to 分管领导 for each feedback that tells of a major risk, once, however little is late.

    It is about the matter that was reported on or, where that is not open, the one that its task came from.
    """
    told: dict[tuple[str, object], Prompt] = {}
    for schedule in plan.schedules:
        ledger = schedule.ledger
        for place in np.flatnonzero(pd.Series(ledger.ids).isin(schedule.risks.index).to_numpy()):
            record = str(ledger.ids[place])
            source, when = (
                str(schedule.risks.loc[record, "source"]),
                pd.Timestamp(str(schedule.risks.loc[record, "reported_at"])),
            )
            if (source, when) not in told or source == record:
                told[source, when] = _risk_prompt(ledger, int(ledger.rows[place]), record, when)
    yield from told.values()


def _risk_prompt(ledger: Ledger, row: int, record: str, when: pd.Timestamp) -> Prompt:
    reminder = Reminder("黄", RISK, RISK_RULE, RISK_TITLE, RISK_RULE, when.to_pydatetime(), rung=RISK_RUNG)
    kind = kind_of(RISK, RUNG.words.index(RISK_RUNG))
    return Prompt(kind, record, version_of(RISK_RULE, reminder.due), ledger, row, None, reminder)


def homes(ledgers: Ledgers, records: Iterable[str]) -> Mapping[str, tuple[Ledger, int]]:
    """Id → ledger and sheet row of each matter that a ledger has; of two rows with one id, the upper one."""
    wanted = np.array(sorted(set(records) - {""}), dtype=object)
    found: dict[str, tuple[Ledger, int]] = {}
    for ledger in ledgers.matters if len(wanted) else ():
        for place in np.flatnonzero(pd.Series(ledger.ids).isin(wanted).to_numpy()):
            found.setdefault(str(ledger.ids[place]), (ledger, int(ledger.rows[place])))
    return found


def is_emergency(matter: Ledger) -> bool:
    """Whether a ledger is 紧急事项台账: what is in it may be told at any hour."""
    return matter.table.name == EMERGENCIES.name
