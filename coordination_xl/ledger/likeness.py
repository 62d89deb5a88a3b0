"""How alike two short texts are, and the best pairing of two lists."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence


def containment(label: str, text: str) -> float:
    """The share of a label's character pairs that a text holds, 0–1; 1 where the text holds the label whole."""
    label, text = fold_name(label), fold_name(text)
    if not label or not text:
        return 0.0
    if label in text:
        return 1.0
    pairs = {label[i : i + 2] for i in range(len(label) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def best_pairs(scores: Sequence[Sequence[float]], least: float) -> dict[int, int]:
    """The one-to-one pairing of rows with columns that has the greatest total.

    Args:
        scores: one row of scores a row item; all of one length.
        least: a pair that scores below is no pair.

    Returns:
        Row → column for the rows that are paired. Found by the Hungarian method, in cubic time.
    """
    height, width = len(scores), len(scores[0]) if scores else 0
    size = max(height, width)
    gain = [
        [scores[r][c] if r < height and c < width and scores[r][c] >= least else 0.0 for c in range(size)]
        for r in range(size)
    ]
    column_of = _assign([[-value for value in row] for row in gain])
    return {r: c for r, c in enumerate(column_of[:height]) if c < width and scores[r][c] >= least}


def _assign(cost: list[list[float]]) -> list[int]:
    """Column of each row of a square matrix, at the least total cost."""
    size = len(cost)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    row_at = [size] * (size + 1)  # the row that holds each column; the last column is the one being placed
    for row in range(size):
        row_at[size], column = row, size
        slack, came_from, is_done = [math.inf] * size, [size] * size, [False] * (size + 1)
        while row_at[column] != size:
            is_done[column], holder = True, row_at[column]
            for c in range(size):
                reduced = cost[holder][c] - row_price[holder] - column_price[c]
                if not is_done[c] and reduced < slack[c]:
                    slack[c], came_from[c] = reduced, column
            nearest = min((c for c in range(size) if not is_done[c]), key=slack.__getitem__)
            step = slack[nearest]
            for c in range(size + 1):
                if is_done[c]:
                    row_price[row_at[c]] += step
                    column_price[c] -= step
                elif c < size:
                    slack[c] -= step
            column = nearest
        while column != size:
            row_at[column] = row_at[came_from[column]]
            column = came_from[column]
    column_of = [0] * size
    for column in range(size):
        column_of[row_at[column]] = column
    return column_of
