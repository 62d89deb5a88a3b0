"""Cross-department coordination in the Excel workbook that people already have.

>>> import coordination_xl as cx
>>> book = cx.open_book("coordination.xlsx")  # doctest: +SKIP
>>> result = cx.refresh(book, now=datetime(2026, 11, 20, 10))  # doctest: +SKIP
>>> result.write(book)  # doctest: +SKIP

Each verb takes a book and ``now`` and gives back what it found and would change; nothing is written before ``write``.
"""

from coordination_xl.actions.archive import archive
from coordination_xl.actions.calendar_import import import_calendar
from coordination_xl.actions.cases import cases
from coordination_xl.actions.check import check
from coordination_xl.actions.explain import explain
from coordination_xl.actions.extend import extend
from coordination_xl.actions.init import init
from coordination_xl.actions.load import load
from coordination_xl.actions.notice import notice
from coordination_xl.actions.receipts import receipts
from coordination_xl.actions.recur import recur
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.register import register
from coordination_xl.actions.remind import remind
from coordination_xl.actions.report import report
from coordination_xl.actions.results import Result
from coordination_xl.actions.run import run
from coordination_xl.actions.send import Sending, send
from coordination_xl.actions.split import split
from coordination_xl.books import Book, ChangeSet, open_book
from coordination_xl.errors import CoordinationError
from coordination_xl.ledger.findings import Finding
from coordination_xl.worktime import WorkCalendar

__all__ = [
    "Book",
    "ChangeSet",
    "CoordinationError",
    "Finding",
    "Result",
    "Sending",
    "WorkCalendar",
    "archive",
    "cases",
    "check",
    "explain",
    "extend",
    "import_calendar",
    "init",
    "load",
    "notice",
    "open_book",
    "receipts",
    "recur",
    "refresh",
    "register",
    "remind",
    "report",
    "run",
    "send",
    "split",
]
