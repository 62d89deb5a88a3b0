"""延期申请 that cannot count, and why. Source: SPEC section 3, 延期申请."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from coordination_xl.ledger.findings import shown
from coordination_xl.rules.timing.extensions import GRANTED, PENDING, judged
from coordination_xl.rules.timing.timers import TimerKind
from coordination_xl.schema import faults
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.approvers import Approvers
    from coordination_xl.rules.timing.extensions import Extension
    from coordination_xl.rules.timing.schedule import Plan, Schedule

_MOST_ROWS = 10


class _Matter(NamedTuple):
    """A row of a ledger that somebody asks an extension for."""

    schedule: Schedule
    place: int

    @property
    def state(self) -> str:
        return str(self.schedule.ledger["state"].iloc[self.place])

    @property
    def is_running(self) -> bool:
        """Whether something is owed; a paused matter owes its deadline still, which a pause does not move."""
        life = self.schedule.ledger.table.life
        return life is not None and self.state in life.open | life.paused

    @property
    def due(self) -> np.datetime64:
        due: np.datetime64 = self.schedule.own.due[self.place]
        return due

    def fits(self, extension: Extension) -> bool:
        """Whether 现时限 is a due time of the matter, or was one and the extension has moved it."""
        clocks = [clock for clock in self.schedule.clocks if clock.timer.kind is TimerKind.DUE]
        for clock in clocks:
            history = clock.extended.get(self.place)
            if history is not None and any(step.row == extension.row for step in history.steps):
                return True
            if extension.starts_from(clock.due[self.place]):
                return True
        return False


def check_extensions(ledgers: Ledgers, plan: Plan) -> Iterator[Finding]:
    """Requests that cannot count; one that was refused is let be.

    They are asked for too late, for no later time, from a wrong due time, for a matter of which nothing is due, or several
    at once; or they are approved by somebody who may not.
    """
    requests, basis = ledgers["Extensions"], plan.basis
    extensions = judged(requests, basis.approvers, basis.calendar, basis.now)
    matters = _matters(plan.schedules, {each.source for each in extensions})
    for each in extensions:
        if each.decision not in {GRANTED, PENDING}:
            continue
        is_of_use = not (each.is_too_late or each.is_not_later)
        yield from _times(requests, each)
        yield from _rung(requests, each, basis.approvers)
        if (matter := matters.get(each.source)) is not None:
            yield from _standing(requests, each, matter, is_of_use=is_of_use)
    yield from _overlaps(requests, extensions)


def _matters(schedules: Iterable[Schedule], sources: set[str]) -> Mapping[str, _Matter]:
    """The matters of these ids; of rows that share one the first."""
    matters: dict[str, _Matter] = {}
    if sources:
        for schedule in schedules:
            ids = schedule.ledger.ids
            for place in np.flatnonzero(np.asarray(pd.Series(ids).isin(sources))):
                matters.setdefault(str(ids[place]), _Matter(schedule, int(place)))
    return matters


def _times(requests: Ledger, each: Extension) -> Iterator[Finding]:
    current = _told(each.current_close)
    if each.is_too_late:
        yield from _finding(requests, faults.EXTENSION_TOO_LATE, each, "applied_at", latest=current)
    if each.is_not_later:
        yield from _finding(requests, faults.EXTENSION_NOT_LATER, each, "new_due", current=current)


def _rung(requests: Ledger, each: Extension, approvers: Approvers) -> Iterator[Finding]:
    """An approver below the rung that is needed, also one who is only named as yet; a blank is told once it is granted."""
    is_named = each.approver != "" or each.decision == GRANTED
    if not is_named or each.held_rung >= each.needed_rung:
        return
    role = RUNG.words[each.needed_rung]
    if each.approver == "":
        fault = "“审批人”没有填写"
    elif each.held_rung < 0:
        fault = f"“{each.approver}”在通讯录里找不到"
    else:
        fault = f"“{each.approver}”是{approvers.role(each.approver) or '员工'}"
    holders = "、".join(approvers.holders(each.needed_rung, each.applicant)) or f"通讯录里还没有{role}"
    facts = {"number": each.number, "role": role, "fault": fault, "holders": holders}
    yield from _finding(requests, faults.EXTENSION_RUNG, each, "approver", **facts)


def _standing(requests: Ledger, each: Extension, matter: _Matter, *, is_of_use: bool) -> Iterator[Finding]:
    """A request that does not meet its matter as it stands."""
    if not matter.is_running:
        if each.decision == PENDING:
            life = matter.schedule.ledger.table.life
            is_over = life is not None and matter.state in life.finished
            remedy = "已经办结，撤回申请" if is_over else "提报、有了时限之后再申请"
            yield from _finding(requests, faults.EXTENSION_IDLE, each, "source", state=matter.state, remedy=remedy)
        return
    if not is_of_use or np.isnat(each.current_due) or np.isnat(matter.due) or matter.fits(each):
        return
    has_been_overtaken = (
        each.decision == GRANTED and matter.due >= each.new_close
    )  # a person gave more than was granted
    if not has_been_overtaken:
        facts = {"source": each.source, "due": _told(matter.due)}
        yield from _finding(requests, faults.EXTENSION_STALE, each, "current_due", **facts)


def _overlaps(requests: Ledger, extensions: Iterable[Extension]) -> Iterator[Finding]:
    """Several requests of one matter that wait for a decision at the same time, told at each."""
    waiting: dict[str, list[Extension]] = defaultdict(list)
    for each in extensions:
        if each.decision == PENDING:
            waiting[each.source].append(each)
    for several in waiting.values():
        if len(several) > 1:
            rows = sorted(each.row for each in several)
            told = "、".join(map(str, rows[:_MOST_ROWS])) + ("…" if len(rows) > _MOST_ROWS else "")
            for each in several:
                facts = {"count": len(rows), "rows": told}
                yield from _finding(requests, faults.EXTENSION_OVERLAP, each, "source", **facts)


def _finding(
    requests: Ledger, fault: faults.Fault, each: Extension, identifier: str, /, **facts: object
) -> Iterator[Finding]:
    if requests.has(identifier):
        yield requests.finding(fault, each.row, identifier, **facts)


def _told(moment: np.datetime64) -> str:
    return shown(moment.item())
