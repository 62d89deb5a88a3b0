"""The cells to be written, and where in the sheet each belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx.index import NO_STYLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.styles import Styles


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells to write, in ascending order of their keys, and the place of the first cell of the sheet not before each.

    ``exists`` tells whether that one is the cell itself; ``kind`` is that of the body; ``style`` is the format of a cell
    that is to be created; ``date_style`` the column's commonest format that shows dates; :data:`NO_STYLE` for none.
    """

    key: NDArray[np.int64]
    bodies: NDArray[np.object_]
    kind: NDArray[np.int8]
    style: NDArray[np.int64]
    date_style: NDArray[np.int64]
    is_new_row: NDArray[np.bool_]
    place: NDArray[np.intp]
    exists: NDArray[np.bool_]

    def take(self, places: NDArray[np.intp]) -> Cells:
        """Some of the cells."""
        return Cells(
            self.key[places],
            self.bodies[places],
            self.kind[places],
            self.style[places],
            self.date_style[places],
            self.is_new_row[places],
            self.place[places],
            self.exists[places],
        )

    def dated_style(self, at: int, own: int, styles: Styles) -> int:
        """The format in which the date at this place will be seen as one, given the cell's own."""
        if styles.is_date(own):
            return own
        common = int(self.date_style[at])
        return common if own <= 0 and common != NO_STYLE else styles.dated(own)
