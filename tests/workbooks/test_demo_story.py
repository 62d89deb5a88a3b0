"""The demo's office life: complete, coherent, repeatable, with exactly the mistakes that were planned."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from coordination_xl.schema import BY_NAME, MATTERS
from coordination_xl.schema.column import Dtype, Kind
from coordination_xl.worktime import WorkCalendar
from workbooks.demo import NOW, PLANNED_FAULTS, clean_rows, demo_rows

SEED = {
    "id": "XT-2023-0041",
    "title": "季度客户满意度调研跨部门协作",
    "initiator": "客户服务部*经理",
    "receivers": "市场部专员、产品部主管、数据部*分析师",
    "background": "为提升客户满意度,需联合多部门开展调研,目前问卷设计阶段,需市场部提供用户画像,数据部支持样本分析",
    "goal": "1周内完成调研方案;2周内完成数据收集与分析",
    "consensus_by": "2023年10月20日",
    "urgency": "一般",
    "discussion": "市场部:需明确调研范围;数据部:需样本量≥1000;争议点:调研周期",
    "agreement": "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放",
    "responsible": "用户画像-市场部专员;数据分析-数据部分析师",
    "deadlines": "用户画像:2023-10-18;数据分析:2023-10-25",
    "progress": "10月18日:市场部已提交用户画像",
    "remarks": "若数据样本不足,需延长3天分析周期",
    "state": "已归档",
    "raised_at": datetime(2023, 10, 9, 9, 30),
    "done_at": datetime(2023, 10, 25, 17, 0),
    "confidentiality": "内部",
    "version": 1.0,
}
AT_LEAST = {
    "Coordination": 42, "Problems": 62, "Meetings": 14, "Emergencies": 7, "Tasks": 160,
    "Recurring": 5, "Progress": 150, "Dispatch": 40, "Extensions": 6, "Cases": 10,
}  # fmt: skip
CALENDAR = WorkCalendar.china()
Row = dict[str, Any]


@pytest.fixture(scope="module")
def clean() -> dict[str, list[Row]]:
    return clean_rows()


@pytest.fixture(scope="module")
def shown() -> dict[str, list[Row]]:
    return demo_rows()


def everyone(rows: dict[str, list[Row]]) -> set[str]:
    return {f"{row['department']}*{row['person']}" for row in rows["Contacts"]}


def departments(rows: dict[str, list[Row]]) -> set[str]:
    return {row["department"] for row in rows["Contacts"]}


def of_this_year(rows: dict[str, list[Row]], table: str) -> list[Row]:
    return [row for row in rows[table] if row.get("id") != SEED["id"]]


def is_in_office(moment: datetime) -> bool:
    hours = (time(9), time(12)), (time(13, 30), time(18))
    return bool(CALENDAR.is_workday(moment)) and any(first <= moment.time() <= last for first, last in hours)


@pytest.mark.parametrize(("table", "least"), AT_LEAST.items())
def test_there_is_enough_of_everything(clean, table, least):
    assert len(clean[table]) >= least


@pytest.mark.parametrize("table", [table for table in MATTERS if table.life], ids=lambda table: table.name)
def test_every_state_occurs(clean, table):
    assert {row["state"] for row in clean[table.name]} == set(table.life.states)


def test_most_of_the_departments_carry_matters(clean):
    assert len({row["department"] for row in clean["Tasks"]}) >= 8


def test_the_same_rows_come_out_every_time():
    assert demo_rows() == demo_rows()


def test_the_example_of_the_form_stands_there_to_the_letter(shown):
    row = shown["Coordination"][0]
    assert {name: row.get(name) for name in SEED} == SEED
    assert row["acceptance"] == "用户画像:覆盖三类主要客户;数据分析:样本量≥1000且出具分析报告"
    assert row["agreed_at"].date().isoformat() == "2023-10-16"


@pytest.mark.parametrize(
    "table", ["Coordination", "Problems", "Meetings", "Emergencies", "Tasks", "Cases", "Recurring", "Dispatch"]
)
def test_no_title_is_told_twice(clean, table):
    assert [title for title, count in Counter(row["title"] for row in clean[table]).items() if count > 1] == []


def test_no_feedback_is_told_twice(clean):
    told = Counter(row["achievement"] for row in clean["Progress"])
    assert [text for text, count in told.items() if count > 1] == []


def test_ids_ascend_without_a_gap(clean):
    for table, rows in clean.items():
        prefix = BY_NAME[table].prefix
        if prefix:
            ids = [row["id"] for row in rows if row["id"] != SEED["id"]]
            assert ids == [f"{prefix}-2026-{number:04d}" for number in range(1, len(ids) + 1)]


def test_only_columns_of_the_user_are_told_and_in_their_types(clean):
    types = {Dtype.NUMBER: float, Dtype.MOMENT: datetime, Dtype.TEXT: str}
    for table, rows in clean.items():
        for row in of_this_year(clean, table) if rows else []:
            for name, value in row.items():
                column = BY_NAME[table].column(name)
                assert not column.is_computed
                assert type(value) is types[column.dtype], (table, row, name)


def test_what_a_state_requires_is_filled(clean):
    for table, rows in clean.items():
        life = BY_NAME[table].life
        for row in rows:
            for column in BY_NAME[table].columns:
                if life and row["state"] in life.drafts:
                    continue
                if column.required and not column.is_computed:
                    assert column.identifier in row, (table, row["title"], column.header)
                if column.required_from and row["state"] in life.from_on(column.required_from):
                    assert column.identifier in row, (row["title"], column.header)


def test_words_come_from_their_vocabularies(clean):
    for table, rows in clean.items():
        for column in BY_NAME[table].columns:
            if column.vocabulary:
                assert {row[column.identifier] for row in rows if column.identifier in row} <= set(
                    column.vocabulary.words
                )


def test_every_source_exists(clean):
    known = {row["id"] for table in MATTERS for row in clean[table.name]}
    for table in ("Tasks", "Progress", "Dispatch", "Extensions", "Cases"):
        assert {row["source"] for row in clean[table]} <= known


def test_every_person_and_department_is_in_the_contacts(clean):
    people, houses = everyone(clean), departments(clean)
    for table in clean:
        for row in of_this_year(clean, table):
            for name, value in row.items():
                kind = BY_NAME[table].column(name).kind
                if kind is Kind.PERSON:
                    assert value in people, (table, row, name)
                if kind is Kind.DEPARTMENT:
                    assert value in houses
                if kind is Kind.PARTIES:
                    for party in re.split("[、，]", value):
                        assert party in people or party in houses or row["id"] == SEED["id"], (table, party)


def test_everybody_may_read_what_is_sent_to_them(clean):
    levels = BY_NAME["Coordination"].column("confidentiality").vocabulary.words
    may = {f"{row['department']}*{row['person']}": levels.index(row["clearance"]) for row in clean["Contacts"]}
    matters = {row["id"]: row for table in MATTERS for row in clean[table.name]}
    for row in clean["Dispatch"]:
        matter = matters[row["source"]]
        secret = matter.get("confidentiality") or matters[matter["source"]].get("confidentiality", "内部")
        for person in f"{row['recipients']}、{row.get('copies', '')}".strip("、").split("、"):
            assert may[person] >= levels.index(secret), (row["title"], person)


def test_people_act_in_working_time(clean):
    event = {"wished_by", "consensus_by", "deadline", "current_due", "new_due", "starts_on", "leave_from", "leave_to"}
    for table in clean:
        for row in clean[table]:
            if table == "Emergencies" or str(row.get("source", "")).startswith("JJ") or row.get("id") == SEED["id"]:
                continue
            for name, value in row.items():
                if isinstance(value, datetime) and name not in event:
                    assert is_in_office(value), (table, row.get("title"), name, value)


def test_nothing_has_happened_after_now(clean):
    ahead = {
        "wished_by",
        "consensus_by",
        "deadline",
        "current_due",
        "new_due",
        "starts_on",
        "starts_at",
        "leave_from",
        "leave_to",
    }
    for rows in clean.values():
        for row in rows:
            assert all(value <= NOW for name, value in row.items() if isinstance(value, datetime) and name not in ahead)


@pytest.mark.parametrize(
    ("table", "course"),
    [
        ("Coordination", ("raised_at", "agreed_at", "done_at")),
        ("Problems", ("raised_at", "dispatched_at", "solved_at", "accepted_at")),
        ("Meetings", ("applied_at", "approved_at", "notified_at", "starts_at", "ended_at", "minutes_signed_at")),
        (
            "Emergencies",
            ("discovered_at", "first_told_at", "reported_at", "plan_approved_at", "resolved_at", "reviewed_at"),
        ),
        ("Tasks", ("created_at", "done_at")),
        ("Dispatch", ("created_at", "sent_at", "read_at", "answered_at")),
        ("Extensions", ("applied_at", "current_due", "new_due")),
        ("Extensions", ("applied_at", "decided_at")),
    ],
)
def test_one_thing_follows_another(clean, table, course):
    for row in clean[table]:
        moments = [row[name] for name in course if name in row]
        assert moments == sorted(moments), row


def test_feedback_lies_within_its_matter(clean):
    matters = {row["id"]: row for table in MATTERS for row in clean[table.name]}
    for row in clean["Progress"]:
        matter = matters[row["source"]]
        began = matter.get("raised_at") or matter.get("created_at") or matter.get("discovered_at")
        ended = matter.get("done_at") or matter.get("solved_at") or matter.get("reviewed_at") or NOW
        assert began < row["reported_at"] <= ended


@pytest.mark.parametrize(
    ("table", "text"), [("Coordination", "agreement"), ("Meetings", "resolutions"), ("Emergencies", "measures")]
)
def test_agreement_persons_deadlines_and_tasks_say_the_same(clean, table, text):
    for row in of_this_year(clean, table):
        if text not in row:
            continue
        persons = dict(part.split("-", 1) for part in row["responsible"].split(";"))
        deadlines = dict(part.split(":", 1) for part in row["deadlines"].split(";"))
        standards = dict(part.split(":", 1) for part in row["acceptance"].split(";"))
        assert list(persons) == list(deadlines) == list(standards)
        assert len(row[text].split("；")) == len(persons)
        children = [task for task in clean["Tasks"] if task["source"] == row["id"]]
        for task in children:
            label = next(label for label in persons if label in task["title"])
            assert (task["responsible"], f"{task['deadline']:%Y-%m-%d}", task["acceptance"]) == (
                persons[label],
                deadlines[label],
                standards[label],
            )
        assert len(children) in {0, len(persons)}


def test_a_matter_is_finished_only_when_its_tasks_are(clean):
    over = {"已完成", "已取消"}
    for table, states in (
        ("Coordination", {"已完成", "已归档"}),
        ("Problems", {"已办结", "已归档"}),
        ("Meetings", {"已归档"}),
        ("Emergencies", {"已归档"}),
    ):
        done = {row["id"]: row for row in clean[table] if row["state"] in states}
        for task in clean["Tasks"]:
            if parent := done.get(task["source"]):
                assert task["state"] in over
                assert task["done_at"] <= (parent.get("done_at") or parent.get("solved_at") or NOW)


def test_meetings_keep_their_lead_times(clean):
    for row in clean["Meetings"]:
        assert row["hours"] <= 2
        assert row["applied_at"] <= CALENDAR.add_workdays(row["starts_at"], -3)
        if "notified_at" in row:
            assert row["notified_at"] <= CALENDAR.add_workdays(row["starts_at"], -2)
        if "minutes_signed_at" in row:
            assert row["minutes_signed_at"] - row["ended_at"] <= timedelta(hours=24)


def test_about_six_of_seven_tasks_were_on_time(clean):
    done = [row for row in clean["Tasks"] if row["state"] == "已完成"]
    share = sum(row["done_at"] <= row["deadline"] for row in done) / len(done)
    assert 0.85 <= share <= 0.92


def test_what_is_late_now_is_late_by_days_not_by_months(clean):
    late = [row for row in clean["Tasks"] if row["state"] in {"待办", "进行中", "待验收"} and row["deadline"] < NOW]
    assert len(late) == 12
    assert {CALENDAR.count_workdays(row["deadline"], NOW) for row in late} >= {1, 2, 3, 12}
    assert all(CALENDAR.count_workdays(row["deadline"], NOW) <= 12 for row in late)


def test_the_planned_mistakes_are_the_only_difference(clean, shown):
    differences = {
        (table, name, str(after.get(name)))
        for table in clean
        for before, after in zip(clean[table], shown[table], strict=True)
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }
    planned = {(fault.table, fault.column, str(fault.wrong if fault.wrong != "" else None)) for fault in PLANNED_FAULTS}
    assert differences == planned
    assert len({(fault.record, fault.column) for fault in PLANNED_FAULTS}) == len(PLANNED_FAULTS) >= 25


def test_the_example_of_the_form_is_left_alone():
    assert all(fault.record != SEED["id"] for fault in PLANNED_FAULTS)
