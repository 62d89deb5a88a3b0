"""The head of each letter: who writes, to whom, whom to ask, until when to answer. Source: SPEC A2, A4, A6, B7."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.notices.letters.letter import Head
from coordination_xl.rules.people.office import office_contact
from coordination_xl.rules.timing.clocks import due_after
from coordination_xl.rules.timing.timers import TimerKind, Unit

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.matter import Matter
    from coordination_xl.rules.dispatching.drafts import Draft, Reminder
    from coordination_xl.rules.timing.schedule import Basis


class Heads:
    """Heads of the letters of one workbook at one moment.

    Args:
        ledgers: the workbook.
        basis: what its due times rest on.
        now: when the letters are written.
    """

    def __init__(self, ledgers: Ledgers, basis: Basis, now: datetime) -> None:
        self._settings, self._basis, self._now = basis.settings, basis, now
        self._contact = office_contact(ledgers["Contacts"], basis.approvers.delegates, now.date())
        self.sender = read_mailbox(self._settings.sender)
        self._answer_by: dict[str, datetime | None] = {}

    def of(self, draft: Draft, matter: Matter, number: str) -> Head:
        """The head of one notice; of a withheld one, the matter is named by its id alone. Source: SPEC B6."""
        return Head(
            kind=draft.kind,
            number=number,
            company=self._settings.company,
            office=self._settings.office,
            now=self._now,
            level=draft.level,
            record=draft.record,
            title=draft.record if draft.is_withheld else matter["title"] or draft.record,
            sheet=matter.sheet,
            to=tuple(each.name for each in draft.to),
            copies=tuple(each.name for each in draft.copies),
            contact=self._contact,
            answer=draft.answer,
            answer_by=self._today(draft.reminder) if draft.reminder else self._until(draft.answer),
            reply_to=self.sender.addr_spec if self.sender else "",
        )

    def _today(self, reminder: Reminder) -> datetime | None:
        """Until when somebody who is reminded is to answer: the next close of business; ``None`` of an emergency, at once."""
        if reminder.is_emergency:
            return None
        start = np.array([self._now], dtype="datetime64[s]")
        closings = [due_after(start, days, Unit.WORKDAYS, self._basis.calendar)[0].item() for days in (0, 1)]
        return next((each for each in closings if each > self._now), None)

    def _until(self, answer: str) -> datetime | None:
        """Until when an answer is due if the notice goes out now, by 时限规则; ``None`` where no rule asks for one."""
        if answer not in self._answer_by:
            self._answer_by[answer] = self._counted(answer)
        return self._answer_by[answer]

    def _counted(self, answer: str) -> datetime | None:
        start = np.array([self._now], dtype="datetime64[s]")
        dues = [
            due_after(start, timer.amount, timer.unit, self._basis.calendar)[0]
            for timer in self._basis.timers
            if timer.table == "Dispatch"
            and timer.kind is TimerKind.DUE
            and any(each.identifier == "answer_needed" and answer in each.words for each in timer.conditions)
        ]
        return min(dues).item() if dues else None
