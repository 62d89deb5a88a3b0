"""Everyday contact: how fast people answer, and the meetings that come round by themselves.

The calendar of 2026 here: Friday 25 to Sunday 27 September and 1 to 8 October (but the 8th) are rest, Saturday 10 October
is worked. Working hours are 09:00–12:00 and 13:30–18:00.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import recur, refresh
from tests.builders import emergency, problem, recurring
from tests.flows.office import stage

TZ, WT, JJ = "TZ-2026-0001", "WT-2026-0001", "JJ-2026-0001"


def at(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@stage
def busy(office):
    """An office with a problem and an emergency under way."""
    return office(Problems=[problem()], Emergencies=[emergency()])


@pytest.fixture
def mailroom(busy):
    """``mailroom(when, …)`` sends something about the problem."""

    def send(*when: int, **values: object):
        busy.wait(*when)
        busy.adds("Dispatch", **{"id": TZ, "title": "关于退货积压", "kind": "问题分派通知", "source": WT, "state": "已发送",
                                 "recipients": "技术部*工程师", "channel": "邮件", "answer_needed": "无",
                                 "sent_at": busy.now} | values)  # fmt: skip
        return busy.at(*when)

    return send


class TestInstantMessages:
    """A2: answered within two working hours; emergencies go by their own clocks."""

    @pytest.mark.parametrize(
        ("sent", "due"),
        [
            ((9, 23, 9, 30), at(9, 23, 11, 30)),
            ((9, 23, 11, 0), at(9, 23, 14, 30)),  # over noon
            ((9, 23, 16, 0), at(9, 23, 18, 0)),  # at closing, not at the next opening
            ((9, 24, 17, 0), at(9, 28, 10, 0)),  # over the festival
            ((9, 26, 15, 0), at(9, 28, 11, 0)),  # on a rest day
            ((10, 9, 17, 30), at(10, 10, 10, 30)),  # into the make-up Saturday
        ],
    )
    def test_are_due_two_working_hours_later(self, sent, due, mailroom):
        made = mailroom(*sent, channel="即时通讯")
        assert made.sees(TZ, "due") == (due,)
        assert made.clocks(TZ) == {"A2"}

    def test_late_they_are_red_by_working_hours(self, mailroom):
        made = mailroom(9, 24, 17, 0, channel="即时通讯")
        assert made.at(9, 28, 10, 0).sees(TZ, "light", "overdue_hours") == ("蓝", None)
        assert made.at(9, 28, 14, 30).sees(TZ, "light", "overdue_hours", "overdue_workdays") == ("红", 3.0, None)

    def test_an_answer_settles_them(self, mailroom):
        made = mailroom(9, 23, 9, 30, channel="即时通讯")
        made.wait(9, 23, 11)
        made.types(TZ, answered_at=made.now)
        assert made.at(9, 24, 9).sees(TZ, "light", "overdue_hours") == ("灰", None)

    def test_of_an_emergency_are_not_held_to_it(self, mailroom):
        made = mailroom(9, 23, 9, 30, channel="即时通讯", source=JJ)
        assert made.sees(TZ, "light", "due") == (None, None)


class TestWriting:
    """A4, A6, B7: 已阅, a cooperating department's answer, a receiver's questions, each within a working day."""

    @pytest.mark.parametrize(("needed", "rule"), [("已阅", "A4"), ("配合答复", "A6"), ("回复", "B7")])
    def test_is_answered_by_the_end_of_the_next_working_day(self, needed, rule, mailroom):
        made = mailroom(9, 24, 10, answer_needed=needed)
        assert made.clocks(TZ) == {rule}
        assert made.sees(TZ, "light", "due") == ("绿", at(9, 28))
        assert made.at(9, 28, 18, 0).sees(TZ, "light", "overdue_workdays") == ("蓝", None)
        assert made.at(9, 29).sees(TZ, "light", "overdue_workdays", "overdue_hours") == ("红", 1.0, None)

    @pytest.mark.parametrize(
        ("needed", "column", "light"),
        [
            ("已阅", "read_at", "灰"),
            ("已阅", "answered_at", "灰"),
            ("配合答复", "read_at", "红"),  # having read is no answer
            ("配合答复", "answered_at", "灰"),
            ("回复", "read_at", "红"),
            ("回复", "answered_at", "灰"),
        ],
    )
    def test_is_settled_by_what_was_asked_for(self, needed, column, light, mailroom):
        made = mailroom(9, 23, 10, answer_needed=needed)
        made.types(TZ, **{column: at(9, 23, 15)})
        assert made.at(9, 28).sees(TZ, "light") == (light,)

    def test_that_wants_no_answer_has_no_clock(self, mailroom):
        assert mailroom(9, 23, 10).at(10, 20).sees(TZ, "light", "due") == (None, None)

    def test_that_has_not_gone_out_has_no_clock(self, mailroom):
        made = mailroom(9, 23, 10, answer_needed="已阅", state="失败", sent_at=None, failure="邮箱不存在")
        assert made.at(10, 20).sees(TZ, "light", "due") == (None, None)


class TestRegularMeetings:
    """A3: the weekly meeting of a department and the monthly one of a project, moved off rest days."""

    def test_weekly_ones_stand_in_the_ledger_and_need_no_application(self, office):
        made = office(Recurring=[recurring()])
        made.wait(10, 8, 9)
        made.run(recur, weeks=2)
        rows = made.rows("Meetings")
        # Monday the 5th is rest, so the first one is moved to Thursday the 8th.
        assert [row["starts_at"] for row in rows] == [at(10, 8, 9, 30), at(10, 12, 9, 30), at(10, 19, 9, 30)]
        assert all(str(row["title"]).startswith("技术部周会") for row in rows)
        assert {(row["state"], row["meeting_type"], row["host"]) for row in rows} == {
            ("已批准", "部门周会", "技术部*经理")
        }
        assert made.faults("HY-2026-0001") == []
        assert not [change for change in made.run(refresh).changes.columns if change.table == "Meetings"]

    def test_month_end_ones_leave_the_rest_days(self, office):
        made = office(
            Recurring=[recurring(meeting_type="项目月度会", recurrence="每月末", weekday=None, title="项目月度会")]
        )
        made.wait(9, 1, 9)
        made.run(recur, weeks=9)
        # 30 September is the last working day of its month; 31 October is a Saturday, so Friday the 30th.
        assert [row["starts_at"] for row in made.rows("Meetings")] == [at(9, 30, 9, 30), at(10, 30, 9, 30)]

    def test_planned_twice_they_stand_there_once(self, office):
        made = office(Recurring=[recurring()])
        made.wait(10, 8, 9)
        made.run(recur, weeks=2)
        before = made.path.read_bytes()
        assert not made.run(recur, weeks=2).changes
        assert made.path.read_bytes() == before
