"""The closed word lists of the workbook: what a pick list offers, and what else means the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words a cell may hold, in the order the pick list shows them.

    Attributes:
        words: the words themselves, as stored.
        synonyms: other spellings that people type → the word that is meant; ``check --fix`` replaces them.
    """

    words: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def meaning(self, typed: str) -> str | None:
        """The word that ``typed`` stands for, or ``None`` where there is no such word."""
        return typed if typed in self.words else self.synonyms.get(typed)


URGENCY = Vocabulary(
    ("紧急", "一般", "低优先级"),
    MappingProxyType(
        {
            "高": "紧急",
            "中": "一般",
            "低": "低优先级",
            "特急": "紧急",
            "加急": "紧急",
            "普通": "一般",
            "低优先": "低优先级",
        }
    ),
)
"""Urgency is stored once; a problem form's 高/中/低 mean the same three words. Source: SPEC section 4."""

WORK_TYPE = Vocabulary(("项目推进", "问题解决", "资源调配", "流程优化"))
"""Source: SPEC A1."""

SCENARIO = Vocabulary(("日常沟通", "专项协调", "应急响应"))
"""Source: SPEC A1."""

CONFIDENTIALITY = Vocabulary(
    ("公开", "内部", "秘密", "机密"), MappingProxyType({"普通": "内部", "保密": "秘密", "绝密": "机密"})
)
"""From everybody to the fewest; a contact may read up to its own level. Source: SPEC B6."""

LIGHT = Vocabulary(("红", "黄", "蓝", "绿", "灰"))
"""Worst first. Source: SPEC section 4."""

YES_NO = Vocabulary(
    ("是", "否"), MappingProxyType({"√": "是", "Y": "是", "y": "是", "有": "是", "N": "否", "n": "否", "无": "否"})
)

CERTAINTY = Vocabulary(("正式", "暂定"))
"""Whether a due time rests on official calendar years only. Source: SPEC section 4."""

RUNG = Vocabulary(("责任人", "部门负责人", "分管领导", "总经理办公会"))
"""The escalation ladder, lowest first. Source: SPEC section 5, ``remind``."""

ROLE = Vocabulary(
    ("部门负责人", "对接人", "分管领导", "综合管理部", "总经理办公会", "应急小组组长", "员工"),
    MappingProxyType({"负责人": "部门负责人", "联络人": "对接人", "联系人": "对接人"}),
)

DAY_KIND = Vocabulary(
    ("休", "班"),
    MappingProxyType({"休息": "休", "放假": "休", "节假日": "休", "上班": "班", "调休上班": "班", "补班": "班"}),
)

YEAR_STATUS = Vocabulary(("官方", "预测"))

UNIT = Vocabulary(
    ("分钟", "小时", "工作小时", "工作日", "自然日", "周"),
    MappingProxyType(
        {"天": "自然日", "日历日": "自然日", "日历天": "自然日", "工时": "工作小时", "个工作日": "工作日"}
    ),
)
"""Units of 时限规则: wall clock (分钟, 小时), working time (工作小时, 工作日), calendar (自然日, 周)."""

TIMER_KIND = Vocabulary(("到期", "中间环节", "反馈", "提前", "时长上限"))
"""What a row of 时限规则 does; see :mod:`coordination_xl.schema.timers`."""

EMERGENCY_TYPE = Vocabulary(("系统故障", "重大客诉", "资源短缺", "其他"))
"""Source: SPEC A-C."""

IMPACT = Vocabulary(("特别重大", "重大", "较大", "一般"))

MEETING_TYPE = Vocabulary(("部门周会", "项目月度会", "跨部门专题会"))
"""Source: SPEC A3."""

RSVP = Vocabulary(("待回复", "全部参加", "部分参加", "有人请假"))

CHANNEL = Vocabulary(
    ("邮件", "OA", "即时通讯", "书面"),
    MappingProxyType({"电子邮件": "邮件", "钉钉": "即时通讯", "企业微信": "即时通讯", "微信": "即时通讯"}),
)
"""Source: SPEC section 3, 发文记录."""

NOTICE_KIND = Vocabulary(
    (
        "协调通知", "问题分派通知", "会议通知", "会议纪要", "进度催报", "催办单", "逾期预警",
        "紧急事项报告", "升级报告", "变更通知", "问题解决报告", "复盘报告", "周报", "归档通知",
    )
)  # fmt: skip
"""The fourteen notices. Source: SPEC section 5, ``notice``."""

WAITING, SENDING, SENT, READ, FAILED, UNCERTAIN = "待发送", "发送中", "已发送", "已阅", "失败", "待核实"
DISPATCH_STATE = Vocabulary((WAITING, SENDING, SENT, READ, FAILED, UNCERTAIN))

ANSWER_NEEDED = Vocabulary(("已阅", "回复", "配合答复", "无"))

EXTENSION_DECISION = Vocabulary(
    ("待审批", "同意", "不同意"), MappingProxyType({"批准": "同意", "通过": "同意", "驳回": "不同意", "拒绝": "不同意"})
)

RECURRENCE = Vocabulary(("每周", "每两周", "每月末", "每月第一个工作日"))
"""Source: SPEC A3."""

SEVERITY = Vocabulary(("错误", "提醒"))
"""错误 must be mended; 提醒 is worth a look and never blocks."""
