"""What Excel hands to a worksheet function, read cell by cell: one value, a row, a column, a block.

Every reader gives the values and, for each cell, what is wrong with it: such a cell is answered with that text, and the
others are computed all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from coordination_xl.books.excel.values import from_host
from coordination_xl.errors import UsageError
from coordination_xl.ledger.columns import is_blank, is_cell_error, meant
from coordination_xl.ledger.dates import read_dates
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.numbers import read_numbers
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.rules.timing.timers import Unit
from coordination_xl.schema.vocabulary import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Objects = NDArray[np.object_]
    Bools = NDArray[np.bool_]

Cells: TypeAlias = Any
"""One value or rows of values, as xlwings reads them: None, text, number, bool, datetime."""

PROVISIONAL = "暂定 "
"""How an answer begins that rests on a year without official calendar."""


@dataclass(frozen=True, slots=True)
class Read:
    """Cells, understood; arrays of one length.

    Attributes:
        values: what was meant; meaningless where the cell is blank or at fault.
        is_blank: nothing stands there.
        fault: what is wrong with the cell, in Chinese; ``""`` where nothing is.
    """

    values: NDArray[Any]
    is_blank: Bools
    fault: Objects


def block(cells: Cells) -> Objects:
    """Cells as a 2-D object array, each as the ledgers of a live workbook have it."""
    rows = cells if isinstance(cells, list | tuple) else [[cells]]
    rows = rows if rows and isinstance(rows[0], list | tuple) else [rows]
    filled = np.empty((len(rows), len(rows[0])), dtype=object)
    filled[:] = [[from_host(cell) for cell in row] for row in rows]
    return filled


def meet(*blocks: Objects) -> tuple[Objects, ...]:
    """Blocks of one size: one cell, a row or a column is repeated as often as the others ask for.

    Raises:
        UsageError: they do not fit one another.
    """
    try:
        return tuple(np.broadcast_arrays(*blocks))
    except ValueError:
        sizes = "、".join(f"{height} 行 {width} 列" for height, width in (each.shape for each in blocks))
        raise UsageError(
            "函数的参数", f"几个区域大小不一（{sizes}）", "各区域的行数、列数应相同，或只给一个单元格"
        ) from None


def read_moments(cells: Objects) -> Read:
    """Dates as ``datetime64[s]``: real ones, serial numbers, and texts by the grammar of the ledgers.

    What another of our functions answered provisionally is said again: nothing that rests on it may look certain.
    """
    read = read_dates(cells)
    wrong = _told(
        cells,
        read.is_unreadable,
        lambda value: value if value.startswith(PROVISIONAL) else f"“{value}”不是日期，应写明年月日，例：2026-03-05",
    )
    return Read(read.when, np.isnat(read.when), wrong)


def read_amounts(cells: Objects) -> Read:
    """Numbers as ``float64``."""
    read = read_numbers(cells)
    wrong = _told(cells, read.is_unreadable, lambda value: f"“{value}”不是数字")
    return Read(read.number, np.isnan(read.number), wrong)


def read_units(cells: Objects) -> Read:
    """Units as objects of :class:`~coordination_xl.rules.timing.timers.Unit`; None where there is none."""

    def read(value: object) -> Unit | None:
        word = meant(UNIT, fold(value).strip()) if isinstance(value, str) else None
        return None if word is None else Unit(word)

    codes, units = parse_unique(cells, read)
    values = np.array([*units, None], dtype=object)[codes]
    blank = is_blank(cells)
    is_wrong = np.array([unit is None for unit in values], dtype=bool) & ~blank
    return Read(values, blank, _told(cells, is_wrong, lambda v: f"单位“{v}”应为：{'、'.join(UNIT.words)}"))


def first_fault(*reads: Read) -> Objects:
    """For each cell what is wrong first, in the order of the arguments."""
    fault = reads[0].fault
    for each in reads[1:]:
        fault = np.where(fault == "", each.fault, fault)
    return fault


def _told(cells: Objects, is_wrong: Bools, words: Callable[[str], str]) -> Objects:
    fault = np.full(len(cells), "", dtype=object)
    for place in np.flatnonzero(is_wrong):
        fault[place] = words(shown(cells[place]))
    for place in np.flatnonzero(is_cell_error(cells)):
        fault[place] = f"引用的单元格是错误值 {cells[place]}"
    return fault
