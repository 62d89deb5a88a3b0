"""Rows that follow one another, written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


def runs(rows: NDArray[np.int64]) -> Iterator[slice]:
    """The places of each stretch of rows without a gap; rows are ascending."""
    if not len(rows):
        return
    cuts = np.flatnonzero(np.diff(rows) != 1) + 1
    yield from map(slice, [0, *cuts.tolist()], [*cuts.tolist(), len(rows)])


def true_runs(marks: NDArray[np.bool_]) -> Iterator[slice]:
    """The places of each stretch of marked cells."""
    places = np.flatnonzero(marks)
    for run in runs(places.astype(np.int64)):
        yield slice(int(places[run.start]), int(places[run.stop - 1]) + 1)
