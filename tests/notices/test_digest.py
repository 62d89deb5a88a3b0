"""周报: the page and its plain-text twin."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jinja2 import meta, nodes

from coordination_xl.notices.digest import (
    PAGE,
    SUBJECT,
    TEXT,
    Digest,
    digest_page,
    digest_subject,
    digest_text,
    variables,
)
from coordination_xl.notices.environment import environment
from tests.notices.samples import CROWDED, DIGEST, LATE, NOTHING

GOLDEN = Path(__file__).with_name("golden") / "周报.txt"
XHTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = {"html", "head", "meta", "title", "body", "div", "table", "tr", "td", "b", "br", "font", "span"}
ATTRIBUTES = {
    "align", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "content", "height", "http-equiv", "lang",
    "name", "style", "summary", "valign", "width",
}  # fmt: skip
STYLES = {
    "-webkit-text-size-adjust", "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-top",
    "color", "display", "font-family", "font-size", "font-weight", "height", "line-height", "margin", "max-height", "max-width",
    "mso-hide", "mso-line-height-rule", "mso-table-lspace", "mso-table-rspace", "overflow", "overflow-wrap", "padding",
    "table-layout", "white-space", "width", "word-break",
}  # fmt: skip

every_sample = pytest.mark.parametrize(
    "sample", [DIGEST, NOTHING, LATE, CROWDED], ids=["full", "nothing", "late", "crowded"]
)


def page_of(digest: Digest) -> ET.Element:
    return ET.fromstring(digest_page(digest, environment()).encode())


def elements(digest: Digest) -> list[ET.Element]:
    return list(page_of(digest).iter())


def words(digest: Digest) -> str:
    """What a reader sees, tags and layout left out."""
    return re.sub(r"\s+", "", "".join(page_of(digest).find(f"{XHTML}body").itertext()))


def styles(element: ET.Element) -> dict[str, str]:
    declared = element.get("style", "").split(";")
    return {name.strip(): value.strip() for name, _, value in (each.partition(":") for each in declared) if value}


def asked_by(name: str) -> set[str]:
    """The variables that a template expects to be given; what it makes itself (macros, imports, sets) left out."""
    templates = environment()
    source, *_ = templates.loader.get_source(templates, name)
    tree = templates.parse(source)
    own = {macro.name for macro in tree.find_all(nodes.Macro)} | {each.target for each in tree.find_all(nodes.Import)}
    own |= {each.target.name for each in tree.find_all(nodes.Assign) if isinstance(each.target, nodes.Name)}
    return meta.find_undeclared_variables(tree) - own - {"self"}


class TestModel:
    @pytest.mark.parametrize("name", [PAGE, TEXT, SUBJECT])
    def test_every_variable_of_a_template_is_a_field_of_the_model(self, name):
        assert set() < asked_by(name) <= {field.name for field in dataclasses.fields(Digest)}

    @pytest.mark.parametrize("name", ["_base/mail.html", "_base/parts.html"])
    def test_layout_and_parts_ask_for_nothing(self, name):
        assert asked_by(name) <= {"font", "any"}, "what one takes from the other"

    def test_every_field_of_the_model_is_asked_for_somewhere(self):
        assert asked_by(PAGE) | asked_by(TEXT) == {field.name for field in dataclasses.fields(Digest)}

    def test_templates_get_the_fields_and_nothing_else(self):
        assert list(variables(DIGEST)) == [field.name for field in dataclasses.fields(Digest)]


class TestPage:
    @every_sample
    def test_is_well_formed_and_says_so(self, sample):
        page = digest_page(sample, environment())
        assert page.lstrip().startswith('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"')
        assert page_of(sample).tag == f"{XHTML}html"

    @every_sample
    def test_uses_only_what_weak_engines_know(self, sample):
        found = elements(sample)
        assert {each.tag.removeprefix(XHTML) for each in found} <= ELEMENTS
        assert {name for each in found for name in each.attrib if not name.startswith("{")} <= ATTRIBUTES
        assert {name for each in found for name in styles(each)} <= STYLES

    @every_sample
    def test_asks_for_nothing_from_outside(self, sample):
        page = digest_page(sample, environment())
        tags = "".join(re.findall(r"<[^!][^>]*>", page))
        assert not re.search(r"https?://(?!www\.w3\.org/)|url\(|@import|src=|href=|<script", tags)

    @every_sample
    def test_every_ground_is_told_twice(self, sample):
        grounds = [each for each in elements(sample) if "background-color" in styles(each)]
        assert len(grounds) > 5
        assert [each.get("bgcolor") for each in grounds] == [styles(each)["background-color"] for each in grounds]
        assert not [each for each in elements(sample) if each.get("bgcolor") and "background-color" not in styles(each)]

    @every_sample
    def test_padding_is_on_cells_alone_and_margins_on_none(self, sample):
        assert {each.tag for each in elements(sample) if "padding" in styles(each)} <= {f"{XHTML}td", f"{XHTML}body"}
        assert {each.tag for each in elements(sample) if "margin" in styles(each)} <= {f"{XHTML}body"}

    @every_sample
    def test_every_table_can_be_told_to_the_blind(self, sample):
        assert all(each.get("summary") for each in elements(sample) if each.tag == f"{XHTML}table")

    @every_sample
    def test_no_column_is_a_narrow_accent_bar(self, sample):
        """A weak engine stretched such a cell over the text: accents are borders."""
        narrow = [
            each
            for each in elements(sample)
            if each.tag == f"{XHTML}td" and each.get("width") in ("1", "2", "3", "4", "5")
        ]
        assert not [each for each in narrow if each.get("bgcolor")]

    def test_is_as_wide_as_a_mail_may_be_and_fits_a_phone(self):
        (frame,) = [each for each in elements(DIGEST) if styles(each).get("max-width") == "640px"]
        assert (frame.get("width"), styles(frame)["width"]) == ("640", "100%")

    def test_is_small_enough_for_mail_programs_that_cut_off(self):
        assert len(digest_page(DIGEST, environment()).encode()) < 100_000

    def test_preheader_is_hidden_and_first(self):
        body = page_of(DIGEST).find(f"{XHTML}body")
        assert body[0].tag == f"{XHTML}div"
        assert styles(body[0])["display"] == "none"
        assert body[0].text == "在办 12 项，逾期 3 项（较上周末 −1），漏反馈 2 项，下周到期 3 项。"

    def test_band_is_red_only_where_something_is_overdue(self):
        for sample, ground, said in (
            (DIGEST, "#B3261E", "▲ 逾期 3 项　较上周末 −1"),
            (NOTHING, "#D9E8F7", "● 没有逾期事项"),
        ):
            cells = [
                each
                for each in elements(sample)
                if each.tag == f"{XHTML}td" and styles(each).get("font-size") == "15px"
            ]
            assert (cells[0].get("bgcolor"), "".join(cells[0].itertext())) == (ground, said)

    def test_nothing_overdue_is_nowhere_red(self):
        told = [each for each in elements(NOTHING) if "B3261E" in "".join(each.attrib.values())]
        assert told == []
        assert "近30日没有办结的事项。" in words(NOTHING)

    def test_what_people_typed_is_shown_and_not_run(self):
        page = digest_page(DIGEST, environment())
        assert "支付网关中断 &lt;script&gt;" in page
        assert "样机报废 &amp; 备件不足" in page

    @every_sample
    def test_sections_come_in_the_order_leaders_read(self, sample):
        told = [each.get("summary") for each in elements(sample) if each.tag == f"{XHTML}table"]
        headings = (
            "主要指标", "逾期事项", "各部门在办事项", "逾期账龄", "近 12 个月", "按期办结率", "下周到期", "下周会议", "紧急事项",
            "延期与挂账", "提请领导研究的事项",
        )  # fmt: skip
        places = [told.index(heading) for heading in headings]
        assert places == sorted(places)


class TestCharts:
    def cells(self, digest: Digest, ground: str) -> list[ET.Element]:
        return [each for each in elements(digest) if each.tag == f"{XHTML}td" and each.get("bgcolor") == ground]

    def test_bars_are_as_long_as_their_counts_and_say_them(self):
        """技术部: 2 + 1 + 1 + 3 of the longest bar's 7; 人力资源部 has 4."""
        greens = self.cells(DIGEST, "#BCE0CE")
        assert [("".join(each.itertext()), each.get("width")) for each in greens] == [
            ("○3", "43%"),
            ("○2", "50%"),
            ("○1", "50%"),
        ]
        bars = [each for each in elements(DIGEST) if "○" in each.get("summary", "")]
        assert [(each.get("summary").strip(), each.get("width")) for each in bars] == [
            ("▲2 ◆1 ●1 ○3", "100%"), ("◆1 ○2 －1", "57%"), ("▲1 ○1", "29%"),
        ]  # fmt: skip

    def test_no_segment_stands_for_nothing(self):
        assert not [each for each in elements(DIGEST) if "".join(each.itertext()) in {"▲0", "◆0", "●0", "○0", "－0"}]

    def test_months_rise_with_their_counts_on_one_scale(self):
        """The tallest column of all is the most that is new: 22 in February."""
        new = [int(each.get("height")) for each in self.cells(DIGEST, "#5B97CF") if each.get("height")]
        late = [
            int(each.get("height"))
            for each in self.cells(DIGEST, "#B3261E")
            if each.get("height") and each.get("height") < "6"
        ]
        assert new == [round(44 * count / 22) for count in range(11, 23)]
        assert set(late) == {2, 4}

    def test_what_is_little_still_shows_and_what_is_nothing_does_not(self):
        first = dataclasses.replace(DIGEST.months[0], new=1000)
        tall = dataclasses.replace(DIGEST, months=(first, *DIGEST.months[1:]))
        late = [each.get("height") for each in self.cells(tall, "#B3261E") if each.get("height") == "1"]
        assert len(late) == sum(1 for month in tall.months if month.overdue)

    def test_ages_deepen(self):
        grounds = [
            each.get("bgcolor") for each in elements(DIGEST) if each.get("height") == "64" and each.get("bgcolor")
        ]
        assert grounds == ["#E0A39F", "#CC6660", "#7A1610"]

    def test_rates_fill_their_line(self):
        filled = [each.get("width") for each in self.cells(DIGEST, "#1F5A99") if each.get("height") == "6"]
        assert filled == ["100%", "90%"]

    def test_an_unknown_rate_is_a_dash_without_a_line(self):
        assert "近12个月0———" in words(DIGEST)


