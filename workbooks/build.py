"""Build the shipped workbooks from the schema, and the Word templates: ``make workbooks``. The same bytes at every build.

``coordination.xlsx`` is blank. ``coordination-demo.xlsx`` holds a year of made-up office life, checked on the day that
``make demo`` plays and last refreshed a week before, so that it is worth opening and still has something to do.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from coordination_xl import check, open_book, refresh
from coordination_xl.books.build import build_workbook
from workbooks.demo import NOW, demo_rows
from workbooks.papers import TEMPLATES, papers

FOLDER = Path(__file__).resolve().parent
LAST_REFRESH = dt.datetime(2026, 11, 13, 9, 30)
BLANK, DEMO = "coordination.xlsx", "coordination-demo.xlsx"


def blank_workbook() -> bytes:
    """The blank workbook."""
    return build_workbook({})


def demo_workbook() -> bytes:
    """The demo workbook: its lights as they were a week ago, its findings those of the day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DEMO
        path.write_bytes(build_workbook(demo_rows()))
        book = open_book(path)
        book.apply(refresh(book, LAST_REFRESH, actor="演示").changes)
        book.apply(check(book, NOW, actor="演示").changes)
        return path.read_bytes()


def members(package: bytes) -> dict[str, bytes]:
    """The parts of a package, unpacked: compressed bytes differ from one zlib to another, parts do not."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def built() -> dict[Path, bytes]:
    """Every file that is built: the workbooks, and the Word templates of notices."""
    books = {FOLDER / BLANK: blank_workbook(), FOLDER / DEMO: demo_workbook()}
    return books | {TEMPLATES / path: package for path, package in papers().items()}


def stale() -> list[str]:
    """Which committed files are not what the schema, the demo story and the papers give now."""
    return [
        path.relative_to(FOLDER.parent).as_posix()
        for path, package in built().items()
        if not path.exists() or members(path.read_bytes()) != members(package)
    ]


def main(arguments: list[str]) -> int:
    """Build them all, or with ``--check`` only say whether they are current."""
    if arguments == ["--check"]:
        old = stale()
        print(
            "\n".join(f"{path} is not current: run make workbooks" for path in old)
            or "workbooks and Word templates are current"
        )
        return 1 if old else 0
    for path, package in built().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(package)
        print(f"{path.relative_to(FOLDER.parent).as_posix()}: {len(package):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
