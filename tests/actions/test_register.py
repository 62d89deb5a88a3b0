"""登记表单: a filled form into its ledger."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination_xl import check, open_book, refresh
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.actions.forms.versions import pieces_of
from coordination_xl.actions.load import load
from coordination_xl.actions.register import register
from coordination_xl.books import BlockChange, ChangeSet
from coordination_xl.books.build import build_workbook
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema import BY_NAME, FORMS
from coordination_xl.schema.forms import (
    COORDINATION_FORM,
    EMERGENCY_FORM,
    MEETING_FORM,
    MINUTES_FORM,
    PROBLEM_FORM,
)
from tests.builders import CONTACTS, NOW, coordination, emergency, grid, held, meeting, objects, problem, row_of, task
from tests.form_books import fill, form_book, on_form
from tests.rules.test_seed import EXAMPLE

COORDINATION_TABLE = BY_NAME["Coordination"]
NEW = {
    "title": "计费联调", "initiator": "产品部*主管", "receivers": "技术部*工程师", "background": "3月上线", "goal": "完成联调",
    "consensus_by": date(2026, 3, 10), "task1": "腾出环境", "who1": "技术部*工程师", "by1": date(2026, 3, 12),
    "standard1": "独占3天",
}  # fmt: skip
NEW_PROBLEM = {
    "title": "退货积压", "raiser": "客户服务部*专员", "background": "仓满", "situation": "积压1,200单", "impact": "华东客户",
    "wished_by": date(2026, 3, 20),
}  # fmt: skip
NEW_MEETING = {
    "title": "联调专题会", "initiator": "技术部*经理", "goal": "定窗口", "agenda": "1.窗口", "attendees": "财务部*会计",
    "hours": 1.5, "starts_at": datetime(2026, 3, 13, 14),
}  # fmt: skip
NEW_EMERGENCY = {
    "title": "网关中断", "finder": "技术部*工程师", "emergency_type": "系统故障", "impact_level": "重大",
    "discovered_at": datetime(2026, 3, 6, 9, 30), "first_told_at": datetime(2026, 3, 6, 9, 40),
    "leader": "公司领导*副总经理", "first_measures": "切备用",
}  # fmt: skip


def registered(made, form="协调表", now=NOW):
    """Register, write, and see that registering again changes nothing."""
    result = register(made, form, now, actor="李")
    assert not any(found.is_error for found in result.findings), result.findings
    made.apply(result.changes)
    again = register(made, form, now)
    assert not again.changes, again.changes
    return result


def refused(made, form="协调表", now=NOW):
    """The findings of a form that is not registered; nothing is changed."""
    result = register(made, form, now)
    assert not result.changes
    assert result.findings
    return result.findings


def edited(form=COORDINATION_FORM, record="XT-2026-0001", tables=None, **cells):
    """A workbook whose form was loaded and then edited."""
    made = form_book(**(tables or {"Coordination": [coordination()]}))
    load(made, record, NOW, form=form.sheet).write(made)
    fill(made, form, **cells)
    return made


def audit(made):
    frame = Ledgers.read(made)["Audit"].frame
    return [tuple(row) for row in frame[["record", "header", "old", "new"]].itertuples(index=False)]


class TestNew:
    def test_a_coordination_gets_the_next_number_and_is_complete(self):
        made = form_book(Coordination=[coordination(id="XT-2026-0007")])
        fill(made, COORDINATION_FORM, **NEW)
        result = registered(made)
        row = row_of(made, "XT-2026-0008")
        assert (row["state"], row["version"], row["confidentiality"], row["raised_at"]) == ("沟通中", 1, "内部", NOW)
        assert (row["responsible"], row["deadlines"]) == ("腾出环境：技术部*工程师", "腾出环境：2026-03-12")
        assert (row["light"], row["due"]) == ("绿", datetime(2026, 3, 10, 18))
        assert result.summary["id"] == "XT-2026-0008"
        assert result.summary["is_new"]
        assert not [c for c in refresh(made, NOW).changes.columns if "XT-2026-0008" in c.ids]
        assert ("XT-2026-0008", "新增一行", "", "计费联调") in audit(made)

    def test_its_number_date_and_version_stand_on_the_form(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW, version=7)
        registered(made)
        shown = on_form(made, COORDINATION_FORM)
        assert (shown["id"], shown["raised_at"], shown["version"]) == ("XT-2026-0001", NOW, 1)
        assert shown["loaded"].startswith("载入自 XT-2026-0001 ")

    def test_the_date_on_the_form_is_when_it_began(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW, raised_at=date(2026, 3, 2), confidentiality="秘密")
        registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["raised_at"], row["confidentiality"]) == (date(2026, 3, 2), "秘密")

    @pytest.mark.parametrize(
        ("form", "cells", "record", "state", "opened"),
        [
            (PROBLEM_FORM, NEW_PROBLEM, "WT-2026-0001", "已提报", ("raised_at", NOW)),
            (MEETING_FORM, NEW_MEETING, "HY-2026-0001", "申请", ("applied_at", NOW)),
            (EMERGENCY_FORM, NEW_EMERGENCY, "JJ-2026-0001", "已上报", ("reported_at", None)),
            (EMERGENCY_FORM, NEW_EMERGENCY | {"reported_at": NOW, "description": "无响应"}, "JJ-2026-0001", "已报告",
             ("reported_at", NOW)),
        ],
        ids=["problem", "meeting", "first report", "written report"],
    )  # fmt: skip
    def test_each_form_becomes_the_first_submitted_state(self, form, cells, record, state, opened):
        made = form_book()
        fill(made, form, **cells)
        registered(made, form.sheet)
        row = row_of(made, record)
        assert row["state"] == state
        assert row.get(opened[0]) == opened[1]
        assert on_form(made, form)["id"] == record

    def test_the_year_of_the_number_is_now(self):
        made = form_book()
        fill(made, PROBLEM_FORM, **NEW_PROBLEM | {"wished_by": date(2027, 3, 1)})
        register(made, "问题提报表", datetime(2027, 1, 4, 9)).write(made)
        assert on_form(made, PROBLEM_FORM)["id"] == "WT-2027-0001"

    def test_a_failure_uses_up_no_number(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW | {"goal": None})
        refused(made)
        fill(made, COORDINATION_FORM, goal="完成联调")
        registered(made)
        assert on_form(made, COORDINATION_FORM)["id"] == "XT-2026-0001"

    def test_the_form_s_own_name_will_do(self):
        made = form_book()
        fill(made, PROBLEM_FORM, **NEW_PROBLEM)
        registered(made, "ProblemForm")

    def test_an_unknown_form_is_refused_with_those_there_are(self):
        with pytest.raises(UsageError, match="可用的表单：协调表、问题提报表、会议申请表、会议纪要、紧急事项报告"):
            register(form_book(), "发票", NOW)

    def test_text_like_a_formula_stays_text(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW | {"goal": "=HYPERLINK(1)", "remarks": "{{ x }}"})
        registered(made)
        assert row_of(made, "XT-2026-0001")["goal"] == "=HYPERLINK(1)"

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
    def test_a_new_form_is_not_registered(self, form):
        (found,) = refused(form_book(), form.sheet)
        assert (found.code, found.sheet) == ("form-without-id" if form is MINUTES_FORM else "form-blank", form.sheet)


class TestSeed:
    """The mechanism's worked example, typed into the form of a real file."""

    NOW = datetime(2023, 10, 12, 9)

    @pytest.fixture
    def seed(self, tmp_path):
        path = tmp_path / "台账.xlsx"
        path.write_bytes(build_workbook({"Contacts": CONTACTS}))
        made = open_book(path)
        cells = {key: value for key, value in EXAMPLE.items() if key not in {"responsible", "deadlines"}}
        cells |= {"task1": "用户画像", "who1": "市场部专员", "by1": "2023-10-18"}
        cells |= {"task2": "数据分析", "who2": "数据部分析师", "by2": datetime(2023, 10, 25)}
        names = {f"CoordinationForm_{cell}": value for cell, value in cells.items()}
        made.apply(ChangeSet(blocks=tuple(BlockChange(n, objects(None), objects(v)) for n, v in names.items())))
        return made

    def test_is_registered_with_the_hole_as_a_reminder(self, seed):
        result = registered(seed, now=self.NOW)
        (found,) = result.findings
        assert (found.code, found.severity, found.sheet, found.address) == ("agreed-task-open", "提醒", "协调表", "D12")
        assert found.message == "“协商结果”里的“客服部负责问卷发放”还没有落实到一个责任人，也没有写明完成时限"

    def test_stands_in_the_ledger_to_the_letter(self, seed):
        registered(seed, now=self.NOW)
        row = row_of(open_book(seed.path), "XT-2023-0001")
        grid_texts = {
            "responsible": "用户画像：市场部专员；数据分析：数据部分析师",
            "deadlines": "用户画像：2023-10-18；数据分析：2023-10-25",
        }
        assert {key: row[key] for key in EXAMPLE} == EXAMPLE | grid_texts
        assert (row["state"], row["raised_at"], row["due"]) == ("沟通中", self.NOW, datetime(2023, 10, 20, 18))
        found = check(open_book(seed.path), self.NOW).findings
        assert [each.code for each in found] == []

    def test_comes_back_from_the_ledger_as_it_was_typed(self, seed):
        registered(seed, now=self.NOW)
        assert not load(open_book(seed.path), "XT-2023-0001", self.NOW).changes