class TestText:
    def test_is_the_golden_one(self):
        assert digest_text(DIGEST, environment()) == GOLDEN.read_text(encoding="utf-8")

    @every_sample
    def test_has_no_markup_left_over(self, sample):
        text = digest_text(dataclasses.replace(sample, red=(), emergencies=(), asks=NOTHING.asks), environment())
        assert not re.search(r"<|>(?!10)|&\w+;|\{|\}", text)
        assert "\n\n\n" not in text

    @every_sample
    def test_tells_every_matter_that_the_page_tells(self, sample):
        ids = r"(?:RW|XT|WT|HY|JJ|YQ)-2026-\d{4}"
        page, text = words(sample), digest_text(sample, environment())
        assert set(re.findall(ids, page)) == set(re.findall(ids, text))

    @every_sample
    def test_asks_the_same_in_the_same_words(self, sample):
        def asked(told: str) -> list[str]:
            return re.findall(r"■[^■]*?。", re.sub(r"\s+", "", told))

        assert asked(digest_text(sample, environment())) == asked(words(sample))

    def test_what_is_past_is_not_asked_for_by_then(self):
        text = digest_text(LATE, environment())
        assert "■ RW-2026-0001 3月10日（周二）升级至分管领导，请在此之前督促办结。" in text
        assert (
            "■ 延期申请 YQ-2026-0002（WT-2026-0001）：请公司领导*副总经理审批（现时限 3月9日（周一）18:00 已过）。"
            in text
        )
        assert "■ 延期申请 YQ-2026-0002（WT-2026-0001）：请分管领导审批（现时限已过）。" in text
        assert (
            "■ 会议申请 HY-2026-0003（备件储备启动会）：请分管领导审批（3月12日（周四）09:30召开，通知时限已过）。"
            in text
        )

    def test_tone_is_that_of_an_office(self):
        for template in (PAGE, TEXT):
            templates = environment()
            source, *_ = templates.loader.get_source(templates, template)
            assert not re.search("！|尽快|高度重视|相关部门|大家", source)


def test_a_list_that_is_cut_says_so():
    many = dataclasses.replace(
        DIGEST, standing=dataclasses.replace(DIGEST.standing, overdue=22, behind=9, due_next_week=31)
    )
    for told in (words(many), re.sub(r"\s+", "", digest_text(many, environment()))):
        assert "共22项，此处列前3项；其余见各台账（筛选“红”）。" in told
        assert "共9项，此处列前1项；其余见各台账（筛选“黄”）。" in told
        assert "共31项，此处列前1项" in told


def test_subject_says_week_and_state():
    assert digest_subject(DIGEST, environment()) == "【▲周报】跨部门协调工作周报（2026年第10周）：在办 12 项，逾期 3 项"
    assert digest_subject(NOTHING, environment()) == "【周报】跨部门协调工作周报（2026年第10周）：在办 0 项，逾期 0 项"
