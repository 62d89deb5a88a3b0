"""任务跟踪表: what matters agreed on, one row a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbooks.demo import clock
from workbooks.demo.roster import department_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from random import Random

    from workbooks.demo.shapes import Job

Row = dict[str, object]
_EARLY = (0, 1, 1, 2, 3)
_BEHIND = {
    "报送仓库与厂区值守": 1,
    "完成报废核销": 1,
    "备齐宣讲物料": 1,
    "改造脱敏接口": 2,
    "完成脱敏复查": 1,
    "配置入职流程": 2,
    "建立投诉周报": 1,
    "提交产品介绍": 2,
    "增加注塑件安全库存": 2,
    "办理受潮货物理赔": 3,
    "核对到货单": 1,
    "调整四季度项目排期": 2,
    "完成返利对账": 2,
    "调整跑批窗口": 1,
    "完成电话回访": 4,
    "关闭试产遗留问题": 5,
    "更换核心交换机": 2,
    "收集供应商收票邮箱": 4,
    "落实体检场地": 2,
    "销毁数据硬盘": 1,
    "恢复退货周期": 0,
    "汇总分析材料": 0,
    "落实天线到货": 0,
    "组织试产齐套检查": 0,
    "完成系统割接": 0,
    "执行假期发货": 0,
    "缴销纸质余票": 0,
    "执行大促双岗值守": 0,
    "出具大促总结": 0,
    "完成迎审文件归集": 0,
}
"""Title → working days after its time that a task was finished; 0: on the very day. The others were early or on time."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A task with its dates: when it was entered, is due, was finished (``None``: not yet)."""

    job: Job
    due: date
    created_at: datetime
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether it was accepted."""
        return self.done_at is not None


def plan(rng: Random, jobs: tuple[Job, ...], start: datetime) -> list[Planned]:
    """Give every task its dates, counted from the agreement."""
    created_at = clock.after(start, rng.choice((0.5, 0.75, 1.0, 1.5)))
    return [_plan_one(rng, job, start, created_at) for job in jobs]


def _plan_one(rng: Random, job: Job, start: datetime, created_at: datetime) -> Planned:
    due = clock.resolve(start.date(), job.due)
    if job.state != "已完成":
        return Planned(job, due, created_at, None)
    early = rng.choice(_EARLY)
    done = clock.shift(due, _BEHIND.get(job.title, -early))
    done = min(max(done, clock.shift(created_at, 1)), max(due, done), clock.LAST_WORKDAY)
    return Planned(job, due, created_at, clock.during(rng, done, "09:20", "15:50"))


def parts(planned: list[Planned]) -> Row:
    """What the parent's columns of several parts hold."""
    return {
        "responsible": ";".join(f"{one.job.label}-{one.job.who}" for one in planned),
        "deadlines": ";".join(f"{one.job.label}:{one.due:%Y-%m-%d}" for one in planned),
        "acceptance": ";".join(f"{one.job.label}:{one.job.standard}" for one in planned),
    }


def in_sentences(planned: list[Planned]) -> str:
    """The agreement, item by item, with department and full date."""
    items = (
        f"{number}.{department_of(one.job.who)}{clock.in_words(one.due)}前{one.job.title}"
        for number, one in enumerate(planned, start=1)
    )
    return "；".join(items) + "。"


def finished_at(rng: Random, planned: list[Planned]) -> datetime:
    """When the initiator confirmed the whole: an hour or two after the last task."""
    return clock.after(max(one.done_at for one in planned if one.done_at), rng.choice((0.75, 1.0, 1.5)))


def row_of(one: Planned, source: object, urgency: str) -> Row:
    """The row of 任务跟踪表, without its id."""
    job = one.job
    reason, paused_on = job.paused
    return {
        "title": job.title,
        "state": job.state,
        "responsible": job.who,
        "department": department_of(job.who),
        "deadline": clock.at_close(one.due),
        "source": source,
        "deliverable": job.deliverable,
        "acceptance": job.standard,
        "cooperating": job.coop,
        "remarks": job.remarks,
        "urgency": urgency,
        "created_at": one.created_at,
        "done_at": one.done_at or "",
        "pause_reason": reason,
        "paused_at": clock.instant(f"{paused_on} 15:40") if paused_on else "",
    }
