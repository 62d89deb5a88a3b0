"""What every writing verb rests on: its cells and rows, audited, and complete from their first moment."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from coordination_xl import ChangeSet, refresh
from coordination_xl.actions.changing.edits import as_cell, cell_changes, new_rows
from coordination_xl.actions.changing.settling import settled
from coordination_xl.ledger.collection import Ledgers
from tests.builders import NOW, book, coordination, refreshed, row_of, task


def change(made, *, added=(), cells=(), **more):
    """Settle new tasks and changed cells of tasks, write them, and give back what was written."""
    read = Ledgers.read(made)
    raw = ChangeSet(columns=cell_changes(read["Tasks"], cells), added=new_rows(read["Tasks"], added))
    changes = settled(made, read, raw, NOW, verb="拆分任务", actor="李", **more)
    made.apply(changes)
    return changes


def audit(made) -> list[tuple[object, ...]]:
    frame = Ledgers.read(made)["Audit"].frame
    return [tuple(row) for row in frame[["verb", "sheet", "record", "header", "old", "new"]].itertuples(index=False)]


class TestNewRow:
    def test_has_its_computed_columns_at_once(self):
        made = book(Tasks=[task()])
        change(made, added=[task(id="RW-2026-0002", deadline=datetime(2026, 3, 4))])
        row = row_of(made, "RW-2026-0002")
        assert (row["light"], row["overdue_workdays"], row["last_state"]) == ("红", 2, "进行中")
        assert row == refreshed(made, "RW-2026-0002")

    def test_leaves_old_rows_to_refresh(self):
        made = book(Tasks=[task()])
        change(made, added=[task(id="RW-2026-0002")])
        assert "light" not in row_of(made, "RW-2026-0001")

    def test_brings_its_parent_up_to_date(self):
        made = book(Coordination=[coordination(), coordination(id="XT-2026-0002")])
        change(
            made,
            added=[
                task(source="XT-2026-0001", state="已完成", done_at=NOW),
                task(id="RW-2026-0002", source="XT-2026-0001"),
            ],
        )
        assert row_of(made, "XT-2026-0001")["task_progress"] == "1/2"
        assert "light" not in row_of(made, "XT-2026-0002")

    def test_is_one_line_of_the_audit_or_one_a_cell(self):
        made = book()
        change(made, added=[{"id": "RW-2026-0001", "title": "写稿", "state": "待办"}])
        assert audit(made) == [("拆分任务", "任务跟踪表", "RW-2026-0001", "新增一行", "", "写稿")]
        change(made, added=[{"id": "RW-2026-0002", "title": "校对", "state": ""}], is_by_cell=True)
        assert [line[3:] for line in audit(made)[1:]] == [("编号", "", "RW-2026-0002"), ("任务", "", "校对")]

    def test_several_blocks_of_one_table_come_to_stand_below_each_other(self):
        made = book(Tasks=[task()])
        read = Ledgers.read(made)
        blocks = (
            *new_rows(read["Tasks"], [task(id="RW-2026-0002", remarks="甲")]),
            *new_rows(read["Tasks"], [{"id": "RW-2026-0003", "title": "乙", "state": "待办"}]),
        )
        made.apply(settled(made, read, ChangeSet(added=blocks), NOW, verb="登记表单", actor=""))
        assert list(Ledgers.read(made)["Tasks"].ids) == ["RW-2026-0001", "RW-2026-0002", "RW-2026-0003"]
        assert row_of(made, "RW-2026-0002")["remarks"] == "甲"
        assert row_of(made, "RW-2026-0003") == {"id": "RW-2026-0003", "title": "乙", "state": "待办"} | {
            "last_state": "待办",
            "state_since": NOW,
        }


class TestChangedRow:
    def test_is_recomputed_and_its_moved_due_time_audited(self):
        made = book(Coordination=[coordination(state="沟通中", agreed_at=None)])
        made.apply(refresh(made, NOW).changes)
        read = Ledgers.read(made)
        row = int(read["Coordination"].rows[0])
        raw = ChangeSet(columns=cell_changes(read["Coordination"], [(row, "consensus_by", datetime(2026, 3, 9))]))
        made.apply(settled(made, read, raw, NOW, verb="登记表单", actor="李"))
        assert [line[3:] for line in audit(made)] == [
            ("期望完成时间", "2026-03-04", "2026-03-09"),
            ("到期时间", "2026-03-04 18:00", "2026-03-09 18:00"),
        ]
        assert not [c for c in refresh(made, NOW).changes.columns if c.table == "Coordination"]

    def test_everything_is_computed_on_request(self):
        made = book(Tasks=[task(), task(id="RW-2026-0002")])
        change(made, cells=[(6, "remarks", "新")], is_everything=True)
        assert row_of(made, "RW-2026-0002")["light"] == row_of(made, "RW-2026-0001")["light"] != ""

    def test_nothing_to_change_is_nothing_at_all(self):
        made = book(Tasks=[task()])
        assert not change(made, cells=[(6, "title", "腾出环境"), (6, "pause_reason", "")])


class TestCells:
    @pytest.mark.parametrize(
        ("value", "cell"),
        [
            ("", None), (None, None), (pd.NaT, None), (float("nan"), None), (3, 3.0), (True, True), ("=1+1", "=1+1"),
            (pd.Timestamp(2026, 3, 6, 9), datetime(2026, 3, 6, 9)), (date(2026, 3, 6), datetime(2026, 3, 6)),
            (np.datetime64("2026-03-06T09:00", "s"), datetime(2026, 3, 6, 9)), (np.datetime64("NaT", "s"), None),
            (np.float64(2), 2.0),
        ],
    )  # fmt: skip
    def test_hold_plain_values(self, value, cell):
        assert as_cell(value) == cell
        assert type(as_cell(value)) is type(cell)

    def test_a_real_date_replaces_its_text(self):
        read = Ledgers.read(book(Tasks=[task(deadline="2026-03-12")]))
        (changed,) = cell_changes(read["Tasks"], [(6, "deadline", datetime(2026, 3, 12))])
        assert (changed.old[0], changed.new[0], changed.ids[0]) == ("2026-03-12", datetime(2026, 3, 12), "RW-2026-0001")
