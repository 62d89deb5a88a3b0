"""挂账: time that does not count. Source: SPEC section 4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """The pause of each row of one ledger.

    Attributes:
        began: when it was paused; NaT where it was not.
        ended: when it was taken up again; ``now`` where it is paused still; NaT where it was not.
        is_on: whether it is paused now.
    """

    began: NDArray[np.datetime64]
    ended: NDArray[np.datetime64]
    is_on: NDArray[np.bool_]

    def of_rows(self, here: NDArray[np.bool_]) -> Pause:
        """The pauses of some rows."""
        return Pause(self.began[here], self.ended[here], self.is_on[here])

    def shift(
        self, start: NDArray[np.datetime64], due: NDArray[np.datetime64], calendar: WorkCalendar, *, by_days: bool
    ) -> NDArray[np.datetime64]:
        """Due times of working-time clocks, later by what the pause took from them.

        Args:
            start: when each clock began.
            due: its due time without the pause.
            calendar: the work calendar.
            by_days: whether the clock counts working days, else working hours.
        """
        counts = ~np.isnat(self.began) & (self.began < due) & (self.ended > start)
        if not counts.any():
            return due
        shifted = due.copy()
        began, ended = np.maximum(self.began, start)[counts], self.ended[counts]
        if by_days:
            lost = np.asarray(calendar.count_workdays(began, ended), dtype=np.float64)
            shifted[counts] = np.where(lost > 0, calendar.add_workdays(due[counts], np.maximum(lost, 1)), due[counts])
        else:
            shifted[counts] = calendar.add_work_hours(due[counts], calendar.elapsed_work_hours(began, ended))
        return shifted


def pauses_of(ledger: Ledger, now: datetime) -> Pause:
    """The pauses of a ledger. A row is paused in a state that means it, or between 挂账时间 and 恢复时间."""
    moment = np.datetime64(now, "s")
    nothing = np.full(len(ledger), np.datetime64("NaT", "s"))
    has_columns = "paused_at" in ledger.table.by_identifier
    began = ledger["paused_at"].to_numpy(dtype="datetime64[s]") if has_columns else nothing
    resumed = ledger["resumed_at"].to_numpy(dtype="datetime64[s]") if has_columns else nothing
    life = ledger.table.life
    by_state = ledger["state"].isin(life.paused).to_numpy() if life else np.zeros(len(ledger), dtype=bool)
    has_begun = ~np.isnat(began) & (began <= moment)
    is_over = ~np.isnat(resumed) & (resumed <= moment)
    is_on = by_state | (has_begun & ~is_over)
    if life and life.paused:
        is_on = by_state  # where the ledger has a state for it, the state decides
    ended = np.where(is_over, resumed, np.where(is_on, moment, began))  # taken up again at no known time: none is lost
    ended = np.where(np.isnat(began), np.datetime64("NaT", "s"), ended)
    return Pause(began, ended, is_on)
