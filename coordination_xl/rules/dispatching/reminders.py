"""催办升级: who is to be reminded now, of what, at which rung. Source: SPEC A11, A17, A22, section 5 ``remind``.

Every rung up to the one that is reached is a reminder of its own, so that whoever was passed over because nobody ran the
program hears of it as well; each is told once for its 时限版本. A lower rung that was never told is told even when a higher
one was: the ladder may have been typed otherwise since. Paused and finished matters have no clock that runs, and a rule that
is switched off or has no ladder has no rung: of these nothing is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination_xl.rules.dispatching.answers import is_awaited
from coordination_xl.rules.dispatching.drafts import Draft
from coordination_xl.rules.dispatching.named_reminders import named_prompts
from coordination_xl.rules.dispatching.once import Sent
from coordination_xl.rules.dispatching.prompts import homes, is_emergency, prompt_of, risk_prompts
from coordination_xl.rules.dispatching.quiet_hours import is_quiet
from coordination_xl.rules.dispatching.reminded import Reminded
from coordination_xl.rules.dispatching.standings import standings
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import NOTICE, REMINDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.prompts import Prompt
    from coordination_xl.rules.timing.schedule import Plan


def reminder_drafts(
    ledgers: Ledgers,
    plan: Plan,
    now: datetime,
    *,
    kinds: Collection[str] | None = None,
    records: Sequence[str] | None = None,
) -> tuple[tuple[Draft, ...], tuple[Finding, ...], int]:
    """The reminders that are due, one for each matter and rung, to those who have not got them yet.

    Args:
        ledgers: the workbook.
        plan: its schedules at ``now``.
        now: the moment of judgement.
        kinds: only these 通知种类; all that remind where it is not given.
        records: only these matters, asked for by name, see
            :func:`~coordination_xl.rules.dispatching.named_reminders.named_prompts`; 催办时段 does not hold these.

    Returns:
        The reminders; what was found on the way: who cannot be reached or may not read the content and, of named matters,
        which are not late or were told already; and how many reminders 催办时段 holds back, which come up with the first run
        in working hours.

    Raises:
        UnknownRecord: no ledger has an id.
    """
    wanted = tuple(kind for kind in REMINDERS if kinds is None or kind in kinds)
    findings: list[Finding] = []
    if records is None:
        prompts = _due(plan, wanted)
    else:
        prompts, findings = named_prompts(ledgers, plan, records, wanted)
    is_held = records is None and is_quiet(now, plan.basis.settings, plan.basis.calendar)
    return _drafts(ledgers, plan, prompts, findings, is_held=is_held, is_named=records is not None)


def _due(plan: Plan, kinds: Collection[str]) -> list[Prompt]:
    found = standings(plan)
    told = [prompt_of(plan, each) for each in found[found["kind"].isin(kinds)].itertuples()]
    return [*told, *(each for each in risk_prompts(plan) if each.kind in kinds)]


def _drafts(
    ledgers: Ledgers, plan: Plan, prompts: Sequence[Prompt], findings: list[Finding], *, is_held: bool, is_named: bool
) -> tuple[tuple[Draft, ...], tuple[Finding, ...], int]:
    matters = homes(ledgers, (each.record for each in prompts))
    people, sent = Reminded(ledgers, plan, matters), Sent.of(ledgers["Dispatch"])
    drafts: list[Draft] = []
    held = 0
    seen: set[tuple[str, ...]] = set()
    for prompt in prompts:
        ...
    return tuple(drafts), tuple(dict.fromkeys(findings)), held
