"""A new workbook in a folder, blank or with the demo data, and the templates beside it. Source: SPEC section 5, ``init``."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.errors import SaveFailed, UsageError, reason
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

BLANK, DEMO = "coordination.xlsx", "coordination-demo.xlsx"


@dataclass(frozen=True, slots=True)
class Started:
    """What ``init`` lays out.

    Attributes:
        book: the new workbook.
        files: every file, the workbook first, as (from, to).
    """

    book: Path
    files: tuple[tuple[Path, Path], ...]

    def apply(self) -> None:
        """Copy the files.

        Raises:
            SaveFailed: the folder cannot be written.
        """
        try:
            for source, target in self.files:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        except OSError as fault:
            raise SaveFailed(
                str(self.book.parent), f"无法写入（{reason(fault)}）", "检查文件夹权限和磁盘空间"
            ) from fault


def init(folder: Path, *, demo: bool = False) -> Started:
    """Plan a new workbook in ``folder``.

    Args:
        folder: where; made if it is not there.
        demo: with a year of made-up office life instead of blank ledgers.

    Returns:
        What is to be copied; nothing is written before ``apply``.

    Raises:
        UsageError: there is a workbook of that name already, or ``folder`` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(str(folder), "这是一个文件，不是文件夹", "请给出一个文件夹")
    name = DEMO if demo else BLANK
    book = folder / name
    if book.exists():
        raise UsageError(str(book), "已经有这个工作簿", "换一个文件夹，或先把它移走")
    templates = shipped("templates")
    copied = [
        (template, folder / "templates" / template.relative_to(templates))
        for template in sorted(templates.rglob("*"))
        if template.is_file() and not (folder / "templates" / template.relative_to(templates)).exists()
    ]
    return Started(book, ((shipped("workbooks", name), book), *copied))
