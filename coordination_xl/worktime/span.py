"""The span of days that can be computed, and the position of an instant in it.

Every table of this room has one row a day from :data:`FIRST_DAY` to :data:`LAST_DAY`; a *position* is a row of such a
table. Times are counted as int64 *ticks* since 1970-01-01, of whatever unit the caller's data have.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coordination_xl.errors import CalendarError

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

FIRST_DAY = np.datetime64("1900-01-01", "D")
LAST_DAY = np.datetime64("2200-12-31", "D")
FIRST = int(FIRST_DAY.astype(np.int64))
SIZE = int(LAST_DAY.astype(np.int64)) - FIRST + 1
NOWHERE = SIZE + 1
"""The position of NaT. Tables have two rows more than days: ``SIZE`` for "after the last day", ``NOWHERE`` for NaT."""

SECONDS_PER_DAY = 86_400
TICKS_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
NAT = np.iinfo(np.int64).min


def out_of_span(what: str) -> CalendarError:
    """The error for a date that no table reaches; ``what`` says which."""
    return CalendarError(
        "工作日历",
        f"{what}超出可计算的范围（{FIRST_DAY} 至 {LAST_DAY}）",
        "请检查年份、天数或小时数是否填错",
    )


def locate(ticks: Ints, unit: str) -> Ints:
    """The position of each instant's day; :data:`SIZE` or :data:`NOWHERE` for NaT and what lies outside the span."""
    day = ticks // (SECONDS_PER_DAY * TICKS_PER_SECOND[unit])
    day -= FIRST
    # Seen as unsigned, everything before the first day (NaT among it) is huge: one comparison finds both ends.
    unsigned = day.view(np.uint64)
    np.minimum(unsigned, np.uint64(NOWHERE), out=unsigned)
    return day


def positions(ticks: Ints, unit: str) -> tuple[Ints, Bools | None]:
    """Where each instant's day stands in the tables.

    Args:
        ticks: instants in ``unit`` since 1970-01-01; NaT is :data:`NAT`.
        unit: ``s``, ``ms``, ``us`` or ``ns``.

    Returns:
        The positions, :data:`NOWHERE` for NaT, and a mask of the NaT, or None when there are none.

    Raises:
        CalendarError: an instant lies before :data:`FIRST_DAY` or after :data:`LAST_DAY`.
    """
    day = locate(ticks, unit)
    outside = day >= SIZE
    if not outside.any():
        return day, None
    strange = outside & (ticks != NAT)
    if strange.any():
        first = ticks[strange][:1].view(f"datetime64[{unit}]").astype("datetime64[s]")[0]
        raise out_of_span(f"日期 {first} ")
    return day, outside


def time_of_day(ticks: Ints, day: Ints, unit: str) -> Ints:
    """Ticks since midnight of the day at each position; meaningless for NaT."""
    since_midnight: Ints = ticks - (day + FIRST) * (SECONDS_PER_DAY * TICKS_PER_SECOND[unit])
    return since_midnight
