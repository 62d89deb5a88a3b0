"""What a click offers where the workbook lacks a sheet, a table or a column: to add what an older version did not have.

The upgrade works on the closed file, as the command line's does. So the workbook is saved and closed, upgraded, and opened again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.addin.questions import tell
from coordination_xl.addin.summaries.upgrade import told_upgrade
from coordination_xl.addin.wording import joined
from coordination_xl.errors import CoordinationError, DuplicateHeader, DuplicateTable

if TYPE_CHECKING:
    from coordination_xl.addin.click import Click
    from coordination_xl.books.port import Book
    from coordination_xl.errors import StructureError

_QUESTION = "现在升级吗？程序会保存并关闭它，补上缺少的工作表、表格和列，再重新打开；原有内容一格不动。"
_NOT_MENDED = (DuplicateHeader, DuplicateTable)
"""Faults that adding something does not mend."""


def offer_upgrade(click: Click, fault: StructureError) -> None:
    """Tell the fault, and mend it by an upgrade if the user wants that and the workbook is a file of this machine."""
    path = _file_of(click)
    if isinstance(fault, _NOT_MENDED) or path is None:
        tell(click.app, str(fault), click.button, is_fault=True)
        return
    why = "这本工作簿可能是旧版本，或有工作表、表格、列被删掉。"
    if click.is_agreed(joined(str(fault), why, _QUESTION)):
        _upgrade(click, path)


def offer_newer_version(click: Click, book: Book) -> None:
    """Offer what the workbook lacks though the verb has done its work without it; nothing where it lacks nothing."""
    from coordination_xl.actions.upgrade import missing

    lacking = missing(book)
    path = _file_of(click)
    if not lacking or lacking.is_newer or path is None:
        return
    if click.is_agreed(joined(f"这本工作簿比程序旧：{lacking}。", _QUESTION)):
        _upgrade(click, path)


def _file_of(click: Click) -> Path | None:
    """The file of the workbook; ``None`` where it has none on this machine."""
    path = Path(click.book_path)
    return path if path.is_file() else None


def _upgrade(click: Click, path: Path) -> None:
    """Save, close, upgrade the file, open it again, and say what came in; whatever happens, it is open again at the end."""
    from coordination_xl.actions.upgrade import upgrade
    from coordination_xl.actor import actor
    from coordination_xl.books import open_book

    app = click.app
    click.step("升级")
    click.workbook.save()
    click.workbook.close()
    try:
        closed = open_book(path)
        result = upgrade(closed, click.now, actor=actor())
        result.write(closed)
        told = told_upgrade(result, click.button)
    except CoordinationError as refusal:
        told = joined(str(refusal), "没有升级，工作簿保持原样，已重新打开。")
    finally:
        app.status_bar = False
        app.books.open(path)
    tell(app, told, click.button)
