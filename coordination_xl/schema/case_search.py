"""The search of 案例库: its named cells above the table, and the columns in which a word may stand. Source: SPEC A12, B4."""

from __future__ import annotations

WORDS = "Cases_search"
"""One cell: up to :data:`MOST_WORDS` words with blanks between."""

DEPARTMENT = "Cases_department"
"""One cell: a department, or a part of its name."""

MOST_WORDS = 4

FIELDS = (
    "title", "keywords", "department", "outcome", "lessons", "experience", "root_cause", "measures", "source",
)  # fmt: skip
"""Identifiers of 案例库, the one that tells most first."""

NAMES = (WORDS, DEPARTMENT)
