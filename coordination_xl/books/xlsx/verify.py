"""Reading a new archive back before it may replace the old one."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import cell_address
from coordination_xl.books.xlsx.heights import heights_in
from coordination_xl.books.xlsx.index import AT_ONCE, side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.contents import IndexedSheet
    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.package import Package
    from coordination_xl.books.xlsx.reader import SheetValues
    from coordination_xl.books.xlsx.splice import Write

    Positions = NDArray[np.int64]


class Mismatch(ValueError):
    """What was read back is not what was meant to be written."""


def compare_members(old: Package, new: Package, changed: Collection[str]) -> None:
    """Check that every member but the changed ones is the same, to the byte, in the same order.

    Raises:
        Mismatch: one is not.
    """
    kept = [member for member in old.directory.members if member.name not in changed]
    found = {member.name: member for member in new.directory.members}
    order = [name for name in new.names if name not in changed]
    if [member.name for member in kept] != order:
        raise Mismatch("部件的数目或次序变了")
    for member in kept:
        twin = found[member.name]
        if old.archive[member.start : member.stop] != new.archive[twin.start : twin.stop]:
            raise Mismatch(f"部件 {member.name} 变了")


def compare_last_row(table: str, found: int | None, meant: int) -> None:
    """Check that a table that grew or shrank ends where it should.

    Raises:
        Mismatch: it does not.
    """
    if found != meant:
        raise Mismatch(f"表格 {table} 的末行应为 {meant}，读回 {found}")


def compare_cells(values: SheetValues, writes: Sequence[Write]) -> None:
    """Check that the cells read back hold the values that were written.

    Args:
        values: the sheet as calamine reads it, dates as serial numbers.
        writes: what was written.

    Raises:
        Mismatch: a cell holds something else.
    """
    for write in writes:
        expected = list(map(attrgetter("expected"), write.bodies.tolist()))
        actual = values.cells(write.column, write.rows)
        if actual == expected:
            continue
        for row, found, meant in zip(write.rows.tolist(), actual, expected, strict=True):
            if found != meant:
                raise Mismatch(f"{cell_address(row, write.column)} 应为 {meant!r}，读回 {found!r}")


def compare_heights(xml: bytes, index: SheetIndex, wanted: Mapping[int, float]) -> None:
    """Check that the rows of a sheet part have the heights that were set.

    Raises:
        Mismatch: one has another.
    """
    found = heights_in(xml, index)
    for row, points in wanted.items():
        if found.get(row) != points:
            raise Mismatch(f"第 {row} 行的行高应为 {points:g}，读回 {found.get(row)}")


def compare_others(old: IndexedSheet, new: IndexedSheet, keys: Positions) -> None:
    """Check that every cell of a sheet but those of these keys is the same, to the byte.

    Raises:
        Mismatch: a cell is not.
    """
    old_key, old_start, old_end = _others(old, keys)
    new_key, new_start, new_end = _others(new, keys)
    if not (np.array_equal(old_key, new_key) and np.array_equal(old_end - old_start, new_end - new_start)):
        raise Mismatch("未写入的单元格变了")
    length = old_end - old_start

    def is_same(at: int) -> bool:
        some = slice(at, at + AT_ONCE)
        return _same_bytes(old.xml, old_start[some], new.xml, new_start[some], length[some])

    if not all(side_by_side(is_same, range(0, len(length), AT_ONCE))):
        raise Mismatch("未写入的单元格变了")


def _same_bytes(old: bytes, old_start: Positions, new: bytes, new_start: Positions, length: Positions) -> bool:
    """Whether pieces of two texts are the same, eight bytes of each at a time; none is shorter than that."""
    old_words, new_words = (np.ndarray((len(text) - 7,), "<u8", text, 0, (1,)) for text in (old, new))
    at = 0
    while len(length):
        step = np.minimum(at, length - 8)
        if (old_words[old_start + step] != new_words[new_start + step]).any():
            return False
        at += 8
        left = np.flatnonzero(length > at)
        old_start, new_start, length = old_start.take(left), new_start.take(left), length.take(left)
    return True


def _others(sheet: IndexedSheet, keys: Positions) -> tuple[Positions, Positions, Positions]:
    """Key, start and end of the other cells."""
    index = sheet.index
    is_other = np.ones(len(index.key), dtype=bool)
    is_other[index.places_of(keys)] = False
    return index.key[is_other], index.start[is_other], index.end[is_other]
