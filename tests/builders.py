"""Small workbooks for tests: rows by identifier, everything else as a new workbook has it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.actions.refresh import refresh
from coordination_xl.books import MemoryBook
from coordination_xl.books.build.contents import rows_of
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.grid import Grid
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.rules.timing.schedule import Basis, schedules
from coordination_xl.schema import BY_NAME, TABLES, dashboard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]

NOW = datetime(2026, 3, 6, 10, 0)
"""A Friday."""

FIRST_ROW = 6
CONTACTS = (
    {"department": "客户服务部", "department_aliases": "客服部、客服", "person": "经理", "role": "部门负责人"},
    {"department": "客户服务部", "person": "专员", "role": "员工"},
    {"department": "市场部", "person": "经理", "role": "部门负责人"},
    {"department": "市场部", "person": "专员", "role": "对接人"},
    {"department": "产品部", "person": "主管", "role": "部门负责人"},
    {"department": "数据部", "person": "分析师", "role": "对接人"},
    {"department": "技术部", "person": "经理", "role": "部门负责人"},
    {"department": "技术部", "person": "工程师", "role": "员工"},
    {"department": "财务部", "person": "会计", "role": "员工"},
    {"department": "综合管理部", "person": "主任", "role": "综合管理部"},
    {"department": "公司领导", "person": "副总经理", "role": "分管领导"},
)

REST_2026 = frozenset(
    date(2026, month, day)
    for month, days in {
        1: (1, 2, 3), 2: range(15, 24), 4: (4, 5, 6), 5: (1, 2, 3, 4, 5), 6: (19, 20, 21), 9: (25, 26, 27),
        10: range(1, 8),
    }.items()
    for day in days
)  # fmt: skip
WORKED_WEEKENDS_2026 = frozenset(
    date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
)
"""The State Council's notice for 2026, typed by hand; outside that year only the plain week is known."""


def is_worked(day: date) -> bool:
    return day in WORKED_WEEKENDS_2026 or (day.weekday() < 5 and day not in REST_2026)


def closing_after(start: datetime, workdays: int) -> datetime:
    """The N-th working day after a start (before it, where negative) at 18:00, by walking."""
    day, step = start.date(), timedelta(days=1 if workdays > 0 else -1)
    for _ in range(abs(workdays)):
        day += step
        while not is_worked(day):
            day += step
    return datetime(day.year, day.month, day.day, 18)


def objects(*values: object) -> np.ndarray:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def grid(table: str, rows: Sequence[Row] = (), *, sheet: str = "", headers: Sequence[str] = (), **more: object) -> Grid:
    """A table whose columns are the schema's (or ``headers``, any of them the user's own); keys of rows are identifiers,
    or headers for columns that the schema does not know."""
    schema = BY_NAME[table]
    header = tuple(headers) or tuple(column.header for column in schema.columns)
    keys = [schema.by_header[each].identifier if each in schema.by_header else each for each in header]
    unknown = {key for row in rows for key in row} - set(keys)
    assert not unknown, unknown
    return Grid(
        table,
        sheet or schema.sheet,
        header,
        int(more.get("first_row", FIRST_ROW)),
        int(more.get("first_column", 1)),
        tuple(objects(*(_cell(row.get(key)) for row in rows)) for key in keys),
        date1904=bool(more.get("date1904", False)),
    )


def _cell(value: object) -> object:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def ledger_of(table: str, *rows: Row, **more: object):
    return read_ledger(BY_NAME[table], grid(table, rows, **more))


def book(*, blocks: bool = False, name: str = "测试.xlsx", **tables: Sequence[Row] | Grid) -> MemoryBook:
    """A whole workbook in memory. Tables that are not named are blank, but for the base tables, which a new workbook
    fills, and 通讯录, which knows :data:`CONTACTS`."""
    filled: dict[str, object] = {"Contacts": CONTACTS, **tables}
    grids = []
    for table in TABLES:
        rows = filled.get(table.name)
        if isinstance(rows, Grid):
            grids.append(rows)
            continue
        first = rows_of(table.name, {}) if rows is None else rows
        grids.append(grid(table.name, [{key: _plain(value) for key, value in row.items()} for row in first]))
    return MemoryBook(grids, board() if blocks else None, name=name)


def _plain(value: object) -> object:
    """Cells hold ``date`` where a pandas timestamp would stand."""
    return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value


def board() -> dict[str, np.ndarray]:
    heights = {dashboard.AS_OF: 1, dashboard.DEPARTMENTS: dashboard.DEPARTMENT_ROWS}
    heights |= dict.fromkeys(dashboard.RED_LIST, dashboard.RED_LIST_ROWS)
    heights |= dict.fromkeys(dashboard.TREND, dashboard.TREND_WEEKS)
    return {name: np.full(height, None, dtype=object) for name, height in heights.items()}


