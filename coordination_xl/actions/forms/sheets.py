"""A printed form as it stands in a book: its cells, its mark, and its own place for each finding."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.changing.edits import as_cell
from coordination_xl.books.changes import BlockChange
from coordination_xl.errors import MissingSheet, UsageError
from coordination_xl.ledger.findings import Finding, quoted, shown
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.form_pages import cells_of, laid_out, read_mark, said, task_lines
from coordination_xl.schema import BY_NAME, FORMS
from coordination_xl.schema.blocks import cell_label
from coordination_xl.schema.forms import DEFAULTS, LOADED, form_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.form_pages import Mark, Page
    from coordination_xl.ledger.task_grids import TaskLine
    from coordination_xl.schema import Form, Table
    from coordination_xl.schema.faults import Fault


@dataclass(frozen=True)
class FormSheet:
    """One form of a book.

    Attributes:
        form: which form.
        cells: what stands in its cells, ``None`` where blank; cells whose name the workbook lacks are left out.
        places: sheet and address of each cell.
        mark_text: what stands in the mark; None where the workbook is older than marks.
    """

    form: Form
    cells: Page
    places: Mapping[str, tuple[str, str]]
    mark_text: object

    @classmethod
    def read(cls, book: Book, form: Form) -> FormSheet:
        """Read it.

        Raises:
            MissingSheet: the workbook does not have the form.
        """
        cells: Page = {}
        places = {}
        for cell in form.cells:
            name = f"{form.name}_{cell}"
            values, place = book.block(name), book.place(name)
            if values is not None and place is not None:
                cells[cell] = values[0] if said(values[0]) else None
                places[cell] = place
        if "id" not in cells:
            where = f"{book.name} 的表单“{form.sheet}”"
            raise MissingSheet(
                where, f"找不到编号格（名称 {form.name}_id）", "恢复备份，或运行 coordination-xl upgrade 补上"
            )
        mark = book.block(f"{form.name}_{LOADED}")
        return cls(form, cells, places, None if mark is None else said(mark[0]))

    @property
    def table(self) -> Table:
        """The ledger table that the form goes into."""
        return BY_NAME[self.form.table]

    @property
    def sheet(self) -> str:
        """The name of its sheet in the workbook."""
        return self.places["id"][0]

    @property
    def record(self) -> str:
        """The id on the form; ``""`` where it is blank."""
        return fold(said(self.cells["id"])).strip()

    @property
    def mark(self) -> Mark | None:
        """What the form was filled from; None where nothing says so."""
        return read_mark(self.mark_text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it but what a new form has."""
        return all(
            value is None or said(value) == said(DEFAULTS.get(cell))
            for cell, value in self.cells.items()
            if not self.is_computed(cell)
        )

    @property
    def lines(self) -> tuple[TaskLine, ...]:
        """The task grid as printed; none where the form has none."""
        return task_lines(self.cells, self.form.grid) if self.form.grid else ()

    def is_computed(self, cell: str) -> bool:
        """Whether the program owns the column that the cell shows."""
        column = self.table.by_identifier.get(cell)
        return column is not None and column.is_computed

    @property
    def page(self) -> Page:
        """What stands in its cells, the tasks of the grid one below the other."""
        return laid_out(self.form, self.cells)

    def cell_of(self, identifier: str, quotes: Sequence[str] = ()) -> str | None:
        """The cell that shows a column of the ledger: of several the first that the quotes speak of, else the first."""
        if identifier not in self.form.columns:
            return None
        cells = [cell for cell in cells_of(self.form, identifier) if cell in self.cells]
        if self.form.grid and identifier in self.form.grid.columns:
            cells = [cell for cell in cells if not cell.startswith("task")]
        texts = {cell: said(self.cells[cell]) for cell in cells}
        spoken_of = (cell for cell, text in texts.items() if text and any(q in text or text in q for q in quotes))
        return next(spoken_of, cells[0] if cells else None)

    def finding(self, fault: Fault, cell: str, /, **facts: object) -> Finding:
        """The finding of ``fault`` at a cell of the form."""
        sheet, address = self.places.get(cell, self.places["id"])
        value = shown(self.cells.get(cell))
        words = quoted({"header": cell_label(self.form, cell), "value": value, "form": self.form.sheet} | facts)
        return Finding(
            sheet=sheet,
            table=self.table.name,
            row=int(re.sub(r"\D", "", address)),
            id=self.record,
            column=cell_label(self.form, cell),
            address=address,
            code=fault.code,
            severity=fault.severity,
            message=fault.message.format(**words),
            value=value,
            suggestion=fault.suggestion.format(**words),
        )

    def moved(self, found: Finding, cell: str) -> Finding:
        """A finding of the ledger, told at a cell of the form."""
        sheet, address = self.places[cell]
        return replace(
            found, sheet=sheet, address=address, row=int(re.sub(r"\D", "", address)), column=cell_label(self.form, cell)
        )

    def changes(self, wanted: Mapping[str, object], mark: str | None = None) -> tuple[BlockChange, ...]:
        """The changes by which cells say what they shall; those that say it already, or are not there, are left out."""
        changes = [
            _block(f"{self.form.name}_{cell}", self.cells[cell], as_cell(value))
            for cell, value in wanted.items()
            if cell in self.cells and said(self.cells[cell]) != said(value)
        ]
        if mark is not None and self.mark_text is not None and mark != self.mark_text:
            changes.append(_block(f"{self.form.name}_{LOADED}", self.mark_text or None, as_cell(mark)))
        return tuple(changes)


def form_called(text: str) -> Form:
    """The form of a sheet name or of its own name.

    Raises:
        UsageError: there is none.
    """
    form = form_named(fold(text).strip())
    if form is None:
        raise UsageError(f"表单“{text}”", "没有这张表单", f"可用的表单：{'、'.join(each.sheet for each in FORMS)}")
    return form


def _block(name: str, old: object, new: object) -> BlockChange:
    stands, wanted = np.empty(1, dtype=object), np.empty(1, dtype=object)
    stands[0], wanted[0] = old, new
    return BlockChange(name, stands, wanted)
