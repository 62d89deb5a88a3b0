"""Putting a new file in the place of the old one: all of it or nothing, and the old one kept as a backup."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from coordination_xl.books.xlsx.locks import refuse_locked
from coordination_xl.errors import LockedWorkbook, ReadOnlyWorkbook, SaveFailed, reason

BACKUP_FOLDER = ".coordination-backups"
BACKUPS_KEPT = 3


def refuse_changed(path: Path, archive: bytes) -> None:
    """Stop if the file is no longer the one that was read.

    Raises:
        SaveFailed: it is gone, or its bytes are others.
    """
    try:
        is_same = path.stat().st_size == len(archive) and path.read_bytes() == archive
    except OSError:
        is_same = False
    if not is_same:
        raise SaveFailed(str(path), "文件在打开后被别的程序改过", "未写入任何内容，请重新执行一次")


def save(path: Path, old: bytes, new: bytes) -> None:
    """Replace the file at ``path``, known to hold ``old``, by ``new``.

    Written beside, flushed to the disk, read back, then moved into place; permissions are kept.

    Raises:
        ReadOnlyWorkbook: the folder refuses.
        LockedWorkbook: the file is held open.
        SaveFailed: anything else, a full disk above all; or the file has changed meanwhile. The old file is untouched.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coordination-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != new:
            raise SaveFailed(str(path), "写入后读回的内容不一致", "原文件未改动，请检查磁盘")
        _take_over(path, temporary)
        refuse_locked(path)
        refuse_changed(path, old)
        _keep_backup(path)
        temporary.replace(path)
        temporary = None
        _flush_folder(path.parent)
    except OSError as error:
        raise _explained(path, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _explained(path: Path, error: OSError) -> SaveFailed | ReadOnlyWorkbook | LockedWorkbook:
    where, why = str(path), reason(error)
    if error.errno == errno.EROFS:
        return ReadOnlyWorkbook(where, "所在磁盘是只读的", "请换到可写的文件夹")
    if isinstance(error, PermissionError):
        if os.name == "nt":
            return LockedWorkbook(where, "文件被别的程序占用", "请先关闭工作簿再试")
        return ReadOnlyWorkbook(where, "没有写入权限", "请换到可写的文件夹")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return SaveFailed(where, f"磁盘空间不足（{why}）", "原文件未改动，请腾出空间后再试")
    return SaveFailed(where, f"保存失败（{why}）", "原文件未改动，请检查磁盘后再试")


def _take_over(path: Path, temporary: Path) -> None:
    """Give the new file the permissions and, where that is allowed, the owner of the old one."""
    status = path.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
    shutil.copymode(path, temporary)


def _keep_backup(path: Path) -> None:
    """Keep the file that is about to be replaced under the time of its last change; only the newest are kept."""
    folder = path.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    changed = datetime.fromtimestamp(path.stat().st_mtime_ns // 1_000 / 1e6, UTC)
    backup = folder / f"{path.stem}.{changed:%Y%m%dT%H%M%S.%f}Z{path.suffix}"
    if not backup.exists():
        try:
            os.link(path, backup)  # the old file itself, without copying a byte
        except OSError:
            shutil.copy2(path, backup)
    for old in backups(path)[:-BACKUPS_KEPT]:
        old.unlink()


def backups(path: Path) -> list[Path]:
    """The backups of a workbook, oldest first."""
    stamp = "[0-9]" * 8 + "T" + "[0-9]" * 6 + ".[0-9][0-9][0-9][0-9][0-9][0-9]Z"
    folder = path.parent / BACKUP_FOLDER
    stem = "".join(f"[{letter}]" if letter in "[]*?" else letter for letter in path.stem)
    return sorted(folder.glob(f"{stem}.{stamp}{path.suffix}"))


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
