"""By when a drafted task is due: its date, or what it counts from, settled and explained. Source: SPEC section 4, SPEC 2B."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.relative_dates import RelativeUnit
from coordination_xl.rules.timing.deadlines import at_closing, moments
from coordination_xl.rules.timing.relative_dues import COUNTED_FROM, relative_dues, rests_on_calendar, start_column
from coordination_xl.schema import faults, refusals

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.agreed_tasks import AgreedTask
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.relative_dates import RelativeDue
    from coordination_xl.rules.splitting.sources import ParentRow
    from coordination_xl.worktime import WorkCalendar

_COUNTED = frozenset(
    {
        RelativeUnit.MINUTE,
        RelativeUnit.HOUR,
        RelativeUnit.WORK_HOUR,
        RelativeUnit.DAY,
        RelativeUnit.WORKDAY,
        RelativeUnit.WEEK,
        RelativeUnit.MONTH,
    }
)


@dataclass(frozen=True, slots=True)
class DraftDue:
    """The deadline of one drafted task.

    Attributes:
        when: the instant; a bare date is that day's close of business. None where there is none.
        explanation: how it was counted, for 备注; ``""`` for a plain date.
        refusals: why it cannot be settled.
        reminders: what to look at.
    """

    when: datetime | None
    explanation: str = ""
    refusals: tuple[Finding, ...] = ()
    reminders: tuple[Finding, ...] = ()


def draft_due(parent: ParentRow, task: AgreedTask, calendar: WorkCalendar) -> DraftDue:
    """The deadline of one agreed task.

    Args:
        parent: the row it is agreed in; a relative deadline counts from its date.
        task: the task.
        calendar: the work calendar.
    """
    if task.due is not None:
        return DraftDue(task.due if task.due_has_time else _closing(task.due, calendar))
    if task.relative is None:
        return DraftDue(None)
    column = parent.cell(task.due_from.value if task.due_from else parent.source.agreed, parent.source.agreed)
    facts = {"task": task.text, "due": task.relative.text}
    origin = start_column(parent.ledger, parent.row)
    if origin is None:
        starts = "、".join(f"“{parent.header(each)}”" for each in COUNTED_FROM[parent.source.table])
        found = parent.ledger.finding(refusals.NO_START_FOR_DUE, parent.row, column, starts=starts, **facts)
        return DraftDue(None, refusals=(found,))
    start = moments(parent.ledger, origin)[[parent.ledger.position(parent.row)]]
    (settled,) = relative_dues(task.relative, start, calendar)
    if np.isnat(settled):
        return DraftDue(None, refusals=(parent.ledger.finding(refusals.DUE_TOO_FAR, parent.row, column, **facts),))
    began, when = start[0].item(), settled.item()
    uncovered = [each for each in (began, when) if rests_on_calendar(task.relative) and not calendar.covers(each)]
    explanation = _explained(task.relative, parent.header(origin), began, when, calendar)
    if not uncovered:
        return DraftDue(when, explanation)
    found = parent.ledger.finding(
        faults.CALENDAR_MISSING_YEAR,
        parent.row,
        column,
        clock=task.title,
        date=f"{when:%Y-%m-%d}",
        year=uncovered[-1].year,
    )
    return DraftDue(when, f"{explanation}（暂定）", reminders=(found,))


def own_deadline(parent: ParentRow, calendar: WorkCalendar) -> datetime | None:
    """完成时限 of a problem itself; None where it is blank."""
    (when,) = at_closing(moments(parent.ledger, "deadline")[[parent.ledger.position(parent.row)]], calendar)
    return None if np.isnat(when) else when.astype("datetime64[s]").item()


def _explained(due: RelativeDue, header: str, began: datetime, when: datetime, calendar: WorkCalendar) -> str:
    """``时限：自共识时间2026-03-06起1周内 → 2026-03-13``."""
    is_by_the_hour = when != _closing(when, calendar)
    origin = f"{header}{shown(began) if is_by_the_hour else f'{began:%Y-%m-%d}'}"
    end = shown(when) if is_by_the_hour else f"{when:%Y-%m-%d}"
    words = f"自{origin}起{due.text}" if due.unit in _COUNTED else f"按{origin}，{due.text}"
    return f"时限：{words} → {end}"


def _closing(when: datetime, calendar: WorkCalendar) -> datetime:
    """Close of business of a day."""
    closing: datetime = calendar.closing(np.array([when], dtype="datetime64[s]")).astype("datetime64[s]")[0].item()
    return closing
