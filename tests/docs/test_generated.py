"""What the documents repeat from the code, and what they show of its output, is current."""

from __future__ import annotations

import pytest

from docs.build import GENERATED, current
from docs.transcripts import with_real_outputs
from tests.docs.pages import text_of


@pytest.mark.parametrize("page", GENERATED)
def test_generated_parts_are_current(page):
    assert text_of(page) == current(page), "run make docs"


def test_an_output_that_is_no_longer_true_is_replaced():
    page = "before\n<!-- run: coordination-xl explain nothing.xlsx X -->\n```console\nold\n```\nafter\n"
    fresh = with_real_outputs(page)
    assert "old" not in fresh
    assert "$ coordination-xl explain nothing.xlsx X\n无法完成：nothing.xlsx：找不到文件" in fresh
    assert fresh.startswith("before\n")
    assert fresh.endswith("```\nafter\n")


def test_only_our_own_program_is_run():
    with pytest.raises(ValueError, match="only coordination-xl"):
        with_real_outputs("<!-- run: rm -r x -->\n```console\n```\n")


def test_examples_of_a_page_share_their_names():
    page = "<!-- python -->\n```python\nx = 2\n```\n```text\n```\n<!-- python -->\n```python\nprint(x)\n```\n```text\n```\n"
    assert with_real_outputs(page).endswith("```text\n2\n```\n")
