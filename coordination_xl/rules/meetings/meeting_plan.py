"""Which standing meetings are to be entered now, and what is to be said about them. Source: SPEC A3, section 3, section 4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.rules.checks.cells import check_numbers, check_required, check_vocabulary
from coordination_xl.rules.checks.identity import check_ids
from coordination_xl.rules.checks.recurring import check_recurring
from coordination_xl.rules.meetings.recurrence import Recurrence, occurrences, read_recurrences
from coordination_xl.rules.timing.calendar import WEEKDAYS, special_days
from coordination_xl.schema import refusals
from coordination_xl.schema.standing_meetings import (
    BY_TYPE,
    PROVISIONAL,
    TOPICAL,
    reference_in,
    remark_of,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.settings import Settings
    from coordination_xl.worktime import WorkCalendar

_AHEAD = ("申请", "已批准", "已通知")
"""States in which a meeting can still be moved."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting to be entered.

    Attributes:
        rule: its row of 例会, by identifier.
        title: its name.
        starts_at: when it begins.
        remarks: which rule and date it comes from.
    """

    rule: dict[str, object]
    title: str
    starts_at: datetime
    remarks: str


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What 例会 asks for.

    Attributes:
        planned: the meetings to be entered, in order of time.
        dropped: (rule, name, planned date) of meetings that are not held, because their whole week is off.
        findings: rules left out, and rules with provisional dates.
        rule_count: how many rules are in force and can be planned.
    """

    planned: tuple[Planned, ...]
    dropped: tuple[tuple[str, str, date], ...]
    findings: tuple[Finding, ...]
    rule_count: int


def plan_meetings(
    ledgers: Ledgers, calendar: WorkCalendar, now: datetime, last: date, settings: Settings, verb: str
) -> MeetingPlan:
    """The meetings of all rules after ``now`` and up to the day ``last`` that nobody has entered yet.

    Args:
        ledgers: 例会, 会议台账 (columns ``title``, ``starts_at``, ``remarks``), 节假日 and 修改记录.
        calendar: the work calendar.
        now: the moment of judgement.
        last: last day, included.
        settings: 参数.
        verb: by which 修改记录 knows meetings that were planned before.
    """
    recurring = ledgers["Recurring"]
    rules, findings = _sound(recurring, settings)
    known, entered = _known(ledgers, verb), _entered(ledgers["Meetings"])
    names = _rest_names(ledgers["Calendar"])
    planned: list[Planned] = []
    dropped = []
    for rule in rules:
        record = {str(key): value for key, value in recurring.frame.loc[rule.row].items()}
        name = str(record["title"])
        provisional: list[date] = []
        for each in occurrences(rule, now.date(), last, calendar):
            if each.held is None:
                dropped.append((rule.id, name, each.planned))
                continue
            starts_at = datetime.combine(each.held, rule.clock)
            title = title_of(name, each.held)
            is_known = (rule.id, each.planned) in known or not entered.isdisjoint(
                {(name, each.held), (title, each.held)}
            )
            if starts_at <= now or is_known:
                continue
            unknown_year = next((day.year for day in (each.planned, each.held) if not calendar.covers(day)), 0)
            if unknown_year:
                provisional.append(each.held)
            reason = names.get(each.planned) or WEEKDAYS[each.planned.weekday()]
            remark = remark_of(rule.id, each.planned, each.held, reason, unknown_year)
            planned.append(Planned(record, title, starts_at, remark))
        if provisional:
            findings += (_provisional(recurring, rule, provisional),)
    planned.sort(key=lambda each: (each.starts_at, str(each.rule["id"])))
    return MeetingPlan(tuple(planned), tuple(dropped), findings, len(rules))


