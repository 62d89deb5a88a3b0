"""Who answers for an agreed task, out of what 协商结果 and 责任部门/人 say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.ledger.agreed_tasks import AgreementColumn, Cited, Contradiction, ContradictionKind, TaskNote
from coordination_xl.ledger.alignment import departments
from coordination_xl.ledger.directories import person_key
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.parties import party_of

if TYPE_CHECKING:
    from coordination_xl.ledger.clauses import Clause
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.entries import Entry
    from coordination_xl.ledger.parties import Party


def settle_party(
    clause: Clause, entry: Entry | None, directory: Directory
) -> tuple[Party | None, AgreementColumn | None, bool]:
    """The responsible party, the column it is from, and whether more than one is named there.

    责任部门/人 goes before the sentence. A person there without a department gets the sentence's department; a
    department there without a person gets the person whom the sentence names in that department.
    """
    said = clause.parties[0] if clause.parties else None
    if entry is None or not entry.parties:
        return said, AgreementColumn.AGREEMENT if said else None, len(clause.parties) > 1
    party, is_several = entry.parties[0], len(entry.parties) > 1
    if said is not None and said.person and party.person is None and said.department == party.department:
        return said, AgreementColumn.AGREEMENT, is_several
    if said is not None and said.typed_department and party.person and party.department is None:
        party = party_of(party.text, said.typed_department, party.person, directory)
    return party, AgreementColumn.RESPONSIBLE, is_several


def party_notes(party: Party | None, *, is_several: bool) -> list[TaskNote]:
    """What stands against a party as the one who answers for a task. Source: SPEC B5."""
    if party is None:
        return [TaskNote.NO_PARTY]
    doubts = {
        TaskNote.SEVERAL_PARTIES: is_several,
        TaskNote.COLLECTIVE: party.is_collective,
        TaskNote.NO_PERSON: party.person is None and not party.is_collective,
        TaskNote.ALIAS: party.is_alias,
        TaskNote.UNKNOWN_DEPARTMENT: party.department is not None and not party.is_known_department,
        TaskNote.UNKNOWN_PERSON: party.person is not None and not party.is_known_person,
    }
    return [note for note, is_so in doubts.items() if is_so]


def party_contradictions(task: int, clause: Clause, entry: Entry | None, directory: Directory) -> list[Contradiction]:
    """Where the sentence names another department, or another person of the same, than its entry."""
    if entry is None or not entry.parties or not clause.parties:
        return []
    theirs, ours = departments(clause.parties), departments(entry.parties)
    if theirs and ours and not theirs & ours:
        kind = ContradictionKind.DEPARTMENT_DIFFERS
    elif _persons_differ(clause.parties[0], entry.parties[0], directory):
        kind = ContradictionKind.PERSON_DIFFERS
    else:
        return []
    left = Cited(AgreementColumn.AGREEMENT, clause.text)
    return [Contradiction(kind, task, left, Cited(AgreementColumn.RESPONSIBLE, entry.text))]


def _persons_differ(left: Party, right: Party, directory: Directory) -> bool:
    if not left.person or not right.person:
        return False
    department = right.department or left.department
    names = [person_key(directory.person(department, person) or person) for person in (left.person, right.person)]
    if any(fold(person).endswith("*") for person in (left.person, right.person)):  # 张* may be 张伟
        return not names[0].startswith(names[1]) and not names[1].startswith(names[0])
    return names[0] != names[1]
