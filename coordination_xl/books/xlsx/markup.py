"""XML parts as a small tree that knows where every element stands in the bytes, so that it can be patched in place.

Document types are refused: no part of a workbook has one, and entities are how XML is made to explode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TAG_END = re.compile(rb"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")


class BadMarkup(ValueError):
    """The bytes are not well-formed XML, or declare a document type."""


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        name: its local name.
        namespace: its namespace, ``""`` if none.
        attributes: by name; a name in a namespace reads ``namespace local``.
        start: where ``<`` of the start tag stands.
        open_end: behind the ``>`` of the start tag.
        close: where the end tag begins; equal to ``end`` if the element is ``<empty/>``.
        end: behind the element.
        children: in order.
        text: the character data directly inside.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    open_end: int
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written ``<name/>``."""
        return self.open_end == self.end

    def find(self, name: str) -> Element | None:
        """The first child of this local name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        """The children of this local name."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Element]:
        """This element and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def split_name(name: str) -> tuple[str, str]:
    """Namespace and local name of what expat reports."""
    namespace, _, local = name.rpartition(" ")
    return namespace, local


def tag_end(content: bytes, start: int) -> int:
    """Behind the ``>`` of the tag that starts here, quotes respected."""
    match = _TAG_END.match(content, start)
    if match is None:
        raise BadMarkup("a tag without end")
    return match.end()


def is_empty_tag(content: bytes, open_end: int) -> bool:
    """Whether the start tag that ends here is the whole element; where expat sees its end does not tell."""
    return content[open_end - 2 : open_end] == b"/>"


def refuse_doctype(*_: object) -> None:
    """The expat handler that stops at a document type."""
    raise BadMarkup("a document type declaration")


def parser() -> expat.XMLParserType:
    """An expat parser with namespaces, refusing document types."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.StartDoctypeDeclHandler = refuse_doctype
    made.buffer_text = True
    return made


def as_utf8(content: bytes) -> bytes:
    """The part in UTF-8: the bytes themselves if they are, else transcoded with the declaration put right.

    Raises:
        BadMarkup: an encoding that cannot be decoded.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        match = _DECLARATION.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
        encoding = match[1].decode("ascii").lower() if match else "utf-8"
        if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
            return content
    try:
        text = content.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise BadMarkup(str(error)) from error
    return re.sub(r"""(<\?xml[^>]*?encoding\s*=\s*["'])[^"']+""", r"\g<1>UTF-8", text, count=1).encode()


def parse(content: bytes) -> Element:
    """The whole part as a tree.

    Args:
        content: UTF-8 bytes.

    Raises:
        BadMarkup: not well-formed, or with a document type.
    """
    made = parser()
    stack = [Element("", "", {}, 0, 0)]

    def opened(name: str, attributes: dict[str, str]) -> None:
        start = made.CurrentByteIndex
        namespace, local = split_name(name)
        element = Element(local, namespace, attributes, start, tag_end(content, start))
        stack[-1].children.append(element)
        stack.append(element)

    def closed(_: str) -> None:
        element = stack.pop()
        at = made.CurrentByteIndex
        if is_empty_tag(content, element.open_end):
            element.close = element.end = element.open_end
        else:
            element.close, element.end = at, tag_end(content, at)

    def text(data: str) -> None:
        stack[-1].text += data

    made.StartElementHandler = opened
    made.EndElementHandler = closed
    made.CharacterDataHandler = text
    try:
        made.Parse(content, True)  # noqa: FBT003 expat takes isfinal by position
    except expat.ExpatError as error:
        raise BadMarkup(str(error)) from error
    return stack[0].children[0]


def check(content: bytes) -> None:
    """Read a part without keeping anything.

    Raises:
        BadMarkup: not well-formed, or with a document type.
    """
    try:
        parser().Parse(content, True)  # noqa: FBT003 expat takes isfinal by position
    except expat.ExpatError as error:
        raise BadMarkup(str(error)) from error


def patch(content: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with spans ``(start, end, replacement)`` replaced; spans must not overlap."""
    pieces: list[bytes] = []
    at = 0
    for start, end, replacement in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < at:
            raise ValueError("edits overlap")
        pieces += (content[at:start], replacement)
        at = end
    pieces.append(content[at:])
    return b"".join(pieces)


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag in which one attribute without prefix has a new value; everything else stays as it is written."""
    quoted = quoteattr(value).encode()
    found = re.compile(rb"""(\s%s\s*=\s*)("[^"]*"|'[^']*')""" % re.escape(name.encode()))
    if found.search(tag):
        return found.sub(lambda match: match[1] + quoted, tag, count=1)
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + b" " + name.encode() + b"=" + quoted + tag[at:]


def raw_prefix(content: bytes, element: Element) -> str:
    """The prefix with its colon under which this element is written, ``""`` for the default namespace."""
    name = re.match(rb"<([^\s/>]+)", content[element.start : element.open_end])
    prefix, colon, _ = (name[1] if name else b"").rpartition(b":")
    return (prefix + colon).decode()
