"""节假日, understood: the work calendar that every rule counts by. Source: SPEC section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.errors import RuleError
from coordination_xl.rules.settings import read_hours
from coordination_xl.schema import faults
from coordination_xl.worktime import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.settings import Settings

_STATE_COUNCIL = "国务院|国办"
_MAKE_UP = "班"
HOURS_OF_A_DAY = "09:00-12:00"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def calendar_of(holidays: Ledger, settings: Settings) -> WorkCalendar:
    """The calendar that 节假日 and 参数 describe.

    Args:
        holidays: the 节假日 ledger; rows without a date or kind are passed over here, ``check`` names them.
        settings: hours and week.

    Raises:
        CalendarError: one date is both 休 and 班 from the same source, or the hours overlap.
        RuleError: a 工作时段 cannot be understood.
    """
    for row, text in holidays["hours"].items():
        if text and _hours(text) is None:
            raise RuleError(
                f"工作表“{holidays.sheet}”第 {row} 行", f"工作时段“{text}”无法理解", f"应像：{HOURS_OF_A_DAY}"
            )
    return WorkCalendar(special_days(holidays), week=settings.week, hours=settings.hours)


def special_days(holidays: Ledger) -> pd.DataFrame:
    """The 节假日 ledger as the days of a :class:`WorkCalendar`.

    Returns:
        ``date``, ``is_workday``, ``hours`` (segments or ``None``), ``is_company`` (the 依据 is not a notice of the
        State Council), ``is_forecast`` (年份状态 is 预测), ``name``.
    """
    frame = holidays.frame
    kept = frame[frame["date"].notna() & frame["kind"].isin(["休", _MAKE_UP])]
    return pd.DataFrame(
        {
            "date": kept["date"].dt.normalize(),
            "is_workday": kept["kind"] == _MAKE_UP,
            "hours": [_hours(text) for text in kept["hours"]],
            "is_company": ~kept["basis"].str.contains(_STATE_COUNCIL),
            "is_forecast": kept["year_status"] == "预测",
            "name": kept["name"],
        }
    )


def weekday_names(dates: pd.Series) -> pd.Series:
    """周一 … 周日 for each date, ``""`` for NaT."""
    names = np.array([*WEEKDAYS, ""], dtype=object)
    return pd.Series(names[dates.dt.day_of_week.fillna(7).astype(int)], index=dates.index, dtype=object)


def check_calendar(holidays: Ledger, settings: Settings) -> list[Finding]:
    """Days that contradict themselves or cannot be read, and make-up days that are worked anyhow. Source: SPEC section 4."""
    days = special_days(holidays)
    conflicts = _conflicts(days)
    rests = days["date"][~days["is_workday"]]
    is_plain = days["date"].dt.day_of_week.isin(settings.week) & ~days["date"].isin(rests)
    weekdays = weekday_names(days["date"])
    idle = days["is_workday"] & is_plain & (holidays["hours"][days.index] == "")
    unread = [row for row, text in holidays["hours"].items() if text and _hours(text) is None]
    return [
        *(
            holidays.finding(faults.BROKEN_SETTING, int(row), "hours", key="工作时段", example=HOURS_OF_A_DAY)
            for row in holidays.flagged("hours", holidays.frame.index.isin(unread))
        ),
        *(
            holidays.finding(faults.CALENDAR_CONFLICT, row, "kind", date=_written(days, row), conflict=conflict)
            for row, conflict in conflicts.items()
        ),
        *(
            holidays.finding(
                faults.MAKEUP_ON_WEEKDAY, int(row), "kind", date=_written(days, row), weekday=weekdays[row]
            )
            for row in days.index[idle]
        ),
    ]


def _conflicts(days: pd.DataFrame) -> Mapping[int, str]:
    """Sheet row → what contradicts itself there: what :class:`WorkCalendar` refuses."""
    conflicts: dict[int, str] = {}
    for _, same in days.groupby(["date", "is_company"], sort=False):
        if len(set(same["is_workday"])) > 1:
            conflicts |= dict.fromkeys(same.index, "同时被列为“休”和“班”")
        elif len(set(same["hours"])) > 1:
            conflicts |= dict.fromkeys(same.index, "写了两种工作时段")
    has_idle_hours = days["hours"].notna() & ~days["is_workday"]
    return conflicts | {row: "是“休”，却写了工作时段" for row in days.index[has_idle_hours] if row not in conflicts}


def _written(days: pd.DataFrame, row: int) -> str:
    return f"{pd.Timestamp(days['date'][row]):%Y-%m-%d}"


def _hours(text: str) -> tuple[tuple[str, str], ...] | None:
    try:
        return read_hours(text) if text else None
    except ValueError:
        return None
