"""The rows that a new workbook's 时限规则 sheet begins with: every number of the mechanism, once.

No number of these is repeated in code: what counts is what the sheet says. How a row works:

* 到期: the matter's own due time while it is in one of the states; where several apply, the earliest that is not yet met.
* 中间环节: a clock inside the matter; late makes the light 黄.
* 反馈: recurring; starts at the last row of 进展反馈, or at the trigger where there is none.
* 提前: the stop column must be filled this long *before* the trigger (a negative amount).
* 时长上限: the number in the trigger column may not exceed the amount; a reminder, never a block.

``起算列`` lists columns, best first: the first one that is filled counts; another rule's number stands for that rule's due
time. ``完成列`` lists columns of which the first filled one stops the clock. ``适用条件`` is ``列=值|值`` or ``列≠值``, several
joined by ``；``; ``*`` at the end of a value stands for anything. ``升级阶梯`` gives for each rung how late, in working days (in
hours where the unit is an hour or a minute).
"""

from __future__ import annotations

from typing import NamedTuple


class TimerRow(NamedTuple):
    """One row of 时限规则, in the words of the sheet."""

    rule: str
    title: str
    table: str
    kind: str
    states: str
    trigger: str
    stop: str
    amount: float
    unit: str
    target: str
    ladder: str
    urgency: str = ""
    condition: str = ""
    remarks: str = ""

    @property
    def basis(self) -> str:
        """The clause of the mechanism: the rule's number without its suffix."""
        return self.rule.split("-")[0]


_BY_DAYS = "责任人 0、部门负责人 3、分管领导 5、总经理办公会 10"
_BY_HOURS = "责任人 0、部门负责人 1、分管领导 2、总经理办公会 4"
_FEEDBACK = "责任人 0、部门负责人 2、分管领导 4"
_ANSWER = "责任人 0、部门负责人 2"

