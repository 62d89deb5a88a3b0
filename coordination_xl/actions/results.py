"""What a verb gives back: everything it found and would change, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.ledger.findings import Finding


@dataclass(frozen=True)
class Result:
    """The outcome of a verb on one workbook. Nothing is written until ``book.apply(result.changes)``.

    Attributes:
        verb: which verb.
        book: what messages call the workbook.
        changes: what it would write.
        findings: what is wrong in the workbook.
        sheets: table name → sheet name, to tell people where.
        summary: figures for people and scripts.
    """

    verb: str
    book: str
    changes: ChangeSet
    findings: tuple[Finding, ...] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, object] = field(default_factory=dict)
