"""What a new workbook's base tables begin with: the mechanism's time limits, the settings, the State Council's days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema.settings import SETTINGS_ROWS
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.vocabulary import YEAR_STATUS, YES_NO
from coordination_xl.worktime import china_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_YES, _OFFICIAL = YES_NO.words[0], YEAR_STATUS.words[0]
_BLANK_ROW: Mapping[str, object] = {}


def rows_of(table: str, given: Mapping[str, Sequence[Row]]) -> Sequence[Row]:
    """The rows a table is built with; at least one, for an Excel table without a row is damaged.

    Args:
        table: its ASCII name.
        given: rows by table; a table that is not named here, or has none, gets its first contents.
    """
    rows = given.get(table) or _first_contents(table)
    return rows or (_BLANK_ROW,)


def _first_contents(table: str) -> Sequence[Row]:
    if table == "Rules":
        return [{**timer._asdict(), "is_active": _YES, "basis": timer.basis} for timer in TIMERS]
    if table == "Settings":
        return [setting._asdict() for setting in SETTINGS_ROWS]
    if table == "Calendar":
        return _official_days()
    return ()


def _official_days() -> list[Row]:
    days = china_days()
    return [
        {
            "date": date,
            "weekday": WEEKDAYS[date.weekday()],
            "kind": kind,
            "name": name,
            "basis": source,
            "year_status": _OFFICIAL,
        }
        for date, kind, name, source in zip(days["date"], days["kind"], days["name"], days["source"], strict=True)
    ]
