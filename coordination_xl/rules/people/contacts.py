"""通讯录, person by person: where mail goes, who leads what, what each may read. Source: SPEC section 3, 通讯录; A5, B6."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold, trim
from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.schema.vocabulary import ROLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.headerregistry import Address

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.delegates import Member


@dataclass(frozen=True, slots=True)
class Contact:
    """One person, however many rows 通讯录 has of them.

    Attributes:
        row: the sheet row to look at: the first with an address, else the first.
        email: the address as typed, ``""`` where there is none.
        mailbox: the address understood; ``None`` where there is none, or none that a mail can bear.
        roles: the roles, synonyms as the word that is meant.
        supervises: the departments in 分管部门.
        clearances: 可阅保密等级 of each row, as typed; never empty.
    """

    row: int
    email: str
    mailbox: Address | None
    roles: tuple[str, ...]
    supervises: frozenset[str]
    clearances: tuple[str, ...]

    @property
    def spec(self) -> str:
        """The bare address, as two that are the same compare; ``""`` where there is none that can be used."""
        return self.mailbox.addr_spec.casefold() if self.mailbox else ""


def contacts_of(contacts: Ledger, directory: Directory) -> Mapping[Member, Contact]:
    """Read them off 通讯录, in its order. A mailbox of a whole department has a blank person.

    Args:
        contacts: columns ``department``, ``person``, ``role``, ``supervises``, ``email``, ``clearance``.
        directory: the names of 通讯录.
    """
    found: dict[Member, Contact] = {}
    columns = (contacts[name] for name in ("department", "person", "role", "supervises", "email", "clearance"))
    for row, department, person, role, supervises, email, clearance in zip(contacts.rows, *columns, strict=True):
        member = (trim(department), trim(person))
        departments = frozenset(each.department or "" for each in read_parties(supervises, directory)) - {""}
        known = found.get(member)
        if known is None:
            mailbox = read_mailbox(email) if email else None
            found[member] = Contact(int(row), email, mailbox, (_role(role),), departments, (clearance,))
            continue
        is_first = bool(known.email or not email)
        found[member] = Contact(
            known.row if is_first else int(row),
            known.email if is_first else email,
            known.mailbox if is_first else read_mailbox(email),
            (*known.roles, _role(role)),
            known.supervises | departments,
            (*known.clearances, clearance),
        )
    return MappingProxyType(found)


def _role(typed: str) -> str:
    folded = fold(typed).strip()
    return ROLE.meaning(folded) or folded
