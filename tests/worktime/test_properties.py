"""Random calendars and instants against the naive walker, and the laws that any of them obeys."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.worktime import WorkCalendar
from tests.worktime.walker import Walker

FIRST_DAY, DAYS = date(2026, 1, 20), 50
FEWEST, MOST = 5, 16  # rows of a case
PLAIN = WorkCalendar(pd.DataFrame())

thorough = settings(max_examples=100)
most_thorough = settings(max_examples=250)


@st.composite
def minute_segments(draw):
    """One to three segments of a day in minutes; a day of at least half an hour, so that walks stay short."""
    ends = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return [(opening * 15, closing * 15) for opening, closing in pairs]


def as_clock(segments):
    return [tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in pair) for pair in segments]


@st.composite
def rows_of_sheet(draw, biggest):
    """``date -> (worked, own segments or None)`` for some of the days of the window."""
    rows = {}
    for offset in draw(st.sets(st.integers(0, DAYS - 1), max_size=biggest)):
        worked = draw(st.booleans())
        own = draw(st.one_of(st.none(), minute_segments())) if worked else None
        rows[FIRST_DAY + timedelta(days=offset)] = (worked, own)
    return rows


@st.composite
def calendars(draw):
    """A calendar and its walker, made of the same plain data: even and uneven hours, half days, company days."""
    week = draw(st.sets(st.integers(0, 6), min_size=2))
    if draw(st.booleans()):
        same = draw(minute_segments())
        hours, given_hours = dict.fromkeys(range(7), same), as_clock(same)
    else:
        extra = draw(st.sets(st.integers(0, 6)))
        hours = {weekday: draw(minute_segments()) for weekday in sorted(week | extra)}
        given_hours = {weekday: as_clock(segments) for weekday, segments in hours.items()}
    council, company = draw(rows_of_sheet(16)), draw(rows_of_sheet(5))
    records = [
        {"date": pd.Timestamp(day), "is_workday": worked, "hours": own and as_clock(own), "is_company": is_company}
        for is_company, rows in ((False, council), (True, company))
        for day, (worked, own) in rows.items()
    ]
    days = pd.DataFrame(records, columns=["date", "is_workday", "hours", "is_company"])
    return WorkCalendar(days, week=week, hours=given_hours), Walker(week, hours, council, company)


def columns_of(strategy):
    return st.lists(strategy, min_size=FEWEST, max_size=MOST)


minutes_of_window = st.integers(0, DAYS * 1440 - 1)
any_unit = st.sampled_from(["s", "ms", "us", "ns"])


def instants(minutes, unit="s"):
    return (np.datetime64(FIRST_DAY, "m") + np.array(minutes, "m8[m]")).astype(f"M8[{unit}]")


def as_datetimes(column):
    return column.astype("M8[us]").tolist()


@most_thorough
@given(calendars(), columns_of(st.tuples(minutes_of_window, st.integers(-1500, 1500))), any_unit)
def test_work_hours_agree_with_the_walker_in_both_directions(pair, cases, unit):
    calendar, walker = pair
    starts, minutes = instants([start for start, _ in cases], unit), np.array([go for _, go in cases])
    walked = [walker.add_minutes(*case) for case in zip(as_datetimes(starts), minutes.tolist(), strict=True)]
    assert as_datetimes(calendar.add_work_hours(starts, minutes / 60)) == walked


@most_thorough
@given(calendars(), columns_of(st.tuples(minutes_of_window, st.integers(-40, 40))), any_unit)
def test_workdays_agree_with_the_walker_in_both_directions(pair, cases, unit):
    calendar, walker = pair
    starts, n = instants([start for start, _ in cases], unit), np.array([go for _, go in cases])
    walked = [walker.add_workdays(*case) for case in zip(as_datetimes(starts), n.tolist(), strict=True)]
    assert as_datetimes(calendar.add_workdays(starts, n)) == walked


@settings(max_examples=60)
@given(calendars(), columns_of(st.tuples(minutes_of_window, st.integers(-12_000, 12_000))))
def test_elapsed_hours_and_counts_agree_with_the_walker(pair, cases):
    calendar, walker = pair
    starts, ends = instants([start for start, _ in cases]), instants([start + length for start, length in cases])
    spans = list(zip(as_datetimes(starts), as_datetimes(ends), strict=True))
    hours = calendar.elapsed_work_hours(starts, ends)
    assert hours.tolist() == [walker.minutes_between(*span) / 60 for span in spans]
    counts = [walker.count_workdays(start.date(), end.date()) for start, end in spans]
    assert calendar.count_workdays(starts, ends).tolist() == counts


@thorough
@given(calendars())
def test_every_day_is_worked_and_closes_as_the_walker_says(pair):
    calendar, walker = pair
    days = np.arange(DAYS + 20) + np.datetime64(FIRST_DAY, "D") - 10
    assert calendar.is_workday(days).tolist() == [walker.is_workday(day) for day in days.tolist()]
    assert as_datetimes(calendar.closing(days)) == [walker.closing(day) for day in days.tolist()]


seconds_of_window = st.integers(0, DAYS * 86_400 - 1)
seconds_to_go = st.integers(-400_000, 400_000)


@thorough
@given(calendars(), columns_of(seconds_of_window), seconds_to_go)
def test_the_answer_is_a_working_instant_and_the_way_back_measures_the_same(pair, seconds, to_go):
    calendar, walker = pair
    starts = np.datetime64(FIRST_DAY, "s") + np.array(seconds, "m8[s]")
    due = calendar.add_work_hours(starts, to_go / 3600)
    assert (calendar.elapsed_work_hours(starts, due) == to_go / 3600).all()
    for instant in as_datetimes(due):
        whole = instant.replace(second=0)
        assert walker.is_open(whole) or (instant == whole and walker.is_working_instant(whole))


@thorough
@given(calendars(), columns_of(seconds_of_window), columns_of(seconds_to_go), st.integers(-30, 30))
def test_a_later_start_is_never_due_earlier_nor_a_longer_way_shorter(pair, seconds, lengths, n):
    calendar, _ = pair
    starts = np.sort(np.datetime64(FIRST_DAY, "s") + np.array(seconds, "m8[s]"))
    zero = np.timedelta64(0, "s")
    assert (np.diff(calendar.add_workdays(starts, n)) >= zero).all()
    by_start_and_length = calendar.add_work_hours(starts[:, None], np.sort(lengths) / 3600)
    assert (np.diff(by_start_and_length, axis=0) >= zero).all()
    assert (np.diff(by_start_and_length, axis=1) >= zero).all()


@thorough
@given(calendars(), columns_of(minutes_of_window), st.integers(1, 30))
def test_counting_to_the_nth_working_day_gives_n(pair, minutes, n):
    calendar, _ = pair
    starts = instants(minutes)
    within_due_day = calendar.add_workdays(starts, n) - np.timedelta64(1, "s")  # a closing at 24:00 is the next date
    assert calendar.is_workday(within_due_day).all()
    assert (calendar.count_workdays(starts, within_due_day) == n).all()


@thorough
@given(calendars(), columns_of(minutes_of_window), st.integers(0, 999_999_999), st.integers(-600, 600))
def test_parts_of_a_second_shift_the_answer_and_nothing_else(pair, minutes, nanoseconds, to_go):
    calendar, walker = pair
    whole = instants(minutes, "ns")
    is_inside = np.array([walker.is_open(start) for start in as_datetimes(whole)])
    starts = whole + is_inside * np.timedelta64(nanoseconds, "ns")
    due = calendar.add_work_hours(starts, to_go / 60)
    expected_hours = np.full(starts.shape, to_go / 60)
    np.testing.assert_allclose(calendar.elapsed_work_hours(starts, due), expected_hours, rtol=0, atol=1e-12)
    shift = due - calendar.add_work_hours(whole, to_go / 60)
    assert (shift >= np.timedelta64(0, "ns")).all()


@given(st.datetimes(datetime(1900, 1, 8), datetime(2200, 12, 1)), st.integers(0, 5))
def test_one_timestamp_answers_as_a_column_of_one(start, n):
    column = pd.Series([start]).astype("datetime64[us]")
    assert PLAIN.add_workdays(start, n) == PLAIN.add_workdays(column, n)[0]
    assert PLAIN.add_work_hours(start, n) == PLAIN.add_work_hours(column, n)[0]
    assert PLAIN.is_workday(start) == PLAIN.is_workday(column)[0]
