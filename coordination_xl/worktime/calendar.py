"""The work calendar: the face of this room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from coordination_xl.worktime.blocks import in_blocks
from coordination_xl.worktime.china import china_days
from coordination_xl.worktime.days import read_days
from coordination_xl.worktime.hours import GivenHours, WeekHours, read_week
from coordination_xl.worktime.instants import Answer, Dates, OneDate, form_of, read_instants
from coordination_xl.worktime.numbers import Numbers, read_work_hours, read_workdays
from coordination_xl.worktime.segments import worked_seconds
from coordination_xl.worktime.span import NAT, SIZE, Bools, Ints, locate, positions
from coordination_xl.worktime.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd


class WorkCalendar:
    """Working days and hours, by arithmetic on tables built once.

    **Arguments.** ``dates``, ``starts`` and ``ends`` are each a :class:`pandas.Series`,
    :class:`pandas.DatetimeIndex`, numpy ``datetime64`` array of any unit and shape, or one ``datetime``, ``date``,
    :class:`pandas.Timestamp` or :class:`numpy.datetime64`. ``n`` and ``hours`` are one number, or a Series or array
    of them. Several arguments broadcast and meet **by position**; indexes are not matched.

    **Answers** have the form of the argument: a Series keeps its index and name (the first Series given, if several),
    one value gives one value. Instants keep the unit of the starts, at least seconds. Null in (NaT, None, NaN, <NA>)
    gives null out: NaT for instants, NaN for hours, <NA> for counts (NaN in a numpy array, which is then float64). A
    question answered by a bool is False for null.

    **Years.** A year that the sheet does not cover is computed on the plain week; ask :meth:`covers` of start and
    answer alike. Dates and answers before 1900 or after 2200 raise; ask :meth:`is_computable` first where people
    typed dates.

    Every method raises :class:`~coordination_xl.errors.CalendarError` for times with a time zone and for what lies
    before 1900 or after 2200, and ``TypeError`` for what is no date or number. A calendar never changes, and pickles.

    Source: SPEC section 4.

    Attributes:
        covered_years: the years for which the State Council's days are known, in order.
        hours_per_day: working hours of the standard day, that of the first worked weekday.
    """

    def __init__(
        self,
        days: pd.DataFrame,
        week: Iterable[int] = (0, 1, 2, 3, 4),
        hours: GivenHours = (("09:00", "12:00"), ("13:30", "18:00")),
    ) -> None:
        """Build the tables.

        Precedence of days: the company's row, the State Council's make-up day, its rest day, the plain week. A make-up
        day is a full working day: it has the hours that ``hours`` gives for its weekday, or the standard ones if none.
        A year is covered when a row of the State Council falls into it (before 29 December: the last days of a year may
        belong to the notice of the next) and none of its rows is a forecast.

        Args:
            days: the 节假日 sheet. Columns ``date`` (datetime64), ``is_workday`` (bool), neither null; optional
                ``hours`` (segments of a day that has its own; null = the usual), ``is_company`` and ``is_forecast``
                (bool, null = False). Its index and other columns are ignored. May be empty: then nothing is
                covered.
            week: the worked weekdays, Monday = 0.
            hours: ``(opening, closing)`` pairs for all worked days; or such pairs for each weekday, as a mapping from
                weekday or as seven lists from Monday on, where a weekday that is not worked may have none. ``"HH:MM"``
                or :class:`datetime.time`; ``"24:00"`` may end a day.

        Raises:
            CalendarError: one source says two things about a date; segments overlap, are out of order or leave the day;
                a column or value is missing; a worked weekday has no hours.
        """
        worked_weekdays = read_week(week)
        usual = WeekHours.of(worked_weekdays, hours)
        special = read_days(days)
        self._timeline = Timeline.of(worked_weekdays, usual, special)
        self.covered_years: tuple[int, ...] = tuple(sorted(special.covered_years))
        self.hours_per_day: float = worked_seconds(usual.standard) / 3600

    @classmethod
    def china(cls) -> WorkCalendar:
        """The calendar of the shipped days, 2023 to 2026, with the default week and hours."""
        return cls(china_days())

    def __repr__(self) -> str:
        """The covered years and the length of the standard day."""
        years = ", ".join(str(year) for year in self.covered_years) or "no year"
        return f"<WorkCalendar covering {years}; {self.hours_per_day:g} h a day>"

    @overload
    def is_workday(self, dates: pd.Series[Any]) -> pd.Series[bool]: ...
    @overload
    def is_workday(self, dates: Dates) -> Answer: ...
    def is_workday(self, dates: Dates) -> Answer:
        """Whether each date is worked; False for NaT."""
        return _flags(self._timeline.worked, dates)

    @overload
    def covers(self, dates: pd.Series[Any]) -> pd.Series[bool]: ...
    @overload
    def covers(self, dates: Dates) -> Answer: ...
    def covers(self, dates: Dates) -> Answer:
        """Whether the sheet knows each date's year; False for NaT and for dates that cannot be computed at all."""
        return _flags(self._timeline.covered, dates)

    @overload
    def is_computable(self, dates: pd.Series[Any]) -> pd.Series[bool]: ...
    @overload
    def is_computable(self, dates: Dates) -> Answer: ...
    def is_computable(self, dates: Dates) -> Answer:
        """Whether each date lies in 1900 to 2200, so that no method raises for the date itself; False for NaT."""
        return _flags(lambda ticks, unit: locate(ticks, unit) < SIZE, dates)

    @overload
    def closing(self, dates: pd.Series[Any]) -> pd.Series[pd.Timestamp]: ...
    @overload
    def closing(self, dates: Dates) -> Answer: ...
    def closing(self, dates: Dates) -> Answer:
        """Close of business on each date: by that day's own hours, or the standard ones if it is a rest day."""
        given = read_instants(dates)
        answer, shape = in_blocks(partial(self._timeline.closing, unit=given.unit), np.int64, given.ticks)
        return form_of(given.model, shape=shape).dates(answer, given.unit)

    @overload
    def add_workdays(self, starts: pd.Series[Any], n: Numbers) -> pd.Series[pd.Timestamp]: ...
    @overload
    def add_workdays(self, starts: Dates, n: Numbers) -> Answer: ...
    def add_workdays(self, starts: Dates, n: Numbers) -> Answer:
        """Close of business of the N-th working day after (or before) each start.

        Args:
            starts: instants; only their date counts, and it does not count itself. A start on a rest day counts from
                there: one working day from Saturday is Monday's close, if Monday is worked.
            n: whole working days. Positive: after. Negative: before. 0: the start day if worked, else the next that is.

        Returns:
            Instants in the form of ``starts`` (or of ``n``, where only that is a column); null where either is.

        Raises:
            CalendarError: see the class.
            ValueError: a number of days is not whole, or the shapes do not fit.
        """
        given = read_instants(starts)
        steps, is_unknown = read_workdays(n)
        arithmetic = partial(self._timeline.after_days, unit=given.unit)
        answer, shape = in_blocks(arithmetic, np.int64, _with_nulls(given.ticks, is_unknown), steps)
        return form_of(given.model, n, shape=shape).dates(answer, given.unit)

    @overload
    def add_work_hours(self, starts: pd.Series[Any], hours: Numbers) -> pd.Series[pd.Timestamp]: ...
    @overload
    def add_work_hours(self, starts: Dates, hours: Numbers) -> Answer: ...
    def add_work_hours(self, starts: Dates, hours: Numbers) -> Answer:
        """The instant at which so many working hours have passed since (or remain until) each start.

        Forwards, a start outside working hours runs from the next opening, and what ends exactly at a closing is due
        then, not at the next opening. Backwards is the mirror image: from the previous closing, and what ends at an
        opening stays there.

        Args:
            starts: instants, to the tick of their unit.
            hours: working hours, negative for backwards; rounded to the unit of ``starts``, or to the microsecond if
                that is coarser. 0: the start itself if it is in working time, both ends included, else the next
                opening.

        Returns:
            Instants in the form of ``starts`` (or of ``hours``, where only that is a column); null where either is.

        Raises:
            CalendarError: see the class; or the hours are infinite.
            ValueError: the shapes do not fit.
        """
        given = read_instants(starts)
        to_go, is_unknown = read_work_hours(hours, given.unit)
        arithmetic = partial(self._timeline.after_time, unit=given.unit)
        answer, shape = in_blocks(arithmetic, np.int64, _with_nulls(given.ticks, is_unknown), to_go)
        return form_of(given.model, hours, shape=shape).dates(answer, given.unit)

    @overload
    def elapsed_work_hours(self, starts: pd.Series[Any], ends: Dates) -> pd.Series[float]: ...
    @overload
    def elapsed_work_hours(self, starts: Dates, ends: Dates) -> Answer: ...
    def elapsed_work_hours(self, starts: Dates, ends: Dates) -> Answer:
        """Working hours between two instants, float64; negative when reversed, NaN where either is null."""
        start, end = read_instants(starts), read_instants(ends)
        arithmetic = partial(self._timeline.hours_between, start_unit=start.unit, end_unit=end.unit)
        answer, shape = in_blocks(arithmetic, np.float64, start.ticks, end.ticks)
        return form_of(start.model, end.model, shape=shape).values(answer)

    @overload
    def count_workdays(self, starts: pd.Series[Any], ends: Dates) -> pd.Series[int]: ...
    @overload
    def count_workdays(self, starts: Dates, ends: Dates) -> Answer: ...
    def count_workdays(self, starts: Dates, ends: Dates) -> Answer:
        """Working days in (start, end], by date; reversed arguments give the negative.

        Returns:
            Int64 with <NA> for a Series or index; int or <NA> for two single values; int64 for arrays, or float64 with
            NaN if any of them is null.
        """
        start, end = read_instants(starts), read_instants(ends)
        arithmetic = partial(self._timeline.days_between, start_unit=start.unit, end_unit=end.unit)
        answer, shape = in_blocks(arithmetic, np.int64, start.ticks, end.ticks)
        return form_of(start.model, end.model, shape=shape).counts(answer)

    def rest_days_between(self, start: OneDate, end: OneDate) -> pd.DataFrame:
        """What the way from one day to another skipped, or worked although the plain week rests.

        Args:
            start: one date or timestamp; its own day is not listed.
            end: likewise; its own day is listed if it qualifies. It may lie before ``start``.

        Returns:
            In order of date, every day that is not worked and every day that has a row in the sheet: ``date``
            (datetime64[ns]), ``is_workday`` (bool), ``is_special`` (bool: has a row; False = a plain weekend). Empty if
            there are none, or if either end is null.
        """
        ends = [positions(one.ticks.reshape(1), one.unit) for one in (read_instants(start), read_instants(end))]
        if any(is_null is not None for _, is_null in ends):
            return self._timeline.notable_days(0, 0)
        first, last = (int(day[0]) for day, _ in ends)
        return self._timeline.notable_days(*((first + 1, last + 1) if first <= last else (last, first)))


def _flags(arithmetic: Callable[[Ints, str], Bools], dates: Dates) -> Answer:
    given = read_instants(dates)
    answer, shape = in_blocks(lambda ticks: arithmetic(ticks, given.unit), np.bool_, given.ticks)
    return form_of(given.model, shape=shape).values(answer)


def _with_nulls(ticks: Ints, is_unknown: Bools | None) -> Ints:
    return ticks if is_unknown is None else np.where(is_unknown, NAT, ticks)
