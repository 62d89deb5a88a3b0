"""What a printed form shows of a ledger row, cell by cell, and the mark by which it remembers what it was filled from.

A page is a mapping from the last part of a cell's name (``title``, ``who1``) to what stands in the cell. Source: SPEC section 3.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.dates import DateStatus, read_date
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.task_grids import TaskLine, from_cells, into_cells, read_task_lines
from coordination_xl.schema import BY_NAME
from coordination_xl.schema.forms import TASK_CELLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.task_grids import Texts
    from coordination_xl.schema import Form
    from coordination_xl.schema.forms import TaskGrid

Page = dict[str, object]
_WHOLE, _EACH = 6, 2
"""Characters of a fingerprint: of the whole row, then of each column."""
_MARK: Final = re.compile(r"载入自\s*(?P<record>\S+)\s.*指纹\s*(?P<code>[0-9a-z]+)", re.DOTALL)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form was filled from.

    Attributes:
        record: the id of the row.
        code: its fingerprint then, see :func:`fingerprint`.
    """

    record: str
    code: str


def page_of(ledger: Ledger, row: int, form: Form) -> Page:
    """The cells of the form for one row; ``None`` where the row is blank or the workbook lacks the column."""
    in_grid = form.grid.columns if form.grid else ()
    page: Page = {
        identifier: ledger.typed_at(row, identifier) if ledger.has(identifier) else None
        for identifier in form.columns
        if identifier not in in_grid
    }
    if form.grid:
        page |= _grid_cells(form.grid, into_cells(read_task_lines(grid_texts(ledger, row, form.grid)), form.grid.lines))
    return page


def grid_texts(ledger: Ledger, row: int, grid: TaskGrid) -> Texts:
    """The three texts of a row that the task grid shows, as typed."""
    who, by, standard = (shown(ledger.typed_at(row, each)) if ledger.has(each) else "" for each in grid.columns)
    return who, by, standard


def _grid_cells(grid: TaskGrid, lines: Iterable[TaskLine]) -> Page:
    cells = zip(grid.cells, (cell for line in lines for cell in astuple(line)), strict=True)
    return {name: (_as_date(cell) if name.startswith("by") else cell) or None for name, cell in cells}


def _as_date(cell: str) -> object:
    """A real date where the text is how a real date is shown; else the text."""
    when, status = read_date(cell)
    return when if status is DateStatus.TEXT and shown(when) == cell else cell


def task_lines(page: Mapping[str, object], grid: TaskGrid) -> tuple[TaskLine, ...]:
    """The lines of the task grid of a page, one for each line of the printed grid, blank ones included."""
    parts = [part for part, *_ in TASK_CELLS]
    return tuple(
        TaskLine(*(said(page.get(f"{part}{number}")) for part in parts)) for number in range(1, grid.lines + 1)
    )


def filled_lines(page: Mapping[str, object], grid: TaskGrid) -> tuple[TaskLine, ...]:
    """The tasks of the task grid of a page."""
    return from_cells(task_lines(page, grid))


def laid_out(form: Form, page: Mapping[str, object]) -> Page:
    """A page whose tasks stand one below the other, as :func:`page_of` has them, without blank lines between."""
    if form.grid is None:
        return dict(page)
    cells = _grid_cells(form.grid, into_cells(filled_lines(page, form.grid), form.grid.lines))
    return {cell: cells.get(cell, value) for cell, value in page.items()}


def said(value: object) -> str:
    """What a cell says to a reader: two cells that say the same are the same, a real date and its text too."""
    return shown(value).replace("\r\n", "\n").strip()


def cells_of(form: Form, identifier: str) -> tuple[str, ...]:
    """The cells that show one column of the ledger; the first of the grid's columns also names the tasks."""
    if form.grid is None or identifier not in form.grid.columns:
        return (identifier,)
    place = form.grid.columns.index(identifier)
    own = TASK_CELLS[place + 1][0]
    parts = (TASK_CELLS[0][0], own) if place == 0 else (own,)
    return tuple(cell for cell in form.grid.cells if cell.rstrip("0123456789") in parts)


def column_of(form: Form, cell: str) -> str:
    """The column of the ledger that a cell shows."""
    return next(identifier for identifier in form.columns if cell in cells_of(form, identifier))


def fingerprint(form: Form, page: Mapping[str, object]) -> str:
    """A short text that is another one when the user's columns of the page say something else."""
    each = ["\x1f".join(said(page.get(cell)) for cell in cells_of(form, column)) for column in marked_columns(form)]
    return _digest("\x1e".join(each), _WHOLE) + "".join(_digest(text, _EACH) for text in each)


def marked_columns(form: Form) -> tuple[str, ...]:
    """The columns that a fingerprint covers: those of the user that the form shows, but the id."""
    table = BY_NAME[form.table]
    return tuple(each for each in form.columns if each != "id" and not table.column(each).is_computed)


def differing_columns(form: Form, then: str, now: str) -> tuple[str, ...]:
    """The columns in which two fingerprints differ; all of them where they are not of one form."""
    columns = marked_columns(form)
    if len(then) != len(now):
        return columns
    starts = range(_WHOLE, len(now), _EACH)
    differs = [then[start : start + _EACH] != now[start : start + _EACH] for start in starts]
    found = tuple(column for column, is_other in zip(columns, differs, strict=True) if is_other)
    return found or (columns if then != now else ())


def write_mark(record: str, moment: datetime, code: str) -> str:
    """The text of the mark."""
    return f"载入自 {record} · {moment:%Y-%m-%d %H:%M} · 指纹 {code}"


def read_mark(text: object) -> Mark | None:
    """The mark that a cell holds; None where it holds none."""
    match = _MARK.search(said(text))
    return Mark(match["record"], match["code"]) if match else None


def _digest(text: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    digits = ""
    for _ in range(length):
        number, rest = divmod(number, len(_DIGITS))
        digits += _DIGITS[rest]
    return digits
