"""催办时段: when people may be reminded."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.reminding.quiet_hours import is_quiet, next_opening
from coordination_xl.rules.timing.schedule import Basis
from tests.builders import book, holidays, settings


def basis(**tables) -> Basis:
    return Basis.of(Ledgers.read(book(**tables)), datetime(2026, 3, 6, 10))


def quiet(now: datetime, **tables) -> bool:
    made = basis(**tables)
    return is_quiet(now, made.settings, made.calendar)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 6, 8, 59, 59), True),
        (datetime(2026, 3, 6, 9), False),
        (datetime(2026, 3, 6, 12, 45), False),
        (datetime(2026, 3, 6, 18), False),
        (datetime(2026, 3, 6, 18, 0, 1), True),
        (datetime(2026, 3, 6, 0), True),
        (datetime(2026, 3, 7, 10), True),
        (datetime(2026, 2, 14, 10), False),
        (datetime(2026, 2, 17, 10), True),
        (datetime(2026, 10, 10, 17, 59), False),
        (datetime(2027, 3, 8, 10), False),
        (datetime(2027, 3, 7, 10), True),
    ],
    ids=[
        "a second before the opening",
        "at the opening",
        "lunch",
        "at the close",
        "a second after the close",
        "midnight",
        "Saturday",
        "worked Saturday before Spring Festival",
        "Tuesday of Spring Festival",
        "worked Saturday after National Day",
        "Monday of a year without days",
        "Sunday of a year without days",
    ],
)
def test_only_working_days_between_opening_and_close_are_not_quiet(now, expected):
    assert quiet(now) is expected


@pytest.mark.parametrize("now", [datetime(2026, 3, 7, 3), datetime(2026, 2, 17, 23, 59), datetime(2026, 3, 6, 10)])
def test_no_hour_is_quiet_where_the_sheet_says_all_day(now):
    assert quiet(now, Settings=settings(催办时段="全天")) is False


def test_a_short_day_has_its_own_hours():
    """Wednesday, 30 December is worked in the morning only."""
    days = holidays(
        {"date": datetime(2026, 12, 30), "kind": "班", "name": "盘点", "basis": "公司通知", "hours": "08:00-11:30"}
    )
    assert [
        quiet(datetime(2026, 12, 30, *clock), Calendar=days) for clock in ((7, 59), (8, 0), (11, 30), (11, 31))
    ] == [
        True,
        False,
        False,
        True,
    ]


def test_other_working_hours_count_as_typed():
    early = settings(工作时间="08:30-12:00、14:00-17:30")
    assert not quiet(datetime(2026, 3, 6, 8, 30), Settings=early)
    assert quiet(datetime(2026, 3, 6, 17, 31), Settings=early)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (datetime(2026, 3, 6, 18, 30), datetime(2026, 3, 9, 9)),
        (datetime(2026, 3, 6, 7), datetime(2026, 3, 6, 9)),
        (datetime(2026, 2, 14, 19), datetime(2026, 2, 24, 9)),
    ],
    ids=["Friday evening", "early morning", "before Spring Festival"],
)
def test_what_was_held_comes_up_at_the_next_opening(now, opening):
    assert next_opening(now, basis().calendar) == opening
