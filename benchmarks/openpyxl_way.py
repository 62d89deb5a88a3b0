"""The same batch as most people would write it: openpyxl in, a loop over the rows, openpyxl out.

It makes the same checks on the same columns, and computes the same due times, lights and rungs; it does without a list of
findings, an audit, a board, and reading back what was saved. The bench compares the answers.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import openpyxl

from coordination_xl.worktime import china_days

NOW = dt.datetime(2026, 11, 20, 10)
CLOSING = dt.timedelta(hours=18)
URGENCIES = {"紧急", "一般", "低优先级"}
STATES = {"待办", "进行中", "待验收", "已完成", "挂账", "已取消"}
REQUIRED = ("编号", "任务", "状态", "责任人", "责任部门", "完成时限", "验收标准", "登记时间")


def main(path: str) -> None:
    """Check and refresh the tasks of a workbook, cell by cell."""
    worked = _worked_days()
    book = openpyxl.load_workbook(path)
    sheet = book["任务跟踪表"]
    column = {cell.value: place for place, cell in enumerate(sheet[4])}
    people = {f"{row[0]}*{row[2]}": row[0] for row in book["通讯录"].iter_rows(min_row=5, values_only=True)}
    sources = {row[0] for row in book["协调台账"].iter_rows(min_row=5, values_only=True)}
    seen: set[str] = set()
    faults: list[tuple[int, str]] = []
    for row in sheet.iter_rows(min_row=5):
        value = {header: row[place].value for header, place in column.items()}
        faults += [(row[0].row, header) for header in _faulty(value, seen, people, sources)]
        _refresh(row, column, value, worked)
    book.save(path)
    sys.stdout.write(f"{len(faults)} faults\n")


def _faulty(value: dict, seen: set[str], people: dict[str, str], sources: set[str]) -> list[str]:  # type: ignore[type-arg]
    """The headers of one row in which something is wrong."""
    wrong = [header for header in REQUIRED if value[header] in {None, ""}]
    if value["状态"] not in STATES:
        wrong.append("状态")
    if value["紧急程度"] not in URGENCIES:
        wrong.append("紧急程度")
    if value["编号"] in seen or not re.fullmatch(r"RW-\d{4}-\d{4,}", value["编号"] or ""):
        wrong.append("编号")
    seen.add(value["编号"])
    if people.get(value["责任人"]) != value["责任部门"]:
        wrong.append("责任人")
    if value["来源编号"] not in sources:
        wrong.append("来源编号")
    if value["登记时间"].date() > value["完成时限"].date():
        wrong.append("完成时限")
    if value["完成时间"] and not value["登记时间"] <= value["完成时间"] <= NOW:
        wrong.append("完成时间")
    if value["状态"] == "已完成" and not value["完成时间"]:
        wrong.append("完成时间")
    return wrong


def _worked_days() -> dict[dt.date, int]:
    """For each day of 2023 to 2027 how many working days there have been, itself included."""
    special = {day.date(): worked for day, worked in zip(china_days()["date"], china_days()["is_workday"], strict=True)}
    count, counted = 0, {}
    day = dt.date(2023, 1, 1)
    while day.year < 2028:
        count += special.get(day, day.weekday() < 5)
        counted[day] = count
        day += dt.timedelta(days=1)
    return counted


def _refresh(row: tuple, column: dict, value: dict, worked: dict[dt.date, int]) -> None:  # type: ignore[type-arg]
    due = value["完成时限"]
    if due.time() == dt.time():
        due += CLOSING
    is_done = value["状态"] in {"已完成", "已取消"}
    late = worked[NOW.date()] - worked[due.date()] if not is_done and due < NOW else 0
    follow_up = value["登记时间"].date() + dt.timedelta(days=7)
    while worked[follow_up] == worked[follow_up - dt.timedelta(days=1)]:
        follow_up += dt.timedelta(days=1)
    feedback = dt.datetime.combine(follow_up, dt.time()) + CLOSING
    is_near = worked[due.date()] - worked[NOW.date()] <= 2
    light = "灰" if is_done else "红" if due < NOW else "黄" if feedback < NOW else "蓝" if is_near else "绿"
    rungs = ((10, "总经理办公会"), (5, "分管领导"), (3, "部门负责人"), (0, "责任人"))
    rung = next((name for least, name in rungs if late >= least), None) if light == "红" else None
    cells = {
        "预警灯": light,
        "逾期天数": late or None,
        "原定时限": due,
        "下次反馈": None if is_done else feedback,
        "升级层级": rung,
        "时限性质": "正式",
        "按期": ("是" if value["完成时间"] <= due else "否") if value["完成时间"] else None,
        "办结用时": worked[value["完成时间"].date()] - worked[value["登记时间"].date()] if value["完成时间"] else None,
        "上次状态": value["状态"],
    }
    for header, new in cells.items():
        row[column[header]].value = new


if __name__ == "__main__":
    main(str(Path(sys.argv[1])))
