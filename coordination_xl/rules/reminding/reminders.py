"""催办升级: who is to be reminded now, of what, at which rung. Source: SPEC A11, A17, A22, section 5 ``remind``.

Every rung up to the one that is reached is a reminder of its own, so that whoever was passed over because nobody ran the
program hears of it as well; each is told once for its 时限版本. A lower rung that was never told is told even when a higher
one was: the ladder may have been typed otherwise since. Paused and finished matters have no clock that runs, and a rule that
is switched off or has no ladder has no rung: of these nothing is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination_xl.rules.dispatching.drafts import Draft
from coordination_xl.rules.reminding.answers import is_awaited
from coordination_xl.rules.reminding.named_reminders import named_prompts
from coordination_xl.rules.reminding.prompts import homes, is_emergency, prompt_of, risk_prompts
from coordination_xl.rules.reminding.quiet_hours import is_quiet
from coordination_xl.rules.reminding.reminded import Reminded
from coordination_xl.rules.reminding.standings import standings
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import REMINDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.reminding.prompts import Prompt
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
            :func:`~coordination_xl.rules.reminding.named_reminders.named_prompts`; 催办时段 does not hold these.

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
    people = Reminded(ledgers, plan, (each.record for each in prompts), is_named=records is not None)
    told, lost = _at_home(ledgers, plan, prompts)
    findings += lost
    drafts: list[Draft] = []
    seen: set[tuple[str, ...]] = set()
    held = 0
    for prompt, (matter, row) in told:
        to = people.to(prompt)
        if to is None or prompt.key in seen:  # two rows with one id are one matter to those who are told
            continue
        seen.add(prompt.key)
        reminder = replace(prompt.reminder, is_emergency=is_emergency(matter))
        draft = Draft(
            prompt.kind,
            matter.table.name,
            row,
            prompt.record,
            prompt.version,
            "",
            to.to,
            rung=reminder.rung,
            reminder=reminder,
        )
        left = people.unsent(draft)
        if is_held and not reminder.is_emergency:
            held += left is not None
            continue
        if not to.to:
            made, found = people.unreachable(draft, prompt, to, matter)
        elif left is not None:
            made, found = people.parted(left, matter)
            found = (*to.findings, *found)
        else:
            made, found = [], people.already(draft, prompt)
        drafts += made
        findings += found
    return tuple(drafts), tuple(dict.fromkeys(findings)), held


def _due(plan: Plan, kinds: Collection[str]) -> list[Prompt]:
    found = standings(plan)
    told = [prompt_of(plan, each) for each in found[found["kind"].isin(kinds)].itertuples()]
    return [*told, *(each for each in risk_prompts(plan) if each.kind in kinds)]


def _at_home(
    ledgers: Ledgers, plan: Plan, prompts: Sequence[Prompt]
) -> tuple[list[tuple[Prompt, tuple[Ledger, int]]], list[Finding]]:
    """Each reminder with the ledger and row of its matter; the answers that nobody waits for any more are left out."""
    matters = homes(ledgers, (each.record for each in prompts if each.reminder.notice))
    paused = {schedule.ledger.table.name: schedule.pause.is_on for schedule in plan.schedules}
    told: list[tuple[Prompt, tuple[Ledger, int]]] = []
    findings: list[Finding] = []
    for prompt in prompts:
        home = matters.get(prompt.record) if prompt.reminder.notice else (prompt.ledger, prompt.row)
        if home is None or not prompt.record:
            column = "source" if prompt.reminder.notice else "id"
            findings.append(prompt.ledger.finding(refusals.REMINDER_WITHOUT_MATTER, prompt.row, column))
        elif not prompt.reminder.notice or (
            is_awaited(prompt.ledger, prompt.row, *home) and not paused[home[0].table.name][home[0].position(home[1])]
        ):
            told.append((prompt, home))
    return told, findings
