"""The finishing of the package: what openpyxl cannot say, and the same bytes at every build."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

CREATOR = "coordination-xl"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE_TIME = "2026-01-01T00:00:00Z"
_CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = re.compile(r'<([\w:]+)((?: [^\s<>"=]+="[^"]*")*)></\1>')
_ROW_ADDRESS = re.compile(r'<row((?: (?!r=)[^\s=]+="[^"]*")+) r="(\d+)"')
_EMPTY_RUN = "<a:r><a:t/></a:r>"
_IGNORED = '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'


def pack(workbook: Workbook, alt_texts: Mapping[str, str]) -> bytes:
    """The workbook as bytes: fixed times, fixed order, charts with alternative texts.

    Args:
        workbook: a finished workbook.
        alt_texts: text by the name openpyxl gives the drawing object (``Chart 1``).
    """
    workbook.properties.creator = workbook.properties.lastModifiedBy = CREATOR
    raw = io.BytesIO()
    workbook.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        members = sorted(source.namelist(), key=lambda name: (name != _CONTENT_TYPES, name))
        for name in members:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(member, _finish(name, _canonical(source.read(name)), alt_texts).encode())
    return packed.getvalue()


def _canonical(part: bytes) -> str:
    """One spelling of the XML, whichever library openpyxl found to write it with."""
    return _DECLARATION + _EMPTY.sub(r"<\1\2/>", canonicalize(part.decode()))


def _finish(name: str, part: str, alt_texts: Mapping[str, str]) -> str:
    if name == "docProps/core.xml":
        return re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{_CORE_TIME}", part)
    if name.startswith("xl/drawings/drawing"):
        return _describe(part, alt_texts)
    if name.startswith("xl/charts/chart"):
        chart = part.replace("<plotArea>", '<autoTitleDeleted val="1"/><plotArea>', 1).replace(_EMPTY_RUN, "")
        return re.sub(r'(<numFmt formatCode="[^"]*")/>', r'\1 sourceLinked="0"/>', chart)
    if name.startswith("xl/worksheets/sheet"):
        part = _ROW_ADDRESS.sub(r'<row r="\2"\1', part)  # the address first, as Excel writes it
        return part.replace("<tableParts", _IGNORED + "<tableParts", 1)
    return part


def _describe(drawing: str, alt_texts: Mapping[str, str]) -> str:
    """Give every drawing object its alternative text, for people who hear the sheet instead of seeing it."""
    for name, text in alt_texts.items():
        drawing = drawing.replace(f'name="{name}"', f'name="{name}" descr="{text}"', 1)
    return drawing
