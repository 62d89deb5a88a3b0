"""What most tests share: a moment, the State Council's calendar, a workbook file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from coordination_xl.books.build import build_workbook
from coordination_xl.worktime import WorkCalendar
from tests import builders

if TYPE_CHECKING:
    from pathlib import Path


# How long an example takes says how busy the machine is, and the first one pays for what is made once.
settings.register_profile("any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

TERMINAL = ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES")


@pytest.fixture(scope="session", autouse=True)
def surroundings(pytestconfig):
    """Wherever the tests are run from, and whatever colours or width that terminal asks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(pytestconfig.rootpath)
        for name in TERMINAL:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def now():
    """Friday 2026-03-06, ten o'clock."""
    return builders.NOW


@pytest.fixture(scope="session")
def calendar():
    return WorkCalendar.china()


@pytest.fixture(scope="session")
def workbook():
    """Write a real workbook file: ``workbook(path, Problems=[...])``; tables that are not named are as in a new one."""

    def write(path: Path, **tables: object) -> Path:
        rows = {"Contacts": builders.CONTACTS} | tables
        path.write_bytes(build_workbook(rows))
        return path

    return write
