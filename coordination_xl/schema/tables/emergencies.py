"""紧急事项台账: clocks that run on the wall. Source: SPEC A18-A23."""

from __future__ import annotations

from coordination_xl.schema import states
from coordination_xl.schema.column import Column, Kind
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import EMERGENCY_TYPE, IMPACT

EMERGENCIES = Table(
    name="Emergencies",
    sheet="紧急事项台账",
    family=Family.LEDGER,
    prefix="JJ",
    life=states.EMERGENCY,
    opened_by="discovered_at",
    closed_by="resolved_at",
    note="系统故障、重大客诉、资源短缺等；时限按自然小时计",
    source="SPEC A-C",
    columns=(
        shared.identity("JJ"),
        shared.LIGHT_COLUMN,
        Column("title", "紧急事项名称", Kind.NAME, "例：支付网关中断", "SPEC A18", aliases=("事项名称",), required=True),
        shared.state(states.EMERGENCY, "SPEC A-C"),
        shared.DUE,
        shared.OVERDUE_WORKDAYS,
        shared.OVERDUE_HOURS,
        Column("finder", "发现部门/人", Kind.PERSON, "例：运营部*值班员", "SPEC A18", aliases=("发现人",), required=True),
        Column("emergency_type", "问题类型", Kind.CHOICE, "属于哪一类突发问题", "SPEC A18", required=True, vocabulary=EMERGENCY_TYPE),
        Column("impact_level", "影响程度", Kind.CHOICE, "按影响的客户和金额判断", "SPEC A18", required=True, vocabulary=IMPACT),
        Column("description", "情况说明", Kind.LONG_TEXT, "时间、地点、经过、影响范围", "SPEC A19", required_from="已报告"),
        Column("first_measures", "初步应对措施", Kind.LONG_TEXT, "已经做了什么", "SPEC A18", required=True),
        Column("leader", "分管领导", Kind.PERSON, "牵头应急小组的领导", "SPEC A20", required=True),
        Column("team", "应急小组", Kind.PARTIES, "例：技术部*主管、法务部*律师", "SPEC A20", required_from="方案执行"),
        Column("team_head", "小组负责人", Kind.PERSON, "只写一人，例：技术部*经理", "SPEC A21", required_from="方案执行", is_accountable=True),
        Column("plan", "应急方案", Kind.LONG_TEXT, "各组职责、措施", "SPEC A20", required_from="方案执行"),
        Column("resources", "资源调配", Kind.TEXT, "例：备用服务器2台", "SPEC A20"),
        shared.CONFIDENTIALITY_COLUMN,
        Column("discovered_at", "发现时间", Kind.MOMENT, "例：2026-05-02 21:10", "SPEC A18", required=True),
        Column("first_told_at", "首报时间", Kind.MOMENT, "电话或即时消息报告的时间，30分钟内", "SPEC A18", required=True),
        Column("reported_at", "报告时间", Kind.MOMENT, "提交书面报告的时间，1小时内", "SPEC A19", required_from="已报告"),
        Column("plan_approved_at", "方案批准时间", Kind.MOMENT, "发现后2小时内", "SPEC A20", required_from="方案执行"),
        Column("controlled_at", "控制时间", Kind.MOMENT, "风险得到控制的时间", "SPEC A22"),
        Column("escalated_at", "升级时间", Kind.MOMENT, "上报总经理办公会的时间", "SPEC A22"),
        Column("resolved_at", "解决时间", Kind.MOMENT, "问题解决的时间", "SPEC A23", required_from="已解决"),
        Column("reviewed_at", "复盘时间", Kind.MOMENT, "解决后3个工作日内", "SPEC A23", required_from="已复盘"),
        Column("course", "经过", Kind.LONG_TEXT, "按时间顺序写", "SPEC A23", required_from="已复盘"),
        Column("root_cause", "根因", Kind.LONG_TEXT, "连问几个为什么", "SPEC A23", required_from="已复盘"),
        Column("measures", "改进措施", Kind.LONG_TEXT, "分条写，例：1.技术部3月底前增加双活", "SPEC A23", required_from="已复盘"),
        Column("responsible", "责任部门/人", Kind.PARTS, "每项措施一人", "SPEC A23", required_from="已复盘"),
        Column("deadlines", "完成时限", Kind.PARTS, "每项措施一个时限", "SPEC A23", required_from="已复盘"),
        Column("acceptance", "验收标准", Kind.PARTS, "怎样算完成", "SPEC A7"),
        shared.REMARKS,
        shared.LAST_FEEDBACK,
        shared.NEXT_FEEDBACK,
        shared.ESCALATION,
        shared.TASK_PROGRESS,
        shared.CERTAINTY_COLUMN,
        shared.ON_TIME,
        shared.LAST_STATE,
        shared.STATE_SINCE,
    ),
)  # fmt: skip
