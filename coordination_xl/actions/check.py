"""校验: every fault at once, each with its cell; on request what is unambiguous is mended. Source: SPEC section 5."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.changing.audit import audit_rows
from coordination_xl.actions.changing.mending import mended
from coordination_xl.actions.changing.settling import drafted
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet, Link, TableReplaced
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.checks import check_all
from coordination_xl.schema.tables import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.timing.schedule import Plan

VERB = "校验"


def check(
    book: Book,
    now: datetime,
    *,
    fix: bool = False,
    actor: str = "",
    ledgers: Ledgers | None = None,
    plan: Plan | None = None,
) -> Result:
    """Find everything that is wrong, and list it on 校验结果.

    Args:
        book: the workbook.
        now: the moment of judgement.
        fix: also mend what has only one meaning: dates and numbers typed as text, synonyms, full-width ids and names,
            other names of a department. Every mended cell is a change of the user's cells, and audited.
        actor: who asks, for 修改记录.
        ledgers: the book's ledgers, where they were read already.
        plan: their schedules, where they were computed already.

    Returns:
        All findings (those mended included: they were there); the changes of 校验结果, which lists those that are left,
        and of the mended cells.

    Raises:
        StructureError: the workbook lacks a sheet, table or column.
    """
    ledgers = ledgers or Ledgers.read(book)
    findings = check_all(ledgers, now, plan)
    repairs = mended(ledgers, book) if fix else ()
    changes = ChangeSet(
        columns=repairs,
        added=audit_rows(ledgers, repairs, VERB, actor, now),
        replaced=_listing(
            ledgers, check_all(Ledgers.read(drafted(book, ChangeSet(columns=repairs))), now) if repairs else findings
        ),
    )
    return Result(
        verb="check",
        book=book.name,
        changes=changes,
        findings=findings,
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "errors": sum(each.is_error for each in findings),
            "reminders": sum(not each.is_error for each in findings),
            "kinds": dict(Counter(each.code for each in findings).most_common()),
            "mended": sum(len(change.rows) for change in repairs),
            "rows": {ledger.sheet: len(ledger) for ledger in ledgers.matters},
        },
    )


def _listing(ledgers: Ledgers, findings: Sequence[Finding]) -> tuple[TableReplaced, ...]:
    """The new body of 校验结果; nothing where it stands there already."""
    listing = ledgers["Findings"]
    columns: dict[str, list[object]] = {
        "severity": [each.severity for each in findings],
        "sheet": [each.sheet for each in findings],
        "record": [each.id or None for each in findings],
        "row": [float(each.row) for each in findings],
        "header": [each.column for each in findings],
        "message": [each.message for each in findings],
        "value": [each.value or None for each in findings],
        "suggestion": [each.suggestion for each in findings],
        "code": [each.code for each in findings],
        "link": [Link(_target(each), each.address) for each in findings],
    }
    stands = [tuple(record) for record in zip(*(listing.typed[name] for name in columns), strict=True)]
    wanted = [tuple(_cell(value) for value in record) for record in zip(*columns.values(), strict=True)]
    if stands == wanted:
        return ()
    headers = tuple(listing.headers[column.identifier] for column in FINDINGS.columns)
    return (TableReplaced("Findings", headers, tuple(_objects(columns[c.identifier]) for c in FINDINGS.columns)),)


def _target(found: Finding) -> str:
    quoted = found.sheet.replace("'", "''")
    return f"'{quoted}'!{found.address}"


def _cell(value: object) -> object:
    return value.text if isinstance(value, Link) else value


def _objects(values: Sequence[object]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells
