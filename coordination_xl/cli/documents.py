"""Results as JSON documents: one object a call. Source: SPEC section 5, ``--json``."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books import Link
from coordination_xl.schema.blocks import sheet_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.actions.batch import Outcome
    from coordination_xl.actions.results import Result
    from coordination_xl.books import RowsAdded, TableReplaced
    from coordination_xl.errors import CoordinationError
    from coordination_xl.rules.timing.explained import Explanation

    Record = dict[str, object]


def result_document(result: Result) -> Record:
    """``changes``, ``added``, ``findings``, ``notices`` and ``summary`` of one result."""
    changes: list[Record] = [
        {
            "sheet": result.sheets.get(change.table, ""),
            "table": change.table,
            "id": record,
            "column": change.header,
            "old": old,
            "new": new,
        }
        for change in result.changes.columns
        for record, old, new in zip(change.ids, change.old, change.new, strict=True)
    ]
    changes += [
        {
            "sheet": sheet_of(block.name),
            "table": "",
            "id": f"{block.name}[{place}]",
            "column": block.name,
            "old": old,
            "new": new,
        }
        for block in result.changes.blocks
        for place, (old, new) in enumerate(zip(block.old, block.new, strict=True), start=1)
        if old != new
    ]
    bodies: tuple[RowsAdded | TableReplaced, ...] = (*result.changes.added, *result.changes.replaced)
    added: list[Record] = [
        {
            "sheet": result.sheets.get(rows.table, ""),
            "table": rows.table,
            "values": dict(zip(rows.headers, (column[place] for column in rows.columns), strict=True)),
        }
        for rows in bodies
        for place in range(rows.height)
    ]
    findings = [
        {
            "sheet": found.sheet,
            "table": found.table,
            "row": found.row,
            "id": found.id,
            "column": found.column,
            "code": found.code,
            "message": found.message,
            "value": found.value,
            "suggestion": found.suggestion,
            "severity": found.severity,
            "address": found.address,
        }
        for found in result.findings
    ]
    summary = {"book": result.book, **result.summary}
    if result.files:
        summary["files"] = [str(file.path) for file in result.files]
    notices = [dict(notice) for notice in result.notices]
    return {"changes": changes, "added": added, "findings": findings, "notices": notices, "summary": summary}


def batch_document(outcomes: Sequence[Outcome]) -> Record:
    """Several results as one object of the same shape; each item names its book."""
    merged: Record = {"changes": [], "added": [], "findings": [], "notices": []}
    books: list[Record] = []
    for outcome in outcomes:
        told: Record = {"status": "failed" if outcome.error else "skipped" if outcome.is_skipped else "done"}
        if outcome.error:
            told["error"] = str(outcome.error)
        for name, result in (("", outcome.result), ("sent", outcome.sent)):
            if result is None:
                continue
            document = result_document(result)
            figures: Record = document.pop("summary")  # type: ignore[assignment]
            told |= {name: figures} if name else figures
            for key, items in document.items():
                merged[key] += [{"book": str(outcome.path), **item} for item in items]  # type: ignore[operator, attr-defined]
        books.append({"book": str(outcome.path), **told})
    return {**merged, "summary": {"books": books}}


def explanation_document(explanation: Explanation) -> Record:
    """An explanation as one object."""
    return {
        "changes": [],
        "added": [],
        "findings": [],
        "notices": [],
        "summary": dataclasses.asdict(explanation),
    }


def failure_document(fault: CoordinationError) -> Record:
    """What stopped a call, as one object of the same shape: nothing changed, and why."""
    error = {"kind": type(fault).__name__, "where": fault.where, "what": fault.what, "remedy": fault.remedy}
    return {"changes": [], "added": [], "findings": [], "notices": [], "summary": {"error": error}}


def as_json(document: Record) -> str:
    """The document as text: moments in ISO 8601, Chinese as it is."""
    return json.dumps(document, ensure_ascii=False, default=_plain, indent=2, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, Link):
        return value.text
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"no JSON for {type(value).__name__}")
