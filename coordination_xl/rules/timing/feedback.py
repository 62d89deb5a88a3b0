"""进展反馈 and 反馈约定: when somebody last reported, and how often it was agreed. Source: SPEC A11, A17, A21, B3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.numerals import read_numeral
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.rules.timing.timers import Unit

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger

_TERMS = re.compile(
    r"每\s*(?:隔\s*)?(?P<count>\d*|[一两二三四五六七八九十]*)\s*个?\s*(?P<unit>工作日|日|天|周|星期|小时)"
    r"(?:.*?(?P<hour>\d{1,2})\s*:\s*(?P<minute>\d{2}))?"
)
_UNITS = {
    "工作日": Unit.WORKDAYS,
    "日": Unit.WORKDAYS,
    "天": Unit.WORKDAYS,
    "周": Unit.WEEKS,
    "星期": Unit.WEEKS,
    "小时": Unit.HOURS,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How often feedback was agreed.

    Attributes:
        amount: every how many units.
        unit: of what.
        seconds: by what time of that day, in seconds after midnight; -1 is the close of business.
    """

    amount: int
    unit: Unit
    seconds: int = -1


def read_terms(text: str) -> Terms | None:
    """``每2个工作日 17:00 前`` → every 2 working days by 17:00; ``None`` where nothing of the kind is written."""
    match = _TERMS.search(fold(text))
    if match is None:
        return None
    count = match["count"].replace("两", "二")
    amount = read_numeral(count) if count else 1
    seconds = int(match["hour"]) * 3600 + int(match["minute"]) * 60 if match["hour"] else -1
    return Terms(amount, _UNITS[match["unit"]], seconds) if amount else None


def terms_of(ledger: Ledger) -> tuple[NDArray[np.intp], tuple[Terms | None, ...]]:
    """反馈约定 of each row: codes, and what each distinct text means."""
    return parse_unique(ledger["feedback_terms"].to_numpy(dtype=object), read_terms)


def last_feedback(ledgers: Ledgers, now: datetime) -> pd.Series:
    """The latest feedback up to ``now`` for each id.

    A task's feedback is feedback on the matter it comes from as well.

    Returns:
        Index: id; datetime64[s]. Ids without feedback are not in it. Source: SPEC A11, A17.
    """
    progress = ledgers["Progress"].frame
    heard = progress.loc[(progress["source"] != "") & (progress["reported_at"] <= now), ["source", "reported_at"]]
    tasks = ledgers["Tasks"].frame
    parents = tasks.loc[(tasks["source"] != "") & (tasks["id"] != ""), ["id", "source"]].drop_duplicates("id")
    raised = heard.merge(parents, left_on="source", right_on="id", suffixes=("_task", ""))[["source", "reported_at"]]
    return pd.concat([heard, raised]).groupby("source")["reported_at"].max()


def feedback_of(ledger: Ledger, latest: pd.Series) -> NDArray[np.datetime64]:
    """The latest feedback of each row of a ledger; NaT where there is none."""
    return latest.reindex(ledger.ids).to_numpy(dtype="datetime64[s]")
