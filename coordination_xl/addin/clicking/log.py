"""The add-in's log: what a click could not tell in one sentence. Source: SPEC section 6.

People read a sentence in a message box; whoever helps them reads this file.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from coordination_xl.addin.setup import places

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 512 * 1024
"""Bytes; a larger log becomes ``addin.log.1`` and a new one is begun, so that two of them stand at most."""


def log_here() -> Path:
    """The log of whoever runs this program; in the folder for temporary files where nothing else is known."""
    path = places.log_file(sys.platform, os.environ)
    return Path(path) if path else Path(gettempdir()) / "coordination-xl" / places.LOG


def write_down(path: Path, click: str, fault: BaseException, when: datetime) -> bool:
    """Append a fault with its traceback; false where the file cannot be written.

    Args:
        path: the log.
        click: which button.
        fault: what happened.
        when: the moment, of the machine's own clock.
    """
    told = "".join(traceback.format_exception(fault))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_name(places.OLDER_LOG))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{when:%Y-%m-%d %H:%M:%S} {click}\n{told}\n")
    except OSError:
        return False
    return True
