"""Bytes of a mail as text: what it declares, where that is true; else what Chinese mail programs commonly mean."""

from __future__ import annotations

import codecs
import re
from typing import Final

_GB: Final = frozenset({"gb2312", "gbk", "gb18030", "hz"})
_BIG5: Final = frozenset({"big5", "big5hkscs", "cp950"})
_OTHERS: Final = frozenset(
    {
        "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7", "iso8859-1", "iso8859-15", "cp1252", "koi8-r", "cp1251",
        "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949",
    }
)  # fmt: skip
"""Nothing else is tried: Python knows codecs that are no character sets."""
_IDEOGRAPH: Final = re.compile(r"[\u4e00-\u9fff]")
_GUESSES: Final = ("utf-8", "gb18030", "big5hkscs")


def decoded(content: bytes, charset: str = "") -> str:
    """The text that the bytes mean; never fails.

    Mail that says gb2312 is read as gb18030, which holds it and the rarer characters that programs put in all the same; it is
    read as UTF-8 where that gives Chinese, for then it is mislabelled. What cannot be read becomes the replacement sign.
    """
    if content.isascii() and b"\x1b" not in content and b"~{" not in content and b"+" not in content:
        return content.decode("ascii") if b"\x00" not in content else content.replace(b"\x00", b"").decode("ascii")
    name = _known(charset)
    if name in _GB and name != "hz":
        text = _tried(content, "utf-8")
        if text is not None and _IDEOGRAPH.search(text):
            return text
    candidates = [name, *_GUESSES] if name else list(_GUESSES)
    if name in _GB:
        candidates.insert(1, "gb18030")
    for each in candidates:
        text = _tried(content, each)
        if text is not None:
            return text
    return content.decode(name or "utf-8", "replace")


def _known(charset: str) -> str:
    """The codec of a character set that mails are written in; ``""`` where it is none."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'")[:40]).name if charset else ""
    except (LookupError, ValueError):
        return ""
    if name == "hz":
        return name
    if name in _GB:
        return "gb18030"
    if name in _BIG5:
        return "big5hkscs"
    return name if name in _OTHERS else ""


def _tried(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None
