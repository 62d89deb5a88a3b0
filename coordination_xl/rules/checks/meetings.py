"""Length and lead times of meetings, by the numbers of 时限规则. Source: SPEC A13, A14, A15."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.deadlines import first_filled, moments
from coordination_xl.rules.timing.timers import Timer, TimerKind, Unit
from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar

_HOURS = {Unit.HOURS: 1.0, Unit.MINUTES: 1 / 60}


def check_lengths(ledger: Ledger, timers: tuple[Timer, ...]) -> Iterator[Finding]:
    """A meeting planned longer than the limit: a reminder, never a block; exactly the limit is not too long."""
    for timer in timers:
        if timer.table != ledger.table.name or timer.kind is not TimerKind.LENGTH:
            continue
        identifier, limit = timer.triggers[0], timer.amount * _HOURS.get(timer.unit, 1.0)
        for row in ledger.flagged(identifier, _holds(ledger, timer) & (ledger[identifier] > limit).to_numpy()):
            hours = f"{ledger[identifier][row]:g}"
            yield ledger.finding(faults.MEETING_TOO_LONG, row, identifier, value=hours, limit=f"{limit:g}")


def check_lead_times(ledger: Ledger, timers: tuple[Timer, ...], calendar: WorkCalendar) -> Iterator[Finding]:
    """What had to be done so long before an event and was done later than that.

    Every rule with a negative amount counts: the application (提前) and the notice (到期). Exactly at the limit is in time.
    """
    for timer in timers:
        if timer.table != ledger.table.name or timer.amount >= 0:
            continue
        event = first_filled([moments(ledger, trigger) for trigger in timer.triggers], len(ledger))
        latest = due_after(event, timer.amount, timer.unit, calendar)
        for identifier in timer.stops:
            done = moments(ledger, identifier)
            is_late = _holds(ledger, timer) & (done > latest)
            for row in ledger.flagged(identifier, is_late):
                yield ledger.finding(
                    faults.LEAD_TIME_SHORT,
                    row,
                    identifier,
                    latest=f"{pd.Timestamp(latest[ledger.position(row)]):%Y-%m-%d %H:%M}",
                    rule=timer.title,
                    amount=f"{-timer.amount:g}",
                    unit=timer.unit.value,
                )


def _holds(ledger: Ledger, timer: Timer) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows the rule's conditions hold for. States are left out: a short lead time stays short later on."""
    holds = np.ones(len(ledger), dtype=bool)
    for condition in timer.conditions:
        holds &= condition.holds(ledger)
    return holds
