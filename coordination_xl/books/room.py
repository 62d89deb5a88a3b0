"""Room below a table for the rows that it shall get: what may stand in the way, said alike by every book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coordination_xl.books.addresses import MAX_ROW, Area
from coordination_xl.errors import NoRoomForRows

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMEDY = "请在表格下方留出空行，或先移走下方内容"


class Standing(Protocol):
    """A table as it stands: where, down to which data row, and with how many rows of totals."""

    @property
    def area(self) -> Area:
        """The whole table."""

    @property
    def last_row(self) -> int:
        """Sheet row of the last data row."""

    @property
    def totals_rows(self) -> int:
        """Rows of totals: none or one."""


def room_below(where: str, table: Standing, last_row: int, others: Iterable[tuple[str, Area]]) -> Area:
    """The cells that a table takes when it grows down to a data row; the caller looks at what they hold.

    Args:
        where: what messages call the table.
        table: it.
        last_row: sheet row of the last data row to be.
        others: the other tables of the sheet, by name.

    Raises:
        NoRoomForRows: a totals row, the end of the sheet or another table is in the way.
    """
    if table.totals_rows:
        raise NoRoomForRows(where, "表格有汇总行，无法在末尾加行", "请先关闭汇总行（表设计→汇总行）")
    if last_row > MAX_ROW:
        raise NoRoomForRows(where, f"加行后会超过工作表的 {MAX_ROW} 行", "请先归档旧记录")
    room = Area(table.last_row + 1, table.area.left, last_row, table.area.right)
    for name, area in others:
        if area.touches(room):
            raise NoRoomForRows(where, f"下方有另一个表格 {name}（{area}）", _REMEDY)
    return room


def occupied(where: str, address: str) -> NoRoomForRows:
    """What to raise where a cell below holds something."""
    return NoRoomForRows(where, f"下方单元格 {address} 已有内容", _REMEDY)


def merged(where: str, area: Area) -> NoRoomForRows:
    """What to raise where cells below are merged."""
    return NoRoomForRows(where, f"下方有合并单元格 {area}", _REMEDY)
