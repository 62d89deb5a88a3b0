"""Reading a new archive back before it may replace the old one."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from coordination_xl.books.xlsx.addresses import cell_address

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coordination_xl.books.xlsx.package import Package
    from coordination_xl.books.xlsx.splice import Write


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


def compare_cells(rows: Sequence[Sequence[Any]], writes: Sequence[Write]) -> None:
    """Check that the cells read back hold the values that were written.

    Args:
        rows: the sheet as calamine reads it, dates as serial numbers.
        writes: what was written.

    Raises:
        Mismatch: a cell holds something else.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    for write in writes:
        place = write.column - 1
        expected = list(map(attrgetter("expected"), write.bodies.tolist()))
        if place < width:
            actual = [rows[row - 1][place] if row <= height else "" for row in write.rows.tolist()]
        else:
            actual = [""] * len(expected)
        if actual == expected:
            continue
        for row, found, meant in zip(write.rows.tolist(), actual, expected, strict=True):
            if found != meant:
                raise Mismatch(f"{cell_address(row, write.column)} 应为 {meant!r}，读回 {found!r}")
