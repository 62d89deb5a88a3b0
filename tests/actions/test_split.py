"""拆分任务: what is written, and what a second split leaves, follows and tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from coordination_xl import ChangeSet, check, extend, open_book, refresh, split
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.books import MemoryBook
from coordination_xl.books.build import build_workbook
from coordination_xl.errors import RuleError, UnknownRecord
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema import BY_NAME
from tests.builders import (
    CONTACTS,
    NOW,
    book,
    coordination,
    emergency,
    extension,
    grid,
    held,
    problem,
    row_of,
    settings,
    task,
)
from tests.rules.test_seed import BESIDE, EXAMPLE
from tests.rules.test_splitting import REVIEWED, SEED_NOW

LATER = datetime(2026, 3, 9, 9, 30)
PARENT, FIRST, SECOND = "XT-2026-0001", "RW-2026-0001", "RW-2026-0002"


def run(made, *records, now=NOW):
    """Split, write, and give back the result."""
    result = split(made, records, now, actor="李")
    result.write(made)
    return result


def edit(made, record: str, **cells: object) -> None:
    """What a person types into a row."""
    read = Ledgers.read(made)
    ledger, row = read.locate(record)
    made.apply(ChangeSet(columns=cell_changes(ledger, [(row, name, value) for name, value in cells.items()])))


def without(made, record: str) -> MemoryBook:
    """The book after a person has deleted a row of 任务跟踪表."""
    grids = {table: made.grid(table) for table in BY_NAME}
    tasks = grids["Tasks"]
    stays = tasks.columns[tasks.header.index("编号")] != record
    grids["Tasks"] = replace(tasks, columns=tuple(column[stays] for column in tasks.columns))
    return MemoryBook(grids.values(), name=made.name)


def tasks_of(made) -> list[dict[str, object]]:
    return [row_of(made, record) for record in Ledgers.read(made)["Tasks"].ids]


def statuses(result) -> list[str]:
    return [each["status"] for each in result.summary["proposed"]]


def codes(result) -> list[str]:
    return [found.code for found in result.findings]


class Computed(MemoryBook):
    """A book in which one cell of 任务跟踪表 is a formula."""

    def __init__(self, grids, *, cell):
        super().__init__(grids)
        self._cell = cell

    def formulas(self, table):
        return frozenset({self._cell} if table == "Tasks" else ())


@pytest.fixture
def made():
    """A flawless coordination, split once."""
    made = book(Coordination=[coordination()])
    run(made)
    return made


class TestSeed:
    """The mechanism's own example, from the first split to the third task."""

    def test_a_person_completes_the_third_task_and_only_that_one_is_added(self):
        made = book(Coordination=[EXAMPLE | BESIDE])
        first = run(made, now=SEED_NOW)
        assert statuses(first) == ["新增", "新增", "拒绝"]
        before = tasks_of(made)
        edit(
            made, "XT-2023-0001",
            responsible=EXAMPLE["responsible"] + ";问卷发放-客服部专员",
            deadlines=EXAMPLE["deadlines"] + ";问卷发放:2023-10-27",
        )  # fmt: skip
        second = run(made, now=SEED_NOW.replace(hour=15))
        assert (statuses(second), codes(second)) == (["不变", "不变", "新增"], ["standard-taken"])
        assert tasks_of(made)[:2] == before
        third = tasks_of(made)[2]
        assert (third["id"], third["title"], third["responsible"], third["deadline"]) == (
            "RW-2023-0003", "问卷发放", "客户服务部*专员", datetime(2023, 10, 27, 18),
        )  # fmt: skip
        assert not split(made, [], SEED_NOW.replace(hour=16)).changes

    def test_says_what_it_proposes(self):
        proposed = split(book(Coordination=[EXAMPLE | BESIDE]), [], SEED_NOW).summary["proposed"]
        assert proposed[0] == {
            "source": "XT-2023-0001", "id": "RW-2023-0001", "title": "提供用户画像", "who": "市场部*专员",
            "by": datetime(2023, 10, 18, 18), "acceptance": "覆盖三类客户", "status": "新增", "reason": "",
        }  # fmt: skip
        assert (proposed[2]["id"], proposed[2]["who"], proposed[2]["by"]) == ("", "客户服务部", None)


