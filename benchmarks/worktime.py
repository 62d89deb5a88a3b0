"""Working time: WorkCalendar beside the other ways to compute it, in one run and on the same rows.

Run ``python -m benchmarks.worktime``. Two questions are put to all that can answer them:

* due dates: close of business of the N-th working day after each start, N from 1 to 30;
* due hours: the instant at which 1 to 40 working hours have passed since each start.

The right answers come from chinesecalendar by plain look-up, not from any contestant. Slow contestants get fewer rows,
and their rate is extrapolated. The claim — due dates at least 12 times as fast as ``numpy.busday_offset`` told every
rest day, the only way in which it can be right — is checked on interleaved pairs of runs: PASS or FAIL, and exit status
1 on FAIL.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock
from itertools import islice
from typing import TYPE_CHECKING

import bizdays
import businesstimedelta as btd
import chinese_calendar
import numpy as np
import pandas as pd
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

from coordination_xl.worktime import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1_000_000
CLAIM = 12.0
PAIRS = 11
ROUNDS = 3
NULL_SHARE = 0.03

YEARS = range(2023, 2027)
DAYS = [date(2023, 1, 1) + timedelta(days=k) for k in range(sum(365 + (year % 4 == 0) for year in YEARS))]
WORKED = np.array([day for day in DAYS if chinese_calendar.is_workday(day)], "M8[D]")
REST = np.array([day for day in DAYS if not chinese_calendar.is_workday(day)], "M8[D]")
MADE_UP = [day for day in WORKED.tolist() if day.weekday() >= 5]
HOLIDAYS = [day for day in REST.tolist() if day.weekday() < 5]
CLOSING = np.timedelta64(18, "h")
OPEN_MINUTES = (
    WORKED.astype("M8[m]")[:, None] + np.r_[9 * 60 : 12 * 60, 13 * 60 + 30 : 18 * 60].astype("m8[m]")
).ravel()


@dataclass(frozen=True)
class Contestant:
    """One way to answer, and the number of rows it is given."""

    name: str
    answer: Callable[[pd.Series, np.ndarray], object]
    rows: int
    note: str = ""


def questions(rows: int) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Starts at whole minutes with some blanks, and how many days and hours to go from each."""
    rng = np.random.default_rng(20260101)
    minutes = rng.integers(0, (np.datetime64("2026-11-01", "m") - np.datetime64("2023-01-02", "m")).astype(int), rows)
    starts = (np.datetime64("2023-01-02", "m") + minutes.astype("m8[m]")).astype("M8[ns]")
    starts[rng.random(rows) < NULL_SHARE] = np.datetime64("NaT")
    return pd.Series(starts, name="start"), rng.integers(1, 31, rows), rng.integers(1, 41, rows)


def right_due_dates(starts: pd.Series, n: np.ndarray) -> np.ndarray:
    days = starts.to_numpy().astype("M8[D]")
    blank = np.isnat(days)
    before = np.searchsorted(WORKED, np.where(blank, WORKED[0], days), side="right")
    return np.where(blank, np.datetime64("NaT"), WORKED[before + n - 1] + CLOSING)


def right_due_hours(starts: pd.Series, hours: np.ndarray) -> np.ndarray:
    instants = starts.to_numpy().astype("M8[m]")
    blank = np.isnat(instants)
    before = np.searchsorted(OPEN_MINUTES, np.where(blank, OPEN_MINUTES[0], instants), side="left")
    return np.where(blank, np.datetime64("NaT"), OPEN_MINUTES[before + hours * 60 - 1] + np.timedelta64(1, "m"))


def each(step: Callable[[pd.Timestamp, int], object]) -> Callable[[pd.Series, np.ndarray], object]:
    """A contestant that knows one row at a time; blanks are passed over for it."""
    return lambda starts, far: [
        pd.NaT if start is pd.NaT else step(start, n) for start, n in zip(starts, far.tolist(), strict=True)
    ]


