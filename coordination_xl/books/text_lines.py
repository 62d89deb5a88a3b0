"""How many lines a text takes in a cell: an estimate on the safe side, because only the screen knows."""

from __future__ import annotations

import re
import unicodedata

LINE = 14.5
"""Points that one more line of 10 point text takes."""
_WIDE = 1.9
_PIECE = re.compile(r"(?:[!-~]+|.)[，。；：、！？）】》”’…]*", re.DOTALL)
"""What is never broken: a Latin word or number, or one sign, with the closing marks that may not begin a line."""


def lines_of(text: str, units: float) -> int:
    """How many lines the text takes in a cell of this width, indent and padding taken off.

    Args:
        text: what stands in the cell; its own line breaks count.
        units: width in characters of the Normal font.
    """
    room = max(units - 2.5, 2.0)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """Lines of a text without line breaks, filled piece by piece; a piece wider than the room is broken all the same."""
    if len(line) * _WIDE <= room:
        return 1
    lines, used = 1, 0.0
    for piece in _PIECE.findall(line):
        width = _units(piece)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        used += width
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def _units(piece: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(sign) in "WFA" else 1.0 for sign in piece)
