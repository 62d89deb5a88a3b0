"""The mail accounts that somebody on this machine agreed to log in to: a password is not given to others in one click.

The address of a server stands in the workbook, and a workbook may come from anybody. Source: SPEC section 3.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.addin.setup import places
from coordination_xl.errors import AddinError

if TYPE_CHECKING:
    from coordination_xl.dispatch.servers import Server


def is_confirmed(server: Server) -> bool:
    """Whether nobody needs to be asked again; a server without a login gets no password."""
    return not server.user or _line(server) in _lines()


def confirm(server: Server) -> None:
    """Remember a yes. Where it cannot be written, the question comes again next time."""
    if is_confirmed(server):
        return
    with contextlib.suppress(OSError, AddinError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as known:
            known.write(f"{_line(server)}\n")


def _line(server: Server) -> str:
    """What is agreed to: the account, and that its password may travel in the clear, if it does."""
    return server.account if server.must_encrypt else f"{server.account}?tls=never"


def _lines() -> frozenset[str]:
    try:
        return frozenset(_file().read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError, AddinError):  # nothing agreed to, as far as anybody can tell
        return frozenset()


def _file() -> Path:
    return Path(places.program_folder(sys.platform, os.environ)) / places.ACCOUNTS
