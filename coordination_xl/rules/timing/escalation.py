"""升级层级: the highest rung that lateness or a major risk has reached. Source: SPEC A11, A17, A22, section 5 ``remind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.rules.timing.risks import RISK_RUNG
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.rules.timing.clocks import Clock
    from coordination_xl.worktime import WorkCalendar


def escalation_levels(
    clocks: tuple[Clock, ...], height: int, calendar: WorkCalendar, now: datetime, is_at_risk: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """For each row the word of the highest rung that any of its late clocks has reached, ``""`` where none is late.

    Rows ``is_at_risk`` are at :data:`~coordination_xl.rules.timing.risks.RISK_RUNG` at least.
    """
    highest = np.full(height, -1, dtype=np.int64)
    for clock in clocks:
        if clock.is_late.any():
            highest = np.maximum(highest, clock.timer.ladder.rung(clock.lateness(now, calendar)))
    highest = np.where(is_at_risk, np.maximum(highest, RUNG.words.index(RISK_RUNG)), highest)
    words = np.array([*RUNG.words, ""], dtype=object)
    return np.asarray(words[highest], dtype=object)
