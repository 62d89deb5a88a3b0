"""Cross-department coordination in the Excel workbook that people already have.

>>> import coordination_xl as cx
>>> book = cx.open_book("coordination.xlsx")  # doctest: +SKIP
>>> result = cx.refresh(book, now=datetime(2026, 11, 20, 10))  # doctest: +SKIP
>>> result.write(book)  # doctest: +SKIP

Each verb takes a book and ``now`` and gives back what it found and would change; nothing is written before ``write``.

Names are imported when they are first asked for: a click in Excel starts Python anew and needs one verb, not all of them.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from coordination_xl.actions.upgrade import upgrade
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
    "upgrade",
]

_NOT_A_VERB = MappingProxyType(
    {
        "Book": "books",
        "ChangeSet": "books",
        "CoordinationError": "errors",
        "Finding": "ledger.findings",
        "Result": "actions.results",
        "Sending": "actions.send",
        "WorkCalendar": "worktime",
        "import_calendar": "actions.calendar_import",
        "open_book": "books",
    }
)
"""Name → where it is at home; every other name is a verb, and its module bears its name."""


def __getattr__(name: str) -> object:
    """A public name, from its home."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_NOT_A_VERB.get(name, f'actions.{name}')}")
    globals()[name] = found = getattr(home, name)
    return found


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
