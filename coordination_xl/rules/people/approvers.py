"""审批人: who may approve an extension, by the role that 通讯录 gives. Source: SPEC section 3, 延期申请; A5.

The first extension of a matter is approved by 部门负责人, the second by 分管领导, every further one by 总经理办公会; whoever
stands higher may, and so may whoever acts for one of them who is on leave. 综合管理部 counts as 部门负责人.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold_name
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.rules.people.delegates import Delegates, Member, member_of
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party

_TOP = len(RUNG.words) - 1
_RUNGS = {word: place for place, word in enumerate(RUNG.words)} | {"综合管理部": RUNG.words.index("部门负责人")}
MOST_NAMED = 3
"""Persons that a suggestion names."""


@dataclass(frozen=True, slots=True)
class Approvers:
    """The rungs of the persons in 通讯录.

    Attributes:
        roles: the roles of each person.
        supervised: for each person the departments in 分管部门.
        delegates: who acts for whom.
    """

    roles: Mapping[Member, tuple[str, ...]]
    supervised: Mapping[Member, frozenset[str]]
    delegates: Delegates

    @classmethod
    def of(cls, contacts: Ledger, delegates: Delegates) -> Approvers:
        """Read them off 通讯录: ``department``, ``person``, ``role``, ``supervises``."""
        roles: dict[Member, list[str]] = defaultdict(list)
        supervised: dict[Member, frozenset[str]] = {}
        columns = (contacts[name] for name in ("department", "person", "role", "supervises"))
        for department, person, role, departments in zip(*columns, strict=True):
            member = (str(department), str(person))
            parties = read_parties(departments, delegates.directory)
            roles[member].append(str(role))
            supervised[member] = supervised.get(member, frozenset()) | {each.department or "" for each in parties}
        return cls(MappingProxyType({key: tuple(each) for key, each in roles.items()}), supervised, delegates)

    @property
    def _directory(self) -> Directory:
        return self.delegates.directory

    def rung(self, text: str, day: date) -> int:
        """Position in ``RUNG.words`` of the highest of the persons named; -1 where none of them is in 通讯录.

        A body that decides as one, 总经理办公会, is named without a person.
        """
        if fold_name(text) == fold_name(RUNG.words[_TOP]):
            return _TOP
        return max((self._rung(party, day) for party in read_parties(text, self._directory)), default=-1)

    def _rung(self, party: Party, day: date) -> int:
        member = member_of(party, self._directory)
        if member is None:
            return -1
        members = (member, *self.delegates.principals(member, day))
        return max(_RUNGS.get(role, 0) for each in members for role in self.roles.get(each, ("",)))

    def role(self, text: str) -> str:
        """The role of the person named, as 通讯录 writes it; blank where it does not know one."""
        parties = read_parties(text, self._directory)
        member = member_of(parties[0], self._directory) if parties else None
        return "、".join(filter(None, self.roles.get(member, ()))) if member else ""

    def holders(self, rung: int, applicant: str) -> tuple[str, ...]:
        """Who stands on a rung, as ``部门*职务``: those that the applicant's department answers to, else all of them.

        Of many only the first :data:`MOST_NAMED`.
        """
        word = RUNG.words[rung]
        homes = {party.department for party in read_parties(applicant, self._directory)}
        holders = [member for member, roles in self.roles.items() if word in roles]
        near = [each for each in holders if each[0] in homes or self.supervised.get(each, frozenset()) & homes]
        return tuple("*".join(member) for member in (near or holders)[:MOST_NAMED])
