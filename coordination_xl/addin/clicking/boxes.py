"""Message boxes of the system itself, for what must be said though no Excel can be asked to say it.

Windows' libraries and macOS' ``osascript`` are looked for when they are needed, so that this file can be read on any system.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

_OK, _YES_NO, _SECOND_IS_DEFAULT, _FOREGROUND = 0x0, 0x4, 0x100, 0x10000
_WARNING, _QUESTION, _INFORMATION = 0x30, 0x20, 0x40
_YES = 6
# Texts come as arguments: put into the script, a quotation mark in a file's name would be code.
_SCRIPT = """\
on run told
    try
        activate
    end try
    if item 3 of told is "fault" then
        display alert (item 1 of told) message (item 2 of told) as critical
    else
        display alert (item 1 of told) message (item 2 of told)
    end if
end run
"""


def shown(text: str, title: str, *, is_fault: bool = False, owner: int = 0, platform: str = sys.platform) -> bool:
    """Show a box and wait until it is read; false where the system has none.

    Args:
        text: what to say.
        title: over it.
        is_fault: something went wrong.
        owner: the window of Excel on Windows, which waits meanwhile; 0 for none.
        platform: ``sys.platform``'s word for the system.
    """
    if platform == "win32":
        look = _OK | _FOREGROUND | (_WARNING if is_fault else _INFORMATION)
        return _message_box(text, title, look, owner) != 0
    if platform == "darwin":
        kind = "fault" if is_fault else "news"
        try:
            done = subprocess.run(  # noqa: S603 - a fixed script; texts are arguments
                ["/usr/bin/osascript", "-e", _SCRIPT, title, text, kind],
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # on the Mac the VBA takes every word there for the click's failure
            )
        except OSError:
            return False
        return done.returncode == 0
    return False


def is_agreed(question: str, title: str, owner: int, *, is_risky: bool = False) -> bool:
    """A yes-no box of Windows, whose default button is no where the question is risky."""
    look = _YES_NO | _QUESTION | (_SECOND_IS_DEFAULT if is_risky else 0)
    return _message_box(question, title, look, owner) == _YES


def _message_box(text: str, title: str, look: int, owner: int) -> int:
    answer = import_module("ctypes").windll.user32.MessageBoxW(owner, text, title, look)
    return int(answer)
