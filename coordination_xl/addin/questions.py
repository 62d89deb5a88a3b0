"""What a click asks and says, in message boxes of Excel."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import xlwings as xw

TITLE: Final = "协调管理"
MOST_LINES: Final = 18
"""Lines of a question; a message box that is taller than the screen hides its own buttons."""


def tell(app: xw.App, text: str, button: str, *, is_fault: bool = False) -> None:
    """Say something; the click goes on when it is read."""
    app.alert(text, title=f"{TITLE} · {button}", buttons="ok", mode="critical" if is_fault else "info")


def is_agreed(app: xw.App, question: str, button: str, *, is_risky: bool = False) -> bool:
    """Ask for a yes or no.

    Args:
        app: the Excel that asks.
        question: in Chinese; what happens on yes, and to what.
        button: label of the button that was clicked.
        is_risky: what cannot be undone: on Windows, Enter says no then.
    """
    title = f"{TITLE} · {button}"
    if is_risky and sys.platform == "win32":
        return _asked_carefully(app, question, title)
    return app.alert(question, title=title, buttons="yes_no", mode="info") == "yes"


if sys.platform == "win32":

    def _asked_carefully(app: xw.App, question: str, title: str) -> bool:
        """A yes-no box whose default button is no; xlwings has none."""
        from ctypes import windll  # exists on Windows only

        yes_no, icon_question, second_is_default, yes = 0x4, 0x20, 0x100, 6
        style = yes_no | icon_question | second_is_default
        return bool(windll.user32.MessageBoxW(app.hwnd, question, title, style) == yes)