def due_date_contestants(calendar: WorkCalendar) -> list[Contestant]:
    every_rest_day = np.busdaycalendar(weekmask="1111111", holidays=REST)
    only_holidays = np.busdaycalendar(weekmask="1111100", holidays=np.array(HOLIDAYS, "M8[D]"))
    offsets = [pd.offsets.CustomBusinessDay(n, calendar=every_rest_day) for n in range(31)]
    bizdays_calendar = bizdays.Calendar(
        REST.tolist(), [], startdate=DAYS[0].isoformat(), enddate=DAYS[-1].isoformat(), name="cn", financial=False
    )
    rules = rruleset(cache=True)
    midnight = pd.Timestamp(DAYS[0]).to_pydatetime()
    rules.rrule(rrule(DAILY, byweekday=(MO, TU, WE, TH, FR), dtstart=midnight, until=pd.Timestamp(DAYS[-1])))
    for day in MADE_UP:
        rules.rdate(pd.Timestamp(day).to_pydatetime())
    for day in HOLIDAYS:
        rules.exdate(pd.Timestamp(day).to_pydatetime())
    business = business_rules()

    def by_numpy(busdays: np.busdaycalendar) -> Callable[[pd.Series, np.ndarray], object]:
        def answer(starts: pd.Series, n: np.ndarray) -> object:
            return np.busday_offset(starts.to_numpy().astype("M8[D]"), n, roll="preceding", busdaycal=busdays)

        return answer

    def by_rrule(start: pd.Timestamp, n: int) -> object:
        return next(islice(rules.xafter(start.normalize().to_pydatetime()), n - 1, None))

    def by_timedelta(start: pd.Timestamp, n: int) -> object:
        next_midnight = (start.normalize() + pd.Timedelta(days=1)).to_pydatetime()
        return (next_midnight + btd.BusinessTimeDelta(business, hours=7.5 * n)).replace(tzinfo=None)

    return [
        Contestant("WorkCalendar.add_workdays", calendar.add_workdays, ROWS),
        Contestant("numpy.busday_offset, every rest day", by_numpy(every_rest_day), ROWS),
        Contestant("numpy.busday_offset, Mon-Fri + holidays", by_numpy(only_holidays), ROWS, "knows no make-up days"),
        Contestant("bizdays Calendar.offset", each(lambda start, n: bizdays_calendar.offset(start.date(), n)), 20_000),
        Contestant("pandas CustomBusinessDay", each(lambda start, n: start.normalize() + offsets[n]), 5_000),
        Contestant("dateutil rruleset.xafter", each(by_rrule), 500),
        Contestant("businesstimedelta", each(by_timedelta), 200),
    ]


def due_hour_contestants(calendar: WorkCalendar) -> list[Contestant]:
    business = business_rules()
    every_rest_day = np.busdaycalendar(weekmask="1111111", holidays=REST)
    offsets = [
        pd.offsets.CustomBusinessHour(n, calendar=every_rest_day, start=["09:00", "13:30"], end=["12:00", "18:00"])
        for n in range(41)
    ]

    def by_timedelta(start: pd.Timestamp, hours: int) -> object:
        return (start.to_pydatetime() + btd.BusinessTimeDelta(business, hours=hours)).replace(tzinfo=None)

    return [
        Contestant("WorkCalendar.add_work_hours", calendar.add_work_hours, ROWS),
        Contestant(
            "pandas CustomBusinessHour",
            each(lambda start, hours: start + offsets[hours]),
            2_000,
            "(an end at closing time moves to the next opening)",
        ),
        Contestant("businesstimedelta", each(by_timedelta), 200),
    ]