class TestErrors:
    def test_every_error_is_told_at_its_cell_of_the_form(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW | {"goal": None, "consensus_by": "尽快", "urgency": "火急"})
        found = {each.code: each for each in refused(made)}
        assert {code: (each.sheet, each.address, each.column) for code, each in found.items() if each.is_error} == {
            "required-blank": ("协调表", "D8", "核心目标"),
            "unreadable-date": ("协调表", "D9", "期望完成时间"),
            "not-in-vocabulary": ("协调表", "J9", "紧急程度"),
        }
        assert [each.address for each in refused(made)] == ["D8", "D9", "J9"]

    def test_a_reminder_does_not_block(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW | {"receivers": "技术部*架构师"})
        (found,) = registered(made).findings
        assert (found.code, found.address) == ("unknown-person", "D6")

    def test_a_column_that_is_not_on_the_form_keeps_its_name_and_cell(self):
        made = edited(tables={"Coordination": [coordination(work_type="杂务")]}, goal="新目标")
        found = next(each for each in refused(made) if each.is_error)
        assert (found.sheet, found.column) == ("协调台账", "工作类型")

    def test_other_rows_are_not_judged(self):
        made = form_book(Coordination=[coordination(urgency="火急")])
        fill(made, COORDINATION_FORM, **NEW)
        registered(made)

    def test_minutes_tell_their_unknown_department_at_its_line(self):
        tables = {"Meetings": [held(state="已召开")]}
        made = edited(MINUTES_FORM, "HY-2026-0001", tables, task2="会签合同", who2="法务部*律师", by2="2026-03-13",
                      resolutions="1.技术部2026年3月12日前腾出环境；2.法务部2026年3月13日前会签合同")  # fmt: skip
        found = {each.code: each for each in refused(made, "会议纪要")}
        assert found["unknown-department"].address == made.place("MinutesForm_who2")[1]

    def test_a_column_that_the_ledger_lacks_is_named(self):
        headers = [column.header for column in COORDINATION_TABLE.columns if column.identifier != "feedback_terms"]
        made = form_book(Coordination=grid("Coordination", headers=headers))
        fill(made, COORDINATION_FORM, **NEW)
        registered(made)
        made = form_book(Coordination=grid("Coordination", headers=headers))
        fill(made, COORDINATION_FORM, **NEW, feedback_terms="每周")
        (found,) = refused(made)
        assert (found.code, found.column) == ("form-column-missing", "反馈约定")


