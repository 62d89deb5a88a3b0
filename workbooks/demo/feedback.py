"""进展反馈: who reported what, when, and at which risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbooks.demo import clock

if TYPE_CHECKING:
    from datetime import date, datetime
    from random import Random

    from workbooks.demo.shapes import Job
    from workbooks.demo.tasks import Planned

Row = dict[str, object]
_WEEK = 5


@dataclass(frozen=True, slots=True)
class Report:
    """One feedback before its matter has an id."""

    reported_at: datetime
    reporter: str
    text: str

    @property
    def achievement(self) -> str:
        """What was reached."""
        return self.text.partition("｜")[0]

    @property
    def risk(self) -> str:
        """What may go wrong; 无 where nothing."""
        risk = self.text.partition("｜")[2]
        return f"{risk}。" if risk else "无"

    def row(self, source: object) -> Row:
        """The row of 进展反馈."""
        is_major = "停" in self.risk or "未批复" in self.risk
        return {
            "source": source,
            "reported_at": self.reported_at,
            "reporter": self.reporter,
            "achievement": self.achievement,
            "risk": self.risk,
            "is_major_risk": "是" if is_major else "否",
        }


def reports(rng: Random, reporter: str, texts: tuple[str, ...], start: date, end: date) -> list[Report]:
    """Texts told evenly over a stretch of working days, the last on its last day."""
    days = clock.spread(start, end, len(texts)) if texts else []
    return [
        Report(clock.during(rng, day, "13:40", "16:20"), reporter, text)
        for day, text in zip(days, texts, strict=True)
        if day <= clock.LAST_WORKDAY
    ]


def of_task(rng: Random, one: Planned) -> list[Report]:
    """The weekly feedback of an open task, counted back from its last."""
    job: Job = one.job
    last = clock.workday(job.last)
    found = []
    for number, text in enumerate(reversed(job.notes)):
        day = clock.shift(last, -_WEEK * number)
        if day > one.created_at.date():
            found.append(Report(clock.during(rng, day, "13:40", "16:20"), job.who, text))
    return found[::-1]


def as_log(found: list[Report]) -> str:
    """The feedback as the coordination form shows it."""
    return "\n".join(f"{one.reported_at.month}月{one.reported_at.day}日：{one.achievement}" for one in found)
