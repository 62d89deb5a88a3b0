"""The English and the Chinese README say the same in the same order."""

from __future__ import annotations

import re

from tests.docs.pages import README, README_ZH, headings_of, links_of, text_of


def test_both_have_the_same_headings():
    assert [level for level, _ in headings_of(README)] == [level for level, _ in headings_of(README_ZH)]


def test_both_run_the_same_commands():
    marked = re.compile(r"<!-- (?:run|type|python).*? -->")
    assert marked.findall(text_of(README)) == marked.findall(text_of(README_ZH))


def test_both_have_the_same_blocks():
    fences = re.compile(r"^```(\w+)$", re.MULTILINE)
    assert fences.findall(text_of(README)) == fences.findall(text_of(README_ZH))


def test_both_show_the_same_pictures():
    pictures = [[link for link in links_of(page) if link.endswith(".png")] for page in (README, README_ZH)]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) == 5


def test_tables_have_the_same_rows():
    first_cells = re.compile(r"^\| (`[^`]+`|\d) \|", re.MULTILINE)
    assert first_cells.findall(text_of(README)) == first_cells.findall(text_of(README_ZH))
