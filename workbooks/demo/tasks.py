"""任务跟踪表: what matters agreed on, one row a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from workbooks.demo import clock
from workbooks.demo.roster import department_of
from workbooks.demo.shapes import Job

Row = dict[str, object]
_LATE_SHARE = 0.08
_EARLY = (0, 1, 1, 2, 3)


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
    is_late = rng.random() < _LATE_SHARE
    done = clock.shift(due, rng.randint(1, 3) if is_late else -rng.choice(_EARLY))
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
