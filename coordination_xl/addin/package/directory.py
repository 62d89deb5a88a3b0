"""The ``dir`` stream of a VBA project: its settings, the libraries it refers to, its modules.

Source: [MS-OVBA] 2.3.4.2.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordination_xl.addin.vba import Module

CODE_PAGE = 1252
"""What ASCII text is on every system, a Chinese one too."""

REFERENCES = {
    "stdole": (
        "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#"
        "C:\\Windows\\System32\\stdole2.tlb#OLE Automation"
    ),
    "Office": (
        "*\\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
        "C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\MSO.DLL#Microsoft Office 16.0 Object Library"
    ),
}  # fmt: skip
"""Libraries by name; Office has ``IRibbonControl``. VBA finds them by id and version; the path is only where it looks first.

VBA itself and Excel are not listed: a project has those of the program it is opened in.
"""

_WINDOWS = 1
_ENGLISH = 0x409
_NO_COOKIE = 0xFFFF
_PROCEDURES, _OBJECT = 0x21, 0x22


def directory(project: str, modules: Sequence[Module]) -> bytes:
    """The stream before it is compressed.

    Args:
        project: name of the project.
        modules: all modules, those of the workbook and its sheets too.
    """
    return b"".join((*_settings(project), *_references(), *_modules(modules), _record(0x10, b"")))


def _settings(project: str) -> Iterable[bytes]:
    yield _record(0x01, _u32(_WINDOWS))
    yield _record(0x02, _u32(_ENGLISH))
    yield _record(0x14, _u32(_ENGLISH))
    yield _record(0x03, _u16(CODE_PAGE))
    yield _record(0x04, project.encode("ascii"))
    yield _twice(0x05, 0x40, "")  # description
    yield _record(0x06, b"") + _record(0x3D, b"")  # help file
    yield _record(0x07, _u32(0))  # help context
    yield _record(0x08, _u32(0))
    yield _u16(0x09) + _u32(4) + _u32(1) + _u16(0)  # version 1.0; this record's length leaves two bytes out
    yield _twice(0x0C, 0x3C, "")  # constants


def _references() -> Iterable[bytes]:
    for name, library in REFERENCES.items():
        yield _twice(0x16, 0x3E, name)
        identity = library.encode("ascii")
        yield _record(0x0D, _u32(len(identity)) + identity + bytes(6))


def _modules(modules: Sequence[Module]) -> Iterable[bytes]:
    yield _record(0x0F, _u16(len(modules)))
    yield _record(0x13, _u16(_NO_COOKIE))
    for module in modules:
        yield _twice(0x19, 0x47, module.name)
        yield _twice(0x1A, 0x32, module.name)  # its stream
        yield _twice(0x1C, 0x48, "")  # description
        yield _record(0x31, _u32(0))  # the source starts at once: no compiled code before it
        yield _record(0x1E, _u32(0))  # help context
        yield _record(0x2C, _u16(_NO_COOKIE))
        yield _record(_OBJECT if module.is_class else _PROCEDURES, b"")
        yield _record(0x2B, b"")


def _twice(kind: int, kind_wide: int, text: str) -> bytes:
    """A text in the code page, and again in UTF-16."""
    return _record(kind, text.encode("ascii")) + _record(kind_wide, text.encode("utf-16-le"))


def _record(kind: int, content: bytes) -> bytes:
    return _u16(kind) + _u32(len(content)) + content


def _u16(number: int) -> bytes:
    return struct.pack("<H", number)


def _u32(number: int) -> bytes:
    return struct.pack("<I", number)
