"""紧急事项台账."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from workbooks.demo import clock, tasks
from workbooks.demo.emergency_texts import EMERGENCIES
from workbooks.demo.feedback import Report
from workbooks.demo.matters import Matter, Row
from workbooks.demo.roster import department_of, leader_of

if TYPE_CHECKING:
    from random import Random

    from workbooks.demo.shapes import Emergency


def build(rng: Random) -> list[Matter]:
    """Every emergency of 2026."""
    return [_build_one(rng, told) for told in EMERGENCIES]


def _build_one(rng: Random, told: Emergency) -> Matter:
    row: Row = {
        "title": told.title,
        "state": told.state,
        "finder": told.finder,
        "emergency_type": told.kind,
        "impact_level": told.impact,
        "description": told.description,
        "first_measures": told.first_measures,
        "leader": leader_of(department_of(told.finder)),
        "team": told.team,
        "team_head": told.head,
        "plan": told.plan,
        "resources": told.resources,
        "confidentiality": told.level,
        "discovered_at": clock.instant(told.discovered),
        "first_told_at": clock.instant(told.told),
        "reported_at": clock.instant(told.reported),
        "plan_approved_at": clock.instant(told.approved),
        "controlled_at": clock.instant(told.controlled),
        "escalated_at": clock.instant(told.escalated),
        "resolved_at": clock.instant(told.resolved),
        "reviewed_at": clock.instant(told.reviewed),
        "course": told.course,
        "root_cause": told.root,
        "remarks": told.remarks,
    }
    matter = Matter(row, learning=told.learning)
    reviewed_at = row["reviewed_at"]
    if isinstance(reviewed_at, datetime):
        matter.planned = tasks.plan(rng, told.jobs, reviewed_at)
        row["measures"] = tasks.in_sentences(matter.planned)
        row.update(tasks.parts(matter.planned))
    for when, text in told.notes:
        reported_at = clock.instant(when)
        if isinstance(reported_at, datetime):
            matter.reports.append(Report(reported_at, told.head, text))
    matter.case = {
        "department": department_of(told.head or told.finder),
        "keywords": told.keywords,
        "root_cause": told.root,
        "measures": row.get("measures", ""),
    }
    return matter
