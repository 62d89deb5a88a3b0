"""What ``refresh`` writes on 看板: the red list, the trend, the departments of the bar chart. Source: SPEC section 3, 看板.

Everything else on that sheet is formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.figures.departments import by_department
from coordination_xl.rules.figures.matters import OPEN_LIGHTS, reds
from coordination_xl.rules.figures.trends import trend, week_after, week_of, weeks_to
from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    Objects = NDArray[np.object_]


def board_blocks(matters: pd.DataFrame, departments: Sequence[str], now: datetime) -> Mapping[str, Objects]:
    """The values of every block of :data:`~coordination_xl.schema.dashboard.BLOCKS`.

    Args:
        matters: all matters, as :func:`~coordination_xl.rules.figures.matters.matters_of` gives them.
        departments: names of the departments of 通讯录.
        now: the moment the figures stand for.
    """
    return {
        dashboard.AS_OF: np.array([now], dtype=object),
        **_red_list(matters),
        **_trend(matters, now),
        dashboard.DEPARTMENTS: _departments(matters, departments),
    }


def _red_list(matters: pd.DataFrame) -> Mapping[str, Objects]:
    red = reds(matters).head(dashboard.RED_LIST_ROWS)
    blank = np.full(dashboard.RED_LIST_ROWS - len(red), None, dtype=object)
    columns: dict[str, Iterable[object]] = {
        dashboard.RED_LIGHT: red["light"],
        dashboard.RED_ID: red["id"],
        dashboard.RED_TITLE: red["title"],
        dashboard.RED_WHO: red["who"],
        dashboard.RED_DUE: red["due"].to_numpy(dtype="datetime64[s]").astype(object),
        dashboard.RED_DAYS: red["days"],
        dashboard.RED_RUNG: red["rung"],
    }
    return {
        name: np.concatenate([np.fromiter(map(_blank_to_none, values), dtype=object), blank])
        for name, values in columns.items()
    }


def _blank_to_none(value: object) -> object:
    return None if value == "" or value is pd.NaT else value


def _trend(matters: pd.DataFrame, now: datetime) -> Mapping[str, Objects]:
    """Opened and finished in each of the last weeks (Monday to Sunday), and how many were overdue at the week's end."""
    weeks = weeks_to(now, dashboard.TREND_WEEKS)
    counted = trend(matters, weeks, now)
    labels = np.array([week_name(week.start, now) for week in weeks], dtype=object)
    numbers = (counted[name].astype(float).to_numpy(dtype=object) for name in ("new", "done", "overdue"))
    return dict(zip(dashboard.TREND, (labels, *numbers), strict=True))


def week_name(monday: datetime, now: datetime) -> str:
    """A week in a few letters: 本周, 上周, else ``11月1周``, by the month and place of its Monday."""
    this_week = week_of(now)
    if monday == this_week.start:
        return "本周"
    if monday == week_after(this_week, -1).start:
        return "上周"
    return f"{monday.month}月{(monday.day - 1) // 7 + 1}周"


def _departments(matters: pd.DataFrame, departments: Sequence[str]) -> Objects:
    """At most seven departments: most 红 first, then most open matters, then as in 通讯录; blank below."""
    counted = by_department(matters, departments)
    busy = counted.index[counted[list(OPEN_LIGHTS)].sum(axis=1) > 0].drop(dashboard.OTHERS, errors="ignore")
    names = np.full(dashboard.DEPARTMENT_ROWS, None, dtype=object)
    for place, department in enumerate(busy[: dashboard.DEPARTMENT_ROWS]):
        names[place] = department
    return names
