"""From a reminder to the people who get it, cleared and reachable or not. Source: SPEC A17, B6, section 5 ``remind``; SPEC 6."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.folding import fold
from coordination_xl.rules.dispatching.addressing import Addressed, persons_for
from coordination_xl.rules.dispatching.answers import unanswered
from coordination_xl.rules.dispatching.clearance import cleared, level_of
from coordination_xl.rules.dispatching.drafts import Draft
from coordination_xl.rules.dispatching.recipients import Recipients
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import PARTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.prompts import Prompt
    from coordination_xl.rules.timing.schedule import Plan

NO_ONE = "没有可以发给的人"


class Reminded:
    """Whom reminders go to. The same names in another row are the same people: they are looked up once.

    Args:
        ledgers: the workbook.
        plan: its schedules.
    """

    def __init__(self, ledgers: Ledgers, plan: Plan) -> None:
        delegates = plan.basis.approvers.delegates
        self._ledgers = ledgers
        self._recipients = Recipients.of(ledgers["Contacts"], delegates, plan.basis.now.date())
        self._named: Mapping[str, list[pd.Series]] = {
            schedule.ledger.table.name: [
                schedule.ledger[column]
                for column in dict.fromkeys(each for role in PARTIES.get(schedule.ledger.table.name, {}).values() for each in role)
            ]
            for schedule in plan.schedules
        }
        self._known: dict[object, Addressed] = {}

    def to(self, prompt: Prompt) -> Addressed:
        """主送: who has the role, and of a notice without an answer, who has not answered."""
        asked = None
        if prompt.reminder.notice and prompt.timer is not None:
            asked = unanswered(prompt.ledger, prompt.row, prompt.timer, self._recipients.directory)
            if not asked:
                return Addressed()
        table = prompt.ledger.table.name
        place = prompt.ledger.position(prompt.row)
        key = (table, prompt.role, asked, *(column.array[place] for column in self._named[table]))
        found = self._known.get(key)
        if found is None:
            found = persons_for(prompt.role, prompt.ledger, prompt.row, self._recipients, named=asked)
            if not found.findings:  # these name the row
                self._known[key] = found
        return found

    def drafts(
        self, prompt: Prompt, draft: Draft, whole: Addressed, kin: Ledgers
    ) -> tuple[list[Draft], tuple[Finding, ...]]:
        """The notices of one reminder: one with the content, one without it for those who may not read that.

        Where nobody can be reached, one that says so.

        Args:
            prompt: the reminder.
            draft: its notice, with those recipients that have not got it yet.
            whole: all its recipients.
            kin: the matters that it may have its level from.
        """
        matter, row = self._ledgers[draft.table], draft.row
        level = level_of(kin, matter, row)
        if not draft.to:
            reason = f"{'、'.join(whole.unreached) or prompt.role}查不到，或没有能用的邮箱"
            failed = replace(draft, level=level, unreached="、".join(whole.unreached) or prompt.role, failure=reason)
            ...
        parts = cleared(replace(whole, to=draft.to, copies=()), level, draft.kind, matter, row, self._recipients)
        made = [
            replace(draft, level=level, to=part.to, is_withheld=is_withheld)
            for part, is_withheld in ((parts.readers, False), (parts.withheld, True))
            if part.to
        ]
        return made, (*whole.findings, *parts.findings)
