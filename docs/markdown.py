"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of one table, with a blank line after it."""
    return [_line(headers), _line(["---"] * len(headers)), *map(_line, rows), ""]


def code(text: str) -> str:
    """Text in code type; nothing for nothing."""
    return f"`{text}`" if text else ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """One cell: neither a bar nor a line break may end it, and ``*`` stands for itself outside code."""
    flat = text.replace("|", "\\|").replace("\n", "<br>")
    return "`".join(
        part if place % 2 else part.replace("*", "\\*").replace("_", "\\_")
        for place, part in enumerate(flat.split("`"))
    )
