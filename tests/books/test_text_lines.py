from __future__ import annotations

import pytest

from coordination_xl.books.text_lines import lines_of

TEN_WIDE = 19.0 + 2.5
"""A width in which ten Chinese characters fit."""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("一二三四五六七八九十", 1),
        ("一二三四五六七八九十一", 2),
        ("一" * 30, 3),
        ("一\n二\n三", 3),
        ("一\n\n", 3),
        ("abcdefghijklmnopqrs", 1),
        ("一二三四五六七八 2026-03-12", 2),
        ("一二三四五六七八九100%一二三四五六七八", 3),
        ("x" * 40, 3),
        ("一二三四五六七八九十，一", 2),
    ],
)
def test_a_text_takes_the_lines_that_whole_words_need(text, lines):
    assert lines_of(text, TEN_WIDE) == lines


def test_a_cell_too_narrow_for_a_sign_still_ends():
    assert lines_of("一二三", 0.1) == 3
