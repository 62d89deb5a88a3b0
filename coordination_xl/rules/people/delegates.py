"""代办人: who acts for somebody who is on leave. Source: SPEC section 3, 通讯录."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.uniques import parse_unique

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party

Member = tuple[str, str]
"""Department and person, as 通讯录 writes them."""

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "Coordination": "initiator",
        "Tasks": "responsible",
        "Problems": "responsible",
        "Meetings": "initiator",
        "Emergencies": "team_head",
        "Dispatch": "recipients",
    }
)
"""For each table with due times the column of those who answer for a row."""


@dataclass(frozen=True, slots=True)
class Leave:
    """One leave of one person.

    Attributes:
        row: sheet row of 通讯录.
        first: its first day.
        last: its last day; ``None`` where it is open.
        delegate: who was named to act; ``None`` where nobody was, or nobody that 通讯录 knows as one person.
    """

    row: int
    first: date
    last: date | None
    delegate: Member | None

    def covers(self, day: date) -> bool:
        """Whether the day is one of the leave; its first and last day are."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Delegates:
    """Who acts for whom, as far as 通讯录 says.

    Attributes:
        leaves: the leaves of each person who has any.
        directory: the names of 通讯录.
    """

    leaves: Mapping[Member, tuple[Leave, ...]]
    directory: Directory = field(repr=False)

    @classmethod
    def of(cls, contacts: Ledger, directory: Directory) -> Delegates:
        """Read them off 通讯录.

        Args:
            contacts: columns ``department``, ``person``, ``delegate``, ``leave_from``, ``leave_to``. A leave without its first
                day is passed over here, ``check`` names it; a blank last day leaves it open.
            directory: the names of 通讯录.
        """
        leaves: dict[Member, list[Leave]] = defaultdict(list)
        frame = contacts.frame[contacts["leave_from"].notna().to_numpy()]
        for row, record in zip(frame.index, frame.to_dict("records"), strict=True):
            last = record["leave_to"]
            leaves[record["department"], record["person"]].append(
                Leave(
                    int(row),
                    record["leave_from"].date(),
                    None if pd.isna(last) else last.date(),
                    one_member(record["delegate"], directory),
                )
            )
        return cls(MappingProxyType({member: tuple(each) for member, each in leaves.items()}), directory)

    def leave(self, member: Member, day: date) -> Leave | None:
        """The leave that a person is on, ``None`` where there is none."""
        return next((leave for leave in self.leaves.get(member, ()) if leave.covers(day)), None)

    def way(self, member: Member, day: date) -> tuple[Member, ...]:
        """From a person along the 代办人 of those on leave: the last one is there, or on leave without one who acts.

        A person whose 代办人 comes back to somebody on the way ends it there.
        """
        way = [member]
        while (leave := self.leave(way[-1], day)) is not None and leave.delegate is not None:
            if leave.delegate in way:
                break
            way.append(leave.delegate)
        return tuple(way)

    def acting(self, member: Member, day: date) -> Member | None:
        """Who acts for a person: the person, or whoever stands at the end of the 代办人; ``None`` where nobody does."""
        last = self.way(member, day)[-1]
        return last if self.leave(last, day) is None else None

    def principals(self, member: Member, day: date) -> tuple[Member, ...]:
        """Those on leave for whom a person acts."""
        return tuple(each for each in self.leaves if each != member and self.acting(each, day) == member)

    def named(self, texts: pd.Series, day: date) -> pd.Series:
        """Names of people, those on leave with whoever acts for them: ``技术部*工程师（休假，代办：技术部*专员）``.

        Args:
            texts: ``str`` as people type them, one or several persons; null means blank.
            day: the day that is meant.

        Returns:
            A Series of ``str`` with the same index; where nobody is on leave, the text as it is.
        """
        if not any(self.leave(member, day) for member in self.leaves):
            return texts
        codes, names = parse_unique(texts.to_numpy(dtype=object), lambda text: self._named(text, day))
        told = pd.Series(names, dtype=object).to_numpy(dtype=object)[codes]
        return pd.Series(told, index=texts.index, name=texts.name, dtype=object)

    def _named(self, text: str, day: date) -> str:
        parties = read_parties(text, self.directory) if isinstance(text, str) else ()
        told = [(party, self._standing(party, day)) for party in parties]
        if not any(standing for _, standing in told):
            return text
        return "、".join(f"{party.text}{standing}" for party, standing in told)

    def _standing(self, party: Party, day: date) -> str:
        """What is told behind a name; blank where the person is there."""
        member = member_of(party, self.directory)
        if member is None or self.leave(member, day) is None:
            return ""
        acting = self.acting(member, day)
        return f"（休假，代办：{'*'.join(acting)}）" if acting else "（休假，无代办人）"


def member_of(party: Party, directory: Directory) -> Member | None:
    """The row of 通讯录 that a party means; ``None`` where it means none, or might mean several.

    A person without a department is meant where one department alone has them.
    """
    if party.person is None or party.is_collective:
        return None
    homes = (party.department,) if party.department is not None else directory.departments_of(party.person)
    if len(homes) != 1:
        return None
    person = directory.person(homes[0], party.person)
    return None if person is None else (homes[0], person)


def one_member(text: str, directory: Directory) -> Member | None:
    """The one person of 通讯录 that a text names; ``None`` where it names none or several."""
    parties = read_parties(text, directory)
    return member_of(parties[0], directory) if len(parties) == 1 else None
