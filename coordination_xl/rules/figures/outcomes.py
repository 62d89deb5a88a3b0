"""How matters came out: on time or not, by the due times that count and by the original ones; and how long they took.

Source: SPEC section 3, 看板; 延期申请 (the original date is kept).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Outcome:
    """The matters finished in one span.

    Attributes:
        finished: how many were finished, cancelled and rejected ones with a date among them.
        on_time: how many of them were done by their due time as it was extended.
        judged: of how many that can be said at all.
        on_original: how many were done by their original due time, whatever was granted since.
        judged_original: of how many that can be said.
        workdays: working days from 登记 to 办结, taken together.
        timed: of how many these are known; meetings and emergencies keep no 办结用时.
    """

    finished: int
    on_time: int
    judged: int
    on_original: int
    judged_original: int
    workdays: float
    timed: int

    @property
    def rate(self) -> float | None:
        """按期办结率, 0 to 1; ``None`` where there is nothing to judge."""
        return self.on_time / self.judged if self.judged else None

    @property
    def original_rate(self) -> float | None:
        """按期办结率 by the original due times, 0 to 1."""
        return self.on_original / self.judged_original if self.judged_original else None

    @property
    def average(self) -> float | None:
        """平均办结用时 in working days."""
        return self.workdays / self.timed if self.timed else None


def outcome(matters: pd.DataFrame, since: datetime, until: datetime) -> Outcome:
    """What was finished from ``since`` (in it) to ``until`` (in it); a day to come is a slip of the pen, and left out.

    Args:
        matters: columns ``finished_at``, ``is_on_time``, ``is_on_original``, ``elapsed`` as
            :func:`~coordination_xl.rules.figures.matters.matters_of` gives them.
        since: the first moment that counts.
        until: the last moment that counts.
    """
    finished = matters["finished_at"].to_numpy(dtype="datetime64[s]")
    here = matters[(finished >= np.datetime64(since, "s")) & (finished <= np.datetime64(until, "s"))]
    on_time, on_original = here["is_on_time"], here["is_on_original"]
    return Outcome(
        finished=len(here),
        on_time=int((on_time == "是").sum()),
        judged=int(on_time.isin(("是", "否")).sum()),
        on_original=int((on_original == "是").sum()),
        judged_original=int(on_original.isin(("是", "否")).sum()),
        workdays=float(here["elapsed"].sum()),
        timed=int(here["elapsed"].notna().sum()),
    )


def recent(matters: pd.DataFrame, now: datetime) -> Outcome:
    """The last 30 days, today included: what the cards of 看板 show."""
    first = datetime(now.year, now.month, now.day) - timedelta(days=dashboard.RECENT_DAYS - 1)
    return outcome(matters, first, now)


def this_month(matters: pd.DataFrame, now: datetime) -> Outcome:
    """The calendar month so far."""
    return outcome(matters, datetime(now.year, now.month, 1), now)


def this_year(matters: pd.DataFrame, now: datetime) -> Outcome:
    """The calendar year so far."""
    return outcome(matters, datetime(now.year, 1, 1), now)


def twelve_months(matters: pd.DataFrame, now: datetime) -> Outcome:
    """Twelve months: the calendar months that the monthly trend shows, the present one and the eleven before it."""
    first = now.year * 12 + now.month - 12
    return outcome(matters, datetime(first // 12, first % 12 + 1, 1), now)