class TestNewTasks:
    def test_are_complete_and_without_a_fault(self, made):
        row = row_of(made, FIRST)
        assert (row["light"], row["original_due"], row["last_state"]) == ("绿", datetime(2026, 3, 12, 18), "待办")
        assert (row["state"], row["source"], row["created_at"]) == ("待办", PARENT, NOW)
        assert not [found for found in check(made, NOW).findings if found.table == "Tasks"]
        before = tasks_of(made)
        made.apply(refresh(made, NOW).changes)
        assert tasks_of(made) == before

    def test_count_for_their_parent_at_once(self, made):
        assert row_of(made, PARENT)["task_progress"] == "0/2"

    def test_are_audited_cell_by_cell(self, made):
        frame = Ledgers.read(made)["Audit"].frame
        told = frame[frame["record"] == FIRST].set_index("header")["new"]
        assert set(frame["verb"]) == {"拆分任务"}
        assert set(frame["actor"]) == {"李"}
        assert (told["任务"], told["责任人"], told["完成时限"]) == ("腾出环境", "技术部*工程师", "2026-03-12 18:00")

    def test_are_numbered_behind_those_there_are(self):
        made = book(Coordination=[coordination()], Tasks=[task(id="RW-2026-0041", title="别的事")])
        run(made)
        assert [row["id"] for row in tasks_of(made)] == ["RW-2026-0041", "RW-2026-0042", "RW-2026-0043"]

    def test_nothing_is_written_when_the_rules_are_broken(self):
        made = book(Coordination=[coordination()], Settings=settings(编号格式="乱写"))
        with pytest.raises(RuleError):
            split(made, [], NOW)
        assert not tasks_of(made)

    def test_nothing_is_written_when_an_id_is_unknown(self):
        made = book(Coordination=[coordination()])
        with pytest.raises(UnknownRecord):
            split(made, [PARENT, "XT-2026-0009"], NOW)
        assert not tasks_of(made)


