"""A sheet part without its cells: small enough to be taken apart, whatever the ledger's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.structure.fragments import made

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.markup import Element


class Outline:
    """The part with an empty ``sheetData``, to be patched, and put together again.

    Args:
        xml: the sheet part.
        index: its index.

    Raises:
        BadMarkup: what stands around the cells is not well-formed.
    """

    def __init__(self, xml: bytes, index: SheetIndex) -> None:
        self._data = xml[index.data_start : index.data_end]
        self.prefix = index.prefix
        self.content = xml[: index.data_start] + made("sheetData", {}, self.prefix) + xml[index.data_end :]
        self.root: Element = markup.parse(self.content)

    def patch(self, edits: list[tuple[int, int, bytes]]) -> None:
        """Patch it; no edit, no change."""
        if edits:
            self.content = markup.patch(self.content, edits)
            self.root = markup.parse(self.content)

    def whole(self) -> bytes:
        """The part with its cells."""
        data = self.root.find("sheetData")
        if data is None:
            raise markup.BadMarkup("no sheetData")
        return self.content[: data.start] + self._data + self.content[data.end :]
