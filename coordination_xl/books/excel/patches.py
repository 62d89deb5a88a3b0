"""What is going to be written: cells, column by column, and the tables and rows whose size changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.books.excel.values import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.excel.ground import Cells
    from coordination_xl.books.excel.layout import LiveTable

    Objects = NDArray[np.object_]
    Rows = NDArray[np.int64]


@dataclass(slots=True)
class Patch:
    """New entries for some cells of one sheet column.

    Attributes:
        sheet: the sheet.
        column: the sheet column.
        rows: sheet rows, ascending.
        entries: what goes into each of them.
        cells: what stands there and around them now.
        table: the table they belong to; ``None`` for a named block.
        is_owned: whether the program owns the column, so that the cells in between may be written again as they are.
    """

    sheet: str
    column: int
    rows: Rows
    entries: Objects
    cells: Cells
    table: LiveTable | None = None
    is_owned: bool = False


@dataclass(slots=True)
class Plan:
    """Everything that is going to happen.

    Attributes:
        patches: the cells to write.
        last_rows: the new last data row of each table that grows or shrinks.
        heights: points of each sheet row that gets a height.
    """

    patches: list[Patch] = field(default_factory=list)
    last_rows: dict[str, tuple[LiveTable, int]] = field(default_factory=dict)
    heights: dict[tuple[str, int], float] = field(default_factory=dict)

    @property
    def has_links(self) -> bool:
        """Whether formulas are written, which are the program's links."""
        return any(each.kind is Kind.FORMULA for patch in self.patches for each in patch.entries)

    @property
    def sheets(self) -> frozenset[str]:
        """The sheets that are written to."""
        return frozenset(
            (
                *(patch.sheet for patch in self.patches),
                *(table.sheet for table, _ in self.last_rows.values()),
                *(sheet for sheet, _ in self.heights),
            )
        )
