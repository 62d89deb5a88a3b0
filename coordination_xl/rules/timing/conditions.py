"""适用条件: which rows of a ledger a timer is for. Source: SPEC section 3, 时限规则."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold
from coordination_xl.schema import Dtype

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Table

_COMPARISON = re.compile(r"\s*(?P<header>[^=≠!]+?)\s*(?P<sign>≠|!=|=)\s*(?P<values>.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: a column holds one of the words, or none of them.

    Attributes:
        identifier: the column.
        is_negated: whether the words are those it must *not* hold.
        words: whole words.
        beginnings: what a value may begin with (``HY-*``).
    """

    identifier: str
    is_negated: bool
    words: frozenset[str]
    beginnings: tuple[str, ...]

    def holds(self, ledger: Ledger) -> NDArray[np.bool_]:
        """For each row of the ledger whether the condition holds."""
        values = ledger[self.identifier]
        meant = [value for value in values.unique() if value in self.words or value.startswith(self.beginnings)]
        held: NDArray[np.bool_] = values.isin(meant).to_numpy(dtype=bool)
        return ~held if self.is_negated else held


def read_conditions(text: str, table: Table) -> tuple[Condition, ...]:
    """Understand ``列=值|值；列≠值``.

    Raises:
        ValueError: with the words for the user, where a comparison or its column cannot be understood.
    """
    conditions = []
    for part in re.split(r"[;；]", text):
        if not part.strip():
            continue
        match = _COMPARISON.match(fold(part))
        if match is None:
            raise ValueError(f"适用条件“{part.strip()}”应像“列=值”")
        column = next((column for column in table.columns if fold(column.header) == match["header"]), None)
        if column is None:
            raise ValueError(f"适用条件里的“{match['header']}”不是“{table.sheet}”的列")
        if column.dtype is not Dtype.TEXT:
            raise ValueError(f"适用条件里的“{match['header']}”不是文字列")
        values = [value.strip() for value in re.split(r"[|、]", match["values"]) if value.strip()]
        conditions.append(
            Condition(
                column.identifier,
                match["sign"] != "=",
                frozenset(value for value in values if not value.endswith("*")),
                tuple(value[:-1] for value in values if value.endswith("*")),
            )
        )
    return tuple(conditions)
