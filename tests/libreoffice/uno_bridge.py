"""The way to LibreOffice's own Python module, ``uno``, which belongs to the system's Python and not to ours.

Debian's python3-uno lies in a folder full of other system packages, so the folder stands on the path only for the import.
Its compiled part works with one minor version of Python alone: the one that the system's ``python3`` has.
"""

from __future__ import annotations

import builtins
import functools
import os
import shutil
import sys
from pathlib import Path
from typing import Any

TOOLS = ("soffice",)
UNO_FOLDERS = ("/usr/lib/python3/dist-packages", "/usr/lib64/libreoffice/program", "/usr/lib/libreoffice/program")


def _folders() -> list[str]:
    started = shutil.which("soffice")
    beside = [str(Path(started).resolve().parent)] if started else []
    site = Path(f"/usr/lib64/python{sys.version_info.major}.{sys.version_info.minor}/site-packages")
    return [each for each in (*beside, *UNO_FOLDERS, str(site)) if (Path(each) / "uno.py").is_file()]


@functools.cache
def load_uno() -> Any:
    """The module ``uno``.

    Raises:
        ImportError: it is not on this machine, or was compiled for another version of Python.
    """
    path, importing = list(sys.path), builtins.__import__
    sys.path += _folders()
    try:
        import uno  # the path is prepared for this import only
    finally:
        sys.path[:] = path
        builtins.__import__ = importing  # uno puts its own import in place of Python's
    return uno


@functools.cache
def missing() -> str | None:
    """Why the live host cannot run here; ``None`` if it can."""
    if lacking := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"not on this machine: {', '.join(lacking)}"
    try:
        load_uno()
    except ImportError as fault:
        return f"python3-uno cannot be imported by Python {sys.version_info.major}.{sys.version_info.minor}: {fault}"
    return None


def required() -> bool:
    """Whether a missing host is a failure: on a build server nothing may be skipped in silence."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")
