"""延期申请: which requests count, what they move, and what is kept."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, explain
from coordination_xl.ledger.collection import Ledgers
from tests.builders import (
    CONTACTS,
    NOW,
    book,
    coordination,
    due_of,
    emergency,
    extension,
    holidays,
    problem,
    refreshed,
    task,
)

WT, RW, XT = "WT-2026-0001", "RW-2026-0001", "XT-2026-0001"
HEAD, LEADER, TOP, OFFICE = "技术部*经理", "公司领导*副总经理", "公司领导*总经理", "综合管理部*主任"
PEOPLE = (*CONTACTS, {"department": "公司领导", "person": "总经理", "role": "总经理办公会"})


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def granted(number: int = 1, **values: object) -> dict[str, object]:
    """An extension of the problem from the 18th to the 25th, granted on the 5th by the head of the department."""
    return extension(id=f"YQ-2026-{number:04}", decision="同意", approver=HEAD, decided_at=at(5, 15)) | values


def chained(*steps: tuple[int, int, str]) -> list[dict[str, object]]:
    """Extensions one after the other: from day, to day, approver."""
    return [
        granted(number, applied_at=at(5, 8 + number), current_due=at(old), new_due=at(new), approver=approver)
        for number, (old, new, approver) in enumerate(steps, start=1)
    ]


def due(*requests: dict[str, object], now: datetime = NOW, row: dict[str, object] | None = None) -> datetime | None:
    """When the problem is due."""
    return due_of("A9-时限", Problems=[row or problem()], Extensions=list(requests), Contacts=PEOPLE, now=now)


def codes(*requests: dict[str, object], now: datetime = NOW, **tables: object) -> list[str]:
    made = book(**{"Problems": [problem()], "Contacts": PEOPLE, **tables}, Extensions=list(requests))
    return [found.code for found in check(made, now).findings]


class TestGranted:
    def test_moves_the_due_time(self):
        assert due(granted()) == at(25, 18)

    @pytest.mark.parametrize("decision", ["待审批", "不同意", ""])
    def test_is_only_what_was_agreed_to(self, decision):
        assert due(granted(decision=decision)) == at(18, 18)

    def test_from_the_moment_of_the_decision_on(self):
        request = granted(decided_at=at(9, 15))
        assert due(request, now=at(9, 14, 59)) == at(18, 18)
        assert due(request, now=at(9, 15)) == at(25, 18)

    def test_is_decided_when_it_was_asked_for_if_nobody_says_when(self):
        assert due(granted(decided_at=None)) == at(25, 18)
        assert due(granted(decided_at=None, applied_at=at(9)), now=at(6)) == at(18, 18)

    @pytest.mark.parametrize("blank", ["applied_at", "current_due", "new_due"])
    def test_counts_only_when_it_is_whole(self, blank):
        assert due(granted(**{blank: None})) == at(18, 18)

    @pytest.mark.parametrize(
        ("current", "new", "expected"),
        [
            (at(18), at(25), at(25, 18)),
            (at(18, 18), at(25, 12), at(25, 12)),
            (at(18, 17, 59), at(25), at(18, 18)),
            (at(17), at(25), at(18, 18)),
            (at(18), at(18, 20), at(18, 20)),
        ],
        ids=["bare dates", "moments", "a minute off", "another day", "later on the same day"],
    )
    def test_is_for_the_due_time_that_it_names(self, current, new, expected):
        assert due(granted(current_due=current, new_due=new)) == expected

    def test_a_bare_date_is_any_moment_of_its_day(self):
        assert due(granted(current_due=at(18)), row=problem(deadline=at(18, 12))) == at(25, 18)

    def test_a_bare_date_ends_at_the_close_of_that_day(self):
        half_day = holidays({"date": at(25), "kind": "班", "basis": "公司", "hours": "09:00-12:00"})
        tables = {"Problems": [problem()], "Extensions": [granted(new_due=at(25))], "Calendar": half_day}
        assert due_of("A9-时限", **tables) == at(25, 12)

    def test_moves_no_other_matter(self):
        rows = [problem(), problem(id="WT-2026-0002")]
        made = book(Problems=rows, Extensions=[granted(source="WT-2026-0002")])
        assert [refreshed(made, record)["due"] for record in (WT, "WT-2026-0002")] == [at(18, 18), at(25, 18)]

    def test_moves_what_counts_on_from_it(self):
        """The plan is due two hours after the discovery; control is due two hours after the plan's due time."""
        row = emergency(state="已报告", plan_approved_at=None)
        request = granted(
            source="JJ-2026-0001", applied_at=at(6, 9), decided_at=None, current_due=at(6, 10), new_due=at(6, 11)
        )
        tables = {"Emergencies": [row], "Extensions": [request]}
        assert (due_of("A20", **tables), due_of("A22", **tables)) == (at(6, 11), at(6, 13))


