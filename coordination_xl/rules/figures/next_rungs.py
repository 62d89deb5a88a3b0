"""The next rung of each matter, and when it is reached if nothing is done. Source: SPEC A17, section 5 ``remind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.timing.rises import NAT, next_rises, nowhere
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.rules.timing.schedule import Schedule
    from coordination_xl.worktime import WorkCalendar


def next_rungs(schedule: Schedule, calendar: WorkCalendar) -> pd.DataFrame:
    """The first rise of 升级层级 that lies ahead, over all running clocks of each row.

    When a rung is reached: :func:`~coordination_xl.rules.timing.rises.next_rises`.

    Returns:
        Index as in the ledger's frame. ``next_rung``: ``str``, ``""`` where no clock leads any higher. ``next_at``:
        datetime64[s], NaT there. ``act_by``: datetime64[s], the close of business before that day, or the moment itself
        where hours count; until then it can be held off.
    """
    level = _levels(schedule)
    rises = nowhere(len(schedule.ledger))
    for clock in schedule.clocks:
        due = np.where(clock.is_running, clock.due, NAT)
        rises = rises.sooner(next_rises(clock.timer, due, level, calendar))
    words = np.array([*RUNG.words, ""], dtype=object)
    return pd.DataFrame(
        {"next_rung": words[rises.rung], "next_at": rises.at, "act_by": rises.act_by},
        index=schedule.ledger.frame.index,
    )


def _levels(schedule: Schedule) -> NDArray[np.int64]:
    """Position of 升级层级 in ``RUNG.words``; -1 where there is none."""
    places = {word: place for place, word in enumerate(RUNG.words)}
    return np.array([places.get(str(word), -1) for word in schedule.columns["escalation"]], dtype=np.int64)
