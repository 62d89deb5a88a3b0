"""An HTML mail as plain text: no markup, no script, nothing fetched.

Not by :mod:`html.parser`: before Python 3.11.14 one hundred kilobytes of unclosed tags keep it busy for minutes, and mail comes
from anybody. This walks over the page once.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

LONGEST_PAGE: Final = 1_000_000
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:]*)(?P<rest>[^<>]*)>|<[!?][^<>]*>")
_UNSEEN: Final = ("script", "style", "head", "title", "template", "noscript", "xml")
_LINES: Final = frozenset(
    {
        "address", "article", "br", "caption", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul", "blockquote", "body", "html",
    }
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_QUOTE: Final = "blockquote"
_QUOTING: Final = re.compile(
    r"""class\s*=\s*["']?[^"'>]*\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|qmail_quote)\b"""
    r"""|id\s*=\s*["']?(?:divRplyFwdMsg|appendonsend|isReplyContent|origbody|mail-editor-reference-message)\b""",
    re.IGNORECASE,
)
"""How mail programs mark that here the quotation begins."""
QUOTED: Final = "-----原始邮件-----"


def text_of_page(page: str) -> str:
    """What a reader sees, one line a paragraph; lines of a quotation begin with ``> ``, as in plain mail."""
    page = page[:LONGEST_PAGE]
    pieces: list[str] = []
    depth, at = 0, 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            start = len(page)
        if start > at:
            pieces.append(_words(page[at:start]))
        if start == len(page):
            break
        if page.startswith("<!--", start):
            end = page.find("-->", start + 4)
            at = len(page) if end < 0 else end + 3
            continue
        tag = _TAG.match(page, start)
        if tag is None:
            pieces.append("<")
            at = start + 1
            continue
        at = tag.end()
        name = (tag["name"] or "").lower()
        if name in _UNSEEN and not tag["end"] and not tag["rest"].endswith("/"):
            at = _behind(page, name, at)
        elif name == _QUOTE:
            depth = max(depth + (-1 if tag["end"] else 1), 0)
            pieces.append("\n" + "> " * bool(depth))
        elif name in _LINES:
            if not tag["end"] and _QUOTING.search(tag["rest"]):
                pieces.append(f"\n{QUOTED}")
            pieces.append("\n" + "> " * bool(depth))
        elif name in _CELLS and not tag["end"]:
            pieces.append(" ")
    return _tidied("".join(pieces))


def _behind(page: str, name: str, at: int) -> int:
    """Where an element ends that nobody sees; of one that does not end, only its tag is left out."""
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(page, at)
    if end is not None:
        return end.end()
    return len(page) if name in {"script", "style"} else at


def _words(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", unescape(text)) if text else ""


def _tidied(text: str) -> str:
    lines = [line.replace("\xa0", " ").strip() for line in text.split("\n")]
    lines = ["" if line == ">" else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
