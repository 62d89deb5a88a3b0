"""What the documents repeat from the code, and what they show of its output, is current."""

from __future__ import annotations

import pytest

from coordination_xl.schema import faults, refusals
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


def test_what_somebody_types_between_two_commands_counts_and_is_not_shown():
    page = """<!-- run: coordination-xl init . -->
```console
```
<!-- type: coordination.xlsx ProblemForm_title 接口超时 -->
<!-- run from=没有登记 lines=1: coordination-xl register coordination.xlsx 问题提报表 --dry-run -->
```console
```
"""
    fresh = with_real_outputs(page)
    assert "ProblemForm_title 接口超时 -->\n<!-- run" in fresh
    assert "没有登记" in fresh
    assert "还没有填写" not in fresh


def test_a_cell_that_is_not_there_is_named():
    page = (
        "<!-- run: coordination-xl init . -->\n```console\n```\n"
        "<!-- type: coordination.xlsx ProblemForm_nothing x -->\n"
    )
    with pytest.raises(ValueError, match="has no cell ProblemForm_nothing"):
        with_real_outputs(page)


def test_the_findings_page_has_every_kind_and_every_refusal():
    page = current("docs/findings.md")
    codes = {fault.code for fault in (*faults.FAULTS, *refusals.REFUSALS)}
    assert {code for code in codes if f"| `{code}` |" not in page} == set()
