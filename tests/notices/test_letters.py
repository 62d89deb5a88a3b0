"""Notices of matters: every fact from its row, in the words of an office, blank where the row is blank."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import meta

from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.letter import names
from coordination_xl.notices.letters.paragraphs import needs_of, paragraphs
from coordination_xl.notices.writer import WORD_NAMES
from coordination_xl.shipped import shipped
from tests.notices import letter_samples_matters as samples
from tests.notices.letter_reading import WRITER, asked, flawless, said
from tests.notices.letter_samples_matters import FILLERS, HOSTILE, LINES, LONGEST, SAMPLES, SPARSE

GOLDEN = Path(__file__).with_name("golden")


class TestSamples:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_are_the_golden_ones(self, name):
        written = WRITER.written(SAMPLES[name])
        assert written.text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
        assert written.html == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", SAMPLES)
    def test_are_flawless(self, name):
        flawless(WRITER.written(SAMPLES[name]))

    @pytest.mark.parametrize("name", SAMPLES)
    def test_say_on_the_page_what_they_say_in_plain_text(self, name):
        written = WRITER.written(SAMPLES[name])
        page, told = said(written.html), written.words
        cells = [cell for _, columns, rows in told.tables for row in (columns[1:], *rows) for cell in row]
        texts = [text for _, paragraphs in told.sections for text in paragraphs]
        for text in (told.title, *told.opening, *(value for _, value, _ in told.facts), *asked(told), *cells, *texts):
            bare = re.sub(r"\s+", "", text)
            assert bare in page
            assert bare in re.sub(r"\s+", "", written.text)

    @pytest.mark.parametrize("name", SPARSE)
    def test_of_blank_rows_leave_out_what_is_blank(self, name):
        written = WRITER.written(SPARSE[name])
        flawless(written)
        assert len(written.words.facts) <= 3
        assert not written.words.sections
        assert not written.words.tables


class TestHostileCells:
    @pytest.mark.parametrize("kind", FILLERS)
    @pytest.mark.parametrize("text", [HOSTILE, LINES])
    def test_are_shown_as_typed(self, kind, text):
        written = WRITER.written(samples.hostile(kind, text))
        assert "<script" not in written.html
        assert "49" not in written.text
        for line in text.splitlines():
            assert re.sub(r"\s+", "", line) in said(written.html)
            assert line in written.text
        assert text in [value for _, value, _ in written.words.facts] or kind == "会议纪要"
        assert "\n" not in written.subject
        assert "\r" not in written.subject

    @pytest.mark.parametrize("kind", FILLERS)
    def test_are_whole_however_long(self, kind):
        written = WRITER.written(samples.hostile(kind, LONGEST))
        assert LONGEST in written.text
        assert LONGEST in said(written.html)


class TestParagraphs:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", ()),
            (" \r\n ", ()),
            ("一句话", ("一句话",)),
            ("1.甲；2.乙；3.丙。", ("1.甲；", "2.乙；", "3.丙。")),
            ("1、甲；2、乙", ("1、甲；", "2、乙")),
            ("1.甲\r\n2.乙", ("1.甲", "2.乙")),
            ("1.甲；2.1,036单", ("1.甲；", "2.1,036单")),
            ("1.甲；3.乙", ("1.甲；3.乙",)),
            ("甲；2.乙", ("甲；2.乙",)),
        ],
    )
    def test_are_lines_and_the_items_of_a_whole_list(self, text, told):
        assert paragraphs(text) == told

    def test_needs_without_a_department_stay_a_text(self):
        assert needs_of("财务部：对账样例；测试环境3天") == ()
        assert needs_of("") == ()


@pytest.mark.parametrize("kind", FILLERS)
def test_the_words_ask_for_nothing_that_their_letter_lacks(kind):
    source = (shipped("templates") / kind / "words.txt").read_text(encoding="utf-8")
    asked_for = meta.find_undeclared_variables(environment().parse(source))
    assert asked_for <= {*names(type(SPARSE[kind])), *WORD_NAMES}
