"""时限规则 is the only place of a number: editing one on the demo workbook changes the matters it governs, and no others."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from coordination_xl import check, open_book, refresh
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.books import ChangeSet
from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema import BY_SHEET
from coordination_xl.schema.timers import TIMERS
from tests.builders import coordination, dispatch, emergency
from workbooks.demo import NOW, demo_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Row = Mapping[str, object]

RULES = {timer.rule: timer for timer in TIMERS}
BY_FINDING = {"提前": "lead-time-short", "时长上限": "meeting-too-long"}
"""Kinds of rules that no computed column shows, but a finding."""
URGENCY = {"高": "紧急", "中": "一般", "低": "低优先级", "": "一般"}
OVER = {"已完成", "已归档", "已办结", "已取消", "挂账", "已分发", "驳回", "已复盘"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


MORE = {
    "Coordination": [
        coordination(id=f"XT-2026-9{n:03}", urgency=urgency, agreed_at=at(18, 16), raised_at=at(16, 9))
        for n, urgency in enumerate(("一般", "紧急"))
    ],
    "Emergencies": [
        emergency(id="JJ-2026-9001", state="已上报", discovered_at=at(20, 9, 50), first_told_at=None, reported_at=None,
                  plan_approved_at=None),
        emergency(id="JJ-2026-9002", discovered_at=at(20, 8), first_told_at=at(20, 8, 10), reported_at=at(20, 8, 40),
                  plan_approved_at=at(20, 9, 30)),
    ],
    "Dispatch": [dispatch(id="TZ-2026-9001", answer_needed="配合答复", sent_at=at(19, 17))],
}  # fmt: skip
"""What the demo has nothing open of: feedback that was not agreed, a leader not told, no control yet, no answer yet."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """The demo workbook and a few matters more, refreshed at its moment."""
    path = tmp_path_factory.mktemp("rules") / "demo.xlsx"
    rows = demo_rows()
    path.write_bytes(build_workbook(rows | {table: rows[table] + more for table, more in MORE.items()}))
    book = open_book(path)
    book.apply(refresh(book, NOW).changes)
    assert not refresh(open_book(path), NOW).changes
    return path


@pytest.fixture(scope="module")
def rows(demo) -> dict[str, list[dict[str, object]]]:
    """What stands in the ledgers, by header."""
    found = {}
    for ledger in Ledgers.read(open_book(demo)):
        cells = [ledger.typed[identifier] for identifier in ledger.headers]
        headers = [ledger.table.column(identifier).header for identifier in ledger.headers]
        found[ledger.table.name] = [dict(zip(headers, row, strict=True)) for row in zip(*cells, strict=True)]
    return found


def words(text: str) -> list[str]:
    return [word for word in re.split("[、|]", text) if word]


def holds(condition: str, row: Row) -> bool:
    """``列=值|值`` and ``列≠值``, several joined by ``；``; a star at the end stands for anything."""
    for part in filter(None, condition.split("；")):
        header, sign, values = re.fullmatch(r"(.+?)(=|≠)(.+)", part).groups()
        told = str(row[header] or "")
        is_one = any(told.startswith(word[:-1]) if word.endswith("*") else told == word for word in words(values))
        if is_one is (sign == "≠"):
            return False
    return True


def governed(rule: str, rows: Mapping[str, list[dict[str, object]]]) -> Iterator[Row]:
    """The rows whose clocks a rule runs, and those of the rules that count on from it."""
    timer = RULES[rule]
    for row in rows[BY_SHEET[timer.table].name]:
        urgency = str(row.get("紧急程度") or "")
        is_state = not timer.states or row["状态" if "状态" in row else "发送状态"] in words(timer.states)
        is_urgency = not timer.urgency or URGENCY.get(urgency, urgency) in words(timer.urgency)
        is_agreed = timer.kind == "反馈" and "每" in str(row.get("反馈约定") or "")  # goes before the rule
        if is_state and is_urgency and not is_agreed and holds(timer.condition, row):
            yield row
    for other in TIMERS:
        if rule in words(other.trigger):
            yield from governed(other.rule, rows)


def is_running(rule: str, row: Row) -> bool:
    """Whether the rule's clock is started and not stopped, in a matter that is open and not paused."""
    timer = RULES[rule]
    state = row.get("状态", row.get("发送状态"))
    is_started = any(row.get(header) for header in words(timer.trigger))
    is_stopped = any(row.get(header) for header in words(timer.stop))
    is_paused = bool(row.get("挂账时间")) and not row.get("恢复时间")
    return is_started and not is_stopped and not is_paused and state not in OVER


def changed(demo: Path, folder: Path, rule: str, amount: float) -> set[str]:
    """The ids of the rows that are told otherwise once the rule has another number."""
    path = folder / f"{rule}{amount}.xlsx"
    path.write_bytes(demo.read_bytes())
    book = open_book(path)
    ledger = Ledgers.read(book)["Rules"]
    (row,) = (int(row) for row in ledger.rows if ledger["rule"][row] == rule)
    before = warned(path, rule)
    book.apply(ChangeSet(columns=cell_changes(ledger, [(row, "amount", amount)])))
    found = refresh(open_book(path), NOW).changes
    computed = {
        table: {column.header for column in BY_SHEET[sheet].computed_columns} for sheet, table in SHEETS.items()
    }
    assert all(change.header in computed[change.table] for change in found.columns)
    told = {record for change in found.columns for record in change.ids}
    return told | (warned(path, rule) ^ before)


SHEETS = {sheet: table.name for sheet, table in BY_SHEET.items()}


def warned(path: Path, rule: str) -> set[str]:
    """The rows that 校验 warns of by a rule of a kind that only it knows."""
    code = BY_FINDING.get(RULES[rule].kind)
    return {each.id for each in check(open_book(path), NOW).findings if each.code == code} if code else set()


@pytest.mark.parametrize("rule", RULES)
def test_a_number_changes_exactly_the_matters_its_rule_governs(rule, demo, rows, tmp_path):
    """A larger and a smaller number, because a clock that is not late shows it only in one direction."""
    timer = RULES[rule]
    sign = -1 if timer.amount < 0 else 1
    told = changed(demo, tmp_path, rule, timer.amount + 40 * sign)
    told |= changed(demo, tmp_path, rule, timer.amount / 4 if timer.kind == "时长上限" else 0 if timer.amount else -3)
    reach = list(governed(rule, rows))
    assert told
    assert told <= {row["编号"] for row in reach}
    if timer.kind not in BY_FINDING:
        assert told & {row["编号"] for row in reach if any(is_running(each, row) for each in (rule, *followers(rule)))}


def followers(rule: str) -> list[str]:
    return [other.rule for other in TIMERS if rule in words(other.trigger)]