def ledgers(**tables: Sequence[Row] | Grid) -> Ledgers:
    return Ledgers.read(book(**tables))


def rules(**changes: Mapping[str, object]) -> list[dict[str, object]]:
    """时限规则 as it ships, with some rows changed: ``rules(A9={"amount": 2})``; dashes in a number are underscores."""
    wanted = {rule.replace("_", "-"): change for rule, change in changes.items()}
    rows = [dict(row) for row in rows_of("Rules", {})]
    assert wanted.keys() <= {row["rule"] for row in rows}
    return [row | wanted.get(str(row["rule"]), {}) for row in rows]


def settings(**values: str) -> list[dict[str, object]]:
    """参数 as it ships, with some values changed by key."""
    return [
        dict(row) | ({"value": values[row["key"]]} if row["key"] in values else {}) for row in rows_of("Settings", {})
    ]


def holidays(*more: Row) -> list[dict[str, object]]:
    """节假日 as it ships, and more rows."""
    return [{key: _plain(value) for key, value in row.items()} for row in rows_of("Calendar", {})] + [
        dict(r) for r in more
    ]


def row_of(made: MemoryBook, record: str) -> dict[str, object]:
    """What stands in the row of an id, by identifier; blank cells are left out."""
    schema = next(table for table in TABLES if table.prefix == record[:2])
    ledger = read_ledger(schema, made.grid(schema.name))
    (place,) = np.flatnonzero(ledger.ids == record)
    return {key: values[place] for key, values in ledger.typed.items() if values[place] is not None}


def refreshed(made: MemoryBook, record: str, now: datetime = NOW) -> dict[str, object]:
    """Refresh the book, write it, and give the row of ``record`` as it stands then."""
    made.apply(refresh(made, now).changes)
    return row_of(made, record)


def dues(made: MemoryBook, now: datetime = NOW) -> dict[tuple[str, str], datetime]:
    """(id, rule) → due time, of every clock that applies to any row of the book."""
    read = Ledgers.read(made)
    return {
        (record, clock.timer.rule): due.item()
        for schedule in schedules(read, Basis.of(read, now))
        for clock in schedule.clocks
        for record, due in zip(schedule.ledger.ids, clock.due, strict=True)
        if not np.isnat(due)
    }


def due_of(rule: str, now: datetime = NOW, **tables: Sequence[Row] | Grid) -> datetime | None:
    """When ``rule`` is due in a workbook of one matter; ``None`` where it does not apply."""
    found = {name: due for (_, name), due in dues(book(**tables), now).items()}
    return found.get(rule)


def coordination(**values: object) -> dict[str, object]:
    """A coordination form without a flaw, carried out since 2026-03-02."""
    return {
        "id": "XT-2026-0001", "title": "计费系统上线联调", "state": "执行中", "initiator": "产品部*主管",
        "receivers": "技术部*工程师、财务部*会计", "background": "计费系统3月上线", "goal": "3月底前完成联调",
        "consensus_by": datetime(2026, 3, 4), "urgency": "一般", "discussion": "技术部：需3天独占环境",
        "agreement": "1.技术部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例",
        "responsible": "腾出环境-技术部*工程师；对账样例-财务部*会计",
        "deadlines": "腾出环境：2026-03-12；对账样例：2026-03-16", "progress": "已开始", "remarks": "依赖月结",
        "acceptance": "腾出环境：独占3天；对账样例：覆盖全部科目", "initial_needs": "财务部：对账样例",
        "follow_up": "产品部*主管", "feedback_terms": "", "work_type": "项目推进", "scenario": "专项协调",
        "confidentiality": "内部", "version": 1, "raised_at": datetime(2026, 2, 25, 9, 30),
        "agreed_at": datetime(2026, 3, 2, 16, 0),
    } | values  # fmt: skip


def task(**values: object) -> dict[str, object]:
    return {
        "id": "RW-2026-0001", "title": "腾出环境", "state": "进行中", "responsible": "技术部*工程师", "department": "技术部",
        "deadline": datetime(2026, 3, 12), "source": "", "deliverable": "环境一套", "acceptance": "独占3天",
        "cooperating": "财务部*会计", "urgency": "一般", "created_at": datetime(2026, 3, 2, 16, 30),
    } | values  # fmt: skip