class TestSplitAgain:
    def test_changes_nothing(self, made):
        again = split(made, [], LATER)
        assert (again.is_needless, statuses(again), codes(again)) == (True, ["不变", "不变"], [])

    def test_follows_what_the_agreement_has_changed(self, made):
        edit(
            made, PARENT,
            agreement="1.技术部2026年3月13日前腾出环境；2.财务部2026年3月16日前提供对账样例",
            responsible="腾出环境-技术部*经理；对账样例-财务部*会计",
            deadlines="腾出环境：2026-03-13；对账样例：2026-03-16",
        )  # fmt: skip
        again = run(made, now=LATER)
        row = row_of(made, FIRST)
        assert (row["responsible"], row["deadline"]) == ("技术部*经理", datetime(2026, 3, 13, 18))
        assert (statuses(again), codes(again), len(tasks_of(made))) == (["更新", "不变"], [], 2)
        frame = Ledgers.read(made)["Audit"].frame
        moves = frame[frame["old"] != ""]
        assert ("完成时限", "2026-03-12 18:00", "2026-03-13 18:00") in {
            tuple(each) for each in moves[["header", "old", "new"]].itertuples(index=False)
        }
        assert not split(made, [], LATER).changes

    def test_knows_a_task_by_another_name(self, made):
        edit(
            made,
            PARENT,
            agreement="1.技术部2026年3月12日前腾出联调环境；2.财务部2026年3月16日前提供对账样例",
            responsible="联调环境-技术部*工程师；对账样例-财务部*会计",
            deadlines="联调环境：2026-03-12；对账样例：2026-03-16",
            acceptance="联调环境：独占3天；对账样例：覆盖全部科目",
        )
        assert statuses(run(made, now=LATER)) == ["更新", "不变"]
        assert [row["title"] for row in tasks_of(made)] == ["腾出联调环境", "提供对账样例"]

    def test_knows_a_task_by_a_like_name_whoever_does_it_whenever(self, made):
        edit(
            made,
            PARENT,
            agreement="1.财务部2026年3月16日前提供对账样例；2.市场部2026年3月20日前腾出联调环境",
            responsible="财务部*会计；市场部*专员",
            deadlines="2026-03-16；2026-03-20",
            acceptance="对账样例：覆盖全部科目；联调环境：独占3天",
        )
        assert statuses(run(made, now=LATER)) == ["不变", "更新"]
        assert [row["responsible"] for row in tasks_of(made)] == ["市场部*专员", "财务部*会计"]

    def test_knows_tasks_of_one_name_in_another_order(self):
        def two(first, second):
            return coordination(
                agreement=f"1.{first[0]}提供数据；2.{second[0]}提供数据", responsible=f"{first[1]}；{second[1]}",
                deadlines="2026-03-16；2026-03-16", acceptance="完整",
            )  # fmt: skip

        pair = ("技术部", "技术部*工程师"), ("财务部", "财务部*会计")
        made = book(Coordination=[two(*pair)])
        run(made)
        edit(made, PARENT, **{name: two(*pair[::-1])[name] for name in ("agreement", "responsible")})
        assert not run(made, now=LATER).changes

    def test_knows_two_tasks_of_one_name_apart(self):
        row = coordination(
            agreement="1.技术部2026年3月12日前提供数据；2.财务部2026年3月16日前提供数据",
            responsible="技术部*工程师；财务部*会计", deadlines="2026-03-12；2026-03-16", acceptance="完整",
        )  # fmt: skip
        made = book(Coordination=[row])
        run(made)
        assert [each["department"] for each in tasks_of(made)] == ["技术部", "财务部"]
        assert not split(made, [], LATER).changes

    def test_adds_a_new_task_and_leaves_the_old(self, made):
        edit(made, PARENT, agreement=coordination()["agreement"] + "；3.市场部2026年3月18日前发布公告",
             responsible=coordination()["responsible"] + "；公告-市场部*专员",
             deadlines=coordination()["deadlines"] + "；公告：2026-03-18",
             acceptance=coordination()["acceptance"] + "；公告：官网可见")  # fmt: skip
        assert statuses(run(made, now=LATER)) == ["不变", "不变", "新增"]
        assert row_of(made, "RW-2026-0003")["title"] == "发布公告"
        assert row_of(made, PARENT)["task_progress"] == "0/3"

    def test_tells_of_a_task_that_is_no_longer_agreed_and_keeps_it(self, made):
        edit(made, PARENT, agreement="技术部2026年3月12日前腾出环境", responsible="腾出环境-技术部*工程师",
             deadlines="腾出环境：2026-03-12", acceptance="腾出环境：独占3天")  # fmt: skip
        again = run(made, now=LATER)
        (found,) = again.findings
        assert (found.code, found.id) == ("task-no-longer-agreed", SECOND)
        assert found.message == "XT-2026-0001 的约定里已没有“提供对账样例”；任务没有删除"
        assert not again.changes
        edit(made, SECOND, state="已取消")
        assert not codes(split(made, [], LATER))

    def test_a_refused_task_that_is_there_stays(self, made):
        edit(made, PARENT, deadlines="腾出环境：尽快；对账样例：2026-03-16")
        again = run(made, now=LATER)
        assert (statuses(again), codes(again)) == (["拒绝", "不变"], ["task-without-owner"])
        assert row_of(made, FIRST)["deadline"] == datetime(2026, 3, 12, 18)


