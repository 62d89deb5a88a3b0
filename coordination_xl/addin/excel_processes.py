"""Other people's Excels, which our end must not end with it."""

from __future__ import annotations

import atexit
import sys
from importlib import import_module

XLWINGS_MODULE = "xlwings._xlwindows"
XLWINGS_CLEANUP = "cleanup"
"""What xlwings runs at the exit of Python on Windows: it kills every Excel without a workbook window, whoever started it."""


def spare_other_excels(platform: str = sys.platform) -> None:
    """Take back what xlwings has registered to be run at exit; on macOS its function of that name only tidies the status bar.

    Source: xlwings 0.37, ``_xlwindows.cleanup`` and ``Apps.cleanup`` there. An Excel that another program runs unseen, or one
    whose last workbook was closed, would lose its work.
    """
    if platform == "win32":
        atexit.unregister(getattr(import_module(XLWINGS_MODULE), XLWINGS_CLEANUP))
