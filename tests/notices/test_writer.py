"""What the writer makes of letters: pages that weak engines can show, the same as plain text, a subject of one line."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from coordination_xl.notices.environment import environment
from coordination_xl.notices.writer import Writer
from tests.notices.letter_samples import EVERY_KIND, HOSTILE, RED
from tests.notices.test_digest import ATTRIBUTES, ELEMENTS, STYLES, XHTML

WRITER = Writer(environment())
every_letter = pytest.mark.parametrize("name", EVERY_KIND)


@pytest.fixture(scope="module")
def written():
    """Each sample, written once."""
    done = {}

    def write(name: str):
        if name not in done:
            done[name] = WRITER.written(EVERY_KIND[name])
        return done[name]

    return write


def page_of(html: str) -> ET.Element:
    return ET.fromstring(html.encode())


def told(html: str) -> str:
    """What a reader sees of a page."""
    return "".join(page_of(html).find(f"{XHTML}body").itertext())


def styles(element: ET.Element) -> dict[str, str]:
    pairs = (each.partition(":") for each in element.get("style", "").split(";") if each)
    return {name.strip(): value.strip() for name, _, value in pairs}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestPage:
    @every_letter
    def test_is_well_formed_and_says_so(self, written, name):
        html = written(name).html
        assert html.lstrip().startswith('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"')
        assert page_of(html).tag == f"{XHTML}html"

    @every_letter
    def test_uses_only_what_weak_engines_know(self, written, name):
        found = list(page_of(written(name).html).iter())
        assert {each.tag.removeprefix(XHTML) for each in found} <= ELEMENTS | {"a"}
        assert {key for each in found for key in each.attrib if not key.startswith("{")} <= ATTRIBUTES | {"href"}
        assert {key for each in found for key in styles(each)} <= STYLES

    @every_letter
    def test_asks_for_nothing_from_outside(self, written, name):
        html = written(name).html
        tags = "".join(re.findall(r"<[^!][^>]*>", html))
        assert not re.search(r"https?://(?!www\.w3\.org/)|url\(|@import|src=|<script", tags)
        links = [each.get("href") for each in page_of(html).iter(f"{XHTML}a")]
        assert all(link.startswith("mailto:") and link.isascii() for link in links)

    @every_letter
    def test_every_ground_is_told_twice(self, written, name):
        for each in page_of(written(name).html).iter():
            assert each.get("bgcolor") == styles(each).get("background-color")

    @every_letter
    def test_padding_is_on_cells_alone_and_no_column_is_an_accent_bar(self, written, name):
        for each in page_of(written(name).html).iter():
            if "padding" in styles(each):
                assert each.tag in {f"{XHTML}td", f"{XHTML}body"}
            assert not (each.get("bgcolor") and each.get("width") in ("1", "2", "3", "4", "5"))

    @every_letter
    def test_every_table_can_be_told_to_the_blind(self, written, name):
        assert all(each.get("summary") for each in page_of(written(name).html).iter(f"{XHTML}table"))

    @every_letter
    def test_shows_all_its_words(self, written, name):
        done = written(name)
        shown, words = squeezed(told(done.html)), done.words
        for text in (
            words.title, words.band, *words.opening, words.remark, *(text for fact in words.facts for text in fact[:2]),
            *(text for request in words.requests for text in request), *(each[0] for each in words.sections),
            *(cell for _, columns, rows in words.tables for row in (columns, *rows) for cell in row),
        ):  # fmt: skip
            assert squeezed(text) in shown, text

    def test_preheader_is_hidden_first_and_short(self, written):
        first = page_of(written("逾期预警").html).find(f"{XHTML}body")[0]
        assert styles(first)["display"] == "none"
        assert first.text == written("逾期预警").words.opening[0][:60]

    @pytest.mark.parametrize(
        ("name", "ground", "band", "edge"),
        [
            ("逾期预警", "#B3261E", "▲ 红色预警　已逾期 5 个工作日", "#B3261E"),
            ("进度催报", "#FFE2A0", "◆ 黄色预警　进展反馈已逾时", "#8A6400"),
            ("逾期预警-蓝", "#D9E8F7", "● 蓝色预警　将于 3月20日（周五）18:00 到期", "#1F5A99"),
            ("涉密通知", "#E9EEF4", "涉密通知　内容不在本邮件中", "#1F5A99"),
        ],
    )
    def test_band_and_box_have_the_colour_of_the_light(self, written, name, ground, band, edge):
        cells = list(page_of(written(name).html).iter(f"{XHTML}td"))
        (top,) = [each for each in cells if styles(each).get("padding") == "12px 20px"]
        assert (top.get("bgcolor"), "".join(top.itertext())) == (ground, band)
        (box,) = [each for each in cells if "border-left" in styles(each)]
        assert styles(box)["border-left"] == f"5px solid {edge}"

    def test_only_the_hot_fact_is_red_in_the_table(self, written):
        (table,) = [
            each
            for each in page_of(written("逾期预警").html).iter(f"{XHTML}table")
            if each.get("summary") == "基本情况"
        ]
        red = ["".join(each.itertext()) for each in table.iter(f"{XHTML}b") if styles(each).get("color") == "#B3261E"]
        assert red == ["已逾期 5 个工作日（截至 3月18日（周三）09:30）"]

    def test_confirming_is_one_click_with_the_number_in_the_subject(self, written):
        (link,) = [each.get("href") for each in page_of(written("逾期预警").html).iter(f"{XHTML}a")]
        assert link == "mailto:xietiao@example.com?subject=%E5%B7%B2%E9%98%85%20TZ-2026-0153"

    @pytest.mark.parametrize(
        ("answer", "asked"),
        [
            ("已阅", "请于2026年3月18日（周三）18:00前直接回复本邮件并写“已阅”，或点此回复“已阅TZ-2026-0153”。"),
            ("回复", "请于2026年3月18日（周三）18:00前直接回复本邮件，写明答复内容。"),
            ("配合答复", "请于2026年3月18日（周三）18:00前直接回复本邮件，写明配合意见。"),
            ("无", "请直接回复本邮件并写“已阅”，或点此回复“已阅TZ-2026-0153”。"),
        ],
    )
    def test_foot_asks_for_the_answer_that_is_needed(self, answer, asked):
        assert f"阅知确认：{asked}" in squeezed(told(WRITER.page(replace(RED, answer=answer))))

    def test_without_an_address_there_is_no_link(self):
        html = WRITER.page(replace(RED, reply_to=""))
        assert "<a " not in html
        assert "并写“已阅”。" in html

    def test_is_small_enough_for_mail_programs_that_cut_off(self, written):
        assert len(written("升级报告").html.encode()) < 30_000


class TestText:
    @every_letter
    def test_has_rules_of_64_dashes_and_no_markup_of_its_own(self, written, name):
        text = written(name).text
        assert [line for line in text.splitlines() if set(line) == {"-"}] == ["-" * 64] * 2
        assert not re.search(r"<(?!script>|/script>)|&\w+;(?<!&amp;)|\n\n\n", text)

    @every_letter
    def test_says_what_the_page_says_in_the_same_order(self, written, name):
        done = written(name)
        words = done.words
        pieces = [
            words.title,
            *words.opening,
            *(fact[1] for fact in words.facts),
            *(each[0] for each in words.requests),
        ]
        page, text = squeezed(told(done.html)), squeezed(done.text)
        for shown in (page[page.index("保密等级") :], text[text.index("保密等级") :]):
            places, at = [], 0
            for piece in pieces[1:]:
                at = shown.index(squeezed(piece), at)
                places.append(at)
            assert places == sorted(places)

    def test_later_lines_of_a_cell_stand_in(self):
        text = WRITER.written(replace(RED, impact="第一行\r\n第二行：假冒")).text
        assert "影响：第一行\n  第二行：假冒\n" in text


class TestWhatPeopleTyped:
    LETTER = replace(RED, title=HOSTILE, feedback=f"{HOSTILE}\n第二行", responsible=HOSTILE, acceptance=HOSTILE)

    def test_is_shown_and_never_run(self):
        done = WRITER.written(self.LETTER)
        assert "<script" not in done.html
        for shown in (told(done.html), done.text, done.subject, page_of(done.html).find(f".//{XHTML}title").text):
            assert HOSTILE in shown

    def test_line_breaks_stay(self):
        assert "\n第二行" in told(WRITER.page(self.LETTER))
        assert "<br />\n第二行" in WRITER.page(self.LETTER)

    def test_the_longest_cell_is_there_to_its_end(self):
        long = "长" * 32_766 + "完"
        done = WRITER.written(replace(RED, acceptance=long))
        assert long in told(done.html)
        assert long in done.text

    @pytest.mark.parametrize("unseen", ["\x0b", "\x00", "\x1b", "\x7f", "\ud83d", "\uffff"])
    def test_what_no_page_can_hold_is_left_out(self, unseen):
        done = WRITER.written(replace(RED, title=f"甲{unseen}乙", impact=f"丙{unseen}丁"))
        assert "甲乙" in done.subject.replace(" ", "")
        assert unseen not in done.subject
        for shown in (told(done.html), done.text):
            assert "丙丁" in shown
            assert unseen not in shown

    def test_a_line_break_cannot_enter_the_subject(self):
        done = WRITER.written(replace(RED, title="甲\r\nBcc: x@example.com", number="TZ\r\n-1"))
        assert done.subject == "【▲红色预警】关于“甲 Bcc: x@example.com”的逾期预警（TZ -1）"


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("逾期预警", "【▲红色预警】关于“完成计费系统回归测试”的逾期预警（TZ-2026-0153）"),
        ("进度催报", "【◆黄色预警】关于“完成报表清单”的进度催报（TZ-2026-0154）"),
        ("逾期预警-蓝", "【●蓝色预警】关于“完成计费系统回归测试”的到期提醒（TZ-2026-0155）"),
        ("催办汇总", "【▲红色预警】关于 5 件事项的催办汇总（TZ-2026-0154）"),
        ("涉密通知", "【涉密通知】关于 WT-2026-0009 的涉密通知（TZ-2026-0161）"),
    ],
)
def test_subject_says_light_matter_and_number(written, name, subject):
    assert written(name).subject == subject
