"""From reminders to people: who has the role, who has the reminder already, who may read it. Source: SPEC A17, B6; SPEC 6."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold
from coordination_xl.rules.answering.addressees import Addressees
from coordination_xl.rules.dispatching.addressing import Addressed, persons_for
from coordination_xl.rules.dispatching.clearance import cleared, level_of
from coordination_xl.rules.dispatching.once import Sent
from coordination_xl.rules.dispatching.recipients import Recipients
from coordination_xl.rules.reminding.answers import unanswered
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import PARTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.drafts import Draft
    from coordination_xl.rules.reminding.prompts import Prompt
    from coordination_xl.rules.timing.schedule import Plan


class Reminded:
    """Whom the reminders of one run go to.

    Args:
        ledgers: the workbook.
        plan: its schedules.
        records: ids of the matters that are told of.
        is_named: somebody asks for them by name.
    """

    def __init__(self, ledgers: Ledgers, plan: Plan, records: Iterable[str], *, is_named: bool) -> None:
        delegates = plan.basis.approvers.delegates
        self._kin = kin(ledgers, records)
        self._addressees = Addressees.of(ledgers["Contacts"], delegates)
        self._recipients = Recipients.of(ledgers["Contacts"], delegates, plan.basis.now.date())
        self._sent = Sent.of(ledgers["Dispatch"], delegates.directory)
        self._is_named = is_named
        self._parties = {schedule.ledger.table.name: _parties(schedule.ledger) for schedule in plan.schedules}
        self._known: dict[object, Addressed] = {}

    def to(self, prompt: Prompt) -> Addressed | None:
        """主送 of a reminder; of a notice without an answer only who has not answered, ``None`` where everybody has."""
        asked = None
        if prompt.reminder.notice and prompt.timer is not None:
            asked = unanswered(prompt.ledger, prompt.row, prompt.timer, self._addressees)
            if not asked:
                return None
        table, place = prompt.ledger.table.name, prompt.ledger.position(prompt.row)
        key = (table, prompt.role, asked, *(column.iloc[place] for column in self._parties[table]))
        found = self._known.get(key)  # the same names in another row are the same people
        if found is None:
            found = persons_for(prompt.role, prompt.ledger, prompt.row, self._recipients, named=asked)
            if not found.findings:  # these name the row
                self._known[key] = found
        return found

    def unsent(self, draft: Draft) -> Draft | None:
        """The draft without those who have it; ``None`` where all have."""
        return self._sent.unsent(draft, is_named=self._is_named)

    def parted(self, draft: Draft, matter: Ledger) -> tuple[list[Draft], tuple[Finding, ...]]:
        """One notice with the content, and one without it for those who may not read that. Source: SPEC B6."""
        level = level_of(self._kin, matter, draft.row)
        parts = cleared(Addressed(draft.to), level, draft.kind, matter, draft.row, self._recipients)
        drafts = [
            replace(draft, level=level, to=part.to, is_withheld=is_withheld)
            for part, is_withheld in ((parts.readers, False), (parts.withheld, True))
            if part.to
        ]
        return drafts, parts.findings

    def unreachable(
        self, draft: Draft, prompt: Prompt, to: Addressed, matter: Ledger
    ) -> tuple[list[Draft], tuple[Finding, ...]]:
        """Nobody can be reached: a draft that says so, unless 发文记录 has it, and why."""
        ledger, row, column = prompt.ledger, prompt.row, to.column
        who = "、".join(to.unreached)
        reason = "；".join(each.message for each in to.findings) or f"查不到{prompt.role}"
        finding = ledger.finding(
            refusals.NOBODY_TO_SEND_TO, row, column, record=draft.record, kind=draft.kind, reason=reason
        )
        level = level_of(self._kin, matter, draft.row)
        failed = self.unsent(replace(draft, level=level, unreached=who or prompt.role, failure=reason))
        elsewhere = [each for each in to.findings if each.address != finding.address or each.sheet != finding.sheet]
        return [] if failed is None else [failed], (*elsewhere, finding)

    def already(self, draft: Draft, prompt: Prompt) -> tuple[Finding, ...]:
        """Where somebody asks for a matter by name: by which row it was told."""
        row = self._sent.row_of(draft, is_named=self._is_named) if self._is_named else None
        if row is None:
            return ()
        when = f"{row.state}，{shown(row.when)}" if row.when else row.state
        facts = {"record": draft.record, "kind": draft.kind, "number": row.number, "when": when}
        return (prompt.ledger.finding(refusals.SENT_ALREADY, prompt.row, "id", **facts),)


def kin(ledgers: Ledgers, records: Iterable[str]) -> Ledgers:
    """The rows of the matters' ledgers that have these ids, and those that these come from: what levels are read off."""
    found: set[str] = set()
    wanted = set(records) - {""}
    while wanted:
        found |= wanted
        sources = [
            ledger["source"][pd.Series(ledger.ids, index=ledger.frame.index).isin(wanted)] for ledger in ledgers.matters
        ]
        wanted = {fold(str(each)).strip() for column in sources for each in column} - found - {""}
    return Ledgers(
        {
            ledger.table.name: replace(
                ledger, frame=ledger.frame[pd.Series(ledger.ids, index=ledger.frame.index).isin(found)]
            )
            for ledger in ledgers.matters
        }
    )


def _parties(ledger: Ledger) -> list[pd.Series]:
    """The columns of a ledger that say who has a role."""
    roles = PARTIES.get(ledger.table.name, {}).values()
    return [ledger[column] for column in dict.fromkeys(column for columns in roles for column in columns)]
