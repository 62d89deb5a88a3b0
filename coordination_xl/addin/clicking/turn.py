"""One click at a time on a workbook: on macOS Excel gives its buttons back before Python has begun."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path


class Turn:
    """The right to work on a workbook, held by one click; a crash lets go of it, too.

    Args:
        folder: where the lock lies, one small file a workbook's name; it stays there.
        workbook: name of the workbook.
    """

    def __init__(self, folder: Path, workbook: str) -> None:
        self._folder = folder
        self._lock = FileLock(folder / f"{sha256(workbook.casefold().encode()).hexdigest()[:16]}.lock", timeout=0)

    def take(self) -> bool:
        """Take it without waiting; false where another click holds it. Where no lock can lie, nobody is held up."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            return False
        except (OSError, NotImplementedError):  # read-only, full, or a disk that knows no locks
            return True
        return True

    def give_back(self) -> None:
        """Let the next click have it; nothing where it was not held."""
        self._lock.release()
