"""The words of a meeting that a rule of 例会 brings about: its title, goal, agenda and remark. Source: SPEC A3, A13."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple


class Standing(NamedTuple):
    """What a kind of standing meeting is for, where its rule does not say."""

    goal: str
    agenda: str


WEEKLY = Standing("通报上周进展，明确本周任务和需协调的事项", "1.上周总结；2.本周计划；3.需配合事项")
MONTHLY = Standing("对照计划检查当月进度，明确下月计划和风险应对", "1.当月进度；2.风险和问题；3.下月计划")
TOPICAL = Standing("协商跨部门事项，形成决议", "1.上次决议落实情况；2.本次需协商的事项")

BY_TYPE = {"部门周会": WEEKLY, "项目月度会": MONTHLY}
"""Kinds of meetings that are held by rule and need no application. Source: SPEC A3, rule A13 of 时限规则."""

_REFERENCE = re.compile(r"例会\s*(?P<rule>.+?)\s*[（(](?P<day>\d{4}-\d{2}-\d{2})[）)]")


def title_of(name: str, day: date) -> str:
    """``技术部周会（11月23日）``."""
    return f"{name}（{_month_and_day(day)}）"


def remark_of(rule: str, planned: date, held: date, reason: str, unknown_year: int = 0) -> str:
    """Which rule and which of its dates brought the meeting about, where it was moved to, and whether that is provisional.

    Args:
        rule: id of the row of 例会.
        planned: the date by the rule.
        held: the date after it was moved off a rest day.
        reason: why the planned date is a rest day; used only where it is not ``held``.
        unknown_year: the year whose official calendar is missing, 0 where none is.
    """
    way = "顺延" if held > planned else "提前"
    moved = f"；原定{_month_and_day(planned)}（{reason}），{way}至{_month_and_day(held)}" if held != planned else ""
    provisional = f"；{PROVISIONAL}，{unknown_year}年节假日公布后核对" if unknown_year else ""
    return f"例会 {rule}（{planned:%Y-%m-%d}）{moved}{provisional}"


PROVISIONAL = "暂定"


def reference_in(remark: str) -> tuple[str, date] | None:
    """The rule and the planned date that a remark names; ``None`` where it names none."""
    match = _REFERENCE.search(remark)
    if match is None:
        return None
    try:
        return match["rule"], date.fromisoformat(match["day"])
    except ValueError:  # a date that a person has edited into nonsense
        return None


def _month_and_day(day: date) -> str:
    return f"{day.month}月{day.day}日"
