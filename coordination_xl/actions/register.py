"""登记表单: a filled form into its ledger, as a new row, a new version, or an update of its row. Source: SPEC section 5, B3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.actions.changing.settling import drafted, settled
from coordination_xl.actions.forms.findings import form_findings
from coordination_xl.actions.forms.registration import known_row, new_row
from coordination_xl.actions.forms.sheets import FormSheet, form_called
from coordination_xl.actions.forms.versions import full_text
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.form_pages import fingerprint, page_of, write_mark
from coordination_xl.rules.forms.versions import parties_of, questions_by
from coordination_xl.rules.timing.schedule import Basis

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.actions.forms.registration import Registration
    from coordination_xl.books.changes import BlockChange, ColumnChange
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

VERB = "登记表单"


def register(book: Book, form: str, now: datetime, *, actor: str = "") -> Result:
    """Register a form: what it says goes into its ledger, audited, and the row is complete at once.

    A form without an id becomes a new row with the next number. One with the id of a known matter updates its row. From
    已达成共识 on, a change of a coordination is a new version: the discussion is open again, the earlier version stays whole
    in 修改记录, and the summary says who must be told and until when they raise questions. A form with errors, or one whose
    row was changed by others since it was loaded, is not registered. Registering twice changes nothing the second time.

    Args:
        book: the workbook.
        form: the form's sheet name (协调表) or its own (``CoordinationForm``).
        now: the moment of judgement; a new matter began now where the form gives no date.
        actor: who asks, for 修改记录.

    Returns:
        The changes of the ledger and of the form's own id, date, version and mark; none where a finding is an error.

    Raises:
        UsageError: there is no such form.
        StructureError: the workbook lacks a sheet, table, column or the form.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.

    Source: SPEC section 3, B3 (versions), B5 (one person, one deadline), A13, A15, A19.
    """
    ledgers = Ledgers.read(book)
    sheet = FormSheet.read(book, form_called(form))
    directory = Directory.of(ledgers["Contacts"].frame)
    made = known_row(sheet, ledgers, directory) if sheet.record else new_row(sheet, ledgers, directory, now)
    ledger = ledgers[sheet.table.name]
    raw = ChangeSet()
    if not made.refused and made.row is None:
        raw = ChangeSet(added=new_rows(ledger, [made.values]))
    elif not made.refused and made.row is not None:
        row = made.row
        raw = ChangeSet(columns=cell_changes(ledger, [(row, each, value) for each, value in made.values.items()]))
    if not raw:
        return _result(book, ledgers, sheet, made, ChangeSet(), made.refused)
    after = Ledgers.read(drafted(book, raw))
    _, place = after.locate(made.record)
    findings = form_findings(sheet, after, place, directory, now)
    if any(found.is_error for found in findings):
        return _result(book, ledgers, sheet, made, ChangeSet(), findings)
    changes = settled(book, ledgers, raw, now, verb=VERB, actor=actor)
    changes += ChangeSet(blocks=_written_back(sheet, after, place, made, now))
    if made.is_version and made.row is not None:
        earlier = full_text(ledgers, ledger, made.row, sheet.form, now, verb=VERB, actor=actor)
        changes += ChangeSet(added=earlier)
    told = _told(ledgers, after, sheet, made, place, directory, now) if made.is_version else {}
    return _result(book, after, sheet, made, changes, findings, told)


def _written_back(
    sheet: FormSheet, after: Ledgers, row: int, made: Registration, now: datetime
) -> tuple[BlockChange, ...]:
    """The head of the form and its mark, as the row has them; a computed field of an earlier round goes."""
    page = page_of(after[sheet.table.name], row, sheet.form)
    wanted: dict[str, object] = {cell: page[cell] for cell in sheet.form.head}
    if made.row is None or made.is_version:
        wanted |= {cell: None for cell in sheet.cells if sheet.is_computed(cell)}
    return sheet.changes(wanted, write_mark(made.record, now, fingerprint(sheet.form, page)))


def _told(
    before: Ledgers,
    after: Ledgers,
    sheet: FormSheet,
    made: Registration,
    row: int,
    directory: Directory,
    now: datetime,
) -> dict[str, object]:
    """Everybody of the earlier version and of the new one, and until when they raise questions. Source: SPEC B7."""
    name = sheet.table.name
    then = parties_of(before, before[name], made.row or row, directory)
    parties = dict.fromkeys((*parties_of(after, after[name], row, directory), *then))
    return {"parties": list(parties), "tell_by": questions_by(after, Basis.of(after, now).calendar, now)}


def _is_of(change: ColumnChange, made: Registration, ledger: Ledger) -> bool:
    """Whether a change is one that the form asked for, not one that was computed from it."""
    return change.table == ledger.table.name and change.header in {ledger.headers.get(each) for each in made.values}


def _result(
    book: Book,
    ledgers: Ledgers,
    sheet: FormSheet,
    made: Registration,
    changes: ChangeSet,
    findings: tuple[Finding, ...],
    told: dict[str, object] | None = None,
) -> Result:
    ledger = ledgers[sheet.table.name]
    is_done = bool(changes)
    summary: dict[str, object] = {
        "form": sheet.sheet,
        "id": made.record if is_done or made.row is not None else "",
        "is_new": is_done and made.row is None,
        "is_new_version": is_done and made.is_version,
        "columns": [each.header for each in changes.columns if _is_of(each, made, ledger)],
        "errors": sum(found.is_error for found in findings),
        "reminders": sum(not found.is_error for found in findings),
        **(told or {}),
    }
    if is_done and "version" in made.values:
        summary["version"] = int(float(str(made.values["version"])))
    sheets = {each.table.name: each.sheet for each in ledgers}
    return Result("register", book.name, changes, findings, sheets, summary)
