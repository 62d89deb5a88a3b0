"""载入表单: a row into its form."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination_xl.actions.load import load
from coordination_xl.actions.register import register
from coordination_xl.errors import MissingSheet, UnknownRecord, UsageError
from coordination_xl.schema.forms import COORDINATION_FORM, EMERGENCY_FORM, MEETING_FORM, MINUTES_FORM, PROBLEM_FORM
from tests.builders import NOW, coordination, emergency, held, meeting, problem, task
from tests.form_books import fill, form_book, on_form

LATER = datetime(2026, 3, 9, 8, 30)


def loaded(made, record, now=NOW, **options):
    """Load, write, and give back the result."""
    result = load(made, record, now, **options)
    assert result.findings == ()
    result.write(made)
    return result


def test_every_cell_shows_its_column():
    made = form_book(Coordination=[coordination()])
    loaded(made, "XT-2026-0001")
    shown = on_form(made, COORDINATION_FORM)
    mark = shown.pop("loaded")
    row = coordination()
    grid = {
        "task1": "腾出环境", "who1": "技术部*工程师", "by1": date(2026, 3, 12), "standard1": "独占3天",
        "task2": "对账样例", "who2": "财务部*会计", "by2": date(2026, 3, 16), "standard2": "覆盖全部科目",
    }  # fmt: skip
    plain = {
        key: row[key] for key in COORDINATION_FORM.columns if row.get(key) and key not in COORDINATION_FORM.grid.columns
    }
    assert shown == plain | grid | {"consensus_by": date(2026, 3, 4)}
    assert mark.startswith("载入自 XT-2026-0001 · 2026-03-06 10:00 · 指纹 ")


def test_cells_that_the_row_has_blank_become_blank():
    blank = dict.fromkeys(("remarks", "responsible", "deadlines", "acceptance"), "")
    made = form_book(Coordination=[coordination(), coordination(id="XT-2026-0002", **blank)])
    loaded(made, "XT-2026-0001")
    loaded(made, "XT-2026-0002")
    assert not {"remarks", "task1", "who2", "by1", "standard2"} & on_form(made, COORDINATION_FORM).keys()


def test_loading_twice_changes_nothing_and_the_mark_keeps_its_time():
    made = form_book(Coordination=[coordination()])
    loaded(made, "XT-2026-0001")
    assert not loaded(made, "XT-2026-0001").changes
    assert not loaded(made, "XT-2026-0001", LATER).changes


@pytest.mark.parametrize(
    ("state", "form"),
    [("申请", MEETING_FORM), ("已批准", MEETING_FORM), ("驳回", MEETING_FORM), ("已通知", MEETING_FORM), ("已召开", MINUTES_FORM),
     ("纪要待审", MINUTES_FORM), ("已归档", MINUTES_FORM)],
)  # fmt: skip
def test_a_meeting_has_its_minutes_from_the_day_it_was_held(state, form):
    made = form_book(Meetings=[held(state=state)])
    assert loaded(made, "HY-2026-0001").summary["form"] == form.sheet
    assert on_form(made, form)["title"] == "联调专题会"


def test_the_other_form_of_a_meeting_can_be_asked_for():
    made = form_book(Meetings=[meeting()])
    loaded(made, "HY-2026-0001", form="会议纪要")
    assert on_form(made, MINUTES_FORM)["id"] == "HY-2026-0001"


@pytest.mark.parametrize(
    ("tables", "record", "form"),
    [
        ({"Problems": [problem()]}, "WT-2026-0001", PROBLEM_FORM),
        ({"Emergencies": [emergency()]}, "JJ-2026-0001", EMERGENCY_FORM),
    ],
)
def test_problems_and_emergencies_have_one_form_each(tables, record, form):
    made = form_book(**tables)
    loaded(made, record)
    assert on_form(made, form)["id"] == record


@pytest.mark.parametrize(
    ("record", "form", "error", "words"),
    [
        ("RW-2026-0001", "", UsageError, "没有可打印的表单"),
        ("XT-2026-0001", "会议纪要", UsageError, "协调台账的行可载入：协调表"),
        ("XT-2026-0001", "没有", UsageError, "可用的表单：协调表、问题提报表、会议申请表、会议纪要、紧急事项报告"),
        ("XT-2026-0009", "", UnknownRecord, "XT-2026-0009"),
    ],
)
def test_what_has_no_form_is_refused_by_name(record, form, error, words):
    made = form_book(Coordination=[coordination()], Tasks=[task()])
    with pytest.raises(error, match=words):
        load(made, record, NOW, form=form)


def test_a_workbook_without_the_form_is_refused():
    made = form_book(Coordination=[coordination()], without=["CoordinationForm_id"])
    with pytest.raises(MissingSheet, match="协调表"):
        load(made, "XT-2026-0001", NOW)


def test_a_cell_that_the_form_lacks_is_passed_over():
    made = form_book(Coordination=[coordination()], without=["CoordinationForm_remarks", "CoordinationForm_loaded"])
    result = load(made, "XT-2026-0001", NOW)
    assert {"CoordinationForm_title"} <= {block.name for block in result.changes.blocks}
    assert not {"CoordinationForm_remarks", "CoordinationForm_loaded"} & {block.name for block in result.changes.blocks}


class TestGrid:
    def test_more_than_five_tasks_share_the_fifth_line(self):
        tasks = range(1, 8)
        row = coordination(
            responsible="；".join(f"任务{n}：技术部*工程师" for n in tasks),
            deadlines="；".join(f"任务{n}：2026-03-1{n}" for n in tasks if n != 6),
            acceptance="",
        )
        made = form_book(Coordination=[row])
        loaded(made, "XT-2026-0001")
        shown = on_form(made, COORDINATION_FORM)
        assert shown["task4"] == "任务4"
        assert shown["task5"] == "任务5\n任务6\n任务7"
        assert shown["by5"] == "2026-03-15\n\n2026-03-17"
        assert not register(made, "协调表", NOW).changes

    def test_dates_stand_as_typed(self):
        row = coordination(deadlines="腾出环境：3月12日；对账样例：1周内")
        made = form_book(Coordination=[row])
        loaded(made, "XT-2026-0001")
        assert (on_form(made, COORDINATION_FORM)["by1"], on_form(made, COORDINATION_FORM)["by2"]) == (
            "3月12日",
            "1周内",
        )

    def test_a_deadline_that_is_a_real_date_stands_beside_its_one_task(self):
        row = coordination(responsible="腾出环境-技术部*工程师", deadlines=datetime(2026, 3, 12), acceptance="")
        made = form_book(Coordination=[row])
        loaded(made, "XT-2026-0001")
        shown = on_form(made, COORDINATION_FORM)
        assert (shown["task1"], shown["who1"], shown["by1"]) == ("腾出环境", "技术部*工程师", date(2026, 3, 12))


class TestHeights:
    def test_a_row_grows_by_its_lines_and_shrinks_back(self):
        long = coordination(discussion="\n".join(["技术部：需3天"] * 10))
        made = form_book(Coordination=[long, coordination(id="XT-2026-0002")])
        loaded(made, "XT-2026-0001")
        assert made.height("CoordinationForm_discussion") == 148
        assert made.height("CoordinationForm_background") == 52
        loaded(made, "XT-2026-0002")
        assert made.height("CoordinationForm_discussion") == 66

    def test_the_longer_of_two_fields_side_by_side_counts(self):
        made = form_book(
            Coordination=[coordination(feedback_terms="每2个工作日向综合管理部书面反馈一次，重大风险随时反馈")]
        )
        loaded(made, "XT-2026-0001")
        assert made.height("CoordinationForm_feedback_terms") == 32

    def test_a_task_line_grows_with_its_narrowest_cell(self):
        made = form_book(Coordination=[coordination(acceptance="腾出环境：独占三天，期间不得排其他回归测试任务")])
        loaded(made, "XT-2026-0001")
        assert made.height("CoordinationForm_task1") > 24
        assert made.height("CoordinationForm_task2") == 24

    def test_no_row_is_taller_than_a_sheet_allows(self):
        made = form_book(Coordination=[coordination(discussion="很长" * 3000)])
        loaded(made, "XT-2026-0001")
        assert made.height("CoordinationForm_discussion") == 409

    def test_a_height_that_a_screen_has_rounded_stays(self):
        made = form_book(Coordination=[coordination()])
        loaded(made, "XT-2026-0001")
        made.heights["CoordinationForm_background"] = 52.5
        assert not load(made, "XT-2026-0001", NOW).changes.heights


class TestUnregistered:
    """What somebody typed into a form and never registered is not overwritten unasked."""

    def refused(self, made, record="XT-2026-0001"):
        result = load(made, record, NOW)
        assert not result.changes
        return [found.code for found in result.findings]

    def test_a_new_form(self):
        made = form_book(Coordination=[coordination()])
        fill(made, COORDINATION_FORM, title="新事项")
        assert self.refused(made) == ["form-unregistered"]
        assert "XT-2026-0001" in load(made, "XT-2026-0001", NOW).findings[0].message

    def test_an_edited_form(self):
        made = form_book(Coordination=[coordination(), coordination(id="XT-2026-0002")])
        loaded(made, "XT-2026-0001")
        fill(made, COORDINATION_FORM, remarks="改过")
        assert self.refused(made) == self.refused(made, "XT-2026-0002") == ["form-unregistered"]
        loaded(made, "XT-2026-0002", replace=True)
        assert on_form(made, COORDINATION_FORM)["remarks"] == "依赖月结"

    def test_a_form_as_it_was_loaded_or_registered_makes_room(self):
        made = form_book(Coordination=[coordination(), coordination(id="XT-2026-0002", title="另一件")])
        loaded(made, "XT-2026-0001")
        loaded(made, "XT-2026-0002")
        assert on_form(made, COORDINATION_FORM)["title"] == "另一件"

    def test_a_form_whose_row_was_changed_meanwhile_makes_room(self):
        made = form_book(Coordination=[coordination()])
        loaded(made, "XT-2026-0001")
        made = with_row(made, coordination(goal="3月20日前完成联调"))
        loaded(made, "XT-2026-0001")
        assert on_form(made, COORDINATION_FORM)["goal"] == "3月20日前完成联调"


def with_row(made, row):
    """The same forms over a ledger that has this row alone."""
    other = form_book(Coordination=[row])
    fill(other, COORDINATION_FORM, **on_form(made, COORDINATION_FORM))
    return other


class TestBlankForm:
    def test_comes_of_a_loaded_one_and_takes_the_next_matter(self):
        made = form_book(Coordination=[coordination()])
        new = on_form(made, COORDINATION_FORM)
        loaded(made, "XT-2026-0001")
        assert on_form(made, COORDINATION_FORM) != new
        loaded(made, "协调表")
        assert on_form(made, COORDINATION_FORM) == new
        assert not loaded(made, "协调表").changes

    def test_does_not_come_of_what_was_never_registered_unless_asked(self):
        made = form_book()
        fill(made, COORDINATION_FORM, title="还没登记")
        (found,) = load(made, "协调表", NOW).findings
        assert (found.code, found.sheet) == ("form-unregistered", "协调表")
        loaded(made, "协调表", replace=True)
        assert "title" not in on_form(made, COORDINATION_FORM)
