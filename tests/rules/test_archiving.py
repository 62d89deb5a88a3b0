"""Which finished matters may be archived, and why the others may not."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.errors import UnknownRecord, UsageError
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.archive.archiving import archivable
from coordination_xl.rules.archive.case_rows import RESTRICTED_NOTE, case_of, folder_name
from coordination_xl.schema import BY_NAME
from tests.builders import NOW, coordination, grid, ledgers, meeting, task
from tests.finished import done_coordination, done_emergency, done_meeting, done_problem, done_task

XT, WT, HY, JJ = "XT-2026-0001", "WT-2026-0001", "HY-2026-0001", "JJ-2026-0001"


def judged(*records: str, **tables):
    """(ids that may be archived, findings as (code, id, header))."""
    verdict = archivable(ledgers(**tables), NOW, records)
    return [each.record for each in verdict.ready], [(f.code, f.id, f.column) for f in verdict.findings]


def found(code: str, *records: str, **tables):
    """The one finding of this kind."""
    (finding,) = [f for f in archivable(ledgers(**tables), NOW, records).findings if f.code == code]
    return finding


def tasks_of(record: str, count: int = 2):
    return [done_task(number, source=record) for number in range(1, count + 1)]


WHOLE = {
    "Coordination": [done_coordination()],
    "Problems": [done_problem()],
    "Meetings": [done_meeting()],
    "Emergencies": [done_emergency()],
    "Tasks": [
        done_task(1, source=XT), done_task(2, source=XT), done_task(3, source=HY), done_task(4, source=JJ),
    ],
}  # fmt: skip


class TestReady:
    def test_every_finished_matter_that_is_whole(self):
        assert judged(**WHOLE) == ([XT, WT, HY, JJ], [])

    def test_only_the_named_ones_each_once_however_the_id_is_typed(self):
        assert judged("ＷＴ-2026-0001", WT, **WHOLE) == ([WT], [])

    def test_matters_under_way_are_passed_over_without_a_word(self):
        assert judged(Coordination=[coordination()], Meetings=[meeting()]) == ([], [])

    def test_archived_ones_are_told_apart_when_named_and_passed_over_when_not(self):
        read = ledgers(Problems=[done_problem(state="已归档")])
        assert archivable(read, NOW).archived == ()
        (matter,) = archivable(read, NOW, [WT]).archived
        assert (matter.table, matter.record) == ("Problems", WT)

    def test_cancelled_tasks_hinder_nobody(self):
        tasks = [done_task(1, source=XT), task(id="RW-2026-0002", source=XT, state="已取消")]
        assert judged(Coordination=[done_coordination()], Tasks=tasks) == ([XT], [])

    def test_a_notice_period_that_was_too_short_cannot_be_made_good_and_hinders_nobody(self):
        late = done_meeting(notified_at=datetime(2026, 3, 5, 9), approved_at=datetime(2026, 3, 5, 8))
        assert judged(Meetings=[late], Tasks=[done_task(source=HY)]) == ([HY], [])


class TestRefused:
    def test_an_unknown_id_is_an_error(self):
        with pytest.raises(UnknownRecord):
            judged("XT-2026-0999", **WHOLE)

    @pytest.mark.parametrize(("record", "hint"), [("RW-2026-0001", "来源事项"), ("LH-2026-0001", "只能归档协调")])
    def test_a_row_that_is_not_archived_by_itself_is_an_error(self, record, hint):
        with pytest.raises(UsageError, match=hint):
            judged(record, **WHOLE, Recurring=[{"id": "LH-2026-0001", "title": "周会"}])

    def test_a_matter_under_way_is_told_what_comes_next(self):
        finding = found("not-finished", XT, Coordination=[coordination()])
        assert finding.message == "状态是“执行中”，还不能归档"
        assert finding.suggestion == "“已完成”的事项才能归档；“执行中”的下一步是：已完成、沟通中"

    def test_a_state_of_nobodys_list_is_told_to_be_mended(self):
        finding = found("not-finished", WT, Problems=[done_problem(state="搞定")])
        assert finding.suggestion.endswith("改为下拉列表中的状态")

    def test_open_tasks_are_named(self):
        tasks = [done_task(1, source=XT), task(id="RW-2026-0002", source=XT, title="对账样例", state="待验收")]
        finding = found("open-tasks", Coordination=[done_coordination()], Tasks=tasks)
        assert finding.message == "还有 1 项任务没有办完：RW-2026-0002 对账样例（待验收）"
        assert judged(Coordination=[done_coordination()], Tasks=tasks)[0] == []

    @pytest.mark.parametrize(
        ("table", "row", "header"),
        [
            ("Coordination", done_coordination(done_at=None), "办结时间"),
            ("Problems", done_problem(accepted_at=None), "验收时间"),
            ("Problems", done_problem(verdict=" "), "验收结论"),
            ("Meetings", done_meeting(minutes_signed_at=None), "纪要签发时间"),
            ("Emergencies", done_emergency(reviewed_at=None), "复盘时间"),
            ("Emergencies", done_emergency(root_cause=None), "根因"),
            ("Emergencies", done_emergency(measures=None), "改进措施"),
        ],
    )
    def test_a_missing_acceptance_is_told_once_with_its_cell(self, table, row, header):
        ready, findings = judged(**WHOLE | {table: [row]})
        assert row["id"] not in ready
        assert [f for f in findings if f[1] == row["id"]] == [("not-accepted", row["id"], header)]

    @pytest.mark.parametrize("identifier", ["outcome", "lessons", "experience"])
    @pytest.mark.parametrize(("table", "row"), [("Coordination", done_coordination), ("Problems", done_problem)])
    def test_what_was_not_learned_is_told_with_its_address(self, table, row, identifier):
        read = ledgers(**WHOLE | {table: [row(**{identifier: None})]})
        (finding,) = archivable(read, NOW).findings
        assert (finding.code, finding.id) == ("no-lessons", row()["id"])
        assert finding.address == read[table].address(finding.row, identifier)
        assert finding.address in finding.suggestion

    def test_a_workbook_without_the_column_is_not_asked_for_what_was_learned(self):
        headers = [column.header for column in BY_NAME["Problems"].columns if column.identifier != "experience"]
        row = {key: value for key, value in done_problem().items() if key != "experience"}
        assert judged(Problems=grid("Problems", [row], headers=headers)) == ([WT], [])

    @pytest.mark.parametrize(("table", "row"), [("Meetings", done_meeting), ("Emergencies", done_emergency)])
    def test_what_was_resolved_must_have_become_tasks(self, table, row):
        ready, findings = judged(**{table: [row()]})
        assert (ready, [code for code, _, _ in findings]) == ([], ["not-split"])

    @pytest.mark.parametrize("nothing", ["无", "无。", "暂无", "—"])
    def test_a_meeting_that_resolved_nothing_needs_no_task(self, nothing):
        row = done_meeting(resolutions=nothing, responsible=nothing, deadlines=nothing)
        assert judged(Meetings=[row]) == ([HY], [])

    def test_fewer_tasks_than_agreed_are_worth_a_look_but_no_hindrance(self):
        tables = {"Coordination": [done_coordination()], "Tasks": [done_task(source=XT)]}
        assert judged(**tables) == ([XT], [("fewer-tasks", XT, "协商结果")])
        assert "“协商结果”有 2 项，任务跟踪表里只有 1 项" in found("fewer-tasks", **tables).message
        assert not found("fewer-tasks", **tables).is_error

    def test_a_coordination_whose_tasks_were_never_listed_is_done_by_its_own_word(self):
        assert judged(Coordination=[done_coordination()]) == ([XT], [("fewer-tasks", XT, "协商结果")])

    @pytest.mark.parametrize(
        "flaw",
        [
            {"raised_at": "很早"},
            {"agreed_at": datetime(2026, 2, 1)},
            {"done_at": datetime(2026, 4, 1)},
            {"goal": None},
            {"last_state": "沟通中", "agreed_at": None},
        ],
    )
    def test_errors_of_its_life_must_be_mended_first(self, flaw):
        ready, findings = judged(Coordination=[done_coordination(**flaw)], Tasks=tasks_of(XT))
        assert ready == []
        assert "errors-left" in [code for code, _, _ in findings]

    def test_the_errors_that_are_left_are_listed_with_their_cells(self):
        rows = [done_coordination(goal=None, background=None)]
        finding = found("errors-left", Coordination=rows, Tasks=tasks_of(XT))
        read = ledgers(Coordination=rows)["Coordination"]
        assert finding.message.startswith("这一行还有 2 处错误：")
        assert read.address(finding.row, "goal") in finding.message
        assert read.address(finding.row, "background") in finding.message

    def test_two_rows_of_one_id_are_refused_both(self):
        ready, findings = judged(Problems=[done_problem(), done_problem()])
        assert ready == []
        assert {code for code, _, _ in findings} == {"errors-left"}


class TestCase:
    def case(self, table: str, row: dict[str, object]) -> dict[str, str]:
        read = ledgers(**{table: [row]})
        return case_of(read[table], int(read[table].rows[0]), Directory.of(read["Contacts"].frame))

    def test_of_a_coordination(self):
        assert self.case("Coordination", done_coordination()) == {
            "title": "计费系统上线联调", "source": XT, "department": "产品部", "keywords": "项目推进；专项协调；一般",
            "outcome": "达到目标，两部门均按期", "lessons": "口径不一返工两次", "experience": "先定口径再取数",
            "measures": "1.技术部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例",
        }  # fmt: skip

    def test_of_a_problem_and_of_an_emergency(self):
        problem = self.case("Problems", done_problem(lead_department="客服部"))
        assert (problem["department"], problem["measures"]) == ("客户服务部", "1.分级处理")
        assert "root_cause" not in problem
        emergency = self.case("Emergencies", done_emergency())
        assert (emergency["department"], emergency["keywords"]) == ("技术部", "系统故障；重大")
        assert emergency["root_cause"] == "证书到期无人提醒"

    def test_of_a_meeting_there_is_none(self):
        assert self.case("Meetings", done_meeting()) == {}

    @pytest.mark.parametrize("level", ["秘密", "机密", "绝密", "保密", "核心商密", " 秘密 "])
    def test_of_a_restricted_matter_tells_title_source_and_department_alone(self, level):
        assert self.case("Problems", done_problem(confidentiality=level)) == {
            "title": "退货积压", "source": WT, "department": "技术部", "outcome": RESTRICTED_NOTE,
        }  # fmt: skip

    @pytest.mark.parametrize("level", ["公开", "内部", "普通", None])
    def test_of_an_open_matter_tells_all(self, level):
        assert self.case("Problems", done_problem(confidentiality=level))["lessons"] == "口径不一返工两次"


class TestFolderName:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("上线联调", "XT-1 上线联调"),
            ('报价/比价：A\\B "试点"<一>?*|', "XT-1 报价-比价：A-B 试点 一"),
            ("计费:二期", "XT-1 计费-二期"),
            ("完成. . ", "XT-1 完成"),
            ("第一行\n第二行\t\u202e反向\x00", "XT-1 第一行 第二行 反向"),
            ("../../etc", "XT-1 ..-..-etc"),
            ("", "XT-1"),
        ],
    )
    def test_is_what_every_file_system_takes(self, title, name):
        assert folder_name("XT-1", title) == name

    def test_is_cut_between_characters(self):
        name = folder_name("XT-1", "长" * 200)
        assert name == "XT-1 " + "长" * 48
        assert len(name.encode()) <= 150

    def test_of_dots_alone_is_still_a_name(self):
        assert folder_name("..", "") == "_"
