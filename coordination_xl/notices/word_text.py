"""How the text of a cell enters a Word document: as typed, whatever it holds. Source: SPEC section 6."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold and nobody can see; pages and mails leave it out too."""
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile("[&<>\"'\x00-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_DIGITS = "〇一二三四五六七八九"
_SHORT = 20


def shown(value: object) -> object:
    """Text inside a run: markup is escaped, line breaks and tabs are those of Word."""
    if not isinstance(value, str):
        return value
    if not _UNSAFE.search(value):
        return Markup(value)  # noqa: S704 - nothing in it needs escaping
    legal = _FORBIDDEN.sub("", value)
    if isinstance(value, Markup):  # made by a macro: its line breaks are those of the template's own XML
        return Markup(legal)  # noqa: S704
    return Markup(_BREAK.sub(_NEW_LINE, str(escape(legal))).replace("\t", _TAB))  # noqa: S704


def in_line(value: object) -> Markup:
    """Text where Word knows no breaks: document properties, attributes, field codes."""
    return escape(_FORBIDDEN.sub("", _BREAK.sub(" ", str(value))))


def in_properties(value: object) -> object:
    """:func:`in_line` for whatever is text; the rest is left to be told as missing or written as it is."""
    return in_line(value) if isinstance(value, str) else value


def numeral(number: int) -> str:
    """``一``, ``十二``, ``二十``: the number of a heading; beyond 99 in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def paired(facts: Sequence[tuple[str, str, bool]]) -> list[tuple[tuple[str, str, bool], ...]]:
    """Facts as the rows of their table: two short neighbours share one, the hot fact and what is long has its own."""
    rows: list[tuple[tuple[str, str, bool], ...]] = []
    for fact in facts:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]) and _is_short(fact):
            rows[-1] = (rows[-1][0], fact)
        else:
            rows.append((fact,))
    return rows


def width(text: str) -> int:
    """How wide a text is, in half characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def plain(text: object) -> object:
    """Nothing to do: breaks are made where text is shown. Pages have a filter of this name that makes them."""
    return text


def _is_short(fact: tuple[str, str, bool]) -> bool:
    _, text, is_hot = fact
    return not is_hot and len(text) <= _SHORT and width(text) <= _SHORT and not _BREAK.search(text)


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {"numeral": numeral, "paired": paired, "in_line": in_line, "lines": plain}
)
"""What templates for Word have beside the filters of every template."""
