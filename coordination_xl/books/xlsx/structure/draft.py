"""A package while something is added to it: its parts as they will be."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.archive import rewrite
from coordination_xl.books.xlsx.package import CONTENT_TYPES, Package
from coordination_xl.books.xlsx.structure.fragments import made
from coordination_xl.books.xlsx.verify import Mismatch, compare_members
from coordination_xl.errors import SaveFailed

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.markup import Element

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Draft:
    """The parts of a package, and those that change or come in.

    Args:
        package: the package as it was read; it stays as it is.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._changed: dict[str, bytes | None] = {}

    @property
    def where(self) -> str:
        """What messages call the file."""
        return self.package.where

    def has(self, part: str) -> bool:
        """Whether there is, or will be, such a part."""
        return self.package.has(part) or any(name.casefold() == part.casefold() for name in self._changed)

    def _member(self, part: str) -> str:
        return self.package.member_name(part) if self.package.has(part) else part

    def parts(self, folder: str) -> list[str]:
        """The names of all parts whose name begins so, new ones included."""
        names = dict.fromkeys((*self.package.names, *self._changed))
        return [
            name for name in names if name.casefold().startswith(folder) and self._changed.get(name, b"") is not None
        ]

    def xml(self, part: str) -> bytes:
        """A part as it will be, in UTF-8."""
        changed = self._changed.get(self._member(part))
        return self.package.xml(part) if changed is None else changed

    def tree(self, part: str) -> tuple[bytes, Element]:
        """A part as it will be, and its tree."""
        content = self.xml(part)
        return content, self.package.tree(part, content)

    def put(self, part: str, content: bytes) -> None:
        """Give a part new content."""
        self._changed[self._member(part)] = content

    def patch(self, part: str, edits: list[tuple[int, int, bytes]]) -> None:
        """Patch a part as it stands now; no edit, no change."""
        if edits:
            self.put(part, markup.patch(self.xml(part), edits))

    def new_part(self, pattern: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free number, with its type; gives its name.

        Args:
            pattern: its name with ``{}`` for the number: ``xl/tables/table{}.xml``.
            content: its bytes.
            content_type: what ``[Content_Types].xml`` says of it.
        """
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        part = pattern.format(number)
        self.put(part, content)
        types, root = self.tree(CONTENT_TYPES)
        override = made(
            "Override", {"PartName": f"/{part}", "ContentType": content_type}, markup.raw_prefix(types, root)
        )
        self.patch(CONTENT_TYPES, [(root.close, root.close, override)])
        return part

    def relate(self, owner: str, kind: str, target: str) -> str:
        """Let one part name another; gives the id of the relationship."""
        part = self.package.relationships_part(owner)
        if not self.has(part):
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.put(part, f'{head}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode())
        content, root = self.tree(part)
        taken = {each.attributes.get("Id", "").casefold() for each in root.all("Relationship")}
        number = 1
        while f"rid{number}" in taken:
            number += 1
        attributes = {"Id": f"rId{number}", "Type": f"{OFFICE}/{kind}", "Target": f"/{target}"}
        element = made("Relationship", attributes, markup.raw_prefix(content, root))
        if root.is_empty_tag:
            whole = content[root.start : root.end][:-2].rstrip() + b">" + element
            name = markup.raw_prefix(content, root) + root.name
            self.patch(part, [(root.start, root.end, whole + f"</{name}>".encode())])
        else:
            self.patch(part, [(root.close, root.close, element)])
        return attributes["Id"]

    def drop_calculation_chain(self, workbook_part: str, chain: str) -> None:
        """Take the calculation chain out, which does not know new formulas; Excel builds it anew."""
        self._changed[self._member(chain)] = None
        for part, name, key, ends in (
            (CONTENT_TYPES, "Override", "PartName", posixpath.basename(chain)),
            (self.package.relationships_part(workbook_part), "Relationship", "Type", "/calcChain"),
        ):
            _, root = self.tree(part)
            gone = [each for each in root.all(name) if each.attributes.get(key, "").endswith(ends)]
            self.patch(part, [(each.start, each.end, b"") for each in gone])

    def packed(self) -> Package:
        """The new package, every other member compared with the old one.

        Raises:
            SaveFailed: a member that should be as it was is not.
        """
        new = Package(rewrite(self.package.archive, self.package.directory, self._changed), self.where)
        try:
            compare_members(self.package, new, self._changed)
        except Mismatch as error:
            raise SaveFailed(
                self.where, f"写入后核对不符（{error}）", "原文件未改动，请把此提示告知维护人员"
            ) from error
        return new
