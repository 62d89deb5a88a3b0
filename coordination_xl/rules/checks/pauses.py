"""挂账 must say why and since when. Source: SPEC section 3 (挂账: paused, with reason), section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger


def check_pauses(ledger: Ledger) -> Iterator[Finding]:
    """Rows that are paused, by state or by date, without the reason or the date; or taken up again without a date."""
    if "pause_reason" not in ledger.table.by_identifier:
        return
    life = ledger.table.life
    by_state = ledger["state"].isin(life.paused if life else ())
    by_date = ledger["paused_at"].notna() & ledger["resumed_at"].isna()
    for row in ledger.flagged("pause_reason", (by_state | by_date) & (ledger["pause_reason"] == "")):
        yield ledger.finding(faults.PAUSE_WITHOUT_REASON, row, "pause_reason")
    for row in ledger.flagged("paused_at", by_state & ledger["paused_at"].isna()):
        yield ledger.finding(faults.PAUSE_WITHOUT_REASON, row, "paused_at")
    if life and life.paused:
        has_moved_on = ledger["state"].isin(life.open) & ledger["paused_at"].notna() & ledger["resumed_at"].isna()
        for row in ledger.flagged("resumed_at", has_moved_on):
            yield ledger.finding(
                faults.REQUIRED_BLANK,
                row,
                "resumed_at",
                when="（已不在挂账，挂账期间因此没有扣除）",
                help=ledger.table.column("resumed_at").help,
            )