class TestTaskGrid:
    @pytest.mark.parametrize(
        ("cells", "cell", "words"),
        [
            ({"task3": "会签", "by3": "2026-03-13"}, "who3", "任务表第 3 行“会签”没有写责任人"),
            ({"task3": "会签", "who3": "财务部*会计"}, "by3", "没有写完成时限"),
            ({"who3": "财务部*会计", "by3": "2026-03-13"}, "task3", "没有写任务名称"),
            ({"task3": "会签", "who3": "财务部", "by3": "1周内"}, "who3", "没有落实到一个人：财务部"),
            ({"task3": "会签", "who3": "财务部*会计、技术部*经理", "by3": "1周内"}, "who3", "的责任人不止一个"),
            ({"task3": "会签", "who3": "各部门", "by3": "1周内"}, "who3", "没有落实到一个人：各部门"),
            ({"task3": "会签", "who3": "财务部*会计", "by3": "尽快"}, "by3", "的完成时限看不出日期：尽快"),
            ({"task5": "会签\n归档", "who5": "财务部*会计\n", "by5": "3月13日\n3月14日"}, "who5", "“归档”没有写责任人"),
        ],
    )
    def test_a_hole_is_named_and_does_not_block_before_the_agreement(self, cells, cell, words):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW, **cells)
        (found,) = registered(made).findings
        assert (found.code, found.severity, found.address) == (
            "task-line-open",
            "提醒",
            made.place(f"CoordinationForm_{cell}")[1],
        )
        assert words in found.message

    def test_a_hole_blocks_where_the_agreement_is_owed(self):
        made = edited(MINUTES_FORM, "HY-2026-0001", {"Meetings": [held(state="已召开")]}, task2="会签", by2="3月13日")
        found = next(each for each in refused(made, "会议纪要") if each.code == "task-line-faulty")
        assert (found.severity, found.address) == ("错误", made.place("MinutesForm_who2")[1])

    @pytest.mark.parametrize(
        ("cells", "cell"),
        [
            ({"task3": "联调，并出报告", "who3": "财务部*会计"}, "task3"),
            ({"task3": "会签", "who3": "财务部*会计", "by3": "1.今天；2.明天"}, "by3"),
        ],
    )
    def test_what_the_ledger_cannot_hold_is_refused_at_its_cell(self, cells, cell):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW, **cells)
        (found,) = refused(made)
        assert (found.code, found.address) == ("task-line-unwritable", made.place(f"CoordinationForm_{cell}")[1])

    def test_an_empty_line_between_tasks_does_not_matter(self):
        made = form_book()
        fill(made, COORDINATION_FORM, **NEW, task4="样例", who4="财务部*会计", by4="3月13日")
        registered(made)
        assert row_of(made, "XT-2026-0001")["deadlines"] == "腾出环境：2026-03-12；样例：3月13日"
        assert not load(made, "XT-2026-0001", NOW).findings

    def test_texts_that_the_grid_does_not_change_stay_as_typed(self):
        made = edited(who2="财务部*出纳")
        registered(made)
        row = row_of(made, "XT-2026-0001")
        assert row["responsible"] == "腾出环境：技术部*工程师；对账样例：财务部*出纳"
        assert (row["deadlines"], row["acceptance"]) == (coordination()["deadlines"], coordination()["acceptance"])


