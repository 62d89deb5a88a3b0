"""Texts of several parts in one cell: ``用户画像:2023-10-18;数据分析:2023-10-25``, ``1.…;2.…``, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.errors import UsageError
from coordination_xl.ledger.folding import fold, trim
from coordination_xl.ledger.labels import split_label
from coordination_xl.ledger.list_markers import Marker, MarkerStyle, read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BREAK: Final = re.compile(r"[;\n\r\v\f\u2028\u2029]+")
_HEADING: Final = re.compile(r"(?P<heading>[^:;\n]{1,30}):\s*")
_AT_ONCE: Final = frozenset({MarkerStyle.CIRCLED, MarkerStyle.BRACKETED_FIGURE, MarkerStyle.BRACKETED_HAN})
"""Markers that no other text looks like: they begin an item even where nothing separates it from the one before."""


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a cell.

    Attributes:
        number: its list number as typed, None without one.
        label: what stands before the separator (``用户画像``), ``""`` without one.
        text: the rest as typed, edge blanks gone.
    """

    number: int | None
    label: str
    text: str


def read_parts(text: str) -> tuple[Part, ...]:
    """Take a cell apart at ``；``, line breaks and list numbers.

    In a numbered list only a number begins an item: what follows a ``；`` without one belongs to the item before. A
    heading over a numbered list (``共识：1.…``) is a part of its own with an empty text. A text without separators is
    one part; blank gives none. Nothing is dropped but separators, list numbers and blanks.

    Source: SPEC 2B (协商结果, 责任部门/人, 完成时限).
    """
    parts = []
    for number, start, end in _items(fold(text)):
        item = trim(trim(text[start:end]).rstrip(";；"))
        label, rest = split_label(item)
        if label or rest or number is not None:
            parts.append(Part(number, label, rest))
    return tuple(parts)


def write_parts(parts: Sequence[Part]) -> str:
    """The text that :func:`read_parts` reads back as these parts.

    Raises:
        UsageError: no such text exists, because a part holds a separator or a list number of its own.
    """
    text = "；".join(_write(part) for part in parts)
    if read_parts(text) != tuple(parts):
        raise UsageError("拆分内容", f"“{text}”写进一个单元格后会被读成另外的样子", "请去掉内容里的分号、换行或编号")
    return text


def _write(part: Part) -> str:
    body = f"{part.label}：{part.text}" if part.label else part.text
    if part.number is None:
        return body
    return f"{part.number}{'、' if body[:1].isdecimal() else '.'}{body}"


def _items(folded: str) -> Iterator[tuple[int | None, int, int]]:
    """(number, start, end) of each item, its marker left out."""
    last: Marker | None = None
    start = position = 0
    while position < len(folded):
        if folded[position].isspace() or folded[position] == ";":
            position += 1
            continue
        heading = _heading_end(folded, position)
        marker = read_marker(folded, heading or position, None if last is None or heading else last.style)
        if heading and marker:
            yield (last.number if last else None), start, position
            yield None, position, heading
        elif marker or last is None:
            yield (last.number if last else None), start, position
        if marker:
            last, start, position = marker, marker.end, marker.end
        elif last is None:
            start = position
        position = _next_boundary(folded, position, last)
    yield (last.number if last else None), start, len(folded)


def _heading_end(folded: str, position: int) -> int:
    """Where the first number of a list stands behind a heading, 0 if no such list begins here."""
    match = _HEADING.match(folded, position)
    marker = read_marker(folded, match.end()) if match else None
    if match is None or marker is None or marker.number != 1 or read_marker(folded, position) is not None:
        return 0
    return match.end()


def _next_boundary(folded: str, position: int, last: Marker | None) -> int:
    """The next place where an item may begin: behind a break, or where the next number of the list stands."""
    match = _BREAK.search(folded, position)
    end = match.end() if match else len(folded)
    if last is None:
        return end
    for place in range(position, end):
        marker = read_marker(folded, place, last.style)
        if marker and marker.number == last.number + 1:
            is_clear = last.style in _AT_ONCE or folded[place - 1] in " \t,。、!?"
            if is_clear:
                return place
    return end
