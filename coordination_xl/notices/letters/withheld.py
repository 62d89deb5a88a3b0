"""涉密通知: what somebody gets who may not read a matter: its number, and whom to ask. Source: SPEC B6, section 3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.schema.notices import WITHHELD

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Head):
    """A notice without its content: no field holds any, so no template can show it.

    Attributes:
        due: when something has to be done; ``None`` where nothing has.
    """

    due: datetime | None = None


def withheld(head: Head, due: datetime | None = None) -> Withheld:
    """The notice in place of one that these people may not read. The name of the matter is its number, whatever ``head`` says."""
    return Withheld(**fields_of(head) | {"kind": WITHHELD, "title": head.record}, due=due)