class TestKnownId:
    def test_a_form_as_loaded_changes_nothing(self):
        assert not register(edited(), "协调表", NOW).changes

    @pytest.mark.parametrize("record", ["XT-2026-0099", "WT-2026-0001"])
    def test_an_id_that_its_ledger_lacks_is_refused(self, record):
        made = form_book(Coordination=[coordination()], Problems=[problem()])
        fill(made, COORDINATION_FORM, **NEW, id=record)
        (found,) = refused(made)
        assert (found.code, found.address, found.value) == ("unknown-form-id", "B3", record)

    def test_a_form_typed_by_hand_over_a_known_id_is_refused(self):
        made = form_book(Coordination=[coordination()])
        fill(made, COORDINATION_FORM, **NEW, id="XT-2026-0001")
        (found,) = refused(made)
        assert (found.code, found.address) == ("form-not-loaded", "B3")
        assert "先【载入表单】载入 XT-2026-0001" in found.suggestion

    def test_a_form_of_another_row_is_not_written_over_this_one(self):
        made = edited(
            tables={"Coordination": [coordination(), coordination(id="XT-2026-0002", title="另一件")]},
            id="XT-2026-0002",
        )
        assert [each.code for each in refused(made)] == ["form-not-loaded"]

    def test_a_row_changed_since_is_refused_with_its_columns(self):
        before = edited(remarks="我的改动")
        changed = coordination(goal="别人的改动", responsible="腾出环境-技术部*经理；对账样例-财务部*会计")
        made = form_book(Coordination=[changed])
        fill(made, COORDINATION_FORM, **on_form(before, COORDINATION_FORM))
        (found,) = refused(made)
        assert (found.code, found.address) == ("form-stale", "B3")
        assert "在协调台账里的“核心目标、责任部门/人”已被改动" in found.message

    def test_a_workbook_from_before_the_marks_is_not_asked_for_one(self):
        made = form_book(
            Coordination=[coordination(state="沟通中", agreed_at=None)], without=["CoordinationForm_loaded"]
        )
        load(made, "XT-2026-0001", NOW).write(made)
        fill(made, COORDINATION_FORM, remarks="改过")
        registered(made)
        assert row_of(made, "XT-2026-0001")["remarks"] == "改过"

    def test_blank_cells_of_the_head_keep_what_the_row_has(self):
        made = edited(raised_at=None, confidentiality=None, version=None, progress="过半")
        registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["raised_at"], row["confidentiality"], row["version"]) == (coordination()["raised_at"], "内部", 1)
        assert on_form(made, COORDINATION_FORM)["raised_at"] == coordination()["raised_at"]

    def test_a_cell_that_was_cleared_is_cleared(self):
        made = edited(tables={"Coordination": [coordination(state="沟通中", agreed_at=None)]}, remarks=None)
        registered(made)
        assert "remarks" not in row_of(made, "XT-2026-0001")

    def test_what_is_archived_is_refused(self):
        done = {"agreed_at": datetime(2026, 3, 2, 16), "done_at": datetime(2026, 3, 5, 9)}
        made = edited(tables={"Coordination": [coordination(state="已归档", **done)]}, goal="新目标")
        (found,) = refused(made)
        assert found.code == "form-not-for-state"
        assert "草稿、沟通中、已达成共识、执行中、已完成" in found.suggestion


