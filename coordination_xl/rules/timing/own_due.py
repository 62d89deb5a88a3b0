"""The matter's own due time among its clocks: the earliest that is not yet met. Source: SPEC section 4, section 5 ``refresh``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.rules.timing.timers import TimerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordination_xl.rules.timing.clocks import Clock
    from coordination_xl.rules.timing.deadlines import Moments

_FAR, _LONG_AGO = np.datetime64("9999-12-31", "s"), np.datetime64("0001-01-01", "s")


@dataclass(frozen=True, slots=True)
class OwnDue:
    """One clock per row: the one that counts.

    Attributes:
        due: datetime64[s], NaT where no rule gives one.
        start: when that clock began.
        done: when it was met, NaT where it was not.
        clock: position of the clock in the tuple that was given; -1 where there is none.
    """

    due: Moments
    start: Moments
    done: Moments
    clock: NDArray[np.int64]

    def flags(self, columns: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """From one array per clock, the flag of the clock that counts; False where there is none."""
        picked = np.zeros(len(self.due), dtype=bool)
        for number, column in enumerate(columns):
            picked |= column & (self.clock == number)
        return picked

    def numbers(self, columns: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
        """From one array per clock, the number of the clock that counts; NaN where there is none."""
        picked = np.full(len(self.due), np.nan)
        for number, column in enumerate(columns):
            np.copyto(picked, column, where=self.clock == number)
        return picked


def own_due(clocks: tuple[Clock, ...], height: int) -> OwnDue:
    """The own due time of each row: the earliest 到期 clock not yet met, or, where all are met, the last one.

    Args:
        clocks: the clocks of one ledger.
        height: number of its rows.
    """
    nothing = np.full(height, np.datetime64("NaT", "s"))
    candidates = [i for i, clock in enumerate(clocks) if clock.timer.kind is TimerKind.DUE]
    if not candidates or not height:
        return OwnDue(nothing, nothing, nothing, np.full(height, -1, dtype=np.int64))
    due: Moments = np.column_stack([clocks[i].due for i in candidates])
    done: Moments = np.column_stack([clocks[i].done for i in candidates])
    start: Moments = np.column_stack([clocks[i].start for i in candidates])
    is_there, is_met = ~np.isnat(due), ~np.isnat(done)
    unmet = np.where(is_there & ~is_met, due, _FAR)
    met = np.where(is_there & is_met, due, _LONG_AGO)
    has_unmet = (is_there & ~is_met).any(axis=1)
    column = np.where(has_unmet, unmet.argmin(axis=1), met.argmax(axis=1))
    has_any = is_there.any(axis=1)

    def chosen(matrix: Moments) -> Moments:
        return np.where(has_any, np.take_along_axis(matrix, column[:, None], axis=1)[:, 0], np.datetime64("NaT", "s"))

    clock = np.where(has_any, np.array(candidates, dtype=np.int64)[column], -1)
    return OwnDue(chosen(due), chosen(start), chosen(done), clock)
