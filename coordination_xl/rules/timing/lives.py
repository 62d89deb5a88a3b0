"""上次状态 and 状态时间: the program remembers, so that a jump is seen and a clock knows its start. Source: SPEC section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.schema import faults

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import StateMachine


def is_jump(ledger: Ledger) -> NDArray[np.bool_]:
    """Rows whose state may not follow the state the program last saw. The first sight of a row is never a jump.

    Several steps since the last refresh are no jump where the ledger gives the time of every state in between.
    """
    life = ledger.table.life
    jumped = np.zeros(len(ledger), dtype=bool)
    if life is None:
        return jumped
    last, state = ledger["last_state"], ledger["state"]
    has_moved = last.isin(life.states) & state.isin(life.states) & (last != state)
    moves = pd.DataFrame({"before": last[has_moved], "after": state[has_moved]})
    for before, after in moves.drop_duplicates().itertuples(index=False):
        here = ((last == before) & (state == after)).to_numpy()
        way = _way(life, before, after)
        if way is None or not all(between in life.since for between in way):
            jumped |= here
            continue
        for between in way:
            jumped |= here & ledger[life.since[between]].isna().to_numpy()
    return jumped


def _way(life: StateMachine, before: str, after: str) -> tuple[str, ...] | None:
    """The states that lie between on the shortest way of allowed steps; ``None`` where there is no way."""
    ways: dict[str, tuple[str, ...]] = dict.fromkeys(life.steps[before], ())
    while after not in ways:
        further = {step: (*way, state) for state, way in ways.items() for step in life.steps[state] if step not in ways}
        if not further:
            return None
        ways.update(further)
    return ways[after]


def remembered_states(ledger: Ledger, now: datetime) -> tuple[NDArray[np.object_], NDArray[np.datetime64]]:
    """What 上次状态 and 状态时间 shall say after this refresh.

    A row that moved on is remembered in its new state, since the time its ledger gives for that state or, where it gives
    none, since ``now``. A time before that of the state before is of an earlier round and not believed. A row that jumped
    keeps what was remembered, so that the finding stays until somebody mends it.
    """
    life = ledger.table.life
    seen = ledger["last_state"].to_numpy(dtype=object)
    since = ledger["state_since"].to_numpy(dtype="datetime64[s]")
    if life is None:
        return seen, since
    state = ledger["state"].to_numpy(dtype=object)
    is_new = (seen != state) & ledger["state"].isin(life.states).to_numpy() & ~is_jump(ledger)
    entered = np.full(len(ledger), np.datetime64("NaT", "s"))
    for word, identifier in life.since.items():
        entered = np.where(state == word, ledger[identifier].to_numpy(dtype="datetime64[s]"), entered)
    moment = np.datetime64(now, "s")
    entered = np.where(np.isnat(entered) | (entered > moment) | (_latest_meant(entered) < since), moment, entered)
    return np.where(is_new, state, seen), np.where(is_new, entered, since)


def reopened_at(ledger: Ledger, now: datetime) -> NDArray[np.datetime64]:
    """When a row went back to a state that it had left: an acceptance refused, a plan changed. NaT where it did not.

    It shows by a date of a later state from before the time that the row is in its state. What was done in the earlier
    round stops no clock of the new one, and feedback is counted from the return. Source: SPEC section 3, A12, B3.
    """
    reopened = np.full(len(ledger), np.datetime64("NaT", "s"))
    life = ledger.table.life
    if life is None:
        return reopened
    stands = ledger["state"].to_numpy(dtype=object)
    for state in life.repeated:
        here = stands == state
        for identifier in life.since_after(state):
            when = ledger[identifier].to_numpy(dtype="datetime64[s]")
            if not (here & ~np.isnat(when)).any():
                continue
            last, since = remembered_states(ledger, now)
            is_over = here & (last == state) & (_latest_meant(when) < since)
            reopened = np.where(is_over, since, reopened)
    return reopened


def _latest_meant(when: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """A bare date is as good as any time of its day: the last of them."""
    day = when.astype("datetime64[D]")
    return np.where(when == day, day + np.timedelta64(86_399, "s"), when)


def check_lives(ledger: Ledger) -> list[Finding]:
    """Every state that may not follow the one before. Source: SPEC section 3, state machines."""
    life = ledger.table.life
    if life is None:
        return []
    found = []
    for row in ledger.flagged("state", is_jump(ledger)):
        before = str(ledger["last_state"][row])
        steps = life.steps[before]
        found.append(
            ledger.finding(
                faults.STATE_JUMP,
                row,
                "state",
                before=before,
                allowed="、".join(steps) or "（已是终点，不再变动）",
            )
        )
    return found
