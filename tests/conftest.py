"""What most tests share: a moment, the State Council's calendar, a workbook file."""

from __future__ import annotations

import pytest

from coordination_xl.worktime import WorkCalendar
from tests import builders


@pytest.fixture
def now():
    """Friday 2026-03-06, ten o'clock."""
    return builders.NOW


@pytest.fixture(scope="session")
def calendar():
    return WorkCalendar.china()
