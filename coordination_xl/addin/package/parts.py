"""The parts of the package: a workbook that Excel opens as an add-in, with one empty sheet.

Source: ECMA-376 part 1 (SpreadsheetML) and part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from coordination_xl.addin.package.documents import SHEET, WORKBOOK
from coordination_xl.addin.package.ribbon import DIALECTS, ribbon_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE = "协调管理"
"""What Excel's list of add-ins shows."""
DESCRIPTION = "跨部门沟通协调工作簿的功能区：登记、拆分、校验、刷新逾期、通知、归档、周报。"
MAKER = "coordination-xl"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_ID = f"{{{_OFFICE}/relationships}}id"

_TYPES = {
    "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "xl/worksheets/sheet1.xml": f"{_SHEETML}.worksheet+xml",
    "xl/styles.xml": f"{_SHEETML}.styles+xml",
    "xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    **{dialect.part: "application/xml" for dialect in DIALECTS},
}
_PACKAGE_RELATIONSHIPS = (
    (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    *((dialect.relationship, dialect.part) for dialect in DIALECTS),
)
_WORKBOOK_RELATIONSHIPS = (
    (f"{_OFFICE}/relationships/worksheet", "worksheets/sheet1.xml"),
    (f"{_OFFICE}/relationships/styles", "styles.xml"),
    ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
)


def parts(vba_project: bytes) -> dict[str, bytes]:
    """Every part by its name, in the order of the archive."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(_PACKAGE_RELATIONSHIPS),
        **{dialect.part: ribbon_xml(dialect) for dialect in DIALECTS},
        "docProps/app.xml": _app(),
        "docProps/core.xml": _core(),
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relationships(_WORKBOOK_RELATIONSHIPS),
        "xl/worksheets/sheet1.xml": _sheet(),
        "xl/styles.xml": _styles(),
        "xl/vbaProject.bin": vba_project,
    }


def _content_types() -> bytes:
    root = _root(f"{_PACKAGE}/content-types", "Types")
    _within(root, "Default", Extension="rels", ContentType=_RELATIONSHIPS)
    _within(root, "Default", Extension="xml", ContentType="application/xml")
    for part, kind in _TYPES.items():
        _within(root, "Override", PartName=f"/{part}", ContentType=kind)
    return _written(root)


def _relationships(targets: Iterable[tuple[str, str]]) -> bytes:
    root = _root(f"{_PACKAGE}/relationships", "Relationships")
    for number, (kind, target) in enumerate(targets, start=1):
        _within(root, "Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return _written(root)


def _workbook() -> bytes:
    root = _root(_MAIN, "workbook", r=f"{_OFFICE}/relationships")
    _within(root, "workbookPr", codeName=WORKBOOK)
    # An add-in shows no window. One hidden by its file, too, would stay hidden when CXL.RegisterHelp needs it for a moment.
    _within(_within(root, "bookViews"), "workbookView")
    _within(_within(root, "sheets"), "sheet", {_ID: "rId1"}, name=SHEET, sheetId="1")
    return _written(root)


def _sheet() -> bytes:
    root = _root(_MAIN, "worksheet")
    _within(root, "sheetPr", codeName=SHEET)
    _within(root, "sheetData")
    return _written(root)


def _styles() -> bytes:
    """The least that Excel asks for: one font, the two fills it takes for granted, one border, one style."""
    root = _root(_MAIN, "styleSheet")
    font = _within(_within(root, "fonts", count="1"), "font")
    _within(font, "sz", val="11")
    _within(font, "name", val="Calibri")
    fills = _within(root, "fills", count="2")
    for pattern in ("none", "gray125"):
        _within(_within(fills, "fill"), "patternFill", patternType=pattern)
    border = _within(_within(root, "borders", count="1"), "border")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        _within(border, side)
    plain = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
    _within(_within(root, "cellStyleXfs", count="1"), "xf", plain)
    _within(_within(root, "cellXfs", count="1"), "xf", plain, xfId="0")
    _within(_within(root, "cellStyles", count="1"), "cellStyle", name="Normal", xfId="0", builtinId="0")
    return _written(root)


def _core() -> bytes:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DUBLIN})
    for name, text in (("title", TITLE), ("creator", MAKER), ("description", DESCRIPTION)):
        etree.SubElement(root, f"{{{_DUBLIN}}}{name}").text = text
    return _written(root)


def _app() -> bytes:
    root = _root(f"{_OFFICE}/extended-properties", "Properties")
    _within(root, "Application").text = "Microsoft Excel"
    return _written(root)


def _root(namespace: str, name: str, **others: str) -> etree._Element:
    prefixes: Any = {None: namespace, **others}  # no prefix; some type stubs of lxml know only prefixes that are text
    return etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes)


def _within(
    parent: etree._Element, name: str, given: dict[str, str] | None = None, /, **attributes: str
) -> etree._Element:
    namespace = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{namespace}}}{name}", {**attributes, **(given or {})})


def _written(root: etree._Element) -> bytes:
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return document
