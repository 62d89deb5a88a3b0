"""Departments and persons: known in 通讯录, and one person where one is owed. Source: SPEC A7, B5, B8, section 3."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.parties import Party, read_party
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.recipient_lists import without_principals
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.schema import Kind, faults
from coordination_xl.schema.tables import DISPATCH
from coordination_xl.schema.vocabulary import FAILED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

_NAMED = frozenset({Kind.PERSON, Kind.PARTIES, Kind.DEPARTMENT})


def check_people(ledger: Ledger, directory: Directory) -> Iterator[Finding]:
    """Every department and person that 通讯录 does not have, and departments under another name. Source: SPEC 2B."""
    for column in ledger.table.columns:
        if column.kind not in _NAMED or column.is_computed or not ledger.has(column.identifier):
            continue
        texts = ledger[column.identifier].to_numpy(dtype=object)
        if ledger.table is DISPATCH:  # what failed for want of an address is told at the matter it is about
            texts = np.where(ledger["state"] == FAILED, "", texts)
        codes, parties = parse_unique(texts, lambda text: read_parties(without_principals(text), directory))
        is_strange = np.array([any(_is_strange(party) for party in each) for each in parties], dtype=bool)
        for row in ledger.flagged(column.identifier, is_strange[codes]):
            for party in parties[codes[ledger.position(row)]]:
                yield from party_findings(ledger, row, column.identifier, party, directory)


def _is_strange(party: Party) -> bool:
    if party.is_collective:
        return party.is_alias
    return party.is_alias or not party.is_known_department or (party.person is not None and not party.is_known_person)


def party_findings(ledger: Ledger, row: int, identifier: str, party: Party, directory: Directory) -> Iterator[Finding]:
    """What is strange about one party: an alias, an unknown department, an unknown person."""
    if party.is_alias:
        yield ledger.finding(
            faults.DEPARTMENT_ALIAS,
            row,
            identifier,
            alias=party.typed_department,
            department=party.department,
        )
    if party.is_collective:
        return
    if party.typed_department is not None and not party.is_known_department:
        close = get_close_matches(party.typed_department, directory.departments, n=1, cutoff=0.5)
        nearest = f"；最接近的是“{close[0]}”" if close else ""
        yield ledger.finding(faults.UNKNOWN_DEPARTMENT, row, identifier, part=party.typed_department, nearest=nearest)
    elif party.person is not None and not party.is_known_person:
        yield ledger.finding(faults.UNKNOWN_PERSON, row, identifier, part=party.text)


def check_accountable(ledger: Ledger, directory: Directory) -> Iterator[Finding]:
    """Where one person is owed: several, everybody, or only a department. Source: SPEC B5."""
    for column in ledger.table.columns:
        if not column.is_accountable or not ledger.has(column.identifier):
            continue
        codes, parties = parse_unique(
            ledger[column.identifier].to_numpy(dtype=object), lambda text: read_parties(text, directory)
        )
        is_unclear = np.array([bool(here) and not _is_one_person(here) for here in parties], dtype=bool)
        for row in ledger.flagged(column.identifier, is_unclear[codes]):
            here = parties[codes[ledger.position(row)]]
            fault = faults.SEVERAL_PERSONS if len(here) > 1 else faults.NO_SINGLE_PERSON
            yield ledger.finding(fault, row, column.identifier, count=len(here))


def _is_one_person(parties: Sequence[Party]) -> bool:
    return len(parties) == 1 and parties[0].person is not None and not parties[0].is_collective


def check_departments(ledger: Ledger, directory: Directory) -> Iterator[Finding]:
    """A task whose person sits in another department than the one that answers for it. Source: SPEC A7."""
    if not (ledger.has("responsible") and ledger.has("department")):
        return
    persons, read = parse_unique(ledger["responsible"].to_numpy(dtype=object), lambda text: read_party(text, directory))
    departments, named = parse_unique(
        ledger["department"].to_numpy(dtype=object), lambda text: read_party(text, directory).department
    )
    sits_in = np.array([party.department if party.is_known_department else None for party in read], dtype=object)[
        persons
    ]
    answers = np.array(named, dtype=object)[departments]
    is_known = pd.notna(sits_in) & pd.notna(answers)
    for row in ledger.flagged("department", is_known & (sits_in != answers)):
        party = read[persons[ledger.position(row)]]
        yield ledger.finding(faults.WRONG_DEPARTMENT, row, "department", person=party.text, department=party.department)
