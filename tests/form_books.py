"""Workbooks in memory with the five printable forms, and somebody who fills them in."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import openpyxl

from coordination_xl.books import BlockChange, ChangeSet, MemoryBook
from coordination_xl.books.build import build_workbook
from coordination_xl.schema import FORMS
from coordination_xl.schema.forms import DEFAULTS
from tests.builders import book, objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.books import Book
    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema import Form
    from tests.builders import Row


@cache
def places() -> dict[str, tuple[str, str]]:
    """Sheet and cell of every named cell of a new workbook's forms."""
    opened = openpyxl.load_workbook(io.BytesIO(build_workbook()))
    names = {form.name for form in FORMS}
    return {
        name: (sheet, address.replace("$", ""))
        for name, defined in opened.defined_names.items()
        if name.partition("_")[0] in names
        for sheet, address in defined.destinations
    }


def form_book(*, without: Sequence[str] = (), **tables: Sequence[Row] | Grid) -> MemoryBook:
    """A workbook whose forms are new; names that are to be ``without`` are not there."""
    made = book(**tables)
    names = {name: place for name, place in places().items() if name not in without}
    blocks = {name: objects(DEFAULTS.get(name.partition("_")[2])) for name in names}
    return MemoryBook((made.grid(table) for table in made.tables()), blocks, places=names, name=made.name)


def fill(made: Book, form: Form, **cells: object) -> None:
    """Type into the cells of a form."""
    made.apply(
        ChangeSet(
            blocks=tuple(
                BlockChange(f"{form.name}_{cell}", objects(None), objects(value)) for cell, value in cells.items()
            )
        )
    )


def on_form(made: Book, form: Form) -> dict[str, object]:
    """What stands in the cells of a form; blank ones are left out."""
    found = {cell: made.block(f"{form.name}_{cell}")[0] for cell in (*form.cells, "loaded")}
    return {cell: value for cell, value in found.items() if value is not None}
