"""The answer clocks of 发文记录, walked through time on real refreshes. Source: A2, A4, A6, B7.

2026: 6 March is a Friday; 13 February a Friday before a worked Saturday and the nine days of Spring Festival.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from coordination_xl import check
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema.vocabulary import RUNG
from tests.builders import (
    REST_2026,
    WORKED_WEEKENDS_2026,
    book,
    closing_after,
    dispatch,
    dues,
    emergency,
    problem,
    refreshed,
    rules,
)
from tests.worktime.walker import Walker

ID = "TZ-2026-0001"


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


FRIDAY_EVENING = at(3, 6, 17, 30)
MESSAGE = {"channel": "即时通讯", "answer_needed": "无"}
LETTER = {"channel": "OA", "answer_needed": "已阅"}
REQUEST = {"channel": "邮件", "answer_needed": "配合答复"}
QUESTION = {"channel": "书面", "answer_needed": "回复"}
KINDS = {"A2": MESSAGE, "A4": LETTER, "A6": REQUEST, "B7": QUESTION}


def sent(rule: str, when: datetime, **more: object) -> dict[str, object]:
    return dispatch(**KINDS[rule], created_at=when, sent_at=when, **more)


def stands(row: dict[str, object], now: datetime) -> dict[str, object]:
    """The row after a refresh at ``now``."""
    found = refreshed(book(Dispatch=[row], Problems=[problem()]), ID, now)
    keys = ("light", "due", "overdue_workdays", "overdue_hours", "certainty")
    return {key: found[key] for key in keys if key in found}


def clocks(row: dict[str, object], **more: object) -> dict[str, datetime]:
    made = book(Dispatch=[row], Problems=[problem()], Emergencies=[emergency()], **more)
    return {rule: due for (record, rule), due in dues(made).items() if record == ID}


def rung(row: dict[str, object], now: datetime) -> str:
    """Who is to be rung: the highest rung of its late clocks, ``""`` where none is late."""
    plan = Plan.of(Ledgers.read(book(Dispatch=[row])), now)
    schedule = next(each for each in plan.schedules if each.ledger.table.name == "Dispatch")
    reached = [clock.timer.ladder.rung(clock.lateness(now, plan.basis.calendar))[0] for clock in schedule.clocks]
    return (*RUNG.words, "")[max(reached)]


class TestMessage:
    """A2: two working hours."""

    DUE = at(3, 9, 10, 30)
    """Half an hour on Friday, an hour and a half on Monday."""

    @pytest.mark.parametrize(
        ("now", "light", "hours"),
        [
            (at(3, 6, 17, 31), "绿", None),
            (at(3, 7, 12), "绿", None),
            (at(3, 9, 10, 1), "蓝", None),
            (at(3, 9, 10, 30), "蓝", None),
            (at(3, 9, 10, 31), "红", 0),
            (at(3, 9, 12, 30), "红", 1.5),
            (at(3, 9, 18), "红", 6),
            (at(3, 10, 9), "红", 6),
        ],
        ids=[
            "just sent",
            "Saturday",
            "last half hour",
            "now is not late",
            "a minute after",
            "lunch",
            "closing",
            "next opening",
        ],
    )
    def test_of_friday_evening_is_due_on_monday(self, now, light, hours):
        expected = {"light": light, "due": self.DUE, "certainty": "正式"}
        assert stands(sent("A2", FRIDAY_EVENING), now) == expected | ({} if hours is None else {"overdue_hours": hours})

    @pytest.mark.parametrize(
        ("when", "due"),
        [
            (at(3, 6, 9), at(3, 6, 11)),
            (at(3, 6, 11, 30), at(3, 6, 15)),
            (at(3, 6, 12, 30), at(3, 6, 15, 30)),
            (at(3, 6, 16), at(3, 6, 18)),
            (at(3, 6, 22), at(3, 9, 11)),
            (at(2, 13, 17), at(2, 14, 10)),
            (at(2, 14, 17), at(2, 24, 10)),
            (at(10, 7, 12), at(10, 8, 11)),
            (at(10, 10, 17), at(10, 12, 10)),
            (at(3, 6), at(3, 6, 11)),
        ],
        ids=["morning", "over lunch", "at lunch", "to closing", "at night", "worked Saturday", "over Spring Festival",
             "last day of National Day", "from a worked Saturday", "a bare date"],
    )  # fmt: skip
    def test_runs_in_working_hours_only(self, when, due):
        assert clocks(sent("A2", when)) == {"A2": due}

    def test_agrees_with_a_walk_minute_by_minute(self):
        council = dict.fromkeys(REST_2026, (False, None)) | dict.fromkeys(WORKED_WEEKENDS_2026, (True, None))
        walker = Walker(range(5), {weekday: [(540, 720), (810, 1080)] for weekday in range(7)}, council)
        starts = [at(1, 1, 7) + timedelta(hours=31 * n, minutes=7 * n) for n in range(260)]
        rows = [sent("A2", when, id=f"TZ-2026-{n:04}") for n, when in enumerate(starts)]
        found = dues(book(Dispatch=rows, Problems=[problem()]))
        wrong = {row["id"] for row in rows if found[row["id"], "A2"] != walker.add_minutes(row["sent_at"], 120)}
        assert wrong == set()

    @pytest.mark.parametrize(
        ("now", "who"),
        [
            (at(3, 9, 10, 30), ""),
            (at(3, 9, 10, 31), "责任人"),
            (at(3, 9, 13, 59), "责任人"),
            (at(3, 9, 14), "部门负责人"),
            (at(3, 20, 9), "部门负责人"),
        ],
        ids=["due", "late", "not yet two working hours", "two working hours", "weeks"],
    )
    def test_rings_the_head_after_two_working_hours(self, now, who):
        assert rung(sent("A2", FRIDAY_EVENING), now) == who

    @pytest.mark.parametrize("channel", ["邮件", "OA", "书面"])
    def test_by_another_channel_is_none(self, channel):
        assert clocks(sent("A2", FRIDAY_EVENING) | {"channel": channel}) == {}

    @pytest.mark.parametrize("channel", ["钉钉", "企业微信", "微信"])
    def test_by_any_messenger_is_one(self, channel):
        assert clocks(sent("A2", FRIDAY_EVENING) | {"channel": channel}) == {"A2": self.DUE}

    @pytest.mark.parametrize("source", ["JJ-2026-0001", " ＪＪ-2026-0001"])
    def test_of_an_emergency_is_not_under_this_rule(self, source):
        row = sent("A2", FRIDAY_EVENING, source=source, kind="紧急事项报告")
        assert clocks(row) == {}
        found = refreshed(book(Dispatch=[row], Emergencies=[emergency()]), ID, at(3, 20, 9))
        assert "due" not in found
        assert "light" not in found

    def test_that_asks_a_cooperating_department_owes_both(self):
        row = sent("A2", FRIDAY_EVENING) | {"answer_needed": "配合答复"}
        assert clocks(row) == {"A2": self.DUE, "A6": at(3, 9, 18)}
        emergency_row = row | {"source": "JJ-2026-0001"}
        assert clocks(emergency_row) == {"A6": at(3, 9, 18)}

    def test_that_was_read_still_owes_the_cooperating_answer(self):
        row = sent("A2", FRIDAY_EVENING) | {"answer_needed": "配合答复", "read_at": at(3, 9, 9, 10)}
        assert stands(row, at(3, 9, 11)) == {"light": "绿", "due": at(3, 9, 18), "certainty": "正式"}
        assert stands(row, at(3, 9, 18, 1))["light"] == "红"


class TestOneWorkday:
    """A4, A6 and B7: one working day."""

    @pytest.mark.parametrize("rule", ["A4", "A6", "B7"])
    @pytest.mark.parametrize(
        ("when", "due"),
        [
            (FRIDAY_EVENING, at(3, 9, 18)),
            (at(3, 7, 10), at(3, 9, 18)),
            (at(2, 13, 9), at(2, 14, 18)),
            (at(2, 14, 9), at(2, 24, 18)),
            (at(2, 27, 23), at(2, 28, 18)),
            (at(4, 30, 9), at(5, 6, 18)),
            (at(10, 9, 17), at(10, 10, 18)),
        ],
        ids=["Friday", "Saturday", "before a worked Saturday", "on it", "late at night", "Labour Day", "National Day"],
    )
    def test_ends_at_closing_of_the_next_working_day(self, rule, when, due):
        assert clocks(sent(rule, when)) == {rule: due}
        assert due == closing_after(when, 1)

    @pytest.mark.parametrize("rule", ["A4", "A6", "B7"])
    @pytest.mark.parametrize(
        ("now", "light", "workdays"),
        [
            (at(3, 6, 18), "绿", None),
            (at(3, 9, 17), "蓝", None),
            (at(3, 9, 18), "蓝", None),
            (at(3, 9, 18, 1), "红", None),
            (at(3, 10, 9), "红", 1),
            (at(3, 14, 9), "红", 4),
            (at(3, 16, 9), "红", 5),
        ],
        ids=["sent", "last hour", "now is not late", "the same evening", "Tuesday", "Saturday", "Monday"],
    )
    def test_is_late_after_it_only(self, rule, now, light, workdays):
        expected = {"light": light, "due": at(3, 9, 18), "certainty": "正式"}
        expected |= {} if workdays is None else {"overdue_workdays": workdays}
        assert stands(sent(rule, FRIDAY_EVENING), now) == expected

    @pytest.mark.parametrize("rule", ["A4", "A6", "B7"])
    @pytest.mark.parametrize(
        ("now", "who"),
        [(at(3, 9, 18), ""), (at(3, 9, 18, 1), "责任人"), (at(3, 10, 23), "责任人"), (at(3, 11), "部门负责人")],
        ids=["due", "late", "one working day", "two working days"],
    )
    def test_rings_the_head_after_two_working_days(self, rule, now, who):
        assert rung(sent(rule, FRIDAY_EVENING), now) == who

    def test_of_an_emergencys_letter_runs_all_the_same(self):
        assert clocks(sent("A4", FRIDAY_EVENING, source="JJ-2026-0001")) == {"A4": at(3, 9, 18)}

    def test_into_a_year_without_days_is_provisional(self):
        late = sent("A6", at(12, 31, 9))
        assert stands(late, at(12, 31, 10)) == {"light": "绿", "due": datetime(2027, 1, 1, 18), "certainty": "暂定"}


STOPS = [
    ("A2", "answered_at", True), ("A2", "read_at", True), ("A4", "read_at", True), ("A4", "answered_at", True),
    ("A6", "answered_at", True), ("A6", "read_at", False), ("B7", "answered_at", True), ("B7", "read_at", False),
]  # fmt: skip
"""Of a message and a letter the reading is asked for; of a request only the answer counts."""


class TestAnswer:
    @pytest.mark.parametrize(("rule", "column", "stops"), STOPS)
    def test_stops_the_clock_for_good(self, rule, column, stops):
        row = sent(rule, FRIDAY_EVENING) | {column: at(3, 9, 9, 30)}
        found = stands(row, at(3, 20, 9))
        assert found["light"] == ("灰" if stops else "红")
        assert ("overdue_workdays" in found or "overdue_hours" in found) is not stops
        assert rung(row, at(3, 20, 9)) == ("" if stops else "部门负责人")

    @pytest.mark.parametrize("rule", KINDS)
    def test_that_comes_late_stops_it_too(self, rule):
        row = sent(rule, FRIDAY_EVENING) | {"answered_at": at(3, 19, 9)}
        assert stands(row, at(3, 20, 9))["light"] == "灰"
        assert rung(row, at(3, 20, 9)) == ""

    @pytest.mark.parametrize("rule", KINDS)
    def test_is_what_refresh_sees_between_two_looks(self, rule):
        made = book(Dispatch=[sent(rule, FRIDAY_EVENING)], Problems=[problem()])
        assert refreshed(made, ID, at(3, 20, 9))["light"] == "红"
        answered = book(Dispatch=[sent(rule, FRIDAY_EVENING, answered_at=at(3, 20, 10))], Problems=[problem()])
        after = refreshed(answered, ID, at(3, 20, 11))
        assert (after["light"], "overdue_workdays" in after, "overdue_hours" in after) == ("灰", False, False)


class TestNoClock:
    @pytest.mark.parametrize("state", ["待发送", "发送中", "失败", "待核实"])
    @pytest.mark.parametrize("rule", KINDS)
    def test_of_what_was_not_sent(self, rule, state):
        assert clocks(sent(rule, FRIDAY_EVENING, state=state)) == {}

    @pytest.mark.parametrize("rule", KINDS)
    def test_without_the_time_of_sending(self, rule):
        assert clocks(sent(rule, FRIDAY_EVENING) | {"sent_at": None}) == {}

    @pytest.mark.parametrize("answer", ["无", ""])
    def test_where_nothing_is_asked_for(self, answer):
        assert clocks(dispatch(answer_needed=answer)) == {}

    @pytest.mark.parametrize("rule", KINDS)
    def test_where_the_rule_is_switched_off(self, rule):
        assert clocks(sent(rule, FRIDAY_EVENING), Rules=rules(**{rule: {"is_active": "否"}})) == {}


@pytest.mark.parametrize("rule", KINDS)
def test_a_read_dispatch_goes_on_under_its_rule(rule):
    """The state 已阅 alone, without a time, answers nothing."""
    assert clocks(sent(rule, FRIDAY_EVENING, state="已阅")) == clocks(sent(rule, FRIDAY_EVENING)) != {}


def test_the_numbers_are_those_of_the_sheet():
    sheet = rules(A2={"amount": 4}, A4={"amount": 2}, A6={"amount": 3}, B7={"amount": 0})
    found = {rule: clocks(sent(rule, FRIDAY_EVENING), Rules=sheet)[rule] for rule in KINDS}
    assert found == {"A2": at(3, 9, 14), "A4": at(3, 10, 18), "A6": at(3, 11, 18), "B7": at(3, 6, 18)}


def test_rows_without_a_flaw_stay_so():
    rows = [sent(rule, FRIDAY_EVENING, id=f"TZ-2026-{n:04}") for n, rule in enumerate(KINDS, start=1)]
    assert check(book(Dispatch=rows, Problems=[problem()]), at(3, 20, 9)).findings == ()
