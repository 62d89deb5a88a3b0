"""Agreements read as tasks: what each row of 任务跟踪表 would say, and which agreed sentences are none."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.errors import UnknownRecord
from coordination_xl.rules.splitting.splitting import splitting
from coordination_xl.rules.timing.schedule import Basis
from coordination_xl.schema import BY_NAME
from tests.builders import NOW, coordination, emergency, grid, held, ledgers, problem, settings, task
from tests.rules.test_seed import BESIDE, EXAMPLE

SEED_NOW = datetime(2023, 10, 19, 9)
REVIEWED = {
    "state": "已复盘", "resolved_at": datetime(2026, 3, 4, 9), "reviewed_at": datetime(2026, 3, 5, 15),
    "course": "中断1小时", "root_cause": "单点", "controlled_at": datetime(2026, 3, 4, 8, 30),
    "discovered_at": datetime(2026, 3, 4, 7), "first_told_at": datetime(2026, 3, 4, 7, 10),
    "reported_at": datetime(2026, 3, 4, 7, 30), "plan_approved_at": datetime(2026, 3, 4, 8),
    "measures": "1.技术部3月底前增加双活；2.客户服务部2026年3月12日前更新话术，市场部配合",
    "responsible": "增加双活-技术部*经理；更新话术-客服部*专员", "deadlines": "增加双活：月底前；更新话术：2026-03-12 12:00",
}  # fmt: skip


def split_of(records=(), now=NOW, **tables):
    read = ledgers(**tables)
    return splitting(read, records, Basis.of(read, now).calendar, now)


def added(records=(), now=NOW, **tables) -> list[dict[str, object]]:
    return [dict(row) for row in split_of(records, now, **tables).added]


def codes(records=(), now=NOW, **tables) -> list[str]:
    return [found.code for found in split_of(records, now, **tables).findings]


class TestSeed:
    """The mechanism's own example: three tasks are agreed, two have a person and a date."""

    def test_gives_two_tasks_and_refuses_the_third_by_name(self):
        outcome = split_of(now=SEED_NOW, Coordination=[EXAMPLE | BESIDE])
        assert [(each.draft.title, each.status) for each in outcome.proposals] == [
            ("提供用户画像", "新增"), ("数据分析", "新增"), ("问卷发放", "拒绝"),
        ]  # fmt: skip
        (found,) = outcome.findings
        assert (found.code, found.column) == ("task-without-owner", "协商结果")
        assert found.message == "“客服部负责问卷发放”没有落实到一个责任人，也没有写明完成时限"

    def test_gives_rows_of_one_person_and_one_deadline(self):
        rows = added(now=SEED_NOW, Coordination=[EXAMPLE | BESIDE])
        assert rows[0] == {
            "id": "RW-2023-0001", "state": "待办", "source": "XT-2023-0001", "created_at": SEED_NOW,
            "title": "提供用户画像", "responsible": "市场部*专员", "department": "市场部",
            "deadline": datetime(2023, 10, 18, 18), "deliverable": "用户画像", "acceptance": "覆盖三类客户",
            "cooperating": "", "urgency": "一般", "remarks": "",
        }  # fmt: skip
        assert (rows[1]["responsible"], rows[1]["deadline"]) == ("数据部*分析师", datetime(2023, 10, 25, 18))
        assert rows[1]["acceptance"] == "样本量≥1000"

    def test_without_any_standard_takes_the_agreed_words_and_says_so(self):
        row = EXAMPLE | BESIDE | {"acceptance": ""}
        outcome = split_of(now=SEED_NOW, Coordination=[row])
        assert outcome.added[0]["acceptance"] == "市场部10月18日前提供用户画像"
        assert [found.code for found in outcome.findings] == ["standard-taken", "standard-taken", "task-without-owner"]


