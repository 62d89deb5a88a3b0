"""Build the shipped workbooks from the schema: ``make workbooks``. The same bytes at every build.

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


def stale() -> list[str]:
    """Which committed workbooks are not what the schema and the demo story give now."""
    built = {BLANK: blank_workbook(), DEMO: demo_workbook()}
    return [
        name
        for name, package in built.items()
        if not (FOLDER / name).exists() or members((FOLDER / name).read_bytes()) != members(package)
    ]


def main(arguments: list[str]) -> int:
    """Build both, or with ``--check`` only say whether they are current."""
    if arguments == ["--check"]:
        old = stale()
        print(
            "\n".join(f"workbooks/{name} is not current: run make workbooks" for name in old) or "workbooks are current"
        )
        return 1 if old else 0
    for name, package in ((BLANK, blank_workbook()), (DEMO, demo_workbook())):
        (FOLDER / name).write_bytes(package)
        print(f"workbooks/{name}: {len(package):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
