"""协调台账."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbooks.demo import clock, feedback, tasks
from workbooks.demo.coordination_texts import FINISHED
from workbooks.demo.matters import Matter, Row
from workbooks.demo.open_coordination_texts import OPEN
from workbooks.demo.roster import follower_of

if TYPE_CHECKING:
    from random import Random

    from workbooks.demo.shapes import Coordination

_AGREED = ("已达成共识", "执行中", "已完成", "已归档")
_OVER = ("已完成", "已归档")


def build(rng: Random) -> list[Matter]:
    """Every coordination of 2026."""
    return [_build_one(rng, told) for told in (*FINISHED, *OPEN)]


def _build_one(rng: Random, told: Coordination) -> Matter:
    raised_at = clock.during(rng, clock.workday(told.raised), "09:10", "16:20")
    if told.raised == "11-19":
        raised_at = clock.during(rng, raised_at.date(), "14:00", "17:30")
    by = clock.resolve(raised_at.date(), told.by)
    follow_up = follower_of(told.initiator)
    row: Row = {
        "title": told.title,
        "state": told.state,
        "initiator": told.initiator,
        "receivers": told.receivers,
        "background": told.background,
        "goal": told.goal,
        "consensus_by": clock.midnight(by),
        "urgency": told.urgency,
        "discussion": told.discussion,
        "remarks": told.remarks,
        "initial_needs": told.needs,
        "follow_up": follow_up if told.state != "草稿" else "",
        "feedback_terms": told.terms,
        "work_type": told.work,
        "scenario": told.scenario,
        "confidentiality": told.level,
        "version": float(told.version),
        "raised_at": raised_at,
    }
    matter = Matter(row, learning=told.learning)
    if told.jobs:
        _agree(rng, told, matter, follow_up)
    row["outcome"], row["lessons"], row["experience"] = told.learning
    row["pause_reason"], paused_on = told.paused
    row["paused_at"] = clock.instant(f"{paused_on} 15:20") if paused_on else ""
    return matter


def _agree(rng: Random, told: Coordination, matter: Matter, follow_up: str) -> None:
    """Agreement, tasks, feedback, end."""
    row = matter.row
    agreed_day = clock.shift(clock.workday(told.raised), told.agree)
    agreed_at = clock.during(rng, agreed_day, "10:00", "16:00")
    planned = tasks.plan(rng, told.jobs, agreed_at)
    row["agreement"] = tasks.in_sentences(planned)
    row.update(tasks.parts(planned))
    row["agreed_at"] = agreed_at if told.state in _AGREED else ""
    if told.state != "已达成共识":
        matter.planned = planned
    end = clock.workday(told.last)
    if told.state in _OVER:
        done_at = tasks.finished_at(rng, planned)
        row["done_at"] = done_at
        end = clock.shift(done_at, -1)
    matter.reports = feedback.reports(rng, follow_up, told.notes, agreed_day, end)
    row["progress"] = feedback.as_log(matter.reports)
