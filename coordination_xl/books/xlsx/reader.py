"""Reading values: calamine, fed a package in which everything it would misread is put right beforehand.

Calamine reads a sheet in a tenth of the time that Python needs, but turns error values into blanks, refuses the newer ones, and
does not know the date formats 27–36 and 50–58 of Chinese Excel. So it is handed a plain package: our relationships, our
classification of formats, error cells as text, and the sheet parts as they are, or of a large one the distinct contents.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from coordination_xl.books.xlsx.archive import Stream, assembled
from coordination_xl.books.xlsx.deflate import crc32, deflate
from coordination_xl.books.xlsx.markup import BadMarkup, check
from coordination_xl.books.xlsx.members import DEFLATED, STORED
from coordination_xl.books.xlsx.styles import DURATION, SERIAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.contents import Contents
    from coordination_xl.books.xlsx.package import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ERROR_TYPE = re.compile(rb"""\bt\s*=\s*(?:"e"|'e')""")
_UNREAD = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<([^\s<>:/]+:)?extLst(?:\s[^>]*)?(?:/>|>.*?</(?:[^\s<>:/]+:)?extLst\s*>)",
    re.DOTALL,
)
_STYLED_NUMBER = re.compile(
    rb"""(<(?:[^\s<>:/!?]+:)?c\s[^<>]*?)\ss=["'](\d+)["']([^<>]*>)"""
    rb"""(?=(?:<[^<>]*>[^<]*</[^<>]*f>)?<(?:[^\s<>:/]+:)?v>\s*([-+0-9.eE]+)\s*<)"""
)
_CHECKED_WHOLE = 1 << 24
_LAST_DATE = 2_958_465
_CELL_NAME = re.compile(rb"<(?:[^\s<>:/!?]+:)?c\s")


class Unreadable(ValueError):
    """A sheet that calamine cannot make sense of."""


def readable(sheet: bytes) -> bytes:
    """A sheet part in which error values are text, and neither a comment nor an extension stands between values.

    Raises:
        BadMarkup: the part is not well-formed. Calamine would silently stop where it breaks; a large sheet, of which
            expat would take longer than all the rest, is only asked whether it has its end.
    """
    if len(sheet) <= _CHECKED_WHOLE:
        check(sheet)
    elif not sheet.rstrip().endswith(b"worksheet>"):
        raise BadMarkup("no end")
    if b"sheetData" not in sheet:
        raise BadMarkup("no sheetData")
    return cleared(sheet)


def cleared(sheet: bytes) -> bytes:
    """A well-formed sheet part, its error values made text, its comments and extensions taken out."""
    if b"<!--" in sheet or sheet.find(b"extLst", 0, sheet.rfind(b"sheetData")) >= 0:
        sheet = _UNREAD.sub(lambda match: match[0] if match[0].startswith(b"<![") else b"", sheet)
    if b'"e"' not in sheet and b"'e'" not in sheet:
        return sheet
    pieces: list[bytes] = []
    at = 0
    for match in _ERROR_TYPE.finditer(sheet):
        tag = sheet.rfind(b"<", 0, match.start())
        # The same letters may stand in a cell's text; only a cell's start tag declares a type.
        if b">" not in sheet[tag : match.start()] and _CELL_NAME.match(sheet, tag):
            pieces += (sheet[at : match.start()], b't="str"')
            at = match.end()
    return b"".join([*pieces, sheet[at:]])


@dataclass(frozen=True, slots=True)
class Source:
    """What a plain package is made of.

    Attributes:
        package: where the parts come from.
        sheets: the sheet parts.
        strings: the shared strings part.
        kinds: what each cell format makes of a number.
        date1904: the date system.
        contents: of large sheets what their cells hold, by part; it stands in for the sheet.
    """

    package: Package
    sheets: Sequence[str]
    strings: str | None
    kinds: Sequence[int]
    date1904: bool
    contents: Mapping[str, Contents]


def plain_package(source: Source, *, is_tame: bool) -> bytes:
    """A package with these sheet parts and nothing else but their strings and formats.

    Args:
        source: the parts.
        is_tame: whether numbers that are too large for a date lose the format of one.

    Raises:
        Unreadable: a sheet is not well-formed.
    """
    package, sheets = source.package, source.sheets
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
    shown = {SERIAL: "0", DURATION: "46"}
    formats = "".join(f'<xf numFmtId="{shown.get(kind, "14")}"/>' for kind in source.kinds)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(source.date1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{relations}'
        f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>',
    }
    streams = [_stored(name, content.encode()) for name, content in parts.items()]
    if source.strings is not None:
        streams.append(_same_stream(package, source.strings, "xl/sharedStrings.xml", package.xml(source.strings)))
    for n, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{n}.xml"
        try:
            content = cleared(source.contents[sheet].xml) if sheet in source.contents else readable(package.xml(sheet))
        except BadMarkup as error:
            raise Unreadable(f"{sheet}: {error}") from error
        content = tamed(content, source.kinds) if is_tame else content
        streams.append(
            _stored(name, content) if sheet in source.contents else _same_stream(package, sheet, name, content)
        )
    return assembled(streams)


