"""What a change set adds to the build of a workbook: columns, tables, sheets, named cells. Nothing is ever taken away.

Everything new looks as it does in a *model*: the blank workbook that comes with the program. Only a closed file can be built
on; see :class:`~coordination_xl.books.port.ClosedBook`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from coordination_xl.ledger.grid import Grid


@dataclass(frozen=True, slots=True)
class NamedCells:
    """A defined name that is to be.

    Attributes:
        name: the defined name.
        address: the cells it covers, ``D5`` or ``B22:B29``.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ColumnAdded:
    """A blank column at the right edge of a table.

    Attributes:
        table: ASCII table name; it may be added by the same change set.
        header: its header, which is that of the model's column, too.
        model: path of the workbook that has it.
    """

    table: str
    header: str
    model: Path


@dataclass(frozen=True, slots=True)
class TableAdded:
    """A table made anew over cells that stand there already, header and all.

    Attributes:
        grid: what the table will hold, with its name, sheet and place.
        model: path of the workbook that has the table.
    """

    grid: Grid = field(compare=False)
    model: Path


@dataclass(frozen=True, slots=True)
class SheetAdded:
    """A sheet of the model with everything on it.

    Attributes:
        model: path of the workbook that has it.
        model_sheet: its name there.
        sheet: its name here, not taken yet.
        grids: its tables as they will be.
        names: its defined names.
    """

    model: Path
    model_sheet: str
    sheet: str
    grids: tuple[Grid, ...] = field(default=(), compare=False)
    names: tuple[NamedCells, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesAdded:
    """Defined names for cells of a sheet, where they stand in the model; blank cells of the area become as they are there.

    Attributes:
        model: path of the workbook that has them.
        model_sheet: the name of the sheet there.
        sheet: its name here.
        area: the cells that belong to the names, labels and hints included.
        names: the names.
    """

    model: Path
    model_sheet: str
    sheet: str
    area: str
    names: tuple[NamedCells, ...]


Addition = ColumnAdded | TableAdded | SheetAdded | NamesAdded
