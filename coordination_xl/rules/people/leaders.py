"""Who reads the digest: the leaders of 通讯录, and whoever acts for one on leave. Source: SPEC section 5, ``report``."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from typing import TYPE_CHECKING

from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.schema import refusals
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from datetime import date

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.delegates import Delegates, Member

LEADERS = RUNG.words[2:]
"""分管领导 and 总经理办公会."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Those who get the digest, and why others do not.

    Attributes:
        members: department and person, in the order of 通讯录, each with the address; two may share one.
        findings: leaders, or those who act for them, without an address that can be used.
    """

    members: tuple[tuple[Member, Address], ...]
    findings: tuple[Finding, ...]


def readers_of(contacts: Ledger, delegates: Delegates, day: date) -> Readers:
    """Find them.

    A leader on leave is left out for whoever acts for them; where nobody does, the leader stays.

    Args:
        contacts: columns ``department``, ``person``, ``role``, ``email``.
        delegates: who acts for whom.
        day: the day that is meant.
    """
    rows: dict[Member, int] = {}
    wanted: dict[Member, Member] = {}
    for row, record in zip(contacts.rows, contacts.frame.to_dict("records"), strict=True):
        member = (str(record["department"]), str(record["person"]))
        rows.setdefault(member, int(row))
        if record["role"] in LEADERS:
            rows[member] = int(row)
            wanted.setdefault(delegates.acting(member, day) or member, member)
    found: list[tuple[Member, Address]] = []
    findings: list[Finding] = []
    for member, leader in wanted.items():
        row = rows[member]
        text = str(contacts["email"][row])
        mailbox = read_mailbox(text)
        if mailbox is not None:
            found.append((member, Address(mailbox.display_name or "*".join(member), addr_spec=mailbox.addr_spec)))
        elif contacts.has("email"):
            who = "*".join(member) + ("" if member == leader else f"（代{'*'.join(leader)}）")
            fault = refusals.UNUSABLE_EMAIL if text else refusals.LEADER_WITHOUT_EMAIL
            findings.append(contacts.finding(fault, row, "email", who=who))
    return Readers(tuple(found), tuple(findings))
