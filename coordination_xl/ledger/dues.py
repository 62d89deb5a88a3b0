"""By when an agreed task is due, out of what 协商结果 and 完成时限 say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordination_xl.ledger.agreed_tasks import AgreementColumn, Cited, Contradiction, ContradictionKind, TaskNote

if TYPE_CHECKING:
    from datetime import date, datetime

    from coordination_xl.ledger.clauses import Clause
    from coordination_xl.ledger.date_forms import DateForm
    from coordination_xl.ledger.entries import Entry
    from coordination_xl.ledger.relative_dates import RelativeDue


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as far as the texts settle it.

    Attributes:
        when: the instant, midnight if ``has_time`` is false; None if there is no calendar date.
        has_time: a time of day was given.
        is_yearless: the year is the anchor's.
        relative: a deadline that counts from something, if there is no calendar date.
        source: the column it is from, None without a deadline.
        notes: what a reader should know.
    """

    when: datetime | None = None
    has_time: bool = False
    is_yearless: bool = False
    relative: RelativeDue | None = None
    source: AgreementColumn | None = None
    notes: tuple[TaskNote, ...] = ()


def settle_due(clause: Clause, entry: Entry | None, anchor: date | None) -> Due:
    """完成时限 goes before the sentence; of two that name one day, the one with a time of day.

    An entry that is no date leaves the task to the sentence's own date, and is noted.
    """
    said = _said(clause, anchor)
    if entry is None or not entry.content:
        return said
    stated = _stated(entry, anchor)
    if stated.when is None and stated.relative is None:
        return replace(said, notes=(*_without_absence(said), TaskNote.DEADLINE_UNREADABLE))
    same = _said(clause, stated.when)
    is_same_day = stated.when is not None and same.when is not None and same.when.date() == stated.when.date()
    if is_same_day and same.has_time and not stated.has_time:
        return replace(same, is_yearless=stated.is_yearless)
    return stated


def due_contradictions(task: int, clause: Clause, entry: Entry | None, anchor: date | None) -> list[Contradiction]:
    """Where the sentence and its entry name different days; a yearless date takes the other's year first."""
    stated = _stated(entry, anchor).when if entry else None
    form = _limit(clause)
    if entry is None or stated is None or form is None:
        return []
    said = form.resolve(stated)
    if said is None or said.date() == stated.date():
        return []
    left = Cited(AgreementColumn.AGREEMENT, clause.text)
    right = Cited(AgreementColumn.DEADLINES, entry.text)
    return [Contradiction(ContradictionKind.DATE_DIFFERS, task, left, right)]


def _stated(entry: Entry, anchor: date | None) -> Due:
    source = AgreementColumn.DEADLINES
    if entry.when is not None:
        return Due(entry.when, entry.when.time() != entry.when.min.time(), source=source)
    if entry.form is not None:
        return _of_form(entry.form, anchor, source)
    if entry.relative is not None:
        return Due(relative=entry.relative, source=source, notes=(TaskNote.RELATIVE_DEADLINE,))
    return Due(notes=(TaskNote.DEADLINE_UNREADABLE,))


def _said(clause: Clause, anchor: date | None) -> Due:
    form = _limit(clause)
    if form is not None:
        return _of_form(form, anchor, AgreementColumn.AGREEMENT)
    if sum(not found.is_from for found in clause.dates) > 1:
        return Due(notes=(TaskNote.NO_DEADLINE, TaskNote.SEVERAL_DATES))
    if len(clause.relatives) == 1:
        source = AgreementColumn.AGREEMENT
        return Due(relative=clause.relatives[0], source=source, notes=(TaskNote.RELATIVE_DEADLINE,))
    several = (TaskNote.SEVERAL_DATES,) if clause.relatives else ()
    return Due(notes=(TaskNote.NO_DEADLINE, *several))


def _of_form(form: DateForm, anchor: date | None, source: AgreementColumn) -> Due:
    when = form.resolve(anchor)
    if when is None:
        return Due(notes=(TaskNote.DEADLINE_UNREADABLE,))
    return Due(when, form.seconds is not None, form.is_yearless, source=source)


def _limit(clause: Clause) -> DateForm | None:
    """The one date of a sentence, or of several the one that is plainly a limit (``前``)."""
    limits = [found.form for found in clause.dates if found.is_by]
    forms = [found.form for found in clause.dates if not found.is_from]
    return forms[0] if len(forms) == 1 else limits[0] if len(limits) == 1 else None


def _without_absence(due: Due) -> tuple[TaskNote, ...]:
    return tuple(note for note in due.notes if note is not TaskNote.NO_DEADLINE)
