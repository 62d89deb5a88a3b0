"""查案例: what earlier matters taught. Nothing is changed. Source: SPEC A12, B4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.dates import read_date
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.archive.cases import hits_of, search, snippet_of, words_of
from coordination_xl.schema.tables import CASES, CONTACTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book

_TOLD = ("id", "title", "source", "department", "keywords", "archived_at", "dossier")


def cases(
    book: Book, words: Sequence[str], now: datetime, *, department: str = "", since: str | datetime | None = None
) -> Result:
    """Search 案例库.

    Args:
        book: the workbook.
        words: what to look for, all of them; none means every case, the newest first.
        now: what a ``since`` without a year is near to.
        department: only cases of this department; another name of it that 通讯录 knows is as good.
        since: only cases archived on this day or later, a moment or as people type it.

    Returns:
        No changes; in the summary ``cases``, the best first, each with a snippet.

    Raises:
        UsageError: ``since`` is no date.
        StructureError: the workbook lacks a sheet, table or column.
    """
    ledgers = Ledgers.read(book, (CASES, CONTACTS))
    ledger = ledgers["Cases"]
    wanted = words_of(words)
    known = Directory.of(ledgers["Contacts"].frame).department(department)
    found = search(ledger.frame, wanted, department=known or department, since=_day(since, now))
    return Result(
        verb="cases",
        book=book.name,
        changes=ChangeSet(),
        sheets={ledger.table.name: ledger.sheet},
        summary={
            "words": list(wanted),
            "searched": len(ledger),
            "cases": [_told(row, wanted) for _, row in found.iterrows()],
        },
    )


def _day(since: str | datetime | None, now: datetime) -> datetime | None:
    if since is None or since == "":
        return None
    when, _ = read_date(since, anchor=now)
    if when is None:
        raise UsageError(f"--since {since}", "不是能认出的日期", "请写成 2026-03-01 或 3月1日")
    return when


def _told(case: pd.Series, words: Sequence[str]) -> dict[str, object]:
    snippet = snippet_of(case, words)
    told: dict[str, object] = {key: case[key] for key in _TOLD}
    told["archived_at"] = None if pd.isna(case["archived_at"]) else case["archived_at"].to_pydatetime()
    told["title_hits"] = [list(hit) for hit in hits_of(case["title"], words)]
    told["snippet"] = {
        "column": CASES.column(snippet.field).header,
        "text": snippet.text,
        "hits": [list(hit) for hit in snippet.hits],
    }
    return told
