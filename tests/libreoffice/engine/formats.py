"""Number formats of a document: Excel's codes, and what kind of value they show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.libreoffice.engine.boxes import Box, of_uno
from tests.libreoffice.uno_bridge import load_uno

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE, TIME, CURRENCY, LOGICAL, TEXT = 2, 4, 8, 1024, 256  # com.sun.star.util.NumberFormat
_LETTERS = re.compile(r'("[^"]*"|\[\$[^\]]*\]|\\.|@|General)|([YMDHSEAPNGWQ]+)')


class Format(NamedTuple):
    """One number format.

    Attributes:
        code: in Excel's spelling.
        kind: LibreOffice's bits: date, time, currency, logical, text.
    """

    code: str
    kind: int

    @property
    def is_text(self) -> bool:
        return self.code == "@"

    @property
    def is_general(self) -> bool:
        return self.code == "General"

    @property
    def is_moment(self) -> bool:
        return bool(self.kind & (DATE | TIME)) and not self.kind & LOGICAL

    @property
    def is_logical(self) -> bool:
        return bool(self.kind & LOGICAL)

    @property
    def is_currency(self) -> bool:
        return bool(self.kind & CURRENCY)


class Formats:
    """The number formats of one document, read once each."""

    def __init__(self, document: Any) -> None:
        self._formats = document.NumberFormats
        self._known: dict[int, Format] = {}
        self._locale = load_uno().createUnoStruct("com.sun.star.lang.Locale")
        self._locale.Language, self._locale.Country = "en", "US"

    def __getitem__(self, key: int) -> Format:
        if key not in self._known:
            found = self._formats.getByKey(key)
            kind, code = found.Type, found.FormatString
            if kind & LOGICAL:
                code = "General"  # a truth value needs no format in Excel
            elif code != "General":
                code = _LETTERS.sub(lambda part: part[1] or part[2].lower(), code).replace("am/pm", "AM/PM")
            self._known[key] = Format(code, kind)
        return self._known[key]

    def key(self, code: str) -> int:
        """The document's number of a format, made if it is new."""
        found = self._formats.queryKey(code, self._locale, False)
        return self._formats.addNew(code, self._locale) if found == -1 else found

    @property
    def logical(self) -> int:
        return self._formats.getStandardFormat(LOGICAL, self._locale)

    def areas(self, area: Any) -> Iterator[tuple[Box, int]]:
        """The rectangles of a UNO cell range that are formatted alike, with their format's number."""
        groups = area.getUniqueCellFormatRanges()
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            key = group.NumberFormat
            for each in group.RangeAddresses:
                yield of_uno(each), key
