"""The finishing of the package: what openpyxl cannot say, and the same bytes at every build."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

CREATOR = "coordination-xl"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE_TIME = "2026-01-01T00:00:00Z"
_CONTENT_TYPES = "[Content_Types].xml"
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
            target.writestr(member, _finish(name, source.read(name), alt_texts))
    return packed.getvalue()


def _finish(name: str, content: bytes, alt_texts: Mapping[str, str]) -> bytes:
    if name == "docProps/core.xml":
        text = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{_CORE_TIME}", content.decode())
        return text.encode()
    if name.startswith("xl/drawings/drawing"):
        return _describe(content.decode(), alt_texts).encode()
    if name.startswith("xl/charts/chart"):
        chart = content.decode().replace("<plotArea>", '<autoTitleDeleted val="1"/><plotArea>', 1)
        return re.sub(r'(<numFmt formatCode="[^"]*")\s*/>', r'\1 sourceLinked="0"/>', chart).encode()
    if name.startswith("xl/worksheets/sheet") and b"<tableParts" in content:
        return content.replace(b"<tableParts", _IGNORED.encode() + b"<tableParts", 1)
    return content


def _describe(drawing: str, alt_texts: Mapping[str, str]) -> str:
    """Give every drawing object its alternative text, for people who hear the sheet instead of seeing it."""
    for name, text in alt_texts.items():
        drawing = drawing.replace(f'name="{name}"', f'name="{name}" descr="{text}"', 1)
    return drawing
