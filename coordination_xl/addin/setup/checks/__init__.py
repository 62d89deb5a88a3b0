"""One thing that was looked at, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FAULT", "OK", "WARNING", "Check"]

OK, WARNING, FAULT = "正常", "提醒", "须处理"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check.

    Attributes:
        name: what was looked at.
        state: :data:`OK`; :data:`WARNING`: it works, or may not; :data:`FAULT`: something does not work until it is mended.
        found: what was found.
        remedy: how to mend it; blank where nothing is to be mended.
    """

    name: str
    state: str
    found: str
    remedy: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing is to be done."""
        return self.state == OK
