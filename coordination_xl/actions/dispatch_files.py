"""The files in 外发目录 that belong to a notice: their names, or the names of their folders, begin with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class DispatchFiles:
    """What lies in a folder of notices.

    Args:
        outbox: the folder; it need not be there.
        without: a folder that is left out, wherever it lies: the archive itself.
    """

    def __init__(self, outbox: Path, *, without: Path) -> None:
        self._files = {
            path.relative_to(outbox).as_posix(): path
            for path in (sorted(outbox.rglob("*")) if outbox.is_dir() else ())
            if path.is_file() and not path.is_symlink() and not path.is_relative_to(without)
        }

    def of(self, numbers: Sequence[str]) -> dict[str, Path]:
        """The files of these notices, by their path below the folder with forward slashes.

        ``TZ-2026-0001`` is not the number of ``TZ-2026-00012 通知.html``.
        """
        wanted = {number for number in numbers if number}
        lengths = sorted({len(number) for number in wanted})
        return {
            name: path
            for name, path in self._files.items()
            if any(_begins(part, wanted, lengths) for part in name.split("/"))
        }


def _begins(part: str, wanted: set[str], lengths: Sequence[int]) -> bool:
    return any(part[:length] in wanted and not part[length : length + 1].isdigit() for length in lengths)
