"""升级阶梯: who is told, the later a thing gets. Source: SPEC A17, A22, section 5 ``remind``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.folding import fold
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = re.compile(r"(?P<role>\D+?)\s*(?P<amount>\d+(?:\.\d+)?)\s*(?:个?工作日|天|小时)?\s*(?:[、,;>→]|$)")


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in rising order.

    Attributes:
        rungs: positions in ``RUNG.words``.
        amounts: how late, in the unit of the rule, each rung is reached; "0" is at once.
    """

    rungs: tuple[int, ...] = ()
    amounts: tuple[float, ...] = ()

    def rung(self, lateness: NDArray[np.float64]) -> NDArray[np.int64]:
        """Position in ``RUNG.words`` of the rung due at each lateness; -1 for NaN, below the first rung, or no ladder."""
        if not self.rungs:
            return np.full(lateness.shape, -1, dtype=np.int64)
        step = np.searchsorted(np.array(self.amounts), np.nan_to_num(lateness, nan=-1.0), side="right") - 1
        rungs: NDArray[np.int64] = np.where(step < 0, -1, np.array(self.rungs, dtype=np.int64)[np.maximum(step, 0)])
        return rungs


def read_ladder(text: str) -> Ladder:
    """Understand ``责任人 0、部门负责人 3、分管领导 5``; blank is a ladder without rungs.

    Raises:
        ValueError: with the words for the user: a role that is no rung, no number, or not in rising order.
    """
    folded = fold(text).strip()
    if not folded:
        return Ladder()
    steps = list(_STEP.finditer(folded))
    if "".join(step.group(0) for step in steps) != folded:
        raise ValueError(f"升级阶梯“{text}”应像“责任人 0、部门负责人 3”")
    pairs = []
    for step in steps:
        role = step["role"].strip()
        if role not in RUNG.words:
            raise ValueError(f"升级阶梯里的“{role}”应为：{'、'.join(RUNG.words)}")
        pairs.append((RUNG.words.index(role), float(step["amount"])))
    if pairs != sorted(pairs) or sorted(amount for _, amount in pairs) != [amount for _, amount in pairs]:
        raise ValueError("升级阶梯应由低到高、由早到晚")
    return Ladder(tuple(rung for rung, _ in pairs), tuple(amount for _, amount in pairs))
