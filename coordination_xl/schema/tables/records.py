"""What happened, append-only: 进展反馈, 发文记录, 案例库, 延期申请, 修改记录. Source: SPEC section 3."""

from __future__ import annotations

from coordination_xl.schema.column import Column, Kind, computed
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import (
    ANSWER_NEEDED,
    CHANNEL,
    DISPATCH_STATE,
    EXTENSION_DECISION,
    NOTICE_KIND,
    YES_NO,
)

_MATTERS = ("Coordination", "Problems", "Meetings", "Emergencies", "Tasks")

PROGRESS = Table(
    name="Progress",
    sheet="进展反馈",
    family=Family.RECORD,
    note="每反馈一次加一行，不改旧行",
    source="SPEC A11",
    columns=(
        Column("source", "来源编号", Kind.WORD, "反馈的是哪件事项，例：RW-2026-0031", "SPEC A11", aliases=("编号", "事项编号"), required=True, refers_to=_MATTERS),
        Column("reported_at", "时间", Kind.MOMENT, "例：2026-03-06 16:30", "SPEC A11", aliases=("反馈时间",), required=True),
        Column("reporter", "反馈人", Kind.PERSON, "例：技术部*工程师", "SPEC A11", required=True),
        Column("achievement", "阶段性成果", Kind.LONG_TEXT, "做到哪一步，例：测试环境已腾出", "SPEC A11", required=True),
        Column("risk", "风险说明", Kind.LONG_TEXT, "没有风险填“无”", "SPEC A11"),
        Column("is_major_risk", "重大风险", Kind.CHOICE, "重大风险须立即上报", "SPEC A11", vocabulary=YES_NO),
    ),
)  # fmt: skip

DISPATCH = Table(
    name="Dispatch",
    sheet="发文记录",
    family=Family.RECORD,
    prefix="TZ",
    note="每发一次加一行；灰底由程序写入",
    source="SPEC A2, A4, A6",
    columns=(
        shared.identity("TZ"),
        shared.LIGHT_COLUMN,
        Column("title", "标题", Kind.NAME, "例：关于…的问题分派通知", "SPEC A4", required=True),
        Column("kind", "通知种类", Kind.CHOICE, "十四种通知之一", "SPEC 5", required=True, vocabulary=NOTICE_KIND),
        Column("source", "来源编号", Kind.WORD, "为哪件事项而发，例：WT-2026-0003", "SPEC 3", required=True, refers_to=_MATTERS),
        Column("rung", "升级层级", Kind.WORD, "催到哪一级", "SPEC A17"),
        Column("recipients", "收件人", Kind.PARTIES, "例：技术部*主管", "SPEC 3", aliases=("主送",), required=True),
        Column("copies", "抄送", Kind.PARTIES, "例：公司领导*副总经理", "SPEC A9"),
        Column("channel", "渠道", Kind.CHOICE, "怎样发出", "SPEC A2, A4", required=True, vocabulary=CHANNEL),
        Column("answer_needed", "要求答复", Kind.CHOICE, "书面事项要“已阅”，配合方要答复", "SPEC A4, A6", vocabulary=ANSWER_NEEDED),
        Column("state", "发送状态", Kind.CHOICE, "程序写入", "SPEC 3", required=True, vocabulary=DISPATCH_STATE),
        Column("created_at", "拟稿时间", Kind.MOMENT, "例：2026-03-17 09:00", "SPEC 3"),
        Column("sent_at", "发送时间", Kind.MOMENT, "例：2026-03-17 09:05", "SPEC 3"),
        Column("read_at", "已阅时间", Kind.MOMENT, "收到“已阅”的时间", "SPEC A4"),
        Column("answered_at", "答复时间", Kind.MOMENT, "收到答复的时间", "SPEC A6"),
        computed("due", "答复时限", Kind.MOMENT, "最迟应在此前答复", "SPEC A2, A4, A6"),
        shared.OVERDUE_WORKDAYS,
        shared.OVERDUE_HOURS,
        Column("due_version", "时限版本", Kind.WORD, "按哪个到期时间而发", "SPEC 5"),
        Column("content_hash", "内容摘要", Kind.WORD, "正文的指纹，用来防止重发", "SPEC 3"),
        Column("failure", "失败原因", Kind.TEXT, "没有发成的原因", "SPEC 3"),
        shared.CERTAINTY_COLUMN,
        Column("reply", "答复内容", Kind.LONG_TEXT, "收到的答复原文", "SPEC A6", since=3),
        Column("receipts", "回执明细", Kind.LONG_TEXT, "谁何时已阅、答复，一人一行", "SPEC A4, A6", since=3),
        Column("file", "邮件文件", Kind.TEXT, "外发目录里的文件；几行同名＝合并成一封", "SPEC 5", since=3),
    ),
)  # fmt: skip

