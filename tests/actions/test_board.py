"""看板: what refresh writes there, the rest is formula."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from coordination_xl import refresh
from coordination_xl.schema import dashboard
from tests.builders import CONTACTS, NOW, board, book, coordination, emergency, held, problem, task


def blocks(now: datetime = NOW, **tables: object) -> dict[str, list[object]]:
    made = book(blocks=True, **tables)
    made.apply(refresh(made, now).changes)
    return {name: made.block(name).tolist() for name in board()}


def late(number: int, day: int, **values: object) -> dict[str, object]:
    return task(id=f"RW-2026-{number:04}", deadline=datetime(2026, 3, day), created_at=datetime(2026, 3, 2)) | values


class TestRedList:
    def test_has_the_longest_overdue_first_and_eight_at_most(self):
        tasks = [late(n, 3 + n % 2) for n in range(1, 11)]
        shown = blocks(Tasks=tasks)
        assert shown[dashboard.RED_ID] == [f"RW-2026-{n:04}" for n in (2, 4, 6, 8, 10, 1, 3, 5)]
        assert shown[dashboard.RED_DAYS] == [3.0] * 5 + [2.0] * 3

    def test_says_what_it_is_who_owes_it_and_how_far_it_has_gone(self):
        shown = blocks(Tasks=[late(1, 3)])
        first = {name: shown[name][0] for name in dashboard.RED_LIST}
        assert first == {
            dashboard.RED_LIGHT: "红",
            dashboard.RED_ID: "RW-2026-0001",
            dashboard.RED_TITLE: "腾出环境",
            dashboard.RED_WHO: "技术部*工程师",
            dashboard.RED_DUE: datetime(2026, 3, 3, 18),
            dashboard.RED_DAYS: 3.0,
            dashboard.RED_RUNG: "部门负责人",
        }

    def test_is_blank_below(self):
        assert blocks(Tasks=[late(1, 3)])[dashboard.RED_ID][1:] == [None] * 7

    def test_shrinks_again(self):
        made = book(blocks=True, Tasks=[late(1, 3)])
        made.apply(refresh(made, NOW).changes)
        made.apply(refresh(made, datetime(2026, 3, 3, 9)).changes)
        assert made.block(dashboard.RED_ID).tolist() == [None] * 8

    def test_has_no_matter_that_is_only_behind(self):
        assert blocks(Problems=[problem()])[dashboard.RED_ID] == [None] * 8


class TestTrend:
    def test_names_eight_weeks_up_to_this_one(self):
        assert blocks()[dashboard.TREND_LABEL] == [
            "1月2周", "1月3周", "1月4周", "2月1周", "2月2周", "2月3周", "上周", "本周",
        ]  # fmt: skip

    def test_counts_what_was_opened_and_finished_in_each_week(self):
        """This week begins on Monday 2 March, last week on 23 February."""
        shown = blocks(
            Tasks=[
                late(1, 12, created_at=datetime(2026, 3, 1, 23)),
                late(2, 12, created_at=datetime(2026, 3, 2, 0)),
                late(3, 12, created_at=datetime(2026, 2, 23), state="已完成", done_at=datetime(2026, 3, 2)),
                late(4, 12, created_at=datetime(2026, 1, 11)),
            ]
        )
        assert shown[dashboard.TREND_NEW] == [0, 0, 0, 0, 0, 0, 2, 1]
        assert shown[dashboard.TREND_DONE] == [0, 0, 0, 0, 0, 0, 0, 1]

    def test_counts_what_was_overdue_at_the_end_of_each_week(self):
        """Overdue since Tuesday 24 February, done on Wednesday 4 March."""
        done = late(1, 4, deadline=datetime(2026, 2, 24), created_at=datetime(2026, 2, 2), state="已完成",
                    done_at=datetime(2026, 3, 4))  # fmt: skip
        still = late(2, 4, deadline=datetime(2026, 2, 13), created_at=datetime(2026, 2, 2))
        shown = blocks(Tasks=[done, still])
        assert shown[dashboard.TREND_OVERDUE] == [0, 0, 0, 0, 1, 1, 2, 1]

    def test_what_is_paused_is_not_overdue(self):
        row = late(1, 3, state="挂账", paused_at=datetime(2026, 3, 2), pause_reason="等")
        assert blocks(Tasks=[row])[dashboard.TREND_OVERDUE] == [0] * 8


class TestDepartments:
    def test_with_most_red_come_first_then_with_most_open(self):
        shown = blocks(
            Tasks=[late(1, 3, department="财务部"), late(2, 12, department="产品部"), late(3, 12, department="产品部")],
            Problems=[problem(lead_department="数据部")],
        )
        assert shown[dashboard.DEPARTMENTS] == ["财务部", "产品部", "数据部", None, None, None, None]

    def test_of_every_kind_of_matter_count(self):
        shown = blocks(
            Coordination=[coordination(initiator="市场部*经理")],
            Meetings=[held(initiator="产品部*主管")],
            Emergencies=[emergency(finder="客户服务部*专员")],
        )
        assert {name for name in shown[dashboard.DEPARTMENTS] if name} == {"市场部", "产品部", "客户服务部"}

    def test_are_seven_at_most(self):
        names = dict.fromkeys(contact["department"] for contact in CONTACTS)
        tasks = [late(n, 12, department=name) for n, name in enumerate(names)]
        shown = blocks(Tasks=tasks)[dashboard.DEPARTMENTS]
        assert shown == list(names)[:7]

    def test_with_nothing_open_are_left_out(self):
        assert blocks(Tasks=[late(1, 12, state="已取消")])[dashboard.DEPARTMENTS] == [None] * 7


def test_as_of_is_now():
    assert blocks()[dashboard.AS_OF] == [NOW]


def test_a_workbook_without_a_board_is_refreshed_all_the_same():
    assert refresh(book(Tasks=[late(1, 3)]), NOW).changes.blocks == ()


def test_a_shorter_board_takes_what_fits():
    made = book(blocks=True, Tasks=[late(n, 3) for n in range(1, 6)])
    made._blocks[dashboard.RED_ID.casefold()] = np.full(2, None, dtype=object)
    (change,) = [each for each in refresh(made, NOW).changes.blocks if each.name == dashboard.RED_ID]
    assert change.new.tolist() == ["RW-2026-0001", "RW-2026-0002"]