class TestRowsOfEachLedger:
    def test_a_meetings_resolutions(self):
        (row,) = added(Meetings=[held(acceptance="独占3天")])
        assert (row["source"], row["title"], row["responsible"]) == ("HY-2026-0001", "腾出环境", "技术部*工程师")
        assert (row["deadline"], row["acceptance"], row["urgency"]) == (datetime(2026, 3, 12, 18), "独占3天", "一般")

    def test_an_emergencys_measures(self):
        rows = added(Emergencies=[emergency(**REVIEWED)])
        assert [(row["title"], row["responsible"], row["deadline"]) for row in rows] == [
            ("增加双活", "技术部*经理", datetime(2026, 3, 31, 18)),
            ("更新话术，市场部配合", "客户服务部*专员", datetime(2026, 3, 12, 12)),
        ]
        assert rows[0]["remarks"] == "时限：按复盘时间2026-03-05，月底前 → 2026-03-31"
        assert rows[1]["cooperating"] == "市场部"

    def test_a_problems_measures_take_what_they_lack_from_the_problem(self):
        solution = (
            "1.财务部会计2026年3月10日前提供退货清单；2.清退残次品；3.技术部上线预约；4.市场部2026年3月11日前公告"
        )
        outcome = split_of(Problems=[problem(solution=solution, urgency="紧急")])
        assert [(row["responsible"], row["deadline"], row["remarks"]) for row in outcome.added] == [
            ("财务部*会计", datetime(2026, 3, 10, 18), "验收标准取自问题台账"),
            ("技术部*工程师", datetime(2026, 3, 18, 18), "责任人、完成时限、验收标准取自问题台账"),
            ("技术部*工程师", datetime(2026, 3, 18, 18), "责任人、完成时限、验收标准取自问题台账"),
        ]
        assert {(row["acceptance"], row["urgency"]) for row in outcome.added} == {("退货周期≤3天", "紧急")}
        (found,) = outcome.findings
        assert (found.code, found.column) == ("measure-without-owner", "解决方案")
        assert found.message == "“市场部2026年3月11日前公告”没有落实到一个责任人"

    def test_a_problem_without_a_deadline_of_its_own_has_none_to_lend(self):
        row = problem(solution="清退残次品", deadline=None)
        assert codes(Problems=[row]) == ["measure-without-owner"]
        assert codes(Problems=[problem(solution="清退残次品", responsible="技术部")]) == ["measure-without-owner"]


class TestWhatARowSays:
    def test_a_department_under_its_own_name(self):
        (row, _) = added(
            Coordination=[
                coordination(
                    agreement="1.客服部2026年3月12日前更新话术；2.财务部2026年3月16日前提供对账样例",
                    responsible="更新话术-客服专员；对账样例-财务部会计",
                    deadlines="更新话术：2026-03-12；对账样例：2026-03-16",
                )
            ]
        )
        assert (row["responsible"], row["department"]) == ("客户服务部*专员", "客户服务部")

    def test_a_bare_name_with_the_department_that_has_it(self):
        row = coordination(
            agreement="2026年3月12日前完成回归分析", responsible="分析师", deadlines="2026-03-12", acceptance="无误"
        )
        assert added(Coordination=[row])[0]["responsible"] == "数据部*分析师"
        unknown = coordination(
            agreement="3月12日前完成分析", responsible="李强", deadlines="2026-03-12", acceptance="好"
        )
        assert codes(Coordination=[unknown]) == ["task-without-department"]

    def test_who_else_is_named(self):
        row = coordination(
            agreement="技术部2026年3月12日前与财务部会计、市场部对账", responsible="技术部*工程师",
            deadlines="2026-03-12", acceptance="无差异",
        )  # fmt: skip
        assert added(Coordination=[row])[0]["cooperating"] == "财务部*会计、市场部"

    def test_how_a_relative_deadline_was_counted(self):
        row = coordination(deadlines="腾出环境：1周内；对账样例：3个工作日内", agreement="1.腾出环境；2.提供对账样例")
        first, second = added(Coordination=[row])
        assert first["deadline"] == second["deadline"].replace(day=9) == datetime(2026, 3, 9, 18)
        assert first["remarks"] == "时限：自共识时间2026-03-02起1周内 → 2026-03-09"
        assert second["deadline"] == datetime(2026, 3, 5, 18)

    def test_hours_are_counted_by_the_clock(self):
        row = coordination(agreement="技术部4小时内恢复服务", responsible="技术部*工程师", deadlines="4小时内",
                           acceptance="可用")  # fmt: skip
        (made,) = added(Coordination=[row])
        assert made["deadline"] == datetime(2026, 3, 2, 20)
        assert made["remarks"] == "时限：自共识时间2026-03-02 16:00起4小时内 → 2026-03-02 20:00"

    def test_a_year_without_a_calendar_is_provisional(self):
        row = coordination(
            agreement="技术部1年内完成迁移", responsible="技术部*工程师", deadlines="1年内", acceptance="可用"
        )
        outcome = split_of(Coordination=[row])
        assert outcome.added[0]["remarks"] == "时限：自共识时间2026-03-02起1年内 → 2027-03-02（暂定）"
        assert [found.code for found in outcome.findings] == ["calendar-missing-year"]

    def test_closing_time_is_the_companys(self):
        changed = settings(工作时间="08:00-12:00、13:00-17:00")
        assert added(Coordination=[coordination()], Settings=changed)[0]["deadline"] == datetime(2026, 3, 12, 17)


