"""The text of a note that check leaves on a cell: what is wrong, and in its last line what the cell looked like before.

The last line carries a sum over the text, so that a note in which somebody has written something is known for theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

from coordination_xl.addin.wording import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.ledger.findings import Finding

HEAD: Final = "【校验】"
MOST_TOLD: Final = 4
"""Findings of one cell that its note tells; 校验结果 has them all."""
_LAST: Final = re.compile(r"\n〔原底色 (无|[0-9A-F]{6}) · ([0-9A-F]{8})〕$")

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class MarkNote:
    """What our own note says of the cell: the fill that it had before, ``None`` for no fill."""

    fill: Colour | None


def note_text(findings: Sequence[Finding], fill: Colour | None) -> str:
    """The note of one cell.

    Args:
        findings: what is wrong with it.
        fill: the fill it has now; ``None`` for no fill.
    """
    lines = [
        f"{found.severity}：{short(found.message, 160)}。建议：{short(found.suggestion, 120)}。" for found in findings
    ]
    told = "\n".join(line.replace("。。", "。") for line in lines[:MOST_TOLD])
    rest = f"\n另有 {len(lines) - MOST_TOLD} 条，见“校验结果”。" if len(lines) > MOST_TOLD else ""
    text = f"{HEAD}\n{told}{rest}"
    return f"{text}\n〔原底色 {_written(fill)} · {_sum(text)}〕"


def read_note(text: str) -> MarkNote | None:
    """What a note says, if it is ours and nobody has changed it since."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    last = _LAST.search(text)
    if not text.startswith(HEAD) or last is None or _sum(text[: last.start()]) != last[2]:
        return None
    if last[1] == "无":
        return MarkNote(None)
    red, green, blue = bytes.fromhex(last[1])
    return MarkNote((red, green, blue))


def _written(fill: Colour | None) -> str:
    return "无" if fill is None else bytes(fill).hex().upper()


def _sum(text: str) -> str:
    """Over the letters alone: a host may change line breaks and blanks."""
    return f"{crc32(''.join(text.split()).encode()):08X}"
