"""The State Council's days of a year into 节假日, and what then moves. Source: SPEC section 4, section 5 ``calendar import``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.batch import Outcome
from coordination_xl.actions.changing.audit import audit_rows, moved_dues
from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.results import Result
from coordination_xl.books import open_book
from coordination_xl.books.changes import ChangeSet, ColumnChange
from coordination_xl.errors import CoordinationError, UsageError, reason
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.holiday_files import read_holidays
from coordination_xl.rules.timing.holidays import check_notice, plan_holidays
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.actions.batch import Errand
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.holiday_notices import HolidayNotice

VERB = "导入节假日"


def read_notice(file: Path) -> HolidayNotice:
    """Read a file of holidays; its findings are everything that is wrong in it, which stops the import.

    Raises:
        UsageError: there is no such file, it cannot be read, or it is neither a notice nor JSON nor ICS.
    """
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise UsageError(str(file), f"无法读取（{reason(fault)}）", "检查路径和权限") from fault
    notice = read_holidays(file.name, content)
    return replace(notice, findings=check_notice(notice))


def import_calendar(book: Book, file: Path, now: datetime, *, actor: str = "") -> Result:
    """Enter a year's official days into 节假日, and compute anew every due time that rests on them.

    Nothing is written where the file, or a year of it, contradicts itself or the official days that are there already; see
    :func:`~coordination_xl.rules.timing.holidays.plan_holidays` for forecasts and the company's own days.

    Args:
        book: the workbook.
        file: the notice's text, JSON or ICS.
        now: the moment of judgement.
        actor: who asks, for 修改记录.

    Returns:
        The changes: the days, every computed column that follows from them, and 修改记录 with each due time that moved,
        old → new. As findings why nothing is written; as summary the years, the days and the due times that moved.

    Raises:
        UsageError: the file is none of the three.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    return _imported(book, read_notice(file), now, actor)


def refused(notice: HolidayNotice) -> Result:
    """The result where the file itself has faults: no workbook is touched."""
    return Result(verb="calendar import", book=notice.name, changes=ChangeSet(), findings=notice.findings)


def import_into(errand: Errand, notice: HolidayNotice) -> Outcome:
    """Import a file that was read into one workbook and save it. An error of ours stops this workbook alone.

    Args:
        errand: the workbook, the moment, who asks, and whether anything is written.
        notice: what :func:`read_notice` gave.
    """
    try:
        book = open_book(errand.path)
        if errand.is_found and not set(book.tables()) & set(BY_NAME):
            return Outcome(errand.path)
        result = _imported(book, notice, errand.now, errand.actor)
        if result.changes and not errand.is_dry:
            book.apply(result.changes)
    except CoordinationError as fault:
        return Outcome(errand.path, error=fault)
    return Outcome(errand.path, result=result)


def _imported(book: Book, notice: HolidayNotice, now: datetime, actor: str) -> Result:
    ledgers = Ledgers.read(book)
    holidays = ledgers["Calendar"]
    plan = plan_holidays(notice, holidays)
    findings = (*notice.findings, *plan.findings)
    if findings:
        return _result(book, ledgers, notice, ChangeSet(), findings=findings)
    cells = tuple(_by_date(holidays, change) for change in cell_changes(holidays, plan.cells))
    raw = ChangeSet(columns=cells, added=new_rows(holidays, plan.records))
    changes = settled(book, ledgers, raw, now, verb=VERB, actor=actor, is_everything=True)
    weekdays = cell_changes(holidays, ((row, "weekday", name) for row, name in plan.weekdays))
    recorded = (*cells, *_new_days(holidays, plan.records), *moved_dues(ledgers, changes.columns))
    audit = audit_rows(ledgers, recorded, VERB, actor, now)
    changed = {int(row) for change in raw.columns for row in change.rows}
    return _result(
        book,
        ledgers,
        notice,
        replace(
            changes,
            columns=(*changes.columns, *(_by_date(holidays, change) for change in weekdays)),
            added=(*(rows for rows in changes.added if rows.table != "Audit"), *audit),
        ),
        years=plan.years,
        added=len(plan.records),
        changed=len(changed),
    )


def _by_date(holidays: Ledger, change: ColumnChange) -> ColumnChange:
    """A change of 节假日 told by the date of its row: the rows have no ids."""
    dates = [shown(holidays.typed_at(int(row), "date")) for row in change.rows]
    return replace(change, ids=np.array(dates, dtype=object))


def _new_days(holidays: Ledger, records: Sequence[Mapping[str, object]]) -> tuple[ColumnChange, ...]:
    """The new rows as 修改记录 tells them: a line for each day, with what it is."""
    if not records:
        return ()
    dates, kinds = ([shown(record[key]) for record in records] for key in ("date", "kind"))
    nothing = np.full(len(records), None, dtype=object)
    rows = np.zeros(len(records), dtype=np.int64)
    told = np.array(dates, dtype=object), nothing, np.array(kinds, dtype=object)
    return (ColumnChange("Calendar", holidays.headers["kind"], rows, *told),)


def _result(
    book: Book,
    ledgers: Ledgers,
    notice: HolidayNotice,
    changes: ChangeSet,
    *,
    findings: tuple[Finding, ...] = (),
    years: tuple[int, ...] = (),
    added: int = 0,
    changed: int = 0,
) -> Result:
    moved = list(_moved(ledgers, changes.columns))
    return Result(
        verb="calendar import",
        book=book.name,
        changes=changes,
        findings=findings,
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "basis": notice.basis,
            "years": list(years),
            "added": added,
            "changed": changed,
            "settled": _turned_official(ledgers, changes.columns),
            "moved_count": len(moved),
            "moved": moved,
        },
    )


def _moved(ledgers: Ledgers, changes: Iterable[ColumnChange]) -> Iterable[dict[str, object]]:
    """Every due time that moved: the matter, the column, from when, to when."""
    for change in moved_dues(ledgers, changes):
        for record, old, new in zip(change.ids, change.old, change.new, strict=True):
            yield {
                "sheet": ledgers[change.table].sheet,
                "id": record,
                "column": change.header,
                "old": old,
                "new": new,
            }


def _turned_official(ledgers: Ledgers, changes: Iterable[ColumnChange]) -> int:
    """How many matters were 暂定 and are not any more."""
    headers = {ledger.table.name: ledger.headers.get("certainty") for ledger in ledgers}
    return sum(
        int(np.count_nonzero(change.old == "暂定")) for change in changes if change.header == headers.get(change.table)
    )
