"""Who gets a notice: from departments, persons and roles to addresses. Source: SPEC section 3, 通讯录; A5; SPEC 6.

One person who cannot be reached is a finding and never keeps a notice from the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from email.headerregistry import Address
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.rules.dispatching.drafts import Recipient, written
from coordination_xl.rules.people.contacts import Contact, contacts_of
from coordination_xl.rules.people.delegates import member_of
from coordination_xl.schema import refusals
from coordination_xl.schema.settings import OFFICE
from coordination_xl.schema.vocabulary import ROLE, RUNG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party
    from coordination_xl.rules.people.delegates import Delegates, Member

_HEAD, _LIAISON = ROLE.words[:2]
_LEADER, _BOARD = RUNG.words[2:]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a text or a role means, before it is known whether they are there.

    Attributes:
        members: the persons of 通讯录.
        missing: whom it has nobody for, in words.
    """

    members: tuple[Member, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def all(cls, parts: Iterable[Meant]) -> Meant:
        """Several as one, nobody twice."""
        told = list(parts)
        members = dict.fromkeys(member for each in told for member in each.members)
        return cls(tuple(members), tuple(dict.fromkeys(name for each in told for name in each.missing)))


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a mail reaches.

    Attributes:
        recipients: one for each address.
        unreached: those without an address that can be used, in words.
        findings: why, at the cells of 通讯录.
    """

    recipients: tuple[Recipient, ...] = ()
    unreached: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """通讯录 on one day, asked for people to write to.

    Attributes:
        contacts: the ledger.
        delegates: who acts for whom.
        day: the day that is meant.
        people: its persons.
        homes: department → its persons.
        readers: bare address → 可阅保密等级, as typed, of each who reads it.
        read: understands a list of departments and persons, each text once.
    """

    contacts: Ledger
    delegates: Delegates
    day: date
    people: Mapping[Member, Contact]
    homes: Mapping[str, tuple[Member, ...]]
    readers: Mapping[str, tuple[tuple[str, ...], ...]]
    read: Callable[[str], tuple[Party, ...]] = field(repr=False)

    @classmethod
    def of(cls, contacts: Ledger, delegates: Delegates, day: date) -> Recipients:
        """Read 通讯录: ``department``, ``person``, ``role``, ``supervises``, ``email``, ``clearance``."""
        people = contacts_of(contacts, delegates.directory)
        homes: dict[str, tuple[Member, ...]] = {}
        readers: dict[str, tuple[tuple[str, ...], ...]] = {}
        for member, each in people.items():
            homes[member[0]] = (*homes.get(member[0], ()), member)
            readers[each.spec] = (*readers.get(each.spec, ()), each.clearances)
        read = cache(lambda text: read_parties(text, delegates.directory))
        return cls(contacts, delegates, day, people, MappingProxyType(homes), MappingProxyType(readers), read)

    @property
    def directory(self) -> Directory:
        """The names of 通讯录."""
        return self.delegates.directory

    def named(self, parties: Iterable[Party]) -> Meant:
        """The persons named; of a department alone, or all of it, whoever stands for it."""
        return Meant.all(map(self._named, parties))

    def _named(self, party: Party) -> Meant:
        if party.person is None and party.is_known_department:
            return self._one(self.stand_in(party.department or ""), party.text)
        return self._one(member_of(party, self.directory), party.text)

    def stand_in(self, department: str) -> Member | None:
        """Who opens the mail of a department: its 部门负责人, else its 对接人, else the first with an address."""
        for role in (_HEAD, _LIAISON):
            if (holder := self._holder(department, role)) is not None:
                return holder
        return next((member for member in self.homes.get(department, ()) if self.people[member].mailbox), None)

    def heads(self, departments: Iterable[str]) -> Meant:
        """部门负责人 of each department; where none is, who has the role 综合管理部 or 总经理办公会 there. Source: SPEC A5."""
        return Meant.all(self._one(self._head(each), f"{each}的{_HEAD}") for each in departments)

    def _head(self, department: str) -> Member | None:
        holders = (self._holder(department, role) for role in (_HEAD, OFFICE.value, _BOARD))
        return next(filter(None, holders), None)

    def leaders(self, departments: Iterable[str]) -> Meant:
        """分管领导 of each department, by 分管部门: all who have it. Source: SPEC A5, 通讯录."""
        return Meant.all(map(self._leaders, departments))

    def _leaders(self, department: str) -> Meant:
        found = [member for member, each in self.people.items() if department in each.supervises]
        holders = [member for member in found if _LEADER in self.people[member].roles]
        return Meant(tuple(holders or found), () if found else (f"{department}的{_LEADER}",))

    def office(self) -> Meant:
        """综合管理部: the first who has the role and is there, else whoever stands for the department."""
        holders = [member for member, each in self.people.items() if OFFICE.value in each.roles]
        present = [member for member in holders if self.delegates.leave(member, self.day) is None]
        first = next(iter(present or holders), None)
        return self._one(first or self._stands_for(OFFICE.value), OFFICE.value)

    def board(self) -> Meant:
        """总经理办公会: whoever stands for it where 通讯录 has it as a department, else all who have the role."""
        if (secretary := self._stands_for(_BOARD)) is not None:
            return Meant((secretary,))
        holders = tuple(member for member, each in self.people.items() if _BOARD in each.roles)
        return Meant(holders, () if holders else (_BOARD,))

    def _stands_for(self, name: str) -> Member | None:
        department = self.directory.department(name)
        return None if department is None else self.stand_in(department)

    def _holder(self, department: str, role: str) -> Member | None:
        return next((member for member in self.homes.get(department, ()) if role in self.people[member].roles), None)

    def _one(self, member: Member | None, name: str) -> Meant:
        return Meant((), (name,)) if member is None or member not in self.people else Meant((member,))

    def reached(self, members: Iterable[Member]) -> Reached:
        """Their addresses: of those on leave that of whoever acts for them, or their own where nobody does.

        Several behind one address are one recipient.
        """
        acting: dict[Member, list[Member]] = defaultdict(list)
        for member in dict.fromkeys(members):
            actor = self.delegates.acting(member, self.day) or member
            acting[actor if actor in self.people else member].append(member)
        groups: dict[str, list[Member]] = defaultdict(list)
        unreached, findings = [], []
        for actor, principals in acting.items():
            contact, absent = self.people[actor], [each for each in principals if each != actor]
            if contact.mailbox is None:
                unreached.append(_name(actor, absent))
                findings.append(self._unreached(contact, unreached[-1]))
            else:
                groups[contact.spec].append(actor)
        return Reached(
            tuple(self._recipient(each, acting) for each in groups.values()), tuple(unreached), tuple(findings)
        )

    def _recipient(self, actors: list[Member], acting: Mapping[Member, list[Member]]) -> Recipient:
        first, *others = actors
        principals = [each for actor in actors for each in acting[actor] if each not in actors]
        mailbox = self.people[first].mailbox
        name = _header("、".join(map(written, actors)))
        address = Address(name, mailbox.username, mailbox.domain) if mailbox else Address(name)
        return Recipient(first, address, tuple(principals), tuple(others))

    def _unreached(self, contact: Contact, who: str) -> Finding:
        fault = refusals.UNUSABLE_CONTACT_EMAIL if contact.email else refusals.CONTACT_WITHOUT_EMAIL
        column = "email" if self.contacts.has("email") else "person"
        return self.contacts.finding(fault, contact.row, column, who=who)

    def clearances(self, recipient: Recipient) -> tuple[tuple[str, ...], ...]:
        """可阅保密等级, as typed, of each who reads that mailbox: those named, and others who have the address too.

        Whom they act for does not count: a 代办人 needs a clearance of their own. Source: SPEC B6.
        """
        return self.readers.get(recipient.address.addr_spec.casefold(), ())


def _name(actor: Member, principals: list[Member]) -> str:
    return written(actor) + (f"（代{'、'.join(map(written, principals))}）" if principals else "")


def _header(name: str) -> str:
    """A name as a mail header can bear it: one line, nothing that cannot be printed."""
    return "".join(sign for sign in " ".join(name.split()) if sign.isprintable())
