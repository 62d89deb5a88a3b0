"""May this file be written now? Asked before anything is computed, and again before the new file takes its place."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from coordination_xl.errors import LockedWorkbook, ReadOnlyWorkbook, SignedWorkbook

if TYPE_CHECKING:
    from pathlib import Path

    from coordination_xl.books.xlsx.package import Package

_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def refuse_locked(path: Path) -> None:
    """Stop if somebody has the workbook open.

    Raises:
        LockedWorkbook: Excel's (``~$``), LibreOffice's (``.~lock.``) or WPS's (``.~``) lock file lies beside it.
    """
    for name in (f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}"):
        if os.path.lexists(path.with_name(name)):
            raise LockedWorkbook(
                str(path),
                f"工作簿正被打开（旁边有锁文件 {name}）",
                "请先关闭工作簿；若确认无人打开，请删除该锁文件后再试",
            )


def refuse_read_only(path: Path) -> None:
    """Stop if the file or its folder may not be written.

    The permission bits are asked as well as the system, because an administrator may write where the bits forbid it.

    Raises:
        ReadOnlyWorkbook: one of them is read-only.
    """
    remedy = "请取消只读属性，或换到可写的文件夹"
    for place, what in ((path, "文件是只读的"), (path.parent, "所在文件夹是只读的")):
        if not place.stat().st_mode & _WRITE or not os.access(place, os.W_OK):
            raise ReadOnlyWorkbook(str(path), what, remedy)


def refuse_signed(package: Package) -> None:
    """Stop if a change would break a digital signature.

    Raises:
        SignedWorkbook: the package is signed.
    """
    if package.is_signed:
        raise SignedWorkbook(package.where, "工作簿带有数字签名，写入会使签名失效", "请先在 Excel 中删除签名")