class TestWhatAPersonChanged:
    def test_stays_and_is_nobodys_business(self, made):
        edit(made, FIRST, deadline=datetime(2026, 3, 20, 12), responsible="技术部*经理", title="腾空", remarks="等备件")
        again = split(made, [], LATER)
        assert (codes(again), bool(again.changes), len(tasks_of(made))) == ([], False, 2)

    def test_is_named_where_the_agreement_changes_too(self, made):
        edit(made, FIRST, deadline=datetime(2026, 3, 20, 12))
        edit(made, PARENT, deadlines="腾出环境：2026-03-13；对账样例：2026-03-17",
             agreement="1.技术部腾出环境；2.财务部提供对账样例")  # fmt: skip
        again = run(made, now=LATER)
        (found,) = again.findings
        assert (found.code, found.id, found.column) == ("task-edited", FIRST, "完成时限")
        assert found.message == (
            "“完成时限”已由人改为“2026-03-20 12:00”，XT-2026-0001 现在的约定是“2026-03-13 18:00”；保留了人改的内容"
        )
        assert [row["deadline"] for row in tasks_of(made)] == [datetime(2026, 3, 20, 12), datetime(2026, 3, 17, 18)]

    def test_keeps_person_and_department_together(self, made):
        edit(made, FIRST, responsible="技术部*经理")
        edit(made, PARENT, responsible="腾出环境-市场部*专员；对账样例-财务部*会计",
             agreement="1.市场部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例")  # fmt: skip
        assert codes(run(made, now=LATER)) == ["task-edited"]
        assert (row_of(made, FIRST)["responsible"], row_of(made, FIRST)["department"]) == ("技术部*经理", "技术部")

    def test_the_words_about_a_deadline_stay_with_it(self):
        made = book(Coordination=[coordination(deadlines="1周内", agreement="1.腾出环境；2.提供对账样例")])
        run(made)
        edit(made, FIRST, deadline=datetime(2026, 3, 20, 12))
        edit(made, PARENT, deadlines="2周内")
        assert codes(run(made, now=LATER)) == ["task-edited"]
        told = [row["remarks"] for row in tasks_of(made)]
        assert told == [f"时限：自共识时间2026-03-02起{n}周内 → 2026-03-{day}" for n, day in ((1, "09"), (2, "16"))]

    def test_a_formula_is_a_change_though_it_shows_the_same(self, made):
        ledger = Ledgers.read(made)["Tasks"]
        made = Computed(
            [made.grid(table) for table in BY_NAME], cell=(int(ledger.rows[0]), ledger.places["acceptance"])
        )
        edit(made, PARENT, acceptance="腾出环境：独占5天；对账样例：覆盖全部科目")
        assert codes(run(made, now=LATER)) == ["task-edited"]
        assert row_of(made, FIRST)["acceptance"] == "独占3天"

    def test_a_row_copied_with_its_id_is_left_alone(self, made):
        rows = tasks_of(made)
        made = book(Coordination=[coordination()], Tasks=[rows[0], rows[0] | {"remarks": "副本"}, rows[1]],
                    Audit=made.grid("Audit"))  # fmt: skip
        edit(made, PARENT, acceptance="腾出环境：独占5天；对账样例：覆盖全部科目")
        assert codes(run(made, now=LATER)) == ["task-differs"]
        assert list(Ledgers.read(made)["Tasks"]["acceptance"]) == ["独占3天", "独占3天", "覆盖全部科目"]

    def test_a_blanked_cell_is_a_change(self, made):
        edit(made, FIRST, acceptance=None)
        edit(made, PARENT, acceptance="腾出环境：独占5天；对账样例：覆盖全部科目")
        (found,) = run(made, now=LATER).findings
        assert "已由人改为“（空）”" in found.message
        assert "acceptance" not in row_of(made, FIRST)

    def test_a_date_written_otherwise_is_no_difference(self, made):
        edit(made, FIRST, deadline="2026年3月13日", responsible="技术部经理")
        edit(made, PARENT, deadlines="腾出环境：2026-03-13；对账样例：2026-03-16",
             agreement="1.腾出环境；2.提供对账样例", responsible="腾出环境-技术部*经理；对账样例-财务部*会计")  # fmt: skip
        assert codes(run(made, now=LATER)) == []
        assert row_of(made, FIRST)["deadline"] == "2026年3月13日"

    def test_another_source_is_respected(self, made):
        edit(made, FIRST, source=None)
        again = split(made, [], LATER)
        assert (statuses(again), bool(again.changes)) == (["不变", "不变"], False)
        assert "来源编号已由人改为" in again.summary["proposed"][0]["reason"]

    def test_a_deleted_row_stays_deleted_until_its_agreement_is_named(self, made):
        made = without(made, FIRST)
        again = split(made, [], LATER)
        (found,) = again.findings
        assert (found.code, bool(again.changes)) == ("task-removed", False)
        assert "此前已拆分为 RW-2026-0001" in found.message
        assert statuses(run(made, PARENT, now=LATER)) == ["新增", "不变"]
        assert [row["id"] for row in tasks_of(made)] == [SECOND, "RW-2026-0003"]
        assert not codes(split(made, [], LATER))

    @pytest.mark.parametrize("state", ["已完成", "已取消"])
    @pytest.mark.parametrize("deadline", ["尽快", "2026-03-12 12:00"])
    def test_a_closed_task_is_never_looked_at_again(self, made, state, deadline):
        edit(made, FIRST, state=state, done_at=LATER)
        edit(made, PARENT, deadlines=f"腾出环境：{deadline}；对账样例：2026-03-16")
        again = split(made, [], LATER)
        assert (codes(again), statuses(again), bool(again.changes)) == ([], ["不变", "不变"], False)

    def test_a_task_under_acceptance_is_told_and_not_changed(self, made):
        edit(made, FIRST, state="待验收")
        edit(made, PARENT, acceptance="腾出环境：独占5天；对账样例：覆盖全部科目")
        again = split(made, [], LATER)
        (found,) = again.findings
        assert (found.code, bool(again.changes)) == ("task-under-acceptance", False)
        assert "“验收标准”仍是“独占3天”；XT-2026-0001 的约定已改为“独占5天”" in found.message


