"""A sheet part around its cells: dimension, column formats, merged areas, and ranges that follow a growing table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from coordination_xl.books.addresses import MAX_COLUMN, Area
from coordination_xl.books.xlsx import markup, scan_fast, scan_general
from coordination_xl.books.xlsx.index import NO_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.books.xlsx.index import SheetIndex

MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Growth:
    """A table whose last data row moved down: columns ``left`` to ``right``, data from ``first`` to ``old_last``."""

    left: int
    right: int
    first: int
    old_last: int
    new_last: int


def index_of(xml: bytes) -> SheetIndex:
    """The index of a sheet part: by the fast scanner if the part is written the plain way, else by the general one.

    Raises:
        BadMarkup: the part is no well-formed sheet.
    """
    data = plain_data(xml)
    index = scan_fast.scan(xml, data) if data else None
    return index or scan_general.scan(xml)


def plain_data(xml: bytes) -> tuple[int, int, int, int] | None:
    """Where ``sheetData`` and its tags begin and end, if the sheet has no prefix and its data no comment or CDATA."""
    made = markup.parser()
    found: list[int] = []

    def opened(name: str, _: dict[str, str]) -> None:
        namespace, local = markup.split_name(name)
        if local == "sheetData" and not found and namespace in MAIN_NAMESPACES:
            found.append(made.CurrentByteIndex)

    made.StartElementHandler = opened
    at = 0
    try:
        while not found and at < len(xml):
            made.Parse(xml[at : at + _PIECE], False)  # noqa: FBT003 expat takes isfinal by position
            at += _PIECE
    except expat.ExpatError as error:
        raise markup.BadMarkup(str(error)) from error
    if not found or xml[found[0] : found[0] + 10] != b"<sheetData":
        return None
    start, open_end = found[0], markup.tag_end(xml, found[0])
    close = xml.rfind(b"</sheetData>")
    bound = sum(xml.count(namespace.encode(), 0, start) for namespace in MAIN_NAMESPACES)
    if close < open_end or bound != 1:
        return None
    return start, open_end, close, close + len(b"</sheetData>")


class Frame:
    """Everything of a sheet part that is not ``sheetData``.

    Args:
        xml: the sheet part.
        index: its index.

    Raises:
        BadMarkup: the part is not well-formed.
    """

    def __init__(self, xml: bytes, index: SheetIndex) -> None:
        self._xml = xml
        self._cut, self._gap = index.data_start, index.data_end - index.data_start
        self._root = markup.parse(xml[: index.data_start] + xml[index.data_end :])
        merged = self._root.find("mergeCells")
        areas = [Area.parse(cell.attributes.get("ref", "")) for cell in merged.all("mergeCell")] if merged else []
        self.merged = [area for area in areas if area is not None]

    def column_style(self, column: int) -> int:
        """The format that ``cols`` gives to a column."""
        for columns in self._root.all("cols"):
            for element in columns.all("col"):
                first, last = element.attributes.get("min", ""), element.attributes.get("max", "")
                if first.isdecimal() and last.isdecimal() and int(first) <= column <= int(last):
                    return int(element.attributes.get("style", NO_STYLE))
        return NO_STYLE

    def _place(self, at: int) -> int:
        return at if at < self._cut else at + self._gap

    def _tag_edit(self, element: markup.Element, name: str, value: str) -> tuple[int, int, bytes]:
        start = self._place(element.start)
        end = start + element.open_end - element.start
        return start, end, markup.with_attribute(self._xml[start:end], name, value)

    def widened_dimension(self, top: int, left: int, bottom: int, right: int) -> list[tuple[int, int, bytes]]:
        """The edit by which ``dimension`` takes in an area; none if it does already, or if there is no ``dimension``."""
        element = self._root.find("dimension")
        area = Area.parse(element.attributes.get("ref", "")) if element else None
        if element is None or area is None:
            return []
        wide = Area(min(area.top, top), min(area.left, left), max(area.bottom, bottom), max(area.right, right))
        return [] if wide == area else [self._tag_edit(element, "ref", str(wide))]

    def grown_ranges(self, growths: Iterable[Growth]) -> list[tuple[int, int, bytes]]:
        """The edits by which conditional formats and validations that reached a table's last row follow it down."""
        growths = [growth for growth in growths if growth.new_last > growth.old_last]
        edits = []
        for element in self._root.walk() if growths else ():
            if element.name in ("conditionalFormatting", "dataValidation") and "sqref" in element.attributes:
                grown = _grown(element.attributes["sqref"], growths)
                if grown != element.attributes["sqref"]:
                    edits.append(self._tag_edit(element, "sqref", grown))
            elif element.name == "sqref":
                grown = _grown(element.text, growths)
                if grown != element.text:
                    edits.append((self._place(element.open_end), self._place(element.close), grown.encode()))
        return edits


def _grown(references: str, growths: list[Growth]) -> str:
    grown = []
    for reference in references.split():
        area = Area.parse(reference)
        for growth in growths:
            if (
                area is not None
                and growth.left <= area.left
                and area.right <= min(growth.right, MAX_COLUMN)
                and area.top <= growth.old_last <= area.bottom < growth.new_last
            ):
                area = Area(area.top, area.left, growth.new_last, area.right)
        parsed = Area.parse(reference)
        grown.append(reference if area == parsed or area is None else str(area))
    return " ".join(grown) if grown != references.split() else references
