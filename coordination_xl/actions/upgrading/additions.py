"""All that has to come into a workbook so that it is built like a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.actions.upgrading.comparison import missing_headers
from coordination_xl.actions.upgrading.naming import NAMES, Unnamed, names_to_add, stands
from coordination_xl.actions.upgrading.recognising import recognised
from coordination_xl.books.structure import ColumnAdded, NamesAdded, SheetAdded, TableAdded
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from coordination_xl.books.port import ClosedBook
    from coordination_xl.books.structure import Addition
    from coordination_xl.books.xlsx import XlsxBook


@dataclass(slots=True)
class Additions:
    """What comes in, which names cannot, and the sheets in whose place there is one of the user's own."""

    sheets: list[SheetAdded] = field(default_factory=list)
    tables: list[TableAdded] = field(default_factory=list)
    columns: list[ColumnAdded] = field(default_factory=list)
    names: list[NamesAdded] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    @property
    def all(self) -> tuple[Addition, ...]:
        """Everything that comes in."""
        return (*self.sheets, *self.tables, *self.columns, *self.names)


def additions_for(book: ClosedBook, model: XlsxBook) -> Additions:
    """Compare a workbook with the blank one of the program, sheet by sheet.

    Raises:
        DuplicateHeader: a column is there twice.
        MissingTable: a table is gone, and its headers are not to be found on its sheet.
    """
    found = Additions()
    for sheet in model.sheets():
        tables = [name for name in model.tables() if model.grid(name).sheet == sheet]
        names = [name for name in NAMES if (model.place(name) or ("",))[0] == sheet]
        _compare(found, book, model, sheet, tables, names)
    return found


def _compare(
    found: Additions, book: ClosedBook, model: XlsxBook, sheet: str, tables: list[str], names: list[str]
) -> None:
    present = {name.casefold(): name for name in book.tables()}
    here = [book.grid(name).sheet for name in tables if name.casefold() in present]
    here += [place[0] for name in names if (place := book.place(name)) is not None]
    if not here and sheet not in book.sheets():
        found.sheets.append(_whole(model, sheet, tables, names))
        return
    for name in tables:
        if name.casefold() in present:
            grid = book.grid(name)
        else:
            grid = recognised(book, BY_NAME[name])
            found.tables.append(TableAdded(grid, model.path))
            here.append(grid.sheet)
        found.columns += [ColumnAdded(name, header, model.path) for header in missing_headers(grid)]
    if names and not here:
        found.replaced.append(sheet)
    elif names:
        added, refused = names_to_add(book, model, sheet, here[-1], names)
        found.names += added
        found.unnamed += refused


def _whole(model: XlsxBook, sheet: str, tables: list[str], names: list[str]) -> SheetAdded:
    cells = tuple(each for name in names if (each := stands(model, name)) is not None)
    return SheetAdded(model.path, sheet, sheet, tuple(model.grid(name) for name in tables), cells)
