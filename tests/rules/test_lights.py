"""One word that says how a matter stands, at the second where it changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import (
    book,
    coordination,
    dispatch,
    emergency,
    held,
    meeting,
    problem,
    progress,
    refreshed,
    settings,
    task,
)

SECOND = timedelta(seconds=1)
DUE = datetime(2026, 3, 12, 18)
"""When the task of the builders is due; its feedback is given every day."""


def reported(record: str, until: datetime) -> list[dict[str, object]]:
    return [progress(record, until - timedelta(minutes=1))]


def light(now: datetime, **tables: list[dict[str, object]]) -> str:
    first = next(iter(tables.values()))[0]
    return str(refreshed(book(**tables), str(first["id"]), now).get("light", ""))


def light_of_task(now: datetime, **values: object) -> str:
    return light(now, Tasks=[task(**values)], Progress=reported("RW-2026-0001", now))


class TestRed:
    def test_due_now_is_not_overdue(self):
        assert light_of_task(DUE) == "蓝"

    def test_a_second_later_is_overdue(self):
        assert light_of_task(DUE + SECOND) == "红"

    def test_due_today_is_not_overdue(self):
        assert light_of_task(datetime(2026, 3, 12, 9)) == "蓝"

    def test_goes_before_yellow(self):
        assert light(DUE + SECOND, Tasks=[task()]) == "红"

    def test_a_date_with_a_clock_is_overdue_after_the_clock(self):
        assert light_of_task(datetime(2026, 3, 12, 15, 0), deadline=datetime(2026, 3, 12, 15)) == "蓝"
        assert light_of_task(datetime(2026, 3, 12, 15, 0, 1), deadline=datetime(2026, 3, 12, 15)) == "红"

    def test_what_was_done_late_is_not_red(self, now):
        row = problem(state="待验收", deadline=datetime(2026, 3, 4), solved_at=datetime(2026, 3, 5, 9))
        assert light(now, Problems=[row]) == "绿"

    def test_an_emergency_is_red_by_the_minute(self):
        assert light(datetime(2026, 3, 6, 11, 30), Emergencies=[emergency()]) == "蓝"
        assert light(datetime(2026, 3, 6, 11, 30, 1), Emergencies=[emergency()]) == "红"


class TestYellow:
    def test_a_late_feedback(self):
        assert light(datetime(2026, 3, 5, 18), Problems=[problem()]) == "绿"
        assert light(datetime(2026, 3, 5, 18, 0, 1), Problems=[problem()]) == "黄"

    def test_goes_before_blue(self):
        assert light(datetime(2026, 3, 17, 10), Problems=[problem()]) == "黄"

    def test_a_late_step_on_the_way(self):
        row = problem(state="已提报", dispatched_at=None)
        assert light(datetime(2026, 3, 3, 18), Problems=[row]) == "绿"
        assert light(datetime(2026, 3, 3, 18, 0, 1), Problems=[row]) == "黄"

    def test_feedback_makes_it_green_again(self):
        now = datetime(2026, 3, 6, 10)
        assert light(now, Problems=[problem()], Progress=reported("WT-2026-0001", now)) == "绿"

    def test_a_first_call_that_came_late_is_past_and_gone(self):
        row = emergency(
            first_told_at=datetime(2026, 3, 6, 9, 0), reported_at=None, plan_approved_at=None, state="已上报"
        )
        assert light(datetime(2026, 3, 6, 8, 59), Emergencies=[row | {"first_told_at": None}]) == "黄"
        assert light(datetime(2026, 3, 6, 8, 40), Emergencies=[row]) == "绿"


class TestBlue:
    """Two working days, or a quarter of the span if that is shorter."""

    def test_exactly_two_working_days_before(self):
        assert light_of_task(datetime(2026, 3, 9, 23, 59, 59)) == "绿"
        assert light_of_task(datetime(2026, 3, 10, 0, 0)) == "蓝"

    def test_a_rest_day_does_not_use_up_the_window(self):
        due = datetime(2026, 3, 9, 18)
        created = datetime(2026, 2, 2, 9)
        assert light_of_task(datetime(2026, 3, 4, 23), deadline=due, created_at=created) == "绿"
        assert light_of_task(datetime(2026, 3, 5, 9), deadline=due, created_at=created) == "蓝"

    def test_a_quarter_of_a_short_span(self):
        """09:00 on the 3rd to 18:00 on the 4th: 15 working hours, a quarter is 3:45."""
        short = {"created_at": datetime(2026, 3, 3, 9), "deadline": datetime(2026, 3, 4)}
        assert light_of_task(datetime(2026, 3, 4, 14, 14, 59), **short) == "绿"
        assert light_of_task(datetime(2026, 3, 4, 14, 15), **short) == "蓝"

    def test_a_quarter_of_an_hour_on_the_wall(self):
        row = emergency(state="已上报", reported_at=None, plan_approved_at=None)
        assert light(datetime(2026, 3, 6, 8, 44, 59), Emergencies=[row]) == "绿"
        assert light(datetime(2026, 3, 6, 8, 45), Emergencies=[row]) == "蓝"

    def test_minutes_of_a_meeting_have_their_own_span(self):
        """Twenty-four hours from its end, however long ago it was applied for: a quarter is six."""
        row = held(applied_at=datetime(2026, 1, 5, 9))
        assert light(datetime(2026, 3, 6, 9, 29, 59), Meetings=[row]) == "绿"
        assert light(datetime(2026, 3, 6, 9, 30), Meetings=[row]) == "蓝"

    def test_the_window_is_a_setting(self):
        wider = settings(**{"预警窗口（工作日）": "3", "预警窗口（占时限比例）": "100%"})
        now = datetime(2026, 3, 9, 9)
        assert light_of_task(now) == "绿"
        assert light(now, Tasks=[task()], Progress=reported("RW-2026-0001", now), Settings=wider) == "蓝"

    def test_the_share_is_a_setting(self):
        short = task(created_at=datetime(2026, 3, 3, 9), deadline=datetime(2026, 3, 4))
        now = datetime(2026, 3, 4, 9)
        assert light(now, Tasks=[short]) == "绿"
        assert light(now, Tasks=[short], Settings=settings(**{"预警窗口（占时限比例）": "0.5"})) == "蓝"


class TestGrey:
    @pytest.mark.parametrize(
        "row",
        [
            task(state="已完成", done_at=datetime(2026, 3, 5)),
            task(state="已取消"),
            task(state="挂账", paused_at=datetime(2026, 3, 3), pause_reason="等批复"),
        ],
        ids=["done", "cancelled", "paused"],
    )
    def test_nothing_is_owed(self, row):
        assert light(datetime(2026, 6, 1), Tasks=[row]) == "灰"

    def test_a_matter_paused_by_date(self):
        row = coordination(paused_at=datetime(2026, 3, 5, 9), pause_reason="等预算")
        assert light(datetime(2026, 6, 1), Coordination=[row]) == "灰"
        assert light(datetime(2026, 6, 1), Coordination=[row | {"resumed_at": datetime(2026, 3, 6)}]) == "红"

    def test_a_pause_that_has_not_begun_does_not_count(self):
        row = coordination(paused_at=datetime(2026, 3, 9, 9), pause_reason="等预算")
        assert light(datetime(2026, 3, 6, 10), Coordination=[row]) == "绿"

    def test_a_refused_meeting(self, now):
        assert light(now, Meetings=[meeting(state="驳回")]) == "灰"

    def test_an_answered_dispatch(self, now):
        row = dispatch(answer_needed="已阅", read_at=datetime(2026, 3, 6, 9, 30))
        assert light(now, Dispatch=[row]) == "灰"


class TestNoLight:
    @pytest.mark.parametrize("state", ["草稿", "退回"])
    def test_a_draft(self, state, now):
        assert light(now, Problems=[problem(state=state)]) == ""

    def test_no_due_time_must_not_look_as_if_all_were_well(self, now):
        assert (
            light(now, Problems=[problem(deadline=None, wished_by=None)], Progress=reported("WT-2026-0001", now)) == ""
        )

    def test_a_state_that_nobody_knows(self, now):
        assert light(now, Problems=[problem(state="差不多了")]) == ""

    def test_a_dispatch_that_wants_no_answer(self, now):
        assert light(now, Dispatch=[dispatch()]) == ""


class TestOverdue:
    @pytest.mark.parametrize(
        ("now", "days"),
        [
            (datetime(2026, 2, 13, 18), None),
            (datetime(2026, 2, 13, 19), None),
            (datetime(2026, 2, 14, 8), 1),
            (datetime(2026, 2, 23, 23), 1),
            (datetime(2026, 2, 24, 0), 2),
            (datetime(2026, 3, 2, 9), 7),
        ],
    )
    def test_days_are_working_days_after_the_due_day_up_to_today(self, now, days):
        made = book(Tasks=[task(deadline=datetime(2026, 2, 13), created_at=datetime(2026, 2, 2))])
        assert refreshed(made, "RW-2026-0001", now).get("overdue_workdays") == days

    def test_hours_where_the_rule_counts_hours(self):
        row = refreshed(book(Meetings=[held()]), "HY-2026-0001", datetime(2026, 3, 6, 18, 6))
        assert (row["overdue_hours"], row.get("overdue_workdays")) == (2.6, None)

    def test_working_hours_where_the_rule_counts_those(self):
        row = dispatch(channel="即时通讯", sent_at=datetime(2026, 3, 6, 16))
        found = refreshed(book(Dispatch=[row]), "TZ-2026-0001", datetime(2026, 3, 9, 10))
        assert (found["overdue_hours"], found["light"]) == (1.0, "红")

    def test_is_blank_once_the_matter_is_paused(self):
        row = coordination(paused_at=datetime(2026, 3, 17), pause_reason="等预算")
        found = refreshed(book(Coordination=[row]), "XT-2026-0001", datetime(2026, 4, 1))
        assert "overdue_workdays" not in found
        assert "escalation" not in found
