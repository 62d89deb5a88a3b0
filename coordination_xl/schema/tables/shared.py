"""Columns that several ledgers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema.column import Column, Kind, computed
from coordination_xl.schema.vocabulary import CERTAINTY, CONFIDENTIALITY, LIGHT, RUNG, URGENCY, YES_NO, Vocabulary

if TYPE_CHECKING:
    from coordination_xl.schema.states import StateMachine

LIGHT_COLUMN = computed("light", "预警灯", Kind.LIGHT, "红逾期、黄落后、蓝将到期、绿正常、灰停办", vocabulary=LIGHT)
DUE = computed("due", "到期时间", Kind.MOMENT, "按时限规则算出的本事项到期时间")
OVERDUE_WORKDAYS = computed("overdue_workdays", "逾期天数", Kind.WORKDAYS, "已逾期的工作日数，未逾期留空")
OVERDUE_HOURS = computed("overdue_hours", "逾期小时", Kind.HOURS, "按小时计的时限已超出的小时数")
ORIGINAL_DUE = computed("original_due", "原定时限", Kind.MOMENT, "第一次确定的时限，延期后不变")
NEXT_FEEDBACK = computed("next_feedback", "下次反馈", Kind.MOMENT, "最迟应在此前反馈进展", "SPEC A11")
LAST_FEEDBACK = computed("last_feedback", "最近反馈", Kind.MOMENT, "进展反馈表中最近一次反馈", "SPEC A11")
ESCALATION = computed("escalation", "升级层级", Kind.CHOICE, "按逾期程度应催办到哪一级", "SPEC A17", vocabulary=RUNG)
CERTAINTY_COLUMN = computed("certainty", "时限性质", Kind.CHOICE, "暂定＝涉及尚无官方日历的年份", vocabulary=CERTAINTY)
ON_TIME = computed("is_on_time", "按期", Kind.CHOICE, "办结时是否在时限之内", vocabulary=YES_NO)
ON_ORIGINAL = computed(
    "is_on_original", "按原定时限", Kind.CHOICE, "办结时是否在原定时限之内", vocabulary=YES_NO, since=2
)
ELAPSED = computed("elapsed_workdays", "办结用时", Kind.WORKDAYS, "从登记到办结的工作日数")
LAST_STATE = computed("last_state", "上次状态", Kind.WORD, "程序上次看到的状态", "SPEC 3")
STATE_SINCE = computed("state_since", "状态时间", Kind.MOMENT, "进入当前状态的时间", "SPEC 3")
TASK_PROGRESS = computed("task_progress", "任务进度", Kind.WORD, "已完成任务/全部任务，例：2/3", "SPEC A17")

URGENCY_COLUMN = Column(
    "urgency",
    "紧急程度",
    Kind.CHOICE,
    "按对进度和客户的影响判断，例：一般",
    "SPEC B",
    required=True,
    vocabulary=URGENCY,
)
CONFIDENTIALITY_COLUMN = Column(
    "confidentiality", "保密等级", Kind.CHOICE, "限制可收到内容的人，例：内部", "SPEC B6", vocabulary=CONFIDENTIALITY
)
REMARKS = Column("remarks", "备注", Kind.TEXT, "风险、依赖条件等，例：依赖财务月结", "SPEC B")

PAUSE = (
    Column("pause_reason", "挂账原因", Kind.TEXT, "为什么暂停，例：等待财务预算批复", "SPEC 4"),
    Column("paused_at", "挂账时间", Kind.MOMENT, "从何时起暂停，例：2026-03-09 10:00", "SPEC 4"),
    Column("resumed_at", "恢复时间", Kind.MOMENT, "何时恢复；留空表示仍在挂账", "SPEC 4"),
)
LEARNING = (
    Column("outcome", "成效评估", Kind.LONG_TEXT, "是否达到目标、效率如何、有无推诿重复", "SPEC B4"),
    Column("lessons", "问题总结", Kind.LONG_TEXT, "协作中的卡点，例：口径不一返工两次", "SPEC B4"),
    Column("experience", "经验沉淀", Kind.LONG_TEXT, "可复用的做法，例：先定口径再取数", "SPEC B4"),
)


def identity(prefix: str) -> Column:
    """The id column of a ledger with this prefix."""
    return Column(
        "id",
        "编号",
        Kind.ID,
        f"登记时生成，不重复不复用，例：{prefix}-2026-0001",
        "SPEC 3",
        aliases=("事项编号", "序号编号"),
        required=True,
    )


def state(life: StateMachine, source: str) -> Column:
    """The state column of a ledger with this life."""
    return Column(
        "state",
        "状态",
        Kind.STATE,
        "按流程逐步推进，不跳步",
        source,
        aliases=("当前状态", "办理状态"),
        required=True,
        vocabulary=Vocabulary(life.states),
    )
