"""A finding: one thing wrong in a ledger, with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.schema.faults import ERROR

if TYPE_CHECKING:
    from collections.abc import Mapping


LONGEST_QUOTATION = 200
"""Characters of a cell that a message quotes; its ``value`` has them all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one cell.

    Attributes:
        sheet: name of the sheet as it is in the workbook.
        table: ASCII table name.
        row: sheet row, 1-based; 0 where the whole table is meant.
        id: the row's id, ``""`` where it has none.
        column: the header as it stands in the workbook.
        address: the cell, for example ``C5``.
        code: stable name of the fault.
        severity: 错误 or 提醒.
        message: what is wrong, in Chinese.
        value: what stands in the cell, as a person would read it.
        suggestion: what would be right, in Chinese.
    """

    sheet: str
    table: str
    row: int
    id: str
    column: str
    address: str
    code: str
    severity: str
    message: str
    value: str
    suggestion: str

    @property
    def is_error(self) -> bool:
        """Whether it must be mended, not only looked at."""
        return self.severity == ERROR


def shown(value: object) -> str:
    """A cell value as a person reads it: dates without a needless clock, whole numbers without a point."""
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, datetime):
        has_clock = (value.hour, value.minute, value.second) != (0, 0, 0)
        return f"{value:%Y-%m-%d %H:%M}" if has_clock else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return "" if value != value else f"{value:.12g}"  # NaN is the one value unlike itself
    return str(value)


def _short(text: str) -> str:
    """A quotation that a sentence can hold: one line, not without end."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTATION else line[: LONGEST_QUOTATION - 1] + "…"


def quoted(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as a sentence can hold them: texts on one line, and not without end."""
    return {name: _short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