class TestVersion:
    def test_a_change_of_plan_is_a_new_version(self):
        made = edited(goal="3月20日前完成联调")
        result = registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["version"], row["state"], row["goal"]) == (2, "沟通中", "3月20日前完成联调")
        assert "agreed_at" not in row
        assert (result.summary["is_new_version"], result.summary["version"]) == (True, 2)
        assert set(result.summary["columns"]) == {"核心目标", "版本", "状态", "共识时间"}
        assert on_form(made, COORDINATION_FORM)["version"] == 2

    def test_finished_ones_are_open_again(self):
        done = {"state": "已完成", "done_at": datetime(2026, 3, 5, 9)}
        made = edited(tables={"Coordination": [coordination(**done)]}, by1="2026-03-19")
        registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["state"], "done_at" in row) == ("沟通中", False)

    def test_the_first_promise_is_kept(self):
        made = form_book(Coordination=[coordination()])
        made.apply(refresh(made, NOW).changes)
        promised = row_of(made, "XT-2026-0001")["original_due"]
        load(made, "XT-2026-0001", NOW).write(made)
        fill(made, COORDINATION_FORM, by1=date(2026, 3, 30))
        registered(made)
        assert row_of(made, "XT-2026-0001")["original_due"] == promised
        assert not [c for c in refresh(made, NOW).changes.columns if c.table == "Coordination"]

    def test_the_earlier_version_stays_whole_in_the_audit(self):
        made = edited(goal="新目标")
        registered(made)
        texts = [
            old
            for record, header, old, new in audit(made)
            if (record, header, new) == ("XT-2026-0001", "第1版全文", "")
        ]
        fields = dict(line.split("：", 1) for line in texts[0].splitlines())
        assert fields["核心目标"] == "3月底前完成联调"
        assert fields["责任部门/人"] == coordination()["responsible"]
        assert fields["登记时间"] == "2026-02-25 09:30"
        assert len(texts) == 1
        assert ("XT-2026-0001", "核心目标", "3月底前完成联调", "新目标") in audit(made)

    def test_a_version_too_long_for_one_cell_is_kept_in_several(self):
        long = "很长，" * 10_900
        made = edited(tables={"Coordination": [coordination(discussion=long)]}, goal="新目标")
        registered(made)
        pieces = [old for _, header, old, _ in audit(made) if header in {"第1版全文(1/2)", "第1版全文(2/2)"}]
        assert len(pieces) == 2
        assert f"沟通记录：{long}\n协商结果：" in "".join(pieces)

    def test_all_parties_are_listed_once_with_the_time_for_questions(self):
        tables = {
            "Coordination": [coordination()],
            "Tasks": [task(source="XT-2026-0001", responsible="数据部*分析师", cooperating="市场部*专员"),
                      task(id="RW-2026-0002", source="XT-2026-0001", state="已完成", responsible="市场部*经理"),
                      task(id="RW-2026-0003", responsible="市场部*经理")],
        }  # fmt: skip
        made = edited(tables=tables, receivers="技术部*工程师、客服部*经理")
        told = registered(made).summary
        assert told["parties"] == [
            "产品部*主管", "技术部*工程师", "客户服务部*经理", "财务部*会计", "数据部*分析师", "市场部*专员",
        ]  # fmt: skip
        assert told["tell_by"] == datetime(2026, 3, 9, 18)

    @pytest.mark.parametrize("state", ["草稿", "沟通中"])
    def test_before_an_agreement_it_is_an_update(self, state):
        made = edited(
            tables={"Coordination": [coordination(state=state, agreed_at=None)]}, goal="新目标", discussion=None
        )
        result = registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["version"], row["state"], row["goal"]) == (1, state, "新目标")
        assert not result.summary["is_new_version"]
        assert ("XT-2026-0001", "核心目标", "3月底前完成联调", "新目标") in audit(made)

    def test_an_agreement_that_only_its_time_tells_of_counts(self):
        made = edited(tables={"Coordination": [coordination(state="沟通中")]}, goal="新目标")
        assert registered(made).summary["version"] == 2

    def test_reporting_progress_changes_no_plan(self):
        made = edited(progress="3月6日：环境已腾出")
        registered(made)
        row = row_of(made, "XT-2026-0001")
        assert (row["version"], row["state"], row["progress"]) == (1, "执行中", "3月6日：环境已腾出")

    def test_one_version_follows_another(self):
        made = edited(goal="第二版")
        registered(made)
        made.apply(agreed_again(made))
        load(made, "XT-2026-0001", NOW).write(made)
        fill(made, COORDINATION_FORM, goal="第三版")
        assert registered(made).summary["version"] == 3
        assert {header for _, header, _, _ in audit(made)} >= {"第1版全文", "第2版全文"}


