"""What an office remembers of what was done with it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine.refusals import busy

if TYPE_CHECKING:
    from collections.abc import Iterator


class Records:
    """What was shown, set and asked for since the last :meth:`reset`.

    Attributes:
        alerts: message boxes shown: prompt, title, buttons, mode.
        answers: what the next message boxes are answered with; without one they are answered ok or yes.
        status: every text that the status bar was given, ``False`` for giving it back.
        settings: every switch of the application that was set: name and value.
        saves: every request to save a workbook: its name, path and password; nothing is written.
        addresses: by a workbook's name, what Excel would call its place (``https://…``) instead of its path.
        busy: while true, every call is rejected, as when a cell is being edited.
        calls: calls into the host since the last :meth:`reset_calls`.
    """

    def __init__(self) -> None:
        self.calls = 0
        self._depth = 0
        self.reset()

    def reset(self) -> None:
        """Forget everything that was recorded."""
        self.alerts: list[tuple[str, str | None, str | None, str | None]] = []
        self.answers: list[str] = []
        self.status: list[str | bool] = []
        self.settings: list[tuple[str, object]] = []
        self.saves: list[tuple[str, str | None, str | None]] = []
        self.addresses: dict[str, str] = {}
        self.busy = False
        self.state: dict[str, Any] = {
            "calculation": "automatic",
            "status_bar": False,
            "screen_updating": True,
            "display_alerts": True,
            "enable_events": True,
            "fills_columns": True,
            "interactive": True,
            "cut_copy_mode": None,
        }
        self.reset_calls()

    def reset_calls(self) -> None:
        self.calls = 0

    @contextmanager
    def call(self) -> Iterator[None]:
        """One call into the host; what it does inside counts no further."""
        if not self._depth:
            if self.busy:
                raise busy()
            self.calls += 1
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def charge(self, calls: int) -> None:
        """Calls that xlwings makes on Windows where this host needs none."""
        self.calls += calls
