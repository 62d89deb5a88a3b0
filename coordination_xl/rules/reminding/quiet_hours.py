"""催办时段: when people may be reminded. Source: SPEC section 5, ``remind``; 参数, 催办时段.

Quiet are rest days, and of worked days the time before the opening and after the close of business, by that day's own hours.
At the opening and at the close itself it is not quiet. The lunch break is not quiet either: people are in the house, and a
mail that waits an hour for them disturbs nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.rules.settings import Settings
    from coordination_xl.worktime import WorkCalendar


def is_quiet(now: datetime, settings: Settings, calendar: WorkCalendar) -> bool:
    """Whether only emergencies are told now; never where 催办时段 is 全天."""
    moment = _moments(now)
    if not settings.is_quiet_after_hours:
        return False
    if not np.asarray(calendar.is_workday(moment))[0]:
        return True
    midnight = moment.astype("datetime64[D]").astype("datetime64[s]")
    opening = np.asarray(calendar.add_work_hours(midnight, 0))
    return bool((moment < opening)[0] or (moment > np.asarray(calendar.closing(moment)))[0])


def next_opening(now: datetime, calendar: WorkCalendar) -> datetime:
    """The first moment from ``now`` on that lies in working hours: when what was held comes up."""
    opening: datetime = np.asarray(calendar.add_work_hours(_moments(now), 0)).astype("datetime64[s]")[0].item()
    return opening


def _moments(now: datetime) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([now], dtype="datetime64[s]")
