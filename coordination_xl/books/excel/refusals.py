"""What a host's own exceptions mean to the user."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from coordination_xl.errors import (
    CoordinationError,
    ExcelBusy,
    NoWorkbookOpen,
    ProtectedSheet,
    SaveFailed,
    UsageError,
    WorkbookError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

# Windows, numbers of COM. 0x80010001 and 0x8001010A: the call was turned away; 0x800AC472: a cell is being edited.
_BUSY_COM = frozenset({-2147418111, -2147417846, -2146777998})
# 0x80010108, 0x800401FD, 0x800706BA, 0x800706BE, 0x80010007 and VBA's 424: what was held on to is no more.
_GONE_COM = frozenset({-2147417848, -2147220995, -2147023174, -2147023170, -2147418105, -2146827864})
# macOS, numbers of Apple events. -1712: no answer in time, as when a dialogue is open; -10004: a privilege violation.
_BUSY_APPLE = frozenset({-1712, -1711})
_GONE_APPLE = frozenset({-600, -609})
# -1728, -1719: there is no such object: the workbook, if it was closed; else a worksheet, where a chart stands in front.
_NO_OBJECT_APPLE = frozenset({-1728, -1719})
_HOSTS = frozenset({"com_error", "CommandError", "ExcelBusyError", "ApplicationNotFoundError"})
_PROTECTED = ("protected", "保护", "保護")


def is_of_host(error: BaseException) -> bool:
    """Whether an exception is one with which pywin32, appscript or xlwings report that Excel refused.

    Told by the name of its class: neither library is there on every platform, so neither can be imported here.
    """
    return type(error).__name__ in _HOSTS


def _numbers(error: BaseException) -> frozenset[int]:
    found = [getattr(error, "hresult", None), getattr(error, "errornumber", None)]
    more = getattr(error, "excepinfo", None)
    if isinstance(more, tuple) and len(more) > 5:
        found.append(more[5])
    return frozenset(number for number in found if isinstance(number, int))


def is_busy(error: BaseException) -> bool:
    """Whether Excel takes no orders now: a cell is being edited, or a dialogue is open."""
    return type(error).__name__ == "ExcelBusyError" or bool(_numbers(error) & (_BUSY_COM | _BUSY_APPLE))


def is_gone(error: BaseException, workbook: xw.Book | None = None) -> bool:
    """Whether the workbook, or Excel itself, was closed meanwhile.

    Args:
        error: what was raised.
        workbook: the workbook, to be asked where the error alone does not tell; without one it is taken for closed.
    """
    if type(error).__name__ == "ApplicationNotFoundError" or _numbers(error) & (_GONE_COM | _GONE_APPLE):
        return True
    return bool(_numbers(error) & _NO_OBJECT_APPLE) and not _answers(workbook)


def _answers(workbook: xw.Book | None) -> bool:
    try:
        return workbook is not None and bool(workbook.name)
    except Exception as error:
        if is_of_host(error):
            return False
        raise


def is_protection(error: BaseException) -> bool:
    """Whether Excel refused because the sheet is protected; known by its words, because the number says anything."""
    more = getattr(error, "excepinfo", None)
    words = str(more[2]) if isinstance(more, tuple) and len(more) > 2 else str(error)
    return is_of_host(error) and any(word in words for word in _PROTECTED)


def told(
    error: BaseException, where: str, sheet: str = "", workbook: xw.Book | None = None
) -> CoordinationError | None:
    """The error for the user that an exception of the host stands for; ``None`` for any other exception.

    Args:
        error: what was raised.
        where: the workbook.
        sheet: the sheet that was being written, if one was.
        workbook: the workbook itself, where it is at hand: see :func:`is_gone`.
    """
    if isinstance(error, CoordinationError) or not is_of_host(error):
        return None
    if is_busy(error):
        return ExcelBusy(where, "Excel 正在编辑单元格或开着对话框", "按 Enter 或 Esc 结束编辑，关闭对话框，再点一次")
    if is_gone(error, workbook):
        return NoWorkbookOpen(where, "工作簿已经关闭", "重新打开工作簿，再点一次")
    if sheet and is_protection(error):
        return protected(sheet)
    if not sheet and _numbers(error) & _NO_OBJECT_APPLE:
        return UsageError(where, "Excel 找不到要用的工作表", "请先转到台账或表单的工作表，再点一次")
    if sheet:
        return SaveFailed(
            f"{where}·{sheet}", f"Excel 没有写入（{words_of(error)}）", "已恢复原状，请检查该表后再点一次"
        )
    return WorkbookError(where, f"Excel 没有回答（{words_of(error)}）", "请保存后重新打开工作簿，再点一次")


def words_of(error: BaseException) -> str:
    """What the host itself said, on one line."""
    more = getattr(error, "excepinfo", None)
    if isinstance(more, tuple) and len(more) > 2 and more[2]:
        return " ".join(str(more[2]).split())
    return " ".join(str(error).split())


def protected(sheet: str, address: str = "") -> ProtectedSheet:
    """The error for a sheet that is protected where something would be written."""
    where = f"{sheet}!{address}" if address else f"工作表“{sheet}”"
    return ProtectedSheet(
        where, "工作表受保护，要写入的单元格已锁定", "请撤销工作表保护（审阅→撤销工作表保护）后再点一次"
    )


@contextmanager
def speaking(where: str, workbook: xw.Book | None = None) -> Iterator[None]:
    """Let what the host refuses inside be told in the user's words.

    Raises:
        WorkbookError: Excel is busy, the workbook was closed, or Excel gave no answer.
    """
    try:
        yield
    except Exception as error:
        meant = told(error, where, workbook=workbook)
        if meant is None:
            raise
        raise meant from error
