"""An agreement laid out in several cells (协商结果, 责任部门/人, 完成时限, 验收标准), put together as tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from coordination_xl.ledger.agreed_parties import party_contradictions, party_notes, settle_party
from coordination_xl.ledger.agreed_tasks import (
    AgreedTask,
    Agreement,
    AgreementColumn,
    Cited,
    Contradiction,
    ContradictionKind,
    TaskNote,
)
from coordination_xl.ledger.alignment import Alignment, align
from coordination_xl.ledger.clauses import read_clause
from coordination_xl.ledger.dues import due_contradictions, settle_due
from coordination_xl.ledger.entries import acceptance_entries, deadline_entries, responsible_entries
from coordination_xl.ledger.folding import trim
from coordination_xl.ledger.parties import read_party
from coordination_xl.ledger.parts import read_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordination_xl.ledger.alignment import Match
    from coordination_xl.ledger.clauses import Clause
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.entries import Entry
    from coordination_xl.ledger.parties import Party


@dataclass(frozen=True, slots=True)
class _Column:
    """A column laid beside the sentences; ``shared`` is its one entry if that goes for all of them."""

    name: AgreementColumn
    entries: tuple[Entry, ...]
    alignment: Alignment
    shared: Entry | None = None

    def label(self, task: int) -> str:
        """The words by which this column names a task; ``""`` where it does not."""
        match = self.alignment.matches[task]
        if match is None or match.is_unlike or any(p.text == match.entry.label for p in match.entry.parties):
            return ""
        return match.entry.label


def read_agreement(
    agreement: str | None,
    responsible: str | None,
    deadlines: object,
    acceptance: str | None = None,
    *,
    anchor: date | None,
    directory: Directory,
) -> Agreement:
    """Put the columns of one agreement together: every sentence of 协商结果 is a task with its person and its deadline.

    The other columns are given to the sentences at the greatest total of evidence (label, department, date, number).
    Where columns disagree the task follows 责任部门/人 and 完成时限, and the contradiction is listed. A single entry
    without a label that fits no sentence goes for all that lack one of their own.

    Args:
        agreement: 协商结果; blank gives no tasks, and everything else is an orphan.
        responsible: 责任部门/人.
        deadlines: 完成时限, a text or a cell that is a date.
        acceptance: 验收标准.
        anchor: the date that yearless dates are near to; None leaves them unreadable, with a note.
        directory: who is known.

    Source: SPEC B3, B5 (one named person and one deadline), B8; SPEC 5 ``split``.
    """
    clauses = _clauses(agreement or "", directory)
    blank = [""] * len(clauses)
    texts = [clause.text for clause in clauses]
    who = _lay(AgreementColumn.RESPONSIBLE, clauses, responsible_entries(responsible or "", texts, directory), blank)
    names = [who.label(i) for i in range(len(clauses))]
    when = _lay(AgreementColumn.DEADLINES, clauses, deadline_entries(deadlines, directory), names)
    names = [name or when.label(i) for i, name in enumerate(names)]
    what = _lay_acceptance(clauses, acceptance or "", names, directory)
    tasks, contradictions = [], [*_count_contradictions(clauses, who), *_count_contradictions(clauses, when)]
    for i, clause in enumerate(clauses):
        task, found = _task(i, clause, who, when, anchor, directory)
        criterion, notes = _acceptance(what, i)
        title = names[i] if names[i] and not _is_named_by_label(clause) else clause.gist
        tasks.append(replace(task, title=title, acceptance=criterion, notes=_in_order([*task.notes, *notes])))
        contradictions += found
    orphans = [Cited(column.name, entry.text) for column in (who, when, what) for entry in column.alignment.leftover]
    return Agreement(tuple(tasks), tuple(orphans), tuple(contradictions))


def _clauses(text: str, directory: Directory) -> tuple[Clause, ...]:
    """The sentences; a department that stands as heading over a numbered list acts in each of its items."""
    clauses: list[Clause] = []
    owner: tuple[Party, ...] = ()
    parts = read_parts(text)
    for part, following in zip_longest(parts, parts[1:]):
        if part.number is None and not part.text and following is not None and following.number == 1:
            heading = read_party(part.label, directory)
            owner = (heading,) if heading.department or heading.is_collective else ()
            continue
        clause = read_clause(part, directory)
        clauses.append(clause if clause.parties else replace(clause, parties=owner))
    return tuple(clauses)


def _lay(name: AgreementColumn, clauses: Sequence[Clause], entries: tuple[Entry, ...], names: Sequence[str]) -> _Column:
    alignment = align(clauses, entries, names)
    is_alone = len(entries) == 1 and len(clauses) > 1 and not entries[0].label and bool(alignment.leftover)
    if is_alone and any(_lacks(clause, name) for clause in clauses):
        return _Column(name, entries, Alignment(alignment.matches, ()), entries[0])
    return _Column(name, entries, alignment)


def _lacks(clause: Clause, name: AgreementColumn) -> bool:
    return not clause.parties if name is AgreementColumn.RESPONSIBLE else not (clause.dates or clause.relatives)


def _lay_acceptance(clauses: Sequence[Clause], text: str, names: Sequence[str], directory: Directory) -> _Column:
    """验收标准 by task where its entries can be told apart, else the whole text for each."""
    entries = acceptance_entries(text, directory)
    alignment = align(clauses, entries, names)
    is_one_to_one = len(clauses) == len(entries) == 1
    if clauses and entries and ((len(clauses) == 1 and not is_one_to_one) or not any(alignment.matches)):
        whole = replace(entries[0], text=trim(text), content=trim(text), label="")
        return _Column(AgreementColumn.ACCEPTANCE, entries, Alignment((None,) * len(clauses), ()), whole)
    return _Column(AgreementColumn.ACCEPTANCE, entries, alignment)


def _acceptance(what: _Column, task: int) -> tuple[str, list[TaskNote]]:
    match = what.alignment.matches[task]
    if what.shared is not None:
        return what.shared.content, [TaskNote.SHARED_ACCEPTANCE] if len(what.alignment.matches) > 1 else []
    return (match.entry.content, _match_notes(match)) if match else ("", [])


def _task(
    i: int, clause: Clause, who: _Column, when: _Column, anchor: date | None, directory: Directory
) -> tuple[AgreedTask, list[Contradiction]]:
    match, due_match = who.alignment.matches[i], when.alignment.matches[i]
    entry = match.entry if match else who.shared if who.shared and not clause.parties else None
    is_due_shared = due_match is None and when.shared is not None and _lacks(clause, AgreementColumn.DEADLINES)
    due_entry = due_match.entry if due_match else when.shared if is_due_shared else None
    party, party_from, several = settle_party(clause, entry, directory)
    due = settle_due(clause, due_entry, anchor)
    notes = [*party_notes(party, is_several=several), *due.notes, *_match_notes(match), *_match_notes(due_match)]
    notes += [TaskNote.SHARED_PARTY] if match is None and entry is not None else []
    notes += [TaskNote.SHARED_DEADLINE] if is_due_shared else []
    contradictions = [
        *party_contradictions(i, clause, match.entry if match else None, directory),
        *due_contradictions(i, clause, due_entry, anchor),
    ]
    return AgreedTask(
        number=clause.part.number,
        title=clause.gist,
        gist=clause.gist,
        text=clause.text,
        party=party,
        due=due.when,
        due_has_time=due.has_time,
        due_is_yearless=due.is_yearless,
        relative=due.relative,
        acceptance="",
        party_from=party_from,
        due_from=due.source,
        notes=tuple(notes),
    ), contradictions


def _match_notes(match: Match | None) -> list[TaskNote]:
    if match is None:
        return []
    notes = [TaskNote.UNLIKE_LABEL] if match.is_unlike else []
    return [*notes, TaskNote.MATCHED_BY_ORDER] if match.is_by_order else notes


def _in_order(notes: Sequence[TaskNote]) -> tuple[TaskNote, ...]:
    return tuple(note for note in TaskNote if note in notes)


def _is_named_by_label(clause: Clause) -> bool:
    return bool(clause.part.label) and clause.gist == clause.part.label


def _count_contradictions(clauses: Sequence[Clause], column: _Column) -> list[Contradiction]:
    if not clauses or not column.entries or column.shared or len(column.entries) == len(clauses):
        return []
    left = Cited(AgreementColumn.AGREEMENT, str(len(clauses)))
    return [Contradiction(ContradictionKind.COUNT_DIFFERS, None, left, Cited(column.name, str(len(column.entries))))]
