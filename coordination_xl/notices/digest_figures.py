"""The numbers of the weekly digest, as its templates ask for them. Source: SPEC section 5, ``report``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand now, and how they stood a week ago.

    Attributes:
        open: 在办: matters with a light other than 灰.
        open_before: likewise at the end of last week.
        overdue: 红.
        overdue_before: at the end of last week.
        behind: 黄: feedback or an intermediate step is late, or a major risk was told.
        near: 蓝.
        paused: 灰 and not finished.
        due_this_week: not overdue, and due from today to Sunday.
        due_next_week: due in the week after.
        new: opened in this week so far.
        new_before: opened in the whole last week.
        done: finished in this week so far.
        done_before: finished in the whole last week.
        longest: working days that the latest matter is overdue; 0 where none is, or by hours only.
    """

    open: int
    open_before: int
    overdue: int
    overdue_before: int
    behind: int
    near: int
    paused: int
    due_this_week: int
    due_next_week: int
    new: int
    new_before: int
    done: int
    done_before: int
    longest: int

    @property
    def open_change(self) -> int:
        """More (fewer, where negative) open matters than at the end of last week."""
        return self.open - self.open_before

    @property
    def overdue_change(self) -> int:
        """More (fewer) overdue matters than at the end of last week."""
        return self.overdue - self.overdue_before


@dataclass(frozen=True, slots=True)
class Rate:
    """How matters came out in one span. Shares are 0 to 1, ``None`` where there is nothing to judge.

    Attributes:
        label: 近 30 日, 本月, 今年, 近 12 个月.
        finished: how many were finished.
        share: done by their due times as extended.
        original: done by their original due times.
        workdays: 平均办结用时, ``None`` where it is not known.
        share_before: the same span a week ago; ``None`` where that is not compared.
        workdays_before: likewise.
    """

    label: str
    finished: int
    share: float | None
    original: float | None
    workdays: float | None
    share_before: float | None = None
    workdays_before: float | None = None

    @property
    def share_change(self) -> float | None:
        """In percentage points."""
        if self.share is None or self.share_before is None:
            return None
        return 100 * (round(self.share, 2) - round(self.share_before, 2))

    @property
    def workdays_change(self) -> float | None:
        """In working days."""
        if self.workdays is None or self.workdays_before is None:
            return None
        return round(self.workdays, 1) - round(self.workdays_before, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One department.

    Attributes:
        label: its name.
        red: matters under each light; of 灰 those that are paused.
        yellow: …
        blue: …
        green: …
        grey: …
    """

    label: str
    red: int
    yellow: int
    blue: int
    green: int
    grey: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.red + self.yellow + self.blue + self.green + self.grey


@dataclass(frozen=True, slots=True)
class Age:
    """Overdue matters of one age: ``1–2 天`` and how many."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the trend.

    Attributes:
        start: its first day.
        new: opened in it.
        done: finished in it.
        overdue: overdue at its end, or now.
    """

    start: datetime
    new: int
    done: int
    overdue: int
