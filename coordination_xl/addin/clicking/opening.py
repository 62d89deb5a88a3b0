"""Opening a page or a folder with the program that the user has for it."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_page(page: Path) -> bool:
    """Show an HTML file in the browser; false where there is none."""
    if sys.platform == "win32":
        return _started(page)  # a URI has every Chinese letter as three numbers, which some programs take for the name
    return webbrowser.open(page.absolute().as_uri())


def open_folder(folder: Path) -> bool:
    """Show a folder; false where it is not there or nothing can show it."""
    if not folder.is_dir():
        return False
    if sys.platform == "win32":
        return _started(folder)
    command = "open" if sys.platform == "darwin" else "xdg-open"
    null = subprocess.DEVNULL
    try:
        done = subprocess.run([command, str(folder)], timeout=10, check=False, stdout=null, stderr=null)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _started(path: Path) -> bool:
    """Open it as a double click in the Explorer does; Windows only."""
    try:
        import_module("os").startfile(path.absolute())
    except OSError:
        return False
    return True
