"""The VBA of the add-in, as text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Module"]


@dataclass(frozen=True, slots=True)
class Module:
    """One VBA module.

    Attributes:
        name: its name in the project.
        text: its source as it stands in the file: attributes first, ASCII, lines ended by CRLF.
        is_class: a class module, not a standard one.
    """

    name: str
    text: str
    is_class: bool = False
