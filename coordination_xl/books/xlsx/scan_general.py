"""The index of any well-formed sheet, through expat: prefixes, comments, missing or disordered addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

import numpy as np

from coordination_xl.books.addresses import parse_cell
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.index import KEY_BITS, SheetIndex, kept_end_of, style_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def scan(xml: bytes) -> SheetIndex:
    """The index of a sheet part in UTF-8.

    Raises:
        BadMarkup: not well-formed, no ``sheetData``, or two cells (or rows) of one address.
    """
    found = _Scanner(xml)
    found.parse()
    return found.index()


class _Scanner:
    """Walks the elements once. Only the direct children of rows are cells, whatever else may be nested."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.parser = markup.parser()
        self.depth = 0
        self.data = [-1, -1, -1, -1]
        self.namespace = ""
        self.prefix = ""
        self.row_number = 0
        self.row_is_given = False
        self.column = 0
        self.open_row: tuple[int, int] = (0, 0)
        self.cell_start = 0
        self.cell_open_end = 0
        self.has_formula = False
        self.has_more = False
        self.rows: list[tuple[int, int, int, int, int]] = []
        self.cells: list[tuple[int, int, int, int, int, bool]] = []

    def parse(self) -> None:
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        try:
            self.parser.Parse(self.xml, True)  # noqa: FBT003 expat takes isfinal by position
        except expat.ExpatError as error:
            raise markup.BadMarkup(str(error)) from error
        if self.data[3] < 0:
            raise markup.BadMarkup("no sheetData")

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        start = self.parser.CurrentByteIndex
        if self.depth == 1:
            self.namespace = name.rpartition(" ")[0]
            return
        if self.depth == 2:
            if name == f"{self.namespace} sheetData" and self.data[0] < 0:
                self.data[:2] = start, markup.tag_end(self.xml, start)
                raw = self.xml[start + 1 : self.data[1]]
                self.prefix = raw[: raw.index(b"sheetData")].decode()
            return
        if self.data[0] < 0 or self.data[3] >= 0:
            return
        local = name.rpartition(" ")[2]
        if self.depth == 3 and local == "row":
            self.open_row = (start, markup.tag_end(self.xml, start))
            self.row_is_given = "r" in attributes
            self.row_number = int(attributes["r"]) if self.row_is_given else self.row_number + 1
            self.column = 0
        elif self.depth == 4 and local == "c":
            self._cell_opened(start, attributes.get("r"))
        elif self.depth == 5:
            self.has_formula |= local == "f"
            self.has_more |= local not in ("f", "v", "is")

    def _cell_opened(self, start: int, address: str | None) -> None:
        self.cell_start, self.cell_open_end = start, markup.tag_end(self.xml, start)
        self.has_formula = self.has_more = False
        if address is None:
            self.column += 1
            return
        place = parse_cell(address)
        if place is None:
            raise markup.BadMarkup(f"cell {address}")
        row, self.column = place
        if row != self.row_number:
            if self.row_is_given:
                raise markup.BadMarkup(f"cell {address} in row {self.row_number}")
            self.row_number = row
        self.row_is_given = True

    def _closed(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        self.depth -= 1
        if self.data[0] < 0 or self.data[3] >= 0:
            return
        local = name.rpartition(" ")[2]
        if self.depth == 3 and local == "c":
            is_empty = markup.is_empty_tag(self.xml, self.cell_open_end)
            end = self.cell_open_end if is_empty else markup.tag_end(self.xml, at)
            tag = self.xml[self.cell_start : self.cell_open_end]
            kept = 0 if self.has_more else kept_end_of(tag)
            self.cells.append(
                (
                    self.row_number << KEY_BITS | (self.column - 1),
                    self.cell_start,
                    end,
                    self.cell_start + kept if kept else 0,
                    style_in(tag),
                    self.has_formula,
                )
            )
        elif self.depth == 2 and local == "row":
            start, open_end = self.open_row
            is_empty = markup.is_empty_tag(self.xml, open_end)
            close = open_end if is_empty else at
            self.rows.append(
                (self.row_number, start, open_end, close, open_end if is_empty else markup.tag_end(self.xml, at))
            )
        elif self.depth == 1 and at >= self.data[0] and local == "sheetData":
            is_empty = markup.is_empty_tag(self.xml, self.data[1])
            self.data[2:] = (self.data[1], self.data[1]) if is_empty else (at, markup.tag_end(self.xml, at))

    def index(self) -> SheetIndex:
        rows = _sorted(self.rows, 5)
        cells = _sorted(self.cells, 6)
        if (rows[0][1:] == rows[0][:-1]).any() or (cells[0][1:] == cells[0][:-1]).any():
            raise markup.BadMarkup("two cells or rows of one address")
        start, open_end, close, end = self.data
        return SheetIndex.of(self.prefix, (start, open_end, close, end), rows, cells[:5], cells[5].astype(bool))


def _sorted(items: Sequence[tuple[int, ...]], width: int) -> NDArray[np.int64]:
    table = np.array(items, dtype=np.int64).reshape(-1, width).T
    return table[:, np.argsort(table[0], kind="stable")]
