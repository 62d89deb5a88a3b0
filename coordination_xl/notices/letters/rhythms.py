"""The numbers of 时限规则 that notices tell: how often to report, within how long. Source: SPEC section 3, 时限规则."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordination_xl.schema import BY_NAME
from coordination_xl.schema.vocabulary import UNIT, URGENCY

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from coordination_xl.ledger.collection import Ledgers

_FEEDBACK, _OFF = "反馈", "否"
_CLOCKS = {"分钟": "minutes", "小时": "hours"}


class Span(NamedTuple):
    """A length of time as a rule counts it.

    Attributes:
        amount: how many.
        unit: 分钟, 小时, 工作小时, 工作日, 自然日 or 周.
    """

    amount: float
    unit: str

    def after(self, start: datetime | None) -> datetime | None:
        """The end of a span that runs day and night; ``None`` without a start, and for units that need a calendar."""
        if start is None or self.unit not in _CLOCKS:
            return None
        return start + timedelta(**{_CLOCKS[self.unit]: self.amount})


def feedback_span(ledgers: Ledgers, table: str, urgency: str = "") -> Span | None:
    """How often progress of a matter is reported, by the first active rule for its ledger and urgency; ``None``: no rule.

    Source: SPEC A11, A17, A21.
    """
    names, wanted = (table, BY_NAME[table].sheet), URGENCY.meaning(urgency)
    rules = _active(ledgers)
    rules = rules[rules["table"].isin(names) & (rules["kind"] == _FEEDBACK)]
    urgencies = map(_urgencies, rules["urgency"])
    return _first(rules[np.array([not each or wanted in each for each in urgencies], dtype=bool)])


def rule_span(ledgers: Ledgers, number: str) -> Span | None:
    """How long an active rule gives; ``None`` where 时限规则 has no such rule."""
    rules = _active(ledgers)
    return _first(rules[rules["rule"] == number])


def _active(ledgers: Ledgers) -> pd.DataFrame:
    rules = ledgers["Rules"].frame
    return rules[rules["is_active"] != _OFF]


def _urgencies(text: str) -> frozenset[str | None]:
    return frozenset(URGENCY.meaning(word.strip()) for word in re.split("[、,，;；]", text) if word.strip())


def _first(rules: pd.DataFrame) -> Span | None:
    for amount, unit in zip(rules["amount"], map(UNIT.meaning, rules["unit"]), strict=True):
        return Span(float(amount), unit) if unit is not None and amount == amount else None  # NaN is unlike itself
    return None