class TestRefused:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"responsible": "腾出环境-技术部；对账样例-财务部*会计"}, "task-without-owner"),
            ({"responsible": "腾出环境-技术部*工程师、财务部*会计；对账样例-财务部*会计"}, "task-without-owner"),
            ({"responsible": "腾出环境-各部门；对账样例-财务部*会计",
              "agreement": "1.各部门2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例"}, "task-without-owner"),
            ({"deadlines": "腾出环境：尽快；对账样例：2026-03-16"}, "task-without-owner"),
            ({"deadlines": "腾出环境：2026-03-13；对账样例：2026-03-16"}, "contradiction"),
            ({"responsible": "腾出环境-市场部*专员；对账样例-财务部*会计"}, "contradiction"),
            ({"agreement": "1.后勤部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例",
              "responsible": "腾出环境-后勤部*专员；对账样例-财务部*会计"}, "unknown-department"),
            ({"agreement": "1.技术部腾出环境；2.财务部2026年3月16日前提供对账样例",
              "deadlines": "腾出环境：9999天内；对账样例：2026-03-16"}, "due-too-far"),
        ],
    )  # fmt: skip
    def test_the_faulty_task_is_refused_and_the_other_is_not(self, change, code):
        outcome = split_of(Coordination=[coordination(**change)])
        assert [each.status for each in outcome.proposals] == ["拒绝", "新增"]
        assert [found.code for found in outcome.findings] == [code]
        assert outcome.proposals[0].reason == outcome.findings[0].message

    def test_a_relative_deadline_without_a_date_to_count_from(self):
        row = coordination(agreed_at=None, raised_at=None, deadlines="1周内", agreement="技术部腾出环境",
                           responsible="技术部*工程师", acceptance="独占")  # fmt: skip
        (found,) = split_of(Coordination=[row]).findings
        assert found.code == "no-start-for-due"
        assert found.message == "“技术部腾出环境”的时限“1周内”无从起算：“共识时间”、“登记时间”都没有填写"


class TestWhichRows:
    def test_those_whose_tasks_are_owed(self):
        rows = [coordination(id=f"XT-2026-000{i}", state=state) for i, state in
                enumerate(("草稿", "沟通中", "已达成共识", "执行中", "已完成", "已归档"), 1)]  # fmt: skip
        assert {row["source"] for row in added(Coordination=rows)} == {"XT-2026-0003", "XT-2026-0004"}

    def test_named_rows_in_any_state_but_draft_and_archived(self):
        rows = [coordination(state="已完成"), coordination(id="XT-2026-0002", state="已归档"),
                coordination(id="XT-2026-0003", state="草稿")]  # fmt: skip
        outcome = split_of(["XT-2026-0001", "XT-2026-0002", "XT-2026-0003"], Coordination=rows)
        assert {row["source"] for row in outcome.added} == {"XT-2026-0001"}
        assert [(found.id, found.code) for found in outcome.findings] == [
            ("XT-2026-0002", "not-in-state-to-split"), ("XT-2026-0003", "not-in-state-to-split"),
        ]  # fmt: skip

    def test_a_named_row_once_however_often_it_is_named(self):
        rows = added(["XT-2026-0001", " ＸＴ-2026-0001"], Coordination=[coordination()])
        assert [row["id"] for row in rows] == ["RW-2026-0001", "RW-2026-0002"]

    def test_a_row_of_another_kind_is_refused(self):
        (found,) = split_of(["RW-2026-0001"], Tasks=[task()]).findings
        assert (found.code, found.message) == (
            "not-splittable", "“RW-2026-0001”在任务跟踪表里，没有可以拆成任务的约定",
        )  # fmt: skip

    def test_a_row_with_nothing_in_it_is_refused_when_named_and_passed_over_when_not(self):
        assert codes(["WT-2026-0001"], Problems=[problem()]) == ["nothing-to-split"]
        assert codes(Problems=[problem()]) == []

    def test_an_unknown_id_stops_everything(self):
        with pytest.raises(UnknownRecord, match="XT-2026-0009"):
            split_of(["XT-2026-0009"], Coordination=[coordination()])

    def test_two_rows_of_one_id_are_not_split(self):
        assert codes(Coordination=[coordination(), coordination()]) == ["duplicate-id", "duplicate-id"]
        assert not added(Coordination=[coordination(), coordination()])

    def test_a_row_without_an_id_is_not_split(self):
        assert codes(Coordination=[coordination(id=None)]) == ["required-blank"]

    def test_a_row_that_is_its_own_source_is_not_split(self):
        circle = [task(id="XT-2026-0001", source="RW-2026-0002"), task(id="RW-2026-0002", source="XT-2026-0001")]
        outcome = split_of(Coordination=[coordination()], Tasks=circle)
        assert ([found.code for found in outcome.findings], outcome.added) == (["circular-reference"], ())
        assert "XT-2026-0001 → RW-2026-0002 → XT-2026-0001" in outcome.findings[0].message

    def test_rows_without_a_column_that_people_may_delete(self):
        headers = [
            c.header for c in BY_NAME["Coordination"].columns if c.identifier not in {"acceptance", "responsible"}
        ]
        row = {key: value for key, value in coordination().items() if key not in {"acceptance", "responsible"}}
        assert codes(Coordination=grid("Coordination", [row], headers=headers)) == ["task-without-owner"] * 2
