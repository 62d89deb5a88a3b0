"""What most tests share: a moment, the State Council's calendar, a workbook file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordination_xl.books.build import build_workbook
from coordination_xl.worktime import WorkCalendar
from tests import builders

if TYPE_CHECKING:
    from pathlib import Path


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
