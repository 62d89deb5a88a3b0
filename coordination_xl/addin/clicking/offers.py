"""What a click offers where the workbook lacks a sheet, a table or a column: to add what an older version did not have.

The upgrade works on the closed file, as the command line's does. So the workbook is saved and closed, upgraded, and opened again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.addin.summaries.upgrade import told_upgrade
from coordination_xl.addin.wording import joined
from coordination_xl.errors import (
    CoordinationError,
    DuplicateHeader,
    DuplicateTable,
    ReadOnlyWorkbook,
    StructureError,
    WorkbookNotLocal,
)

if TYPE_CHECKING:
    import xlwings as xw

    from coordination_xl.addin.clicking.click import Click
    from coordination_xl.books.port import Book

_QUESTION = "现在升级吗？程序会保存并关闭它，补上缺少的工作表、表格和列，再重新打开；原有内容一格不动。"
_OLD = "这本工作簿可能是旧版本，或有工作表、表格、列被删掉。"
_NOT_MENDED = (DuplicateHeader, DuplicateTable)
"""Faults that adding something does not mend."""


def offer_upgrade(click: Click, fault: StructureError) -> None:
    """Tell the fault, and mend it by an upgrade if the user wants that and the workbook can be upgraded where it is."""
    if isinstance(fault, _NOT_MENDED):
        click.tell_fault(str(fault))
        return
    obstacle = _newer_than_program(click) or _obstacle(click)
    if obstacle:
        click.tell_fault(joined(str(fault), obstacle))
    elif click.is_agreed(joined(str(fault), _OLD, _QUESTION)):
        _upgrade(click)


def offer_newer_version(click: Click, book: Book) -> None:
    """Offer what the workbook lacks though the verb has done its work without it; nothing where it lacks nothing."""
    from coordination_xl.actions.upgrade import missing

    lacking = missing(book)
    if not lacking or lacking.is_newer:
        return
    told = f"这本工作簿{'比程序旧' if lacking.is_older else '不完整'}：{lacking}。"
    if obstacle := _obstacle(click):
        click.tell(joined(told, obstacle))
    elif click.is_agreed(joined(told, _QUESTION)):
        _upgrade(click)


def _newer_than_program(click: Click) -> str:
    """Why a part is missing that no upgrade of the workbook brings; ``""`` for any other workbook."""
    from coordination_xl.actions.upgrade import missing
    from coordination_xl.books.excel import ExcelBook
    from coordination_xl.schema.versions import CURRENT

    try:
        lacking = missing(ExcelBook.of(click.workbook))
    except (StructureError, WorkbookNotLocal):  # then it does not say
        return ""
    if not lacking.is_newer:
        return ""
    mend = "请先安装新版本的程序，再重新打开 Excel。"
    return f"这本工作簿的版本是 {lacking.version}，比程序（{CURRENT}）新。{mend}"


def _obstacle(click: Click) -> str:
    """Why the workbook cannot be upgraded where it is; ``""`` where it can."""
    from coordination_xl.books.excel import ExcelBook
    from coordination_xl.books.excel.facts import facts_for

    workbook, facts = click.workbook, facts_for()
    if facts.is_online(workbook):
        again = f"请用“文件→另存为”存一份到本机文件夹（不在 OneDrive 里），在那一份上再点【{click.button}】。"
        return f"工作簿在 OneDrive 或 SharePoint 上，不能就地升级：本机的文件可能不是最新的。{again}"
    try:
        book = ExcelBook.of(workbook, facts=facts)
        book.check_writable()
    except (ReadOnlyWorkbook, WorkbookNotLocal) as refusal:
        return f"还不能升级。{refusal}"
    return "" if Path(book.name).is_file() else f"还不能升级：没有找到文件 {book.name}。"


def _upgrade(click: Click) -> None:
    """Save, close, upgrade the file, open it again, and say what came in; whatever happens, it is open again at the end."""
    from coordination_xl.actions.upgrade import upgrade
    from coordination_xl.actor import actor
    from coordination_xl.books import open_book
    from coordination_xl.books.excel.book import local_path
    from coordination_xl.books.excel.refusals import speaking

    app, path = click.app, Path(local_path(click.workbook))
    click.step("升级")
    try:
        with speaking(path.name, click.workbook):
            click.workbook.save()
            click.workbook.close()
    except CoordinationError:
        app.status_bar = False
        raise
    try:
        closed = open_book(path)
        result = upgrade(closed, click.now, actor=actor())
        result.write(closed)
        told = told_upgrade(result)
    except CoordinationError as refusal:
        told = joined(str(refusal), "没有升级，工作簿保持原样。")
    finally:
        app.status_bar = False
        is_open = _is_reopened(app, path)
    again = f"工作簿已重新打开，请再点一次【{click.button}】。"
    click.tell(
        joined(told, again if is_open else f"工作簿没有能够重新打开，请自己打开 {path}，再点一次【{click.button}】。")
    )


def _is_reopened(app: xw.App, path: Path) -> bool:
    from coordination_xl.books.excel.refusals import is_of_host

    try:
        app.books.open(path)
    except Exception as fault:
        if is_of_host(fault):
            return False
        raise
    return True
