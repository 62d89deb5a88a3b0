"""升级工作簿: an older or damaged workbook gets what the program has now; nothing that stands there is lost.

Source: SPEC section 6 (a workbook of an older version; a sheet, table or column deleted).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.actions.init import BLANK
from coordination_xl.actions.results import Result
from coordination_xl.actions.upgrading.additions import Additions, additions_for
from coordination_xl.actions.upgrading.comparison import Missing, headers_taken, missing
from coordination_xl.actions.upgrading.telling import findings_of, records_of, records_of_rows, summary_of
from coordination_xl.books import ChangeSet, ClosedBook, MemoryBook, RowsAdded, XlsxBook
from coordination_xl.errors import ForeignWorkbook, NewerWorkbook, UsageError, WriteRefused
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema import BY_NAME
from coordination_xl.schema.settings import FORMAT, SETTINGS_ROWS
from coordination_xl.schema.tables import AUDIT, RULES, SETTINGS
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.versions import CURRENT, RULES_SINCE
from coordination_xl.schema.vocabulary import YES_NO
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.frames import Ledger

VERB = "升级工作簿"

__all__ = ["VERB", "Missing", "missing", "upgrade"]


def upgrade(book: Book, now: datetime, *, actor: str = "") -> Result:
    """Bring a workbook up to what a new one has: sheets, tables, columns, names, rows of 参数, at last 工作簿版本.

    New columns are blank and stand right of their tables. A sheet, table or column that was deleted comes back blank. Of
    时限规则 only rows come in that are newer than the workbook; a row that somebody took out stays out.

    Args:
        book: the workbook; its file must be closed.
        now: the time of 修改记录.
        actor: who asks, for 修改记录.

    Returns:
        The changes; as findings what was lost and came back blank, what could not be added, and what is older than in a new
        workbook and was left alone; as summary everything that is added. Nothing at all for a workbook that lacks nothing.

    Raises:
        UsageError: the workbook is open in Excel.
        ForeignWorkbook: it is no workbook of ours.
        NewerWorkbook: it is newer than the program.
        StructureError: a table cannot be made anew, or a column is there twice.
        WriteRefused: something stands where a new column must go, or a column of the user's own bears its name.
        WorkbookError: the file is locked, read-only or signed.
    """
    if not isinstance(book, ClosedBook):
        raise UsageError(book.name, "工作簿正在 Excel 中打开，不能升级", "请保存并关闭它，再运行一次")
    lacking = missing(book)
    _refuse(book, lacking)
    added = additions_for(book, XlsxBook.open(shipped("workbooks", BLANK)))
    draft = _drafted(book, added)
    ledgers = Ledgers.read(draft, (SETTINGS, RULES, AUDIT))
    sheets = {name: draft.grid(name).sheet for name in draft.tables()}
    rows = (*_new_settings(ledgers["Settings"]), *_new_rules(ledgers["Rules"], lacking.version))
    settings = ledgers["Settings"]
    stands = settings.rows[(settings["key"] == FORMAT.key).to_numpy()]
    versions = cell_changes(settings, [(int(row), "value", FORMAT.value) for row in stands])
    changes = ChangeSet(columns=versions, added=rows, structure=added.all)
    if changes:
        told = [*records_of(added, sheets), *records_of_rows(rows, versions, sheets)]
        audit = [{"changed_at": now, "actor": actor, "verb": VERB, **each} for each in told]
        changes = replace(changes, added=(*rows, *new_rows(ledgers["Audit"], audit)))
        book.rehearse(changes)
    findings = findings_of(added, ledgers["Rules"], sheets, lacking.version, is_changed=bool(changes))
    return Result(
        verb="upgrade",
        book=book.name,
        changes=changes,
        findings=findings,
        sheets=sheets,
        summary=summary_of(added, sheets, rows, lacking.version),
    )


def _refuse(book: Book, lacking: Missing) -> None:
    if not lacking.is_ours:
        raise ForeignWorkbook(book.name, "不是协调工作簿，里面没有一张协调台账的表格", "请选择协调工作簿")
    if lacking.is_newer:
        raise NewerWorkbook(
            book.name,
            f"工作簿版本是 {lacking.version}，比程序（{CURRENT}）新",
            "请先安装新版本的程序",
        )
    for grid in (book.grid(name) for name in book.tables() if name in BY_NAME):
        for header in headers_taken(grid, lacking.version):
            raise WriteRefused(
                f"{grid.sheet}·{grid.table}",
                f"您自己的“{header}”列与新版程序的一列同名，升级后里面的内容会被程序改写",
                f"请先给它改名，例如“{header}（自用）”，再升级",
            )


def _drafted(book: ClosedBook, added: Additions) -> MemoryBook:
    """The workbook as it will be built, to be read before anything is written."""
    draft = MemoryBook([book.grid(name) for name in book.tables() if name in BY_NAME], name=book.name)
    draft.apply(ChangeSet(structure=added.all))
    return draft


def _new_settings(ledger: Ledger) -> tuple[RowsAdded, ...]:
    """Rows of 参数 that are not there, with the values that count without them, too."""
    there = set(ledger["key"])
    return new_rows(ledger, [setting._asdict() for setting in SETTINGS_ROWS if setting.key not in there])


def _new_rules(ledger: Ledger, version: int | None) -> tuple[RowsAdded, ...]:
    """Rows of 时限规则 that the workbook is too old to have."""
    there = set(ledger["rule"])
    new = [
        {**timer._asdict(), "is_active": YES_NO.words[0], "basis": timer.basis}
        for timer in TIMERS
        if version is not None and RULES_SINCE.get(timer.rule, 1) > version and timer.rule not in there
    ]
    return new_rows(ledger, new)
