"""Every table of the workbook. Source: SPEC section 3."""

from __future__ import annotations

from coordination_xl.schema.tables.bases import CALENDAR, CONTACTS, FINDINGS, RULES, SETTINGS
from coordination_xl.schema.tables.coordinations import COORDINATIONS
from coordination_xl.schema.tables.emergencies import EMERGENCIES
from coordination_xl.schema.tables.meetings import MEETINGS, RECURRING
from coordination_xl.schema.tables.problems import PROBLEMS
from coordination_xl.schema.tables.records import AUDIT, CASES, DISPATCH, EXTENSIONS, PROGRESS
from coordination_xl.schema.tables.tasks import TASKS

MATTERS = (COORDINATIONS, TASKS, PROBLEMS, MEETINGS, EMERGENCIES)
"""The ledgers whose rows live: they have states, clocks and lights."""

TABLES = (
    *MATTERS,
    RECURRING,
    PROGRESS,
    DISPATCH,
    EXTENSIONS,
    CASES,
    CONTACTS,
    RULES,
    CALENDAR,
    SETTINGS,
    FINDINGS,
    AUDIT,
)
"""All tables, in the order of their sheets."""

BY_NAME = {table.name: table for table in TABLES}
BY_SHEET = {table.sheet: table for table in TABLES}

__all__ = [
    "AUDIT",
    "BY_NAME",
    "BY_SHEET",
    "CALENDAR",
    "CASES",
    "CONTACTS",
    "COORDINATIONS",
    "DISPATCH",
    "EMERGENCIES",
    "EXTENSIONS",
    "FINDINGS",
    "MATTERS",
    "MEETINGS",
    "PROBLEMS",
    "PROGRESS",
    "RECURRING",
    "RULES",
    "SETTINGS",
    "TABLES",
    "TASKS",
]
