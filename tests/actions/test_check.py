"""校验: what it lists, where, and what it mends when asked."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from coordination_xl import check
from coordination_xl.books import Link
from coordination_xl.schema import BY_NAME
from tests.builders import FIRST_ROW, NOW, book, coordination, grid, meeting, problem, row_of, task


def listing(made) -> list[dict[str, object]]:
    """校验结果 as it stands."""
    stands = made.grid("Findings")
    rows = zip(*stands.columns, strict=True)
    return [dict(zip(stands.header, row, strict=True)) for row in rows if any(cell is not None for cell in row)]


def headers(table: str, **names: str) -> tuple[str, ...]:
    return tuple(names.get(column.identifier, column.header) for column in BY_NAME[table].columns)


FAULTY = problem(urgency="火急", wished_by="尽快", impact=None)


class TestFindings:
    def test_all_at_once(self):
        found = check(book(Problems=[FAULTY], Tasks=[task(urgency="火急")]), NOW).findings
        assert [(each.table, each.column, each.code) for each in found] == [
            ("Tasks", "紧急程度", "not-in-vocabulary"),
            ("Problems", "影响范围", "required-blank"),
            ("Problems", "紧急程度", "not-in-vocabulary"),
            ("Problems", "期望解决时间", "unreadable-date"),
        ]

    def test_changes_nothing_before_it_is_applied(self):
        made = book(Problems=[FAULTY])
        check(made, NOW, fix=True)
        assert made.applied == []
        assert row_of(made, "WT-2026-0001")["urgency"] == "火急"

    def test_coordinates_are_those_of_the_workbook(self):
        moved = headers("Problems", wished_by="期望解决日期")[::-1]
        row = {"期望解决日期" if key == "wished_by" else key: value for key, value in FAULTY.items()}
        made = grid("Problems", [{}, row], sheet="问题 '26", headers=("我的", *moved), first_row=9, first_column=2)
        found = {each.code: each for each in check(book(Problems=made), NOW).findings}
        late = found["unreadable-date"]
        assert (late.sheet, late.row, late.column, late.id) == ("问题 '26", 10, "期望解决日期", "WT-2026-0001")
        assert made.header[late_place(late.address) - made.first_column] == "期望解决日期"

    def test_in_order_of_the_columns_as_they_stand(self):
        made = grid("Problems", [FAULTY], headers=headers("Problems")[::-1])
        columns = [each.column for each in check(book(Problems=made), NOW).findings]
        assert columns == ["期望解决时间", "紧急程度", "影响范围"]

    def test_summary_counts(self):
        summary = check(book(Problems=[FAULTY, problem(id="WT-2026-0002", urgency="高")]), NOW).summary
        assert (summary["errors"], summary["reminders"], summary["mended"]) == (3, 1, 0)
        assert summary["rows"]["问题台账"] == 2

    def test_of_the_programs_own_sheets_there_are_none(self):
        made = book(Audit=[{"record": "没有这个", "changed_at": "昨天"}], Findings=[{"severity": "大错", "row": "三"}])
        assert check(made, NOW).findings == ()


def late_place(address: str) -> int:
    """Sheet column of an address."""
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


class TestListing:
    def test_has_one_row_a_finding(self):
        made = book(Problems=[FAULTY])
        result = check(made, NOW)
        made.apply(result.changes)
        assert [(row["行"], row["列"], row["问题"], row["建议"], row["代码"]) for row in listing(made)] == [
            (each.row, each.column, each.message, each.suggestion, each.code) for each in result.findings
        ]

    def test_links_to_the_cell_whatever_the_sheet_is_called(self):
        made = grid("Problems", [FAULTY], sheet="问题 '26")
        (body,) = check(book(Problems=made), NOW).changes.replaced
        (first, *_) = body.columns[body.headers.index("定位")]
        assert isinstance(first, Link)
        assert first.target.startswith("'问题 ''26'!")
        assert first.target.endswith(f"!{first.text}")

    def test_a_second_check_changes_nothing(self):
        made = book(Problems=[FAULTY])
        made.apply(check(made, NOW).changes)
        assert not check(made, NOW).changes

    def test_grows_and_shrinks(self):
        made = book(Problems=[FAULTY])
        made.apply(check(made, NOW).changes)
        assert len(listing(made)) == 3
        better = book(Problems=[problem(urgency="火急")], Findings=made.grid("Findings"))
        better.apply(check(better, NOW).changes)
        assert [row["列"] for row in listing(better)] == ["紧急程度"]
        clean = book(Problems=[problem()], Findings=better.grid("Findings"))
        clean.apply(check(clean, NOW).changes)
        assert listing(clean) == []
        assert not check(clean, NOW).changes

    def test_a_column_of_the_users_own_is_left_alone(self):
        mine = grid("Findings", [{"谁来改": "小王"}], headers=(*headers("Findings"), "谁来改"))
        made = book(Problems=[FAULTY], Findings=mine)
        made.apply(check(made, NOW).changes)
        assert [row["谁来改"] for row in listing(made)] == ["小王", None, None]

    @pytest.mark.parametrize(
        "typed",
        ["=1+1", "+86 137", "@all", "-", "'引号", " 空格 ", "换\n行", "长" * 32_767, "{{ 7*7 }}", "<b>粗</b>"],
        ids=lambda typed: typed[:10],
    )
    def test_any_text_is_listed_as_text_and_stands_still(self, typed):
        made = book(Problems=[problem(wished_by=typed)])
        made.apply(check(made, NOW).changes)
        assert [row["原值"] for row in listing(made)] == [typed]
        assert not check(made, NOW).changes


MENDABLE = (
    ("Problems", "wished_by", "2026年3月20日", datetime(2026, 3, 20).date()),
    ("Problems", "wished_by", "２０２６-０３-２０", datetime(2026, 3, 20).date()),
    ("Problems", "raised_at", "2026.3.2 上午9点半", datetime(2026, 3, 2, 9, 30)),
    ("Meetings", "hours", "１．５", 1.5),
    ("Meetings", "hours", "90分钟", 1.5),
    ("Problems", "urgency", "高", "紧急"),
    ("Problems", "urgency", " 紧 急 ", "紧急"),
    ("Problems", "state", "处理中 ", "处理中"),
    ("Problems", "id", "ＷＴ-2026-0001", "WT-2026-0001"),
    ("Tasks", "source", " XT-2026-0001", "XT-2026-0001"),
    ("Problems", "lead_department", "技术部　", "技术部"),
    ("Problems", "lead_department", "客服部", "客户服务部"),
    ("Problems", "responsible", "技术部＊工程师", "技术部*工程师"),
)
NOT_MENDABLE = (
    ("Problems", "wished_by", "3月20日"),
    ("Problems", "wished_by", "尽快"),
    ("Problems", "wished_by", datetime(2026, 3, 20, 17)),
    ("Problems", "urgency", "火急"),
    ("Problems", "lead_department", "客服二部"),
    ("Problems", "raiser", "客服部*专员"),
    ("Problems", "background", " １．背景 "),
    ("Problems", "cooperating", "财务部，产品部 "),
    ("Problems", "solution", "2026年3月20日"),
    ("Meetings", "hours", "很久"),
    ("Problems", "impact", "#N/A"),
)
MAKE = {"Problems": problem, "Meetings": meeting, "Tasks": task}


class TestFix:
    @pytest.mark.parametrize(("table", "column", "typed", "mended"), MENDABLE)
    def test_mends_what_has_one_meaning(self, table, column, typed, mended):
        made = book(**{"Coordination": [coordination()], table: [MAKE[table](**{column: typed})]})
        made.apply(check(made, NOW, fix=True).changes)
        record = str(MAKE[table]()["id"])
        assert row_of(made, record)[column] == mended

    @pytest.mark.parametrize(("table", "column", "typed"), NOT_MENDABLE)
    def test_leaves_what_could_mean_something_else(self, table, column, typed):
        made = book(**{table: [MAKE[table](**{column: typed})]})
        assert check(made, NOW, fix=True).changes.columns == ()

    def test_touches_nothing_unless_asked(self):
        assert check(book(Problems=[problem(urgency="高")]), NOW).changes.columns == ()

    def test_is_audited_cell_by_cell(self):
        made = book(Problems=[problem(urgency="高", wished_by="2026年3月20日")])
        made.apply(check(made, NOW, fix=True, actor="小王").changes)
        audit = made.grid("Audit")
        rows = [dict(zip(audit.header, row, strict=True)) for row in zip(*audit.columns, strict=True)]
        assert [tuple(row.values()) for row in rows] == [
            (NOW, "小王", "校验", "问题台账", "WT-2026-0001", "紧急程度", "高", "紧急"),
            (NOW, "小王", "校验", "问题台账", "WT-2026-0001", "期望解决时间", "2026年3月20日", "2026-03-20"),
        ]

    def test_reports_what_was_there_and_lists_what_is_left(self):
        made = book(Problems=[problem(urgency="高", impact=None)])
        result = check(made, NOW, fix=True)
        made.apply(result.changes)
        assert [each.code for each in result.findings] == ["required-blank", "synonym"]
        assert [row["代码"] for row in listing(made)] == ["required-blank"]

    def test_a_second_run_changes_nothing(self):
        faulty = problem(urgency="高", wished_by="2026年3月20日", id=" ＷＴ-2026-0001", impact=None)
        made = book(Problems=[faulty], Meetings=[meeting(hours="90分钟")])
        made.apply(check(made, NOW, fix=True).changes)
        assert not check(made, NOW, fix=True).changes

    def test_a_shorter_listing_is_not_audited(self):
        made = book(Problems=[problem(impact=None)])
        assert check(made, NOW, fix=True).changes.added == ()

    def test_mends_the_base_tables_too(self):
        made = book(Calendar=[{"date": "2026年10月1日", "kind": "放假", "basis": "国办发明电"}])
        (day, kind) = check(made, NOW, fix=True).changes.columns
        assert (day.header, kind.header, kind.new.tolist()) == ("日期", "类型", ["休"])

    def test_keeps_the_rows_beside_it(self):
        made = book(Problems=[problem(), problem(id="WT-2026-0002", urgency="高")])
        (change,) = check(made, NOW, fix=True).changes.columns
        np.testing.assert_array_equal(change.rows, [FIRST_ROW + 1])
        assert (change.old.tolist(), change.new.tolist()) == (["高"], ["紧急"])