class TestTypedByHand:
    def test_a_task_is_recognised_and_left_whole(self):
        made = book(
            Coordination=[coordination()],
            Tasks=[task(source=PARENT, deadline=datetime(2026, 3, 14), acceptance=None, cooperating=None)],
        )
        again = run(made)
        assert statuses(again) == ["不变", "新增"]
        assert [(found.code, found.column) for found in again.findings] == [
            ("task-differs", "完成时限"), ("task-differs", "验收标准"),
        ]  # fmt: skip
        assert "acceptance" not in row_of(made, FIRST)

    def test_one_that_says_the_same_is_no_reminder(self):
        made = book(Coordination=[coordination()], Tasks=[task(source=PARENT, title="空出测试环境")])
        assert (statuses(split(made, [], NOW)), codes(split(made, [], NOW))) == (["不变", "新增"], [])

    def test_one_that_nobody_agreed_is_let_be(self):
        made = book(Coordination=[coordination()], Tasks=[task(source=PARENT, title="采购白板", responsible="市场部*专员",
                                                              department="市场部")])  # fmt: skip
        assert (statuses(split(made, [], NOW)), codes(split(made, [], NOW))) == (["新增", "新增"], [])

    @pytest.mark.parametrize("source", ["", "XT-2026-0999"])
    def test_one_under_no_known_source_is_not_made_twice(self, source):
        made = book(Coordination=[coordination()], Tasks=[task(source=source)])
        result = split(made, [], NOW)
        assert (statuses(result), codes(result)) == (["不变", "新增"], ["task-under-another-source"])
        done = book(Coordination=[coordination()], Tasks=[task(source=source, state="已完成", done_at=NOW)])
        assert statuses(split(done, [], NOW)) == ["新增", "新增"]


