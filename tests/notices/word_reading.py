"""A Word notice read back by python-docx, and changes that a person makes in a template."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx import Document

from tests.notices.letters_by_hand import LETTERS

KIND = "问题分派通知"
HEAD, WORDS = LETTERS[KIND]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(package: bytes):
    return Document(BytesIO(package))


def texts(document) -> list[str]:
    """Every paragraph, those of tables too, in the order of the page; line breaks and tabs as python-docx reads them."""
    return [_text(each) for each in document.element.body.iter(f"{W}p")]


def _text(paragraph) -> str:
    """Word shows a tab as a tab only where it is an element: one among the letters counts as a blank."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        each.text.replace("\t", " ") if each.tag == f"{W}t" and each.text else signs.get(each.tag, "")
        for each in paragraph.iter()
    )


def rows(document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def line(text: str):
    """A template in which this stands behind the title."""

    def change(document):
        document.paragraphs[2].insert_paragraph_before(text)

    return change
