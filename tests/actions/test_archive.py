"""归档: states, cases and dossiers in one step, or nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from coordination_xl import archive, open_book, refresh
from coordination_xl.errors import BrokenTemplate, LockedWorkbook, SaveFailed, UnknownRecord
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.archive.case_rows import RESTRICTED_NOTE
from coordination_xl.schema import refusals
from tests.builders import NOW, book, case, coordination, dispatch, progress, row_of, settings, task
from tests.finished import done_coordination, done_emergency, done_meeting, done_problem, done_task

if TYPE_CHECKING:
    from pathlib import Path

XT, WT, HY, JJ = "XT-2026-0001", "WT-2026-0001", "HY-2026-0001", "JJ-2026-0001"

WHOLE = {
    "Coordination": [done_coordination()],
    "Problems": [done_problem()],
    "Meetings": [done_meeting()],
    "Emergencies": [done_emergency()],
    "Tasks": [
        done_task(1, source=XT), done_task(2, source=XT), done_task(3, source=HY), done_task(4, source=JJ),
    ],
}  # fmt: skip


def in_memory(tmp_path, **tables):
    return book(name=str(tmp_path / "台账.xlsx"), **tables)


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def codes(result) -> list[str]:
    return [found.code for found in result.findings]


class TestStates:
    def test_every_matter_that_may_is_archived_and_the_others_are_findings(self, tmp_path):
        made = in_memory(
            tmp_path, **WHOLE | {"Problems": [done_problem(), done_problem(id="WT-2026-0002", verdict="")]}
        )
        result = archive(made, [], NOW)
        result.write(made)
        assert [row_of(made, each)["state"] for each in (XT, WT, HY, JJ)] == ["已归档"] * 4
        assert row_of(made, "WT-2026-0002")["state"] == "已办结"
        assert [(f.code, f.id) for f in result.findings] == [("not-accepted", "WT-2026-0002")]
        assert [each["id"] for each in result.summary["archived"]] == [XT, WT, HY, JJ]
        assert result.summary["refused"] == 1

    def test_only_the_named_ones(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        archive(made, [WT], NOW).write(made)
        assert (row_of(made, WT)["state"], row_of(made, XT)["state"]) == ("已归档", "已完成")

    def test_an_unknown_id_stops_all(self, tmp_path):
        with pytest.raises(UnknownRecord):
            archive(in_memory(tmp_path, **WHOLE), [XT, "XT-2026-0999"], NOW)

    def test_the_change_is_audited_and_remembered_as_a_step(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        made.apply(refresh(made, datetime(2026, 3, 5, 18)).changes)
        archive(made, [XT], NOW, actor="李").write(made)
        row, audit = row_of(made, XT), Ledgers.read(made)["Audit"].frame
        assert (row["last_state"], row["state_since"], row["light"]) == ("已归档", NOW, "灰")
        own = audit[["actor", "verb", "sheet", "record", "header", "old", "new"]].to_numpy().tolist()
        assert ["李", "归档", "协调台账", XT, "状态", "已完成", "已归档"] in own
        assert ["李", "归档", "案例库", "AL-2026-0001", "新增一行", "", "计费系统上线联调"] in own

    def test_refresh_afterwards_changes_nothing_of_it(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        made.apply(refresh(made, NOW).changes)
        archive(made, [], NOW).write(made)
        assert not refresh(made, NOW).changes.columns

    def test_a_second_run_changes_nothing(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        archive(made, [], NOW).write(made)
        for records in ([], [XT, WT, HY, JJ]):
            again = archive(made, records, datetime(2026, 3, 9, 9))
            assert (again.is_needless, again.findings, bool(again.changes), again.files) == (True, (), False, ())


class TestCases:
    def cases(self, made) -> list[dict[str, object]]:
        return Ledgers.read(made)["Cases"].frame.to_dict("records")

    def test_each_matter_but_a_meeting_becomes_one(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        archive(made, [], NOW).write(made)
        rows = self.cases(made)
        assert [(row["id"], row["source"]) for row in rows] == [
            ("AL-2026-0001", XT), ("AL-2026-0002", WT), ("AL-2026-0003", JJ),
        ]  # fmt: skip
        assert rows[1]["dossier"] == "archive/WT-2026-0001 退货积压"
        assert (rows[1]["archived_at"], rows[1]["lessons"]) == (NOW, "口径不一返工两次")

    def test_one_written_by_hand_is_kept_and_only_its_blanks_are_filled(self, tmp_path):
        hand = case(title="自己起的名", outcome="自己写的", archived_at=None, department="")
        made = in_memory(tmp_path, **WHOLE, Cases=[hand])
        result = archive(made, [WT], NOW)
        result.write(made)
        (row,) = self.cases(made)
        assert (row["title"], row["outcome"]) == ("自己起的名", "自己写的")
        assert (row["department"], row["lessons"], row["archived_at"]) == ("技术部", "口径不一返工两次", NOW)
        assert result.summary["new_cases"] == 0

    def test_of_a_restricted_matter_tells_where_to_read(self, tmp_path):
        made = in_memory(tmp_path, Problems=[done_problem(confidentiality="机密")])
        archive(made, [], NOW).write(made)
        (row,) = self.cases(made)
        assert row["outcome"] == RESTRICTED_NOTE
        assert {row[key] for key in ("keywords", "lessons", "experience", "root_cause", "measures")} == {""}
        assert row["dossier"] == "archive/WT-2026-0001 退货积压"

    def test_what_somebody_wrote_about_a_restricted_matter_is_left_as_it_is(self, tmp_path):
        made = in_memory(
            tmp_path, Problems=[done_problem(confidentiality="秘密")], Cases=[case(lessons="可公开的一句")]
        )
        archive(made, [], NOW).write(made)
        (row,) = self.cases(made)
        assert (row["lessons"], row["outcome"]) == ("可公开的一句", "")


class TestDossiers:
    def test_stand_below_the_archive_folder_with_page_and_data(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        archive(made, [XT, HY], NOW).write(made)
        assert below(tmp_path) == [
            "archive/HY-2026-0001 联调专题会/案卷.html", "archive/HY-2026-0001 联调专题会/案卷.json",
            "archive/XT-2026-0001 计费系统上线联调/案卷.html", "archive/XT-2026-0001 计费系统上线联调/案卷.json",
        ]  # fmt: skip

    def test_go_where_the_settings_say(self, tmp_path):
        made = in_memory(tmp_path, Problems=[done_problem()], Settings=settings(归档目录="归档\\2026年"))
        archive(made, [], NOW).write(made)
        assert below(tmp_path)[0] == "归档/2026年/WT-2026-0001 退货积压/案卷.html"
        assert Ledgers.read(made)["Cases"]["dossier"].iloc[0] == "归档/2026年/WT-2026-0001 退货积压"

    def test_begin_at_the_given_folder(self, tmp_path):
        made = book(Problems=[done_problem()])
        result = archive(made, [], NOW, folder=tmp_path / "别处")
        assert all(file.path.is_relative_to(tmp_path / "别处") for file in result.files)

    def test_hold_the_files_of_their_notices_and_of_their_tasks_notices(self, tmp_path):
        outbox = tmp_path / "outbox"
        names = [
            "TZ-2026-0001 分派.html", "子/TZ-2026-0001.eml", "TZ-2026-0002/附件.txt", "TZ-2026-00011 别的.html",
            "TZ-2026-0003 别的.html", "无关.txt",
        ]  # fmt: skip
        for name in names:
            (outbox / name).parent.mkdir(parents=True, exist_ok=True)
            (outbox / name).write_bytes(name.encode())
        sent = [
            dispatch(), dispatch(id="TZ-2026-0002", source="RW-2026-0001"), dispatch(id="TZ-2026-0003", source=XT),
        ]  # fmt: skip
        made = in_memory(tmp_path, Problems=[done_problem()], Tasks=[done_task(source=WT)], Dispatch=sent)
        archive(made, [WT], NOW).write(made)
        copies = tmp_path / "archive" / "WT-2026-0001 退货积压" / "发文"
        assert below(copies) == ["TZ-2026-0001 分派.html", "TZ-2026-0002/附件.txt", "子/TZ-2026-0001.eml"]
        assert (copies / "子/TZ-2026-0001.eml").read_bytes() == "子/TZ-2026-0001.eml".encode()

    def test_an_archive_within_the_outbox_is_not_archived_again(self, tmp_path):
        (tmp_path / "outbox/旧案卷").mkdir(parents=True)
        (tmp_path / "outbox/旧案卷/TZ-2026-0001.html").write_bytes(b"x")
        made = in_memory(
            tmp_path, Problems=[done_problem()], Dispatch=[dispatch()], Settings=settings(归档目录="outbox/旧案卷")
        )
        assert len(archive(made, [], NOW).files) == 2

    def test_show_the_matter_as_it_stands_afterwards(self, tmp_path):
        made = in_memory(tmp_path, Problems=[done_problem()], Progress=[progress(WT, datetime(2026, 3, 4, 9))])
        archive(made, [], NOW).write(made)
        data = json.loads((tmp_path / "archive/WT-2026-0001 退货积压/案卷.json").read_text(encoding="utf-8"))
        assert (data["matter"]["状态"], data["matter"]["预警灯"], data["archived_at"]) == (
            "已归档",
            "灰",
            "2026-03-06T10:00:00",
        )
        assert data["progress"][0]["阶段性成果"] == "过半"

    def test_a_lost_one_is_made_again_for_the_named_matter_and_only_that(self, tmp_path):
        made = in_memory(tmp_path, **WHOLE)
        archive(made, [], NOW).write(made)
        page = tmp_path / "archive/WT-2026-0001 退货积压/案卷.html"
        before = page.read_bytes()
        page.unlink()
        assert archive(made, [], datetime(2026, 3, 9, 9)).is_needless
        result = archive(made, [WT, XT], datetime(2026, 3, 9, 9))
        assert (bool(result.changes), [each["id"] for each in result.summary["restored"]]) == (False, [WT])
        result.write(made)
        assert b"2026-03-06 10:00" in page.read_bytes()
        assert len(page.read_bytes()) >= len(before)

    def test_users_own_template_goes_first(self, tmp_path):
        (tmp_path / "templates/案卷").mkdir(parents=True)
        (tmp_path / "templates/案卷/page.html").write_text("<p>{{ title }}</p>", encoding="utf-8")
        made = in_memory(tmp_path, Problems=[done_problem(title="A<b>")])
        page = next(file for file in archive(made, [], NOW).files if file.path.suffix == ".html")
        assert page.content == b"<p>A&lt;b&gt;</p>"

    @pytest.mark.parametrize("mistake", ["{% if %}", "{{ unheard_of }}", "{{ 1 / 0 }}", "{% include 'nowhere.html' %}"])
    def test_a_broken_template_of_the_users_stops_all_and_is_named(self, tmp_path, mistake):
        (tmp_path / "templates/案卷").mkdir(parents=True)
        (tmp_path / "templates/案卷/page.html").write_text(mistake, encoding="utf-8")
        with pytest.raises(BrokenTemplate, match=r"(案卷/page|nowhere)\.html.*无法使用"):
            archive(in_memory(tmp_path, Problems=[done_problem()]), [], NOW)

    def test_a_notice_that_cannot_be_read_stops_all(self, tmp_path, monkeypatch):
        (tmp_path / "outbox").mkdir()
        (tmp_path / "outbox/TZ-2026-0001.html").write_bytes(b"x")
        made = in_memory(tmp_path, Problems=[done_problem()], Dispatch=[dispatch()])

        def refusing(path):
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr("pathlib.Path.read_bytes", refusing)
        with pytest.raises(SaveFailed, match=r"TZ-2026-0001\.html：无法读取"):
            archive(made, [], NOW)


class TestOnARealFile:
    @pytest.fixture
    def path(self, workbook, tmp_path):
        return workbook(tmp_path / "台账.xlsx", **WHOLE)

    def test_nothing_is_written_before_it_is_asked_for_and_then_the_same(self, path, tmp_path):
        before = path.read_bytes()
        planned = archive(open_book(path), [], NOW)
        assert (path.read_bytes(), below(tmp_path)) == (before, ["台账.xlsx"])
        done = open_book(path)
        archive(done, [], NOW).write(done)
        assert {file.path: file.content for file in planned.files} == {
            file.path: file.path.read_bytes() for file in planned.files
        }
        again = archive(open_book(path), [], NOW)
        assert again.is_needless
        assert row_of_file(path, "Problems", "state") == "已归档"

    def test_an_open_workbook_leaves_no_dossier(self, path, tmp_path):
        before = path.read_bytes()
        (tmp_path / "~$台账.xlsx").write_bytes(b"")
        opened = open_book(path)
        with pytest.raises(LockedWorkbook):
            archive(opened, [], NOW).write(opened)
        assert path.read_bytes() == before
        assert not (tmp_path / "archive").exists()

    def test_columns_of_the_users_own_are_in_the_data(self, path):
        sheets = openpyxl.load_workbook(path)
        sheet = sheets["问题台账"]
        table = sheet.tables["Problems"]
        place = sheet.max_column + 1
        sheet.cell(4, place, "自编号").value = "自编号"
        sheet.cell(5, place, "B-7")
        left = table.ref.split(":")[0]
        table.ref = f"{left}:{sheet.cell(5, place).coordinate}"
        table.autoFilter.ref = table.ref
        table.tableColumns = []
        table._initialise_columns()
        for column, cell in zip(table.tableColumns, sheet[4], strict=True):
            column.name = str(cell.value)
        sheets.save(path)
        opened = open_book(path)
        data = next(f for f in archive(opened, [WT], NOW).files if f.path.suffix == ".json")
        assert json.loads(data.content)["matter"]["自编号"] == "B-7"


def row_of_file(path: Path, table: str, identifier: str) -> object:
    return Ledgers.read(open_book(path))[table][identifier].iloc[0]


class TestRefusals:
    """Every kind of refusal of this verb is produced, and nothing of a refused matter changes."""

    @pytest.mark.parametrize(
        ("fault", "record", "tables"),
        [
            (refusals.NOT_FINISHED, XT, {"Coordination": [coordination()]}),
            (refusals.OPEN_TASKS, WT, {"Problems": [done_problem()], "Tasks": [task(source=WT)]}),
            (refusals.NOT_ACCEPTED, WT, {"Problems": [done_problem(verdict="")]}),
            (refusals.NO_LESSONS, WT, {"Problems": [done_problem(lessons="")]}),
            (refusals.NOT_SPLIT, HY, {"Meetings": [done_meeting()]}),
            (refusals.ERRORS_LEFT, WT, {"Problems": [done_problem(impact="")]}),
        ],
        ids=lambda value: getattr(value, "code", ""),
    )
    def test_a_refused_matter_stays_as_it_is(self, tmp_path, fault, record, tables):
        result = archive(in_memory(tmp_path, **tables), [record], NOW)
        assert codes(result) == [fault.code]
        assert result.is_needless
        assert result.summary["archived"] == []

    def test_a_reminder_does_not_hinder(self, tmp_path):
        result = archive(in_memory(tmp_path, Coordination=[done_coordination()]), [XT], NOW)
        assert codes(result) == [refusals.FEWER_TASKS.code]
        assert result.summary["refused"] == 0
        assert result.changes
