"""延期生效: what was granted goes into the cell that holds the deadline."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import extend, refresh
from coordination_xl.errors import UnknownRecord, UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema.refusals import EXTENSION_NOT_GRANTED, NO_EXTENSION
from tests.builders import CONTACTS, NOW, book, case, coordination, extension, meeting, problem, row_of, task

WT, RW, XT, YQ = "WT-2026-0001", "RW-2026-0001", "XT-2026-0001", "YQ-2026-0001"
HEAD, LEADER = "技术部*经理", "公司领导*副总经理"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def granted(number: int = 1, **values: object) -> dict[str, object]:
    return extension(id=f"YQ-2026-{number:04}", decision="同意", approver=HEAD, decided_at=at(5, 15)) | values


def of_task(number: int = 1, **values: object) -> dict[str, object]:
    """From the 12th to the 16th, bare dates."""
    return granted(number, source=RW, current_due=at(12), new_due=at(16)) | values


def done(made, *records: str, now: datetime = NOW):
    """Extend, write it, and give the result."""
    result = extend(made, records, now, actor="李")
    made.apply(result.changes)
    return result


def cells(result) -> list[tuple[object, ...]]:
    """The user's cells that were changed."""
    owned = {"完成时限", "期望完成时间", "现时限", "编号"}
    return [
        (change.table, change.header, record, old, new)
        for change in result.changes.columns
        if change.header in owned
        for record, old, new in zip(change.ids, change.old, change.new, strict=True)
    ]


class TestWritten:
    def test_goes_into_the_deadline_of_a_task_as_it_was_typed(self):
        made = book(Tasks=[task()], Extensions=[of_task()])
        result = done(made)
        assert cells(result) == [("Tasks", "完成时限", RW, at(12), at(16))]
        assert row_of(made, RW)["original_due"] == at(12, 18)
        assert result.findings == ()

    def test_goes_into_the_deadline_of_a_problem(self):
        made = book(Problems=[problem()], Extensions=[granted()])
        assert cells(done(made)) == [("Problems", "完成时限", WT, at(18), at(25, 18))]
        row = row_of(made, WT)
        assert (row["due"], row["original_due"]) == (at(25, 18), at(18, 18))

    def test_goes_into_the_time_by_which_consensus_is_sought(self):
        request = granted(source=XT, current_due=at(4), applied_at=at(3), new_due=at(9))
        made = book(Coordination=[coordination(state="沟通中", agreed_at=None)], Extensions=[request])
        assert cells(done(made, now=at(6))) == [("Coordination", "期望完成时间", XT, at(4), at(9))]

    def test_of_several_only_the_last_is_written(self):
        second = of_task(2, current_due=at(16), new_due=at(20), approver=LEADER)
        result = done(book(Tasks=[task()], Extensions=[second, of_task()]))
        assert cells(result) == [("Tasks", "完成时限", RW, at(12), at(20))]
        (told,) = result.summary["extended"]
        assert (told["original"], told["due"], told["requests"]) == (at(12, 18), at(20, 18), [YQ, "YQ-2026-0002"])

    def test_is_audited_cell_and_due_time(self):
        made = book(Problems=[problem()])
        made.apply(refresh(made, NOW).changes)
        extended = book(Problems=[row_of(made, WT)], Extensions=[granted()])
        done(extended)
        lines = Ledgers.read(extended)["Audit"].frame[["actor", "verb", "record", "header", "old", "new"]]
        assert lines.to_numpy().tolist() == [
            ["李", "延期生效", WT, "完成时限", "2026-03-18", "2026-03-25 18:00"],
            ["李", "延期生效", WT, "到期时间", "2026-03-18 18:00", "2026-03-25 18:00"],
        ]

    def test_a_second_time_changes_nothing(self):
        made = book(Tasks=[task()], Problems=[problem()], Extensions=[of_task(2, current_due=None, id=None), granted()])
        assert done(made).changes
        assert not done(made).changes
        assert done(made, RW, YQ).summary == {"extended": [], "by_refresh": []}

    def test_leaves_nothing_of_its_rows_to_refresh(self):
        made = book(Tasks=[task()], Problems=[problem()], Extensions=[of_task(2), granted()])
        done(made)
        assert not [change for change in refresh(made, NOW).changes.columns if change.table in {"Tasks", "Problems"}]

    def test_changes_nothing_until_it_is_written(self):
        made = book(Tasks=[task()], Extensions=[of_task()])
        extend(made, (), NOW)
        assert made.applied == []

    def test_a_finished_task_keeps_its_deadline(self):
        made = book(Tasks=[task(state="已完成", done_at=at(5))], Extensions=[of_task()])
        assert cells(done(made)) == []

    def test_a_paused_task_is_extended(self):
        row = task(state="挂账", paused_at=at(5), pause_reason="等预算")
        assert cells(done(book(Tasks=[row], Extensions=[of_task()]))) == [("Tasks", "完成时限", RW, at(12), at(16))]