def _stored(name: str, content: bytes) -> Stream:
    return Stream(name, content, STORED, crc32(content), len(content))


def _same_stream(package: Package, part: str, name: str, content: bytes) -> Stream:
    """The part under another name, its compressed bytes as they are if its content is what is wanted."""
    member = package.member(part)
    crc = crc32(content)
    if member.size == len(content) and member.crc == crc:
        return Stream(name, package.packed(part), member.method, crc, len(content))
    return Stream(name, deflate(content), DEFLATED, crc, len(content))


class SheetValues(Protocol):
    """The values of one sheet."""

    def columns(self, top: int, bottom: int, left: int, right: int) -> tuple[NDArray[np.object_], ...]:
        """The columns of an area (1-based, ends included), beyond what is used padded with blanks (``None``)."""

    def cells(self, column: int, rows: NDArray[np.int64]) -> list[Any]:
        """The cells of one column (1-based) in some rows; a blank is ``""``."""


class Reader:
    """The values of some sheets of a package.

    Args:
        package: where the parts come from.
        sheets: the sheet parts.
        strings: the shared strings part.
        kinds: what each cell format makes of a number.
        date1904: the date system.
        contents: of large sheets what their cells hold, by part.
    """

    def __init__(
        self,
        package: Package,
        sheets: Sequence[str],
        strings: str | None,
        kinds: Sequence[int],
        *,
        date1904: bool,
        contents: Mapping[str, Contents] | None = None,
    ) -> None:
        self._source = Source(package, sheets, strings, kinds, date1904, contents or {})
        self._book = _opened(self._source)

    def values(self, place: int) -> SheetValues:
        """The values of the sheet at this place.

        Raises:
            Unreadable: a value contradicts its type, or a shared string is missing.
        """
        part = self._source.sheets[place]
        rows = self._rows(place)
        return self._source.contents[part].values(rows) if part in self._source.contents else AllValues(rows)

    def _rows(self, place: int) -> list[list[Any]]:
        try:
            return _rows(self._book, place)
        except BaseException as error:
            # What calamine does with a "date" of the year 10000 and later; it cannot be imported, nor is it an Exception.
            if type(error).__name__ != "PanicException":
                raise
        alone = replace(self._source, sheets=[self._source.sheets[place]])
        return _rows(_opened(alone, is_tame=True), 0)


def _opened(source: Source, *, is_tame: bool = False) -> CalamineWorkbook:
    try:
        return load_workbook(io.BytesIO(plain_package(source, is_tame=is_tame)))
    except (CalamineError, OSError) as error:
        raise Unreadable(str(error)) from error


def _rows(book: CalamineWorkbook, place: int) -> list[list[Any]]:
    """All rows of the sheet at this place, from row 1 and column A; a blank is ``""``."""
    try:
        rows: list[list[Any]] = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable(str(error)) from error
    return rows


def tamed(sheet: bytes, kinds: Sequence[int]) -> bytes:
    """A sheet part in which numbers beyond the last date are not shown as dates."""

    def tame(match: re.Match[bytes]) -> bytes:
        style = int(match[2])
        is_shown = style < len(kinds) and kinds[style] != SERIAL
        return match[1] + match[3] if is_shown and abs(float(match[4])) > _LAST_DATE else match[0]

    return _STYLED_NUMBER.sub(tame, sheet)


@dataclass(frozen=True, slots=True)
class AllValues:
    """Every value of a sheet as calamine gives it: the rows from row 1, each from column A."""

    rows: list[list[Any]]

    def columns(self, top: int, bottom: int, left: int, right: int) -> tuple[NDArray[np.object_], ...]:
        """The columns of an area; see :class:`SheetValues`."""
        height = bottom - top + 1
        used = self.rows[top - 1 : bottom]
        turned: list[tuple[Any, ...]] = list(zip(*used, strict=True))[left - 1 : right] if used else []
        columns = []
        for place in range(right - left + 1):
            column = np.full(height, None, dtype=object)
            if place < len(turned):
                values = np.fromiter(turned[place], dtype=object, count=len(used))
                values[values == ""] = None
                column[: len(used)] = values
            columns.append(column)
        return tuple(columns)

    def cells(self, column: int, rows: NDArray[np.int64]) -> list[Any]:
        """Some cells of one column; see :class:`SheetValues`."""
        height, width = len(self.rows), len(self.rows[0]) if self.rows else 0
        if column > width:
            return [""] * len(rows)
        return [self.rows[row - 1][column - 1] if row <= height else "" for row in rows.tolist()]
