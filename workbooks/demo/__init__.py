"""The demo's office life: 示例科技有限公司 through 2026, as it stands on Friday 20 November, 10:00.

:func:`demo_rows` is what the demo workbook shows, the clerks' mistakes included; :func:`clean_rows` is the same without
them. Both are seeded and read no clock. Only the user's columns are told; the program computes the rest.
"""

from __future__ import annotations

from random import Random

from workbooks.demo import (
    cases,
    coordinations,
    dispatches,
    emergencies,
    extensions,
    feedback,
    meetings,
    problems,
    roster,
    tasks,
)
from workbooks.demo.clock import NOW
from workbooks.demo.faults import PLANNED_FAULTS, plant
from workbooks.demo.matters import Matter, Row, number, number_rows
from workbooks.demo.seed_row import SEED_ROW

__all__ = ["NOW", "PLANNED_FAULTS", "clean_rows", "demo_rows"]

SEED = 2026


def demo_rows() -> dict[str, list[Row]]:
    """Table name → rows in order, each identifier → ``str``, ``float`` or ``datetime``; blanks are left out."""
    return plant(clean_rows())


def clean_rows() -> dict[str, list[Row]]:
    """The rows as nobody's mistake ever touched them."""
    rng = Random(SEED)
    groups = {
        "Coordination": number(coordinations.build(rng), "XT", "raised_at"),
        "Problems": number(problems.build(rng), "WT", "raised_at"),
        "Meetings": number(meetings.build(rng), "HY", "applied_at"),
        "Emergencies": number(emergencies.build(rng), "JJ", "discovered_at"),
    }
    ledgers = {table: [matter.row for matter in matters] for table, matters in groups.items()}
    ledgers["Coordination"].insert(0, dict(SEED_ROW))
    ledgers["Tasks"] = number_rows(_task_rows(groups), "RW", "created_at")
    records = {
        "Recurring": meetings.recurring(),
        "Progress": _progress_rows(rng, groups, ledgers["Tasks"]),
        "Dispatch": dispatches.build(rng, ledgers),
        "Extensions": extensions.build(rng, ledgers),
        "Cases": cases.build(rng, groups),
        "Contacts": roster.contacts(),
    }
    return {table: [_filled(row) for row in rows] for table, rows in (ledgers | records).items()}


def _task_rows(groups: dict[str, list[Matter]]) -> list[Row]:
    return [
        tasks.row_of(one, matter.row["id"], str(matter.row.get("urgency", "一般")))
        for matters in groups.values()
        for matter in matters
        for one in matter.planned
    ]


def _progress_rows(rng: Random, groups: dict[str, list[Matter]], task_rows: list[Row]) -> list[Row]:
    ids = {(row["title"], row["source"]): row["id"] for row in task_rows}
    rows: list[Row] = []
    for matters in groups.values():
        for matter in matters:
            source = matter.row["id"]
            rows += [report.row(source) for report in matter.reports]
            for one in matter.planned:
                rows += [report.row(ids[one.job.title, source]) for report in feedback.of_task(rng, one)]
    return sorted(rows, key=lambda row: str(row["reported_at"]))


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value != ""}
