"""时限规则, understood: each row one timer. No number of the mechanism stands in code. Source: SPEC section 2, section 3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from coordination_xl.errors import RuleError
from coordination_xl.rules.timing.conditions import Condition, read_conditions
from coordination_xl.rules.timing.ladders import Ladder, read_ladder
from coordination_xl.schema import BY_NAME, BY_SHEET, Dtype, Kind, faults
from coordination_xl.schema.vocabulary import TIMER_KIND, UNIT, URGENCY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Table

T = TypeVar("T")

TIMED = ("Coordination", "Tasks", "Problems", "Meetings", "Emergencies", "Dispatch")
"""The tables whose rows have clocks."""


class TimerKind(StrEnum):
    """What a timer does; see :mod:`coordination_xl.schema.timers`."""

    DUE = "到期"
    INTERMEDIATE = "中间环节"
    FEEDBACK = "反馈"
    LEAD = "提前"
    LENGTH = "时长上限"


class Unit(StrEnum):
    """What a timer counts in."""

    MINUTES = "分钟"
    HOURS = "小时"
    WORK_HOURS = "工作小时"
    WORKDAYS = "工作日"
    DAYS = "自然日"
    WEEKS = "周"

    @property
    def is_wall_clock(self) -> bool:
        """Whether it runs day and night."""
        return self in {Unit.MINUTES, Unit.HOURS}

    @property
    def is_working_time(self) -> bool:
        """Whether it stands still while a matter is paused."""
        return self in {Unit.WORKDAYS, Unit.WORK_HOURS}

    @property
    def rests_on_calendar(self) -> bool:
        """Whether the working days of 节假日 have a say in where it ends."""
        return self.is_working_time or self is Unit.WEEKS

    @property
    def counts_hours(self) -> bool:
        """Whether lateness is told in hours, not in working days."""
        return self.is_wall_clock or self is Unit.WORK_HOURS


_DAYS = {
    Unit.MINUTES: 1 / 1440,
    Unit.HOURS: 1 / 24,
    Unit.WORK_HOURS: 1 / 24,
    Unit.WORKDAYS: 1.0,
    Unit.DAYS: 1.0,
    Unit.WEEKS: 7.0,
}
_LONGEST_DAYS = 3660
"""An amount beyond ten years is a slip of the finger, and would lead out of every calendar."""


@dataclass(frozen=True, slots=True)
class Timer:
    """One row of 时限规则.

    Attributes:
        rule: its number, for example ``A9``.
        title: its name.
        table: the ledger it is for (ASCII table name).
        kind: what it does.
        states: the states it runs in; empty is every state.
        urgencies: the urgencies it is for; empty is every urgency.
        conditions: all must hold.
        triggers: identifiers of columns, or numbers of other rules; the first that is filled starts the clock.
        stops: identifiers of columns; the first that is filled stops it.
        amount: how many units; negative is before the trigger.
        unit: what is counted.
        target: the role that owes it.
        ladder: who is told when it is late.
        basis: the clause it comes from.
        row: its sheet row.
    """

    rule: str
    title: str
    table: str
    kind: TimerKind
    states: frozenset[str]
    urgencies: frozenset[str]
    conditions: tuple[Condition, ...]
    triggers: tuple[str, ...]
    stops: tuple[str, ...]
    amount: float
    unit: Unit
    target: str
    ladder: Ladder
    basis: str
    row: int


def timers_of(rules: Ledger) -> tuple[Timer, ...]:
    """The active timers, in the order of the sheet.

    Raises:
        RuleError: a row cannot be understood: no due time could be trusted.
    """
    timers, broken = _read(rules)
    if broken:
        row, _, rule, reason = broken[0]
        raise RuleError(f"工作表“{rules.sheet}”第 {row} 行（规则 {rule}）", reason, "改正这一行后重试")
    return timers


def amount_fault(amount: float, unit: Unit) -> str:
    """Why nothing can be due after so many units; ``""`` where it can."""
    if amount != amount:  # NaN is the one value unlike itself
        return "时限没有填写数字"
    if abs(amount) * _DAYS[unit] > _LONGEST_DAYS:
        return "时限超过十年"
    if amount != int(amount) and unit in {Unit.WORKDAYS, Unit.DAYS, Unit.WEEKS}:
        return f"以{unit}计的时限应为整数"
    return ""


def check_timers(rules: Ledger) -> list[Finding]:
    """Every row of 时限规则 that cannot be understood."""
    return [
        rules.finding(faults.BROKEN_RULE, row, identifier, rule=rule, reason=reason)
        for row, identifier, rule, reason in _read(rules)[1]
    ]


def _read(rules: Ledger) -> tuple[tuple[Timer, ...], list[tuple[int, str, str, str]]]:
    timers: list[Timer] = []
    broken = []
    seen: dict[str, str] = {}
    for row, record in zip(rules.rows, rules.frame.to_dict("records"), strict=True):
        rule, is_active = str(record["rule"]), record["is_active"] != "否"
        try:
            timer = _timer({str(key): value for key, value in record.items()}, int(row), seen)
        except _Broken as fault:
            if is_active:
                broken.append((int(row), fault.identifier, rule, fault.reason))
            continue
        seen[rule] = timer.table  # a rule that is switched off may still be named: it gives no due time
        if is_active:
            timers.append(timer)
    return tuple(timers), broken


class _Broken(ValueError):
    def __init__(self, identifier: str, reason: str) -> None:
        self.identifier = identifier
        self.reason = reason
        super().__init__(reason)


def _timer(record: dict[str, object], row: int, earlier: Mapping[str, str]) -> Timer:
    table = BY_SHEET.get(str(record["table"])) or BY_NAME.get(str(record["table"]))
    if table is None or table.name not in TIMED:
        raise _Broken("table", f"没有“{record['table']}”这个计时的台账")
    kind, unit = TIMER_KIND.meaning(str(record["kind"])), UNIT.meaning(str(record["unit"]))
    if kind is None:
        raise _Broken("kind", f"类型“{record['kind']}”应为：{'、'.join(TIMER_KIND.words)}")
    if unit is None:
        raise _Broken("unit", f"单位“{record['unit']}”应为：{'、'.join(UNIT.words)}")
    amount = float(str(record["amount"]))
    if reason := amount_fault(amount, Unit(unit)):
        raise _Broken("amount", reason)
    if str(record["rule"]) in earlier:
        raise _Broken("rule", "规则编号重复")
    here = frozenset(rule for rule, home in earlier.items() if home == table.name)
    wanted = Dtype.NUMBER if kind == TimerKind.LENGTH else Dtype.MOMENT
    triggers = _columns("trigger", str(record["trigger"]), table, wanted, here)
    if not triggers:
        raise _Broken("trigger", "起算列没有填写")
    return Timer(
        rule=str(record["rule"]),
        title=str(record["title"]),
        table=table.name,
        kind=TimerKind(kind),
        states=_states(str(record["states"]), table),
        urgencies=_urgencies(str(record["urgency"])),
        conditions=_tried("condition", read_conditions, str(record["condition"]), table),
        triggers=triggers,
        stops=_columns("stop", str(record["stop"]), table, Dtype.MOMENT, frozenset()),
        amount=amount,
        unit=Unit(unit),
        target=str(record["target"]),
        ladder=_tried("ladder", read_ladder, str(record["ladder"])),
        basis=str(record["basis"]),
        row=row,
    )


def _tried(identifier: str, read: Callable[..., T], *given: object) -> T:
    """Call ``read``; its complaint is told at the column ``identifier``."""
    try:
        return read(*given)
    except ValueError as complaint:
        raise _Broken(identifier, str(complaint)) from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[、,，;；]", text) if word.strip())


def _states(text: str, table: Table) -> frozenset[str]:
    words = _words(text)
    known = table.by_identifier["state"].vocabulary if "state" in table.by_identifier else None
    strange = [word for word in words if known is None or word not in known.words]
    if strange:
        raise _Broken("states", f"“{strange[0]}”不是“{table.sheet}”的状态")
    return frozenset(words)


def _urgencies(text: str) -> frozenset[str]:
    words = _words(text)
    meanings = [URGENCY.meaning(word) for word in words]
    if None in meanings:
        raise _Broken("urgency", f"紧急程度“{text}”应为：{'、'.join(URGENCY.words)}")
    return frozenset(word for word in meanings if word)


def _columns(identifier: str, text: str, table: Table, dtype: Dtype, rules: frozenset[str]) -> tuple[str, ...]:
    found = []
    for word in _words(text):
        column = table.by_header.get(word)
        if word in rules:
            found.append(word)
        elif column is None:
            raise _Broken(identifier, f"“{word}”不是“{table.sheet}”的列，也不是同一台账中排在前面的规则编号")
        elif column.dtype is not dtype and not (dtype is Dtype.MOMENT and column.kind is Kind.PARTS):
            raise _Broken(identifier, f"“{word}”不是{'数字' if dtype is Dtype.NUMBER else '日期'}列")
        else:
            found.append(column.identifier)
    return tuple(found)
