"""Text that stays text: which texts Excel would take for something else when they are put into a cell."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST = 255
"""Nothing longer is a number, a date or a truth value."""
_LEADING: Final = frozenset("=+-@'#\"＝＋－＠＇＃\\^/")
_WORDS: Final = frozenset(
    {
        *("a", "p", "am", "pm", "e", "b", "d", "h", "m", "s", "t", "r", "true", "false"),
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("january", "february", "march", "april", "june", "july", "august", "september", "october", "november"),
        *("december", "sun", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sunday", "monday"),
        *("tuesday", "wednesday", "thursday", "friday", "saturday", "ad", "bc", "st", "nd", "rd", "th"),
        *("cny", "rmb", "usd", "eur", "gbp", "jpy", "hkd", "twd", "mop", "krw", "us", "hk", "nt", "kr", "chf", "fr"),
    }
)
_NUMERALS: Final = frozenset("〇○零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟元正初")
_OF_DATES: Final = frozenset("年月日号时分秒点半刻上下午前后星期周礼拜天凌晨早晚中公元民国昭和平成令大正明治圆角整负")
_WORD = re.compile(r"[a-z]+")


def needs_prefix(text: str) -> bool:
    """Whether Excel might take a text for a formula, number, date, time, truth value or error.

    Conservative: an apostrophe too many shows in the formula bar and does no harm. But a text with a single character that
    stands in no number and no date, such as most Chinese sentences, needs none.
    """
    bare = unicodedata.normalize("NFKC", text).strip().casefold()
    if not text or text[0] in _LEADING or (bare and bare[0] in _LEADING):
        return True
    if len(bare) > _LONGEST:
        return False
    if not all(map(_may_stand_in_a_number, bare)):
        return False
    words = _WORD.findall(bare)
    if not all(len(word) == 1 or word in _WORDS for word in words):
        return False
    return bool(words) or any(map(_counts, bare))


def _counts(character: str) -> bool:
    return character in _NUMERALS or unicodedata.category(character)[0] == "N"


def _may_stand_in_a_number(character: str) -> bool:
    if character.isascii():
        return True
    return (
        character in _NUMERALS
        or character in _OF_DATES
        or unicodedata.category(character) in ("Nd", "Nl", "No", "Sc", "Pd", "Ps", "Pe", "Po", "Zs", "Sm", "Cf", "Cc")
    )


def as_typed(text: str, *, is_text_cell: bool) -> str:
    """What must be put into a cell so that it holds the text.

    Args:
        text: not blank.
        is_text_cell: whether the cell's number format is ``@``, in which nothing is converted; only an apostrophe at the
            beginning would be taken for the mark of a text there, too.
    """
    return "'" + text if text.startswith("'") or (not is_text_cell and needs_prefix(text)) else text
