"""Word notices: every kind from its committed template, as the picture shows it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace

import pytest
from docx.shared import Pt
from docxtpl import DocxTemplate

from coordination_xl.notices.digest import Digest
from coordination_xl.notices.digest import variables as digest_variables
from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.letter import Head, names
from coordination_xl.notices.word import WordPapers, word_environment
from coordination_xl.notices.word_text import numeral, paired, shown
from coordination_xl.notices.words import Words
from coordination_xl.notices.writer import Writer
from coordination_xl.schema.vocabulary import NOTICE_KIND
from tests.notices.letter_samples import EVERY_KIND
from tests.notices.letters_by_hand import LETTERS, told
from tests.notices.samples import DIGEST, NOTHING
from tests.notices.word_reading import HEAD, KIND, WORDS, W, members, read, rows, texts
from workbooks.papers import TEMPLATES, papers


class TestEveryKind:
    @pytest.mark.parametrize("kind", [*NOTICE_KIND.words, "涉密通知", "催办汇总"])
    def test_has_a_paper(self, kind):
        assert WordPapers().path(kind).is_file()

    @pytest.mark.parametrize("kind", LETTERS)
    def test_says_what_its_words_say(self, kind, shipped_papers):
        letter, words = LETTERS[kind]
        document = read(shipped_papers.rendered(kind, told(letter, words)))
        page = [each for each in texts(document) if each]
        assert page[0] == letter.company
        assert page[1] == f"{letter.number}\t保密等级：{letter.level}"
        assert page[2] == words.title
        for paragraph in (
            f"{'、'.join(letter.to)}：",
            *words.opening,
            f"联系人：{letter.contact}。",
            letter.office,
            "2026年3月17日",
        ):
            assert paragraph in page
        cells = [cell for row in rows(document) for cell in row]
        for label, value, _ in words.facts:
            assert cells[cells.index(label) + 1] == value
        for heading, paragraphs in words.sections:
            assert any(each.endswith(f"、{heading}") for each in page)
            assert set(paragraphs) <= set(page)
        for _, columns, listed in words.tables:
            found = rows(document)
            assert all(list(each) in found for each in (columns, *listed))
        for first, deadline, rest in words.requests:
            assert any(each.endswith(f"{first}{deadline}{rest}") for each in page)
        assert f"抄送：{'、'.join(letter.copies)}。" in cells
        assert f"通知编号：{letter.number}" in cells

    @pytest.mark.parametrize("kind", LETTERS)
    def test_asks_only_for_what_a_letter_and_its_words_have(self, kind, shipped_papers):
        asked = DocxTemplate(str(shipped_papers.path(kind))).get_undeclared_template_variables(
            word_environment(environment(), shown)
        )
        assert asked <= {*names(Head), *(field.name for field in dataclasses.fields(Words))}
        assert {"number", "title", "opening", "facts", "requests", "to", "copies", "level"} <= asked

    @pytest.mark.parametrize("name", EVERY_KIND)
    def test_takes_the_letters_that_rows_make(self, name, shipped_papers):
        letter = EVERY_KIND[name]
        written = Writer(environment()).written(letter)
        page = texts(read(shipped_papers.rendered(letter.kind, written.context)))
        assert {written.words.title, *(value.replace("\r\n", "\n") for _, value, _ in written.words.facts)} <= set(page)

    def test_the_digest_asks_only_for_what_the_digest_has(self, shipped_papers):
        template = DocxTemplate(str(shipped_papers.path("周报")))
        asked = template.get_undeclared_template_variables(word_environment(environment(), shown))
        assert {"standing", "red", "asks"} <= asked <= {field.name for field in dataclasses.fields(Digest)}

    def test_the_digest_tells_figures_the_red_list_and_what_is_asked(self, shipped_papers):
        document = read(shipped_papers.rendered("周报", digest_variables(DIGEST)))
        assert ["在办事项", "12 项（较上周末 +2）", "已逾期", "3 项（较上周末 −1）"] in rows(document)
        assert ["RW-2026-0001", "腾出环境", "技术部*工程师", "3 天", "部门负责人；3月10日升至分管领导"] in rows(
            document
        )
        assert "■ 已升级至总经理办公会的逾期事项：XT-2026-0002，请总经理办公会研究处理。" in texts(document)

    def test_a_digest_without_anything_says_so(self, shipped_papers):
        page = texts(read(shipped_papers.rendered("周报", digest_variables(NOTHING))))
        assert "没有逾期事项。" in page
        assert "本周没有。" in page

    def test_the_committed_templates_are_what_the_builder_makes(self):
        for path, package in papers().items():
            assert members((TEMPLATES / path).read_bytes()) == members(package), f"{path}: run make workbooks"

    def test_the_builder_makes_the_same_bytes_twice(self):
        assert papers() == papers()


class TestLook:
    def test_two_short_facts_share_a_row_and_the_hot_one_has_its_own_in_bold(self, shipped_papers):
        facts = read(shipped_papers.rendered(KIND, told(HEAD, WORDS))).tables[0]
        assert [cell.text for cell in facts.rows[0].cells] == ["问题编号", "WT-2026-0036", "紧急程度", "■高　□中　□低"]
        last = facts.rows[-1].cells
        assert last[1].text == last[3].text == WORDS.facts[-1][1]
        assert [run.bold for run in last[1].paragraphs[0].runs if run.text] == [True]
        assert not any(run.bold for run in facts.rows[1].cells[1].paragraphs[0].runs)

    def test_headings_count_on_over_facts_sections_tables_and_requests(self, shipped_papers):
        page = texts(read(shipped_papers.rendered("会议纪要", told(*LETTERS["会议纪要"]))))
        assert [each for each in page if re.match("[一二三四五]、", each)] == [
            "一、基本情况", "二、讨论要点", "三、决议事项", "四、办理要求",
        ]  # fmt: skip

    def test_the_page_is_that_of_the_picture(self, shipped_papers):
        document = read(shipped_papers.rendered(KIND, told(HEAD, WORDS)))
        section = document.sections[0]
        lengths = (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
        )
        assert [round(each.mm) for each in lengths] == [210, 297, 24, 18, 26]
        looks = {paragraph.style.style_id: paragraph.style for paragraph in document.paragraphs}
        assert (looks["Company"].font.size, str(looks["Company"].font.color.rgb), looks["Company"].font.bold) == (
            Pt(22),
            "B3261E",
            True,
        )
        assert (looks["NoticeTitle"].font.size, looks["NoticeTitle"].font.name) == (Pt(20), "宋体")
        body = looks["Body"]
        assert (body.font.size, body.font.name, body.paragraph_format.line_spacing) == (Pt(14), "仿宋", Pt(23.5))
        assert body.paragraph_format.first_line_indent == Pt(28)

    @pytest.mark.parametrize(("tone", "colour"), [("红", "B3261E"), ("黄", None), ("蓝", None)])
    def test_only_a_red_warning_is_red(self, tone, colour, shipped_papers):
        letter, words = LETTERS["逾期预警"]
        document = read(shipped_papers.rendered("逾期预警", told(letter, replace(words, tone=tone))))
        (warning,) = [each for each in document.paragraphs if each.text == "▲红色预警：已逾期 5 个工作日"]
        assert [str(run.font.color.rgb) if run.font.color.rgb else None for run in warning.runs if run.text] == [colour]

    def test_columns_are_as_wide_as_their_texts_and_fill_the_page(self, shipped_papers):
        table = read(shipped_papers.rendered("会议纪要", told(*LETTERS["会议纪要"]))).tables[1]
        widths = [int(each.get(f"{W}w")) for each in table._tbl.tblGrid.iter(f"{W}gridCol")]
        assert len(widths) == 4
        assert 9000 < sum(widths) <= 9071
        assert widths[0] < widths[2] < widths[1]
        assert [[cell.width.twips for cell in row.cells] for row in table.rows] == [widths] * 3

    def test_nothing_is_left_of_what_is_blank(self, shipped_papers):
        bare = Words(title="关于停办的通知", opening=("停办。",))
        document = read(shipped_papers.rendered(KIND, told(replace(HEAD, copies=(), contact="", answer="无"), bare)))
        assert rows(document) == [["通知编号：TZ-2026-0149", "阅知：", "年　　月　　日"]]
        assert not [each for each in texts(document) if "联系人" in each or "抄送" in each or "一、" in each]

    @pytest.mark.parametrize("kind", LETTERS)
    def test_every_cell_has_a_paragraph_every_row_a_cell_every_table_a_row(self, kind, shipped_papers):
        for words in (LETTERS[kind][1], Words(title="空", opening=())):
            body = read(shipped_papers.rendered(kind, told(HEAD, words))).element.body
            assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))
            assert all(row.find(f"{W}tc") is not None for row in body.iter(f"{W}tr"))
            assert all(table.find(f"{W}tr") is not None for table in body.iter(f"{W}tbl"))
            assert not [each for each in texts(read(shipped_papers.rendered(kind, told(HEAD, words)))) if "{" in each]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")],
)
def test_numerals(number, text):
    assert numeral(number) == text


def test_facts_are_paired_by_length():
    short, long, hot = ("甲", "短", False), ("乙", "这一项超过了十个汉字了", False), ("丙", "急", True)
    assert paired([short, short, short, long, short, hot, short]) == [
        (short, short), (short,), (long,), (short,), (hot,), (short,),
    ]  # fmt: skip
