"""One XML part of a Word template, compiled once: docxtpl makes a Jinja template of it, our own environment runs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from jinja2 import Template
from lxml import etree

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices.environment import FAULTS, broken, step_of
from coordination_xl.notices.word_package import REMEDY
from coordination_xl.notices.word_tables import marked, mended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG_EDGE = re.compile(r"\{[{%#]|[%}]\}")
_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_ELEMENT = re.compile(r"</?[\w.-]+:[^>]*>|<\?[^>]*\?>")
_VALUE = re.compile(r'(?<= )([\w:.-]+=")([^"<>]*\{\{[^"<>]*)(?=")|(<w:instrText(?: [^>]*)?>)([^<]*\{\{[^<]*)')
_OUTPUT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_MOMENT = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=<)")
_QUOTED = 40


class Room(NamedTuple):
    """Where a part is: the file as people know it, and what they call this part of it."""

    file: str
    name: str

    def told(self, text: str) -> str:
        """The place of a text in it."""
        return f"{self.file} {self.name}“{text[:_QUOTED]}{'…' if len(text) > _QUOTED else ''}”这一段"


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part.

    Attributes:
        room: where it is.
        template: what Jinja made of it.
        lines: its paragraphs, one a line, as Jinja counts them.
        is_text: whether it has paragraphs and tables (document properties have none).
    """

    room: Room
    template: Template
    lines: tuple[str, ...]
    is_text: bool

    def rendered(self, context: Mapping[str, object]) -> bytes:
        """The part, filled in.

        Raises:
            BrokenTemplate: it asks for what is not there, or what comes out is no XML.
        """
        try:
            xml = self.template.render(context)
        except FAULTS as fault:
            raise _broken(fault, self.room, self.lines, context) from fault
        content = (mended(xml) if self.is_text else xml).encode()
        try:
            expat.ParserCreate().Parse(content, True)  # noqa: FBT003 - expat's own way to say that this is all
        except expat.ExpatError as fault:
            what = "无法使用：生成的内容不完整，多半是 {% if %}、{% for %} 和它的结尾不在同一段或同一单元格里"
            raise BrokenTemplate(f"模板 {self.room.file} {self.room.name}", what, REMEDY) from fault
        return content


def text_part(templates: Environment, room: Room, content: bytes) -> Part:
    """A part with paragraphs: the document, a header, a footer, notes.

    Args:
        templates: the environment, see :func:`coordination_xl.notices.word.word_environment`.
        room: where it is.
        content: its XML.

    Raises:
        BrokenTemplate: it is no XML, or a tag in it is wrong.
    """
    from docxtpl import DocxTemplate  # a tenth of a second that only Word notices should cost

    tree = parsed(room, content)
    for paragraph in tree.iter(f"{_WORD}p"):
        _check_tags(room, "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t")))
    xml = etree.tostring(tree, encoding="unicode").replace("\r", " ").replace("\n", " ")
    xml = _PARAGRAPH.sub("\n", _VALUE.sub(_in_line, xml))  # a line a paragraph, so that a line tells where a mistake is
    xml = DocxTemplate("").patch_xml(xml).replace("<w:t>", '<w:t xml:space="preserve">')
    return _compiled(templates, room, _DECLARATION.rstrip() + marked(xml), is_text=True)


def properties_part(templates: Environment, room: Room, content: bytes) -> Part:
    """The document properties: title and author may hold tags, its times become those of the notice.

    Raises:
        BrokenTemplate: as :func:`text_part`.
    """
    tree = parsed(room, content)
    for element in tree.iter():
        _check_tags(room, element.text or "")
    xml = etree.tostring(tree, encoding="unicode").replace("\r", " ").replace("\n", " ")
    xml = _MOMENT.sub(
        r'\1{{ now.strftime("%Y-%m-%dT%H:%M:%S+08:00") if now is defined else "1980-01-01T00:00:00Z" }}', xml
    )
    return _compiled(templates, room, _DECLARATION.rstrip() + xml, is_text=False)


def has_tags(content: bytes) -> bool:
    """Whether a part may hold tags: Word can lay them over several runs, and markup between two brackets."""
    return b"{" in content


def parsed(room: Room, content: bytes) -> etree._Element:
    """The XML of a part, entities left alone.

    Raises:
        BrokenTemplate: it is no XML.
    """
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        raise BrokenTemplate(f"模板 {room.file} {room.name}", "无法使用：文件已损坏或不完整", REMEDY) from fault


def _compiled(templates: Environment, room: Room, source: str, *, is_text: bool) -> Part:
    lines = tuple(source.split("\n"))
    try:
        code = templates.compile(source, room.name, room.file)
    except FAULTS as fault:
        raise _broken(fault, room, lines, {}) from fault
    return Part(room, Template.from_code(templates, code, templates.make_globals(None)), lines, is_text)


def _check_tags(room: Room, text: str) -> None:
    if _TAG_EDGE.search(_TAG.sub("", text)):
        what = "无法使用：标签没有写完整：{{ 要配 }}，{% 要配 %}，并且在同一段里"
        raise BrokenTemplate(f"模板 {room.told(text.strip())}", what, REMEDY)


def _in_line(value: re.Match[str]) -> str:
    """An attribute or field code in which every tag gives one line."""
    attribute, text, field, code = value.groups()
    own = (text if attribute else code).replace("&quot;", '"')
    return (attribute or field) + _OUTPUT.sub(r"{{ (\1) | in_line }}", own)


def _broken(fault: Exception, room: Room, lines: tuple[str, ...], context: Mapping[str, object]) -> BrokenTemplate:
    step = step_of(fault, room.file)
    if step is None or step[0] != room.file:
        return broken(fault, room.file, context)
    text = _ELEMENT.sub("", lines[step[1] - 1]).strip() if step[1] <= len(lines) else ""
    return broken(fault, room.file, context, room.told(text) if text else f"{room.file} {room.name}")
