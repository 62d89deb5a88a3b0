"""Looking up 案例库: every word must occur; a word in the name counts more than a keyword, a keyword more than the text.

Source: SPEC A12, B4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.folding import fold
from coordination_xl.schema.case_search import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd

_SNIPPET_FIELDS = ("outcome", "lessons", "experience", "root_cause", "measures")
_BEFORE, _LONGEST = 12, 48
"""Characters of a snippet before its first hit, and all of them."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of one field that shows why a case was found.

    Attributes:
        field: identifier of the column.
        text: the piece, on one line, with … where something was left out.
        hits: (start, end) of each hit in ``text``.
    """

    field: str
    text: str
    hits: tuple[tuple[int, int], ...]


def words_of(texts: Sequence[str]) -> tuple[str, ...]:
    """What was typed as single words, folded: ``["退货 库容"]`` is two words."""
    return tuple(dict.fromkeys(word for text in texts for word in fold(text).lower().split()))


def search(
    cases: pd.DataFrame, words: Sequence[str], *, department: str = "", since: datetime | None = None
) -> pd.DataFrame:
    """The cases in which every word occurs, the best first.

    Args:
        cases: the typed 案例库: the texts of :data:`~coordination_xl.schema.case_search.FIELDS`, and ``archived_at``
            (``datetime64``; null: not known).
        words: as :func:`words_of` gives them; none means every case. Width and case of letters make no difference.
        department: text that 主责部门 must contain; blank means any.
        since: the earliest 归档时间; a case without one is left out then.

    Returns:
        Rows of ``cases``, index kept: those with more words in the name first, then with more in the keywords, then the
        newest; cases without a time last, equal ones in their order.
    """
    folded = {field: cases[field].map(_folded) for field in FIELDS}
    keep = np.ones(len(cases), dtype=bool)
    in_title, in_keywords = np.zeros(len(cases), dtype=np.int64), np.zeros(len(cases), dtype=np.int64)
    for word in words:
        occurs = {field: texts.str.contains(word, regex=False).to_numpy(dtype=bool) for field, texts in folded.items()}
        keep &= np.logical_or.reduce(list(occurs.values()))
        in_title += occurs["title"]
        in_keywords += occurs["keywords"]
    if department:
        keep &= folded["department"].str.contains(_folded(department).strip(), regex=False).to_numpy(dtype=bool)
    archived = cases["archived_at"].to_numpy(dtype="datetime64[s]")
    if since is not None:
        keep &= archived >= np.datetime64(since, "s")
    age = np.where(np.isnat(archived), np.int64(0), -archived.astype(np.int64))
    order = np.lexsort((age, np.isnat(archived), -in_keywords, -in_title))
    return cases.iloc[order[keep[order]]]


def snippet_of(case: pd.Series, words: Sequence[str]) -> Snippet:
    """A piece of the field in which the most words occur, texts before keywords, with the hits marked.

    Without words, or where only the name or the id has them, it is the beginning of the first field that says something.
    """
    texts = {field: " ".join(str(case[field]).split()) for field in (*_SNIPPET_FIELDS, "keywords")}
    hits = {field: hits_of(text, words) for field, text in texts.items()}
    found = {field: len({_folded(texts[field][a:b]) for a, b in spans}) for field, spans in hits.items()}
    best = max(texts, key=lambda field: (found[field], bool(texts[field])))
    text, spans = texts[best], hits[best]
    start = max(spans[0][0] - _BEFORE, 0) if spans else 0
    start = 0 if len(text) <= _LONGEST else min(start, len(text) - _LONGEST)
    end = start + _LONGEST
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = tuple((a + shift, b + shift) for a, b in spans if a >= start and b <= end)
    return Snippet(best, head + text[start:end] + tail, inside)


def hits_of(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text, in its own positions, without overlap."""
    if not words:
        return ()
    longest_first = sorted(words, key=len, reverse=True)
    folded = _folded(text)
    return tuple(match.span() for match in re.finditer("|".join(map(re.escape, longest_first)), folded))


def _folded(text: object) -> str:
    """Folded for comparing, character for character, so that positions stay true."""
    folded = fold(str(text))
    lower = folded.lower()
    return lower if len(lower) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
