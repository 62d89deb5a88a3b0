"""run: check and refresh together; over one workbook or many files."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, refresh, run
from coordination_xl.actions.batch import carry_out, carry_out_all, errands
from coordination_xl.errors import UsageError, WorkbookNotFound
from tests.builders import NOW, book, problem, task


class TestOneBook:
    def test_is_check_and_refresh_where_there_is_nobody_to_write_to(self):
        made = book(Problems=[problem(urgency="火急")], Tasks=[task()])
        result, checked, refreshed = run(made, NOW), check(made, NOW), refresh(made, NOW)
        assert result.findings[: len(checked.findings)] == checked.findings
        assert len(result.changes.columns) == len(refreshed.changes.columns)
        assert len(result.changes.replaced) == len(checked.changes.replaced) == 1
        assert result.summary.items() >= {**checked.summary, **refreshed.summary}.items()

    def test_can_be_applied_in_one_step_and_then_stands_still(self):
        made = book(blocks=True, Problems=[problem(urgency="火急", deadline=datetime(2026, 3, 3))], Tasks=[task()])
        made.apply(run(made, NOW).changes)
        assert not run(made, NOW).changes


class TestErrands:
    def test_of_a_folder_are_its_workbooks_but_no_locks_and_backups(self, tmp_path):
        for name in ("b.xlsx", "a.XLSM", "~$b.xlsx", ".b.bak.xlsx", "c.xls", "notes.txt"):
            (tmp_path / name).write_bytes(b"")
        (tmp_path / "inner").mkdir()
        (tmp_path / "inner" / "d.xlsx").write_bytes(b"")
        assert [(each.path.name, each.is_found) for each in errands([tmp_path], NOW)] == [
            ("a.XLSM", True),
            ("b.xlsx", True),
        ]

    def test_a_file_that_is_named_twice_is_run_once_and_counts_as_named(self, tmp_path):
        book_path = tmp_path / "b.xlsx"
        book_path.write_bytes(b"")
        (only,) = errands([tmp_path, book_path, tmp_path / ".." / tmp_path.name / "b.xlsx"], NOW)
        assert not only.is_found

    def test_what_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(WorkbookNotFound, match=r"no\.xlsx"):
            errands([tmp_path / "no.xlsx"], NOW)


class TestManyFiles:
    def test_an_error_stops_its_workbook_alone(self, tmp_path, workbook):
        good = workbook(tmp_path / "good.xlsx", Problems=[problem()])
        bad = tmp_path / "bad.xlsx"
        bad.write_bytes(b"PK\x03\x04 cut off")
        found = {each.path.name: each for each in carry_out_all(errands([bad, good], NOW))}
        assert found["bad.xlsx"].error is not None
        assert found["good.xlsx"].result is not None

    def test_a_dry_one_writes_nothing(self, tmp_path, workbook):
        path = workbook(tmp_path / "good.xlsx", Problems=[problem()])
        before = path.read_bytes()
        (errand,) = errands([path], NOW, is_dry=True)
        assert carry_out(errand).result.changes
        assert path.read_bytes() == before

    def test_several_processes_come_to_the_same(self, tmp_path, workbook):
        paths = [workbook(tmp_path / f"{n}.xlsx", Problems=[problem(urgency="火急")] * n) for n in (1, 2, 3)]
        found = {each.path.name: len(each.result.findings) for each in carry_out_all(errands(paths, NOW), jobs=2)}
        assert found == {"1.xlsx": 1, "2.xlsx": 4, "3.xlsx": 6}

    @pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
    def test_a_scheduler_that_does_not_answer_is_told(self, address, tmp_path, workbook, monkeypatch):
        from coordination_xl.actions import batch

        monkeypatch.setattr(batch, "PATIENCE", "1s", raising=True)
        path = workbook(tmp_path / "good.xlsx", Problems=[problem()])
        with pytest.raises(UsageError, match="连接不上调度器"):
            list(carry_out_all(errands([path], NOW), scheduler=address))
