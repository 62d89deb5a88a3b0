"""States, what the program remembers of them, and what becomes of a matter in the end."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, explain
from tests.builders import NOW, book, coordination, emergency, held, meeting, problem, refreshed, row_of, task


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def jumps(made, now=NOW) -> list[str]:
    return [found.message for found in check(made, now).findings if found.code == "state-jump"]


class TestMemory:
    def test_first_sight_is_never_a_jump(self):
        assert jumps(book(Problems=[problem(state="已分派")])) == []

    def test_a_state_is_remembered_since_its_own_date(self):
        row = refreshed(book(Problems=[problem(state="已分派")]), "WT-2026-0001")
        assert (row["last_state"], row["state_since"]) == ("已分派", at(3, 11))

    def test_a_state_without_a_date_is_remembered_since_now(self):
        row = refreshed(book(Problems=[problem(state="处理中")]), "WT-2026-0001")
        assert (row["last_state"], row["state_since"]) == ("处理中", NOW)

    def test_a_date_after_now_is_not_believed(self):
        row = refreshed(book(Problems=[problem(state="已分派", dispatched_at=at(9))]), "WT-2026-0001")
        assert row["state_since"] == NOW

    def test_an_allowed_step_is_followed(self):
        made = book(Tasks=[task(last_state="进行中", state_since=at(2), state="待验收")])
        assert jumps(made) == []
        row = refreshed(made, "RW-2026-0001")
        assert (row["last_state"], row["state_since"]) == ("待验收", NOW)

    def test_staying_keeps_the_time(self):
        made = book(Tasks=[task(last_state="进行中", state_since=at(2))])
        assert refreshed(made, "RW-2026-0001")["state_since"] == at(2)

    def test_a_change_of_plan_goes_back(self):
        assert jumps(book(Coordination=[coordination(last_state="执行中", state="沟通中")])) == []

    def test_a_state_that_nobody_knows_is_not_remembered(self):
        row = refreshed(book(Tasks=[task(last_state="进行中", state_since=at(2), state="快好了")]), "RW-2026-0001")
        assert (row["last_state"], row["state_since"]) == ("进行中", at(2))


class TestJump:
    def test_is_found_with_what_would_be_allowed(self):
        made = book(Tasks=[task(last_state="待办", state="已完成", done_at=at(5))])
        (found,) = [each for each in check(made, NOW).findings if each.code == "state-jump"]
        assert found.message == "状态从“待办”直接变为“已完成”"
        assert found.suggestion == "“待办”之后只能是：进行中、挂账、已取消"

    def test_two_steps_since_the_last_look_are_no_jump_where_the_date_between_is_there(self):
        made = book(Problems=[problem(last_state="已提报", state="处理中")])
        assert jumps(made) == []
        assert refreshed(made, "WT-2026-0001")["last_state"] == "处理中"

    def test_two_steps_are_a_jump_where_the_date_between_is_missing(self):
        made = book(Problems=[problem(last_state="已提报", state="处理中", dispatched_at=None)])
        assert jumps(made) == ["状态从“已提报”直接变为“处理中”"]

    def test_stays_until_it_is_mended(self):
        made = book(Tasks=[task(last_state="待办", state_since=at(2), state="已完成", done_at=at(5))])
        for _ in range(2):
            row = refreshed(made, "RW-2026-0001")
            assert (row["last_state"], row["state_since"]) == ("待办", at(2))
            assert len(jumps(made)) == 1

    def test_from_the_end_says_that_it_is_the_end(self):
        made = book(Tasks=[task(last_state="已取消")])
        (found,) = [each for each in check(made, NOW).findings if each.code == "state-jump"]
        assert found.suggestion == "“已取消”之后只能是：（已是终点，不再变动）"


REFUSED = {"state": "处理中", "last_state": "待验收", "state_since": at(5, 9), "solved_at": at(5, 9)}


class TestReturn:
    """A refused acceptance and a changed plan: what was done before the return stops no clock after it."""

    def test_is_remembered_since_now_and_not_since_the_first_time(self):
        made = book(Coordination=[coordination(last_state="执行中", state_since=at(2, 16), state="沟通中")])
        assert refreshed(made, "XT-2026-0001")["state_since"] == NOW

    def test_runs_the_clock_that_an_earlier_round_had_stopped(self):
        made = book(Problems=[problem(**REFUSED, deadline=at(5))])
        assert refreshed(made, "WT-2026-0001")["light"] == "红"

    def test_counts_feedback_from_itself(self):
        row = refreshed(book(Problems=[problem(**REFUSED)]), "WT-2026-0001")
        assert (row["light"], row["next_feedback"]) == ("绿", at(10, 18))

    def test_is_told_as_the_start_of_the_feedback(self):
        made = book(Problems=[problem(**REFUSED)])
        (clock,) = (each for each in explain(made, "WT-2026-0001", NOW).clocks if each.rule == "A11-一般")
        assert (clock.trigger, clock.start) == ("状态时间", NOW)

    def test_refreshed_twice_says_the_same(self):
        made = book(Problems=[problem(**REFUSED)])
        first = refreshed(made, "WT-2026-0001")
        assert refreshed(made, "WT-2026-0001") == first

    def test_is_none_where_the_date_is_of_this_round(self):
        row = problem(last_state="处理中", state_since=at(4), solved_at=at(5, 9), deadline=at(5))
        assert refreshed(book(Problems=[row]), "WT-2026-0001")["light"] == "黄"  # solved; only feedback is late

    def test_is_none_where_a_bare_date_may_be_later_that_day(self):
        row = problem(last_state="处理中", state_since=at(5, 9), solved_at=at(5), deadline=at(5))
        assert refreshed(book(Problems=[row]), "WT-2026-0001")["light"] == "黄"

    def test_is_none_in_a_life_that_never_goes_back(self):
        row = emergency(last_state="方案执行", state_since=at(6, 9, 30), escalated_at=at(6, 9))
        assert refreshed(book(Emergencies=[row]), "JJ-2026-0001", at(6, 11, 45))["light"] == "绿"


class TestOutcome:
    @pytest.mark.parametrize(
        ("done", "is_on_time"),
        [(at(12, 18), "是"), (at(12), "是"), (at(12, 18, 1), "否"), (at(13), "否")],
    )
    def test_done_at_the_due_time_is_on_time(self, done, is_on_time):
        row = refreshed(book(Tasks=[task(state="已完成", done_at=done)]), "RW-2026-0001", at(20))
        assert row["is_on_time"] == is_on_time

    def test_elapsed_counts_working_days_from_the_beginning(self):
        """From 13 February the 14th and the 24th are worked, and nothing between."""
        row = task(created_at=datetime(2026, 2, 13, 9), state="已完成", done_at=datetime(2026, 2, 24, 9))
        assert refreshed(book(Tasks=[row]), "RW-2026-0001")["elapsed_workdays"] == 2

    def test_an_open_matter_has_neither(self):
        row = refreshed(book(Tasks=[task()]), "RW-2026-0001")
        assert "is_on_time" not in row
        assert "elapsed_workdays" not in row

    def test_a_cancelled_task_is_not_judged(self):
        assert "is_on_time" not in refreshed(book(Tasks=[task(state="已取消")]), "RW-2026-0001")

    def test_minutes_signed_in_time(self):
        row = held(state="已分发", minutes_signed_at=at(6, 15, 30))
        assert refreshed(book(Meetings=[row]), "HY-2026-0001")["is_on_time"] == "是"


class TestOriginalDue:
    def test_is_kept_when_the_deadline_moves(self):
        made = book(Problems=[problem(original_due=at(18, 18), deadline=at(25))])
        row = refreshed(made, "WT-2026-0001")
        assert (row["due"], row["original_due"]) == (at(25, 18), at(18, 18))

    def test_is_not_yet_there_before_the_matter_is_a_promise(self):
        row = refreshed(book(Coordination=[coordination(state="沟通中")]), "XT-2026-0001")
        assert "original_due" not in row
        assert "original_due" not in refreshed(book(Problems=[problem(state="已提报")]), "WT-2026-0001")

    def test_is_there_from_the_promise_on(self):
        made = book(Coordination=[coordination(state="已达成共识")])
        assert refreshed(made, "XT-2026-0001")["original_due"] == at(16, 18)

    def test_of_a_task_is_there_at_once(self):
        assert refreshed(book(Tasks=[task(state="待办")]), "RW-2026-0001")["original_due"] == at(12, 18)


class TestTaskProgress:
    def test_counts_finished_of_all_but_not_the_cancelled(self):
        states = ("已完成", "已完成", "进行中", "已取消", "挂账")
        tasks = [
            task(id=f"RW-2026-{n:04}", source="XT-2026-0001", state=state) for n, state in enumerate(states, start=1)
        ]
        made = book(Coordination=[coordination()], Tasks=[*tasks, task(id="RW-2026-0009", source="HY-2026-0001")])
        assert refreshed(made, "XT-2026-0001")["task_progress"] == "2/4"

    def test_is_blank_without_tasks(self):
        assert "task_progress" not in refreshed(book(Meetings=[meeting()]), "HY-2026-0001")


def test_every_computed_column_that_is_owned_is_the_same_at_once_and_later():
    made = book(Coordination=[coordination()], Tasks=[task(source="XT-2026-0001")])
    refreshed(made, "XT-2026-0001")
    first = row_of(made, "XT-2026-0001")
    refreshed(made, "XT-2026-0001")
    assert row_of(made, "XT-2026-0001") == first
