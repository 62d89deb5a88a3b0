"""Every kind of fault that ``check`` can find, with its words: reported, never raised.

``message`` and ``suggestion`` are ``str.format`` templates; the rule that finds the fault fills them in. Besides what a
rule passes, ``{header}`` is the column's header and ``{value}`` what stands in the cell.

A long list on purpose: all that ``check`` may tell a person stands in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from coordination_xl.schema.vocabulary import SEVERITY

ERROR, REMINDER = SEVERITY.words


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault.

    Attributes:
        code: its stable name, for scripts.
        title: its name for people, in a few words.
        severity: 错误 (must be mended) or 提醒 (worth a look).
        message: what is wrong, in Chinese.
        suggestion: what would be right, in Chinese.
        source: the clause it protects.
    """

    code: str
    title: str
    severity: str
    message: str
    suggestion: str
    source: str


# What stands in a cell cannot be read.
CELL_ERROR = Fault(
    "cell-error", "Excel 错误值", ERROR, "“{header}”里是 Excel 错误值 {value}", "改正公式，或直接填写结果", "SPEC 6"
)
UNREADABLE_DATE = Fault(
    "unreadable-date",
    "日期认不出",
    ERROR,
    "“{header}”写的“{value}”不是能认出的日期",
    "请写成 2026-03-06 或 2026-03-06 17:00",
    "SPEC 6",
)
UNREADABLE_NUMBER = Fault(
    "unreadable-number", "数字认不出", ERROR, "“{header}”应为数字，写的是“{value}”", "只填数字，例：1.5", "SPEC 6"
)
DATE_WITHOUT_YEAR = Fault(
    "date-without-year",
    "日期没写年份",
    REMINDER,
    "“{header}”里的日期没有写年份：{dates}",
    "已按 {years} 年理解；请补上年份",
    "SPEC 2B",
)

# A cell on its own.
REQUIRED_BLANK = Fault("required-blank", "必填未填", ERROR, "“{header}”没有填写{when}", "{help}", "SPEC A7")
NOT_IN_VOCABULARY = Fault(
    "not-in-vocabulary", "用词不在列表", ERROR, "“{header}”不能填“{value}”", "请从下拉列表中选择：{words}", "SPEC 3"
)
SYNONYM = Fault(
    "synonym", "用词不规范", REMINDER, "“{header}”写的是“{value}”，规范用词是“{word}”", "改为“{word}”", "SPEC 3"
)
DUPLICATE_ID = Fault(
    "duplicate-id",
    "编号重复",
    ERROR,
    "编号“{value}”出现了 {count} 次（第 {rows} 行）",
    "每行用自己的编号；重复的改为新编号",
    "SPEC 3",
)
MALFORMED_ID = Fault("malformed-id", "编号格式不对", ERROR, "编号“{value}”不合格式", "应像 {example}", "SPEC 3")
NEGATIVE_NUMBER = Fault("negative-number", "数字为负", ERROR, "“{header}”不能是 {value}", "请填大于 0 的数", "SPEC 3")

# Dates against each other and against now.
DATE_ORDER = Fault(
    "date-order",
    "时间先后颠倒",
    ERROR,
    "“{header}”（{value}）早于“{earlier}”（{earlier_value}）",
    "核对两个时间，先后应为：{earlier} → {header}",
    "SPEC 3",
)
DATE_IN_FUTURE = Fault(
    "date-in-future",
    "时间还没有到",
    ERROR,
    "“{header}”（{value}）还没有到",
    "已发生的时间不能晚于现在；核对日期",
    "SPEC 3",
)
UNREADABLE_TERMS = Fault(
    "unreadable-terms",
    "反馈约定认不出",
    REMINDER,
    "“{header}”写的“{value}”看不出多久反馈一次，已按时限规则计算",
    "写成“每2个工作日”“每周”或“每个工作日 17:00 前”",
    "SPEC B3",
)

# A life out of step.
STATE_JUMP = Fault(
    "state-jump", "状态跳步", ERROR, "状态从“{before}”直接变为“{value}”", "“{before}”之后只能是：{allowed}", "SPEC 3"
)
PAUSE_WITHOUT_REASON = Fault(
    "pause-without-reason",
    "挂账缺原因",
    ERROR,
    "已挂账，但“{header}”没有填写",
    "写明{header}；恢复办理后填“恢复时间”",
    "SPEC 4",
)

