"""Which letter a draft becomes. Source: SPEC section 5, ``notice``; B6."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.kinds import LETTERS
from coordination_xl.notices.letters.meetings import invitation
from coordination_xl.notices.letters.reminders import Lateness, reminder_letter
from coordination_xl.notices.letters.withheld import withheld
from coordination_xl.schema.notices import INVITATION

if TYPE_CHECKING:
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.letters.letter import Head
    from coordination_xl.notices.letters.matter import Matter
    from coordination_xl.rules.dispatching.drafts import Draft, Reminder


def letter_of(draft: Draft, head: Head, matter: Matter, ledgers: Ledgers) -> Head:
    """The letter of one draft: the model of its kind, or the one without content for people who may not read it.

    Args:
        draft: what to write.
        head: its head.
        matter: the row it is about.
        ledgers: the workbook, for what belongs to the matter.
    """
    if draft.is_withheld:
        return withheld(head, draft.reminder.due if draft.reminder else head.answer_by)
    if draft.reminder is not None:
        return reminder_letter(head, matter, _lateness(draft.reminder), ledgers)
    if draft.kind == INVITATION:
        is_update = draft.sequence > 0 and not draft.is_cancelled
        return invitation(head, matter, ledgers, is_update=is_update, is_cancelled=draft.is_cancelled)
    return LETTERS[draft.kind].fill(head, matter, ledgers)


def _lateness(reminder: Reminder) -> Lateness:
    """The same facts in the words of the letters: rules and notices do not know each other."""
    return Lateness(**{field.name: getattr(reminder, field.name) for field in dataclasses.fields(Lateness)})
