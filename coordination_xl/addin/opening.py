"""Opening a page or a folder with the program that the user has for it."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_page(page: Path) -> bool:
    """Show an HTML file in the browser; false where there is none."""
    return webbrowser.open(page.absolute().as_uri())


def open_folder(folder: Path) -> bool:
    """Show a folder; false where it is not there or nothing can show it."""
    if not folder.is_dir():
        return False
    if sys.platform == "win32":
        from os import startfile  # exists on Windows only

        startfile(folder)  # noqa: S606 - a folder, shown as a double click shows it
        return True
    command = "open" if sys.platform == "darwin" else "xdg-open"
    null = subprocess.DEVNULL
    try:
        subprocess.run([command, str(folder)], timeout=10, check=False, stdout=null, stderr=null)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return True