def problem(**values: object) -> dict[str, object]:
    return {
        "id": "WT-2026-0001", "title": "退货积压", "state": "处理中", "raiser": "客户服务部*专员", "background": "仓满",
        "situation": "积压1,200单", "impact": "华东客户", "urgency": "一般", "wished_by": datetime(2026, 3, 20),
        "lead_department": "技术部", "coordinating_department": "技术部", "cooperating": "财务部",
        "leader": "公司领导*副总经理", "basis": "部门职责第3条",
        "responsible": "技术部*工程师", "deadline": datetime(2026, 3, 18), "acceptance": "退货周期≤3天",
        "confidentiality": "内部", "raised_at": datetime(2026, 3, 2, 9, 30),
        "dispatched_at": datetime(2026, 3, 3, 11, 0),
    } | values  # fmt: skip


def meeting(**values: object) -> dict[str, object]:
    return {
        "id": "HY-2026-0001", "title": "联调专题会", "state": "已通知", "initiator": "技术部*经理",
        "meeting_type": "跨部门专题会", "goal": "定联调窗口", "agenda": "1.联调窗口", "attendees": "财务部*会计、产品部*主管",
        "hours": 1.5, "starts_at": datetime(2026, 3, 10, 14, 0), "place": "第一会议室", "approver": "公司领导*副总经理",
        "rsvp": "待回复", "confidentiality": "内部", "applied_at": datetime(2026, 3, 4, 10, 0),
        "approved_at": datetime(2026, 3, 4, 15, 0), "notified_at": datetime(2026, 3, 5, 9, 0),
    } | values  # fmt: skip


def held(**values: object) -> dict[str, object]:
    """A meeting that is over and whose minutes are being written."""
    return meeting(state="纪要待审", starts_at=datetime(2026, 3, 5, 14), ended_at=datetime(2026, 3, 5, 15, 30),
                   applied_at=datetime(2026, 2, 27, 10), approved_at=datetime(2026, 2, 27, 15),
                   notified_at=datetime(2026, 3, 2, 9), host="技术部*经理", recorder="技术部*工程师", discussion="1.窗口",
                   resolutions="1.技术部2026年3月12日前腾出环境", responsible="腾出环境-技术部*工程师",
                   deadlines="腾出环境：2026-03-12") | values  # fmt: skip


def emergency(**values: object) -> dict[str, object]:
    return {
        "id": "JJ-2026-0001", "title": "支付网关中断", "state": "方案执行", "finder": "技术部*工程师",
        "emergency_type": "系统故障", "impact_level": "重大", "description": "网关无响应", "first_measures": "切备用",
        "leader": "公司领导*副总经理", "team": "技术部*经理、客户服务部*经理", "team_head": "技术部*经理", "plan": "1.切换",
        "confidentiality": "内部", "discovered_at": datetime(2026, 3, 6, 8, 0),
        "first_told_at": datetime(2026, 3, 6, 8, 20), "reported_at": datetime(2026, 3, 6, 8, 50),
        "plan_approved_at": datetime(2026, 3, 6, 9, 30),
    } | values  # fmt: skip


def dispatch(**values: object) -> dict[str, object]:
    return {
        "id": "TZ-2026-0001", "title": "关于退货积压的问题分派通知", "kind": "问题分派通知", "source": "WT-2026-0001",
        "recipients": "技术部*工程师", "channel": "邮件", "answer_needed": "无", "state": "已发送",
        "created_at": datetime(2026, 3, 6, 8, 55), "sent_at": datetime(2026, 3, 6, 9, 0),
    } | values  # fmt: skip


def progress(source: str, at: datetime, **values: object) -> dict[str, object]:
    return {
        "source": source,
        "reported_at": at,
        "reporter": "技术部*工程师",
        "achievement": "过半",
        "risk": "无",
    } | values


def extension(**values: object) -> dict[str, object]:
    return {
        "id": "YQ-2026-0001", "source": "WT-2026-0001", "applicant": "技术部*工程师",
        "applied_at": datetime(2026, 3, 5, 9, 0), "reason": "备件未到", "current_due": datetime(2026, 3, 18, 18),
        "new_due": datetime(2026, 3, 25, 18), "decision": "待审批",
    } | values  # fmt: skip


def recurring(**values: object) -> dict[str, object]:
    return {
        "id": "LH-2026-0001", "title": "技术部周会", "meeting_type": "部门周会", "recurrence": "每周", "weekday": "周一",
        "starts_on": datetime(2026, 1, 5), "clock": "09:30", "hours": 1, "host": "技术部*经理", "attendees": "技术部",
        "is_active": "是",
    } | values  # fmt: skip


def case(**values: object) -> dict[str, object]:
    return {
        "id": "AL-2026-0001", "title": "退货积压处理", "source": "WT-2026-0001", "department": "技术部",
        "archived_at": datetime(2026, 3, 5, 9, 0),
    } | values  # fmt: skip
