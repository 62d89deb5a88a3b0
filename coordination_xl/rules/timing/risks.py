"""重大风险: what the latest feedback calls a major risk goes to 分管领导 at once. Source: SPEC A11, A21."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.schema.tables import TASKS

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger

RISK_RUNG = "分管领导"
"""Who hears of a major risk at once, however little is late."""

_TOLD = ["source", "reported_at", "reporter", "risk"]


def major_risks(ledgers: Ledgers, now: datetime) -> pd.DataFrame:
    """The matters of which the latest word up to ``now`` is a major risk.

    What an open task's latest feedback says is a word on the matter it comes from as well. A later feedback on the same
    matter (on the same task) that says otherwise, or nothing, lifts it.

    Returns:
        Index: id of the matter, each once. ``source`` (``str``, the id that was reported on: its own or its task's),
        ``reported_at`` (datetime64[s]), ``reporter`` and ``risk`` (``str``, blank where not given).
    """
    progress = ledgers["Progress"].frame
    heard = progress[(progress["source"] != "") & (progress["reported_at"] <= now)]
    named = heard["source"][heard["is_major_risk"] == "是"].unique()
    heard = heard[heard["source"].isin(named)].sort_values("reported_at", kind="stable")
    latest = heard.drop_duplicates("source", keep="last")
    flagged = latest.loc[latest["is_major_risk"] == "是", _TOLD]
    own = flagged.set_index(pd.Index(flagged["source"], name="id"))
    if flagged.empty:
        return own
    tasks = ledgers["Tasks"].frame
    is_open = tasks["id"].isin(flagged["source"]) & (tasks["source"] != "") & tasks["state"].isin(_open_states())
    parents = tasks.loc[is_open, ["id", "source"]].drop_duplicates("id").set_index("id")["source"]
    raised = own[own.index.isin(parents.index)]
    raised = raised.set_index(pd.Index(parents.reindex(raised.index), name="id"))
    both = pd.concat([raised, own]).sort_values("reported_at", kind="stable")
    return both[~both.index.duplicated(keep="last")]


def _open_states() -> frozenset[str]:
    return TASKS.life.open if TASKS.life else frozenset()


def is_at_risk(ledger: Ledger, risks: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows of a ledger in :func:`major_risks` that are still open; drafts and what is paused or finished are not."""
    life = ledger.table.life
    if life is None or not len(risks):
        return np.zeros(len(ledger), dtype=bool)
    return np.asarray(pd.Series(ledger.ids).isin(risks.index)) & ledger["state"].isin(life.open).to_numpy()
