"""时限说明: rule, start, what was skipped and why."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination_xl import explain
from coordination_xl.errors import UnknownRecord, UsageError
from tests.builders import NOW, book, coordination, dispatch, emergency, extension, holidays, problem, progress, task


def noted(**tables: object) -> list[tuple[date, bool, str]]:
    (row,) = next(iter(tables.values()))
    own = explain(book(**tables), row["id"], NOW).clocks[0]
    return [(each.day, each.is_workday, each.reason) for each in own.days]


def test_days_of_the_festival_are_named():
    row = emergency(state="已解决", discovered_at=datetime(2026, 2, 13, 8), resolved_at=datetime(2026, 2, 13, 9))
    assert noted(Emergencies=[row]) == [
        (date(2026, 2, 14), True, "春节调休上班"),
        *((date(2026, 2, day), False, "春节") for day in range(15, 24)),
    ]


def test_a_weekend_is_a_weekend():
    row = emergency(state="已解决", resolved_at=datetime(2026, 3, 6, 9))
    assert noted(Emergencies=[row]) == [(date(2026, 3, 7), False, "周末"), (date(2026, 3, 8), False, "周末")]


def test_a_day_of_the_company_has_the_companys_name():
    days = holidays({"date": datetime(2026, 3, 9), "kind": "休", "name": "司庆", "basis": "公司"})
    row = emergency(state="已解决", resolved_at=datetime(2026, 3, 8, 9))
    assert noted(Emergencies=[row], Calendar=days) == [(date(2026, 3, 9), False, "司庆")]


def test_the_own_clock_comes_first():
    clocks = explain(book(Problems=[problem()]), "WT-2026-0001", NOW).clocks
    assert [(each.rule, each.is_own, each.is_late) for each in clocks] == [
        ("A9-时限", True, False),
        ("A11-一般", False, True),
    ]


def test_says_how_the_sum_was_done():
    (own,) = explain(book(Dispatch=[dispatch(answer_needed="配合答复")]), "TZ-2026-0001", NOW).clocks
    assert (own.rule, own.title, own.basis, own.kind) == ("A6", "配合方反馈意见", "A6", "到期")
    assert (own.trigger, own.start, own.amount, own.unit, own.due) == (
        "发送时间", datetime(2026, 3, 6, 9), 1, "工作日", datetime(2026, 3, 9, 18),
    )  # fmt: skip
    assert own.done is None


@pytest.mark.parametrize(
    ("heard", "trigger"), [([], "分派时间"), ([progress("WT-2026-0001", datetime(2026, 3, 4))], "最近反馈")]
)
def test_says_what_started_the_clock(heard, trigger):
    clocks = explain(book(Problems=[problem()], Progress=heard), "WT-2026-0001", NOW).clocks
    assert clocks[1].trigger == trigger


def test_says_when_another_rule_started_the_clock():
    row = emergency(state="已报告", plan_approved_at=None)
    clocks = {each.rule: each for each in explain(book(Emergencies=[row]), "JJ-2026-0001", NOW).clocks}
    assert clocks["A22"].trigger == "规则 A20 的时限"


def test_says_when_it_was_done():
    row = task(state="已完成", done_at=datetime(2026, 3, 5, 9))
    (own,) = explain(book(Tasks=[row]), "RW-2026-0001", NOW).clocks
    assert own.done == datetime(2026, 3, 5, 9)


def test_tells_the_row_as_a_whole():
    told = explain(book(Tasks=[task(deadline=datetime(2026, 3, 3))]), "ＲＷ-2026-0001", NOW)
    assert (told.sheet, told.row, told.id, told.title, told.state, told.light) == (
        "任务跟踪表", 6, "RW-2026-0001", "腾出环境", "进行中", "红",
    )  # fmt: skip
    assert (told.due, told.overdue_workdays, told.overdue_hours, told.escalation) == (
        datetime(2026, 3, 3, 18), 3, None, "部门负责人",
    )  # fmt: skip


def test_tells_that_it_is_paused():
    row = coordination(paused_at=datetime(2026, 3, 5), pause_reason="等")
    told = explain(book(Coordination=[row]), "XT-2026-0001", NOW)
    assert (told.is_paused, told.paused_at, told.light) == (True, datetime(2026, 3, 5), "灰")


def test_a_row_without_any_clock_is_told_too():
    told = explain(book(Problems=[problem(state="草稿")]), "WT-2026-0001", NOW)
    assert (told.clocks, told.due, told.light) == ((), None, "")


def test_an_unknown_id_is_refused():
    with pytest.raises(UnknownRecord, match="WT-2026-0002"):
        explain(book(Problems=[problem()]), "WT-2026-0002", NOW)


def test_a_row_that_has_no_time_limit_is_refused():
    with pytest.raises(UsageError, match="延期申请"):
        explain(book(Problems=[problem()], Extensions=[extension()]), "YQ-2026-0001", NOW)


def test_changes_nothing():
    made = book(Problems=[problem()])
    explain(made, "WT-2026-0001", NOW)
    assert made.applied == []
