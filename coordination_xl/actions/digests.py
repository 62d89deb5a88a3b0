"""From figures to the digest: rows become sentences' facts, and what is 秘密 or 机密 loses its words. Source: SPEC B6."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from coordination_xl.notices.digest import Digest
from coordination_xl.notices.digest_figures import Age, Bar, Month, Rate, Standing
from coordination_xl.notices.digest_matters import (
    RESTRICTED,
    Asks,
    Emergency,
    Escalating,
    Extension,
    Matter,
    Meeting,
    Overdue,
    Pause,
    Risk,
)
from coordination_xl.rules.people.leaders import LEADERS
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordination_xl.rules.figures.figures import Figures
    from coordination_xl.rules.figures.outcomes import Outcome
    from coordination_xl.rules.settings import Settings
    from coordination_xl.rules.timing.extensions import Extension as Request

    Record = Mapping[str, Any]

MOST_RED, MOST_LISTED = 15, 10
"""Rows of the red list and of the other long lists; the ledgers have the rest."""
_LAST = datetime(9999, 12, 31)


def digest_of(figures: Figures, settings: Settings, contact: str) -> Digest:
    """The digest that a template fills in.

    Args:
        figures: the week's.
        settings: 参数.
        contact: whom to ask.
    """
    year, week_number, _ = figures.week.start.isocalendar()
    red = tuple(map(_overdue, _records(figures.red)))
    emergencies = tuple(map(_emergency, _records(figures.emergencies)))
    risks = tuple(map(_risk, _records(figures.risks)))
    pending = tuple(_extension(each, figures) for each in figures.pending)
    return Digest(
        company=settings.company,
        office=settings.office,
        contact=contact,
        week=figures.week.iso_week,
        year=year,
        week_number=week_number,
        first_day=figures.week.start,
        last_day=figures.week.last_day,
        now=figures.now,
        standing=_standing(figures),
        recent=_rate("近 30 日", figures.recent, figures.recent_before),
        rates=(
            _rate("本月", figures.month),
            _rate("今年", figures.year),
            _rate("近 12 个月", figures.twelve_months),
        ),
        bars=tuple(Bar(str(name), *map(int, counts)) for name, *counts in figures.departments.itertuples()),
        ages=tuple(Age(label, count) for label, count in figures.ages.items()),
        months=tuple(
            Month(month["start"].to_pydatetime(), month["new"], month["done"], month["overdue"])
            for month in _records(figures.months)
        ),
        red=red[:MOST_RED],
        behind=tuple(map(_matter, _records(figures.behind)))[:MOST_LISTED],
        due_next_week=tuple(map(_matter, _records(figures.due_next_week)))[:MOST_LISTED],
        meetings=tuple(map(_meeting, _records(figures.meetings))),
        emergencies=emergencies,
        risks=risks,
        granted=tuple(_extension(each, figures) for each in figures.granted),
        pending=pending,
        paused=tuple(map(_pause, _records(figures.paused))),
        asks=_asks(figures, red, emergencies, risks, pending),
    )


def _standing(figures: Figures) -> Standing:
    before, present = _records(figures.weeks.tail(2))
    late = figures.red["overdue_workdays"].max()
    return Standing(
        open=figures.open,
        open_before=before["open"],
        overdue=figures.lights["红"],
        overdue_before=before["overdue"],
        behind=figures.lights["黄"],
        near=figures.lights["蓝"],
        paused=figures.lights["灰"],
        due_this_week=len(figures.due_this_week),
        due_next_week=len(figures.due_next_week),
        new=present["new"],
        new_before=before["new"],
        done=present["done"],
        done_before=before["done"],
        longest=0 if pd.isna(late) else int(late),
    )


def _rate(label: str, outcome: Outcome, before: Outcome | None = None) -> Rate:
    return Rate(
        label=label,
        finished=outcome.finished,
        share=outcome.rate,
        original=outcome.original_rate,
        workdays=outcome.average,
        share_before=before.rate if before else None,
        workdays_before=before.average if before else None,
    )


def _asks(
    figures: Figures,
    red: tuple[Overdue, ...],
    emergencies: tuple[Emergency, ...],
    risks: tuple[Risk, ...],
    pending: tuple[Extension, ...],
) -> Asks:
    leaders, top = LEADERS
    horizon = figures.week.end + timedelta(weeks=1)
    rising = [each for each in red if each.next_rung in LEADERS and each.next_at and each.next_at < horizon]
    rising.sort(key=_step)
    for_leaders = [
        each
        for each, request in zip(pending, figures.pending, strict=True)
        if max(request.needed_rung, request.held_rung) >= RUNG.words.index(leaders)
    ]
    return Asks(
        top=tuple(each for each in red if each.rung == top),
        leaders=tuple(each for each in red if each.rung == leaders and each not in rising),
        escalating=tuple(
            Escalating(rung, at, act_by, tuple(group)) for (at, act_by, rung), group in groupby(rising, key=_step)
        ),
        emergencies=tuple(each for each in emergencies if each.controlled_at is None and each.resolved_at is None),
        risks=risks,
        extensions=tuple(sorted(for_leaders, key=lambda each: each.due or _LAST)),
        meetings=tuple(map(_meeting, _records(figures.applications))),
    )


def _step(each: Overdue) -> tuple[datetime, datetime, str]:
    at = each.next_at or _LAST
    return at, each.act_by or at, each.next_rung


def _records(frame: pd.DataFrame) -> list[Record]:
    return frame.to_dict("records")  # type: ignore[return-value]  # the stubs allow any hashable as a column's name


def _plain(record: Record) -> dict[str, Any]:
    """What every kind of matter has."""
    is_restricted = bool(record["is_restricted"])
    return {
        "id": one_line(record["id"]) or "（无编号）",
        "title": RESTRICTED if is_restricted else one_line(record["title"]),
        "who": one_line(record["who"]),
        "due": _moment(record["due"]),
        "is_restricted": is_restricted,
    }


def _matter(record: Record) -> Matter:
    return Matter(**_plain(record))


def _overdue(record: Record) -> Overdue:
    hours = record["overdue_hours"]
    return Overdue(
        **_plain(record),
        workdays=0 if pd.isna(record["overdue_workdays"]) else int(record["overdue_workdays"]),
        hours=None if pd.isna(hours) else float(hours),
        rung=record["rung"],
        next_rung=record["next_rung"],
        next_at=_moment(record["next_at"]),
        act_by=_moment(record["act_by"]),
    )


def _emergency(record: Record) -> Emergency:
    plain = _plain(record)
    kind = "、".join(filter(None, (record["emergency_type"], record["impact_level"])))
    return Emergency(
        **plain,
        kind=_unless(plain, kind),
        state=one_line(record["state"]),
        found_at=_moment(record["opened"]),
        controlled_at=_moment(record["controlled_at"]),
        resolved_at=_moment(record["resolved_at"]),
    )


def _meeting(record: Record) -> Meeting:
    plain = _plain(record)
    return Meeting(
        **plain,
        starts_at=_moment(record["starts_at"]),
        place=_unless(plain, record["place"]),
        state=one_line(record["state"]),
    )


def _pause(record: Record) -> Pause:
    plain = _plain(record)
    return Pause(**plain, since=_moment(record["paused_at"]), reason=_unless(plain, record["pause_reason"]))


def _risk(record: Record) -> Risk:
    plain = _plain(record)
    return Risk(
        **plain,
        told_at=_moment(record["reported_at"]),
        teller=one_line(record["reporter"]),
        risk=_unless(plain, record["risk"]),
    )


def _extension(request: Request, figures: Figures) -> Extension:
    """A request with the matter that it is about; one that no ledger has any more is told by its number alone."""
    is_known = request.source in figures.of_id.index
    plain = _plain(_records(figures.of_id.loc[[request.source]])[0]) if is_known else {}
    return Extension(
        id=one_line(request.source),
        title=plain.get("title", ""),
        who=plain.get("who", "") or one_line(request.applicant),
        due=_moment(request.current_close),
        is_restricted=plain.get("is_restricted", False),
        request=one_line(request.id),
        new_due=_moment(request.new_close),
        approver=one_line(request.approver),
        number=request.number,
        needed=RUNG.words[request.needed_rung],
    )


def _unless(plain: Mapping[str, Any], text: str) -> str:
    """Content of a matter; nothing of a restricted one."""
    return "" if plain["is_restricted"] else one_line(text)


def _moment(value: Any) -> datetime | None:  # noqa: ANN401  # a Timestamp, a numpy moment, or either's NaT
    when = pd.Timestamp(value)
    return None if pd.isna(when) else when.to_pydatetime()


def one_line(text: str) -> str:
    """A text of a cell on one line, without what no document may hold."""
    return " ".join("".join(" " if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in text).split())


_UNPRINTABLE: Iterable[str] = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
