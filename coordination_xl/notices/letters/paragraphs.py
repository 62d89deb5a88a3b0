"""A long text of a cell as paragraphs: each item of a numbered list its own, every character as typed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from coordination_xl.ledger.parts import read_parts

_ITEM = re.compile(r"(?<=[;；。\n])[ \t]*(?=(?P<number>\d{1,2})[.．、])")
_FIRST = re.compile(r"1[.．、]")


class Need(NamedTuple):
    """What is asked of one department.

    Attributes:
        party: the department, or department and person, as typed.
        text: what is asked.
    """

    party: str
    text: str


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text, and the items of a list that is numbered from 1 without a gap; blank gives none."""
    lines = [line.strip() for line in text.splitlines()]
    return tuple(item for line in lines if line for item in _items(line))


def needs_of(text: str) -> tuple[Need, ...]:
    """初步需求 by department; none where it does not name one for each thing it asks. Source: SPEC B1."""
    parts = read_parts(text)
    if not parts or not all(part.label and part.text and part.number is None for part in parts):
        return ()
    return tuple(Need(part.label, part.text.rstrip("。；;")) for part in parts)


def _items(line: str) -> list[str]:
    found = list(_ITEM.finditer(line)) if _FIRST.match(line) else []
    if [int(match["number"]) for match in found] != list(range(2, len(found) + 2)):
        return [line]
    cuts = [0, *(match.start() for match in found), len(line)]
    return [line[start:end].strip() for start, end in pairwise(cuts)]
