"""What ``refresh`` writes on 看板: the red list, the trend, the departments of the bar chart. Source: SPEC section 3, 看板.

Everything else on that sheet is formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.rules.schedule import Schedule
    from coordination_xl.worktime import WorkCalendar

    Objects = NDArray[np.object_]

_RESPONSIBLE = {
    "Coordination": "initiator",
    "Tasks": "responsible",
    "Problems": "responsible",
    "Meetings": "initiator",
    "Emergencies": "team_head",
}


def board_blocks(
    schedules: Sequence[Schedule], departments: Sequence[str], calendar: WorkCalendar, now: datetime
) -> Mapping[str, Objects]:
    """The values of every block of :data:`~coordination_xl.schema.dashboard.BLOCKS`.

    Args:
        schedules: of the ledgers with a life.
        departments: names of the departments of 通讯录.
        calendar: the work calendar.
        now: the moment the figures stand for.
    """
    matters = pd.concat([_matters(schedule, calendar, now) for schedule in schedules], ignore_index=True)
    return {
        dashboard.AS_OF: np.array([now], dtype=object),
        **_red_list(matters),
        **_trend(matters, now),
        dashboard.DEPARTMENTS: _departments(schedules, departments),
    }


def overdue_matters(schedules: Sequence[Schedule], calendar: WorkCalendar, now: datetime) -> pd.DataFrame:
    """Every 红 matter, the latest first: id, title, who, due, days (working days late), rung, sheet."""
    matters = pd.concat([_matters(schedule, calendar, now) for schedule in schedules], ignore_index=True)
    red = matters[matters["light"] == "红"]
    return red.sort_values(["days", "due", "id"], ascending=[False, True, True], kind="stable", ignore_index=True)


def _matters(schedule: Schedule, calendar: WorkCalendar, now: datetime) -> pd.DataFrame:
    ledger = schedule.ledger
    moment = np.full(len(ledger), np.datetime64(now, "s"))
    return pd.DataFrame(
        {
            "sheet": ledger.sheet,
            "light": schedule.columns["light"].to_numpy(),
            "id": ledger.ids,
            "title": ledger["title"].to_numpy(),
            "who": ledger[_RESPONSIBLE[ledger.table.name]].to_numpy(),
            "due": schedule.own.due,
            "days": np.asarray(calendar.count_workdays(schedule.own.due, moment), dtype=np.float64),
            "rung": schedule.columns["escalation"].to_numpy(),
            "opened": ledger[ledger.table.opened_by].to_numpy(dtype="datetime64[s]"),
            "closed": _closed(schedule, now),
            "met": schedule.own.done,
        }
    )


def _closed(schedule: Schedule, now: datetime) -> NDArray[np.datetime64]:
    """When a matter was finished, ``now`` at the latest; NaT while it is open, whatever its columns say."""
    ledger = schedule.ledger
    life = ledger.table.life
    closed = ledger[ledger.table.closed_by].to_numpy(dtype="datetime64[s]")
    is_finished = ledger["state"].isin(life.finished).to_numpy() if life else ~np.isnat(closed)
    return np.where(is_finished, np.minimum(closed, np.datetime64(now, "s")), np.datetime64("NaT", "s"))


def _red_list(matters: pd.DataFrame) -> Mapping[str, Objects]:
    red = matters[matters["light"] == "红"]
    red = red.sort_values(["days", "due", "id"], ascending=[False, True, True], kind="stable")
    red = red.head(dashboard.RED_LIST_ROWS)
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
    monday = pd.Timestamp(now).normalize() - pd.Timedelta(days=now.weekday())
    weeks = [monday - pd.Timedelta(weeks=back) for back in reversed(range(dashboard.TREND_WEEKS))]
    opened, closed, met, due = (
        matters[name].to_numpy(dtype="datetime64[s]") for name in ("opened", "closed", "met", "due")
    )
    is_lit = (matters["light"] != "").to_numpy()
    is_paused = (matters["light"] == "灰").to_numpy() & np.isnat(closed)
    rows = []
    for week in weeks:
        end = min(week + pd.Timedelta(weeks=1), pd.Timestamp(now) + pd.Timedelta(seconds=1))  # what is done now is done
        is_open = (opened < end) & ~(closed < end) & is_lit
        is_owed = ~(met < end)
        rows.append(
            (
                _week_name(week, monday),
                float(((opened >= week) & (opened < end)).sum()),
                float(((closed >= week) & (closed < end)).sum()),
                float((is_open & ~is_paused & is_owed & (due < min(end, pd.Timestamp(now)))).sum()),
            )
        )
    columns = zip(*rows, strict=True)
    return {name: np.array(values, dtype=object) for name, values in zip(dashboard.TREND, columns, strict=True)}


def _week_name(week: pd.Timestamp, this_week: pd.Timestamp) -> str:
    if week == this_week:
        return "本周"
    if week == this_week - pd.Timedelta(weeks=1):
        return "上周"
    return f"{week.month}月{(week.day - 1) // 7 + 1}周"


def _departments(schedules: Sequence[Schedule], departments: Sequence[str]) -> Objects:
    """At most seven departments: most 红 first, then most open matters, then as in 通讯录; blank below."""
    counts = []
    for schedule in schedules:
        identifier = dashboard.DEPARTMENT_OF[schedule.ledger.table.name]
        light = schedule.columns["light"].to_numpy()
        who = schedule.ledger[identifier].to_numpy()
        counts.append(pd.DataFrame({"who": who, "light": light})[(light != "") & (light != "灰")])
    open_matters = pd.concat(counts, ignore_index=True)
    counted = (open_matters["light"] == "红").groupby(open_matters["who"]).agg(["sum", "count"])
    ranked = []
    for place, department in enumerate(departments):
        here = counted[counted.index.str.startswith(department)]
        if len(here):
            ranked.append((-int(here["sum"].sum()), -int(here["count"].sum()), place, department))
    names = np.full(dashboard.DEPARTMENT_ROWS, None, dtype=object)
    for place, (*_, department) in enumerate(sorted(ranked)[: dashboard.DEPARTMENT_ROWS]):
        names[place] = department
    return names