STILL_PAUSED = Fault(
    "still-paused",
    "恢复了仍挂账",
    ERROR,
    "“恢复时间”已填（{value}），状态却仍是“{state}”",
    "已恢复的，状态改为“{next}”；再次挂账的，清空“恢复时间”并更新“挂账时间”",
    "SPEC 4",
)
RESUMED_WITHOUT_PAUSE = Fault(
    "resumed-without-pause",
    "没有挂账却恢复",
    ERROR,
    "“恢复时间”已填（{resumed}），“{header}”却没有填写",
    "补上“{header}”；从未挂账的，清空“恢复时间”",
    "SPEC 4",
)

# Extensions.
EXTENSION_TOO_LATE = Fault(
    "extension-too-late",
    "延期申请晚了",
    ERROR,
    "“{header}”（{value}）已过现时限；最迟应在 {latest} 以前申请延期",
    "到期之后不能延期，按催办升级办理；时间写错的，改正时间",
    "SPEC 3",
)
EXTENSION_NOT_LATER = Fault(
    "extension-not-later",
    "申请时限不晚",
    ERROR,
    "“{header}”（{value}）不晚于现时限 {current}",
    "申请时限应晚于 {current}；核对两个时间",
    "SPEC 3",
)
EXTENSION_RUNG = Fault(
    "extension-rung",
    "延期审批级别不够",
    ERROR,
    "第 {number} 次延期须由{role}审批，{fault}；时限不因此改变",
    "请{role}审批：{holders}",
    "SPEC 3",
)
EXTENSION_STALE = Fault(
    "extension-stale",
    "现时限对不上",
    ERROR,
    "“{header}”（{value}）不是“{source}”的到期时间，批准了也不能顺延",
    "改为 {due}；申请的确是另一个时限的，核对来源编号",
    "SPEC 3",
)
EXTENSION_IDLE = Fault(
    "extension-idle",
    "不计时的延期申请",
    REMINDER,
    "“{value}”的状态是“{state}”，没有时限可延",
    "{remedy}",
    "SPEC 3",
)
EXTENSION_OVERLAP = Fault(
    "extension-overlap",
    "延期申请重叠",
    ERROR,
    "“{value}”有 {count} 份延期申请同时待审批（第 {rows} 行）",
    "一次只办一份：留下一份，其余删去或审批为“不同意”",
    "SPEC 3",
)

# References.
UNKNOWN_REFERENCE = Fault(
    "unknown-reference",
    "来源找不到",
    ERROR,
    "“{header}”写的“{value}”在台账中找不到",
    "核对编号；来源应是已登记的事项",
    "SPEC 3",
)
CIRCULAR_REFERENCE = Fault(
    "circular-reference",
    "来源成环",
    ERROR,
    "“{value}”的来源绕了一圈又回到自己：{path}",
    "把其中一项的来源编号改正",
    "SPEC 3",
)
UNKNOWN_DEPARTMENT = Fault(
    "unknown-department",
    "部门不在通讯录",
    ERROR,
    "“{header}”中的“{part}”不在通讯录的部门里",
    "改为通讯录中的部门，或在通讯录补上{nearest}",
    "SPEC 3",
)
DEPARTMENT_ALIAS = Fault(
    "department-alias",
    "部门用了别名",
    REMINDER,
    "“{header}”中的“{alias}”是“{department}”的另一个叫法",
    "统一写为“{department}”",
    "SPEC 2B",
)
UNKNOWN_PERSON = Fault(
    "unknown-person",
    "人员不在通讯录",
    REMINDER,
    "“{header}”中的“{part}”不在通讯录里",
    "核对姓名或职务，或在通讯录补上；否则收不到通知",
    "SPEC 3",
)
WRONG_DEPARTMENT = Fault(
    "wrong-department",
    "责任人与部门不符",
    ERROR,
    "责任人“{person}”不属于责任部门“{value}”",
    "责任部门改为“{department}”，或改责任人",
    "SPEC A7",
)

NO_LEAD_DEPARTMENT = Fault(
    "no-lead-department",
    "缺牵头部门",
    ERROR,
    "涉及多个部门（{departments}），“{header}”没有填写",
    "写明其中由哪个部门牵头",
    "SPEC A9",
)

