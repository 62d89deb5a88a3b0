"""What people are told of an error that a click met. Source: SPEC section 6."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.addin.clicking.log import log_here, write_down
from coordination_xl.errors import CoordinationError

if TYPE_CHECKING:
    import xlwings as xw


def sentence_of(fault: Exception, button: str, workbook: xw.Book | None) -> str:
    """What happened and what to do; one that nobody foresaw is written down, and the sentence says where.

    Args:
        fault: what was raised.
        button: label of the button that was clicked.
        workbook: the workbook of the click; ``None`` where none was.
    """
    from coordination_xl.books.excel.refusals import told

    meant = fault if isinstance(fault, CoordinationError) else told(fault, "Excel", workbook=workbook)
    if meant is not None:
        return str(meant)
    log = log_here()
    is_written = write_down(log, button, fault, datetime.now())
    kept = f"详细情况记在 {log}，请把这个文件交给管理员" if is_written else "日志文件也无法写入，请联系管理员"
    return f"【{button}】没有做完：程序遇到了没有料到的情况。请再点一次；仍然不行时，{kept}。"
