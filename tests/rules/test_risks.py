"""重大风险: what the latest feedback calls a major risk goes to 分管领导 at once."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import explain
from tests.builders import NOW, book, coordination, emergency, grid, progress, refreshed, task

RW, XT = "RW-2026-0001", "XT-2026-0001"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour)


def risk(source: str = RW, day: int = 5, word: object = "是", **values: object) -> dict[str, object]:
    return progress(source, at(day), is_major_risk=word, risk="供应商停产", **values)


def standing(
    *heard: dict[str, object], record: str = RW, now: datetime = NOW, **values: object
) -> tuple[object, object]:
    """Light and rung of a task in time, or of the matter it comes from."""
    made = book(
        Tasks=[task(source=XT, **values)], Coordination=[coordination(deadlines="A：2026-03-30")], Progress=heard
    )
    row = refreshed(made, record, now)
    return row.get("light"), row.get("escalation")


def test_goes_to_the_leader_though_nothing_is_late():
    assert standing(risk(word="否")) == ("绿", None)
    assert standing(risk()) == ("黄", "分管领导")


@pytest.mark.parametrize("word", ["否", None, ""])
def test_is_lifted_by_the_next_word(word):
    assert standing(risk(day=4), risk(day=5, word=word)) == ("绿", None)
    assert standing(risk(day=5), risk(day=4, word=word)) == ("黄", "分管领导"), "rows may stand in any order"


def test_of_two_words_of_one_time_the_lower_row_counts():
    assert standing(risk(), risk(word="否")) == ("绿", None)
    assert standing(risk(word="否"), risk()) == ("黄", "分管领导")


def test_is_heard_only_when_it_is_told():
    assert standing(risk(day=9)) == ("绿", None)
    assert standing(risk(day=6) | {"reported_at": NOW}) == ("黄", "分管领导")


def test_of_a_task_is_one_of_its_matter():
    assert standing(risk(), record=XT) == ("黄", "分管领导")
    assert standing(risk(), risk(day=6, word="否"), record=XT) == ("绿", None)


def test_of_a_task_is_not_lifted_by_a_word_on_the_matter():
    assert standing(risk(), risk(XT, day=6, word="否"), record=XT) == ("黄", "分管领导")


def test_of_a_matter_is_not_one_of_its_tasks():
    assert standing(risk(XT)) == ("绿", None)


@pytest.mark.parametrize("values", [{"state": "已取消"}, {"state": "已完成", "done_at": at(5)}])
def test_ends_with_the_task(values):
    assert standing(risk(), **values) == ("灰", None)
    assert standing(risk(), record=XT, **values) == ("绿", None)


def test_of_a_paused_task_rests():
    paused = {"state": "挂账", "paused_at": at(5), "pause_reason": "等"}
    assert standing(risk(), **paused) == ("灰", None)


def test_makes_no_red_matter_yellow():
    assert standing(risk(), deadline=at(5)) == ("红", "分管领导")


def test_lowers_no_rung():
    now = datetime(2026, 3, 20, 10)
    heard = risk(day=19)
    assert standing(heard, deadline=at(4), now=now) == ("红", "总经理办公会")


def test_of_an_emergency_is_heard_too():
    made = book(Emergencies=[emergency()], Progress=[risk("JJ-2026-0001", day=6)])
    row = refreshed(made, "JJ-2026-0001")
    assert (row["light"], row["escalation"]) == ("黄", "分管领导")


def test_is_explained():
    tables = {"Tasks": [task(source=XT)], "Coordination": [coordination()], "Progress": [risk()]}
    told = explain(book(**tables), XT, NOW).risk
    assert (told.source, told.reported_at, told.reporter, told.risk) == (RW, at(5), "技术部*工程师", "供应商停产")
    assert explain(book(**tables | {"Progress": []}), XT, NOW).risk is None


def test_a_workbook_without_the_column_knows_none():
    headers = ["来源编号", "时间", "反馈人", "阶段性成果"]
    heard = {"source": RW, "reported_at": at(5), "reporter": "技术部*工程师", "achievement": "过半"}
    made = book(Tasks=[task()], Progress=grid("Progress", [heard], headers=headers))
    assert refreshed(made, RW).get("escalation") is None
