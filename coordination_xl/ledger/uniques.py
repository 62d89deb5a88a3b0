"""Columns parsed once per distinct value, however many rows repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

T = TypeVar("T")

_type_of = np.frompyfunc(type, 1, 1)
_ONE_TYPE = frozenset({"string", "empty"})


def distinct(values: NDArray[np.object_]) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Factorise a column of cells by type and value.

    Args:
        values: 1-D object array; blanks (``None``, NaN, NaT) are values like any other, one per type.

    Returns:
        ``codes`` (one per row) and ``uniques`` with ``values[i]`` equal to ``uniques[codes[i]]``. ``True``, ``1`` and
        ``"1"`` stay apart, which equality alone would not do for the first two.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.intp), values
    codes, uniques = pd.factorize(values)
    blanks = values[codes == -1]
    if pd.api.types.infer_dtype(values, skipna=True) in _ONE_TYPE and len(set(map(type, blanks))) <= 1:
        return _with_blank(codes, uniques, blanks)
    type_codes, types = pd.factorize(np.asarray(_type_of(values), dtype=np.object_))
    both = (codes.astype(np.intp) + 1) * len(types) + type_codes
    _, first, both_codes = np.unique(both, return_index=True, return_inverse=True)
    return both_codes, values[first]


def _with_blank(
    codes: NDArray[np.intp], uniques: NDArray[np.object_], blanks: NDArray[np.object_]
) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Give blanks, which factorize leaves out, a code of their own behind the others."""
    if len(blanks) == 0:
        return codes, uniques
    told = np.empty(len(uniques) + 1, dtype=np.object_)
    told[:-1], told[-1] = uniques, blanks[0]
    return np.where(codes == -1, len(uniques), codes), told


def parse_unique(values: NDArray[np.object_], parse: Callable[[Any], T]) -> tuple[NDArray[np.intp], tuple[T, ...]]:
    """Call ``parse`` once per distinct cell.

    Returns:
        ``codes`` (one per row) and ``parsed`` (one per distinct value): row ``i`` reads as ``parsed[codes[i]]``.
    """
    codes, uniques = distinct(values)
    return codes, tuple(parse(value) for value in uniques)
