"""The port: where ledgers live, and the only way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.ledger.grid import Grid


@runtime_checkable
class Book(Protocol):
    """One workbook: read its tables as grids, apply a change set in one step.

    Every implementation passes the same contract suite (``tests/books/``): reading never changes anything; applying
    changes exactly the named cells; an empty change set writes nothing; a refused change set leaves everything as it was.
    """

    @property
    def name(self) -> str:
        """What messages call this workbook: its path, as a rule."""

    def tables(self) -> tuple[str, ...]:
        """The names of all Excel tables, in workbook order."""

    def sheets(self) -> tuple[str, ...]:
        """The names of all worksheets, in workbook order."""

    def grid(self, table: str) -> Grid:
        """One table as it stands.

        Raises:
            MissingTable: there is no table of this name.
        """

    def block(self, name: str) -> NDArray[np.object_] | None:
        """The values below a defined name that covers one column of cells; ``None`` if the name is not there."""

    def place(self, name: str) -> tuple[str, str] | None:
        """Sheet and first cell (``协调表``, ``D5``) of a defined name; ``None`` if the name is not there."""

    def height(self, name: str) -> float | None:
        """Height in points of the sheet row in which a defined name begins; ``None`` if no height was ever set."""

    def formulas(self, table: str) -> frozenset[tuple[int, int]]:
        """Sheet row and column (1-based) of the table's cells that hold a formula of the user's or of the program's.

        Raises:
            MissingTable: there is no table of this name.
        """

    def check_writable(self) -> None:
        """Stop where :meth:`apply` would be refused now, whatever is to be written: asked before what cannot be undone.

        Raises:
            WorkbookError: the file is locked, read-only, signed, or has changed since it was read.
        """

    def rehearse(self, changes: ChangeSet) -> None:
        """Stop where :meth:`apply` would refuse these changes; nothing is written.

        Raises:
            CoordinationError: as :meth:`apply`.
        """

    def apply(self, changes: ChangeSet) -> None:
        """Write the change set, all of it or nothing.

        Raises:
            WorkbookError: the file cannot be written.
            WriteRefused: a cell is in the way that must not be overwritten.
        """


@runtime_checkable
class ClosedBook(Book, Protocol):
    """A book that may be built on: a file that no spreadsheet program has open, or memory."""

    def cells(self, sheet: str) -> tuple[NDArray[np.object_], ...]:
        """The values of a sheet, column by column from A1 on, all of the same length; no column where it is blank.

        Raises:
            KeyError: there is no such sheet.
        """

    def in_the_way(self, sheet: str, area: str) -> tuple[str, ...]:
        """What would be covered by something new in an area: addresses of filled cells, merged areas, tables; in words.

        Raises:
            KeyError: there is no such sheet.
        """
