"""Columns are found by what their header says, wherever they stand."""

from __future__ import annotations

import pytest

from coordination_xl.errors import DuplicateHeader, MissingColumn
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.schema import BY_NAME
from tests.builders import grid, ledger_of, problem

PROBLEMS = BY_NAME["Problems"]
HEADERS = tuple(column.header for column in PROBLEMS.columns)


def renamed(**names: str) -> tuple[str, ...]:
    """The headers of 问题台账 with some identifiers called otherwise."""
    return tuple(names.get(column.identifier, column.header) for column in PROBLEMS.columns)


def read(headers: tuple[str, ...]):
    """The ledger of one row whose every cell holds the header above it."""
    made = grid("Problems", [{}], headers=HEADERS)
    for place, column in enumerate(made.columns):
        column[0] = f"第{place}列"
    return read_ledger(PROBLEMS, type(made)(made.table, made.sheet, headers, 6, 1, made.columns))


@pytest.mark.parametrize(
    "typed",
    [
        "提报部门/人",
        " 提报部门/人 ",
        "提报部门／人",
        "提报部门 / 人",
        "提报部门\n/人",
        "提报部门",
        "提报人",
        "提 报 人",
    ],
)
def test_width_blanks_and_aliases_do_not_matter(typed):
    ledger = read(renamed(raiser=typed))
    assert ledger.headers["raiser"] == typed
    assert ledger["raiser"].tolist() == [f"第{HEADERS.index('提报部门/人')}列"]


def test_columns_may_stand_in_any_order():
    ledger = ledger_of("Problems", problem(), headers=HEADERS[::-1], first_column=3)
    assert ledger["id"].tolist() == ["WT-2026-0001"]
    assert ledger.places["id"] == 3 + len(HEADERS) - 1
    assert ledger.places[PROBLEMS.columns[-1].identifier] == 3


def test_columns_of_the_user_are_left_alone():
    ledger = ledger_of("Problems", problem(我的备注="甲"), headers=("我的备注", *HEADERS, "编号2"))
    assert "我的备注" not in ledger.headers.values()
    assert len(ledger.frame.columns) == len(PROBLEMS.columns)


def test_an_optional_column_may_be_missing():
    ledger = ledger_of("Problems", problem(), headers=tuple(header for header in HEADERS if header != "附件"))
    assert not ledger.has("attachments")
    assert ledger["attachments"].tolist() == [""]


def test_all_missing_columns_are_named_at_once():
    short = tuple(header for header in HEADERS if header not in {"编号", "问题背景", "预警灯"})
    row = {key: value for key, value in problem().items() if key not in {"id", "background"}}
    with pytest.raises(MissingColumn) as missing:
        ledger_of("Problems", row, headers=short)
    assert str(missing.value) == (
        "工作表“问题台账”的表格 Problems：缺少列：“编号”、“预警灯”、“问题背景”。"
        "把改过名的列改回来；列已删除的，运行 coordination-xl upgrade 补上空列，或恢复备份。"
    )


def test_one_column_twice_is_refused_with_both_places():
    with pytest.raises(DuplicateHeader) as twice:
        ledger_of("Problems", problem(), headers=(*HEADERS, "责任人 "))
    where = HEADERS.index("责任人") + 1
    assert f"“责任人”（第 {where} 列）、“责任人 ”（第 {len(HEADERS) + 1} 列）" in str(twice.value)


def test_two_aliases_without_the_header_are_refused():
    with pytest.raises(DuplicateHeader, match="提报部门/人"):
        ledger_of("Problems", {}, headers=(*renamed(raiser="提报部门"), "提报人"))


def test_beside_the_header_an_alias_is_the_users_own():
    ledger = ledger_of("Problems", problem(提报人="我的"), headers=(*HEADERS, "提报人"))
    assert ledger["raiser"].tolist() == ["客户服务部*专员"]


def test_headers_are_told_as_they_stand():
    ledger = ledger_of("Problems", {"WT": "x"}, headers=("WT", *renamed(id="事项编号", wished_by="期望解决日期")))
    assert (ledger.headers["id"], ledger.address(6, "id")) == ("事项编号", "B6")


def test_a_column_that_came_with_a_later_version_may_be_missing_but_no_other_computed_one():
    assert not read(tuple(header for header in HEADERS if header != "按原定时限")).has("is_on_original")
    with pytest.raises(MissingColumn, match="按期"):
        read(tuple(header for header in HEADERS if header != "按期"))
