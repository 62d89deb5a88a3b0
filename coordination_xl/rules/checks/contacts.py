"""通讯录: addresses that no mail server takes, and leaves in which nobody acts. Source: SPEC section 3, 通讯录."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.rules.people.delegates import ANSWERS, Delegates, Leave, Member, member_of, one_member
from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

_ADDRESS = re.compile(r"[^@\s<>,;、，；]+@[^@\s<>,;、，；.]+(?:\.[^@\s<>,;、，；.]+)*")
"""Something, one ``@``, a host; an intranet's host may have no dot. Chinese letters may stand anywhere."""

_NAMED = re.compile(rf"[^@<>]*<\s*{_ADDRESS.pattern}\s*>")
_MOST_MATTERS = 3


def check_contacts(ledgers: Ledgers, directory: Directory, today: date) -> Iterator[Finding]:
    """Addresses, leaves and 代办人 of 通讯录; and who is on leave today while something of theirs is open."""
    contacts = ledgers["Contacts"]
    delegates = Delegates.of(contacts, directory)
    yield from _addresses(contacts)
    without_start = contacts["leave_to"].notna() & contacts["leave_from"].isna()
    blank = np.fromiter((not shown(value) for value in contacts.typed["leave_from"]), bool, len(contacts))
    for row in contacts.flagged("leave_from", without_start.to_numpy() & blank):
        until = shown(contacts.typed_at(row, "leave_to"))
        yield contacts.finding(faults.LEAVE_WITHOUT_START, row, "leave_from", until=until)
    yield from _delegates(contacts, delegates, today)
    yield from _absent(ledgers, delegates, today)


def _addresses(contacts: Ledger) -> Iterator[Finding]:
    texts = contacts["email"]
    is_strange = [bool(text) and not (_ADDRESS.fullmatch(text) or _NAMED.fullmatch(text)) for text in texts]
    for row in contacts.flagged("email", np.array(is_strange, dtype=bool)):
        yield contacts.finding(faults.MALFORMED_EMAIL, row, "email")


def _delegates(contacts: Ledger, delegates: Delegates, today: date) -> Iterator[Finding]:
    """A 代办人 that is the person, is not one person, or is on leave in turn until the way comes back."""
    directory = delegates.directory
    for row in contacts.flagged("delegate", contacts["delegate"] != ""):
        text = str(contacts["delegate"][row])
        member = (str(contacts["department"][row]), str(contacts["person"][row]))
        delegate = one_member(text, directory)
        if delegate == member:
            yield contacts.finding(faults.UNUSABLE_DELEGATE, row, "delegate", fault="就是本人")
        elif delegate is None and not _is_one_name(text, directory):
            yield contacts.finding(faults.UNUSABLE_DELEGATE, row, "delegate", fault="不是一个人")
        elif circle := _circle(member, delegates, today):
            told = " → ".join("*".join(each) for each in circle)
            fault = f"与本人同时休假，代办绕回了自己：{told}"
            yield contacts.finding(faults.UNUSABLE_DELEGATE, row, "delegate", fault=fault)


def _is_one_name(text: str, directory: Directory) -> bool:
    """Whether a text names one person, known or not: an unknown one has its own finding."""
    parties = read_parties(text, directory)
    return len(parties) == 1 and parties[0].person is not None and not parties[0].is_collective


def _circle(member: Member, delegates: Delegates, today: date) -> tuple[Member, ...]:
    """The way from a person back to the person, on the first day from today on that it is one; blank where there is none.

    Two may well stand in for each other: it is a circle only while they are on leave together.
    """
    if member not in delegates.leaves:
        return ()
    starts = {leave.first for leaves in delegates.leaves.values() for leave in leaves if leave.first > today}
    for day in (today, *sorted(starts)):
        way = delegates.way(member, day)
        last = delegates.leave(way[-1], day)
        if last is not None and last.delegate == member:
            return (*way, member)
    return ()


def _absent(ledgers: Ledgers, delegates: Delegates, today: date) -> Iterator[Finding]:
    contacts = ledgers["Contacts"]
    alone: dict[Member, Leave] = {}
    for member in delegates.leaves:
        leave = delegates.leave(member, today)
        if leave is not None and delegates.acting(member, today) is None:
            alone[member] = leave
    if not alone or not contacts.has("delegate"):
        return
    matters = _open_matters(ledgers, alone, delegates.directory)
    for member, ids in matters.items():
        leave = alone[member]
        until = f"至 {leave.last:%Y-%m-%d}" if leave.last else "未定归期"
        yield contacts.finding(
            faults.NOBODY_ACTS,
            leave.row,
            "delegate",
            person="*".join(member),
            leave=f"{leave.first:%Y-%m-%d} {until}",
            count=len(ids),
            matters="、".join(ids[:_MOST_MATTERS]) + ("…" if len(ids) > _MOST_MATTERS else ""),
        )


def _open_matters(
    ledgers: Ledgers, persons: Mapping[Member, Leave], directory: Directory
) -> Mapping[Member, list[str]]:
    """Ids of the open matters that each of some persons answers for; persons without any are left out."""
    matters: dict[Member, list[str]] = defaultdict(list)
    for ledger in ledgers.matters:
        life = ledger.table.life
        names = ledger[ANSWERS[ledger.table.name]].to_numpy(dtype=object)
        codes, named = parse_unique(names, lambda text: _members(text, directory))
        is_meant = np.array([any(each in persons for each in members) for members in named], dtype=bool)
        is_open = ledger["state"].isin(life.open if life else ()).to_numpy()
        for place in np.flatnonzero(is_meant[codes] & is_open):
            for member in named[codes[place]]:
                if member in persons:
                    matters[member].append(str(ledger.ids[place]))
    return matters


def _members(text: str, directory: Directory) -> tuple[Member, ...]:
    found = (member_of(party, directory) for party in read_parties(text, directory))
    return tuple(member for member in found if member is not None)