TIMERS: tuple[TimerRow, ...] = (
    TimerRow("A2", "即时消息响应", "发文记录", "到期", "已发送、已阅", "发送时间", "答复时间、已阅时间", 2, "工作小时", "收件人", _ANSWER,
             condition="渠道=即时通讯；来源编号≠JJ-*", remarks="紧急事项不适用本条，按 A18 起各条"),
    TimerRow("A4", "书面事项已阅确认", "发文记录", "到期", "已发送、已阅", "发送时间", "已阅时间、答复时间", 1, "工作日", "收件人", _ANSWER,
             condition="要求答复=已阅", remarks="机制未规定天数，按 A6 补定"),
    TimerRow("A6", "配合方反馈意见", "发文记录", "到期", "已发送、已阅", "发送时间", "答复时间", 1, "工作日", "配合部门", _ANSWER,
             condition="要求答复=配合答复"),
    TimerRow("B7", "接收方提出疑问", "发文记录", "到期", "已发送、已阅", "发送时间", "答复时间", 1, "工作日", "收件人", _ANSWER,
             condition="要求答复=回复", remarks="机制未规定天数，按 A6 补定"),
    TimerRow("A9", "问题审核分派", "问题台账", "中间环节", "已提报", "提报时间", "分派时间", 1, "工作日", "综合管理部", "责任人 0、分管领导 2"),
    TimerRow("A8-期望", "问题期望解决", "问题台账", "到期", "已提报", "期望解决时间", "分派时间", 0, "自然日", "综合管理部", _BY_DAYS),
    TimerRow("A9-时限", "问题完成时限", "问题台账", "到期", "已分派、处理中、待验收、已办结、已归档", "完成时限、期望解决时间",
             "解决时间、验收时间", 0, "自然日", "主责部门", _BY_DAYS),
    TimerRow("A11-一般", "问题进度反馈", "问题台账", "反馈", "已分派、处理中", "分派时间", "", 2, "工作日", "主责部门", _FEEDBACK,
             urgency="一般、低优先级"),
    TimerRow("A11-紧急", "紧急问题进度反馈", "问题台账", "反馈", "已分派、处理中", "分派时间", "", 1, "工作日", "主责部门", _FEEDBACK,
             urgency="紧急", remarks="每个工作日反馈；重大风险随时上报"),
    TimerRow("A13", "会议申请提前量", "会议台账", "提前", "", "会议时间", "申请时间", -3, "工作日", "发起部门", "",
             condition="会议类型≠部门周会|项目月度会", remarks="例会按规则排定，不另申请"),
    TimerRow("A14", "会议通知提前量", "会议台账", "到期", "申请、已批准", "会议时间", "通知时间", -2, "工作日", "发起部门", _BY_DAYS),
    TimerRow("A14-召开", "会议按时召开", "会议台账", "到期", "已通知", "会议时间", "结束时间", 0, "自然日", "发起部门", _BY_DAYS),
    TimerRow("A15", "会议时长", "会议台账", "时长上限", "", "时长（小时）", "", 2, "小时", "主持人", "", remarks="原则上不超过，只提醒"),
    TimerRow("A16", "纪要审核分发", "会议台账", "到期", "已召开、纪要待审、已分发、已归档", "结束时间", "纪要签发时间", 24, "小时", "记录人",
             "责任人 0、部门负责人 8、分管领导 24"),
    TimerRow("A17", "任务每周跟进", "任务跟踪表", "反馈", "待办、进行中、待验收", "登记时间", "", 1, "周", "责任人", _FEEDBACK),
    TimerRow("A17-决议", "会议决议完成时限", "任务跟踪表", "到期", "待办、进行中、待验收、已完成", "完成时限", "完成时间", 0, "自然日", "责任人",
             "责任人 0、分管领导 1、总经理办公会 10", condition="来源编号=HY-*", remarks="逾期预警至分管领导"),
    TimerRow("B5", "任务完成时限", "任务跟踪表", "到期", "待办、进行中、待验收、已完成", "完成时限", "完成时间", 0, "自然日", "责任人", _BY_DAYS,
             condition="来源编号≠HY-*"),
    TimerRow("A18", "紧急事项首报", "紧急事项台账", "中间环节", "已上报", "发现时间", "首报时间", 30, "分钟", "发现人", _BY_HOURS),
    TimerRow("A19", "紧急事项报告", "紧急事项台账", "到期", "已上报", "发现时间", "报告时间", 1, "小时", "发现人", _BY_HOURS),
    TimerRow("A20", "应急方案", "紧急事项台账", "到期", "已上报、已报告", "发现时间", "方案批准时间", 2, "小时", "分管领导", _BY_HOURS),
    TimerRow("A21", "应急进展报告", "紧急事项台账", "反馈", "方案执行、已升级", "方案批准时间、报告时间", "", 4, "小时", "应急小组组长",
             "责任人 0、分管领导 1", remarks="重大变化随时上报"),
    TimerRow("A22", "风险控制", "紧急事项台账", "到期", "已上报、已报告、方案执行、已升级", "方案批准时间、A20", "控制时间、解决时间、升级时间", 2, "小时",
             "应急小组组长", "总经理办公会 0", remarks="未控制的，上报总经理办公会"),
    TimerRow("A23", "紧急事项复盘", "紧急事项台账", "到期", "已解决、已复盘、已归档", "解决时间", "复盘时间", 3, "工作日", "应急小组组长",
             _BY_DAYS),
    TimerRow("B-共识", "达成共识", "协调台账", "到期", "沟通中", "期望完成时间", "共识时间", 0, "自然日", "发起部门", _BY_DAYS),
    TimerRow("B-执行", "协调事项完成", "协调台账", "到期", "已达成共识、执行中、已完成、已归档", "完成时限、期望完成时间", "办结时间", 0,
             "自然日", "责任部门", _BY_DAYS, remarks="取各项任务中最晚的时限"),
    TimerRow("B3-一般", "协调进展反馈", "协调台账", "反馈", "执行中", "共识时间", "", 5, "工作日", "责任部门", _FEEDBACK,
             urgency="一般、低优先级", remarks="写了“反馈约定”的，以约定为准"),
    TimerRow("B3-紧急", "紧急协调进展反馈", "协调台账", "反馈", "执行中", "共识时间", "", 2, "工作日", "责任部门", _FEEDBACK,
             urgency="紧急", remarks="写了“反馈约定”的，以约定为准"),
)  # fmt: skip