def agreed_again(made):
    """Somebody notes in the ledger that all parties agree."""
    ledger = Ledgers.read(made)["Coordination"]
    row = int(ledger.rows[0])
    return ChangeSet(columns=cell_changes(ledger, [(row, "state", "已达成共识"), (row, "agreed_at", NOW)]))


class TestUpdate:
    @pytest.mark.parametrize(
        ("form", "record", "tables"),
        [
            (PROBLEM_FORM, "WT-2026-0001", {"Problems": [problem()]}),
            (MEETING_FORM, "HY-2026-0001", {"Meetings": [meeting()]}),
            (EMERGENCY_FORM, "JJ-2026-0001", {"Emergencies": [emergency()]}),
        ],
        ids=["problem", "meeting", "emergency"],
    )
    def test_the_shown_fields_are_updated_and_the_state_stays(self, form, record, tables):
        made = edited(form, record, tables, remarks="改过")
        (before,) = next(iter(tables.values()))
        registered(made, form.sheet)
        row = row_of(made, record)
        assert (row["remarks"], row["state"]) == ("改过", before["state"])
        assert (record, "备注", "", "改过") in audit(made)

    def test_the_written_report_of_an_emergency_is_its_next_step(self):
        first = emergency(state="已上报", reported_at=None, team="", team_head="", plan="", plan_approved_at=None)
        made = edited(EMERGENCY_FORM, "JJ-2026-0001", {"Emergencies": [first]}, reported_at=datetime(2026, 3, 6, 8, 55))
        registered(made, "紧急事项报告")
        assert row_of(made, "JJ-2026-0001")["state"] == "已报告"