def record_of(planned: Planned, record: str, now: datetime) -> dict[str, object]:
    """The row of 会议台账, by identifier. Source: SPEC A3, A13 (a meeting by rule is not applied for)."""
    rule = planned.rule
    meeting_type = str(rule["meeting_type"])
    standing = BY_TYPE.get(meeting_type, TOPICAL)
    approval = {"approver": rule["host"], "approved_at": now} if meeting_type in BY_TYPE else {}
    return {
        "id": record,
        "title": planned.title,
        "state": "已批准" if approval else "申请",
        "initiator": rule["host"],
        "meeting_type": meeting_type,
        "goal": standing.goal,
        "agenda": rule["agenda"] or standing.agenda,
        "attendees": rule["attendees"],
        "hours": rule["hours"],
        "starts_at": planned.starts_at,
        "place": rule["place"],
        "host": rule["host"],
        "applied_at": now,
        **approval,
        "remarks": planned.remarks,
    }


def off_days(ledgers: Ledgers, calendar: WorkCalendar, now: datetime) -> Iterator[Finding]:
    """Meetings that were planned provisionally, are still ahead, and lie on a rest day now that the days are known."""
    meetings = ledgers["Meetings"]
    is_ahead = meetings["state"].isin(_AHEAD) & (meetings["starts_at"] > now)
    is_provisional = meetings["remarks"].str.contains(PROVISIONAL, regex=False)
    names = _rest_names(ledgers["Calendar"])
    for row in meetings.flagged("starts_at", is_ahead & is_provisional & ~calendar.is_workday(meetings["starts_at"])):
        if reference_in(meetings["remarks"][row]) is None:
            continue
        day = pd.Timestamp(meetings["starts_at"][row]).date()
        reason = names.get(day) or WEEKDAYS[day.weekday()]
        yield meetings.finding(refusals.MEETING_ON_REST_DAY, row, "starts_at", reason=reason)


def _sound(recurring: Ledger, settings: Settings) -> tuple[tuple[Recurrence, ...], tuple[Finding, ...]]:
    """The rules that can be planned, and for those in force that cannot the errors that ``check`` finds in them."""
    rules, _ = read_recurrences(recurring)
    found = [
        *recurring.findings,
        *check_required(recurring),
        *check_vocabulary(recurring),
        *check_numbers(recurring),
        *check_ids(recurring, settings.id_pattern),
        *check_recurring(recurring),
    ]
    repeated = {each.row for each in found if each.code == "duplicate-id"}
    sound = tuple(rule for rule in rules if rule.row not in repeated)
    rows = {rule.row for rule in sound}
    in_force = {int(row) for row in recurring.rows[(recurring["is_active"] != "否").to_numpy()]}
    return sound, tuple(each for each in found if each.is_error and each.row in in_force - rows)


def _known(ledgers: Ledgers, verb: str) -> frozenset[tuple[str, date]]:
    """(rule, planned date) of every meeting that was ever planned, by its remark or by 修改记录."""
    audit = ledgers["Audit"]
    told = pd.concat([ledgers["Meetings"]["remarks"], audit["new"][audit["verb"] == verb]])
    return frozenset(found for text in told.unique() if "例会" in text and (found := reference_in(text)))


def _entered(meetings: Ledger) -> frozenset[tuple[str, date]]:
    """(title, day) of every meeting that has a day."""
    dated = meetings.frame[meetings["starts_at"].notna()]
    return frozenset(zip(dated["title"], dated["starts_at"].dt.date, strict=True))


def _rest_names(holidays: Ledger) -> dict[date, str]:
    days = special_days(holidays)
    rests = days[~days["is_workday"] & (days["name"] != "")]
    return dict(zip(rests["date"].dt.date, rests["name"], strict=True))


def _provisional(recurring: Ledger, rule: Recurrence, days: list[date]) -> Finding:
    return recurring.finding(
        refusals.PROVISIONAL_MEETING,
        rule.row,
        "title",
        days="、".join(f"{day:%Y-%m-%d}" for day in days),
        years="、".join(str(year) for year in sorted({day.year for day in days})),
    )
