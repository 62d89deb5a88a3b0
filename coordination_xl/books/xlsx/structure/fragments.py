"""XML put into a part of somebody else's spelling: elements written anew, and the places where the standard wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from coordination_xl.books.xlsx import markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordination_xl.books.xlsx.markup import Element

WORKSHEET = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
"""The children of a worksheet in the order that the standard asks for."""

STYLESHEET = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
WORKBOOK = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection", "bookViews",
    "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews",
    "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


def made(
    name: str, attributes: Mapping[str, str], prefix: str = "", inside: bytes = b"", *, is_open: bool = False
) -> bytes:
    """One element."""
    shown = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    if not inside and not is_open:
        return f"<{prefix}{name}{shown}/>".encode()
    return f"<{prefix}{name}{shown}>".encode() + inside + f"</{prefix}{name}>".encode()


def spelled(element: Element, prefix: str, changed: Mapping[str, str] | None = None) -> bytes:
    """An element of the main namespace and all in it, written with a prefix; some attributes of its own get other values."""
    attributes = {key: value for key, value in element.attributes.items() if " " not in key} | dict(changed or {})
    inside = b"".join(spelled(child, prefix) for child in element.children)
    text = escape(element.text) if element.text.strip() or not element.children else ""
    return made(element.name, attributes, prefix, text.encode() + inside)


def place_for(root: Element, name: str, order: Sequence[str]) -> int:
    """Where a new child of this name begins: behind all that must stand before it."""
    before = set(order[: order.index(name) + 1])
    return max((child.end for child in root.children if child.name in before), default=root.open_end)


def with_items(
    content: bytes, root: Element, name: str, items: Sequence[bytes], order: Sequence[str]
) -> list[tuple[int, int, bytes]]:
    """The edits by which a counted list (``fonts``, ``dataValidations``) takes more items; it is made where it is not there.

    Args:
        content: the part.
        root: its tree.
        name: the list.
        items: the new items, written out.
        order: the children of the part in their order.
    """
    if not items:
        return []
    prefix = markup.raw_prefix(content, root)
    listed = root.find(name)
    added = b"".join(items)
    if listed is None:
        at = place_for(root, name, order)
        return [(at, at, made(name, {"count": str(len(items))}, prefix, added))]
    count = str(len(listed.children) + len(items))
    tag = content[listed.start : listed.open_end]
    if "count" in listed.attributes:
        tag = markup.with_attribute(tag, "count", count)
    if listed.is_empty_tag:
        end = f"</{prefix}{name}>".encode()
        return [(listed.start, listed.end, tag[:-2].rstrip() + b">" + added + end)]
    return [(listed.start, listed.open_end, tag), (listed.close, listed.close, added)]
