"""The Word templates of notices: ``templates/<kind>/page.docx``, from one definition. The same parts at every build."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from workbooks.papers.digest import digest_body
from workbooks.papers.kinds import SHEETS
from workbooks.papers.notice import notice_body, notice_foot
from workbooks.papers.styles import W, styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as Paper
    from docx.opc.part import Part

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGE, DIGEST = "page.docx", "周报"
_LONG_AGO = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_TYPES = "[Content_Types].xml"
_KEPT = ("styles", "settings", "header", "footer", "officeDocument", "core-properties")
"""Relationships of the empty document of python-docx that a notice needs; numbering, theme and picture of the page go."""
_SETTINGS = (
    f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
"""A line that ends in a break of its own is not stretched to the margin."""


def papers() -> dict[str, bytes]:
    """Path below ``templates/`` → the template."""
    made = {sheet.kind: _package(notice_body(sheet), sheet.has_page_numbers) for sheet in SHEETS}
    made[DIGEST] = _package(digest_body(), has_page_numbers=False, title="跨部门协调工作周报")
    return {f"{kind}/{PAGE}": package for kind, package in made.items()}


def _package(body: str, has_page_numbers: bool, title: str = "{{ title }}") -> bytes:  # noqa: FBT001
    document = Document()
    _lay_page(document)
    section = document.element.body.sectPr
    for element in parse_xml(f"<w:body {W}>{body}</w:body>"):
        section.addprevious(element)
    if has_page_numbers:
        foot = document.sections[0].footer
        foot.is_linked_to_previous = False
        for paragraph in foot.paragraphs:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx has no other way
        for element in parse_xml(f"<w:ftr {W}>{notice_foot()}</w:ftr>"):
            foot._element.append(element)  # noqa: SLF001
    _replace(document.styles.element, styles_xml())
    _replace(document.settings.element, _SETTINGS)
    _tell(document, title)
    for holder in (document.part, document.part.package):
        _drop_unused(holder)
    saved = BytesIO()
    document.save(saved)
    return _packed(saved.getvalue())


def _lay_page(document: Paper) -> None:
    """A4 and its margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    section.left_margin, section.right_margin = Mm(26), Mm(24)
    section.header_distance = section.footer_distance = Mm(9)
    for grid in section._sectPr.findall(f"{{{section._sectPr.nsmap['w']}}}docGrid"):  # noqa: SLF001
        section._sectPr.remove(grid)  # noqa: SLF001


def _tell(document: Paper, title: str) -> None:
    """Document properties: tags, and a time that is no build's."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.comments, told.keywords = title, "{{ office }}", "", "", ""
    told.language, told.revision, told.created, told.modified = "zh-CN", 1, _LONG_AGO, _LONG_AGO


def _replace(element: object, xml: str) -> None:
    """Give an element the children of another."""
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in parse_xml(xml):
        element.append(child)  # type: ignore[attr-defined]


def _drop_unused(holder: Part) -> None:
    for key in [key for key, each in holder.rels.items() if each.reltype.rsplit("/", 1)[1] not in _KEPT]:
        del holder.rels[key]


def _packed(package: bytes) -> bytes:
    """The parts in a fixed order at a fixed time."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _sorted(package):
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(member, content)
    return result.getvalue()


def _sorted(package: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        for name in sorted(archive.namelist(), key=lambda name: (name != _TYPES, name)):
            yield name, archive.read(name)
