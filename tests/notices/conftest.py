"""Papers to write Word notices on: the shipped ones, and a template of the user's own."""

from __future__ import annotations

import pytest
from docx import Document

from coordination_xl.notices.word import WordPapers
from coordination_xl.shipped import shipped
from tests.notices.letters_by_hand import told
from tests.notices.word_reading import HEAD, KIND, WORDS, read


@pytest.fixture(scope="session")
def shipped_papers():
    return WordPapers()


@pytest.fixture
def own(tmp_path):
    """Change the shipped template the way Word does, save it beside the workbook, fill it in."""

    def fill(change=lambda _: None, context=None, kind=KIND):
        place = tmp_path / "templates" / kind / "page.docx"
        place.parent.mkdir(parents=True, exist_ok=True)
        document = Document(str(shipped("templates", kind, "page.docx")))
        change(document)
        document.save(str(place))
        return read(WordPapers(tmp_path).rendered(kind, told(HEAD, WORDS) if context is None else context))

    return fill
