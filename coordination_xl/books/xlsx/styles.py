"""Cell formats: which of them show a date, and a new one where none does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from coordination_xl.books.xlsx import markup

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.package import Package

DATE_FORMAT = "yyyy-mm-dd hh:mm"
SERIAL, DATE, DURATION = 0, 14, 46

# Formats that have no code in the file: 27–36 and 50–58 are what Chinese, Japanese and Korean Excel adds.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_BUILT_IN_DURATIONS = frozenset((46,))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NUMERIC = re.compile(r"general|G/通用格式|E[+-]", re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdhse]|aaa", re.IGNORECASE)
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/>'
    b'<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    b'<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
    b'</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


def kind_of_format(number: int, code: str | None) -> int:
    """What a number format makes of a number: :data:`SERIAL` (leaves it), :data:`DATE` or :data:`DURATION`."""
    if code is None:
        if number in _BUILT_IN_DURATIONS:
            return DURATION
        return DATE if number in _BUILT_IN_DATES else SERIAL
    shown = _NOT_SHOWN.sub("", code.partition(";")[0])
    if _ELAPSED.search(shown):
        return DURATION
    return DATE if _DATE_LETTER.search(_NUMERIC.sub("", shown)) else SERIAL


class Styles:
    """The cell formats of a workbook, and those that a splice adds.

    Args:
        package: the open package.
        part: its styles part, if it has one.
    """

    def __init__(self, package: Package, part: str | None) -> None:
        self.part = part
        self._content = package.xml(part) if part else _EMPTY
        self._root = package.tree(part or "xl/styles.xml", self._content)
        formats = self._root.find("numFmts")
        self._codes = {
            int(element.attributes.get("numFmtId", "0")): element.attributes.get("formatCode", "")
            for element in (formats.all("numFmt") if formats else [])
        }
        listed = self._root.find("cellXfs")
        self._formats = listed.all("xf") if listed else []
        self.kinds = [self._kind(element) for element in self._formats] or [SERIAL]
        self._added: dict[int, int] = {}

    def _kind(self, element: markup.Element) -> int:
        number = int(element.attributes.get("numFmtId", "0") or 0)
        return kind_of_format(number, self._codes.get(number))

    def is_date(self, style: int) -> bool:
        """Whether cells of this format show a number as a date or time."""
        return 0 <= style < len(self.kinds) and self.kinds[style] != SERIAL

    def dated(self, style: int) -> int:
        """A format like this one that shows dates; appended when first asked for."""
        model = style if 0 <= style < len(self._formats) else 0
        if model not in self._added:
            self._added[model] = len(self.kinds) + len(self._added)
        return self._added[model]

    @property
    def is_changed(self) -> bool:
        """Whether a format was added."""
        return bool(self._added)

    def content(self) -> bytes:
        """The styles part with the added formats."""
        if not self._added:
            return self._content
        root, content = self._root, self._content
        prefix = markup.raw_prefix(content, root)
        number = next((number for number, code in self._codes.items() if code == DATE_FORMAT), 0)
        edits = []
        if not number:
            number = max([163, *self._codes]) + 1
            edits.append(self._with_format(prefix, number))
        edits += self._with_cell_formats(prefix, number)
        return markup.patch(content, edits)

    def _with_format(self, prefix: str, number: int) -> tuple[int, int, bytes]:
        element = f"<{prefix}numFmt numFmtId={quoteattr(str(number))} formatCode={quoteattr(DATE_FORMAT)}/>".encode()
        formats = self._root.find("numFmts")
        if formats is None or formats.is_empty_tag:
            listed = f'<{prefix}numFmts count="1">'.encode() + element + f"</{prefix}numFmts>".encode()
            return (
                (self._root.open_end, self._root.open_end, listed)
                if formats is None
                else (formats.start, formats.end, listed)
            )
        tag = markup.with_attribute(
            self._content[formats.start : formats.open_end], "count", str(len(formats.all("numFmt")) + 1)
        )
        inner = self._content[formats.open_end : formats.close]
        return formats.start, formats.close, tag + inner + element

    def _with_cell_formats(self, prefix: str, number: int) -> list[tuple[int, int, bytes]]:
        listed = self._root.find("cellXfs")
        total = str(len(self.kinds) + len(self._added))
        added = b"".join(self._copy(prefix, model, number) for model in self._added)
        if listed is None or listed.is_empty_tag:
            first = f'<{prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'.encode()
            whole = f'<{prefix}cellXfs count="{total}">'.encode() + first + added + f"</{prefix}cellXfs>".encode()
            before = [
                child.end
                for child in self._root.children
                if child.name in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs")
            ]
            at = max(before, default=self._root.open_end)
            return [(listed.start, listed.end, whole) if listed else (at, at, whole)]
        tag = markup.with_attribute(self._content[listed.start : listed.open_end], "count", total)
        return [(listed.start, listed.open_end, tag), (listed.close, listed.close, added)]

    def _copy(self, prefix: str, model: int, number: int) -> bytes:
        if not self._formats:
            return f'<{prefix}xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'.encode()
        element = self._formats[model]
        raw = self._content[element.start : element.end]
        size = element.open_end - element.start
        tag = markup.with_attribute(raw[:size], "numFmtId", str(number))
        return markup.with_attribute(tag, "applyNumberFormat", "1") + raw[size:]
