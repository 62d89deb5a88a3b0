"""任务跟踪表: one row, one task, one person, one deadline. Source: SPEC A17, B5."""

from __future__ import annotations

from coordination_xl.schema import states
from coordination_xl.schema.column import Column, Kind
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import URGENCY

TASKS = Table(
    name="Tasks",
    sheet="任务跟踪表",
    family=Family.LEDGER,
    prefix="RW",
    life=states.TASK,
    opened_by="created_at",
    closed_by="done_at",
    note="一行一项任务、一个责任人、一个时限",
    source="SPEC A17",
    columns=(
        shared.identity("RW"),
        shared.LIGHT_COLUMN,
        Column("title", "任务", Kind.NAME, "动词开头，例：提供对账样例", "SPEC A17", aliases=("任务名称", "任务内容"), required=True),
        shared.state(states.TASK, "SPEC A17"),
        Column("responsible", "责任人", Kind.PERSON, "只写一人，例：财务部*会计", "SPEC B5", aliases=("责任部门/人", "负责人"), required=True, is_accountable=True),
        Column("department", "责任部门", Kind.DEPARTMENT, "责任人所在部门，例：财务部", "SPEC A7", required=True),
        Column("deadline", "完成时限", Kind.MOMENT, "只填一个日期；不写时间按当日下班计", "SPEC B5", aliases=("完成时间要求", "截止时间"), required=True),
        shared.OVERDUE_WORKDAYS,
        Column("source", "来源编号", Kind.WORD, "出自哪件事项，例：XT-2026-0012", "SPEC A17", aliases=("来源",), refers_to=("Coordination", "Problems", "Meetings", "Emergencies")),
        Column("deliverable", "交付成果", Kind.TEXT, "交什么，例：对账样例一份", "SPEC B3"),
        Column("acceptance", "验收标准", Kind.TEXT, "怎样算完成，例：覆盖全部科目", "SPEC A7", required=True),
        Column("cooperating", "配合方", Kind.PARTIES, "例：技术部*工程师", "SPEC A6", aliases=("配合部门",)),
        shared.LAST_FEEDBACK,
        shared.NEXT_FEEDBACK,
        shared.ESCALATION,
        shared.ORIGINAL_DUE,
        shared.REMARKS,
        Column("urgency", "紧急程度", Kind.CHOICE, "不填按一般", "SPEC B", vocabulary=URGENCY),
        Column("created_at", "登记时间", Kind.MOMENT, "例：2026-03-02 09:30", "SPEC A17", aliases=("创建时间", "登记日期"), required=True),
        Column("done_at", "完成时间", Kind.MOMENT, "验收通过的时间", "SPEC A17", aliases=("实际完成时间",), required_from="已完成"),
        *shared.PAUSE,
        shared.CERTAINTY_COLUMN,
        shared.ON_TIME,
        shared.ON_ORIGINAL,
        shared.ELAPSED,
        shared.LAST_STATE,
        shared.STATE_SINCE,
    ),
)  # fmt: skip
