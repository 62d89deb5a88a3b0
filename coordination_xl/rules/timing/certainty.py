"""暂定: due times that rest on a year without its official calendar are said aloud. Source: SPEC section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.timing.schedule import Schedule


def check_certainty(schedule: Schedule) -> Iterator[Finding]:
    """Open rows of which a clock was counted on the plain week, because its year is not in 节假日."""
    ledger = schedule.ledger
    life = ledger.table.life
    is_open = ledger["state"].isin(life.open) if life else ledger["state"] != ""
    identifier = "due" if ledger.has("due") else "deadline"
    for row in ledger.flagged(identifier, (schedule.columns["certainty"] == "暂定") & is_open):
        place = ledger.position(row)
        clocks = [clock for clock in schedule.clocks if clock.is_provisional[place]]
        latest = max(clocks, key=lambda clock: clock.due[place])
        when = pd.Timestamp(latest.due[place])
        facts = {"clock": latest.timer.title, "date": f"{when:%Y-%m-%d}", "year": when.year}
        yield ledger.finding(faults.CALENDAR_MISSING_YEAR, row, identifier, **facts)
