"""Who runs the program: read once, at a face, and handed down for 修改记录."""

from __future__ import annotations

import getpass


def actor() -> str:
    """The user's name on this machine; the program's own where the system knows none, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "coordination-xl"
