"""Word notices on paper: LibreOffice opens and prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from coordination_xl.notices.digest import variables as digest_variables
from coordination_xl.notices.word import WordPapers
from tests.notices.letters_by_hand import LETTERS, told
from tests.notices.samples import DIGEST
from tests.render import convert_all, missing_tools, page_count

_WRITER = [] if shutil.which("lowriter") or shutil.which("swriter") else ["LibreOffice Writer"]
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(missing_tools() + _WRITER), reason=f"not on this machine: {missing_tools() + _WRITER}"),
]
HARD = "<script> {{ 7*7 }} {% if %} & 𠮷野家 🙂 a\x00"
DRAWN = "<script> {{ 7*7 }} {% if %} & 𠮷野家 🙂 a"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("print")
    made = WordPapers()
    letter, words = LETTERS["问题分派通知"]
    contexts = {kind: told(*each) for kind, each in LETTERS.items()}
    packages = {kind: made.rendered(kind, context) for kind, context in contexts.items()}
    packages["周报"] = made.rendered("周报", digest_variables(DIGEST))
    packages["hard"] = made.rendered(
        "会议纪要", told(letter, replace(words, title=HARD, facts=(("问题", HARD, True),)))
    )
    packages["long"] = made.rendered(
        "变更通知", told(letter, replace(words, facts=(("问题描述", "长" * 32_767, False),)))
    )
    files = []
    for kind, package in packages.items():
        files.append(folder / f"{kind}.docx")
        files[-1].write_bytes(package)
    return {pdf.stem: pdf for pdf in convert_all(files, folder, "pdf")}


def page(pdf) -> str:
    shown = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", "", shown)


@pytest.mark.parametrize("kind", [*LETTERS, "周报"])
def test_an_ordinary_notice_takes_one_page(kind, printed):
    assert page_count(printed[kind]) == 1


@pytest.mark.parametrize("kind", LETTERS)
def test_everything_a_notice_says_is_on_the_page(kind, printed):
    letter, words = LETTERS[kind]
    shown = page(printed[kind])
    said = [letter.company, letter.number, words.title, *words.opening, letter.office, "2026年3月17日", "阅知："]
    for text in (*said, *(value for _, value, _ in words.facts)):
        assert re.sub(r"\s+", "", text) in shown, text


def test_fonts_are_those_that_stand_for_song_fang_and_hei(printed):
    listed = subprocess.run(
        ["pdffonts", str(printed["问题分派通知"])], capture_output=True, text=True, check=True
    ).stdout
    fonts = {
        re.sub(r"^[A-Z]+\+(\w+?)CJK\w+-(\w+?)(-.*)?$", r"\1 \2", row.split()[0]) for row in listed.splitlines()[2:]
    }
    assert fonts == {"NotoSerif Bold", "NotoSerif Regular", "NotoSans Regular"}


def test_hard_cells_are_drawn_as_typed(printed):
    assert page(printed["hard"]).count(re.sub(r"\s+", "", DRAWN)) >= 1
    assert page(printed["hard"]).count("{{7*7}}") == 2


def test_the_longest_cell_runs_over_pages_and_loses_nothing(printed):
    assert page_count(printed["long"]) > 10
    assert page(printed["long"]).count("长") == 32_767
