"""Which texts need an apostrophe, held against what a Chinese Excel makes of an entry (as far as the live host knows it)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordination_xl.books.excel.text_entries import as_typed, needs_prefix
from tests.libreoffice.engine.entries import enter

TODAY = dt.date(2026, 11, 20)
LIKE_NUMBERS = st.text("0123456789０１二三十年月日时分上午 ./-:,%¥()eE+=@'#ABamptrue", min_size=1, max_size=14)
ANY = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)


@given(LIKE_NUMBERS | ANY)
@example("2026-11-20")
@example("=1+1")
@example("'12")
@example(" 12 ")
@example("true")
@example("#N/A")
@example("3月5日")
@example("5:30 pm")
@example("(5)")
def test_text_without_an_apostrophe_stays_text(text):
    if not needs_prefix(text):
        assert enter(text, False, TODAY)[:2] == ("text", text)


@given(LIKE_NUMBERS | ANY, st.booleans())
@example("'", True)
@example("''12", False)
def test_what_is_typed_gives_the_text(text, is_text_cell):
    typed = as_typed(text, is_text_cell=is_text_cell)
    assert enter(typed, is_text_cell, TODAY)[:2] == ("text", text)


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "2026-11-20",
        "1-2",
        "3月5日",
        "TRUE",
        "50%",
        "=x",
        "+1",
        "@x",
        "-1",
        "1e5",
        "#N/A",
        "1/2",
        "12:30",
        "¥5",
        "１２",
        "二〇二六年三月五日",
        "上午9时30分",
        "1,234",
        "5-Mar",
        "Mar 5",
        "'x",
        "=",
        "１２％",
        "1 1/2",
        "三月",
        "\u00a012",
        "$3",
    ],
)
def test_what_excel_could_take_for_something_else_gets_an_apostrophe(text):
    assert needs_prefix(text)


@pytest.mark.parametrize(
    "text",
    ["进行中", "XT-2026-0001", "客户服务部*专员", "请于3月5日前完成对账", "第3版", "第三次例会", "红", "逾期 3 天"],
)
def test_what_cannot_be_anything_else_is_left_as_it_is(text):
    assert not needs_prefix(text)


def test_a_text_cell_takes_everything_as_it_is_but_a_leading_apostrophe():
    assert as_typed("12", is_text_cell=True) == "12"
    assert as_typed("=1", is_text_cell=True) == "=1"
    assert as_typed("'12", is_text_cell=True) == "''12"
