"""预警灯: one word that says how a matter stands. Source: SPEC section 4.

====  =========================================================================================
灰    paused or finished
红    overdue: the matter's own due time is past (due at T is overdue only after T)
黄    behind: a feedback or an intermediate clock is late, its own due time is not yet; or its latest feedback is a major risk
蓝    due within the warning window: 2 working days, or a quarter of the span if that is shorter
绿    in time
====  =========================================================================================

A draft has no light, and neither has an open matter of which no due time is known: that must not look as if all were well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.settings import Settings
    from coordination_xl.rules.timing.clocks import Clock
    from coordination_xl.rules.timing.deadlines import Moments
    from coordination_xl.rules.timing.own_due import OwnDue
    from coordination_xl.rules.timing.pauses import Pause
    from coordination_xl.worktime import WorkCalendar

    Bools = NDArray[np.bool_]

HOUR = np.timedelta64(3600, "s")


def lights(
    ledger: Ledger,
    clocks: tuple[Clock, ...],
    own: OwnDue,
    pause: Pause,
    calendar: WorkCalendar,
    settings: Settings,
    now: datetime,
    is_at_risk: Bools,
) -> NDArray[np.object_]:
    """The light of each row of a ledger: 红, 黄, 蓝, 绿, 灰 or ``""``.

    ``is_at_risk``: rows whose latest feedback is a major risk, see :mod:`coordination_xl.rules.timing.risks`.
    """
    height = len(ledger)
    is_own_late = own.flags([clock.is_late for clock in clocks])
    is_behind = np.zeros(height, dtype=bool)
    for clock in clocks:
        is_behind |= clock.is_late
    is_running = own.flags([clock.is_running for clock in clocks])
    is_wall_clock = own.flags([np.full(height, clock.timer.unit.is_wall_clock) for clock in clocks])
    began = span_start(ledger, clocks, own)
    is_near = is_running & is_within_window(own.due, began, now, calendar, settings, is_wall_clock)
    life = ledger.table.life
    state = ledger["state"]
    is_finished = state.isin(life.finished).to_numpy() if life else ~np.isnat(own.done)
    is_open = state.isin(life.open).to_numpy() if life else ~np.isnat(own.due)
    is_known = ~np.isnat(own.due)
    light = np.full(height, "", dtype=object)
    for word, holds in (
        ("绿", is_open & is_known),
        ("蓝", is_near),
        ("黄", (is_behind | is_at_risk) & is_open),
        ("红", is_own_late),
        ("灰", is_finished | pause.is_on),
    ):
        light[holds] = word  # the later word wins: 灰 before 红 before 黄 before 蓝 before 绿
    return light


def is_within_window(
    due: Moments,
    began: Moments,
    now: datetime | Moments,
    calendar: WorkCalendar,
    settings: Settings,
    is_wall_clock: Bools,
) -> Bools:
    """Whether each due time lies within the warning window; what is overdue does too. False where it is NaT.

    Args:
        due: datetime64[s].
        began: when the time given began; NaT where nobody knows, then only the working days count.
        now: the moment of judgement, or one for each row.
        calendar: the work calendar.
        settings: how wide the window is.
        is_wall_clock: whether the share of a short span is counted on the wall clock, not in working hours.
    """
    moment = np.broadcast_to(np.asarray(now, dtype="datetime64[s]"), due.shape)
    workdays = np.asarray(calendar.count_workdays(moment, due), dtype=np.float64)
    near = workdays <= settings.warning_workdays
    worked_left = np.asarray(calendar.elapsed_work_hours(moment, due), dtype=np.float64)
    worked_share = settings.warning_share * np.asarray(calendar.elapsed_work_hours(began, due), dtype=np.float64)
    wall_left = (due - moment) / HOUR
    wall_share = settings.warning_share * ((due - began) / HOUR)
    left = np.where(is_wall_clock, wall_left, worked_left)
    share = np.where(is_wall_clock, wall_share, worked_share)
    window = settings.warning_workdays * calendar.hours_per_day
    is_short = share < window
    near_by_share: Bools = near & (~is_short | (left <= share))
    return near_by_share


def span_start(ledger: Ledger, clocks: tuple[Clock, ...], own: OwnDue) -> Moments:
    """When the time given began.

    A rule that counts on from a start gave its time there. A deadline that was named, and what is due so long before an
    event, was given when the matter began or, where that is not known, when its clock did.
    """
    counts_on = own.flags([np.full(len(ledger), clock.timer.amount > 0) for clock in clocks])
    opened = ledger[ledger.table.opened_by] if ledger.table.opened_by else None
    if opened is None:
        return own.start
    began = opened.to_numpy(dtype="datetime64[s]")
    return np.where(counts_on | np.isnat(began) | (began > own.due), own.start, began)
