"""A matter as it leaves its builder: its row and all that hangs on it, before ids are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbooks.demo.feedback import Report
    from workbooks.demo.shapes import Learning
    from workbooks.demo.tasks import Planned

Row = dict[str, object]


@dataclass(slots=True)
class Matter:
    """One row of a ledger with its tasks and its feedback.

    Attributes:
        row: identifier → value.
        planned: its tasks; they become rows of 任务跟踪表.
        reports: its feedback.
        learning: what the case library keeps, if anything.
        case: more columns of its case.
    """

    row: Row
    planned: list[Planned] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    learning: Learning = ("", "", "")
    case: Row = field(default_factory=dict)


def number(matters: Iterable[Matter], prefix: str, moment: str) -> list[Matter]:
    """Give ids in the order in which the matters came up."""
    found = sorted(matters, key=lambda one: str(one.row[moment]))
    for place, one in enumerate(found, start=1):
        one.row["id"] = f"{prefix}-2026-{place:04d}"
    return found


def number_rows(rows: list[Row], prefix: str, moment: str) -> list[Row]:
    """The same for plain rows."""
    rows = sorted(rows, key=lambda row: str(row[moment]))
    return [{"id": f"{prefix}-2026-{place:04d}"} | row for place, row in enumerate(rows, start=1)]