class TestMinutes:
    def test_wait_for_the_host_once_registered(self):
        over = held(state="已召开", discussion="", resolutions="", responsible="", deadlines="")
        made = edited(
            MINUTES_FORM, "HY-2026-0001", {"Meetings": [over]}, discussion="1.窗口", remarks="抄送法务",
            resolutions="1.技术部2026年3月12日前腾出环境", task1="腾出环境", who1="技术部*工程师", by1=date(2026, 3, 12),
        )  # fmt: skip
        registered(made, "会议纪要")
        row = row_of(made, "HY-2026-0001")
        assert (row["state"], row["responsible"], row["deadlines"]) == (
            "纪要待审", "腾出环境：技术部*工程师", "腾出环境：2026-03-12",
        )  # fmt: skip
        assert row["due"] == datetime(2026, 3, 6, 15, 30)

    def test_written_in_the_ledger_already_take_the_same_step(self):
        made = edited(MINUTES_FORM, "HY-2026-0001", {"Meetings": [held(state="已召开")]})
        registered(made, "会议纪要")
        assert row_of(made, "HY-2026-0001")["state"] == "纪要待审"

    def test_can_be_mended_until_they_are_signed(self):
        made = edited(MINUTES_FORM, "HY-2026-0001", {"Meetings": [held()]}, discussion="1.窗口已定")
        registered(made, "会议纪要")
        assert row_of(made, "HY-2026-0001")["state"] == "纪要待审"

    def test_need_the_time_at_which_the_meeting_ended(self):
        made = edited(
            MINUTES_FORM, "HY-2026-0001", {"Meetings": [held(state="已召开", ended_at=None)]}, discussion="新"
        )
        found = {each.code: each for each in refused(made, "会议纪要")}
        assert (found["required-blank"].column, found["required-blank"].sheet) == ("会议日期", "会议纪要")
        fill(made, MINUTES_FORM, ended_at=datetime(2026, 3, 5, 15, 30))
        registered(made, "会议纪要")

    @pytest.mark.parametrize("state", ["申请", "已批准", "已通知", "已分发", "已归档"])
    def test_belong_to_no_other_state(self, state):
        made = edited(MINUTES_FORM, "HY-2026-0001", {"Meetings": [held(state=state)]}, discussion="新")
        (found,) = refused(made, "会议纪要")
        assert (found.code, found.address) == ("form-not-for-state", made.place("MinutesForm_id")[1])
        assert "已召开、纪要待审" in found.suggestion


@pytest.mark.parametrize("text", ["", "短", "一" * 10, "一" * 11, "😀" * 7, "a😀" * 9])
def test_pieces_of_a_text_put_together_are_the_text(text):
    pieces = pieces_of(text, 10)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) <= 20 for piece in pieces)
    assert len(pieces) <= len(text.encode("utf-16-le")) // 18 + 1
