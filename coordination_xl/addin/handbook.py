"""The handbook as a page for the browser: made from the shipped Markdown, whole in itself, without network or script.

Source: SPEC section 5, the button 使用手册. Colours and fonts are those of the workbook.
"""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from coordination_xl.addin.clicking.opening import open_page
from coordination_xl.addin.handbook_style import STYLE
from coordination_xl.addin.setup import places
from coordination_xl.addin.setup.machine import this_machine
from coordination_xl.errors import AddinError, reason
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

SOURCE = "handbook.zh-CN.md"
_OWN_CONTENTS = "目录："
"""So begins the paragraph of links that the page's own table of contents stands for."""
_NOT_A_LETTER = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page and what it refers to.

    Attributes:
        html: the whole page.
        pages: other Markdown files of the same folder that it links to.
        pictures: pictures it shows, as paths below the folder.
    """

    html: str
    pages: tuple[str, ...]
    pictures: tuple[str, ...]


def handbook_page(folder: Path | None = None) -> Path:
    """Lay the handbook out, with the pages and pictures it refers to, and say where it begins.

    Args:
        folder: where; without one, the user's folder for what can be made again.

    Raises:
        UsageError: the handbook did not come with the installation.
        AddinError: the folder cannot be written.
    """
    machine = this_machine()
    target = folder or Path(places.handbook_folder(machine.platform, machine.env))
    source = shipped("docs", SOURCE).parent
    try:
        target.mkdir(parents=True, exist_ok=True)
        waiting, done = [SOURCE], set[str]()
        while waiting:
            page = waiting.pop()
            done.add(page)
            rendered = render((source / page).read_text(encoding="utf-8"), source)
            (target / page_name(page)).write_text(rendered.html, encoding="utf-8")
            for picture in rendered.pictures:
                (target / picture).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / picture, target / picture)
            waiting += [other for other in rendered.pages if other not in done and other not in waiting]
    except OSError as fault:
        raise AddinError(str(target), f"手册无法写入（{reason(fault)}）", "检查磁盘空间和文件夹权限") from fault
    return target / page_name(SOURCE)


def open_handbook() -> Path:
    """Show the handbook in the browser, and say where the page lies.

    Raises:
        AddinError: the page cannot be laid out, or no browser can be started.
    """
    page = handbook_page()
    if not open_page(page):
        raise AddinError("使用手册", "没有找到浏览器", f"在浏览器里打开 {page}")
    return page


def page_name(markdown: str) -> str:
    """The name of the page made from a Markdown file."""
    return Path(markdown).with_suffix(".html").name


def render(markdown: str, folder: Path) -> Rendered:
    """A page from its Markdown.

    Args:
        markdown: the text.
        folder: where it lies; links to files that are not there become plain text.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL))
    headings: list[tuple[str, str, str]] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[place + 1])
            token.attrSet("id", anchor(title))
            headings.append((token.tag, anchor(title), title))
        elif token.type == "table_open":
            _lay_out(tokens, place)
    tokens = list(_without_own_contents(tokens))
    pages, pictures = _point_to_pages(tokens, folder)
    body = parser.renderer.render(tokens, parser.options, {})
    title = next((text for tag, _, text in headings if tag == "h1"), "")
    page = _PAGE.format(title=html.escape(title), style=STYLE, contents=_contents(headings), body=body)
    return Rendered(page, tuple(pages), tuple(pictures))


def anchor(title: str) -> str:
    """The anchor of a heading, as GitHub makes it, so that the links of the Markdown hold."""
    return _NOT_A_LETTER.sub("", title.lower()).replace(" ", "-")


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _lay_out(tokens: list[Token], table: int) -> None:
    """Say whether a table is wide; its cells then bear their header, for screens on which its columns stand below each other."""
    end = next(place for place in range(table, len(tokens)) if tokens[place].type == "table_close")
    places = range(table, end)
    headers = [_plain(tokens[place + 1]) for place in places if tokens[place].type == "th_open"]
    is_wide = len(headers) > 4
    tokens[table].attrSet("class", "wide" if is_wide else "narrow")
    for number, place in enumerate(place for place in places if is_wide and tokens[place].type == "td_open"):
        tokens[place].attrSet("data-header", headers[number % len(headers)])


def _without_own_contents(tokens: list[Token]) -> Iterator[Token]:
    """The tokens but for the paragraph that lists the chapters."""
    skipped = 0
    for place, token in enumerate(tokens):
        if token.type == "paragraph_open" and tokens[place + 1].content.startswith(_OWN_CONTENTS):
            skipped = 3
        if skipped:
            skipped -= 1
        else:
            yield token


def _point_to_pages(tokens: list[Token], folder: Path) -> tuple[list[str], list[str]]:
    """Turn links to Markdown files into links to their pages; what does not come along loses its link."""
    pages: list[str] = []
    pictures: list[str] = []
    for inline in tokens:
        is_dead = False
        for child in inline.children or []:
            if child.type == "image":
                pictures.append(str(child.attrs["src"]))
            elif child.type == "link_open":
                name, _, place = str(child.attrs["href"]).partition("#")
                is_dead = bool(name) and ":" not in name and not _is_page_beside(folder, name)
                if is_dead:
                    child.type, child.tag, child.attrs = "span_open", "span", {}
                elif name.endswith(".md") and ":" not in name:
                    pages.append(name)
                    child.attrSet("href", page_name(name) + (f"#{place}" if place else ""))
            elif child.type == "link_close" and is_dead:
                child.type, child.tag, is_dead = "span_close", "span", False
    return pages, pictures


def _is_page_beside(folder: Path, name: str) -> bool:
    return "/" not in name and name.endswith(".md") and (folder / name).is_file()


def _contents(headings: list[tuple[str, str, str]]) -> str:
    chapters = [(place, title) for tag, place, title in headings if tag == "h2"]
    items = "".join(f'<li><a href="#{html.escape(place)}">{html.escape(title)}</a></li>' for place, title in chapters)
    return f"<ul>{items}</ul>"


_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<nav aria-label="目录"><p>目录</p>{contents}</nav>
<main>
{body}</main>
</body>
</html>
"""