CASES = Table(
    name="Cases",
    sheet="案例库",
    family=Family.RECORD,
    prefix="AL",
    note="办结事项留下的经验",
    source="SPEC A12, B4",
    columns=(
        shared.identity("AL"),
        Column("title", "案例名称", Kind.NAME, "例：退货积压处理", "SPEC A12", required=True),
        Column("source", "来源编号", Kind.WORD, "出自哪件事项，例：WT-2026-0003", "SPEC A12", required=True, refers_to=_MATTERS),
        Column("department", "主责部门", Kind.DEPARTMENT, "例：运营部", "SPEC A12"),
        Column("keywords", "关键词", Kind.TEXT, "便于查找，例：退货；库容", "SPEC B4"),
        *shared.LEARNING,
        Column("root_cause", "根因", Kind.LONG_TEXT, "问题为什么发生", "SPEC A23"),
        Column("measures", "措施", Kind.LONG_TEXT, "怎样解决、怎样防止再发", "SPEC A12"),
        Column("archived_at", "归档时间", Kind.MOMENT, "例：2026-04-02 10:00", "SPEC A12"),
        Column("dossier", "案卷位置", Kind.TEXT, "全部材料所在的文件夹", "SPEC A12"),
    ),
)  # fmt: skip

EXTENSIONS = Table(
    name="Extensions",
    sheet="延期申请",
    family=Family.RECORD,
    prefix="YQ",
    note="到期之前提出；原定时限始终保留",
    source="SPEC 3",
    columns=(
        shared.identity("YQ"),
        Column("source", "来源编号", Kind.WORD, "要延期的事项，例：RW-2026-0031", "SPEC 3", required=True, refers_to=_MATTERS),
        Column("applicant", "申请人", Kind.PERSON, "例：技术部*工程师", "SPEC 3", required=True),
        Column("applied_at", "申请时间", Kind.MOMENT, "必须早于现时限", "SPEC 3", required=True),
        Column("reason", "延期原因", Kind.LONG_TEXT, "写明客观原因", "SPEC 3", required=True),
        Column("current_due", "现时限", Kind.MOMENT, "申请时的到期时间", "SPEC 3", required=True),
        Column("new_due", "申请时限", Kind.MOMENT, "必须晚于现时限", "SPEC 3", aliases=("新时限",), required=True),
        Column("approver", "审批人", Kind.PERSON, "第二次延期须上一级审批", "SPEC 3"),
        Column("decision", "审批结果", Kind.CHOICE, "同意后时限才变", "SPEC 3", required=True, vocabulary=EXTENSION_DECISION),
        Column("decided_at", "审批时间", Kind.MOMENT, "例：2026-03-10 15:00", "SPEC 3"),
        shared.REMARKS,
    ),
)  # fmt: skip

AUDIT = Table(
    name="Audit",
    sheet="修改记录",
    family=Family.RESULT,
    note="程序改动过的每一个单元格、增加的每一行、变动的每一个时限；只增不改",
    source="SPEC 3",
    columns=(
        computed("changed_at", "时间", Kind.MOMENT, "改动的时间", "SPEC 3"),
        computed("actor", "操作人", Kind.WORD, "谁运行的程序", "SPEC 3"),
        computed("verb", "操作", Kind.WORD, "哪个功能改的", "SPEC 3"),
        computed("sheet", "工作表", Kind.WORD, "改在哪张表", "SPEC 3"),
        computed("record", "编号", Kind.WORD, "改的是哪件事项", "SPEC 3"),
        computed("header", "列", Kind.WORD, "改的是哪一列", "SPEC 3"),
        computed("old", "原值", Kind.LONG_TEXT, "改之前", "SPEC 3"),
        computed("new", "新值", Kind.LONG_TEXT, "改之后", "SPEC 3"),
    ),
)
