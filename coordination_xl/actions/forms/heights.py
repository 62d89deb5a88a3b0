"""Row heights of a form, by the lines of its longest text. Source: SPEC section 3, the printable forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.changes import TALLEST_ROW, HeightChange
from coordination_xl.books.text_lines import LINE, lines_of
from coordination_xl.ledger.form_pages import said
from coordination_xl.schema.forms import LEFT, RIGHT, TASK_CELLS, TASK_LINE, UNITS, WHOLE, TaskGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.form_pages import Page
    from coordination_xl.schema import Form
    from coordination_xl.schema.forms import Line

PADDING = 3.0
"""Points above and below the text of a row that had to grow."""
SAME = 1.0
"""Points: a spreadsheet program rounds heights to pixels of its screen."""
_SMALL = 10 / 9
"""The acceptance standards are printed in 9 points, so that more fits in a line."""


def height_changes(book: Book, form: Form, page: Page) -> tuple[HeightChange, ...]:
    """The heights that the rows of the form need, as far as they have others now.

    A row is as high as the form has it, or as its text needs: heights that an earlier, longer text raised go back.

    Args:
        book: the workbook, which knows the heights that stand.
        form: the form.
        page: what its cells are going to say.
    """
    changes = []
    for cell, points in _heights(form, page):
        name = f"{form.name}_{cell}"
        if book.block(name) is None:
            continue
        stands = book.height(name)
        if stands is None or abs(stands - points) >= SAME:
            changes.append(HeightChange(name, points))
    return tuple(changes)


def _heights(form: Form, page: Page) -> Iterator[tuple[str, float]]:
    """The first cell of each row of the body, and the row's height."""
    for line in form.lines:
        if isinstance(line, TaskGrid):
            for number in range(1, line.lines + 1):
                yield f"{TASK_CELLS[0][0]}{number}", _needed(TASK_LINE, _grid_lines(page, number))
        else:
            yield line.fields[0].identifier, _needed(line.height, _field_lines(line, page))


def _needed(own: float, lines: int) -> float:
    return own if lines * LINE <= own else min(round(lines * LINE + PADDING, 1), TALLEST_ROW)


def _field_lines(line: Line, page: Page) -> int:
    places = (WHOLE,) if len(line.fields) == 1 else (LEFT, RIGHT)
    return max(
        lines_of(said(page.get(field.identifier)), _units(place))
        for field, place in zip(line.fields, places, strict=True)
    )


def _grid_lines(page: Page, number: int) -> int:
    widths = ((part, _units(place) * (_SMALL if part == "standard" else 1)) for part, _, place in TASK_CELLS)
    return max(lines_of(said(page.get(f"{part}{number}")), units) for part, units in widths)


def _units(place: tuple[int, int]) -> float:
    first, last = place
    return (last - first + 1) * UNITS