class TestInTime:
    def test_at_the_due_time_is_in_time(self):
        row = problem(deadline=at(5))
        assert due(granted(current_due=at(5), applied_at=at(5, 18)), row=row) == at(25, 18)

    def test_a_minute_after_is_too_late(self):
        row = problem(deadline=at(5))
        late = granted(current_due=at(5), applied_at=at(5, 18, 1))
        assert due(late, row=row) == at(5, 18)
        assert "extension-too-late" in codes(late, Problems=[row])

    def test_may_be_decided_after_the_due_time(self):
        row = problem(deadline=at(5))
        assert due(granted(current_due=at(5), applied_at=at(5, 9), decided_at=at(6, 9)), row=row) == at(25, 18)

    @pytest.mark.parametrize("new", [at(18), at(18, 18), at(17), at(2)])
    def test_a_time_that_is_not_later_moves_nothing(self, new):
        assert due(granted(new_due=new)) == at(18, 18)
        assert codes(granted(new_due=new)) == ["extension-not-later"]


class TestApprover:
    @pytest.mark.parametrize(
        ("approver", "may"),
        [
            (HEAD, True),
            ("市场部*经理", True),
            (OFFICE, True),
            (LEADER, True),
            (TOP, True),
            ("总经理办公会", True),
            ("技术部*工程师、公司领导*副总经理", True),
            ("市场部*专员", False),
            ("技术部*工程师", False),
            ("技术部", False),
            ("某某", False),
            ("", False),
        ],
    )
    def test_of_the_first_is_a_head_or_higher(self, approver, may):
        assert (due(granted(approver=approver)) == at(25, 18)) is may
        assert ("extension-rung" in codes(granted(approver=approver))) is not may

    @pytest.mark.parametrize(("approver", "may"), [(HEAD, False), (OFFICE, False), (LEADER, True), (TOP, True)])
    def test_of_the_second_is_a_rung_higher(self, approver, may):
        assert due(*chained((18, 20, HEAD), (20, 25, approver))) == at(25 if may else 20, 18)

    @pytest.mark.parametrize(("approver", "may"), [(LEADER, False), (TOP, True), ("总经理办公会", True)])
    def test_of_the_third_and_fourth_is_the_top(self, approver, may):
        first = ((18, 20, HEAD), (20, 23, LEADER))
        assert due(*chained(*first, (23, 25, approver))) == at(25 if may else 23, 18)
        assert due(*chained(*first, (23, 25, TOP), (25, 27, approver))) == at(27 if may else 25, 18)

    def test_what_does_not_count_is_not_counted(self):
        requests = chained((18, 20, "技术部*工程师"), (18, 25, HEAD))
        assert due(*requests) == at(25, 18)
        assert due(requests[0] | {"decision": "不同意", "approver": LEADER}, requests[1]) == at(25, 18)

    def test_is_counted_in_the_order_of_the_decisions(self):
        """The row above was decided later: it is the second."""
        first, second = chained((18, 20, HEAD), (20, 25, HEAD))
        assert due(second, first) == at(20, 18)

    def test_of_one_matter_does_not_count_for_another(self):
        other = granted(2, source="WT-2026-0002", applied_at=at(5, 10))
        made = book(Problems=[problem(), problem(id="WT-2026-0002")], Extensions=[granted(), other])
        assert refreshed(made, "WT-2026-0002")["due"] == at(25, 18)

    def test_who_acts_for_the_leader_may_as_the_leader(self):
        """The deputy is away until the 5th; who acts may decide then, but not on the day after."""
        away = {"delegate": "财务部*会计", "leave_from": at(2), "leave_to": at(5)}
        people = [row | away if row["person"] == "副总经理" else row for row in PEOPLE]
        first, second = chained((18, 20, HEAD), (20, 25, "财务部*会计"))
        tables = {"Problems": [problem()], "Contacts": people}
        assert due_of("A9-时限", **tables, Extensions=[first, second]) == at(25, 18)
        assert due_of("A9-时限", **tables, Extensions=[first, second | {"decided_at": at(6, 9)}]) == at(20, 18)

    def test_who_could_is_named(self):
        people = [*PEOPLE, {"department": "公司领导", "person": "财务总监", "role": "分管领导", "supervises": "技术部"}]
        made = book(Problems=[problem()], Extensions=chained((18, 20, HEAD), (20, 25, HEAD)), Contacts=people)
        (found,) = check(made, NOW).findings
        assert found.suggestion == "请分管领导审批：公司领导*财务总监"

    def test_is_told_before_the_decision_where_somebody_is_named(self):
        assert codes(extension(approver="技术部*工程师")) == ["extension-rung"]
        assert codes(extension(approver=HEAD)) == codes(extension()) == []

    def test_nobody_is_named_where_nobody_stands(self):
        made = book(Problems=[problem()], Extensions=chained((18, 20, HEAD), (20, 23, LEADER), (23, 25, HEAD)))
        (found,) = check(made, NOW).findings
        assert found.suggestion == "请总经理办公会审批：通讯录里还没有总经理办公会"


