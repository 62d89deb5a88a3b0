"""Text with its full-width forms folded, character for character."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import Final

_FOLDED_BLOCKS: Final = (
    (0x00A0, 0x00A1),  # no-break space
    (0x2000, 0x2010),  # widths of space
    (0x2E80, 0x2FE0),  # radicals, which some input methods and PDF copies give for 月, 日, 部
    (0x3000, 0x3001),  # ideographic space
    (0xF900, 0xFB00),  # compatibility ideographs
    (0xFE10, 0xFE70),  # vertical and small punctuation
    (0xFF00, 0xFFF0),  # full-width and half-width forms
)
_INVISIBLE: Final = (*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD)
_HYPHENS: Final = (0x2010, 0x2011, 0x2212)


def _build_table() -> MappingProxyType[int, str]:
    table: dict[int, str] = {}
    for first, end in _FOLDED_BLOCKS:
        for code in range(first, end):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and folded != chr(code):
                table[code] = folded
    table.update(dict.fromkeys(_INVISIBLE, " "))
    table.update(dict.fromkeys(_HYPHENS, "-"))
    return MappingProxyType(table)


_TABLE: Final = _build_table()


def fold(text: str) -> str:
    """Fold widths (NFKC) where one character becomes one, so that positions stay true in the text as typed.

    Invisible characters become spaces and the hyphens of Unicode become ``-``. Circled numbers (``①``) stay, because
    ``①10月`` must not become ``110月``; en and em dashes stay, because they separate where a hyphen may not.
    """
    return text if text.isascii() else text.translate(_TABLE)


def trim(text: str) -> str:
    """The text as typed without what folds to white space at its ends (``str.strip`` leaves the invisible ones)."""
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    return text[start : len(folded.rstrip())] if start < len(text) else ""


def fold_name(text: str) -> str:
    """The key under which two spellings of one name are the same: folded, without spaces, letters in one case."""
    return "".join(fold(text).split()).casefold()
