"""The handbook as a page: whole in itself, every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from coordination_xl.addin import handbook
from coordination_xl.addin.clicking import opening
from coordination_xl.addin.handbook import anchor, handbook_page, open_handbook, render
from coordination_xl.errors import AddinError

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "handbook.zh-CN.md"


class Reader(HTMLParser):
    """What a page refers to, and the text in it by tag."""

    def __init__(self, page):
        super().__init__()
        self.links, self.ids, self.sources, self.tags = [], [], [], []
        self.headings, self.open = [], None
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        self.sources += [given["src"]] if "src" in given else []
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append("")
            self.open = tag

    def handle_endtag(self, tag):
        if tag == self.open:
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.headings[-1] += data


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return handbook_page(tmp_path_factory.mktemp("handbook"))


@pytest.fixture(scope="module")
def pages(page):
    return {path.name: Reader(path) for path in page.parent.glob("*.html")}


def test_every_heading_of_the_markdown_is_on_the_page_in_order(pages, page):
    text = re.sub(r"^```.*?^```$", "", SOURCE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert pages[page.name].headings == re.findall(r"^#+ (.+)$", text, re.MULTILINE)


def test_every_link_of_every_page_leads_somewhere(pages):
    for name, read in pages.items():
        for link in read.links:
            if re.match(r"[a-z]+:", link):
                continue
            target, _, place = unquote(link).partition("#")
            assert (target or name) in pages, (name, link)
            assert not place or place in pages[target or name].ids, (name, link)


def test_every_chapter_is_in_the_table_of_contents(page):
    contents = re.search(r"<nav.*?</nav>", page.read_text(encoding="utf-8"), re.DOTALL)[0]
    chapters = re.findall(r"^## (.+)$", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"<a[^>]*>([^<]+)</a>", contents) == chapters
    assert "目录：" not in page.read_text(encoding="utf-8")


def test_the_page_needs_neither_network_nor_script(pages):
    for read in pages.values():
        assert not {"script", "link", "iframe", "object"} & set(read.tags)
        assert not [source for source in read.sources if ":" in source]


def test_made_twice_the_page_is_the_same(page, tmp_path):
    assert handbook_page(tmp_path).read_bytes() == page.read_bytes()
    assert handbook_page(tmp_path).read_bytes() == page.read_bytes()


def test_pictures_come_along(tmp_path, monkeypatch):
    docs = tmp_path / "docs"
    (docs / "pictures").mkdir(parents=True)
    (docs / "pictures" / "a.png").write_bytes(b"picture")
    (docs / handbook.SOURCE).write_text("# 手册\n\n![看板](pictures/a.png)\n", encoding="utf-8")
    monkeypatch.setattr(handbook, "shipped", lambda *parts: tmp_path.joinpath(*parts))
    laid_out = handbook_page(tmp_path / "out")
    assert (tmp_path / "out" / "pictures" / "a.png").read_bytes() == b"picture"
    assert Reader(laid_out).sources == ["pictures/a.png"]


def test_a_link_to_a_file_that_does_not_come_along_is_plain_text(tmp_path):
    html = render("# 手册\n\n见 [README](../README.md#命令) 和 [网页](https://example.com/a.md)。\n", tmp_path).html
    assert "<span>README</span>" in html
    assert 'href="https://example.com/a.md"' in html


def test_each_cell_of_a_wide_table_says_its_column_for_small_screens(tmp_path):
    row = "| 甲 | 乙 | 丙 | 丁 | 戊 |\n"
    html = render(f"# A\n\n{row}|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n{row}", tmp_path).html
    assert re.findall('<td data-header="([^"]+)">([^<]+)', html) == [
        *zip("甲乙丙丁戊", "12345", strict=True), *zip("甲乙丙丁戊", "甲乙丙丁戊", strict=True)
    ]  # fmt: skip
    assert "<td data-header" not in render("# A\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", tmp_path).html


def test_what_the_markdown_hides_or_says_as_code_is_no_markup(tmp_path):
    html = render("# A\n\n<!-- run: secret -->\n`<b>` <script>x</script>\n", tmp_path).html
    assert "secret" not in html
    assert "<script>" not in html
    assert "<code>&lt;b&gt;</code>" in html


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("3 怎样填", "3-怎样填"),
        ("19 时限怎么算，节假日怎么导入", "19-时限怎么算节假日怎么导入"),
        ("A-b_c (D)", "a-b_c-d"),
    ],
)
def test_anchors_are_those_of_github(title, expected):
    assert anchor(title) == expected


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AddinError, match="手册无法写入"):
        handbook_page(tmp_path / "file" / "below")


def test_the_wheel_carries_what_the_handbook_refers_to(pages):
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    carried = build["targets"]["wheel"]["force-include"]
    for name in pages:
        source = f"docs/{name.removesuffix('.html')}.md"
        assert carried[source] == f"coordination_xl/_shipped/{source}"
    shown = {f"docs/{source}" for read in pages.values() for source in read.sources}
    assert all(any(picture.startswith(path) for path in carried) for picture in shown)


class Opened:
    """In the place of the browser, which a test must not start."""

    def __init__(self, works):
        self.works, self.uris = works, []

    def open(self, uri):
        self.uris.append(uri)
        return self.works


def test_the_browser_is_given_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    browser = Opened(works=True)
    monkeypatch.setattr(opening, "webbrowser", browser)
    laid_out = open_handbook()
    assert browser.uris == [laid_out.as_uri()]
    assert laid_out.is_relative_to(tmp_path)


def test_without_a_browser_the_place_of_the_page_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(opening, "webbrowser", Opened(works=False))
    with pytest.raises(AddinError, match=r"没有找到浏览器.*handbook\.zh-CN\.html"):
        open_handbook()
