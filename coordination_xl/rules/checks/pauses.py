"""挂账 must say why and since when. Source: SPEC section 3 (挂账: paused, with reason), section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.ledger.findings import shown
from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import StateMachine


def check_pauses(ledger: Ledger) -> Iterator[Finding]:
    """Rows that are paused, by state or by date, without the reason or the date; and those taken up again by halves.

    These are: without 恢复时间, by 恢复时间 but not by the state, or with 恢复时间 alone. Resumed before it was paused is told
    by the order of dates.
    """
    if "pause_reason" not in ledger.table.by_identifier:
        return
    life = ledger.table.life
    paused, resumed = ledger["paused_at"], ledger["resumed_at"]
    by_state = ledger["state"].isin(life.paused if life else ())
    by_date = paused.notna() & resumed.isna()
    for row in ledger.flagged("pause_reason", (by_state | by_date) & (ledger["pause_reason"] == "")):
        yield ledger.finding(faults.PAUSE_WITHOUT_REASON, row, "pause_reason")
    for row in ledger.flagged("paused_at", by_state & paused.isna()):
        yield ledger.finding(faults.PAUSE_WITHOUT_REASON, row, "paused_at")
    for row in ledger.flagged("paused_at", resumed.notna() & paused.isna() & ~by_state):
        told = shown(ledger.typed_at(row, "resumed_at"))
        yield ledger.finding(faults.RESUMED_WITHOUT_PAUSE, row, "paused_at", resumed=told)
    if life and life.paused:
        yield from _by_state(ledger, life, by_state)


def _by_state(ledger: Ledger, life: StateMachine, by_state: pd.Series) -> Iterator[Finding]:
    """What the state and the dates of a pause say differently, where the ledger has a state for it."""
    paused, resumed = ledger["paused_at"], ledger["resumed_at"]
    has_moved_on = ~by_state & ~ledger["state"].isin(life.side_branches | {""})
    for row in ledger.flagged("resumed_at", has_moved_on & paused.notna() & resumed.isna()):
        yield ledger.finding(
            faults.REQUIRED_BLANK,
            row,
            "resumed_at",
            when="（已不在挂账，挂账期间因此没有扣除）",
            help="补上恢复办理的时间；从未挂账的，清空“挂账时间”",
        )
    for row in ledger.flagged("resumed_at", by_state & (resumed >= paused)):
        state = str(ledger["state"][row])
        following = next(step for step in reversed(life.steps[state]) if step in life.open)
        yield ledger.finding(faults.STILL_PAUSED, row, "resumed_at", state=state, next=following)
