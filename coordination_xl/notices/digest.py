"""周报, the weekly digest for leaders: everything its templates may ask for. Source: SPEC section 5, ``report``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.notices.environment import rendered

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Environment

    from coordination_xl.notices.digest_figures import Age, Bar, Month, Rate, Standing
    from coordination_xl.notices.digest_matters import (
        Asks,
        Emergency,
        Extension,
        Matter,
        Meeting,
        Overdue,
        Pause,
        Risk,
    )

PAGE, TEXT, SUBJECT = "周报/page.html", "周报/page.txt", "周报/subject.txt"


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of one week. Each field is a variable of the templates.

    Attributes:
        company: name of the company.
        office: the department that writes it.
        contact: whom to ask, with the extension; ``""`` where 通讯录 has nobody.
        week: the ISO week, ``2026-W47``.
        year: the ISO year.
        week_number: its number in the year.
        first_day: its Monday.
        last_day: its Sunday.
        now: the moment the figures stand for.
        standing: how things stand.
        recent: how matters came out in the last 30 days.
        rates: likewise in other spans.
        bars: departments; 其他 last.
        ages: overdue matters by age.
        months: the trend, the present month last.
        red: the red list, the latest first; not all of them where they are many.
        behind: 黄 matters; not all of them where they are many.
        due_next_week: what is due in the week after; not all of it where it is much.
        meetings: the meetings of the week after.
        emergencies: found in this week, or not yet resolved.
        risks: matters with a major risk.
        granted: extensions granted in this week.
        pending: extensions that nobody has decided.
        paused: paused matters.
        asks: what leaders are asked to do.
    """

    company: str
    office: str
    contact: str
    week: str
    year: int
    week_number: int
    first_day: datetime
    last_day: datetime
    now: datetime
    standing: Standing
    recent: Rate
    rates: tuple[Rate, ...]
    bars: tuple[Bar, ...]
    ages: tuple[Age, ...]
    months: tuple[Month, ...]
    red: tuple[Overdue, ...]
    behind: tuple[Matter, ...]
    due_next_week: tuple[Matter, ...]
    meetings: tuple[Meeting, ...]
    emergencies: tuple[Emergency, ...]
    risks: tuple[Risk, ...]
    granted: tuple[Extension, ...]
    pending: tuple[Extension, ...]
    paused: tuple[Pause, ...]
    asks: Asks


def digest_subject(digest: Digest, templates: Environment) -> str:
    """The subject of its mail, one line.

    Raises:
        BrokenTemplate: a template cannot be used.
    """
    return " ".join(rendered(templates, SUBJECT, variables(digest)).split())


def digest_page(digest: Digest, templates: Environment) -> str:
    """The page: one file that is a web page and a mail body alike.

    Raises:
        BrokenTemplate: a template cannot be used.
    """
    return rendered(templates, PAGE, variables(digest))


def digest_text(digest: Digest, templates: Environment) -> str:
    """The same as plain text, in the same order.

    Raises:
        BrokenTemplate: a template cannot be used.
    """
    return rendered(templates, TEXT, variables(digest))


def variables(digest: Digest) -> dict[str, object]:
    """What the templates are given, and nothing else."""
    return {field.name: getattr(digest, field.name) for field in dataclasses.fields(digest)}
