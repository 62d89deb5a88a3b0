"""刷新逾期: the columns the program owns, and nothing else."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from coordination_xl import refresh
from coordination_xl.schema import BY_NAME, MATTERS
from tests.builders import (
    NOW,
    book,
    coordination,
    dispatch,
    emergency,
    grid,
    held,
    holidays,
    meeting,
    problem,
    progress,
    refreshed,
    row_of,
    task,
)


def office() -> dict[str, list[dict[str, object]]]:
    """One of everything."""
    return {
        "Coordination": [coordination(), coordination(id="XT-2026-0002", state="草稿")],
        "Tasks": [task(source="XT-2026-0001"), task(id="RW-2026-0002", deadline=datetime(2026, 3, 4))],
        "Problems": [problem(), problem(id="WT-2026-0002", state="已提报")],
        "Meetings": [meeting(), held(id="HY-2026-0002")],
        "Emergencies": [emergency()],
        "Dispatch": [dispatch(answer_needed="已阅")],
        "Progress": [progress("RW-2026-0001", datetime(2026, 3, 5, 9))],
    }


def cells(made) -> dict[tuple[str, str], list[object]]:
    return {
        (name, header): column.tolist()
        for name in made.tables()
        for header, column in zip(made.grid(name).header, made.grid(name).columns, strict=True)
    }


class TestOwnColumns:
    def test_nothing_of_the_users_is_touched(self):
        made = book(blocks=True, **office())
        before = cells(made)
        made.apply(refresh(made, NOW).changes)
        changed = {key for key, values in cells(made).items() if values != before[key]}
        owned = {(table.name, c.header) for table in BY_NAME.values() for c in table.computed_columns}
        assert changed
        assert changed <= owned

    def test_every_owned_column_of_every_ledger_is_written_by_something(self):
        made = book(blocks=True, **office())
        done = [task(id="RW-2026-0009", source="XT-2026-0001", state="已完成", done_at=datetime(2026, 3, 4))]
        late = emergency(
            id="JJ-2026-0002", discovered_at=datetime(2026, 3, 6, 6), plan_approved_at=datetime(2026, 3, 6, 7)
        )
        closed = emergency(id="JJ-2026-0003", state="已复盘", resolved_at=NOW, reviewed_at=NOW)
        tables = office()
        tables["Tasks"] += [*done, *(task(id=f"RW-2026-01{n:02}", source=source) for n, source in enumerate(
            ("WT-2026-0001", "HY-2026-0001", "JJ-2026-0001")))]  # fmt: skip
        tables["Emergencies"] += [late, closed]
        tables["Coordination"].append(coordination(id="XT-2026-0003", state="已完成", done_at=datetime(2026, 3, 5),
                                                   deadlines="2026-03-04"))  # fmt: skip
        tables["Coordination"].append(coordination(id="XT-2026-0004", deadlines="2026-03-04"))
        tables["Problems"] += [
            problem(id="WT-2026-0003", state="已办结", accepted_at=NOW, solved_at=NOW),
            problem(id="WT-2026-0004", deadline=datetime(2026, 3, 4)),
        ]
        tables["Meetings"] += [
            held(id="HY-2026-0003", ended_at=datetime(2026, 3, 4, 9)),
            held(id="HY-2026-0004", state="已分发", minutes_signed_at=NOW),
            meeting(id="HY-2026-0005", starts_at=datetime(2026, 3, 4, 14)),
        ]
        tables["Dispatch"].append(dispatch(id="TZ-2026-0002", answer_needed="已阅", sent_at=datetime(2026, 3, 3)))
        tables["Dispatch"].append(dispatch(id="TZ-2026-0003", channel="即时通讯", sent_at=datetime(2026, 3, 3)))
        heard = ("XT-2026-0001", "WT-2026-0001", "JJ-2026-0001")
        tables["Progress"] += [progress(source, datetime(2026, 3, 5, 9)) for source in heard]
        tables["Emergencies"].append(emergency(id="JJ-2026-0004", state="已解决", resolved_at=datetime(2026, 2, 24, 9),
                                               discovered_at=datetime(2026, 2, 24, 8)))  # fmt: skip
        made = book(blocks=True, **tables)
        made.apply(refresh(made, NOW).changes)
        for table in (*MATTERS, BY_NAME["Dispatch"]):
            filled = {header for header in made.grid(table.name).header if any(made.grid(table.name).column(header))}
            assert {column.header for column in table.computed_columns} <= filled

    def test_twice_gives_no_change(self):
        made = book(blocks=True, **office())
        made.apply(refresh(made, NOW).changes)
        assert not refresh(made, NOW).changes

    def test_a_row_of_computed_cells_only_is_left_as_it_is(self):
        made = book(Problems=[problem(), {"light": "红", "due": NOW}])
        refreshed(made, "WT-2026-0001")
        assert made.grid("Problems").column("预警灯").tolist() == ["黄", "红"]

    def test_blank_rows_between_stay_blank(self):
        made = book(Problems=[problem(), {}, problem(id="WT-2026-0002")])
        refreshed(made, "WT-2026-0002")
        assert made.grid("Problems").column("预警灯").tolist() == ["黄", None, "黄"]

    @pytest.mark.parametrize("rubbish", ["垃圾", True, 5.0, time(9, 30), datetime(2026, 3, 1), "2026-03-18 18:00"])
    @pytest.mark.parametrize("column", ["due", "overdue_workdays", "light", "last_feedback"])
    def test_what_somebody_typed_over_is_put_right(self, column, rubbish):
        made = book(Problems=[problem(), problem(id="WT-2026-0002", **{column: rubbish})])
        clean = refreshed(made, "WT-2026-0001")
        assert row_of(made, "WT-2026-0002") == clean | {"id": "WT-2026-0002"}

    def test_columns_may_stand_in_any_order_under_any_alias(self):
        headers = [column.header for column in BY_NAME["Problems"].columns][::-1]
        headers[headers.index("提报时间")] = "提报日期"
        row = {"提报日期" if key == "raised_at" else key: value for key, value in problem().items()}
        made = book(Problems=grid("Problems", [row], headers=headers, first_column=4))
        assert refreshed(made, "WT-2026-0001")["next_feedback"] == datetime(2026, 3, 5, 18)

    def test_the_weekday_of_each_holiday_is_written(self):
        made = book(Calendar=holidays({"date": datetime(2026, 10, 10), "kind": "班"}))
        made.apply(refresh(made, NOW).changes)
        assert made.grid("Calendar").column("星期").tolist()[-1] == "周六"

    @pytest.mark.parametrize(
        "typed", ["尽快", "#REF!", True, "长" * 32_767, "=TODAY()"], ids=lambda typed: str(typed)[:10]
    )
    def test_an_unreadable_cell_stops_nothing(self, typed):
        made = book(Problems=[problem(deadline=typed), problem(id="WT-2026-0002")])
        assert refreshed(made, "WT-2026-0001")["due"] == datetime(2026, 3, 20, 18)  # the wish
        assert row_of(made, "WT-2026-0002")["due"] == datetime(2026, 3, 18, 18)

    def test_an_empty_workbook_is_refreshed_too(self):
        result = refresh(book(blocks=True), NOW)
        assert (result.findings, result.summary["overdue"], result.changes.columns) == ((), 0, ())


class TestAudit:
    def audit(self, made) -> list[tuple[object, ...]]:
        return [row for row in zip(*made.grid("Audit").columns, strict=True) if any(row)]

    def test_a_first_due_time_is_not_recorded(self):
        made = book(**office())
        made.apply(refresh(made, NOW).changes)
        assert self.audit(made) == []

    def test_a_due_time_that_moved_is_recorded(self):
        seen = problem(due=datetime(2026, 3, 18, 18), original_due=datetime(2026, 3, 18, 18), light="绿")
        made = book(Problems=[seen | {"deadline": datetime(2026, 3, 25)}])
        made.apply(refresh(made, NOW, actor="定时任务").changes)
        assert self.audit(made) == [
            (
                NOW,
                "定时任务",
                "刷新逾期",
                "问题台账",
                "WT-2026-0001",
                "到期时间",
                "2026-03-18 18:00",
                "2026-03-25 18:00",
            )
        ]

    def test_a_due_time_that_is_gone_is_recorded(self):
        made = book(Problems=[problem(due=datetime(2026, 3, 18, 18), deadline=None, wished_by=None)])
        made.apply(refresh(made, NOW).changes)
        assert [row[-2:] for row in self.audit(made)] == [("2026-03-18 18:00", None)]

    def test_lights_that_age_are_not_recorded(self):
        made = book(Problems=[problem()])
        made.apply(refresh(made, NOW).changes)
        made.apply(refresh(made, datetime(2026, 4, 1)).changes)
        assert row_of(made, "WT-2026-0001")["light"] == "红"
        assert self.audit(made) == []


class TestSummary:
    def test_counts_the_lights_of_each_ledger(self):
        summary = refresh(book(**office()), NOW).summary
        assert summary["lights"]["任务跟踪表"] == {"红": 1, "黄": 0, "蓝": 0, "绿": 1, "灰": 0}
        assert summary["lights"]["问题台账"] == {"红": 0, "黄": 1, "蓝": 0, "绿": 1, "灰": 0}
        assert summary["overdue"] == 1

    def test_names_the_worst_first(self):
        late = [task(id=f"RW-2026-{n:04}", deadline=datetime(2026, 3, n)) for n in (4, 3, 5)]
        worst = refresh(book(Tasks=late), NOW).summary["worst"]
        assert [(each["id"], each["days"]) for each in worst] == [
            ("RW-2026-0003", 3.0),
            ("RW-2026-0004", 2.0),
            ("RW-2026-0005", 1.0),
        ]
        assert worst[0]["due"] == datetime(2026, 3, 3, 18)
