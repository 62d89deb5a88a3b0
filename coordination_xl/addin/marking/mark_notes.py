"""The text of a note that check leaves on a cell: what is wrong first, and a last line by which the note is known again.

A new note of Excel's shows about five short lines; on the Mac that is all there is. So the first lines are one finding, and
校验结果 has the rest. The last line is a sum over the text: a note in which somebody has written something is theirs.
"""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width
from zlib import crc32

from coordination_xl.addin.wording import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.ledger.findings import Finding

HEAD: Final = "【校验】"
_LONGEST_MESSAGE: Final = 100
_LONGEST_SUGGESTION: Final = 80
_LAST: Final = re.compile(r"\n〔([0-9A-F]{8})〕$")

_WIDTH: Final = 240.0
_HALVES: Final = 48
"""Half-width characters that a line of a note of that width takes, at the nine points in which Excel writes notes."""
_LINE, _MARGINS = 14.0, 12.0


def note_text(findings: Sequence[Finding]) -> str:
    """The note of one cell.

    Args:
        findings: what is wrong with it, at least one. The first error is told, or the first reminder where there is none.
    """
    found = min(findings, key=lambda each: not each.is_error)
    message, suggestion = short(found.message, _LONGEST_MESSAGE), short(found.suggestion, _LONGEST_SUGGESTION)
    told = f"{HEAD}{found.severity}：{message}。\n建议：{suggestion}。".replace("。。", "。")
    rest = f"\n另有 {len(findings) - 1} 条，见“校验结果”。" if len(findings) > 1 else ""
    text = f"{told}{rest}"
    return f"{text}\n〔{_sum(text)}〕"


def read_note(text: str) -> str:
    """What a note of ours says, without its last line; nothing if it is somebody else's, or was changed since."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    last = _LAST.search(text)
    if not text.startswith(HEAD) or last is None or _sum(text[: last.start()]) != last[1]:
        return ""
    return text[: last.start()]


def box_of(text: str) -> tuple[float, float]:
    """Width and height of the box in which a whole note can be read, in points."""
    halves = [sum(2 if east_asian_width(each) in "WFA" else 1 for each in line) for line in text.split("\n")]
    return _WIDTH, _MARGINS + _LINE * sum(max(1, ceil(each / _HALVES)) for each in halves)


def _sum(text: str) -> str:
    """Over the letters alone: a host may change line breaks and blanks."""
    return f"{crc32(''.join(text.split()).encode()):08X}"
