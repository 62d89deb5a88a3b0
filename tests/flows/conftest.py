"""What the flows share: a new office for each test."""

from __future__ import annotations

import pytest

from tests.flows.office import Office


@pytest.fixture
def office(tmp_path):
    """``office(Problems=[...])``; tables that are not named are as in a new workbook."""

    def open_office(year: int = 2026, **tables: object) -> Office:
        return Office(tmp_path / "协调.xlsx", year, **tables)

    return open_office