ROWS = {
    "Contacts": CONTACTS,
    "Coordination": [coordination()],
    "Meetings": [held(acceptance="独占3天")],
    "Emergencies": [emergency(**REVIEWED | {"acceptance": "演练通过"})],
    "Problems": [problem(solution="清退残次品；\n上线预约")],
}


class TestRealFile:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "协调.xlsx"
        path.write_bytes(build_workbook(ROWS))
        return path

    def test_is_split_once_and_then_left_alone(self, path):
        made = open_book(path)
        assert run(made).summary["counts"] == {"新增": 7, "更新": 0, "不变": 0, "拒绝": 0}
        before = path.read_bytes()
        again = split(open_book(path), [], LATER)
        assert (again.is_needless, again.summary["counts"]["不变"]) == (True, 7)
        assert path.read_bytes() == before

    def test_a_persons_edit_survives(self, path):
        run(open_book(path))
        edit(open_book(path), FIRST, responsible="技术部*经理", remarks="换人\n已商定")
        edit(open_book(path), PARENT, responsible="腾出环境-市场部*专员；对账样例-财务部*会计",
             agreement="1.市场部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例")  # fmt: skip
        again = run(open_book(path), now=LATER)
        assert codes(again) == ["task-edited"]
        row = row_of(open_book(path), FIRST)
        assert (row["responsible"], row["remarks"]) == ("技术部*经理", "换人\n已商定")


ONE = {"agreement": "技术部腾出环境", "responsible": "技术部*工程师", "acceptance": "独占3天"}


@pytest.mark.parametrize(
    ("code", "records", "tables"),
    [
        ("not-splittable", [FIRST], {"Tasks": [task()]}),
        ("not-in-state-to-split", [PARENT], {"Coordination": [coordination(state="已归档")]}),
        ("nothing-to-split", ["WT-2026-0001"], {"Problems": [problem()]}),
        ("measure-without-owner", [], {"Problems": [problem(solution="各部门自查")]}),
        ("task-without-owner", [], {"Coordination": [coordination(**ONE, deadlines="尽快")]}),
        ("contradiction", [], {"Coordination": [coordination(responsible="腾出环境-市场部*专员；对账样例-财务部*会计")]}),
        ("task-without-department", [], {"Coordination": [coordination(**ONE | {"agreement": "3月9日前腾出环境"}
                                                                       | {"responsible": "李强"}, deadlines="3月9日")]}),
        ("no-start-for-due", [], {"Coordination": [coordination(**ONE, deadlines="1周内", agreed_at=None, raised_at=None)]}),
        ("due-too-far", [], {"Coordination": [coordination(**ONE, deadlines="9999天内")]}),
        ("duplicate-id", [], {"Coordination": [coordination(), coordination()]}),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_and_writes_nothing_of_it(code, records, tables):
    made = book(**tables)
    result = split(made, records, NOW)
    assert code in codes(result)
    assert all(found.is_error and found.suggestion for found in result.findings)
    assert len(result.summary["proposed"]) - result.summary["counts"]["拒绝"] == result.summary["counts"]["新增"]


PEOPLE = ("市场部*专员", "技术部*工程师", "财务部*会计", "客服部经理")
DEEDS = (
    "提供用户画像",
    "完成数据分析",
    "发放问卷",
    "修订《客户手册》",
    "腾出测试环境（独占）",
    "提交=1+1报告",
    "对账；核销",
)
DUES = ("2026-03-12", "3月20日前", "1周内", "3个工作日内", "月底前", "下周五前", "尽快", "2026年3月18日 15:00")
TASKS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DEEDS), st.sampled_from(DUES)), min_size=1, max_size=5,
    unique_by=lambda each: each[1],
)  # fmt: skip


