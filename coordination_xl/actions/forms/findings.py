"""Everything that ``check`` would find in the row that a form makes, told at the form's cells. Source: SPEC section 5, B5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.rules.checks import check_all
from coordination_xl.rules.checks.agreements import AGREED
from coordination_xl.rules.forms.task_lines import is_agreement_due, line_faults, open_tasks
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordination_xl.actions.forms.sheets import FormSheet
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding

_QUOTED = re.compile("“([^”]+)”")


def form_findings(
    sheet: FormSheet, ledgers: Ledgers, row: int, directory: Directory, now: datetime
) -> tuple[Finding, ...]:
    """What is wrong with a form, in the order of its cells; what stands in columns that it does not show comes last.

    Args:
        sheet: the form.
        ledgers: the workbook as it will stand with the form registered.
        row: the sheet row that the form goes into.
        directory: who is known.
        now: the moment of judgement.
    """
    found = [*_of_row(sheet, ledgers, row, now), *_of_grid(sheet, ledgers, row, directory)]
    order = {sheet.places[cell][1]: place for place, cell in enumerate(sheet.cells)}
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda each: order[each.address] if each.sheet == sheet.sheet else len(order),
        )
    )


def _of_row(sheet: FormSheet, ledgers: Ledgers, row: int, now: datetime) -> Iterator[Finding]:
    ledger = ledgers[sheet.table.name]
    identifiers = {header: identifier for identifier, header in ledger.headers.items()}
    for each in check_all(ledgers, now):
        if each.table == ledger.table.name and each.row == row:
            quotes = [quote for quote in _QUOTED.findall(each.message) if quote != each.column]
            cell = sheet.cell_of(identifiers[each.column], quotes)
            yield sheet.moved(each, cell) if cell else each


def _of_grid(sheet: FormSheet, ledgers: Ledgers, row: int, directory: Directory) -> Iterator[Finding]:
    """Holes of the task grid, and agreed tasks that have no line in it. Before the agreement is owed they are reminders."""
    if sheet.form.grid is None:
        return
    ledger = ledgers[sheet.table.name]
    is_due = is_agreement_due(ledger, row)
    for fault in line_faults(sheet.lines, directory, is_due=is_due):
        if fault.cell in sheet.cells:
            yield sheet.finding(fault.fault, fault.cell, **fault.facts)
    agreed = sheet.cell_of(AGREED[ledger.table.name])
    if agreed and not is_due:
        for task, missing in open_tasks(ledger, row, directory):
            yield sheet.finding(refusals.AGREED_TASK_OPEN, agreed, task=task, missing=missing)
