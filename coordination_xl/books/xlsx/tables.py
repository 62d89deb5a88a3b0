"""Excel tables: where they stand, and how their part follows when they grow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.cells import unescaped

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.package import Package

_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]')
_ADDRESS = re.compile(r"(?<![A-Za-z0-9_.])\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_(.])")


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: its name (what formulas call it).
        part: its part.
        area: header, data and totals.
        headers: the column names of the part, decoded.
        calculated: the formulas of calculated columns by 0-based place; ``""`` for one that means other cells in each row.
        header_rows: 1, or 0 if the header is hidden.
        totals_rows: 1 if a totals row is shown.
    """

    name: str
    part: str
    area: Area
    headers: tuple[str, ...]
    calculated: dict[int, str]
    header_rows: int
    totals_rows: int

    @property
    def first_row(self) -> int:
        """Sheet row of the first data row."""
        return self.area.top + self.header_rows

    @property
    def last_row(self) -> int:
        """Sheet row of the last data row."""
        return self.area.bottom - self.totals_rows


def read_table(package: Package, part: str) -> Table:
    """The table of a table part.

    Raises:
        DamagedWorkbook: the part is missing, cannot be parsed or has no sensible ``ref``.
    """
    root = package.tree(part)
    area = Area.parse(root.attributes.get("ref", ""))
    listed = root.find("tableColumns")
    columns = listed.all("tableColumn") if listed else []
    if area is None or area.right - area.left + 1 != len(columns):
        raise package.damaged(f"部件 {part} 的表格范围无法识别")
    header_rows = _count(root, "headerRowCount", 1)
    # totalsRowShown only tells that a totals row has been there once; the count is what counts.
    totals_rows = _count(root, "totalsRowCount", 0)
    if area.bottom - area.top + 1 < header_rows + totals_rows:
        raise package.damaged(f"部件 {part} 的表格范围无法识别")
    return Table(
        root.attributes.get("name") or root.attributes.get("displayName", ""),
        part,
        area,
        tuple(unescaped(column.attributes.get("name", "")) for column in columns),
        {
            place: _formula(found)
            for place, column in enumerate(columns)
            if (found := column.find("calculatedColumnFormula"))
        },
        header_rows,
        totals_rows,
    )


def _formula(element: markup.Element) -> str:
    """The formula, if it reads the same in every row: without addresses such as ``B2``, and no array formula."""
    if element.attributes.get("array", "0") in ("1", "true") or _ADDRESS.search(_QUOTED.sub("", element.text)):
        return ""
    return element.text


def _count(root: markup.Element, name: str, default: int) -> int:
    value = root.attributes.get(name, "")
    return min(int(value), 1) if value.isdecimal() else default


def with_last_row(content: bytes, root: markup.Element, last_row: int) -> bytes:
    """The table part with another last data row: its ``ref``, its filter's and its sort state's follow.

    The filter goes with the header to the last data row; a sort state follows if it reached the old last row.
    """
    old = Area.parse(root.attributes["ref"])
    if old is None:
        raise ValueError("a table without ref")
    totals = _count(root, "totalsRowCount", 0)
    old_last, shift = old.bottom - totals, last_row - (old.bottom - totals)
    edits = [_resized(content, root, old.bottom + shift)]
    for element in root.walk():
        if element.name in ("autoFilter", "sortState", "sortCondition"):
            area = Area.parse(element.attributes.get("ref", ""))
            if area is not None and area.bottom == old_last:
                edits.append(_resized(content, element, last_row))
    return markup.patch(content, edits)


def _resized(content: bytes, element: markup.Element, bottom: int) -> tuple[int, int, bytes]:
    area = Area.parse(element.attributes["ref"])
    if area is None:
        raise ValueError("an element without ref")
    reference = str(Area(area.top, area.left, max(bottom, area.top), area.right))
    return (
        element.start,
        element.open_end,
        markup.with_attribute(content[element.start : element.open_end], "ref", reference),
    )
