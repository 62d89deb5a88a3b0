"""Names of the files in the outbox, as Windows, macOS, Linux and zip all take them. Source: SPEC section 5, ``notice``.

A name says number, kind and record, never what a matter is about: names are seen where contents are not. Source: SPEC B6.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

_MOST_BYTES: Final = 120
"""Of a stem: three bytes a Chinese character, and room for suffix and folders within what file systems take."""
_JOINED: Final = frozenset('/\\:|"<>*?')
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?", re.IGNORECASE
)
"""Devices of Windows, whatever suffix they bear."""


def stem_of(number: str, kind: str, record: str = "") -> str:
    """``TZ-2026-0211 问题分派通知 WT-2026-0036``: the name of a notice's files without their suffix.

    Args:
        number: of 发文记录.
        kind: 通知种类, or what several in one mail are called.
        record: id of the matter; ``""`` leaves it out.
    """
    return safe_name(f"{number} {kind} {record}")


def folder_name(stem: str) -> str:
    """The folder of a workbook's notices, from the workbook's file name without its suffix."""
    return safe_name(stem)


def safe_name(text: str) -> str:
    """A text as the name of a file or folder that every system takes, at most 120 bytes of UTF-8; never empty.

    Signs that Windows refuses become ``-``; controls, invisible and unassigned characters become blanks. Where the text is
    too long, the end of the name is a mark made from all of it, so that two long texts keep two names.
    """
    letters = (_letter(each) for each in unicodedata.normalize("NFC", text))
    name = " ".join("".join(letters).split()).strip(" .~")
    if len(name.encode()) > _MOST_BYTES:
        mark = f"~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        name = name.encode()[: _MOST_BYTES - len(mark)].decode(errors="ignore").rstrip(" .") + mark
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def safe_file_name(name: str) -> str:
    """The name of a file with its suffix, likewise; the suffix stays where it is one."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or not re.fullmatch(r"[A-Za-z0-9]{1,10}", suffix):
        return safe_name(name)
    return f"{safe_name(stem)}{dot}{suffix}"


def _letter(letter: str) -> str:
    if letter in _JOINED:
        return "-"
    return " " if unicodedata.category(letter)[0] in "CZ" else letter
