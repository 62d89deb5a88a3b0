"""登记表单 and 载入表单."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.load import load as load_record
from coordination_xl.actions.register import register as register_form
from coordination_xl.actor import actor
from coordination_xl.addin.selecting.pointing import active_sheet, pointing_of
from coordination_xl.addin.selecting.selection import AGREED
from coordination_xl.addin.summaries.forms import told_load, told_registration
from coordination_xl.errors import UsageError
from coordination_xl.schema import FORMS, refusals

if TYPE_CHECKING:
    from coordination_xl.addin.clicking.click import Click
    from coordination_xl.books.port import Book
    from coordination_xl.schema import Form


def register(click: Click) -> str:
    """Register the form on the active sheet.

    Raises:
        UsageError: the active sheet is no form.
    """
    sheet = active_sheet(click.workbook)
    book = click.book
    form = form_on(book, sheet)
    if form is None:
        names = "、".join(each.sheet for each in FORMS)
        where = f"工作表“{sheet}”" if sheet else f"工作簿“{click.workbook.name}”当前的表"
        raise UsageError(where, "不是可以登记的表单", f"转到{names}之一，填好后再点【登记表单】")
    click.step("计算")
    result = register_form(book, form.sheet, click.now, actor=actor())
    click.write(result, book)
    return told_registration(result)


def load(click: Click) -> str:
    """Load the selected row into its form and show it; on a form: empty it."""
    pointing = pointing_of(click.workbook)
    book = click.book
    is_in_front = pointing.workbook == click.workbook.name
    form = form_on(book, pointing.sheet) if is_in_front else None
    if form is not None:
        if not click.is_agreed(f"清空“{form.sheet}”，用来登记新的事项吗？台账不受影响。"):
            return ""
        record = form.sheet
    else:
        record = click.selection(book, AGREED, pointing).one_id("载入")
    click.step("计算")
    result = load_record(book, record, click.now)
    if any(found.code == refusals.FORM_UNREGISTERED.code for found in result.findings):
        name = result.summary["form"]
        if not click.is_agreed(f"“{name}”上有还没有登记的内容，覆盖后找不回来。覆盖吗？", is_risky=True):
            return f"“{name}”没有改动。可以先点【登记表单】，再载入。"
        result = load_record(book, record, click.now, replace=True)
    click.write(result, book)
    shown_on = sheet_of(book, str(result.summary["form"]))
    click.workbook.sheets[shown_on].activate()
    return told_load(result)


def form_on(book: Book, sheet: str) -> Form | None:
    """The form that a sheet is, by the names of its cells, so that the sheet may be renamed; ``None`` for other sheets."""
    places = ((form, book.place(f"{form.name}_id")) for form in FORMS)
    return next((form for form, place in places if place and place[0] == sheet), None)


def sheet_of(book: Book, form_sheet: str) -> str:
    """The name that a form's sheet has in the workbook."""
    form = next(form for form in FORMS if form_sheet in {form.sheet, form.name})
    place = book.place(f"{form.name}_id")
    return place[0] if place else form.sheet
