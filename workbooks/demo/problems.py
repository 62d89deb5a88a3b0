"""问题台账."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbooks.demo import clock, feedback, tasks
from workbooks.demo.duties import basis
from workbooks.demo.matters import Matter, Row
from workbooks.demo.open_problem_texts import OPEN
from workbooks.demo.problem_texts import SOLVED
from workbooks.demo.roster import head_of, leader_of

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from workbooks.demo.shapes import Problem

_SOLVED = ("待验收", "已办结", "已归档")
_ACCEPTED = ("已办结", "已归档")


def build(rng: Random) -> list[Matter]:
    """Every problem of 2026."""
    return [_build_one(rng, told) for told in (*SOLVED, *OPEN)]


def _build_one(rng: Random, told: Problem) -> Matter:
    day = clock.workday(told.raised)
    raised_at = clock.during(rng, day, "09:10", "16:40" if day <= clock.LAST_WORKDAY else "09:40")
    row: Row = {
        "title": told.title,
        "state": told.state,
        "raiser": told.raiser,
        "background": told.background,
        "situation": told.situation,
        "impact": told.impact,
        "urgency": told.urgency,
        "wished_by": clock.midnight(clock.resolve(day, told.wished)),
        "attachments": told.attachments,
        "confidentiality": told.level,
        "raised_at": raised_at,
        "remarks": told.remarks,
    }
    matter = Matter(row, learning=told.learning)
    if told.lead:
        _dispatch(rng, told, matter, raised_at)
    row["outcome"], row["lessons"], row["experience"] = told.learning
    reason, paused_on, resumed_on = told.paused
    row["pause_reason"] = reason
    row["paused_at"] = clock.instant(f"{paused_on} 16:10") if paused_on else ""
    row["resumed_at"] = clock.instant(f"{resumed_on} 09:30") if resumed_on else ""
    return matter


def _dispatch(rng: Random, told: Problem, matter: Matter, raised_at: datetime) -> None:
    row = matter.row
    is_same_day = raised_at.hour < 11 and rng.random() < 0.5
    dispatched_at = (
        clock.during(rng, raised_at.date(), "14:00", "17:30")
        if is_same_day
        else clock.during(rng, clock.shift(raised_at, 1), "09:10", "14:40")
    )
    due = clock.resolve(dispatched_at.date(), told.due)
    row.update(
        {
            "lead_department": told.lead,
            "coordinating_department": told.lead if told.coop else "",
            "cooperating": told.coop,
            "leader": leader_of(told.lead),
            "basis": basis(told.lead, told.duty),
            "responsible": told.who,
            "deadline": clock.at_close(due),
            "acceptance": told.standard,
            "dispatched_at": dispatched_at,
            "solution": told.solution,
            "verification": told.verification,
        }
    )
    end = clock.workday(told.last)
    if told.state in _SOLVED:
        early = 0 if told.late else rng.choice((0, 0, 1, 1, 2))
        solved_day = min(clock.shift(due, told.late or -early), clock.shift(clock.LAST_WORKDAY, -1))
        solved_day = max(solved_day, min(clock.shift(dispatched_at, 1), due))
        solved_at = clock.during(rng, solved_day, "16:30", "17:40")
        row["solved_at"] = solved_at
        end = min(end, solved_day)
    if told.state in _ACCEPTED:
        accepted_day = min(clock.shift(solved_day, rng.choice((1, 1, 2))), clock.LAST_WORKDAY)
        row["accepted_at"] = clock.during(rng, accepted_day, "09:20", "16:30")
        row["verdict"] = told.verdict
    planned = tasks.plan(rng, told.jobs, dispatched_at) if told.jobs else []
    matter.planned = [_no_later(rng, one, end) for one in planned] if told.state in _SOLVED else planned
    reporter = told.who or head_of(told.lead)
    matter.reports = feedback.reports(rng, reporter, told.notes, dispatched_at.date(), end)
    matter.case = {
        "department": told.lead,
        "keywords": told.keywords,
        "root_cause": told.root,
        "measures": told.solution,
    }


def _no_later(rng: Random, one: tasks.Planned, day: object) -> tasks.Planned:
    """A task of a solved problem is finished by the day it was solved."""
    if one.done_at is None or str(one.done_at.date()) < str(day):
        return one
    done = max(clock.shift(clock.calendar_day(str(day)[5:]), -1), one.created_at.date())
    return tasks.Planned(
        one.job,
        one.due,
        one.created_at,
        max(clock.during(rng, done, "14:00", "14:50"), clock.after(one.created_at, 0.5)),
    )
