"""载入表单: a ledger row into its printable form, or a blank form. Source: SPEC section 3, section 5 ``register``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.forms.heights import height_changes
from coordination_xl.actions.forms.sheets import FormSheet, form_called
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.form_pages import Mark, fingerprint, page_of, said, write_mark
from coordination_xl.schema import FORMS, refusals
from coordination_xl.schema.forms import DEFAULTS, MEETING_FORM, MINUTES_FORM, form_named

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.form_pages import Page
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Form


def load(book: Book, record: str, now: datetime, *, form: str = "", replace: bool = False) -> Result:
    """Fill the form of a matter from its row, ready to print on one page or to be edited and registered again.

    Cells that the row has blank become blank. Rows of the form grow with their texts and shrink back. Beside the page stands
    what was loaded, so that ``register`` notices a row that somebody else changed meanwhile.

    The name of a form in place of an id empties the form for a new matter.

    Args:
        book: the workbook.
        record: the id of the row, or the sheet name of a form.
        now: the moment that the mark names.
        form: which form, by its sheet name; a meeting has two: 会议申请表, and 会议纪要 from 已召开 on.
        replace: overwrite what stands on the form and was never registered.

    Returns:
        The changes of the form; none, and a finding, where the form holds what was never registered.

    Raises:
        UnknownRecord: no ledger has the id.
        UsageError: the row's table has no form, or not this one.
        StructureError: the workbook lacks a sheet, table, column or the form.
    """
    ledgers = Ledgers.read(book)
    emptied = form_named(fold(record).strip())
    if emptied is not None:
        return _emptied(book, ledgers, FormSheet.read(book, emptied), replace=replace)
    ledger, row = ledgers.locate(record)
    shape = _form_of(ledger, row, form)
    sheet = FormSheet.read(book, shape)
    name, page = ledger.id_at(row), page_of(ledger, row, shape)
    sheets = {each.table.name: each.sheet for each in ledgers}
    summary = {"id": name, "form": sheet.sheet, "title": shown(page.get("title"))}
    if not replace and _is_unregistered(sheet, ledgers, name, page):
        found = sheet.finding(refusals.FORM_UNREGISTERED, "id", record=name)
        return Result("load", book.name, ChangeSet(), (found,), sheets, summary)
    code = fingerprint(shape, page)
    mark = None if sheet.mark == Mark(name, code) else write_mark(name, now, code)
    changes = ChangeSet(blocks=sheet.changes(page, mark), heights=height_changes(book, shape, page))
    return Result("load", book.name, changes, (), sheets, summary)


def _emptied(book: Book, ledgers: Ledgers, sheet: FormSheet, *, replace: bool) -> Result:
    """The form as a new workbook has it: no id, no mark, the first words of the pick lists."""
    sheets = {each.table.name: each.sheet for each in ledgers}
    summary = {"id": "", "form": sheet.sheet, "title": ""}
    if not replace and _is_unregistered(sheet, ledgers, "", {}):
        found = sheet.finding(refusals.FORM_UNREGISTERED, "id", record=sheet.sheet)
        return Result("load", book.name, ChangeSet(), (found,), sheets, summary)
    page = {cell: DEFAULTS.get(cell) for cell in sheet.cells}
    changes = ChangeSet(blocks=sheet.changes(page, ""), heights=height_changes(book, sheet.form, {}))
    return Result("load", book.name, changes, (), sheets, summary)


def _form_of(ledger: Ledger, row: int, wanted: str) -> Form:
    forms = [form for form in FORMS if form.table == ledger.table.name]
    name = ledger.id_at(row)
    if not forms:
        names = "、".join(form.sheet for form in FORMS)
        raise UsageError(f"编号“{name}”", f"{ledger.sheet}的行没有可打印的表单", f"有表单的是：{names}")
    if wanted:
        form = form_called(wanted)
        if form not in forms:
            names = "、".join(form.sheet for form in forms)
            raise UsageError(f"编号“{name}”", f"不能载入“{form.sheet}”", f"{ledger.sheet}的行可载入：{names}")
        return form
    life = ledger.table.life
    if MINUTES_FORM in forms and life is not None:
        return MINUTES_FORM if ledger["state"][row] in life.from_on("已召开") else MEETING_FORM
    return forms[0]


def _is_unregistered(sheet: FormSheet, ledgers: Ledgers, name: str, page: Page) -> bool:
    """Whether the form holds what somebody typed and no ledger has."""
    if sheet.is_blank:
        return False
    mark = sheet.mark
    if mark is not None and mark.record == sheet.record and mark.code == fingerprint(sheet.form, sheet.page):
        return False
    stands = page if sheet.record == name else _page_of_record(sheet, ledgers)
    return stands is None or any(
        said(stands.get(cell)) != said(value)
        for cell, value in sheet.page.items()
        if value is not None and not sheet.is_computed(cell)
    )


def _page_of_record(sheet: FormSheet, ledgers: Ledgers) -> Page | None:
    """The page of the row that the form names; None where there is none."""
    ledger = ledgers[sheet.table.name]
    rows = ledger.rows[ledger.ids == sheet.record]
    return page_of(ledger, int(rows[0]), sheet.form) if sheet.record and len(rows) else None
