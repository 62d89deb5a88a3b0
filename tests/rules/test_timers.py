"""Every rule of the mechanism on one example, counted by hand on the State Council's calendar of 2026.

That calendar, as far as it matters here: 13 February is a Friday, Saturday 14 is worked, 15 to 23 are the Spring Festival,
Saturday 28 is worked; 1 to 5 May and 1 to 7 October are rest, Saturdays 9 May and 10 October are worked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from coordination_xl.schema.timers import TIMERS
from tests.builders import (
    book,
    closing_after,
    coordination,
    dispatch,
    dues,
    emergency,
    held,
    is_worked,
    ledgers,
    meeting,
    problem,
    progress,
    refreshed,
    row_of,
    rules,
    task,
)


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


class Case(NamedTuple):
    rule: str
    row: dict[str, object]
    due: datetime
    why: str


NIGHT = at(5, 2, 21, 50)
"""A Saturday of the Labour Day holiday."""

CASES = (
    Case("A2", dispatch(channel="即时通讯", sent_at=at(2, 13, 17)), at(2, 14, 10), "one hour on Friday, one on Saturday"),
    Case("A2", dispatch(channel="即时通讯", sent_at=at(3, 6, 11)), at(3, 6, 14, 30), "the lunch break does not count"),
    Case("A2", dispatch(channel="即时通讯", sent_at=at(3, 6, 16)), at(3, 6, 18), "ending at closing is due then"),
    Case("A4", dispatch(answer_needed="已阅", sent_at=at(2, 14, 10)), at(2, 24, 18), "the festival is skipped"),
    Case("A6", dispatch(answer_needed="配合答复", sent_at=at(10, 9, 16)), at(10, 10, 18), "the make-up Saturday counts"),
    Case("A6", dispatch(answer_needed="配合答复", sent_at=at(3, 7, 16)), at(3, 9, 18), "one day from Saturday is Monday"),
    Case("B7", dispatch(answer_needed="回复", sent_at=at(9, 30, 9)), at(10, 8, 18), "a week of National Day"),
    Case("A9", problem(state="已提报", raised_at=at(2, 27, 9)), at(2, 28, 18), "the make-up Saturday counts"),
    Case("A9", problem(state="已提报", raised_at=at(3, 7, 23)), at(3, 9, 18), "one day from Saturday is Monday"),
    Case("A8-期望", problem(state="已提报", wished_by=at(3, 20)), at(3, 20, 18), "a bare date is its close of business"),
    Case("A8-期望", problem(state="已提报", wished_by=at(3, 22)), at(3, 22, 18), "a date on a Sunday stays there"),
    Case("A9-时限", problem(deadline=at(3, 18)), at(3, 18, 18), "a bare date is its close of business"),
    Case("A9-时限", problem(deadline=at(3, 18, 12)), at(3, 18, 12), "a clock that was written stays"),
    Case("A9-时限", problem(deadline=None, wished_by=at(3, 20)), at(3, 20, 18), "no deadline: the wish"),
    Case("A11-一般", problem(dispatched_at=at(2, 13, 11)), at(2, 24, 18), "the 14th and the 24th"),
    Case("A11-一般", problem(urgency="", dispatched_at=at(3, 3, 11)), at(3, 5, 18), "no urgency is 一般"),
    Case("A11-紧急", problem(urgency="紧急", dispatched_at=at(2, 14, 9)), at(2, 24, 18), "every working day"),
    Case("A11-紧急", problem(urgency="高", dispatched_at=at(3, 3, 11)), at(3, 4, 18), "高 means 紧急"),
    Case("A13", meeting(starts_at=at(2, 25, 14)), at(2, 13, 18), "before it: the 24th, the 14th, the 13th"),
    Case("A14", meeting(state="已批准", starts_at=at(2, 25, 14)), at(2, 14, 18), "before it: the 24th, the 14th"),
    Case("A14", meeting(state="申请", starts_at=at(10, 12, 9)), at(10, 9, 18), "before it: Saturday the 10th, the 9th"),
    Case("A14-召开", meeting(starts_at=at(3, 10, 14)), at(3, 10, 14), "when it begins"),
    Case("A16", held(ended_at=at(9, 30, 17, 30)), at(10, 1, 17, 30), "a day and a night, holiday or not"),
    Case("A17", task(created_at=at(2, 10, 10)), at(2, 24, 18), "a week on is the festival: the next working day"),
    Case("A17", task(created_at=at(3, 2, 16, 30)), at(3, 9, 18), "the same weekday"),
    Case("A17-决议", task(source="HY-2026-0001", deadline=at(3, 12)), at(3, 12, 18), "of a meeting"),
    Case("B5", task(deadline=at(3, 12, 15)), at(3, 12, 15), "of its own"),
    Case("A18", emergency(state="已上报", discovered_at=NIGHT), at(5, 2, 22, 20), "half an hour"),
    Case("A19", emergency(state="已上报", discovered_at=NIGHT), at(5, 2, 22, 50), "an hour"),
    Case("A20", emergency(state="已报告", discovered_at=NIGHT), at(5, 2, 23, 50), "two hours"),
    Case("A21", emergency(plan_approved_at=at(5, 2, 23)), at(5, 3, 3), "four hours, at night too"),
    Case("A21", emergency(plan_approved_at=None, reported_at=at(5, 2, 22, 30)), at(5, 3, 2, 30), "from the report, without a plan"),
    Case("A22", emergency(plan_approved_at=at(5, 2, 23)), at(5, 3, 1), "two hours from the plan's approval"),
    Case("A22", emergency(state="已报告", discovered_at=NIGHT, plan_approved_at=None), at(5, 3, 1, 50), "from the plan's due time"),
    Case("A22", emergency(discovered_at=NIGHT, plan_approved_at=None), at(5, 3, 1, 50), "the same when the plan is carried out"),
    Case("A23", emergency(state="已解决", resolved_at=at(5, 4, 10)), at(5, 8, 18), "from a rest day: the 6th, 7th, 8th"),
    Case("A23", emergency(state="已解决", resolved_at=at(5, 7, 10)), at(5, 11, 18), "the 8th, Saturday the 9th, the 11th"),
    Case("B-共识", coordination(state="沟通中", consensus_by=at(3, 4)), at(3, 4, 18), "its close of business"),
    Case("B-执行", coordination(), at(3, 16, 18), "the last of the tasks"),
    Case("B-执行", coordination(deadlines="腾出环境：3月12日；对账样例：3月16日"), at(3, 16, 18), "no year: beside 登记时间"),
    Case("B-执行", coordination(deadlines="", consensus_by=at(3, 4)), at(3, 4, 18), "no deadline: the wish"),
    Case("B3-一般", coordination(agreed_at=at(9, 28, 9)), at(10, 10, 18), "29, 30, 8, 9 and Saturday the 10th"),
    Case("B3-紧急", coordination(urgency="紧急", agreed_at=at(9, 29, 9)), at(10, 8, 18), "the 30th and the 8th"),
)  # fmt: skip

TABLE = {"XT": "Coordination", "RW": "Tasks", "WT": "Problems", "HY": "Meetings", "JJ": "Emergencies", "TZ": "Dispatch"}


def due_by_rule(row: dict[str, object], **more: object) -> dict[str, datetime]:
    """Rule → due time, of one row in a workbook of its own."""
    made = book(**{TABLE[str(row["id"])[:2]]: [row], **more})
    return {rule: due for (_, rule), due in dues(made).items()}


@pytest.fixture(scope="module")
def all_dues():
    """The due times of all examples, in one workbook: row ``n`` has the number ``n``."""
    tables: dict[str, list[dict[str, object]]] = {}
    for number, case in enumerate(CASES):
        prefix = str(case.row["id"])[:2]
        tables.setdefault(TABLE[prefix], []).append(case.row | {"id": f"{prefix}-2026-{number:04}"})
    return {(int(record[-4:]), rule): due for (record, rule), due in dues(book(**tables)).items()}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{CASES[number].rule}: {CASES[number].why}")
def test_rule_is_due(number, all_dues):
    assert all_dues[number, CASES[number].rule] == CASES[number].due


def test_every_rule_has_an_example():
    assert {case.rule for case in CASES} == {timer.rule for timer in TIMERS if timer.kind != "时长上限"}


def test_n_working_days_agree_with_walking_the_calendar():
    days = [datetime(2026, 1, 5, 11) + timedelta(days=step) for step in range(330)]
    rows = [problem(id=f"WT-2026-{1000 + n}", dispatched_at=day) for n, day in enumerate(days)]
    found = dues(book(Problems=rows))
    assert {row["id"]: found[row["id"], "A11-一般"] for row in rows} == {
        row["id"]: closing_after(row["dispatched_at"], 2) for row in rows
    }


def test_days_of_the_notice_are_told_apart():
    assert [is_worked(at(2, day).date()) for day in (13, 14, 15, 23, 24, 28)] == [True, True, False, False, True, True]


class TestFeedback:
    def test_restarts_at_the_last_feedback(self):
        heard = [progress("WT-2026-0001", at(3, 4, 15)), progress("WT-2026-0001", at(3, 3, 15))]
        assert due_by_rule(problem(), Progress=heard)["A11-一般"] == at(3, 6, 18)

    def test_of_a_task_counts_for_its_parent_too(self, now):
        made = book(
            Coordination=[coordination()],
            Tasks=[task(source="XT-2026-0001")],
            Progress=[progress("RW-2026-0001", at(3, 5, 15))],
        )
        assert refreshed(made, "XT-2026-0001", now)["next_feedback"] == at(3, 12, 18)
        assert row_of(made, "RW-2026-0001")["next_feedback"] == at(3, 12, 18)

    def test_of_another_matter_does_not_count(self):
        heard = [progress("WT-2026-0002", at(3, 4, 15))]
        assert due_by_rule(problem(), Progress=heard)["A11-一般"] == at(3, 5, 18)

    def test_from_after_now_does_not_count(self, now):
        heard = [progress("WT-2026-0001", now + timedelta(seconds=1))]
        assert due_by_rule(problem(), Progress=heard)["A11-一般"] == at(3, 5, 18)

    def test_before_the_trigger_does_not_count(self):
        heard = [progress("WT-2026-0001", at(3, 2, 15))]
        assert due_by_rule(problem(), Progress=heard)["A11-一般"] == at(3, 5, 18)

    @pytest.mark.parametrize(
        ("terms", "due"),
        [
            ("每2个工作日", at(3, 4, 18)),
            ("每两个工作日17:00前", at(3, 4, 17)),
            ("每日 17：30", at(3, 3, 17, 30)),
            ("每天", at(3, 3, 18)),
            ("每周", at(3, 9, 18)),
            ("每两周五前", at(3, 16, 18)),
            ("每４小时", at(3, 2, 20)),
            ("有变化随时说", at(3, 9, 18)),
            ("每0天", at(3, 9, 18)),
            ("", at(3, 9, 18)),
        ],
    )
    def test_as_agreed_goes_before_the_rule(self, terms, due):
        row = coordination(feedback_terms=terms, agreed_at=at(3, 2, 16))
        assert due_by_rule(row)["B3-一般"] == due

    def test_as_agreed_restarts_at_the_last_feedback(self):
        heard = [progress("XT-2026-0001", at(3, 5, 9))]
        row = coordination(feedback_terms="每2个工作日17:00前")
        assert due_by_rule(row, Progress=heard)["B3-一般"] == at(3, 9, 17)

    def test_is_owed_by_nobody_once_the_matter_waits_for_acceptance(self, now):
        row = refreshed(book(Problems=[problem(state="待验收", solved_at=at(3, 5, 9))]), "WT-2026-0001", now)
        assert "next_feedback" not in row


class TestOwnDue:
    def test_is_the_earliest_that_is_not_met(self, now):
        made = book(Emergencies=[emergency(state="已上报", discovered_at=at(3, 6, 9, 30), reported_at=None,
                                           plan_approved_at=None, first_told_at=at(3, 6, 9, 40))])  # fmt: skip
        assert refreshed(made, "JJ-2026-0001", now)["due"] == at(3, 6, 10, 30)

    def test_is_the_next_once_the_first_is_met(self, now):
        made = book(Emergencies=[emergency(state="已上报", discovered_at=at(3, 6, 9, 30), reported_at=at(3, 6, 9, 50),
                                           plan_approved_at=None, first_told_at=at(3, 6, 9, 40))])  # fmt: skip
        assert refreshed(made, "JJ-2026-0001", now)["due"] == at(3, 6, 11, 30)

    def test_moves_from_consensus_to_execution(self, now):
        made = book(Coordination=[coordination(state="沟通中")])
        assert refreshed(made, "XT-2026-0001", now)["due"] == at(3, 4, 18)
        made = book(Coordination=[coordination(state="已达成共识")])
        assert refreshed(made, "XT-2026-0001", now)["due"] == at(3, 16, 18)

    def test_is_not_there_for_a_draft(self, now):
        assert "due" not in refreshed(book(Coordination=[coordination(state="草稿")]), "XT-2026-0001", now)

    def test_of_a_text_without_any_date_is_the_wish(self, now):
        row = coordination(deadlines="腾出环境：尽快", consensus_by=at(3, 4))
        assert refreshed(book(Coordination=[row]), "XT-2026-0001", now)["due"] == at(3, 4, 18)


EVERY_LEDGER = {
    "Problems": [problem(), problem(id="WT-2026-0002", urgency="紧急"), problem(id="WT-2026-0003", state="已提报")],
    "Coordination": [coordination()],
    "Tasks": [task()],
    "Meetings": [meeting(state="已批准")],
    "Emergencies": [emergency()],
    "Dispatch": [dispatch(answer_needed="已阅")],
}


@pytest.fixture(scope="module")
def dues_before():
    return dues(book(**EVERY_LEDGER))


class TestSheetOfRules:
    """No number of the mechanism stands in code: what counts is what 时限规则 says."""

    @pytest.mark.parametrize(
        ("rule", "amount", "moved"),
        [
            ("A11_一般", 4, {("WT-2026-0001", "A11-一般"): at(3, 9, 18)}),
            ("A11_紧急", 3, {("WT-2026-0002", "A11-紧急"): at(3, 6, 18)}),
            ("A9", 2, {("WT-2026-0003", "A9"): at(3, 4, 18)}),
            ("A14", -1, {("HY-2026-0001", "A14"): at(3, 9, 18)}),
            ("A22", 3, {("JJ-2026-0001", "A22"): at(3, 6, 12, 30)}),
            ("A17", 2, {("RW-2026-0001", "A17"): at(3, 16, 18)}),
            ("A4", 2, {("TZ-2026-0001", "A4"): at(3, 10, 18)}),
            ("B3_一般", 1, {("XT-2026-0001", "B3-一般"): at(3, 3, 18)}),
        ],
    )
    def test_one_number_changes_exactly_the_matters_it_governs(self, rule, amount, moved, dues_before):
        after = dues(book(Rules=rules(**{rule: {"amount": amount}}), **EVERY_LEDGER))
        assert {key: due for key, due in after.items() if dues_before[key] != due} == moved

    def test_the_unit_counts(self):
        sheet = rules(A9={"amount": 3, "unit": "工作小时"})
        assert due_by_rule(problem(state="已提报", raised_at=at(3, 2, 11)), Rules=sheet)["A9"] == at(3, 2, 15, 30)

    def test_a_synonym_of_a_unit_counts_as_the_unit(self):
        sheet = rules(A9={"amount": 3, "unit": "天"})
        assert due_by_rule(problem(state="已提报", raised_at=at(3, 5, 11)), Rules=sheet)["A9"] == at(3, 8, 11)

    def test_a_rule_that_is_switched_off_stops(self):
        assert "A11-一般" not in due_by_rule(problem(), Rules=rules(A11_一般={"is_active": "否"}))

    def test_a_rule_that_is_switched_off_may_be_broken(self):
        sheet = rules(A9={"is_active": "否", "unit": "光年"})
        assert "A9" not in due_by_rule(problem(state="已提报"), Rules=sheet)

    def test_a_rule_that_others_start_from_may_be_switched_off(self):
        sheet = rules(A20={"is_active": "否"})
        assert due_by_rule(emergency(), Rules=sheet)["A22"] == at(3, 6, 11, 30)
        assert "A22" not in due_by_rule(emergency(state="已报告", plan_approved_at=None), Rules=sheet)

    def test_a_company_may_add_a_rule_of_its_own(self):
        mine = {
            "rule": "公司-1", "title": "重大问题当日分派", "table": "问题台账", "kind": "到期", "states": "已提报",
            "urgency": "紧急", "condition": "影响范围=*客户|华东*；编号≠WT-2025*", "trigger": "提报时间",
            "stop": "分派时间", "amount": 0, "unit": "工作日", "is_active": "是",
        }  # fmt: skip
        row = problem(state="已提报", urgency="紧急", raised_at=at(3, 2, 9))
        assert due_by_rule(row, Rules=[*rules(), mine])["公司-1"] == at(3, 2, 18)
        assert "公司-1" not in due_by_rule(row | {"impact": "华南"}, Rules=[*rules(), mine])
        assert "公司-1" not in due_by_rule(row | {"urgency": "一般"}, Rules=[*rules(), mine])

    def test_meetings_by_rule_need_no_application(self):
        assert "A13" in due_by_rule(meeting())
        assert "A13" not in due_by_rule(meeting(meeting_type="部门周会"))

    def test_rows_of_the_sheet_are_all_understood(self):
        assert not [found for found in ledgers().findings if found.table == "Rules"]
