"""How message boxes write things: a few lines, lists that end, dates with their weekday. Source: LOOK section 10."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from coordination_xl.notices.filters import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
LONGEST = 60
"""Characters of a cell's text in one line of a list."""


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
