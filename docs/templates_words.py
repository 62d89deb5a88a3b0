"""What ``templates/README.md`` calls the fields, words and filters that no column of the schema names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD: Mapping[str, str] = MappingProxyType(
    {
        "kind": "通知种类",
        "number": "通知编号，TZ-…",
        "company": "公司名称",
        "office": "主管部门",
        "now": "拟稿时间",
        "level": "保密等级",
        "record": "事项编号",
        "title": "事项名称；在版式和 Word 里是通知标题",
        "sheet": "事项所在的台账",
        "to": "主送，一人一项",
        "copies": "抄送，一人一项",
        "contact": "联系人和分机",
        "answer": "要求答复：已阅、回复、配合答复、无",
        "answer_by": "答复时限",
        "reply_to": "答复发往的邮箱",
        "confirmed": "答复时写明的编号",
        "read_link": "回复“已阅”的链接",
    }
)
"""Field of every notice → what it is."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "needs": "初步需求，按部门分开",
        "lead": "牵头部门；没有的为主责部门",
        "has_coordinator": "是否填了牵头部门",
        "first_feedback": "首次反馈的时间",
        "feedback": "反馈周期",
        "is_urgent": "是否紧急",
        "is_update": "是否改期后再发",
        "is_cancelled": "是否取消",
        "ends_at": "预计结束时间",
        "attendance": "反馈明细",
        "signed_at": "纪要签发时间",
        "resolutions": "决议事项，一项任务一行",
        "resolution_texts": "决议事项，一段一项",
        "late": "时限的情况，见下表",
        "noun": "事项叫什么：任务、问题……",
        "parent": "所属事项的编号",
        "parent_title": "所属事项的名称",
        "parent_version": "所属事项的版本",
        "feedback_at": "最近反馈的时间",
        "risk": "最近反馈的风险",
        "extension": "待审批的延期申请",
        "earlier": "此前的催办",
        "notice_title": "没有答复的通知的标题",
        "notice_answer": "没有答复的通知要求什么",
        "notice_sent_at": "没有答复的通知何时发出",
        "is_own": "是否只发给责任人本人",
        "act_by": "办理期限",
        "plan_by": "方案应批准的时间",
        "control": "应在多久内控制",
        "control_by": "应控制的时间",
        "changed_at": "变更的时间",
        "changes": "变更的各列：列名、原值、新值",
        "tasks": "各项任务",
        "is_reopened": "是否重新协商",
        "is_in_time": "是否按期",
        "measures": "措施，一段一项",
        "measure_texts": "改进措施，一段一项",
        "hours": "从发现到解决的小时数",
        "is_split": "措施是否已拆成任务",
        "done": "已完成的任务数",
        "opened_at": "开始时间",
        "closed_at": "办结时间",
        "tasks_done": "已完成的任务数",
        "case": "案例编号",
        "keywords": "关键词",
        "dossier": "案卷位置",
        "archived_at": "归档时间",
        "items": "各件催办，见下表",
        "red": "红灯几件",
        "yellow": "黄灯几件",
        "blue": "蓝灯几件",
        "first_by": "最早的办理期限",
        "due": "到期时间",
        "ReminderLetter.feedback": "最近反馈的内容",
        "ArchiveNotice.tasks": "任务数",
    }
)
"""Field of some kinds → what it is, where it is no column of the kind's ledger; ``Model.field`` of one model alone."""

LATENESS: Mapping[str, str] = MappingProxyType(
    {
        "light": "红、黄、蓝",
        "clock": "own 到期、intermediate 中间环节、feedback 反馈、answer 答复、risk 重大风险",
        "rule": "规则编号",
        "rule_title": "规则名称",
        "basis": "依据",
        "due": "时限",
        "workdays": "逾期几个工作日",
        "hours": "逾期几小时",
        "rung": "催到哪一级",
        "next_rung": "下一级",
        "next_at": "何时升级到下一级",
        "act_by": "最迟何时办理可免升级",
        "notice": "没有答复的通知的编号",
        "is_emergency": "是否紧急事项",
    }
)
"""Field of ``late`` → what it is."""

ITEM: Mapping[str, str] = MappingProxyType(
    {
        "number": "该件的通知编号",
        "kind": "通知种类",
        "light": "红、黄、蓝；不载内容的为空",
        "record": "事项编号",
        "title": "事项名称",
        "fact": "一句话的情况",
        "due": "时限",
        "rung": "催到哪一级",
        "act_by": "办理期限",
        "next_rung": "下一级",
        "next_at": "何时升级",
    }
)
"""Field of each of ``items`` → what it is."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "通知标题：“关于……的……”",
        "opening": "开头几段：出了什么事，依据哪一条",
        "facts": "基本情况，每项 `(名称, 内容)`；要显红的加第三项 `true`；内容空的不显示",
        "requests": "办理要求，每项 `(时限前, 时限, 时限后)`，或只写一句",
        "mark": "主题和色带开头的标记；不写就是通知种类",
        "band": "色带上标记后面的话",
        "tone": "色带：红、黄、蓝、平；不写就是平",
        "sections": "另外的小节，每项 `(标题, [段落, …])`",
        "tables": "表格，每项 `(标题, (列名, …), [(单元格, …), …])`",
        "requests_heading": "办理要求一栏的标题",
        "remark": "办理要求后面的一句话",
    }
)
"""Name that ``words.txt`` may set → what it is."""

FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "long_day": "2026年11月20日 星期五",
        "long_moment": "2026年11月20日 星期五 18:00",
        "short_day": "11月20日",
        "year_day": "2026年11月20日",
        "weekday": "11月20日（周五）",
        "weekday_minute": "11月20日（周五）18:00",
        "year_minute": "2026年11月20日（周五）18:00",
        "minute": "2026-11-20 18:00",
        "moment": "11月20日（周五）18:00；零点表示整天，不写时间",
        "year_moment": "同上，带年份",
        "limit": "2026年11月20日（周五）18:00；整天写“下班前”",
        "until": "2026年11月20日（周五）18:00 前；整天写“下班前”",
        "span": "2 个工作日",
        "every": "每 2 个工作日",
        "listed": "办理要求连成一句：句间分号，末尾句号，空的去掉",
        "workdays": "5 个工作日",
        "hours": "2.5 小时",
        "mask": "张三写成张*",
        "lines": "单元格里的换行在网页上也换行",
        "narrow": "同上，窄格里编号不断开",
        "numbered": "每行前面加序号",
        "indented": "纯文本里换行后缩进",
        "percent": "83%",
        "tenths": "10.4",
        "signed": "+3、−2、0",
    }
)
"""Filter → what it makes."""
