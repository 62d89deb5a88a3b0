"""Photograph a workbook as a reader has it on the screen.

    python tests/libreoffice/pictures.py BOOK.xlsx OUT.png [SHEET [CELL]]

A virtual screen of 1366 by 768 points is started for it, and LibreOffice in a window that fills it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from tests.libreoffice.office import Office

SCREEN = "1366x768x24"
PATIENCE = 30  # looks at the screen before it is taken as it is
BETWEEN_LOOKS = 0.4  # seconds


@contextmanager
def screen(size: str = SCREEN) -> Iterator[str]:
    """A virtual X display that no other process uses; gives its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb does not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def visible_office() -> Iterator[Office]:
    """A LibreOffice with a window on a virtual screen."""
    from tests.libreoffice.office import Office

    with screen() as display:
        office = Office(display)
        office.start()
        try:
            yield office
        finally:
            office.stop()


def fill_screen(office: Office, book: xw.Book) -> None:
    """Let the window of a workbook take the whole screen."""
    window = office.document(book).getCurrentController().getFrame().getContainerWindow()
    window.IsMaximized = True
    width, height = (int(each) for each in SCREEN.split("x")[:2])
    window.setPosSize(0, 0, width, height, 15)  # PosSize.POSSIZE
    window.toFront()


def photograph(office: Office, path: Path) -> Path:
    """A picture of the screen once it has come to rest."""
    before = b""
    for _ in range(PATIENCE):
        time.sleep(BETWEEN_LOOKS)
        now = office.screenshot(path).read_bytes()
        if now == before:
            break
        before = now
    return path


def main(book_path: str, picture: str, sheet: str | None = None, cell: str = "A1") -> None:
    with visible_office() as office:
        book = office.open(book_path)
        fill_screen(office, book)
        if sheet:
            book.sheets[sheet].activate()
            book.sheets[sheet][cell].select()
        photograph(office, Path(picture))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that ``tests`` is found
    main(*sys.argv[1:])
