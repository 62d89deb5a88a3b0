"""Our side of the batch: open, check, refresh, save; ``python -m benchmarks.our_way BOOK NOW``."""

from __future__ import annotations

import sys
from datetime import datetime

import coordination_xl
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.timing.schedule import Plan


def main(path: str, now: datetime) -> None:
    """The same job as :mod:`benchmarks.openpyxl_way`, in one reading and one save."""
    book = coordination_xl.open_book(path)
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    checked = coordination_xl.check(book, now, ledgers=ledgers, plan=plan)
    refreshed = coordination_xl.refresh(book, now, ledgers=ledgers, plan=plan)
    book.apply(checked.changes + refreshed.changes)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
