"""What a verb wants to change: computed first, shown or applied afterwards, in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.structure import Addition


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that jumps to another cell of the same workbook when clicked.

    Attributes:
        target: sheet-qualified address without ``#``, for example ``'协调台账'!C5``.
        text: what the cell shows.
    """

    target: str
    text: str


CellValue = str | float | bool | datetime | Link | None
"""What a changed cell may hold: ``None`` is blank; text stays text even if it begins with ``=``."""


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """New values for some cells of one table column.

    Attributes:
        table: ASCII table name.
        header: the column's header as it stands in the workbook.
        rows: sheet rows (1-based), ascending, without repeats.
        ids: the id of each row (``""`` where a table has none), for the diff and the audit.
        old: what stands there now, as :class:`~coordination_xl.ledger.grid.Grid` gives it.
        new: what shall stand there (:data:`CellValue`).
    """

    table: str
    header: str
    rows: NDArray[np.int64]
    ids: NDArray[np.object_]
    old: NDArray[np.object_]
    new: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class RowsAdded:
    """Rows appended below the last row of a table; columns that are not named stay blank."""

    table: str
    headers: tuple[str, ...]
    columns: tuple[NDArray[np.object_], ...]

    @property
    def height(self) -> int:
        """Number of rows added."""
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True, slots=True)
class TableReplaced:
    """A new body for a table that belongs to the program alone (校验结果).

    The table's ``ref`` grows or shrinks to ``height`` rows (one blank row at least); cells of the named columns that
    are left over below become blank; a user's own columns stay as they are.
    """

    table: str
    headers: tuple[str, ...]
    columns: tuple[NDArray[np.object_], ...]

    @property
    def height(self) -> int:
        """Number of rows of the new body."""
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True, slots=True)
class BlockChange:
    """New values for a defined name that covers cells one below the other (看板, forms).

    Where the cells are merged areas, the name covers their first cells' column; ``new`` has one value for each sheet row
    of the name.
    """

    name: str
    old: NDArray[np.object_]
    new: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class HeightChange:
    """A new height for the sheet row of a defined name, so that a long text of a form can be read in print.

    Attributes:
        name: defined name of one cell or merged area that begins in the row.
        points: the new height.
    """

    name: str
    points: float


TALLEST_ROW = 409.0
"""Points; Excel knows no taller row."""


def checked_height(change: HeightChange) -> float:
    """The height that is asked for.

    Raises:
        UsageError: no row can have it.
    """
    if not 0 < change.points <= TALLEST_ROW:
        raise UsageError(change.name, f"行高不能是 {change.points:g} 磅", f"行高应大于 0，不超过 {TALLEST_ROW:g} 磅")
    return float(change.points)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything one verb changes in one workbook. Empty means that nothing needs to be written.

    ``structure`` comes first: the other parts may speak of tables and columns that it adds.
    """

    columns: tuple[ColumnChange, ...] = ()
    added: tuple[RowsAdded, ...] = ()
    replaced: tuple[TableReplaced, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    heights: tuple[HeightChange, ...] = ()
    structure: tuple[Addition, ...] = ()
    note: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.columns or self.added or self.replaced or self.blocks or self.heights or self.structure)

    def __add__(self, other: ChangeSet) -> ChangeSet:
        """Both change sets as one; no cell may be named by both."""
        return ChangeSet(
            self.columns + other.columns,
            self.added + other.added,
            self.replaced + other.replaced,
            self.blocks + other.blocks,
            self.heights + other.heights,
            self.structure + other.structure,
            self.note or other.note,
        )

    @property
    def cell_count(self) -> int:
        """Number of single cells of existing rows that change."""
        return sum(len(change.rows) for change in self.columns) + sum(len(block.new) for block in self.blocks)
