"""会议台账 and 例会: from the application to the signed minutes. Source: SPEC A3, A13-A17."""

from __future__ import annotations

from coordination_xl.schema import states
from coordination_xl.schema.column import Column, Kind
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import MEETING_TYPE, RECURRENCE, RSVP, YES_NO

MEETINGS = Table(
    name="Meetings",
    sheet="会议台账",
    family=Family.LEDGER,
    prefix="HY",
    life=states.MEETING,
    opened_by="applied_at",
    closed_by="minutes_signed_at",
    note="一行一次会议，从申请到归档",
    source="SPEC A-B",
    columns=(
        shared.identity("HY"),
        shared.LIGHT_COLUMN,
        Column("title", "会议主题", Kind.NAME, "例：计费系统上线联调专题会", "SPEC A13", aliases=("主题", "会议名称"), required=True),
        shared.state(states.MEETING, "SPEC A-B"),
        shared.DUE,
        shared.OVERDUE_WORKDAYS,
        shared.OVERDUE_HOURS,
        Column("initiator", "发起部门/人", Kind.PERSON, "例：技术部*主管", "SPEC A13", aliases=("发起部门",), required=True),
        Column("meeting_type", "会议类型", Kind.CHOICE, "周会、月度会或专题会", "SPEC A3", vocabulary=MEETING_TYPE),
        Column("goal", "会议目标", Kind.TEXT, "开完会要得到什么", "SPEC A13", aliases=("目标",), required=True),
        Column("agenda", "会议议题", Kind.LONG_TEXT, "分条写，例：1.联调窗口；2.回归范围", "SPEC A13", aliases=("议题", "议程"), required=True),
        Column("attendees", "参会人员", Kind.PARTIES, "建议参会人员，例：财务部*会计、运营部*主管", "SPEC A13", aliases=("建议参会人员",), required=True),
        Column("hours", "时长（小时）", Kind.HOURS, "原则上不超过2小时，例：1.5", "SPEC A13", aliases=("时长", "会议时长"), required=True),
        Column("starts_at", "会议时间", Kind.MOMENT, "例：2026-03-10 14:00", "SPEC A14", aliases=("开始时间",), required=True),
        Column("place", "地点/线上", Kind.TEXT, "例：第一会议室；线上会议号", "SPEC A14", aliases=("会议地点", "地点"), required_from="已通知"),
        Column("materials", "需提前准备的材料", Kind.TEXT, "例：各部门3月计划", "SPEC A14", aliases=("准备材料",)),
        Column("approver", "审批人", Kind.PERSON, "分管领导，例：公司领导*副总经理", "SPEC A13", required_from="已批准"),
        Column("rsvp", "参会反馈", Kind.CHOICE, "收到通知后的回复情况", "SPEC A14", vocabulary=RSVP),
        Column("rsvp_detail", "反馈明细", Kind.TEXT, "谁参加、谁请假", "SPEC A14"),
        Column("host", "主持人", Kind.PERSON, "一般为发起部门负责人", "SPEC A15", required_from="已召开"),
        Column("recorder", "记录人", Kind.PERSON, "例：技术部*专员", "SPEC A15", required_from="已召开"),
        Column("discussion", "讨论要点", Kind.LONG_TEXT, "分条写", "SPEC A15", required_from="纪要待审"),
        Column("resolutions", "决议事项", Kind.LONG_TEXT, "分条写，例：1.技术部3月6日前腾出环境", "SPEC A15", required_from="纪要待审"),
        Column("responsible", "责任部门/人", Kind.PARTS, "每项决议一人，例：腾出环境-技术部*工程师", "SPEC A15", required_from="纪要待审"),
        Column("deadlines", "完成时间", Kind.PARTS, "每项决议一个时间，例：腾出环境:2026-03-06", "SPEC A15", aliases=("完成时限",), required_from="纪要待审"),
        Column("acceptance", "验收标准", Kind.PARTS, "怎样算完成，例：腾出环境:独占3天", "SPEC A7"),
        shared.CONFIDENTIALITY_COLUMN,
        Column("applied_at", "申请时间", Kind.MOMENT, "至少在会前3个工作日", "SPEC A13", required=True),
        Column("approved_at", "批准时间", Kind.MOMENT, "分管领导批准的时间", "SPEC A13", required_from="已批准"),
        Column("notified_at", "通知时间", Kind.MOMENT, "至少在会前2个工作日", "SPEC A14", required_from="已通知"),
        Column("ended_at", "结束时间", Kind.MOMENT, "会议实际结束时间", "SPEC A16", required_from="已召开"),
        Column("minutes_signed_at", "纪要签发时间", Kind.MOMENT, "主持人签字的时间，会后24小时内", "SPEC A16", required_from="已分发"),
        shared.REMARKS,
        shared.ESCALATION,
        shared.TASK_PROGRESS,
        shared.CERTAINTY_COLUMN,
        shared.ON_TIME,
        shared.LAST_STATE,
        shared.STATE_SINCE,
    ),
)  # fmt: skip

RECURRING = Table(
    name="Recurring",
    sheet="例会",
    family=Family.BASE,
    prefix="LH",
    note="定期会议的规则；“排例会”据此生成会议台账的下几次会议",
    source="SPEC A3",
    columns=(
        shared.identity("LH"),
        Column("title", "例会名称", Kind.NAME, "例：技术部周会", "SPEC A3", required=True),
        Column("meeting_type", "会议类型", Kind.CHOICE, "部门周会或项目月度会", "SPEC A3", required=True, vocabulary=MEETING_TYPE),
        Column("recurrence", "周期", Kind.CHOICE, "多久一次", "SPEC A3", required=True, vocabulary=RECURRENCE),
        Column("weekday", "星期", Kind.WORD, "每周会填，例：周一", "SPEC A3"),
        Column("starts_on", "起始日期", Kind.DATE, "从哪天起有效，例：2026-01-05", "SPEC A3", required=True),
        Column("clock", "时间", Kind.WORD, "几点开始，例：09:30", "SPEC A3", required=True),
        Column("hours", "时长（小时）", Kind.HOURS, "原则上不超过2小时，例：1", "SPEC A15", required=True),
        Column("place", "地点/线上", Kind.TEXT, "例：第一会议室", "SPEC A14"),
        Column("host", "主持人", Kind.PERSON, "例：技术部*经理", "SPEC A15", required=True),
        Column("attendees", "参会人员", Kind.PARTIES, "例：技术部、产品部*主管", "SPEC A3", required=True),
        Column("agenda", "固定议题", Kind.LONG_TEXT, "例：1.上周总结；2.本周计划；3.需配合事项", "SPEC A3"),
        Column("is_active", "启用", Kind.CHOICE, "停用的不再排", "SPEC A3", vocabulary=YES_NO),
        shared.REMARKS,
    ),
)  # fmt: skip
