"""The figures of a week for leaders: how things stand, what moved, what is late, what comes next.

Source: SPEC section 5, ``report``.

What is counted here is counted as 看板 counts it. Compared with last week is only what the ledgers still tell of last week, see
:mod:`coordination_xl.rules.figures.trends`: lights and missed feedback of an earlier day are kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.archive.case_rows import is_restricted
from coordination_xl.rules.figures import outcomes
from coordination_xl.rules.figures.departments import by_department
from coordination_xl.rules.figures.matters import OPEN_LIGHTS, matters_of, reds
from coordination_xl.rules.figures.next_rungs import next_rungs
from coordination_xl.rules.figures.trends import Period, months_to, trend, week_after, week_of, weeks_to
from coordination_xl.rules.timing.extensions import PENDING, Extension, judged
from coordination_xl.schema import dashboard
from coordination_xl.schema.states import EMERGENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.rules.figures.outcomes import Outcome
    from coordination_xl.rules.timing.schedule import Plan

MONTHS = 12


@dataclass(frozen=True)
class Figures:
    """What stands in the report of one week.

    Frames of matters have the columns of :func:`~coordination_xl.rules.figures.matters.matters_of` and of
    :func:`~coordination_xl.rules.figures.next_rungs.next_rungs`, and ``is_restricted`` (bool: 秘密, 机密, or a level that nobody
    knows).

    Attributes:
        now: the moment they stand for.
        week: the ISO week that it is in.
        lights: how many matters have each light; of 灰 those that are paused.
        weeks: the trend of :data:`~coordination_xl.schema.dashboard.TREND_WEEKS` weeks, the present one last.
        months: the trend of twelve months, the present one last.
        departments: see :func:`~coordination_xl.rules.figures.departments.by_department`.
        ages: 红 matters by working days late, label → count; overdue by hours counts as the first day.
        recent: the last 30 days.
        recent_before: the 30 days that ended a week ago.
        month: the calendar month so far.
        year: the calendar year so far.
        twelve_months: the months of the monthly trend.
        red: the 红 matters, the latest first.
        behind: the 黄 matters, by due time.
        due_this_week: open matters that are not overdue and due from today to Sunday.
        due_next_week: open matters that are due in the week after.
        paused: paused matters, by id; more columns: ``paused_at`` (datetime64[s]), ``pause_reason`` (``str``).
        risks: open matters of which the latest word is a major risk; more columns: ``reported_at`` (datetime64[s]),
            ``reporter``, ``risk`` (``str``).
        emergencies: found in this week, or not yet resolved; more columns: ``emergency_type``, ``impact_level`` (``str``),
            ``controlled_at``, ``resolved_at`` (datetime64[s]).
        meetings: those of next week that were not rejected, by time; more columns: ``starts_at`` (datetime64[s]), ``place``,
            ``host`` (``str``).
        applications: meetings that nobody has approved yet and that are still ahead; columns as for ``meetings``.
        granted: extensions granted in this week, as far as they count; by matter, ``of_id`` has them.
        pending: extensions that nobody has decided, in the order in which they were asked for.
        of_id: id → its row in a frame of all matters, for extensions.
    """

    now: datetime
    week: Period
    lights: Mapping[str, int]
    weeks: pd.DataFrame
    months: pd.DataFrame
    departments: pd.DataFrame
    ages: Mapping[str, int]
    recent: Outcome
    recent_before: Outcome
    month: Outcome
    year: Outcome
    twelve_months: Outcome
    red: pd.DataFrame
    behind: pd.DataFrame
    due_this_week: pd.DataFrame
    due_next_week: pd.DataFrame
    paused: pd.DataFrame
    risks: pd.DataFrame
    emergencies: pd.DataFrame
    meetings: pd.DataFrame
    applications: pd.DataFrame
    granted: tuple[Extension, ...]
    pending: tuple[Extension, ...]
    of_id: pd.DataFrame

    @property
    def open(self) -> int:
        """在办: what is neither paused nor finished and has a light."""
        return sum(self.lights[light] for light in OPEN_LIGHTS)


def figures_of(ledgers: Ledgers, plan: Plan, now: datetime) -> Figures:
    """Count them.

    Args:
        ledgers: the workbook's ledgers.
        plan: their schedules at ``now``.
        now: the moment of judgement.
    """
    calendar = plan.basis.calendar
    lived = [schedule for schedule in plan.schedules if schedule.ledger.table.life]
    rungs = pd.concat([next_rungs(schedule, calendar) for schedule in lived], ignore_index=True)
    matters = pd.concat([matters_of(lived, calendar, now), rungs], axis=1)
    matters["is_restricted"] = [is_restricted(level) for level in matters["level"]]
    week = week_of(now)
    after = week_after(week)
    departments = [name for name in dict.fromkeys(ledgers["Contacts"]["department"]) if name]
    counted = matters[(matters["light"] != "") & ~matters["is_finished"]]
    ahead = matters[matters["light"].isin(("黄", "蓝", "绿"))].sort_values(["due", "id"], kind="stable")
    today = np.datetime64(now, "D").astype("datetime64[s]")
    extensions = judged(ledgers["Extensions"], plan.basis.approvers, calendar, now)
    return Figures(
        now=now,
        week=week,
        lights={light: int((counted["light"] == light).sum()) for light in (*OPEN_LIGHTS, "灰")},
        weeks=trend(matters, weeks_to(now, dashboard.TREND_WEEKS), now),
        months=trend(matters, months_to(now, MONTHS), now),
        departments=by_department(matters, departments),
        ages=ages(matters),
        recent=outcomes.recent(matters, now),
        recent_before=outcomes.recent(matters, now - timedelta(weeks=1)),
        month=outcomes.this_month(matters, now),
        year=outcomes.this_year(matters, now),
        twelve_months=outcomes.twelve_months(matters, now),
        red=reds(matters),
        behind=ahead[ahead["light"] == "黄"],
        due_this_week=ahead[_within(ahead["due"], today, week.end)],
        due_next_week=ahead[_within(ahead["due"], after.start, after.end)],
        paused=_paused(ledgers, matters),
        risks=_risks(plan, matters),
        emergencies=_emergencies(ledgers, matters, week, now),
        meetings=_meetings(ledgers, matters, after.start, after.end),
        applications=_applications(ledgers, matters, now),
        granted=tuple(each for each in extensions if each.is_valid and _is_in(each, week)),
        pending=tuple(each for each in extensions if each.decision == PENDING),
        of_id=matters[matters["id"] != ""].drop_duplicates("id").set_index("id", drop=False),
    )


def ages(matters: pd.DataFrame) -> dict[str, int]:
    """账龄: 红 matters by ``overdue_workdays``; see :data:`~coordination_xl.schema.dashboard.AGES`."""
    late = matters.loc[matters["light"] == "红", "overdue_workdays"].fillna(1)
    return {
        label: int(((late > over) & (late <= (np.inf if up_to is None else up_to))).sum())
        for label, over, up_to in dashboard.AGES
    }


def _within(moments: pd.Series, start: datetime | np.datetime64, end: datetime) -> pd.Series:
    return (moments >= start) & (moments < end)


def _of_table(ledgers: Ledgers, matters: pd.DataFrame, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """The matters of one ledger with more of its columns. The rows of both stand in the same order."""
    here = matters[matters["table"] == name]
    more = ledgers[name].frame[list(columns)].set_index(here.index)
    return pd.concat([here, more], axis=1)


def _paused(ledgers: Ledgers, matters: pd.DataFrame) -> pd.DataFrame:
    found = [
        _of_table(ledgers, matters, name, ("paused_at", "pause_reason"))
        for name in ("Coordination", "Tasks", "Problems")
    ]
    paused = pd.concat(found)
    return paused[paused["is_paused"]].sort_values("id", kind="stable")


def _risks(plan: Plan, matters: pd.DataFrame) -> pd.DataFrame:
    """One row a matter that is at risk, its task's row and its own told once: the one that was reported on."""
    told = pd.concat([schedule.risks for schedule in plan.schedules if schedule.ledger.table.life])
    told = told[told.index == told["source"]].drop(columns="source")
    return matters.merge(told, left_on="id", right_index=True).sort_values("reported_at", kind="stable")


