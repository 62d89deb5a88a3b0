"""Reminders that somebody asks for by name, whatever rung the ladder stands at. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.rules.reminding.prompts import prompt_of, risk_prompts
from coordination_xl.rules.reminding.reminder_kinds import FEEDBACK as FEEDBACK_CLOCK
from coordination_xl.rules.reminding.reminder_kinds import NEAR, OWN, clock_kind, kind_of, lowest_rung
from coordination_xl.rules.reminding.standings import late_or_near
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import FEEDBACK, REMINDERS, WARNING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.reminding.prompts import Prompt
    from coordination_xl.rules.timing.schedule import Plan


def named_prompts(
    ledgers: Ledgers, plan: Plan, records: Iterable[str], kinds: Collection[str]
) -> tuple[list[Prompt], list[Finding]]:
    """The reminders of named matters, or of named notices without an answer, as they stand now.

    Each matter tells of one clock: of those that fit the kind the one at the highest rung, its own first. Told are the rungs
    that the clock has reached and that the kind is for; where there is none, the rung at which the kind begins: whoever asks
    for a 催办单 gets one to 部门负责人, even before the ladder leads there. 进度催报 is about feedback alone.

    Args:
        ledgers: the workbook.
        plan: its schedules.
        records: ids of matters or of notices.
        kinds: of 通知种类 that remind.

    Returns:
        The reminders, and as findings the rows that are neither late nor near.

    Raises:
        UnknownRecord: no ledger has an id.
    """
    standings = late_or_near(plan)
    risks = [each for each in risk_prompts(plan) if each.kind in kinds]
    prompts: list[Prompt] = []
    findings: list[Finding] = []
    for record in dict.fromkeys(records):
        ledger, row = ledgers.locate(record)
        identity = ledger.id_at(row)
        here = standings[
            (standings["notice"] == identity) | ((standings["record"] == identity) & (standings["notice"] == ""))
        ]
        if here.empty:
            here = standings[standings["record"] == identity]
        told = [prompt for kind in kinds for prompt in _of_kind(plan, kind, list(here.itertuples()))]
        told += [each for each in risks if each.record == identity]
        prompts += told
        if not told:
            wanted = "、".join(kind for kind in REMINDERS if kind in kinds)
            findings.append(ledger.finding(refusals.NOTHING_TO_REMIND_OF, row, "id", kind=wanted))
    return prompts, findings


def _of_kind(plan: Plan, kind: str, standings: list[Any]) -> Iterator[Prompt]:
    fitting = [each for each in standings if _fits(kind, plan, each)]
    if not fitting:
        return
    first = max(fitting, key=lambda each: (each.level, _clock(plan, each) == OWN))
    rungs = _rungs(plan, kind, first)
    for rung in rungs:
        yield prompt_of(plan, first, rung=rung, kind=kind)


def _fits(kind: str, plan: Plan, standing: Any) -> bool:  # noqa: ANN401 - a row of a frame
    clock = _clock(plan, standing)
    return clock == FEEDBACK_CLOCK if kind == FEEDBACK else kind != WARNING or clock != FEEDBACK_CLOCK


def _rungs(plan: Plan, kind: str, standing: Any) -> list[int]:  # noqa: ANN401 - a row of a frame
    if pd.isna(standing.late) and kind == WARNING:
        return [NEAR]
    timer = plan.schedules[standing.schedule].clocks[standing.clock].timer
    clock = _clock(plan, standing)
    reached = [rung for rung in dict.fromkeys(timer.ladder.rungs) if rung <= standing.level]
    return [rung for rung in reached if kind_of(clock, rung) == kind] or [lowest_rung(kind)]


def _clock(plan: Plan, standing: Any) -> str:  # noqa: ANN401 - a row of a frame
    timer = plan.schedules[standing.schedule].clocks[standing.clock].timer
    return clock_kind(timer.kind, is_answer=bool(standing.notice))
