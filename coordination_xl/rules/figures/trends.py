"""The trend: what was opened and finished in each period, and what was open and overdue at its end. Source: SPEC section 3, 看板.

The past is told from the dates in the ledgers, since no light of an earlier day is kept: a matter was open from its 登记 to its
办结, and overdue where its due time, as extended since, was past and it was not yet answered. What is paused today, and what
was ended without a date, counts as neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

SECOND = np.timedelta64(1, "s")


@dataclass(frozen=True, slots=True)
class Period:
    """From a midnight to before another.

    Attributes:
        start: its first moment.
        end: the first moment after it.
    """

    start: datetime
    end: datetime

    @property
    def last_day(self) -> datetime:
        """The midnight at which its last day begins."""
        return self.end - timedelta(days=1)

    @property
    def iso_week(self) -> str:
        """The name of the ISO week that it begins in: ``2026-W47``; its year is the one that has its Thursday."""
        year, week, _ = self.start.isocalendar()
        return f"{year}-W{week:02}"


def week_of(now: datetime) -> Period:
    """Monday to Sunday, the week that ``now`` is in."""
    monday = datetime(now.year, now.month, now.day) - timedelta(days=now.weekday())
    return Period(monday, monday + timedelta(weeks=1))


def week_after(week: Period, count: int = 1) -> Period:
    """The ``count``-th week after a week; before it, where negative."""
    step = timedelta(weeks=count)
    return Period(week.start + step, week.end + step)


def weeks_to(now: datetime, count: int) -> tuple[Period, ...]:
    """The last ``count`` weeks, the present one last."""
    return tuple(week_after(week_of(now), -back) for back in reversed(range(count)))


def months_to(now: datetime, count: int) -> tuple[Period, ...]:
    """The last ``count`` calendar months, the present one last."""
    present = now.year * 12 + now.month - 1
    starts = [datetime(month // 12, month % 12 + 1, 1) for month in range(present - count + 1, present + 2)]
    return tuple(Period(start, end) for start, end in pairwise(starts))


def trend(matters: pd.DataFrame, periods: Sequence[Period], now: datetime) -> pd.DataFrame:
    """Figures of each period; one that is not over ends with ``now``, and what is done now is done.

    Args:
        matters: columns ``light``, ``opened``, ``closed``, ``met``, ``due``, ``days`` as
            :func:`~coordination_xl.rules.figures.matters.matters_of` gives them.
        periods: any periods.
        now: the moment of judgement; due now is not overdue.

    Returns:
        One row a period, in order: ``start`` (datetime64[s]), ``new`` (opened in it; drafts too, from the day they are
        dated), ``done`` (finished in it), ``open`` and ``overdue`` (at its end): int64.
    """
    opened, closed, met, due = (
        matters[name].to_numpy(dtype="datetime64[s]") for name in ("opened", "closed", "met", "due")
    )
    moment = np.datetime64(now, "s")
    is_lit = (matters["light"] != "").to_numpy()
    is_idle = (matters["light"] == "灰").to_numpy() & np.isnat(closed)
    rows = []
    for period in periods:
        start, whole = np.datetime64(period.start, "s"), np.datetime64(period.end, "s")
        end = min(whole, moment + SECOND)
        is_open = (opened < end) & ~(closed < end) & is_lit & ~is_idle
        is_overdue = is_open & ~(met < end) & (due < min(end, moment))
        rows.append(
            {
                "start": period.start,
                "new": int(((opened >= start) & (opened < end)).sum()),
                "done": int(((closed >= start) & (closed < end)).sum()),
                "open": int(is_open.sum()),
                "overdue": int(is_overdue.sum()),
            }
        )
    return pd.DataFrame(rows, columns=["start", "new", "done", "open", "overdue"])
