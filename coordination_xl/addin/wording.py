"""How message boxes write things: a few lines, lists that end, dates with their weekday."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from coordination_xl.notices.filters import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
LONGEST = 60
"""Characters of a cell's text in one line of a list."""
MOST_LINES = 24
"""Lines of a message box: one that is taller than the screen hides its own buttons."""
_WIDEST = 60
"""Characters after which a box breaks a line, so that it counts as two."""
_LAST = 3
"""Lines at the end of a text that are never cut: the question, what to do now."""


def joined(*lines: str) -> str:
    """The lines that say something, one below the other."""
    return "\n".join(line for line in lines if line)


def short(text: object, longest: int = LONGEST) -> str:
    """A text on one line and not without end."""
    line = " ".join(str(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def listed(items: Sequence[T], line: Callable[[T], str], most: int, unit: str = "项") -> str:
    """One line an item, and how many there are besides."""
    told = [f"· {line(item)}" for item in items[:most]]
    if len(items) > most:
        told.append(f"…… 另有 {len(items) - most} {unit}")
    return "\n".join(told)


def counted(counts: Mapping[str, int], unit: str, separator: str = "，") -> str:
    """``新增 3 项，更新 1 项``; what is zero is left out."""
    return separator.join(f"{name} {number} {unit}" for name, number in counts.items() if number)


def some(names: Iterable[str], most: int = 6) -> str:
    """The first names, and how many there are in all."""
    kept = [name for name in dict.fromkeys(names) if name]
    rest = f" 等 {len(kept)} 个" if len(kept) > most else ""
    return "、".join(kept[:most]) + rest


def when(value: object) -> str:
    """``11月20日（周五）18:00``; nothing for a blank."""
    return moment(value) if isinstance(value, datetime) else ""


def fitting(text: str, most: int = MOST_LINES) -> str:
    """A text no taller than a message box may be: lines in its middle are left out, and how many that are is said."""
    lines = text.splitlines()
    if _height(lines) <= most:
        return text
    last = [short(line, 2 * _WIDEST) for line in lines[-_LAST:]]
    room, kept = most - 1 - _height(last), 0
    lines[:-_LAST] = [short(line, 4 * _WIDEST) for line in lines[:-_LAST]]
    while kept < len(lines) - _LAST and _height(lines[: kept + 1]) <= room:
        kept += 1
    left_out = len(lines) - _LAST - kept
    return joined(*lines[:kept], f"…… 其余 {left_out} 行没有列出" if left_out else "", *last)


def _height(lines: Sequence[str]) -> int:
    return sum(max(1, -(-len(line) // _WIDEST)) for line in lines)
