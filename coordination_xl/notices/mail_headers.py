"""Header fields of a mail as ASCII lines: encoded words, addresses, file names. Source: SPEC section 6, RFC 2047, 2231, 5322.

The e-mail package of Python folds headers token by token, which is most of what a message costs it; these few do the same for
the few kinds of header that a notice has. No line is longer than 76 octets unless one address or media type alone is, and none
can be broken by what it says.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.headerregistry import Address

_WIDTH: Final = 76
_FOLD: Final = "\r\n "
_OPEN, _CLOSE = "=?utf-8?b?", "?="
_WORD_BYTES: Final = 45
"""Text in one encoded word: 60 characters of base64 and its frame, within the 75 that RFC 2047 allows."""
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Whatever some program takes for the end of a line or cannot show."""
_PLAIN: Final = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 !#$%&'*+\-./=?^_`{|}~()\[\]@,;:<>]+")
_ADDRESS: Final = re.compile(r"""(?:[\w!#$%&'*+\-/=?^`{|}~.]+|"(?:[ !#-\[\]-~]|\\[ -~])*")@[\w.:\-\[\]]+""", re.ASCII)
_LONGEST_ADDRESS: Final = 320
_LONGEST_NAME: Final = 80
_LONGEST_HEADLINE: Final = 250
_KEPT_END: Final = 60
_PARAMETER_SAFE: Final = "!#$&+-.^_`|~"


def one_line(text: str) -> str:
    """A text without line breaks and controls, each a blank; halves of characters become the replacement sign."""
    return whole(_BREAKS.sub(" ", text).strip())


def whole(text: str) -> str:
    """A text whose surrogates are paired, or replaced where they have no pair: what UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def headline(text: str) -> str:
    """One line of at most 250 characters, as mail programs and calendars keep it; the middle of a longer one is left out.

    Its end stays, because the number of a notice stands there.
    """
    line = one_line(text)
    if len(line) <= _LONGEST_HEADLINE:
        return line
    return f"{line[: _LONGEST_HEADLINE - _KEPT_END - 1]}…{line[-_KEPT_END:]}"


def text_field(name: str, text: str) -> str:
    """A header of plain words, encoded where it must be; the text is one line already."""
    if "=?" in text or not _PLAIN.fullmatch(text) or max(map(len, text.split(" "))) >= _WIDTH - len(name) - 2:
        return f"{name}: {_FOLD.join(_encoded_words(text, len(name) + 2))}"
    if len(name) + 2 + len(text) <= _WIDTH:
        return f"{name}: {text}"
    return _FOLD.join(wrap(f"{name}: {text}", _WIDTH - 1, break_long_words=False, break_on_hyphens=False))


def address_field(name: str, addresses: Iterable[Address]) -> str:
    """A header of addresses, one a line.

    Raises:
        ValueError: an address is none that a mail can bear.
    """
    written, taken = [], len(name) + 2
    for each in addresses:
        written.append(_mailbox(each.display_name, each.addr_spec, taken))
        taken = 1
    return f"{name}: {f',{_FOLD}'.join(written)}"


@lru_cache(maxsize=4096)
def _mailbox(display_name: str, address: str, taken: int) -> str:
    """``=?utf-8?b?…?= <name@example.com>``, folded; the name without line breaks, at most 80 characters."""
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        raise ValueError(f"not an address that a mail can bear: {address!r}")
    shown = one_line(display_name)
    shown = shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"
    if not shown:
        return address
    is_plain = _PLAIN_NAME.fullmatch(shown) and len(shown) + 2 <= _WIDTH - taken and "=?" not in shown
    words = [f'"{shown}"'] if is_plain else list(_encoded_words(shown, taken))
    column = len(words[-1]) + (taken if len(words) == 1 else 1)
    between = " " if column + len(f" <{address}>,") <= _WIDTH else _FOLD
    return f"{_FOLD.join(words)}{between}<{address}>"


@lru_cache(maxsize=1024)
def file_name_parameter(name: str) -> str:
    """``filename`` by RFC 2231, in as many parts as it takes; a part holds whole characters."""
    room = _WIDTH - len(" filename*10*=utf-8'';")
    parts = [""]
    for letter in name:
        piece = quote(letter, safe=_PARAMETER_SAFE)
        if len(parts[-1]) + len(piece) > room:
            parts.append("")
        parts[-1] += piece
    if len(parts) == 1:
        return f"filename*=utf-8''{parts[0]}"
    lines = [
        f"filename*{number}*={'' if number else chr(39).join(('utf-8', '', ''))}{part}"
        for number, part in enumerate(parts)
    ]
    return f";{_FOLD}".join(lines)


@lru_cache(maxsize=1024)
def quoted_name(name: str) -> str:
    """A name in quotation marks for programs that do not read RFC 2231: encoded words where it is not ASCII."""
    if name.isascii():
        return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f'"{_FOLD.join(_encoded_words(name, len(" name=") + 2))}"'


def _encoded_words(text: str, taken: int) -> Iterator[str]:
    """The text as encoded words, each of whole characters; ``taken`` columns of the first line are in use."""
    encoded = text.encode()
    start, room = 0, min(_WORD_BYTES, (_WIDTH - taken - len(_OPEN + _CLOSE)) // 4 * 3)
    while True:
        end = start + room
        while end < len(encoded) and encoded[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        yield f"{_OPEN}{b2a_base64(encoded[start:end], newline=False).decode()}{_CLOSE}"
        start, room = end, _WORD_BYTES
        if start >= len(encoded):
            return


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
