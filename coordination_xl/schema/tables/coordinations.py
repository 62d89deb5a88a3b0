"""协调台账: the thirteen fields of the coordination form, and what following them up needs. Source: SPEC B."""

from __future__ import annotations

from coordination_xl.schema import states
from coordination_xl.schema.column import Column, Kind
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import SCENARIO, WORK_TYPE

COORDINATIONS = Table(
    name="Coordination",
    sheet="协调台账",
    family=Family.LEDGER,
    prefix="XT",
    life=states.COORDINATION,
    opened_by="raised_at",
    closed_by="done_at",
    committed_from="已达成共识",
    note="一行一件跨部门协调事项",
    source="SPEC B",
    columns=(
        shared.identity("XT"),
        shared.LIGHT_COLUMN,
        Column("title", "协调事项名称", Kind.NAME, "简洁概括核心任务，例：上线前测试资源协调", "SPEC B", aliases=("事项名称",), required=True),
        shared.state(states.COORDINATION, "SPEC B3"),
        shared.DUE,
        shared.OVERDUE_WORKDAYS,
        Column("initiator", "发起部门/人", Kind.PERSON, "一个部门和负责人，例：市场部*经理", "SPEC B", aliases=("发起部门", "发起人"), required=True),
        Column("receivers", "接收部门/人", Kind.PARTIES, "依次列出，例：技术部*主管、生产部*专员", "SPEC B", aliases=("接收部门", "接收人"), required=True),
        Column("background", "事项背景", Kind.LONG_TEXT, "起因、当前进展、需协调的原因", "SPEC B", aliases=("背景",), required=True),
        Column("goal", "核心目标", Kind.TEXT, "要达成的具体结果，例：3月底前完成联调", "SPEC B", aliases=("目标",), required=True),
        Column("consensus_by", "期望完成时间", Kind.DATE, "沟通达成共识的截止日期，例：2026-03-20", "SPEC B", aliases=("期望完成日期",), required=True),
        shared.URGENCY_COLUMN,
        Column("discussion", "沟通记录", Kind.LONG_TEXT, "各方诉求、争议点、初步方案", "SPEC B2"),
        Column("agreement", "协商结果", Kind.LONG_TEXT, "分条写共识、分工、时限，例：1.市场部3月6日前…", "SPEC B", aliases=("协调结果",), required_from="已达成共识"),
        Column("responsible", "责任部门/人", Kind.PARTS, "每项任务一人，例：对账样例-财务部*会计", "SPEC B5", aliases=("责任部门", "责任人"), required_from="已达成共识"),
        Column("deadlines", "完成时限", Kind.PARTS, "每项任务一个时限，例：对账样例:2026-03-09", "SPEC B5", aliases=("完成时间要求",), required_from="已达成共识"),
        Column("progress", "进展反馈", Kind.LONG_TEXT, "责任人定期更新，例：3月6日：环境已腾出", "SPEC B", aliases=("进展",)),
        shared.REMARKS,
        Column("acceptance", "验收标准", Kind.PARTS, "怎样算完成，例：对账样例:覆盖全部科目", "SPEC A7", required_from="已达成共识"),
        Column("initial_needs", "初步需求", Kind.TEXT, "对各部门的期望，例：财务部：对账样例", "SPEC B1"),
        Column("follow_up", "跟踪人", Kind.PERSON, "专人跟进，例：技术部*专员", "SPEC B3", required_from="已达成共识", is_accountable=True),
        Column("feedback_terms", "反馈约定", Kind.TEXT, "多久反馈一次，例：每2个工作日", "SPEC B3"),
        Column("work_type", "工作类型", Kind.CHOICE, "本事项属于哪一类", "SPEC A1", vocabulary=WORK_TYPE),
        Column("scenario", "适用场景", Kind.CHOICE, "日常、专项还是应急", "SPEC A1", vocabulary=SCENARIO),
        shared.CONFIDENTIALITY_COLUMN,
        Column("version", "版本", Kind.VERSION, "方案变更一次加 1，例：2", "SPEC B3"),
        Column("raised_at", "登记时间", Kind.MOMENT, "发起并登记的时间，例：2026-02-25 09:30", "SPEC B", aliases=("登记日期", "发起时间"), required=True),
        Column("agreed_at", "共识时间", Kind.MOMENT, "各方达成共识的时间", "SPEC B2", required_from="执行中"),
        Column("done_at", "办结时间", Kind.MOMENT, "全部任务完成、发起方确认的时间", "SPEC A7", aliases=("完成日期",), required_from="已完成"),
        *shared.PAUSE,
        *shared.LEARNING,
        shared.ORIGINAL_DUE,
        shared.LAST_FEEDBACK,
        shared.NEXT_FEEDBACK,
        shared.ESCALATION,
        shared.TASK_PROGRESS,
        shared.CERTAINTY_COLUMN,
        shared.ON_TIME,
        shared.ON_ORIGINAL,
        shared.ELAPSED,
        shared.LAST_STATE,
        shared.STATE_SINCE,
    ),
)  # fmt: skip
