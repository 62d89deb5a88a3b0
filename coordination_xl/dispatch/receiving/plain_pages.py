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
_UNSEEN_TAGS: Final = frozenset({*_UNSEEN, *map(str.upper, _UNSEEN), *map(str.title, _UNSEEN)})
_ENDS: Final = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _UNSEEN}
_NOT_TEXT: Final = frozenset({"script", "style"})
"""Where these do not end, nothing that follows is text; of the others only the tag is left out."""
_BLOCKS: Final = frozenset(
    {
        "address", "article", "caption", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul", "blockquote", "body", "html",
    }
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_BREAK: Final = "br"
_QUOTE: Final = "blockquote"
_QUOTING: Final = re.compile(
    r"""class\s*=\s*["']?[^"'>]*\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|qmail_quote)\b"""
    r"""|id\s*=\s*["']?(?:divRplyFwdMsg|appendonsend|isReplyContent|origbody|mail-editor-reference-message)\b""",
    re.IGNORECASE,
)
"""How mail programs mark that here the quotation begins."""
_SIGNING: Final = "210px"
"""The rule above a signature that Foxmail draws."""
QUOTED: Final = "-----原始邮件-----"


class _Lines:
    """The page as lines: a block begins one where the last has something in it, a line break always."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line: list[str] = []
        self.depth = 0

    def add(self, words: str) -> None:
        self.line.append(words)

    def block(self) -> None:
        if any(words.strip(" ") for words in self.line):
            self.end()

    def end(self) -> None:
        line = re.sub(" +", " ", "".join(self.line)).replace("\xa0", " ").strip()
        self.done.append(f"> {line}" if self.depth and line else line)
        self.line = []


def text_of_page(page: str) -> str:
    """What a reader sees, one line a paragraph; lines of a quotation begin with ``> ``, as in plain mail."""
    page = page[:LONGEST_PAGE]
    lines = _Lines()
    ends = {name: max((match.end() for match in end.finditer(page)), default=0) for name, end in _ENDS.items()}
    at = 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            start = len(page)
        if start > at:
            lines.add(re.sub(r"[ \t\r\n\f]+", " ", unescape(page[at:start])))
        if start == len(page):
            break
        if page.startswith("<!--", start):
            end = page.find("-->", start + 4)
            at = len(page) if end < 0 else end + 3
            continue
        tag = _TAG.match(page, start)
        if tag is None:
            lines.add("<")
            at = start + 1
            continue
        at = tag.end()
        if tag["name"] in _UNSEEN_TAGS and not tag["end"] and not tag["rest"].endswith("/"):
            name = tag["name"].lower()
            if at < ends[name] and (end_tag := _ENDS[name].search(page, at)):
                at = end_tag.end()
            elif name in _NOT_TEXT:
                break
        elif tag["name"]:
            _heed(tag, lines)
    lines.end()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines.done)).strip()


def _heed(tag: re.Match[str], lines: _Lines) -> None:
    """What a tag does to the lines."""
    name, is_end = tag["name"].lower(), bool(tag["end"])
    if name == _BREAK:
        lines.end()
    elif name in _CELLS:
        lines.add(" ")
    elif name in _BLOCKS:
        lines.block()
        if name == "hr" and _SIGNING in tag["rest"]:
            lines.done.append("-- ")
        if not is_end and _QUOTING.search(tag["rest"]):
            lines.done.append(QUOTED)
        if name == _QUOTE:
            lines.depth = max(lines.depth + (-1 if is_end else 1), 0)
