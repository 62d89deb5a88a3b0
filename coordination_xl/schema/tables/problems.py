"""问题台账: from the report to the case. Source: SPEC A8-A12."""

from __future__ import annotations

from coordination_xl.schema import states
from coordination_xl.schema.column import Column, Kind
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared

PROBLEMS = Table(
    name="Problems",
    sheet="问题台账",
    family=Family.LEDGER,
    prefix="WT",
    life=states.PROBLEM,
    note="一行一个提报的问题",
    source="SPEC A-A",
    columns=(
        shared.identity("WT"),
        shared.LIGHT_COLUMN,
        Column("title", "问题名称", Kind.NAME, "一句话说清问题，例：华东仓退货积压", "SPEC A8", aliases=("问题",), required=True),
        shared.state(states.PROBLEM, "SPEC A-A"),
        shared.DUE,
        shared.OVERDUE_WORKDAYS,
        Column("raiser", "提报部门/人", Kind.PERSON, "发现问题的部门和人，例：运营部*主管", "SPEC A8", aliases=("提报部门", "提报人"), required=True),
        Column("background", "问题背景", Kind.LONG_TEXT, "问题的由来", "SPEC A8", aliases=("背景",), required=True),
        Column("situation", "现状", Kind.LONG_TEXT, "目前到了什么程度，写数字", "SPEC A8", aliases=("问题现状",), required=True),
        Column("impact", "影响范围", Kind.TEXT, "影响哪些部门、客户、金额", "SPEC A8", required=True),
        shared.URGENCY_COLUMN,
        Column("wished_by", "期望解决时间", Kind.DATE, "希望何时解决，例：2026-03-20", "SPEC A8", aliases=("期望解决日期",), required=True),
        Column("attachments", "附件", Kind.TEXT, "数据、截图所在位置", "SPEC A8"),
        Column("lead_department", "主责部门", Kind.DEPARTMENT, "负责解决的部门，例：运营部", "SPEC A9", aliases=("责任部门",), required_from="已分派"),
        Column("coordinating_department", "牵头部门", Kind.DEPARTMENT, "涉及多个部门时由谁牵头", "SPEC A9"),
        Column("cooperating", "配合部门", Kind.PARTIES, "需要配合的部门，例：财务部、生产部", "SPEC A10"),
        Column("leader", "分管领导", Kind.PERSON, "抄送的分管领导，例：公司领导*副总经理", "SPEC A9"),
        Column("basis", "分派依据", Kind.TEXT, "依据哪条职责，例：部门职责第3条", "SPEC A9", required_from="已分派"),
        Column("responsible", "责任人", Kind.PERSON, "只写一人，例：运营部*主管", "SPEC A10", required_from="处理中"),
        Column("deadline", "完成时限", Kind.MOMENT, "分派时确定；不写时间按当日下班计", "SPEC A9", required_from="已分派"),
        Column("acceptance", "验收标准", Kind.TEXT, "怎样算解决，例：退货周期≤3天", "SPEC A7", required_from="已分派"),
        Column("solution", "解决方案", Kind.LONG_TEXT, "分条写措施、责任人、节点", "SPEC A10", required_from="待验收"),
        Column("verification", "效果验证", Kind.LONG_TEXT, "用什么数据证明已解决", "SPEC A12", required_from="待验收"),
        Column("verdict", "验收结论", Kind.TEXT, "提报部门的验收意见，例：同意办结", "SPEC A12", required_from="已办结"),
        shared.CONFIDENTIALITY_COLUMN,
        Column("raised_at", "提报时间", Kind.MOMENT, "例：2026-03-02 09:30", "SPEC A8", aliases=("提报日期",), required=True),
        Column("dispatched_at", "分派时间", Kind.MOMENT, "综合管理部审核分派的时间", "SPEC A9", required_from="已分派"),
        Column("solved_at", "解决时间", Kind.MOMENT, "主责部门提交解决报告的时间", "SPEC A12", required_from="待验收"),
        Column("accepted_at", "验收时间", Kind.MOMENT, "提报部门确认验收的时间", "SPEC A12", required_from="已办结"),
        shared.REMARKS,
        *shared.PAUSE,
        *shared.LEARNING,
        shared.ORIGINAL_DUE,
        shared.LAST_FEEDBACK,
        shared.NEXT_FEEDBACK,
        shared.ESCALATION,
        shared.TASK_PROGRESS,
        shared.CERTAINTY_COLUMN,
        shared.ON_TIME,
        shared.ELAPSED,
        shared.LAST_STATE,
        shared.STATE_SINCE,
    ),
)  # fmt: skip
