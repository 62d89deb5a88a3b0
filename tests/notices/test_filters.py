"""How templates write lengths of time, masked names and texts of several lines."""

from __future__ import annotations

from datetime import datetime
from html import unescape

import pytest
from jinja2 import Environment

from coordination_xl.notices.filters import FILTERS

DAY, HOUR = datetime(2026, 11, 20), datetime(2026, 11, 20, 9, 5)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("year_day", HOUR, "2026年11月20日"),
        ("moment", HOUR, "11月20日（周五）09:05"),
        ("moment", DAY, "11月20日（周五）"),
        ("year_moment", HOUR, "2026年11月20日（周五）09:05"),
        ("year_moment", DAY, "2026年11月20日（周五）"),
        ("workdays", 5, "5 个工作日"),
        ("workdays", 1.0, "1 个工作日"),
        ("workdays", 0, "0 个工作日"),
        ("hours", 2.5, "2.5 小时"),
        ("hours", 2.0, "2 小时"),
        ("hours", 1.4833, "1.5 小时"),
        ("hours", 100.0, "100 小时"),
        ("mask", "张三", "张*"),
        ("mask", "欧阳修文", "欧*"),
        ("mask", "张", "张*"),
        ("mask", "张*", "张*"),
        ("mask", "技术部*张三", "技术部*张*"),
        ("mask", "", ""),
        ("lines", "甲", "甲"),
        ("lines", "甲\n<b>\r\n丙", "甲<br />\n&lt;b&gt;<br />\n丙"),
        ("lines", 5, "5"),
        ("indented", "甲\n乙\r\n丙", "甲\n  乙\n  丙"),
        ("numbered", [("甲", "乙"), ("丙", "丁")], [("1", "甲", "乙"), ("2", "丙", "丁")]),
    ],
)
def test_filters_write(name, value, shown):
    assert FILTERS[name](value) == shown


@pytest.mark.parametrize("name", ["lines", "narrow"])
def test_what_is_typed_is_escaped_once_with_breaks_and_without(name):
    page = Environment(autoescape=True)
    page.filters.update(FILTERS)
    for typed in ("<b>&amp;", "<b>\n&amp;"):
        shown = page.from_string(f"{{{{ cell | {name} }}}}").render(cell=typed)
        assert unescape(shown.replace("<br />\n", "\n")) == typed


def test_the_number_of_a_matter_is_not_broken_and_nothing_else_is_marked():
    shown = FILTERS["narrow"]("见 RW-2026-0031，<XT-2026-12>")
    assert shown == '见 <span style="white-space:nowrap">RW-2026-0031</span>，&lt;XT-2026-12&gt;'
