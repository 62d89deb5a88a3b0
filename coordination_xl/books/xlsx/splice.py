"""New values into a sheet part, everything around them left byte for byte.

Both scanners end here, so that the same sheet gives the same bytes whichever of them read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.xlsx.cells import BLANK, FORMULA, MOMENT
from coordination_xl.books.xlsx.created import Edits, created
from coordination_xl.books.xlsx.index import KEY_BITS, NO_STYLE, kept_tag, located, restyled
from coordination_xl.books.xlsx.markup import tag_end
from coordination_xl.books.xlsx.targets import Cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.sheets import Frame
    from coordination_xl.books.xlsx.styles import Styles

_COLUMN_MASK = (1 << KEY_BITS) - 1


@dataclass(frozen=True, slots=True)
class Write:
    """New values for one sheet column.

    Attributes:
        column: 1-based.
        rows: sheet rows, ascending.
        bodies: what shall stand there.
        first: first sheet row of the cells whose commonest format a new cell takes.
        last: last such row.
        is_new_row: whether a blank, too, becomes a cell, so that it has the column's format.
    """

    column: int
    rows: NDArray[np.int64]
    bodies: NDArray[np.object_]
    first: int
    last: int
    is_new_row: bool = False


@dataclass(frozen=True, slots=True)
class Spliced:
    """The outcome: the new part, and what the rest of the package must know."""

    xml: bytes
    has_lost_formulas: bool
    has_new_formulas: bool


def splice(
    xml: bytes,
    index: SheetIndex,
    frame: Frame,
    writes: Sequence[Write],
    styles: Styles,
    model_rows: dict[int, int],
    edits: Sequence[tuple[int, int, bytes]] = (),
) -> Spliced:
    """The sheet part with new values.

    Args:
        xml: the part.
        index: its index.
        frame: its surroundings.
        writes: the columns to write; no cell twice.
        styles: the formats; a date may add one.
        model_rows: for a new row, the row whose height it takes.
        edits: further edits outside ``sheetData``.
    """
    cells = _gather(index, frame, writes, styles)
    exists = cells.exists
    is_blank = cells.kind == BLANK
    old = cells.take(np.flatnonzero(exists))
    new = cells.take(np.flatnonzero(~exists & (~is_blank | (cells.is_new_row & (cells.style > 0)))))
    collected = _replaced(xml, index, old, styles)
    collected.extend(edits)
    if len(new.key):
        collected.add(created(xml, index, new, styles, model_rows))
        rows, columns = new.key >> KEY_BITS, (new.key & _COLUMN_MASK) + 1
        collected.extend(
            frame.widened_dimension(int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max()))
        )
    return Spliced(
        collected.applied(xml),
        bool(index.has_formula[old.place].any()),
        bool((cells.kind == FORMULA).any()),
    )


def _gather(index: SheetIndex, frame: Frame, writes: Sequence[Write], styles: Styles) -> Cells:
    own, dated = [], []
    for write in writes:
        common = index.common_style(write.column, write.first, write.last)
        own.append(common if common != NO_STYLE else frame.column_style(write.column))
        dated.append(_commonest_date(index, write, styles))
    lengths = [len(write.rows) for write in writes]
    key = np.concatenate([write.rows << KEY_BITS | (write.column - 1) for write in writes])
    order = np.argsort(key, kind="stable")
    key = key[order]
    bodies = np.concatenate([write.bodies for write in writes])[order]
    return Cells(
        key,
        bodies,
        np.fromiter(map(attrgetter("kind"), bodies.tolist()), np.int8, len(bodies)),
        np.repeat(own, lengths)[order],
        np.repeat(dated, lengths)[order],
        np.repeat([write.is_new_row for write in writes], lengths)[order],
        *located(index.key, key),
    )


def _commonest_date(index: SheetIndex, write: Write, styles: Styles) -> int:
    found = index.style[index.cells_of(write.column, write.first, write.last)]
    counts = np.bincount(found[found >= 0])
    for style in np.argsort(-counts, kind="stable").tolist():
        if counts[style] and styles.is_date(style):
            return int(style)
    return NO_STYLE


def _replaced(xml: bytes, index: SheetIndex, cells: Cells, styles: Styles) -> Edits:
    """The edits by which existing cells take new values, keeping their format and unknown attributes."""
    places = cells.place
    starts, ends, kept_ends = index.start[places], index.end[places], index.kept_end[places]
    own = index.style[places]
    shows_date = np.array([*map(styles.is_date, range(len(styles.kinds))), False])
    needs_format = (cells.kind == MOMENT) & ~shows_date[np.where((own >= 0) & (own < len(shows_date)), own, -1)]
    odd = (kept_ends == 0) | needs_format
    # A plain cell keeps its tag as far as its format; only what stands behind it is replaced.
    edits = Edits(kept_ends.tolist(), ends.tolist(), list(map(attrgetter("xml"), cells.bodies.tolist())))
    for at in np.flatnonzero(odd).tolist():
        start, end, body = int(starts[at]), int(ends[at]), cells.bodies[at]
        open_end = tag_end(xml, start)
        tag = kept_tag(xml[start:open_end])
        if needs_format[at]:
            tag = restyled(tag, cells.dated_style(at, int(own[at]), styles))
        edits.starts[at] = start
        edits.pieces[at] = tag + body.around(_extension(xml[open_end:end], index.prefix))
    return edits


def _extension(inside: bytes, prefix: str) -> bytes:
    """The ``extLst`` of a cell, which is not the value's."""
    at = inside.find(f"<{prefix}extLst".encode())
    return inside[at : inside.rfind(b"</")] if at >= 0 else b""
