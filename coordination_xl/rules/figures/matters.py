"""All matters of a workbook in one frame: what 看板 and the digest count. Source: SPEC section 3, section 5 ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.rules.timing.schedule import Schedule
    from coordination_xl.worktime import WorkCalendar

NAT = np.datetime64("NaT", "s")
OPEN_LIGHTS = ("红", "黄", "蓝", "绿")
"""The lights of what is being worked on; 灰 is paused or finished, and a draft has none."""


def matters_of(schedules: Sequence[Schedule], calendar: WorkCalendar, now: datetime) -> pd.DataFrame:
    """Every row of every ledger with a life, ledger by ledger, in the order of the sheets.

    Args:
        schedules: of any ledgers; those without a life are left out.
        calendar: the work calendar.
        now: the moment of judgement.

    Returns:
        Columns, blank as :class:`~coordination_xl.schema.Dtype` says; the index is a plain count:

        * ``table``, ``sheet``, ``id``, ``title``, ``state``, ``light``, ``rung`` (升级层级), ``who`` (who answers for it, with
          whoever acts for those on leave), ``home`` (the text by which it counts for a department), ``level`` (保密等级; a
          task has that of the matter it comes from), ``is_on_time``, ``is_on_original`` (是, 否 or ``""``; where a ledger
          keeps no 原定时限, its due times cannot be extended and both are the same): ``str``
        * ``due``, ``opened``, ``finished_at`` (NaT while it is open, whatever its columns say), ``closed`` (the same, but
          ``now`` at the latest: what is finished is so today, whatever day was typed), ``met`` (when its own clock was
          answered): datetime64[s]
        * ``days`` (working days from ``due`` to ``now``, negative before it), ``overdue_workdays``, ``overdue_hours``,
          ``elapsed`` (办结用时, working days): float64
        * ``is_finished``, ``is_paused`` (paused and not finished): bool
    """
    lived = [schedule for schedule in schedules if schedule.ledger.table.life]
    matters = pd.concat([_of_ledger(schedule, calendar, now) for schedule in lived], ignore_index=True)
    levels = matters.loc[matters["id"] != "", ["id", "level"]].drop_duplicates("id").set_index("id")["level"]
    is_task = matters["table"] == "Tasks"
    matters.loc[is_task, "level"] = matters.loc[is_task, "source"].map(levels).fillna("")
    return matters.drop(columns="source")


def _of_ledger(schedule: Schedule, calendar: WorkCalendar, now: datetime) -> pd.DataFrame:
    ledger, columns = schedule.ledger, schedule.columns
    life = ledger.table.life
    moment = np.full(len(ledger), np.datetime64(now, "s"))
    nothing = np.full(len(ledger), np.nan)
    is_finished = ledger["state"].isin(life.finished if life else ()).to_numpy()
    on_time = columns["is_on_time"].to_numpy()
    finished_at = np.where(is_finished, ledger[ledger.table.closed_by].to_numpy(dtype="datetime64[s]"), NAT)
    return pd.DataFrame(
        {
            "table": ledger.table.name,
            "sheet": ledger.sheet,
            "id": ledger.ids,
            "title": ledger["title"].to_numpy(),
            "state": ledger["state"].to_numpy(),
            "light": columns["light"].to_numpy(),
            "rung": columns["escalation"].to_numpy(),
            "who": schedule.answers.to_numpy(),
            "home": ledger[dashboard.DEPARTMENT_OF[ledger.table.name]].to_numpy(),
            "level": ledger["confidentiality"].to_numpy(),
            "source": ledger["source"].to_numpy(),
            "is_on_time": on_time,
            "is_on_original": columns["is_on_original"].to_numpy() if "is_on_original" in columns else on_time,
            "due": schedule.own.due,
            "opened": ledger[ledger.table.opened_by].to_numpy(dtype="datetime64[s]"),
            "finished_at": finished_at,
            "closed": np.minimum(finished_at, moment),
            "met": schedule.own.done,
            "days": np.asarray(calendar.count_workdays(schedule.own.due, moment), dtype=np.float64),
            "overdue_workdays": _numbers(schedule, "overdue_workdays", nothing),
            "overdue_hours": _numbers(schedule, "overdue_hours", nothing),
            "elapsed": _numbers(schedule, "elapsed_workdays", nothing),
            "is_finished": is_finished,
            "is_paused": schedule.pause.is_on & ~is_finished,
        }
    )


def _numbers(schedule: Schedule, identifier: str, nothing: NDArray[np.float64]) -> NDArray[np.float64]:
    """A computed column of numbers; NaN where the ledger has none."""
    column = schedule.columns.get(identifier)
    return nothing if column is None else column.to_numpy(dtype=np.float64)


def reds(matters: pd.DataFrame) -> pd.DataFrame:
    """The 红 matters, the latest first: by working days late, then by due time, then by id."""
    red = matters[matters["light"] == "红"]
    return red.sort_values(["days", "due", "id"], ascending=[False, True, True], kind="stable", ignore_index=True)
