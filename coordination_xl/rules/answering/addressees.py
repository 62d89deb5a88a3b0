"""Who may answer a notice: the persons in its row, whoever acts for them, whoever they acted for. Source: SPEC section 3."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.recipient_lists import ACTING
from coordination_xl.rules.dispatching.drafts import written
from coordination_xl.rules.people.contacts import contacts_of
from coordination_xl.rules.people.delegates import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party
    from coordination_xl.rules.people.delegates import Delegates, Member

_ACTED = re.compile(r"(?P<name>.+?)（(?P<actor>[^（）]+)代）")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody in 收件人 or 抄送.

    Attributes:
        name: as the row writes them, without those they act for.
        member: the person of 通讯录; ``None`` where it is a department, or nobody that 通讯录 knows.
        department: the department that is meant as a whole; ``""`` otherwise.
        principals: those on leave for whom they got it.
    """

    name: str
    member: Member | None
    department: str = ""
    principals: tuple[Member, ...] = ()

    def is_for(self, member: Member) -> bool:
        """Whether a person got it: directly, as one of the department, or as the one it was for."""
        return (
            member == self.member
            or member in self.principals
            or (bool(self.department) and member[0] == self.department)
        )


@dataclass(frozen=True, slots=True)
class Addressees:
    """The persons that texts of 发文记录 name, and the addresses they write from.

    Attributes:
        directory: the names of 通讯录.
        delegates: who acts for whom.
        members: address in small letters → the persons who have it; a mailbox of a whole department has a blank person.
    """

    directory: Directory
    delegates: Delegates
    members: Mapping[str, tuple[Member, ...]]

    @classmethod
    def of(cls, contacts: Ledger, delegates: Delegates) -> Addressees:
        """Read the addresses off 通讯录."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member, contact in contacts_of(contacts, delegates.directory).items():
            if contact.mailbox is not None:
                found[contact.mailbox.addr_spec.casefold()].append(member)
        return cls(delegates.directory, delegates, {address: tuple(each) for address, each in found.items()})

    def read(self, text: str) -> tuple[Addressee, ...]:
        """Everybody in 收件人 or 抄送; ``技术部*专员（代技术部*工程师）`` is one, with a principal."""
        pieces = ACTING.split(text)
        found: list[Addressee] = []
        for place in range(0, len(pieces), 2):
            named = [self._addressee(party) for party in read_parties(pieces[place], self.directory)]
            if place + 1 < len(pieces) and named:
                principals = read_parties(pieces[place + 1], self.directory)
                known = tuple(member for each in principals if (member := member_of(each, self.directory)))
                last = named.pop()
                named.append(Addressee(last.name, last.member, last.department, known))
            found += named
        return tuple(found)

    def _addressee(self, party: Party) -> Addressee:
        member = member_of(party, self.directory)
        whole = party.department or "" if member is None and party.person is None else ""
        return Addressee(party.text, member, whole)

    def answering(self, member: Member, addressee: Addressee, day: date) -> str:
        """How 回执明细 calls the answer of a person for somebody; ``""`` where they may not answer for them.

        Whoever acts for somebody on leave that day may answer for them: ``技术部*工程师（技术部*专员代）``.
        """
        own = written(member)
        if addressee.is_for(member):
            return own if addressee.department else addressee.name
        if addressee.member is not None and member in self.delegates.way(addressee.member, day)[1:]:
            return f"{addressee.name}（{own}代）"
        return ""

    def is_told(self, name: str, addressee: Addressee) -> bool:
        """Whether a name of 回执明细 answers for somebody."""
        acted = _ACTED.fullmatch(name)
        name = acted["name"] if acted else name
        if name == addressee.name:
            return True
        parties = read_parties(name, self.directory)
        member = member_of(parties[0], self.directory) if len(parties) == 1 else None
        return member is not None and addressee.is_for(member)
