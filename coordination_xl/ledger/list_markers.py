"""The numbers that begin the items of a typed list: ``1.``, ``2、``, ``（3）``, ``④``, ``五、``, ``第六，``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coordination_xl.ledger.numerals import read_numeral

_HAN: Final = "[一二三四五六七八九十]{1,3}"
_WHOLE_DATE: Final = r"\d{4}\s*[-/.年]\s*\d|\d{1,2}\s*月\s*\d|\d{1,2}/\d|\d{8}(?!\d)"


class MarkerStyle(StrEnum):
    """Families of markers. A list keeps to one; another one within an item is a list inside it."""

    FIGURE = rf"(?P<n>\d{{1,2}})\s*(?:[.](?!\d)|[.](?={_WHOLE_DATE})|、(?!\d+\s*(?:月(?!\s*\d)|季度))|\)|[.]、)"
    BRACKETED_FIGURE = r"\(\s*(?P<n>\d{1,2})\s*\)\s*[.、]?"
    CIRCLED = r"(?P<n>[①-⑳⑴-⒇⒈-⒛❶-❿➀-➉])\s*[.、]?"
    HAN = rf"(?P<n>一(?=是.*二是)|[二三四五六七八九](?=是)|{_HAN}(?=\s*[、.](?![一二三四]季度)))\s*[、.是]"
    BRACKETED_HAN = rf"\(\s*(?P<n>{_HAN})\s*\)\s*[.、]?"
    ORDINAL = rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*[,、:]"


_PATTERNS: Final = tuple((style, re.compile(style.value, re.DOTALL)) for style in MarkerStyle)


@dataclass(frozen=True, slots=True)
class Marker:
    """One list number: its family, its value, and where it stands in the text."""

    style: MarkerStyle
    number: int
    start: int
    end: int


def read_marker(folded: str, position: int, style: MarkerStyle | None = None) -> Marker | None:
    """The marker that begins at a position of a folded text, of the given family or of any.

    ``1.5万元`` and ``2023.10.8`` begin with no marker; ``1.10月18日前`` does, because a whole date follows.
    """
    for candidate, pattern in _PATTERNS:
        match = pattern.match(folded, position) if style in (None, candidate) else None
        number = _number(match["n"]) if match else None
        if match and number is not None:
            return Marker(candidate, number, position, match.end())
    return None


def _number(text: str) -> int | None:
    if len(text) == 1 and not text.isdecimal() and (numeric := unicodedata.numeric(text, None)) is not None:
        return int(numeric)
    return read_numeral(text)
