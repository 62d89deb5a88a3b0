"""Files that a verb leaves beside the workbook: all of them or none, and none before the workbook itself is written."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from errno import EISDIR
from typing import TYPE_CHECKING

from coordination_xl.errors import SaveFailed, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file to be written.

    Attributes:
        path: where.
        content: what.
    """

    path: Path
    content: bytes

    @property
    def is_there(self) -> bool:
        """Whether the file is there already, with this content."""
        try:
            return self.path.read_bytes() == self.content
        except OSError:
            return False


def write_all(files: Iterable[NewFile], commit: Callable[[], None]) -> None:
    """Lay the files out beside their places, ``commit``, and only then put them in place.

    Whatever fails before the end of ``commit`` leaves no file and no new folder behind. What fails after it leaves the
    files that are in place already: the workbook is written, and the same verb can be asked for the rest again.

    Args:
        files: what to write; one that is there with the same content is passed over.
        commit: writes the workbook.

    Raises:
        SaveFailed: a file cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    folders: list[Path] = []
    try:
        for file in files:
            if not file.is_there:
                _make_folder(file.path.parent, folders)
                _refuse_folder(file.path)
                draft = file.path.with_name(f".{file.path.name}.part")
                staged.append((draft, file.path))
                draft.write_bytes(file.content)
        commit()
    except BaseException as fault:  # an interrupt, too, leaves nothing half done; it goes on up
        _clear(staged, folders)
        if isinstance(fault, OSError):
            raise _failure(fault) from fault
        raise
    try:
        for draft, path in staged:
            draft.replace(path)
    except OSError as fault:
        _clear(staged, [])
        raise SaveFailed(
            str(fault.filename2 or fault.filename),
            f"台账已写入，但这个文件没有写成（{reason(fault)}）",
            "检查文件夹权限和磁盘空间，再运行一次",
        ) from fault


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "已有同名文件夹", str(path))


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; ``made`` learns of each as soon as it is there, the outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _clear(staged: list[tuple[Path, Path]], folders: list[Path]) -> None:
    for draft, _ in staged:
        with contextlib.suppress(OSError):  # what cannot be removed must not hide why it was begun in vain
            draft.unlink(missing_ok=True)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):  # somebody else has put something there meanwhile: it stays
            folder.rmdir()


def _failure(fault: OSError) -> SaveFailed:
    return SaveFailed(str(fault.filename or "输出文件夹"), f"无法写入（{reason(fault)}）", "检查文件夹权限和磁盘空间")