class TestComputed:
    """Due times that are in no cell are moved by refresh alone, and that is said."""

    @pytest.mark.parametrize(
        ("tables", "source", "current"),
        [
            ({"Coordination": [coordination()]}, XT, at(16)),
            ({"Coordination": [coordination(deadlines=None)]}, XT, at(4)),
            ({"Problems": [problem(deadline=None)]}, WT, at(20)),
            ({"Meetings": [meeting()]}, "HY-2026-0001", at(10, 14)),
        ],
        ids=["several parts", "the fallback of a coordination", "the fallback of a problem", "the time of a meeting"],
    )
    def test_are_told_until_refresh_has_moved_them(self, tables, source, current):
        request = granted(source=source, current_due=current, applied_at=at(3), new_due=at(30))
        made = book(**tables, Extensions=[request])
        result = done(made)
        assert (cells(result), result.findings) == ([], ())
        (told,) = result.summary["by_refresh"]
        assert (told["id"], told["column"], told["due"]) == (source, "", at(30, 18))
        made.apply(refresh(made, NOW).changes)
        assert row_of(made, source)["due"] == at(30, 18)
        assert extend(made, (), NOW).summary["by_refresh"] == []


class TestFilled:
    def test_a_request_gets_its_id_and_the_due_time_that_it_asks_to_move(self):
        made = book(Tasks=[task()], Extensions=[of_task(id=None, current_due=None, decision="待审批", decided_at=None)])
        assert cells(done(made)) == [
            ("Extensions", "编号", "", None, YQ),
            ("Extensions", "现时限", "", None, at(12, 18)),
        ]

    def test_the_ids_go_on(self):
        made = book(
            Tasks=[task()],
            Problems=[problem()],
            Extensions=[granted(7), extension(id=None, source=RW, current_due=at(12))],
        )
        assert ("Extensions", "编号", "", None, "YQ-2026-0008") in cells(done(made))

    def test_once_it_is_granted_it_takes_effect_at_once(self):
        made = book(Tasks=[task()], Extensions=[of_task(current_due=None)])
        assert ("Tasks", "完成时限", RW, at(12), at(16)) in cells(done(made))
        assert extend(made, (), NOW).findings == ()

    @pytest.mark.parametrize("values", [{"decision": "不同意"}, {"current_due": "尽快"}, {"source": "RW-2026-0999"}])
    def test_nothing_else_is_filled(self, values):
        made = book(Tasks=[task()], Extensions=[of_task(current_due=None) | values])
        assert cells(done(made)) == []

    def test_a_row_that_names_no_matter_is_let_be(self):
        made = book(Tasks=[task()], Extensions=[{"reason": "备件未到"}])
        assert not done(made).changes


class TestNamed:
    TABLES = ("Tasks", "Problems")

    @pytest.fixture
    def made(self):
        return book(Tasks=[task()], Problems=[problem()], Extensions=[granted(), of_task(2)])

    @pytest.mark.parametrize(
        ("record", "changed"),
        [(WT, {"Problems"}), (YQ, {"Problems"}), (RW, {"Tasks"}), ("ｙq-2026-0002".upper(), {"Tasks"})],
    )
    def test_only_what_is_named_is_written(self, made, record, changed):
        assert {table for table, *_ in cells(done(made, record))} == changed

    def test_several_may_be_named(self, made):
        assert {table for table, *_ in cells(done(made, WT, "YQ-2026-0002"))} == {"Tasks", "Problems"}

    def test_findings_are_of_what_is_named(self):
        late = granted(3, applied_at=at(6), current_due=at(5))
        both = book(Tasks=[task()], Problems=[problem()], Extensions=[late, of_task(2)])
        assert [found.code for found in extend(both, [RW], NOW).findings] == []
        assert [found.code for found in extend(both, [WT], NOW).findings] == ["extension-too-late"]

    def test_a_matter_without_a_request_says_so(self):
        (found,) = extend(book(Tasks=[task()]), [RW], NOW).findings
        assert (found.code, found.sheet, found.message) == (NO_EXTENSION.code, "任务跟踪表", f"“{RW}”没有延期申请")

    @pytest.mark.parametrize(
        ("values", "problem_told"),
        [
            ({"decision": "待审批"}, "审批结果是“待审批”"),
            ({"decision": "不同意"}, "审批结果是“不同意”"),
            ({"decision": None}, "还没有审批结果"),
            ({"decided_at": at(9)}, "审批时间（2026-03-09）还没有到"),
            ({"new_due": None}, "内容没有填全"),
        ],
    )
    def test_a_request_that_moves_nothing_says_why(self, values, problem_told):
        made = book(Tasks=[task()], Extensions=[of_task() | values])
        (found,) = extend(made, [YQ], NOW).findings
        assert (found.code, found.message) == (EXTENSION_NOT_GRANTED.code, f"这份延期申请不改变时限：{problem_told}")
        assert extend(made, [], NOW).findings == (), "nobody asked for it"

    def test_one_that_check_finds_fault_with_is_told_once(self):
        made = book(Tasks=[task()], Extensions=[of_task(approver="技术部*工程师")])
        assert [found.code for found in extend(made, [YQ], NOW).findings] == ["extension-rung"]

    def test_an_unknown_id_is_refused(self, made):
        with pytest.raises(UnknownRecord):
            extend(made, ["RW-2026-0999"], NOW)

    def test_a_row_without_a_deadline_is_refused(self):
        with pytest.raises(UsageError, match="案例库"):
            extend(book(Problems=[problem()], Cases=[case()]), ["AL-2026-0001"], NOW)


def test_a_matter_whose_id_stands_twice_is_extended_once():
    made = book(Tasks=[task(), task(title="又一行")], Extensions=[of_task()], Contacts=CONTACTS)
    assert cells(done(made)) == [("Tasks", "完成时限", RW, at(12), at(16))]
