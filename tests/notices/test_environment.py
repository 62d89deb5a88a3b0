"""Templates: sandboxed, strict, escaping; the user's own go first; what is wrong in one is told by file, line and field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from markupsafe import Markup

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices.environment import environment, rendered
from coordination_xl.notices.filters import FILTERS


@dataclass(frozen=True)
class Matter:
    id: str
    title: str

    @property
    def label(self) -> str:
        return f"{self.id} {self.title}"


CONTEXT = {"matter": Matter("RW-2026-0001", "A<b>&{{ 7 * 7 }}"), "count": 3}
WHEN = datetime(2026, 11, 20, 9, 5)
OF_VALUES = [name for name in FILTERS if name not in ("listed", "numbered")]
"""Filters of one value; the others are of lists."""


@pytest.fixture
def own(tmp_path):
    """Lay a template of the user's own beside the workbook and fill it in."""

    def fill(content: str | bytes, name: str = "周报/page.html", **more: str) -> str:
        for path, text in {name: content, **more}.items():
            place = tmp_path / "templates" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return rendered(environment(tmp_path), name, CONTEXT)

    return fill


class TestWhatIsFilledIn:
    def test_the_users_own_template_goes_before_the_shipped_one(self, own):
        assert own("{{ count }} 项") == "3 项"

    def test_cells_are_shown_and_not_run(self, own):
        assert own("{{ matter.title }}") == "A&lt;b&gt;&amp;{{ 7 * 7 }}"

    def test_plain_text_is_not_escaped(self, own):
        assert own("{{ matter.title }}", name="周报/page.txt") == "A<b>&{{ 7 * 7 }}"

    def test_shipped_parts_can_be_taken_in(self, own):
        made = own('{% import "_base/parts.html" as parts %}{{ parts.quiet(matter.title) }}')
        assert made == '<span style="color:#5F6B7A;font-size:12px">A&lt;b&gt;&amp;{{ 7 * 7 }}</span>'


class TestWhatIsWrong:
    def test_a_missing_variable_is_told_with_those_there_are(self, own, tmp_path):
        with pytest.raises(BrokenTemplate) as told:
            own("一\n{{ cuont }}")
        assert told.value.where == f"模板 {tmp_path}/templates/周报/page.html 第 2 行"
        assert told.value.what == "无法使用：没有“cuont”这个字段"
        assert told.value.remedy.startswith("可用的字段：matter、count。")

    def test_a_missing_attribute_is_told_with_those_of_its_owner_properties_too(self, own):
        with pytest.raises(BrokenTemplate, match="没有“titel”这个字段。可用的字段：id、title、label"):
            own("{{ matter.titel }}")

    def test_a_field_of_a_text_has_nothing_to_offer(self, own):
        with pytest.raises(BrokenTemplate, match="没有“day”这个字段。改正这一处"):
            own("{{ matter.id.day }}")

    def test_the_line_is_that_of_the_file_in_which_it_is(self, own, tmp_path):
        with pytest.raises(BrokenTemplate) as told:
            own('{% include "周报/part.html" %}', **{"周报/part.html": "\n\n{{ nobody }}"})
        assert told.value.where == f"模板 {tmp_path}/templates/周报/part.html 第 3 行"

    @pytest.mark.parametrize(
        ("template", "words"),
        [
            ("{% if %}", "page.html 第 1 行：无法使用：写法有误"),
            ("\n{{ 1 / 0 }}", "page.html 第 2 行：无法使用：写法有误"),
            ("{% include '没有.html' %}", "page.html 第 1 行（没有.html）：无法使用：找不到模板“没有.html”"),
            ("{% include '周报/page.html' %}", "page.html 第 1 行：无法使用"),
            ("{{ count | nofilter }}", "page.html 第 1 行：无法使用：写法有误"),
            ("{% for x in count %}{% endfor %}", "page.html 第 1 行：无法使用：写法有误"),
            ("中文".encode("gbk"), "page.html：无法使用：不是 UTF-8 编码的文本"),
        ],
    )
    def test_other_mistakes(self, own, template, words):
        with pytest.raises(BrokenTemplate) as told:
            own(template)
        assert words in str(told.value)

    @pytest.mark.parametrize(
        "attack",
        ["{{ matter.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ matter.__init__.__globals__ }}",
         "{{ ().__class__ }}", "{{ range(99999999) | list }}"],
    )  # fmt: skip
    def test_the_sandbox_lets_nothing_out(self, own, attack):
        with pytest.raises(BrokenTemplate):
            own(attack)

    def test_a_template_that_nobody_has_is_named(self):
        with pytest.raises(BrokenTemplate, match=r"模板 周报/nix\.html：无法使用：找不到模板“周报/nix\.html”"):
            rendered(environment(), "周报/nix.html", {})


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("long_day", WHEN, "2026年11月20日 星期五"),
        ("long_moment", WHEN, "2026年11月20日 星期五 09:05"),
        ("short_day", WHEN, "11月20日"),
        ("weekday", WHEN, "11月20日（周五）"),
        ("weekday_minute", WHEN, "11月20日（周五）09:05"),
        ("year_minute", WHEN, "2026年11月20日（周五）09:05"),
        ("minute", WHEN, "2026-11-20 09:05"),
        ("percent", 0.825, "82%"),
        ("percent", 0.0, "0%"),
        ("tenths", 10.04, "10.0"),
        ("signed", 3, "+3"),
        ("signed", -2, "−2"),
        ("signed", 0, "0"),
        ("signed", -0.4, "0"),
    ],
)
def test_filters_write(name, value, shown):
    assert FILTERS[name](value) == shown


@pytest.mark.parametrize("name", OF_VALUES)
def test_what_is_not_known_is_blank_or_a_dash(name):
    assert FILTERS[name](None) in ("", "—")


def test_a_change_keeps_its_places():
    assert (FILTERS["signed"](-0.04, 1), FILTERS["signed"](1.25, 1)) == ("0.0", "+1.2")


def test_no_filter_calls_text_safe():
    assert not any(isinstance(FILTERS[name](None), Markup) for name in OF_VALUES)
