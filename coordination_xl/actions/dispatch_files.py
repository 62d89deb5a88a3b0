"""The files in 外发目录 that belong to a notice: those of its 邮件文件; of a notice without one, those that bear its number."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class DispatchFiles:
    """What lies in a folder of notices.

    Args:
        outbox: the folder; it need not be there.
        without: a folder that is left out, wherever it lies: the archive itself.
        named: 邮件文件 of every row of 发文记录; one that several rows name tells of several matters.
    """

    def __init__(self, outbox: Path, *, without: Path, named: Iterable[str] = ()) -> None:
        self._shared = frozenset(file for file, rows in Counter(named).items() if file and rows > 1)
        self._files = {
            path.relative_to(outbox).as_posix(): path
            for path in (sorted(outbox.rglob("*")) if outbox.is_dir() else ())
            if path.is_file() and not path.is_symlink() and not path.is_relative_to(without)
        }

    def of(self, notices: Sequence[tuple[str, str]]) -> dict[str, Path]:
        """The files of these notices, by their path below the folder with forward slashes.

        A mail that several notices share is left out: it tells of other matters too. Where 邮件文件 is blank the names count:
        of files, or of their folders; ``TZ-2026-0001`` is not the number of ``TZ-2026-00012 通知.html``.

        Args:
            notices: number and 邮件文件 of each.
        """
        stems = {_stem(file) for _, file in notices if file and file not in self._shared}
        wanted = {number for number, file in notices if number and not file}
        lengths = sorted({len(number) for number in wanted})
        return {
            name: path
            for name, path in self._files.items()
            if _stem(name) in stems or any(_begins(part, wanted, lengths) for part in name.split("/"))
        }


def _stem(file: str) -> str:
    """The path without its suffix: a notice's .eml, .html and .docx have it in common."""
    return str(PurePosixPath(file).with_suffix("")) if PurePosixPath(file).name else ""


def _begins(part: str, wanted: set[str], lengths: Sequence[int]) -> bool:
    return any(part[:length] in wanted and not part[length : length + 1].isdigit() for length in lengths)
