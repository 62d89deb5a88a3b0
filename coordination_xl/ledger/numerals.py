"""Whole numbers as Chinese texts write them in dates and counts: ``十月``, ``二〇二六年``, ``两周``."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

DIGITS: Final = "〇零○一二三四五六七八九"
"""The characters of a positional numeral (a year), for use in a character class."""

COUNTING: Final = DIGITS + "两十廿卅"
"""The characters of a numeral below one hundred, for use in a character class."""

_VALUES: Final = MappingProxyType(
    {"〇": 0, "零": 0, "○": 0, "两": 2} | {c: i for i, c in enumerate("一二三四五六七八九", 1)}
)
_TENS: Final = MappingProxyType({"廿": "二十", "卅": "三十"})


def read_numeral(text: str) -> int | None:
    """The value of ASCII or Chinese digits; None where the text is no plain whole number.

    ``二三`` is None: people write it for "two or three". With a zero in it (``二〇``), or four digits long, it is
    positional.
    """
    if text.isdecimal():
        return int(text)
    if len(text) == 4 or (len(text) > 1 and any(c in "〇零○" for c in text) and "十" not in text):
        return _read_positional(text)
    for short, long in _TENS.items():
        text = text.replace(short, long)
    head, ten, tail = text.partition("十")
    if not ten:
        return _VALUES.get(head) if len(head) == 1 else None
    tens = _VALUES.get(head) if head else 1
    units = _VALUES.get(tail) if tail else 0
    return None if not tens or units is None else tens * 10 + units


def _read_positional(text: str) -> int | None:
    if any(c not in _VALUES for c in text):
        return None
    return int("".join(str(_VALUES[c]) for c in text))
