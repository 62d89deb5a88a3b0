"""Which entry of a column belongs to which agreed sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.entries import LIKE
from coordination_xl.ledger.likeness import best_pairs, containment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.ledger.clauses import Clause
    from coordination_xl.ledger.entries import Entry
    from coordination_xl.ledger.parties import Party

_LABEL: Final = 3.0
_DEPARTMENT: Final = 2.0
_OTHER_DEPARTMENT: Final = -1.0
_DATE: Final = 1.5
_NUMBER: Final = 2.0
_NUMBER_BESIDE_LABEL: Final = 0.5
_SAME_PLACE: Final = 1.0
_DISTANCE: Final = -0.01
_LEAST: Final = 0.85


@dataclass(frozen=True, slots=True)
class Match:
    """An entry given to a sentence.

    Attributes:
        entry: the entry.
        is_unlike: its label is not found in the sentence; department, date or number decided.
        is_by_order: nothing but the place decided.
    """

    entry: Entry
    is_unlike: bool
    is_by_order: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """A column laid beside the agreed sentences.

    Attributes:
        matches: for each sentence its entry, or None.
        leftover: entries that belong to no sentence.
    """

    matches: tuple[Match | None, ...]
    leftover: tuple[Entry, ...]


def align(clauses: Sequence[Clause], entries: Sequence[Entry], names: Sequence[str]) -> Alignment:
    """Pair sentences with entries one to one at the greatest total of evidence.

    What counts, in falling weight: the entry's label is in the sentence; the department is the same; the number is the
    same, where no label stands; the date is the same. Where an unlabelled column has as many entries as there are
    sentences, the place decides what nothing else does, and the one entry left goes to the one sentence left.

    Args:
        clauses: the agreed sentences.
        entries: the entries of one column.
        names: for each sentence further words that name its task (the label it has in another column).
    """
    is_even = len(clauses) == len(entries)
    scores = [
        [_score(clause, entry, name, place=i - j, is_even=is_even) for j, entry in enumerate(entries)]
        for i, (clause, name) in enumerate(zip(clauses, names, strict=True))
    ]
    pairs = best_pairs(scores, _LEAST)
    rows = [i for i in range(len(clauses)) if i not in pairs]
    columns = [j for j in range(len(entries)) if j not in pairs.values()]
    if len(rows) == len(columns) == 1 and is_even and not entries[columns[0]].label:
        pairs[rows[0]] = columns[0]
    matches = tuple(
        _match(clause, entries[pairs[i]], names[i], is_only=len(clauses) == 1) if i in pairs else None
        for i, clause in enumerate(clauses)
    )
    taken = set(pairs.values())
    return Alignment(matches, tuple(entry for j, entry in enumerate(entries) if j not in taken))


def likeness(entry: Entry, clause: Clause, name: str) -> float:
    """How surely the entry's label names the sentence, 0–1."""
    return max(containment(entry.label, clause.text), containment(entry.label, name), containment(name, entry.label))


def _score(clause: Clause, entry: Entry, name: str, *, place: int, is_even: bool) -> float:
    evidence = _LABEL * likeness(entry, clause, name) + _beside_label(clause, entry)
    if is_even and place == 0 and not entry.label and evidence >= 0:
        evidence += _SAME_PLACE
    return evidence + _DISTANCE * abs(place)


def _beside_label(clause: Clause, entry: Entry) -> float:
    evidence = 0.0
    theirs, ours = departments(clause.parties), departments(entry.parties)
    if theirs and ours:
        evidence += _DEPARTMENT if theirs & ours else _OTHER_DEPARTMENT
    if _days(clause) & _entry_days(entry):
        evidence += _DATE
    if entry.number is not None and entry.number == clause.part.number:
        evidence += _NUMBER_BESIDE_LABEL if entry.label else _NUMBER
    return evidence


def _match(clause: Clause, entry: Entry, name: str, *, is_only: bool) -> Match:
    is_named = likeness(entry, clause, name) >= LIKE
    has_evidence = is_named or _beside_label(clause, entry) > 0
    is_department = bool(departments(entry.parties)) and any(p.text == entry.label for p in entry.parties)
    is_unlike = bool(entry.label) and not is_named and not is_department
    return Match(entry, is_unlike, is_by_order=not has_evidence and not is_only)


def departments(parties: Sequence[Party]) -> frozenset[str]:
    """The departments among parties."""
    return frozenset(party.department for party in parties if party.department)


def _days(clause: Clause) -> set[tuple[int | None, int]]:
    return {(found.form.month, found.form.day) for found in clause.dates}


def _entry_days(entry: Entry) -> set[tuple[int | None, int]]:
    days = {(entry.form.month, entry.form.day)} if entry.form else set()
    return days | ({(entry.when.month, entry.when.day)} if entry.when else set())