def _emergencies(ledgers: Ledgers, matters: pd.DataFrame, week: Period, now: datetime) -> pd.DataFrame:
    more = ("emergency_type", "impact_level", "controlled_at", "resolved_at")
    found = _of_table(ledgers, matters, "Emergencies", more)
    is_going_on = found["state"].isin(EMERGENCY.states[: EMERGENCY.states.index("已解决")])
    found = found[(_within(found["opened"], week.start, week.end) & (found["opened"] <= now)) | is_going_on]
    return found.sort_values(["opened", "id"], kind="stable")


def _meetings(ledgers: Ledgers, matters: pd.DataFrame, start: datetime, end: datetime) -> pd.DataFrame:
    found = _of_table(ledgers, matters, "Meetings", ("starts_at", "place", "host"))
    found = found[_within(found["starts_at"], start, end) & (found["state"] != "驳回")]
    return found.sort_values(["starts_at", "id"], kind="stable")


def _applications(ledgers: Ledgers, matters: pd.DataFrame, now: datetime) -> pd.DataFrame:
    found = _of_table(ledgers, matters, "Meetings", ("starts_at", "place", "host"))
    found = found[(found["state"] == "申请") & (found["starts_at"] > now)]
    return found.sort_values(["starts_at", "id"], kind="stable")


def _is_in(extension: Extension, week: Period) -> bool:
    return bool(np.datetime64(week.start, "s") <= extension.decided_at < np.datetime64(week.end, "s"))