class TestChain:
    STEPS = ((18, 20, HEAD), (20, 23, LEADER), (23, 25, TOP))

    @pytest.mark.parametrize("stands", [18, 20, 23, 25])
    def test_leads_from_whatever_step_the_cell_stands_at(self, stands):
        row = problem(deadline=at(stands))
        assert due(*chained(*self.STEPS), row=row) == at(25, 18)
        assert codes(*chained(*self.STEPS), Problems=[row]) == []

    @pytest.mark.parametrize("stands", [18, 20, 23, 25])
    def test_keeps_the_first_promise_though_refresh_never_ran(self, stands):
        made = book(Problems=[problem(deadline=at(stands))], Extensions=chained(*self.STEPS), Contacts=PEOPLE)
        assert refreshed(made, WT)["original_due"] == at(18, 18)

    def test_what_a_person_set_meanwhile_wins(self):
        row = problem(deadline=at(19))
        assert due(granted(), row=row) == at(19, 18)
        made = book(Problems=[row], Extensions=[granted()])
        assert refreshed(made, WT)["original_due"] == at(19, 18)

    def test_that_a_grant_is_lost_by_it_is_told_unless_more_was_given(self):
        assert codes(granted(), Problems=[problem(deadline=at(19))]) == ["extension-stale"]
        assert codes(granted(), Problems=[problem(deadline=at(30))]) == []

    def test_of_two_for_the_same_time_the_last_decision_counts(self):
        requests = chained((18, 25, HEAD), (18, 20, LEADER))
        assert due(*requests) == due(*reversed(requests)) == at(20, 18)


class TestOriginal:
    def test_stays_what_refresh_once_kept(self):
        made = book(Problems=[problem()], Extensions=[])
        moved = book(Problems=[refreshed(made, WT) | {"deadline": at(25)}], Extensions=[granted()])
        assert refreshed(moved, WT)["original_due"] == at(18, 18)

    def test_is_mended_where_an_extended_time_was_kept(self):
        row = problem(deadline=at(25), original_due=at(25, 18))
        assert refreshed(book(Problems=[row], Extensions=[granted()]), WT)["original_due"] == at(18, 18)
        row = problem(deadline=at(25), original_due=at(16, 18))
        assert refreshed(book(Problems=[row], Extensions=[granted()]), WT)["original_due"] == at(16, 18)

    @pytest.mark.parametrize(
        ("solved", "on_time", "on_original"),
        [(at(18, 18), "是", "是"), (at(18, 18, 1), "是", "否"), (at(25, 18), "是", "否"), (at(25, 18, 1), "否", "否")],
    )
    def test_is_judged_beside_the_extended_time(self, solved, on_time, on_original):
        row = problem(
            state="已办结", solved_at=solved, accepted_at=at(26), solution="换仓", verification="好", verdict="同意"
        )
        told = refreshed(book(Problems=[row], Extensions=[granted()]), WT, at(27))
        assert (told["is_on_time"], told["is_on_original"]) == (on_time, on_original)