def agreed(tasks) -> dict[str, object]:
    return coordination(
        agreement="；".join(f"{n}.{who.split('*')[0]}{deed}" for n, (who, deed, _) in enumerate(tasks, 1)),
        responsible="；".join(f"{n}.{who}" for n, (who, _, _) in enumerate(tasks, 1)),
        deadlines="；".join(f"{n}.{by}" for n, (_, _, by) in enumerate(tasks, 1)),
        acceptance="经发起方确认",
    )


class TestAnyAgreement:
    @given(TASKS)
    @hypothesis_settings(max_examples=12)
    def test_split_twice_changes_nothing_the_second_time(self, tasks):
        made = book(Coordination=[agreed(tasks)])
        run(made)
        rows = tasks_of(made)
        again = split(made, [], LATER)
        assert not again.changes
        assert all(row["deadline"] and "*" in row["responsible"] for row in rows)
        assert len({row["id"] for row in rows}) == len(rows) <= len(again.summary["proposed"])

    @given(
        TASKS, TASKS,
        st.sampled_from(("title", "responsible", "deliverable", "acceptance", "cooperating", "remarks", "urgency")),
        st.sampled_from(("人改的", "技术部*经理", "低优先级", None)), st.data(),
    )  # fmt: skip
    @hypothesis_settings(max_examples=20)
    def test_a_persons_edit_survives_any_other_agreement(self, tasks, others, name, typed, data):
        made = book(Coordination=[agreed(tasks)])
        run(made)
        rows = tasks_of(made)
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        if row.get(name) == typed:
            return
        edit(made, row["id"], **{name: typed})
        edited = row_of(made, row["id"])
        edit(made, PARENT, **{key: value for key, value in agreed(others).items() if key != "id"})
        run(made, now=LATER)
        assert row_of(made, row["id"]).get(name) == edited.get(name) == typed
        assert not split(made, [], LATER).changes


def test_a_formula_is_a_persons(tmp_path):
    path = tmp_path / "公式.xlsx"
    path.write_bytes(build_workbook({"Contacts": CONTACTS, "Coordination": [coordination()]}))
    run(open_book(path))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["任务跟踪表"]
    ledger = Ledgers.read(open_book(path))["Tasks"]
    cell = sheet[ledger.address(int(ledger.rows[0]), "acceptance")]
    cell.value = '="独占"&"3天"'
    workbook.save(path)
    edit(open_book(path), PARENT, acceptance="腾出环境：独占5天；对账样例：覆盖全部科目")
    assert codes(run(open_book(path), now=LATER)) == ["task-edited"]
    assert openpyxl.load_workbook(path)["任务跟踪表"][cell.coordinate].value == '="独占"&"3天"'


def test_changes_are_one_block_of_rows():
    made = book(Coordination=[coordination()], Meetings=[held(acceptance="独占3天")])
    changes = split(made, [], NOW).changes
    (block,) = [added for added in changes.added if added.table == "Tasks"]
    assert list(block.columns[block.headers.index("来源编号")]) == [PARENT, PARENT, "HY-2026-0001"]
    assert np.all(block.columns[block.headers.index("状态")] == "待办")


def test_a_granted_extension_is_not_taken_back(made):
    grids = {table: made.grid(table) for table in BY_NAME}
    asked = extension(source=FIRST, applied_at=NOW, current_due=datetime(2026, 3, 12, 18),
                      new_due=datetime(2026, 3, 18, 18), decision="同意", decided_at=NOW,
                      approver="公司领导*副总经理")  # fmt: skip
    grids["Extensions"] = grid("Extensions", [asked])
    made = MemoryBook(grids.values())
    extend(made, [], LATER).write(made)
    assert row_of(made, FIRST)["deadline"] == datetime(2026, 3, 18, 18)
    again = split(made, [], LATER)
    assert (codes(again), again.is_needless) == ([], True)