# 通讯录.
MALFORMED_EMAIL = Fault(
    "malformed-email",
    "邮箱不对",
    ERROR,
    "“{header}”写的“{value}”不是邮箱地址",
    "改为一个完整的地址，例：kefu@example.com",
    "SPEC 3",
)
LEAVE_WITHOUT_START = Fault(
    "leave-without-start",
    "休假日期不全",
    ERROR,
    "“休假结束”已填（{until}），“{header}”却没有填写，休假因此不算数",
    "补上“{header}”，或清空“休假结束”",
    "SPEC 3",
)
UNUSABLE_DELEGATE = Fault(
    "unusable-delegate",
    "代办人不成立",
    ERROR,
    "“{header}”写的“{value}”{fault}",
    "改为一个在岗的人，例：客户服务部*主管",
    "SPEC 3",
)
NOBODY_ACTS = Fault(
    "nobody-acts",
    "休假无人代办",
    REMINDER,
    "“{person}”正在休假（{leave}），名下有 {count} 件未办结（{matters}），没有人代办",
    "在“{header}”填一个在岗的人，或把事项改由他人负责",
    "SPEC 3",
)

# One person, one deadline.
NO_SINGLE_PERSON = Fault(
    "no-single-person",
    "没有落实到人",
    ERROR,
    "“{header}”写的“{value}”没有落实到一个人",
    "写明部门和一个人，例：财务部*会计",
    "SPEC B5",
)
SEVERAL_PERSONS = Fault(
    "several-persons",
    "责任人不止一个",
    ERROR,
    "“{header}”写了 {count} 个人：{value}",
    "一项任务只留一个责任人，其余写到“配合方”",
    "SPEC B5",
)
TASK_WITHOUT_OWNER = Fault(
    "task-without-owner",
    "任务缺人或缺时限",
    ERROR,
    "“{task}”没有{missing}",
    "在“{who_header}”和“{by_header}”里为这项任务各补一条",
    "SPEC B5",
)
TASK_NOT_LISTED = Fault(
    "task-not-listed",
    "任务漏列",
    REMINDER,
    "“{task}”在“{header}”里没有对应的一条",
    "按“{agreed_header}”在“{header}”里补上这项任务",
    "SPEC B5",
)
TASK_NOT_AGREED = Fault(
    "task-not-agreed",
    "对不上协商结果",
    REMINDER,
    "“{part}”在“{agreed_header}”里找不到对应的任务",
    "核对名称，或在“{agreed_header}”里补上这一条",
    "SPEC B5",
)
CONTRADICTION = Fault(
    "contradiction", "前后不一致", ERROR, "“{task}”前后不一致：{difference}", "以协商一致的为准，改正另一处", "SPEC B5"
)

# Meetings.
MEETING_TOO_LONG = Fault(
    "meeting-too-long",
    "会议超时长",
    REMINDER,
    "会议时长 {value} 小时，超过 {limit} 小时",
    "原则上不超过 {limit} 小时；可拆分议题或提前发材料",
    "SPEC A15",
)
LEAD_TIME_SHORT = Fault(
    "lead-time-short",
    "提前量不足",
    ERROR,
    "“{header}”（{value}）晚于规定的最迟时间 {latest}",
    "{rule}：至少提前 {amount} 个{unit}；可顺延会议时间",
    "SPEC A13",
)

UNCLEAR_RECURRENCE = Fault(
    "unclear-recurrence", "例会排不出日期", ERROR, "这个例会排不出日期：{reason}", "{remedy}", "SPEC A3"
)

# What everything rests on.
BROKEN_RULE = Fault(
    "broken-rule",
    "时限规则有误",
    ERROR,
    "时限规则“{rule}”无法理解：{reason}",
    "改正这一行；在改正之前不能刷新时限",
    "SPEC 2",
)
CALENDAR_CONFLICT = Fault(
    "calendar-conflict",
    "节假日矛盾",
    ERROR,
    "{date} {conflict}",
    "同一依据的同一天只能有一种安排；改正或删去错的一行",
    "SPEC 4",
)
MAKEUP_ON_WEEKDAY = Fault(
    "makeup-on-weekday",
    "调休日有误",
    REMINDER,
    "{date}（{weekday}）本来就上班，不必列为“班”",
    "核对日期；调休上班日应在周末",
    "SPEC 4",
)
CALENDAR_MISSING_YEAR = Fault(
    "calendar-missing-year",
    "年份没有官方日历",
    REMINDER,
    "“{clock}”的时限算到 {date}，而节假日表没有 {year} 年的官方日历",
    "先按周一至周五计算，标为“暂定”；公布后补入节假日表再刷新",
    "SPEC 4",
)
BROKEN_SETTING = Fault(
    "broken-setting", "参数有误", ERROR, "参数“{key}”的取值“{value}”无法理解", "应像：{example}", "SPEC 3"
)

FAULTS = tuple(value for value in tuple(globals().values()) if isinstance(value, Fault))
BY_CODE = {fault.code: fault for fault in FAULTS}