class TestRefresh:
    def test_a_late_matter_is_late_no_longer(self):
        row = problem(deadline=at(5))
        request = granted(current_due=at(5), applied_at=at(4, 9), new_due=at(6))
        late = refreshed(book(Problems=[row]), WT)
        assert (late["light"], late["overdue_workdays"]) == ("红", 1)
        extended = refreshed(book(Problems=[row], Extensions=[request]), WT)
        assert (extended["light"], extended.get("overdue_workdays")) == ("黄", None), "its feedback is late still"

    def test_tells_the_audit_that_the_due_time_moved(self):
        made = book(Problems=[problem()])
        extended = book(Problems=[refreshed(made, WT)], Extensions=[granted()])
        refreshed(extended, WT)
        told = Ledgers.read(extended)["Audit"].frame[["record", "header", "old", "new"]]
        assert told.to_numpy().tolist() == [[WT, "到期时间", "2026-03-18 18:00", "2026-03-25 18:00"]]

    def test_several_parts_are_moved_as_one(self):
        request = granted(source=XT, current_due=at(16), new_due=at(20))
        assert refreshed(book(Coordination=[coordination()], Extensions=[request]), XT)["due"] == at(20, 18)


class TestCheck:
    def test_what_was_refused_is_let_be(self):
        assert codes(granted(decision="不同意", approver="", new_due=at(2), current_due=at(11))) == []

    def test_a_finished_matter_keeps_its_history(self):
        done = problem(
            state="已办结",
            deadline=at(5),
            solved_at=at(5),
            accepted_at=at(6),
            solution="换仓",
            verification="好",
            verdict="同意",
        )
        assert codes(granted(current_due=at(4), new_due=at(7), applied_at=at(3)), Problems=[done]) == []
        assert codes(extension(current_due=at(5)), Problems=[done]) == ["extension-idle"]

    def test_a_paused_matter_may_ask_for_its_deadline_does_not_pause(self):
        paused = problem(paused_at=at(5), pause_reason="等预算")
        assert codes(extension(), Problems=[paused]) == []

    def test_a_matter_that_nobody_knows_is_told_once(self):
        assert codes(extension(source="WT-2026-0999")) == ["unknown-reference"]

    def test_asking_for_the_next_before_the_first_is_granted_is_an_overlap(self):
        second = extension(id="YQ-2026-0002", current_due=at(25), new_due=at(27))
        assert codes(extension(), second) == ["extension-overlap", "extension-overlap", "extension-stale"]
        assert codes(granted(), second) == []

    def test_any_due_time_of_the_matter_may_be_extended(self):
        """Report, plan and control are all due; the plan is not the first of them."""
        row = emergency(state="已上报", reported_at=None, plan_approved_at=None, discovered_at=at(6, 9, 30))
        row |= {"first_told_at": at(6, 9, 40)}
        request = extension(source="JJ-2026-0001", applied_at=at(6, 9, 50), new_due=at(6, 13))
        assert codes(request | {"current_due": at(6, 11, 30)}, Emergencies=[row]) == []
        (found,) = check(
            book(Emergencies=[row], Extensions=[request | {"current_due": at(6, 12)}], Contacts=PEOPLE), NOW
        ).findings
        assert (found.code, found.suggestion[:19]) == ("extension-stale", "改为 2026-03-06 10:30")


class TestExplain:
    def test_tells_the_way_of_the_due_time(self):
        made = book(Problems=[problem()], Extensions=chained((18, 20, HEAD), (20, 25, LEADER)))
        own = explain(made, WT, NOW).clocks[0]
        assert (own.original, own.counted, own.due) == (at(18, 18), at(18, 18), at(25, 18))
        assert [(each.id, each.number, each.due, each.approver) for each in own.extensions] == [
            ("YQ-2026-0001", 1, at(20, 18), HEAD),
            ("YQ-2026-0002", 2, at(25, 18), LEADER),
        ]

    def test_tells_it_where_the_cell_has_it_already(self):
        own = explain(book(Problems=[problem(deadline=at(25))], Extensions=[granted()]), WT, NOW).clocks[0]
        assert (own.original, own.counted, own.due) == (at(18, 18), at(25, 18), at(25, 18))
        assert len(own.extensions) == 1

    def test_tells_each_step_once_though_it_stays_on_its_day(self):
        request = granted(current_due=at(18), new_due=at(18, 20))
        own = explain(book(Problems=[problem()], Extensions=[request]), WT, NOW).clocks[0]
        assert [each.due for each in own.extensions] == [at(18, 20)]

    def test_of_a_matter_without_extension_is_plain(self):
        own = explain(book(Tasks=[task()]), RW, NOW).clocks[0]
        assert (own.original, own.counted, own.extensions) == (own.due, own.due, ())
