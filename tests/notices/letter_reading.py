"""What a written letter says, taken apart for tests."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from coordination_xl.notices.environment import environment
from coordination_xl.notices.writer import Writer
from tests.notices.letter_samples_matters import letter

if TYPE_CHECKING:
    from coordination_xl.notices.words import Words
    from coordination_xl.notices.writer import Written

WRITER = Writer(environment())


def words(kind: str, row: dict[str, object], **more: object) -> Words:
    return WRITER.words(letter(kind, row, **more))


def facts(told: Words) -> dict[str, str]:
    return {label: value for label, value, _ in told.facts}


def asked(told: Words) -> list[str]:
    return ["".join(each) for each in told.requests]


def said(html: str) -> str:
    """What a reader sees of a page, line breaks left out."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html[html.index("<body") :])))


def flawless(written: Written) -> None:
    """No blank that became a word or a pair of brackets, no sentence that ends twice."""
    for text in (written.subject, written.text, said(written.html)):
        assert not re.search(r"None|Undefined|nan\b|NaT|（）|“”|。。|；；|，，|；。|，。|。；|：；|、、|、。", text), (
            text
        )
    assert not re.search(r"^[^：\n]{1,20}：$", written.text.split("\n\n", 2)[2], re.MULTILINE), written.text
    assert "\n\n\n" not in written.text
    assert not re.search(r"[！!]|尽快|高度重视|相关部门", written.text)
