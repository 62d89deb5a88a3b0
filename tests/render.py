"""Draw a workbook the way a reader sees it: LibreOffice prints it, poppler paints the pages.

    python tests/render.py BOOK.xlsx FOLDER [DOTS_PER_INCH]

Every sheet becomes as many PNG files as it has pages. The fonts of the workbook are Windows fonts; ``fonts.conf`` beside this
file names free ones in their place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FONTS = Path(__file__).with_name("fonts.conf")
TOOLS = ("soffice", "pdftoppm", "pdfinfo")


def missing_tools() -> list[str]:
    """What this machine lacks to draw a workbook."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def convert(book: Path, folder: Path, form: str) -> Path:
    """Let LibreOffice open the workbook, calculate it and save it in another format (``pdf``, ``xlsx``, ``csv:…``)."""
    return convert_all([book], folder, form)[0]


def convert_all(files: list[Path], folder: Path, form: str) -> list[Path]:
    """The same for several workbooks or documents, with one start of LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        start = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form]
        environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        for _ in range(2):  # a fresh profile can end LibreOffice once; the second start finds it prepared
            done = subprocess.run(
                [*start, "--outdir", str(folder), *map(str, files)],
                env=environment,
                capture_output=True,
                timeout=300,
                check=False,
            )
            if done.returncode == 0:
                break
    results = [folder / f"{file.stem}.{form.split(':')[0]}" for file in files]
    if not all(result.exists() for result in results):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return results


def page_count(pdf: Path) -> int:
    """How many pages a PDF has."""
    shown = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(next(line.split(":")[1] for line in shown.splitlines() if line.startswith("Pages")))


def render(book: Path, folder: Path, dots: int = 80) -> list[Path]:
    """PNG files of all pages, in order."""
    pdf = convert(book, folder, "pdf")
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", str(pdf), str(folder / book.stem)], check=True)
    return sorted(folder.glob(f"{book.stem}-*.png"))


if __name__ == "__main__":
    for page in render(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 80):
        sys.stdout.write(f"{page}\n")