def business_rules() -> btd.Rules:
    """businesstimedelta told every rest day: a seven-day week less the days off and the lunch break."""
    week = list(range(7))
    return btd.Rules(
        [
            btd.WorkDayRule(start_time=clock(9), end_time=clock(18), working_days=week),
            btd.LunchTimeRule(start_time=clock(12), end_time=clock(13, 30), working_days=week),
            btd.HolidayRule(set(REST.tolist())),
        ]
    )


def seconds(contestant: Contestant, starts: pd.Series, far: np.ndarray) -> float:
    starts, far = starts[: contestant.rows], far[: contestant.rows]
    began = time.perf_counter()
    contestant.answer(starts, far)
    return time.perf_counter() - began


def correct(contestant: Contestant, starts: pd.Series, far: np.ndarray, right: np.ndarray) -> float:
    """Percentage of right answers; an answer by date only is taken to mean its close of business."""
    answer = contestant.answer(starts[: contestant.rows], far[: contestant.rows])
    given = pd.to_datetime(pd.Series(answer)).to_numpy().astype("M8[ns]")
    expected = right[: contestant.rows].astype("M8[ns]")
    if (given[~np.isnat(given)].astype("M8[D]") == given[~np.isnat(given)]).all():
        given = given + CLOSING
    return 100 * float(np.mean((given == expected) | (np.isnat(given) & np.isnat(expected))))


def table(title: str, contestants: list[Contestant], starts: pd.Series, far: np.ndarray, right: np.ndarray) -> float:
    """Print one comparison; returns how many percent of our own answers are right."""
    print(f"\n{title}")
    print(f"  {'':42}{'rows timed':>11}{'rows/s':>15}{'ms per 1M rows':>16}{'ours is':>12}{'correct':>10}")
    rates, shares = [], []
    for contestant in contestants:
        took = statistics.median(seconds(contestant, starts, far) for _ in range(ROUNDS))
        rates.append(contestant.rows / took)
        shares.append(correct(contestant, starts, far, right))
        slower = "" if len(rates) == 1 else f"{rates[0] / rates[-1]:,.1f}x"
        note = " ".join(filter(None, ["extrapolated" if contestant.rows < ROWS else "", contestant.note]))
        print(
            f"  {contestant.name:42}{contestant.rows:>11,}{rates[-1]:>15,.0f}{1e9 / rates[-1]:>16,.1f}"
            f"{slower:>12}{math.floor(shares[-1] * 100) / 100:>9.2f}%  {note}".rstrip()
        )
    return shares[0]


def claimed_ratio(ours: Contestant, theirs: Contestant, starts: pd.Series, n: np.ndarray) -> float:
    """The median over interleaved pairs of runs: noise of the machine hits both alike."""
    return statistics.median(seconds(theirs, starts, n) / seconds(ours, starts, n) for _ in range(PAIRS))


def main() -> int:
    """Print both tables and the verdict; 0 if the claim holds, else 1."""
    warnings.simplefilter("ignore")  # of the contestants
    calendar = WorkCalendar.china()
    starts, days, hours = questions(ROWS)
    print(
        f"python {sys.version.split()[0]}, numpy {np.__version__}, pandas {pd.__version__}, {os.cpu_count()} CPUs; "
        f"{NULL_SHARE:.0%} of the starts are blank; median of {ROUNDS} runs"
    )
    contestants = due_date_contestants(calendar)
    share = table("Due dates: Series in, Series out", contestants, starts, days, right_due_dates(starts, days))
    hour_contestants = due_hour_contestants(calendar)
    hour_share = table("Due hours", hour_contestants, starts, hours, right_due_hours(starts, hours))
    ratio = claimed_ratio(contestants[0], contestants[1], starts, days)
    holds = ratio >= CLAIM and share == hour_share == 100
    print(
        f"\n{'PASS' if holds else 'FAIL'}: due dates {ratio:.1f}x as fast as numpy.busday_offset with every rest day "
        f"(median of {PAIRS} interleaved pairs, {ROWS:,} rows; claimed: {CLAIM:g}x, all answers right)"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
