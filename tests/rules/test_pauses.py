"""挂账: time that does not count, for the rules that count working time."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coordination_xl import WorkCalendar, check
from coordination_xl.rules.timing.pauses import Pause
from tests.builders import NOW, book, coordination, due_of, dues, problem, refreshed, row_of, rules, task
from tests.worktime.walker import Walker


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


PAUSED = {"paused_at": at(3, 10), "resumed_at": at(5, 9), "pause_reason": "等预算"}


class TestAgreedFeedback:
    """反馈约定 counts in its own unit, and so does a pause of it."""

    @pytest.mark.parametrize(
        ("terms", "due"),
        [
            ("每4小时", at(2, 20)),
            ("每周", at(9, 18)),
            ("每天", at(5, 18)),
            ("每3个工作日", at(9, 18)),
            ("每3个工作日 17:00 前", at(9, 17)),
        ],
    )
    def test_of_hours_and_weeks_does_not_stand_still(self, terms, due):
        """Agreed on 2 March at 16:00, paused for the working days of the 4th and 5th."""
        row = coordination(feedback_terms=terms, **PAUSED)
        assert due_of("B3-一般", Coordination=[row], now=at(20)) == due

    def test_is_moved_alone(self):
        rows = [coordination(feedback_terms=terms, id=f"XT-2026-{n:04}", **pause)
                for n, (terms, pause) in enumerate([("每周", PAUSED), ("", PAUSED), ("每2个工作日", {})])]  # fmt: skip
        found = dues(book(Coordination=rows), at(20))
        assert [found[f"XT-2026-{n:04}", "B3-一般"] for n in range(3)] == [at(9, 18), at(11, 18), at(4, 18)]


OPEN = [(9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)]
WALKER = Walker({0, 1, 2, 3, 4}, dict.fromkeys(range(7), OPEN))
MINUTES = st.integers(0, 14 * 1440)
START = datetime(2026, 3, 2)
OPEN_MINUTES = st.sampled_from(
    [minute for minute in range(14 * 1440) if WALKER.is_open(START + timedelta(minutes=minute))]
)


def pause_of(began: datetime, ended: datetime) -> Pause:
    one = (np.array([moment], dtype="datetime64[s]") for moment in (began, ended))
    return Pause(*one, np.array([False]))


def shifted(start: datetime, due: datetime, pause: Pause, *, by_days: bool) -> datetime:
    moments = (np.array([moment], dtype="datetime64[s]") for moment in (start, due))
    return pause.shift(*moments, WorkCalendar.china(), by_days=by_days).item()


class TestWalked:
    """Two weeks of March without a special day, walked minute by minute and day by day."""

    @settings(max_examples=60)
    @given(OPEN_MINUTES, st.integers(1, 40), MINUTES, MINUTES)
    def test_working_hours_end_when_so_many_unpaused_minutes_have_passed(self, start, quarters, first, second):
        began_at = START + timedelta(minutes=start)
        began, ended = (START + timedelta(minutes=each) for each in sorted((first, second)))
        minutes = quarters * 15
        due = WALKER.add_minutes(began_at, minutes)
        assume(began != due)
        left, walked = minutes, began_at
        while left:
            left -= WALKER.is_open(walked) and not began <= walked < ended
            walked += timedelta(minutes=1)
        assert shifted(began_at, due, pause_of(began, ended), by_days=False) == walked

    @settings(max_examples=100)
    @given(MINUTES, st.integers(1, 8), MINUTES, MINUTES)
    def test_working_days_after_the_day_it_was_paused_up_to_the_day_it_went_on_are_lost(self, start, n, first, second):
        began_at = START + timedelta(minutes=start)
        began, ended = (START + timedelta(minutes=each) for each in sorted((first, second)))
        due = WALKER.add_workdays(began_at, n)
        day, lost = max(began, began_at).date(), 0
        while day < ended.date() and began < due:
            day += timedelta(days=1)
            lost += WALKER.is_workday(day)
        expected = WALKER.add_workdays(due, lost) if lost else due
        assert shifted(began_at, due, pause_of(began, ended), by_days=True) == expected


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


class TestHalves:
    """A pause that the state and the dates tell differently."""

    @pytest.mark.parametrize("state", ["待办", "进行中", "待验收", "已完成"])
    def test_one_that_was_left_says_when(self, state):
        row = task(state=state, paused_at=at(3), pause_reason="等预算", done_at=at(5) if state == "已完成" else None)
        (found,) = check(book(Tasks=[row]), NOW).findings
        assert (found.code, found.column) == ("required-blank", "恢复时间")
        assert found.suggestion == "补上恢复办理的时间；从未挂账的，清空“挂账时间”"

    def test_a_cancelled_task_was_never_taken_up_again(self):
        assert check(book(Tasks=[task(state="已取消", paused_at=at(3), pause_reason="等")]), NOW).findings == ()

    def test_a_second_pause_after_the_first_is_told_by_the_order_of_dates(self):
        row = task(state="挂账", paused_at=at(5), resumed_at=at(3), pause_reason="等")
        assert [found.code for found in check(book(Tasks=[row]), NOW).findings] == ["date-order"]

    def test_a_ledger_without_the_state_is_resumed_by_the_date(self):
        row = coordination(
            paused_at=at(3), resumed_at=at(5), pause_reason="等", acceptance="腾出环境：好；对账样例：好"
        )
        assert check(book(Coordination=[row]), NOW).findings == ()
