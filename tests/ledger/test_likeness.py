from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.ledger.likeness import best_pairs, containment

SCORES = st.integers(0, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-3, 9).map(float), min_size=width, max_size=width), max_size=4)
)


@pytest.mark.parametrize(
    ("label", "text", "share"),
    [
        ("用户画像", "市场部提供用户画像", 1),
        ("数据分析", "数据部完成分析", 2 / 3),
        ("海报", "用户画像", 0),
        ("", "用户画像", 0),
        ("A表", "ａ 表", 1),
    ],
)
def test_containment_is_the_share_of_character_pairs(label, text, share):
    assert containment(label, text) == pytest.approx(share)


@given(SCORES)
def test_the_pairing_is_the_best_there_is(scores):
    pairs = best_pairs(scores, 1.0)
    height, width = len(scores), len(scores[0]) if scores else 0
    assert len(set(pairs.values())) == len(pairs)
    assert all(scores[row][column] >= 1 for row, column in pairs.items())
    places = [*range(width), *[None] * height]
    best = max(
        sum(scores[row][column] for row, column in enumerate(order) if column is not None and scores[row][column] >= 1)
        for order in permutations(places, height)
    )
    assert sum(scores[row][column] for row, column in pairs.items()) == best
