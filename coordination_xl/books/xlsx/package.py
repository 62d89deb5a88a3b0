"""The open package: members by part name, relationships, content types."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.members import IS_ENCRYPTED, BrokenZip, read_directory
from coordination_xl.errors import DamagedWorkbook, EncryptedWorkbook, NotAWorkbook

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.members import Member

CONTENT_TYPES = "[Content_Types].xml"
MAX_PART = 1 << 30
MAX_TOTAL = 2 << 30
_WORTH_KEEPING = 1 << 24

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REPAIR = "请用 Excel 打开并修复，或换用备份"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: ``kind`` is the last segment of its type, which strict and transitional files share."""

    id: str
    kind: str
    target: str
    element: markup.Element


class Package:
    """The parts of one workbook file, read from its bytes.

    Args:
        archive: the whole file.
        where: what messages call it.

    Raises:
        NotAWorkbook: not a zip package.
        EncryptedWorkbook: needs a password to open.
        DamagedWorkbook: truncated, damaged, or absurdly large.
    """

    def __init__(self, archive: bytes, where: str) -> None:
        self.archive = archive
        self.where = where
        _refuse_other_formats(archive, where)
        try:
            self.directory = read_directory(archive)
        except BrokenZip as error:
            raise self.damaged(f"压缩包不完整（{error}）") from error
        if any(member.flags & IS_ENCRYPTED for member in self.directory.members):
            raise EncryptedWorkbook(where, "文件已加密", "请在 Excel 中取消打开密码后再试")
        sizes = [member.size for member in self.directory.members]
        if max(sizes, default=0) > MAX_PART or sum(sizes) > MAX_TOTAL:
            raise self.damaged(f"解压后有 {sum(sizes) / (1 << 30):.1f} GB，超出上限 {MAX_TOTAL >> 30} GB")
        self._members: dict[str, Member] = {member.name.casefold(): member for member in self.directory.members}
        self._kept: dict[str, bytes] = {}

    def damaged(self, what: str) -> DamagedWorkbook:
        """The error that this file is damaged."""
        return DamagedWorkbook(self.where, f"文件已损坏：{what}", _REPAIR)

    def has(self, part: str) -> bool:
        """Whether there is such a part; names are compared as the standard asks, without case."""
        return part.casefold() in self._members

    def member_name(self, part: str) -> str:
        """The member's own spelling of a part name."""
        return self._members[part.casefold()].name

    def member(self, part: str) -> Member:
        """The member that holds an existing part."""
        return self._members[part.casefold()]

    def packed(self, part: str) -> bytes:
        """The compressed bytes of an existing part."""
        member = self.member(part)
        return self.archive[member.data : member.data + member.packed]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in directory order."""
        return tuple(member.name for member in self.directory.members)

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            DamagedWorkbook: there is none, or its CRC is wrong.
        """
        try:
            member = self._members[part.casefold()]
        except KeyError:
            raise self.damaged(f"缺少部件 {part}") from None
        if member.name in self._kept:
            return self._kept[member.name]
        try:
            content = member.content(self.archive)
        except BrokenZip as error:
            raise self.damaged(f"部件无法解压（{error}）") from error
        if member.size >= _WORTH_KEEPING:
            self._kept[member.name] = content
        return content

    def xml(self, part: str) -> bytes:
        """The bytes of an XML part in UTF-8."""
        try:
            return markup.as_utf8(self.read(part))
        except markup.BadMarkup as error:
            raise self.damaged(f"部件 {part} 无法解析（{error}）") from error

    def tree(self, part: str, content: bytes | None = None) -> markup.Element:
        """An XML part as a tree; ``content`` if it has been read already."""
        try:
            return markup.parse(self.xml(part) if content is None else content)
        except markup.BadMarkup as error:
            raise self.damaged(f"部件 {part} 无法解析（{error}）") from error

    def relationships_part(self, part: str) -> str:
        """The name of the part that holds a part's relationships; ``""`` is the package itself."""
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The internal relationships of a part, targets resolved to part names."""
        name = self.relationships_part(part)
        if not self.has(name):
            return ()
        found = []
        for element in self.tree(name).all("Relationship"):
            attributes = element.attributes
            if attributes.get("TargetMode", "Internal") == "External":
                continue
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = _resolved(part, attributes.get("Target", ""))
            found.append(Relationship(attributes.get("Id", ""), kind, target, element))
        return tuple(found)

    def related(self, part: str, kind: str) -> str | None:
        """The first part that ``part`` names by a relationship of this kind and that exists."""
        return next((r.target for r in self.relationships(part) if r.kind == kind and self.has(r.target)), None)

    def content_type(self, part: str) -> str:
        """The content type of a part."""
        types = self.tree(CONTENT_TYPES)
        for element in types.all("Override"):
            if unquote(element.attributes.get("PartName", "")).lstrip("/").casefold() == part.casefold():
                return element.attributes.get("ContentType", "")
        extension = part.rpartition(".")[2].casefold()
        for element in types.all("Default"):
            if element.attributes.get("Extension", "").casefold() == extension:
                return element.attributes.get("ContentType", "")
        return ""

    def workbook_part(self) -> str:
        """The name of the workbook part.

        Raises:
            NotAWorkbook: a zip, but no .xlsx or .xlsm.
        """
        wrong = NotAWorkbook(
            self.where, "不是 Excel 工作簿（.xlsx 或 .xlsm）", "请选择台账工作簿，或在 Excel 中另存为 .xlsx"
        )
        if not self.has(CONTENT_TYPES):
            raise wrong
        part = self.related("", "officeDocument")
        if part is None:
            raise wrong
        kind = self.content_type(part).casefold()
        if not kind.endswith(".main+xml") or ("spreadsheetml" not in kind and "ms-excel" not in kind):
            raise wrong
        return part

    @property
    def is_signed(self) -> bool:
        """Whether the package as a whole is digitally signed."""
        return any(name.casefold().startswith("_xmlsignatures/") for name in self.names)

    def check(self) -> None:
        """Read every member once.

        Raises:
            DamagedWorkbook: a member does not have the bytes that its CRC promises.
        """
        for member in self.directory.members:
            if member.method in (0, 8):
                self.read(member.name)


def _resolved(part: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _refuse_other_formats(archive: bytes, where: str) -> None:
    if archive.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in archive:
            raise EncryptedWorkbook(where, "工作簿设有打开密码", "请在 Excel 中取消打开密码后再试")
        raise NotAWorkbook(where, "是旧格式（.xls）文件", "请在 Excel 中另存为 .xlsx")
    if not archive:
        raise NotAWorkbook(where, "是空文件", "请选择台账工作簿，或换用备份")
    if not archive.startswith(b"PK"):
        raise NotAWorkbook(where, "不是 Excel 工作簿", "请选择 .xlsx 或 .xlsm 文件")
