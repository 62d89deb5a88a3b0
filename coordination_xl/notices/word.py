"""Notices as Word documents: ``page.docx`` of a kind, which a person can edit, filled in. Source: SPEC section 5, ``notice``.

docxtpl reads the template once; then each notice costs only the text of the parts that hold tags. All other parts (styles,
fonts, pictures) are compressed once and copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from coordination_xl.errors import BrokenTemplate, UsageError
from coordination_xl.notices.environment import environment
from coordination_xl.notices.word_package import REMEDY, Packed, package, packed, parts_of
from coordination_xl.notices.word_part import Part, Room, has_tags, parsed, properties_part, text_part
from coordination_xl.notices.word_text import FILTERS, in_properties, shown
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jinja2 import Environment

PAGE = "page.docx"
_TYPES = "[Content_Types].xml"
_PROPERTIES = "docProps/core.xml"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = (f"{_WORD_TYPE}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
_ROOMS = {
    **dict.fromkeys(_MAIN, "正文"),
    f"{_WORD_TYPE}header+xml": "页眉",
    f"{_WORD_TYPE}footer+xml": "页脚",
    f"{_WORD_TYPE}footnotes+xml": "脚注",
    f"{_WORD_TYPE}endnotes+xml": "尾注",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A compiled template: its parts in their order, those without tags already compressed."""

    parts: tuple[tuple[str, Part | Packed], ...]

    def filled(self, context: Mapping[str, object]) -> bytes:
        """The document.

        Raises:
            BrokenTemplate: it asks for what is not there.
        """
        return package(
            part if isinstance(part, Packed) else packed(name, part.rendered(context)) for name, part in self.parts
        )


class WordPapers:
    """The Word templates of one run. What a person changes in them meanwhile, the next run sees.

    Args:
        beside: the folder of the workbook; its ``templates/`` is looked at first. ``None``: shipped templates only.
    """

    def __init__(self, beside: Path | None = None) -> None:
        self._folder = None if beside is None else beside / "templates"
        base = environment(beside)
        self._texts, self._properties = word_environment(base, shown), word_environment(base, in_properties)
        self._papers: dict[str, Paper] = {}

    def rendered(self, kind: str, context: Mapping[str, object]) -> bytes:
        """The .docx of one notice; the same context gives the same bytes.

        Args:
            kind: 通知种类, which is the folder of its template.
            context: its variables: those of the letter, and over them those of :class:`~coordination_xl.notices.words.Words`.

        Raises:
            BrokenTemplate: the template cannot be read or asks for what is not there.
        """
        paper = self._papers.get(kind)
        if paper is None:
            paper = self._papers[kind] = self._compiled(self.path(kind))
        return paper.filled(context)

    def path(self, kind: str) -> Path:
        """The template of a kind: the user's own, or the shipped one.

        Raises:
            BrokenTemplate: there is none.
        """
        if self._folder is not None and (own := self._folder / kind / PAGE).exists():
            return own
        try:
            return shipped("templates", kind, PAGE)
        except UsageError as fault:
            raise BrokenTemplate(f"模板 {kind}/{PAGE}", "找不到这个模板", "请核对通知种类，或重新安装") from fault

    def _compiled(self, path: Path) -> Paper:
        contents = parts_of(path)
        rooms = _rooms(path, contents)
        return Paper(tuple((name, self._part(rooms.get(name), name, content)) for name, content in contents.items()))

    def _part(self, room: Room | None, name: str, content: bytes) -> Part | Packed:
        if room is None or not (has_tags(content) or name == _PROPERTIES):
            return packed(name, content)
        if name == _PROPERTIES:
            return properties_part(self._properties, room, content)
        return text_part(self._texts, room, content)


def word_environment(base: Environment, finalize: Callable[[object], object]) -> Environment:
    """The environment of all templates, as strict and as closed, with Word's own way to show a text."""
    made = base.overlay(autoescape=True, finalize=finalize, trim_blocks=False, lstrip_blocks=False)
    made.filters = {**base.filters, **FILTERS}
    return made


def _rooms(path: Path, contents: Mapping[str, bytes]) -> dict[str, Room]:
    """The parts that may hold tags, by their content types.

    Raises:
        BrokenTemplate: there is no document among them.
    """
    types = parsed(Room(str(path), _TYPES), contents[_TYPES]) if _TYPES in contents else ()
    rooms = {
        str(PurePosixPath(each.get("PartName", "")).relative_to("/")): Room(
            str(path), _ROOMS[each.get("ContentType", "")]
        )
        for each in types
        if each.get("ContentType") in _ROOMS
    }
    if "正文" not in {room.name for name, room in rooms.items() if name in contents}:
        raise BrokenTemplate(f"模板 {path}", "无法使用：不是 Word 文档", REMEDY)
    return {**rooms, _PROPERTIES: Room(str(path), "属性")}
