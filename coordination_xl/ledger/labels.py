"""Where the label of a part ends: ``用户画像:2023-10-18``, ``用户画像-市场部专员``, ``数据分析→数据部``."""

from __future__ import annotations

import re
from typing import Final

from coordination_xl.ledger.date_texts import find_dates
from coordination_xl.ledger.folding import fold

LONGEST_LABEL: Final = 30
_SEPARATOR: Final = re.compile(r"—{1,2}|–|→|-{1,2}>?|=>|:")
_NEVER_IN_A_LABEL: Final = re.compile(r"[,。!?;]")
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d|\s*[月年/]|[-.]\d)")


def split_label(text: str) -> tuple[str, str]:
    """A part's label and the rest, both as typed; no label is ``""``.

    The first separator counts that is not inside a date (``2023-10-18``), a time (``18:00``), a range of numbers
    (``3-5``), a Latin word (``A-B``), a URL or a bracket. A label has at most 30 characters and no comma or full stop.
    """
    folded = fold(text)
    inside = [(found.start, found.end) for found in find_dates(text)]
    starts = {start for start, _ in inside}
    inside += [match.span() for match in _CLOCK.finditer(folded)]
    for match in _SEPARATOR.finditer(folded, 0, LONGEST_LABEL + 2):
        before, after = folded[: match.start()], folded[match.end() :]
        if any(start < match.end() and match.start() < end for start, end in inside):
            continue
        if _is_within_a_word(match[0], before, after, is_before_date=match.end() in starts):
            continue
        label = before.strip()
        if not label or len(label) > LONGEST_LABEL or _NEVER_IN_A_LABEL.search(label):
            return "", text
        return text[: match.start()].strip(), text[match.end() :].strip()
    return "", text


def _is_within_a_word(separator: str, before: str, after: str, *, is_before_date: bool) -> bool:
    if before.count("(") != before.count(")") or (separator == ":" and after.startswith("//")):
        return True
    left, right = before[-1:], after[:1]
    if is_before_date:
        return False
    if left.isdecimal() and right.isdecimal():
        return separator != ":" or not re.match(r"\d{3}", after)
    return separator == "-" and (left + right).isascii() and left.isalnum() and right.isalnum()
