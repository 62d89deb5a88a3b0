"""A .docx as a zip: read whole, written with fixed times, so that the same parts are the same bytes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.errors import BrokenTemplate, reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REMEDY = "请在 Word 中打开检查，另存为 .docx；或删去工作簿旁 templates 里的这个文件，改用自带的模板"
LIMIT = 64 << 20
"""Bytes that a template may hold unpacked."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_LEVEL = 1
_NEW_YEAR_1980 = 0x21
_UTF8 = 0x800
_LOCAL, _CENTRAL, _END = (struct.Struct(form) for form in ("<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"))


class Packed(NamedTuple):
    """One part as it stands in the zip."""

    name: bytes
    stream: bytes
    size: int
    crc: int


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a .docx by name, in the order of the file.

    Raises:
        BrokenTemplate: it cannot be read, is no .docx, or is damaged.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(4)
            if beginning == _OLD_FORMAT:
                raise _refusal(path, "这是旧版 .doc 文件，或者加了打开密码")
            if not beginning.startswith(b"PK"):
                raise _refusal(path, "不是 .docx 文件")
            with zipfile.ZipFile(file) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if sum(member.file_size for member in members) > LIMIT:
                    raise _refusal(path, f"解开后超过 {LIMIT >> 20} MB")
                return {member.filename: archive.read(member) for member in members}
    except OSError as fault:
        raise _refusal(path, f"无法读取（{reason(fault)}）") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise _refusal(path, "文件已损坏或不完整") from fault


def packed(name: str, content: bytes) -> Packed:
    """One part, compressed."""
    coder = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return Packed(name.encode(), coder.compress(content) + coder.flush(), len(content), zlib.crc32(content))


def package(parts: Iterable[Packed]) -> bytes:
    """The zip."""
    body: list[bytes] = []
    index: list[bytes] = []
    place = 0
    for part in parts:
        flags = 0 if part.name.isascii() else _UTF8
        sizes = (part.crc, len(part.stream), part.size, len(part.name))
        local = _LOCAL.pack(b"PK\3\4", 20, flags, zipfile.ZIP_DEFLATED, 0, _NEW_YEAR_1980, *sizes, 0)
        body += (local, part.name, part.stream)
        index += (
            _CENTRAL.pack(
                b"PK\1\2", 20, 20, flags, zipfile.ZIP_DEFLATED, 0, _NEW_YEAR_1980, *sizes, 0, 0, 0, 0, 0, place
            ),
            part.name,
        )
        place += len(local) + len(part.name) + len(part.stream)
    directory = b"".join(index)
    count = len(index) // 2
    return b"".join((*body, directory, _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), place, 0)))


def _refusal(path: Path, what: str) -> BrokenTemplate:
    return BrokenTemplate(f"模板 {path}", f"无法使用：{what}", REMEDY)
