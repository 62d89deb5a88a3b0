"""挂账: time that does not count, for the rules that count working time."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check
from tests.builders import NOW, book, coordination, due_of, problem, refreshed, row_of, rules, task


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


@pytest.mark.parametrize(
    ("paused_at", "resumed_at", "due"),
    [
        (None, None, at(9, 18)),
        (at(3, 10), at(3, 16), at(9, 18)),
        (at(3, 10), at(4, 9), at(10, 18)),
        (at(3, 10), at(5, 9), at(11, 18)),
        (at(6, 17), at(8, 9), at(9, 18)),
        (at(6, 17), at(16, 9), at(17, 18)),
        (at(2, 8), at(2, 15), at(9, 18)),
        (at(1), at(4, 9), at(11, 18)),
        (at(10), at(11), at(9, 18)),
    ],
    ids=[
        "none",
        "within a day",
        "a day",
        "two days",
        "a weekend",
        "beyond the due time",
        "before the start",
        "across the start",
        "after the due time",
    ],
)
def test_working_days_of_the_pause_are_added(paused_at, resumed_at, due):
    """Feedback five working days after 2 March, 16:00, is due on the 9th."""
    row = coordination(paused_at=paused_at, resumed_at=resumed_at, pause_reason="等预算")
    assert due_of("B3-一般", Coordination=[row], now=at(20)) == due


def test_working_hours_of_the_pause_are_added():
    """Four working hours from 11:00 end at 16:30; the pause took the one from 14:00 to 15:00."""
    sheet = rules(A11_一般={"unit": "工作小时", "amount": 4})
    row = problem(paused_at=at(3, 14), resumed_at=at(3, 15), pause_reason="停电")
    assert due_of("A11-一般", Problems=[row], Rules=sheet) == at(3, 17, 30)


def test_a_named_deadline_does_not_move():
    row = coordination(paused_at=at(3), resumed_at=at(5), pause_reason="等预算")
    assert due_of("B-执行", Coordination=[row]) == at(16, 18)


def test_weeks_do_not_move():
    row = task(paused_at=at(3), resumed_at=at(5), pause_reason="等预算")
    assert due_of("A17", Tasks=[row]) == at(9, 18)


def test_a_pause_that_still_goes_on_pushes_the_due_time_along():
    row = coordination(paused_at=at(3), pause_reason="等预算")
    assert due_of("B3-一般", Coordination=[row], now=at(4, 9)) == at(10, 18)
    assert due_of("B3-一般", Coordination=[row], now=at(5, 9)) == at(11, 18)


class TestTask:
    """A task has a state for it, and the state decides."""

    DAILY = rules(A17={"unit": "工作日", "amount": 1})

    def test_is_paused_by_its_state_alone(self):
        made = book(Tasks=[task(state="挂账")])
        assert refreshed(made, "RW-2026-0001")["light"] == "灰"

    def test_goes_on_by_its_state_alone(self):
        row = task(paused_at=at(3), pause_reason="等预算")
        assert refreshed(book(Tasks=[row]), "RW-2026-0001", at(20))["light"] == "红"

    def test_a_pause_without_an_end_takes_no_time_once_it_is_over(self):
        row = task(paused_at=at(2, 17), pause_reason="等预算")
        assert due_of("A17", Tasks=[row], Rules=self.DAILY, now=at(20)) == at(3, 18)
        assert due_of("A17", Tasks=[row | {"resumed_at": at(4)}], Rules=self.DAILY, now=at(20)) == at(5, 18)

    def test_a_pause_without_an_end_is_found_once_it_is_over(self):
        made = book(Tasks=[task(paused_at=at(3), pause_reason="等预算")])
        (found,) = check(made, NOW).findings
        assert (found.code, found.column) == ("required-blank", "恢复时间")

    def test_what_is_remembered_is_since_when(self):
        made = book(Tasks=[task(state="挂账", paused_at=at(3, 9), pause_reason="等预算")])
        refreshed(made, "RW-2026-0001")
        assert row_of(made, "RW-2026-0001")["state_since"] == at(3, 9)
