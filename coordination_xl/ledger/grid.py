"""A table as it stands on its sheet: headers and untyped values, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@cache
def column_letters(number: int) -> str:
    """The letters of a 1-based sheet column: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one Excel table, column by column.

    Attributes:
        table: the ASCII name of the Excel table (``Coordination``).
        sheet: the name of the sheet it stands on (``协调台账``); users may have renamed it.
        header: the headers as typed, left to right.
        first_row: sheet row (1-based) of the first data row; data row ``i`` stands on sheet row ``first_row + i``.
        first_column: sheet column (1-based) of ``header[0]``.
        columns: for each header one object array, all of the same length; a value is ``None`` (blank), ``str``, ``float``,
            ``bool``, ``datetime.datetime``/``datetime.date``/``datetime.time``/``datetime.timedelta`` (a number that
            the sheet shows as a date or time). Excel's error values are strings such as ``#N/A``.
        date1904: whether bare numbers that mean dates count from 1904 instead of 1900.
    """

    table: str
    sheet: str
    header: tuple[str, ...]
    first_row: int
    first_column: int
    columns: tuple[NDArray[np.object_], ...]
    date1904: bool = False

    @property
    def height(self) -> int:
        """Number of data rows, blank ones included."""
        return len(self.columns[0]) if self.columns else 0

    def column(self, header: str) -> NDArray[np.object_]:
        """The values under exactly this header.

        Raises:
            KeyError: no such header.
        """
        try:
            return self.columns[self.header.index(header)]
        except ValueError:
            raise KeyError(header) from None
