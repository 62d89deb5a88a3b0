"""The documents of the repository, and what their Markdown says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README, README_ZH, HANDBOOK = "README.md", "README.zh-CN.md", "docs/handbook.zh-CN.md"
CHECKLIST, FORMULAS = "docs/excel-checklist.md", "docs/plain-formulas.zh-CN.md"
PAGES = tuple(
    path.relative_to(ROOT).as_posix() for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
)

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def headings_of(page: str) -> list[tuple[int, str]]:
    return [(len(marks), title) for marks, title in _HEADING.findall(_FENCE.sub("", text_of(page)))]


def anchors_of(page: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in headings_of(page)}


def links_of(page: str) -> list[str]:
    """Targets of links and pictures that lie in the repository."""
    found = _LINK.findall(_FENCE.sub("", text_of(page)))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def rows_below(page: str, header: str) -> list[list[str]]:
    """The rows of the table whose first two headers these are."""
    lines = iter(text_of(page).splitlines())
    for line in lines:
        if line.startswith(header):
            break
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
