"""What people type in cells stands in a Word notice as typed, and the package stays whole. Source: SPEC section 6."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from coordination_xl.notices.word import WordPapers
from tests.notices.letters_by_hand import LETTERS, told
from tests.notices.word_reading import HEAD, KIND, WORDS, read, texts

LONGEST = "长" * 32_767


def with_fact(value: str) -> dict[str, object]:
    return told(HEAD, replace(WORDS, facts=(("问题描述", value, False),)))


class TestCells:
    @pytest.mark.parametrize(
        "typed",
        [
            "<script>alert(1)</script>", "{{ 7*7 }}", "{% for x in y %}", "{# x #}", "a & b &amp; c",
            "\"双\" '单' “引” ‘号’", "]]>",
            "</w:t></w:r>", "𠮷野家 䶮 🙂👩\u200d👩\u200d👧 \u202e", "  前后有空格  ", "=1+1", "第一行\n第二行", "一\t二",
            LONGEST, "%}", "_x0041_",
            "\x7f\x9f",
        ],
    )  # fmt: skip
    def test_stand_as_typed(self, typed, shipped_papers):
        document = read(shipped_papers.rendered(KIND, with_fact(typed)))
        assert typed in texts(document)

    @pytest.mark.parametrize(
        ("typed", "seen"),
        [
            ("一\r\n二\r三\x0b四\u2028五", "一\n二\n三\n四\n五"),
            ("a\x00b\x01c\x1fd\ufffee\uffff", "abcde"),
            ("\ud800半", "半"),
        ],
    )
    def test_breaks_are_breaks_and_what_xml_cannot_hold_is_left_out(self, typed, seen, shipped_papers):
        assert seen in texts(read(shipped_papers.rendered(KIND, with_fact(typed))))

    @pytest.mark.parametrize("typed", ["一\n二", "a\x00b", "<b>&\"'", "{{ 7*7 }}", "\ud800"])
    def test_the_title_in_the_properties_is_one_line(self, typed, shipped_papers):
        document = read(shipped_papers.rendered(KIND, told(HEAD, replace(WORDS, title=typed))))
        seen = re.sub("[\x00\ud800]", "", typed.replace("\n", " "))
        assert document.core_properties.title == seen

    def test_the_document_is_of_the_notices_own_time(self, shipped_papers):
        told_of = read(shipped_papers.rendered(KIND, told(HEAD, WORDS))).core_properties
        assert told_of.created.isoformat() == "2026-03-17T01:20:00+00:00", "09:20 in Shanghai"
        assert told_of.author == "综合管理部"

    def test_the_same_notice_is_the_same_bytes_and_another_is_not(self, shipped_papers):
        one = shipped_papers.rendered(KIND, told(HEAD, WORDS))
        other = shipped_papers.rendered(KIND, told(replace(HEAD, number="TZ-2026-0150"), WORDS))
        assert one == WordPapers().rendered(KIND, told(HEAD, WORDS)) != other

    def test_every_part_can_be_read_back(self, shipped_papers):
        package = shipped_papers.rendered("会议纪要", told(*LETTERS["会议纪要"]))
        with zipfile.ZipFile(BytesIO(package)) as archive, zipfile.ZipFile(shipped_papers.path("会议纪要")) as template:
            assert archive.testzip() is None
            assert archive.namelist() == template.namelist()
            assert archive.read("word/styles.xml") == template.read("word/styles.xml")
