from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from coordination_xl.books.build import build_workbook

NOW = dt.datetime(2026, 3, 18, 9, 30)


def at(day: str, clock: str = "18:00") -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{clock}")


ROWS = {
    "Coordination": [
        {"id": "XT-2026-0001", "light": "红", "title": "联调", "state": "执行中", "due": at("2026-03-11"),
         "overdue_workdays": 5, "initiator": "技术部*主管"},
        {"id": "XT-2026-0002", "light": "黄", "title": "宣讲", "state": "执行中", "due": at("2026-03-20"),
         "initiator": "人力资源部*主管"},
        {"id": "XT-2026-0003", "light": "灰", "title": "调研", "state": "已归档", "due": at("2026-03-10"),
         "initiator": "技术部*主管", "done_at": at("2026-03-09"), "is_on_time": "是",
         "is_on_original": "否", "elapsed_workdays": 8},
    ],
    "Tasks": [
        {"id": "RW-2026-0001", "light": "红", "title": "回归", "state": "进行中", "department": "运营部",
         "deadline": at("2026-03-16"), "overdue_workdays": 2},
        {"id": "RW-2026-0002", "light": "蓝", "title": "会签", "state": "待办", "department": "技术部",
         "deadline": at("2026-03-20")},
        {"id": "RW-2026-0003", "light": "绿", "title": "出数", "state": "待办", "department": "数据部",
         "deadline": at("2026-04-01")},
        {"id": "RW-2026-0004", "light": "灰", "title": "扩容", "state": "挂账", "department": "技术部",
         "deadline": at("2026-03-19")},
        {"id": "RW-2026-0005", "light": "灰", "title": "合同", "state": "已完成", "department": "法务部",
         "deadline": at("2026-03-06"), "done_at": at("2026-03-10"), "is_on_time": "否",
         "is_on_original": "否", "elapsed_workdays": 3},
        {"id": "RW-2026-0006", "light": "灰", "title": "旧事", "state": "已完成", "department": "法务部",
         "deadline": at("2025-03-06"), "done_at": at("2025-03-10"), "is_on_time": "否",
         "elapsed_workdays": 90},
    ],
    "Problems": [
        {"id": "WT-2026-0001", "light": "红", "title": "积压", "state": "处理中", "due": at("2026-03-02"),
         "overdue_workdays": 12, "lead_department": "运营部"},
    ],
    "Emergencies": [
        {"id": "JJ-2026-0001", "light": "红", "title": "中断", "state": "方案执行",
         "due": at("2026-03-18", "08:00"), "overdue_hours": 1.5, "finder": "运营部*值班员"},
    ],
}  # fmt: skip
"""A small office life on 18 March 2026, a Wednesday: what each figure of the dashboard must be can be counted by hand."""


@pytest.fixture(scope="session")
def blank() -> bytes:
    return build_workbook()


@pytest.fixture(scope="session")
def book(blank):
    return openpyxl.load_workbook(io.BytesIO(blank))


@pytest.fixture(scope="session")
def living() -> bytes:
    return build_workbook(ROWS)


@pytest.fixture(scope="session")
def office_life():
    return ROWS


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    return NOW
