"""What went wrong while a plan was carried out, in words for the people who read it: no numbers of COM, no types of Python."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from coordination_xl.books.excel.refusals import is_of_host, words_of
from coordination_xl.books.excel.values import Kind, from_host
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from coordination_xl.books.excel.values import Entry

_FIRST_DAY: Final = dt.datetime(1899, 12, 30)
_FIRST_DAY_1904: Final = dt.datetime(1904, 1, 1)
_LONGEST: Final = 40
"""Characters of a cell's value in a message."""


class Mismatch(Exception):
    """What was read back is not what was meant to be written; the message names the cell."""


def meant(each: Entry, *, date1904: bool) -> object:
    """A value as people know it: a moment is handed to Excel, and compared, as a number of days."""
    if each.kind is not Kind.MOMENT or not isinstance(each.expected, float):
        return each.expected
    return from_host((_FIRST_DAY_1904 if date1904 else _FIRST_DAY) + dt.timedelta(days=each.expected))


def legible(value: object) -> str:
    """A cell's value in a sentence, on one line and not without end; texts are quoted."""
    text = " ".join(shown(value).split())
    if not text:
        return "空白"
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"“{cut}”" if isinstance(value, str) else cut


def sentence_of(error: BaseException) -> str:
    """The host's own sentence in brackets; nothing where it has none, since what else there is says nothing to people."""
    more = getattr(error, "excepinfo", None)
    if is_of_host(error) and isinstance(more, tuple) and len(more) > 2 and more[2]:
        return f"（{words_of(error)}）"
    return ""
