"""What a click asks and says, in message boxes of Excel; without an Excel, in the system's own. On Windows they are the same."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from coordination_xl.addin.clicking import boxes
from coordination_xl.addin.wording import fitting

if TYPE_CHECKING:
    import xlwings as xw

TITLE: Final = "协调管理"
_MAC_BUTTONS = {"ok": ["好"], "yes_no": ["否", "是"]}
_ANSWERS = {"好": "ok", "否": "no", "是": "yes"}


def tell(app: xw.App | None, text: str, button: str, *, is_fault: bool = False, owner: int = 0) -> None:
    """Say something; the click goes on when it is read.

    Args:
        app: the Excel that says it; without one the system does, and where that has no boxes, the error stream.
        text: in Chinese; cut where a box would be taller than the screen.
        button: label of the button that was clicked.
        is_fault: something went wrong.
        owner: Excel's window on Windows where there is no ``app``; 0 for none.
    """
    said, title = fitting(text), f"{TITLE} · {button}"
    if app is None or sys.platform == "win32":
        front = owner if app is None else _front(app)
        if not boxes.shown(said, title, is_fault=is_fault, owner=front, platform=sys.platform):
            sys.stderr.write(f"{title}\n{text}\n")
        return
    _alert(app, said, title, "ok", mode="critical" if is_fault else "info")


def is_agreed(app: xw.App, question: str, button: str, *, is_risky: bool = False) -> bool:
    """Ask for a yes or no.

    Args:
        app: the Excel that asks.
        question: in Chinese; what happens on yes, and to what. Cut like what is told; its last lines stay.
        button: label of the button that was clicked.
        is_risky: what cannot be undone: Enter says no then.
    """
    asked, title = fitting(question), f"{TITLE} · {button}"
    if sys.platform == "win32":
        return boxes.is_agreed(asked, title, _front(app), is_risky=is_risky)
    return _alert(app, asked, title, "yes_no", mode="info", is_risky=is_risky) == "yes"


def _front(app: xw.App) -> int:
    """Excel's window on Windows, as it is now.

    Every workbook has one of its own. xlwings' ``App.alert`` gives its box to that of the click; an upgrade has closed it, and
    Windows shows no box for a window that is gone.
    """
    return int(app.api.Hwnd)


def _alert(app: xw.App, text: str, title: str, buttons: str, *, mode: str, is_risky: bool = False) -> str | None:
    if sys.platform == "darwin":
        return alert_on_mac(app.pid, text, title, buttons, mode=mode, is_risky=is_risky)
    return app.alert(text, title=title, buttons=buttons, mode=mode)


def alert_on_mac(pid: int, text: str, title: str, buttons: str, *, mode: str, is_risky: bool = False) -> str:
    """Excel's own box on macOS, for as long as the user wants to read it.

    xlwings' ``App.alert`` gives the answer a minute; then a click that has done its work would be told as one that failed.

    Args:
        pid: the process of Excel.
        text: what to say or to ask.
        title: over it.
        buttons: ``ok`` or ``yes_no``.
        mode: ``critical`` or ``info``.
        is_risky: Enter says no.

    Returns:
        The button, as xlwings names it: ``ok``, ``yes`` or ``no``.
    """
    keyword = import_module("appscript").k
    additions = import_module("osax").OSAX(pid=pid)
    additions.activate()
    answer = additions.display_alert(
        title,
        message=text,
        buttons=_MAC_BUTTONS[buttons],
        default_button=_MAC_BUTTONS[buttons][0 if is_risky else -1],
        as_=keyword.critical if mode == "critical" else keyword.informational,
        timeout=-1,  # none at all, as xlwings opens workbooks
    )
    return _ANSWERS[str(answer[keyword.button_returned])]
