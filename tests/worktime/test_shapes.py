"""What goes in comes out in the same form."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import coordination_xl.worktime
from coordination_xl.errors import CalendarError
from coordination_xl.worktime import WorkCalendar

START, DUE = "2026-09-30 16:00", "2026-10-08 18:00"
UNITS = ["s", "ms", "us", "ns"]


def series(*dates, unit="ns", **more):
    return pd.Series(np.array(dates, f"M8[{unit}]"), **more)


class TestSeries:
    @pytest.mark.parametrize("unit", UNITS)
    def test_index_name_and_unit_are_kept(self, calendar, unit):
        starts = series(START, "NaT", unit=unit, index=["b", "a"], name="发现时间")
        for answer in (
            calendar.add_workdays(starts, 1),
            calendar.add_work_hours(starts, 9.5),
            calendar.closing(starts),
        ):
            assert answer.dtype == f"datetime64[{unit}]"
            assert answer.index.tolist() == ["b", "a"]
            assert answer.name == "发现时间"
            assert answer.isna().tolist() == [False, True]
        assert calendar.add_workdays(starts, 1)["b"] == pd.Timestamp(DUE)
        assert calendar.add_work_hours(starts, 9.5)["b"] == pd.Timestamp(DUE)

    def test_questions_are_bool_and_null_is_no(self, calendar):
        dates = series(START, "NaT", "2027-01-01", index=[5, 5, 5])
        assert calendar.covers(dates).dtype == bool
        assert calendar.covers(dates).tolist() == [True, False, False]
        assert calendar.is_workday(dates).tolist() == [True, False, True]
        assert calendar.is_computable(dates).tolist() == [True, False, True]

    def test_counts_are_nullable_integers(self, calendar):
        count = calendar.count_workdays(series(START, "NaT", START), series(DUE, DUE, "NaT"))
        assert count.dtype == "Int64"
        assert count.tolist() == [1, pd.NA, pd.NA]

    def test_hours_are_float_with_nan(self, calendar):
        hours = calendar.elapsed_work_hours(series(START, "NaT", START), series(DUE, DUE, "NaT"))
        assert hours.dtype == np.float64
        np.testing.assert_array_equal(hours, [9.5, np.nan, np.nan])

    def test_arguments_meet_by_position_not_by_index(self, calendar):
        starts = series("2026-11-16", "2026-11-17", index=[0, 1], name="start")
        answer = calendar.add_workdays(starts, pd.Series([1, 2], index=[1, 0]))
        assert answer.dt.day.tolist() == [17, 19]
        assert answer.index.tolist() == [0, 1]
        count = calendar.count_workdays(starts, pd.Series(starts.to_numpy()[::-1], index=[1, 0], name="end"))
        assert count.tolist() == [1, -1]
        assert (count.name, count.index.tolist()) == ("start", [0, 1])

    def test_one_start_with_a_column_of_steps_is_a_column(self, calendar):
        answer = calendar.add_workdays(pd.Timestamp("2026-11-16"), pd.Series([1, 2], index=["x", "y"], name="n"))
        assert answer.dt.day.tolist() == [17, 18]
        assert (answer.name, answer.index.tolist()) == ("n", ["x", "y"])
        assert calendar.count_workdays(pd.Timestamp("2026-11-16"), answer).tolist() == [1, 2]

    def test_empty_stays_empty(self, calendar):
        for empty in (series(), pd.Series([], dtype=object)):
            assert calendar.add_workdays(empty, 1).empty
            assert calendar.count_workdays(empty, empty).dtype == "Int64"
            assert calendar.covers(empty).dtype == bool

    def test_nothing_but_nulls_is_answered_by_nulls(self, calendar):
        for nulls in (pd.Series([None, None]), pd.Series([np.nan, np.nan]), series("NaT", "NaT")):
            assert calendar.add_work_hours(nulls, 1).isna().all()
            assert calendar.add_workdays(nulls, 10**9).isna().all()
            assert calendar.count_workdays(nulls, nulls).isna().all()

    def test_columns_of_date_objects_are_read(self, calendar):
        mixed = pd.Series([datetime(2026, 9, 30, 16), None, pd.Timestamp(START)], dtype=object)
        assert calendar.add_workdays(mixed, 1).tolist() == [pd.Timestamp(DUE), pd.NaT, pd.Timestamp(DUE)]
        assert calendar.is_workday(pd.Series([date(2026, 10, 10), date(2026, 10, 11)])).tolist() == [True, False]

    def test_the_argument_is_left_alone(self, calendar):
        starts = series(START, "NaT", "2026-10-03")
        before = starts.copy()
        calendar.add_workdays(starts, pd.Series([1, 2, None]))
        calendar.add_work_hours(starts, 0)
        calendar.elapsed_work_hours(starts, starts)
        pd.testing.assert_series_equal(starts, before)

    def test_long_columns_answer_as_short_ones(self, calendar):
        rng = np.random.default_rng(7)
        starts = pd.Series(np.datetime64("2023-01-01", "s") + rng.integers(0, 10**8, 100_003).astype("m8[s]"))
        n = pd.Series(rng.integers(-30, 31, starts.size))
        whole_days, whole_hours = calendar.add_workdays(starts, n), calendar.add_work_hours(starts, n)
        for part in (slice(0, 10), slice(32_760, 32_775), slice(99_990, None)):
            pd.testing.assert_series_equal(whole_days[part], calendar.add_workdays(starts[part], n[part]))
            pd.testing.assert_series_equal(whole_hours[part], calendar.add_work_hours(starts[part], n[part]))


class TestArrays:
    @pytest.mark.parametrize(
        ("given", "answered"),
        [("D", "s"), ("h", "s"), ("m", "s"), ("s", "s"), ("ms", "ms"), ("us", "us"), ("ns", "ns")],
    )
    def test_units_are_kept_from_the_second_down(self, calendar, given, answered):
        starts = np.array(["2026-09-30", "NaT"], f"M8[{given}]")
        answer = calendar.add_workdays(starts, 1)
        assert answer.dtype == f"M8[{answered}]"
        np.testing.assert_array_equal(answer, np.array([DUE, "NaT"], "M8[s]"))
        np.testing.assert_array_equal(
            calendar.add_work_hours(starts, 7.5), np.array(["2026-09-30 18:00", "NaT"], "M8[s]")
        )

    def test_shape_is_kept(self, calendar):
        grid = np.array([["2026-09-30", "2026-10-10"], ["2026-10-11", "NaT"]], "M8[ns]")
        assert calendar.is_workday(grid).tolist() == [[True, True], [False, False]]
        assert calendar.add_workdays(grid.T, 1).shape == (2, 2)
        assert calendar.add_workdays(grid, np.array([[0], [1]])).shape == (2, 2)
        assert calendar.closing(np.array(START, "M8[s]")).shape == ()
        assert calendar.closing(grid[:0]).shape == (0, 2)

    def test_slices_and_frozen_arrays_do_as_well(self, calendar):
        starts = np.array(["2026-09-30", "NaT", "2026-10-10", "NaT"], "M8[ns]")[::2]
        starts.flags.writeable = False
        assert calendar.is_workday(starts).tolist() == [True, True]
        assert calendar.add_workdays(starts.astype(">M8[ns]"), 0)[1] == np.datetime64("2026-10-10T18:00")

    def test_counts_are_int64_unless_one_is_null(self, calendar):
        starts, end = np.array(["2026-09-30", "2026-10-09"], "M8[D]"), np.datetime64("2026-10-10")
        assert calendar.count_workdays(starts, end).dtype == np.int64
        assert calendar.count_workdays(starts, end).tolist() == [3, 1]
        with_null = calendar.count_workdays(np.append(starts, np.datetime64("NaT")), end)
        np.testing.assert_array_equal(with_null, [3, 1, np.nan])

    def test_two_units_meet_in_the_finer(self, calendar):
        start, end = np.array(["2026-09-30T10:00"], "M8[m]"), np.array(["2026-09-30T10:00:00.5"], "M8[ms]")
        assert calendar.elapsed_work_hours(start, end).tolist() == [0.5 / 3600]
        assert calendar.elapsed_work_hours(end, start).tolist() == [-0.5 / 3600]


class TestIndex:
    def test_an_index_stays_an_index(self, calendar):
        starts = pd.DatetimeIndex([START, None], name="start")
        due = calendar.add_workdays(starts, 1)
        assert isinstance(due, pd.DatetimeIndex)
        assert due.name == "start"
        assert due[0] == pd.Timestamp(DUE)
        assert calendar.is_workday(starts).tolist() == [True, False]
        assert calendar.count_workdays(starts, due).tolist() == [1, pd.NA]


class TestOneValue:
    @pytest.mark.parametrize(
        "start",
        [datetime(2026, 9, 30, 16), pd.Timestamp(START), np.datetime64("2026-09-30T16:00"), date(2026, 9, 30)],
    )
    def test_one_value_gives_one_value(self, calendar, start):
        due = calendar.add_workdays(start, 1)
        assert type(due) is pd.Timestamp
        assert due == pd.Timestamp(DUE)
        assert calendar.is_workday(start) is True
        assert type(calendar.count_workdays(start, due)) is int
        assert type(calendar.elapsed_work_hours(start, due)) is float

    @pytest.mark.parametrize("null", [None, pd.NaT, np.datetime64("NaT"), pd.NA])
    def test_null_gives_null(self, calendar, null):
        assert calendar.add_workdays(null, 1) is pd.NaT
        assert calendar.add_work_hours(null, 1) is pd.NaT
        assert calendar.closing(null) is pd.NaT
        assert np.isnan(calendar.elapsed_work_hours(null, datetime(2026, 9, 30)))
        assert calendar.count_workdays(datetime(2026, 9, 30), null) is pd.NA
        assert calendar.is_workday(null) is False
        assert calendar.covers(null) is False


class TestSteps:
    @pytest.mark.parametrize(
        "n",
        [
            pd.Series([1, None]),
            pd.Series([1, None], dtype="Int64"),
            pd.Series([1, None], dtype=object),
            np.array([1.0, np.nan]),
        ],
    )
    def test_a_null_step_gives_null(self, calendar, n):
        starts = series(START, START)
        assert calendar.add_workdays(starts, n).tolist() == [pd.Timestamp(DUE), pd.NaT]
        assert calendar.add_work_hours(starts, n).isna().tolist() == [False, True]
        assert calendar.add_workdays(starts, None).isna().all()
        assert calendar.add_workdays(pd.Timestamp(START), pd.NA) is pd.NaT

    @pytest.mark.parametrize("one", [1, 1.0, np.int8(1), np.float32(1), Decimal(1), np.uint64(1)])
    def test_any_kind_of_number_will_do(self, calendar, one):
        assert calendar.add_workdays(pd.Timestamp(START), one) == pd.Timestamp(DUE)
        assert calendar.add_work_hours(pd.Timestamp(START), one) == pd.Timestamp("2026-09-30 17:00")

    @pytest.mark.parametrize("n", [1.5, np.inf, np.array([1, 0.5])])
    def test_part_of_a_working_day_is_refused(self, calendar, n):
        with pytest.raises(ValueError, match="whole"):
            calendar.add_workdays(pd.Timestamp(START), n)

    @pytest.mark.parametrize("n", ["1", True, np.array(["1"]), pd.Series(["1"]), datetime(2026, 1, 1)])
    def test_what_is_no_number_is_refused(self, calendar, n):
        with pytest.raises(TypeError, match="numbers"):
            calendar.add_workdays(pd.Timestamp(START), n)

    def test_lengths_that_do_not_fit_are_refused(self, calendar):
        with pytest.raises(ValueError, match="broadcast"):
            calendar.add_workdays(series(START, START), np.array([1, 2, 3]))
        with pytest.raises(ValueError, match="1 rows"):
            calendar.add_workdays(series(START), np.array([1, 2, 3]))

    def test_hours_are_rounded_to_the_unit(self, calendar):
        third = calendar.add_work_hours(np.array(["2026-11-18T09:00"], "M8[s]"), 1 / 3)
        assert third.tolist() == [datetime(2026, 11, 18, 9, 20)]
        tenth = calendar.add_work_hours(pd.Timestamp("2026-11-18 09:00").as_unit("ns"), 0.1 + 0.2)
        assert tenth == pd.Timestamp("2026-11-18 09:18")
        many = calendar.add_work_hours(pd.Timestamp("2026-11-18 09:00").as_unit("ns"), 4321.1)
        assert many.nanosecond == 0  # the float's own error does not show


class TestRefusals:
    @pytest.mark.parametrize(
        "aware",
        [
            pd.Timestamp(START, tz="Asia/Shanghai"),
            datetime(2026, 9, 30, tzinfo=UTC),
            series(START).dt.tz_localize("Asia/Shanghai"),
            series(START).dt.tz_localize("UTC").astype(object),
            pd.DatetimeIndex([START], tz="UTC"),
        ],
    )
    def test_a_time_zone_is_refused(self, calendar, aware):
        for call in (
            calendar.is_workday,
            calendar.covers,
            calendar.closing,
            lambda start: calendar.add_workdays(start, 1),
        ):
            with pytest.raises(CalendarError, match="时区"):
                call(aware)

    @pytest.mark.parametrize(
        "text", ["2026-09-30", pd.Series(["2026-09-30"]), np.array(["2026-09-30"]), 45000, [START]]
    )
    def test_what_is_no_date_is_refused(self, calendar, text):
        with pytest.raises(TypeError, match="dates must be"):
            calendar.add_workdays(text, 1)


def test_the_public_names_are_these():
    assert coordination_xl.worktime.__all__ == ["WorkCalendar", "china_days"]


def test_a_calendar_can_be_sent_to_another_process(calendar):
    copy = pickle.loads(pickle.dumps(calendar))  # noqa: S301 - our own bytes
    assert copy.add_workdays(pd.Timestamp(START), 1) == pd.Timestamp(DUE)
    assert repr(copy) == "<WorkCalendar covering 2023, 2024, 2025, 2026; 7.5 h a day>"
    assert repr(WorkCalendar(pd.DataFrame())) == "<WorkCalendar covering no year; 7.5 h a day>"
