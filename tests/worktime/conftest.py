"""Small calendars, and a builder of 节假日 frames."""

from __future__ import annotations

import pandas as pd
import pytest

from coordination_xl.worktime import WorkCalendar


def days_frame(*rows):
    """Rows of ``(date, is_workday, {other columns})``."""
    records = [{"date": date, "is_workday": worked, **dict(*more)} for date, worked, *more in rows]
    frame = pd.DataFrame(records, columns=None if records else ["date", "is_workday"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


@pytest.fixture(scope="session")
def calendar():
    """The shipped calendar: 09:00–12:00 and 13:30–18:00."""
    return WorkCalendar.china()


@pytest.fixture(scope="session")
def plain():
    """Monday to Friday, nothing covered."""
    return WorkCalendar(days_frame())


@pytest.fixture
def make_days():
    return days_frame
