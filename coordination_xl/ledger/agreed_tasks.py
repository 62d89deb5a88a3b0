"""What an agreement comes to: its tasks, what fits none of them, and where its columns contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.parties import Party
    from coordination_xl.ledger.relative_dates import RelativeDue


class AgreementColumn(StrEnum):
    """The columns that an agreement is written in, by the names of the arguments of ``read_agreement``."""

    AGREEMENT = "agreement"
    """协商结果"""
    RESPONSIBLE = "responsible"
    """责任部门/人"""
    DEADLINES = "deadlines"
    """完成时限"""
    ACCEPTANCE = "acceptance"
    """验收标准"""


class TaskNote(StrEnum):
    """What a reader should know about a task as it was read."""

    NO_PARTY = "no_party"
    """Nobody is named at all."""
    NO_PERSON = "no_person"
    """A department without a person."""
    SEVERAL_PARTIES = "several_parties"
    """More than one is named; the first stands in ``party``."""
    COLLECTIVE = "collective"
    """Everybody, and so nobody."""
    ALIAS = "alias"
    """The department was typed under another of its names."""
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_PERSON = "unknown_person"
    NO_DEADLINE = "no_deadline"
    DEADLINE_UNREADABLE = "deadline_unreadable"
    """Something stands where the deadline should, and it is no date."""
    SEVERAL_DATES = "several_dates"
    """The sentence has several dates and none is plainly the limit; ``due`` is not taken from it."""
    RELATIVE_DEADLINE = "relative_deadline"
    """The deadline counts from something (``1周内``): see ``relative``."""
    SHARED_PARTY = "shared_party"
    """The one entry of 责任部门/人 was taken for every task."""
    SHARED_DEADLINE = "shared_deadline"
    """The one entry of 完成时限 was taken for every task without a date of its own."""
    SHARED_ACCEPTANCE = "shared_acceptance"
    """验收标准 could not be told apart by task; every task has the whole."""
    UNLIKE_LABEL = "unlike_label"
    """An entry was given to the task by department, date or number, although its label is another's."""
    MATCHED_BY_ORDER = "matched_by_order"
    """An entry was given to the task only because it stands in the same place."""


class ContradictionKind(StrEnum):
    """How two columns disagree."""

    DATE_DIFFERS = "date_differs"
    DEPARTMENT_DIFFERS = "department_differs"
    PERSON_DIFFERS = "person_differs"
    COUNT_DIFFERS = "count_differs"
    """The columns list different numbers of items; the cited texts are the numbers."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of a cell: the column it is from and the words, ``：`` written between label and text."""

    column: AgreementColumn
    text: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two columns that say different things.

    Attributes:
        kind: about what.
        task: position of the task in ``Agreement.tasks``; None when it is about the columns as a whole.
        left: what 协商结果 says.
        right: what the other column says; it is the one that the task follows.
    """

    kind: ContradictionKind
    task: int | None
    left: Cited
    right: Cited


@dataclass(frozen=True, slots=True)
class AgreedTask:
    """One task of an agreement.

    Attributes:
        number: its list number as typed, None without one.
        title: a short name: the label in 责任部门/人 or 完成时限, else the sentence without names and dates.
        gist: the sentence without names and dates.
        text: the sentence as typed.
        party: who is responsible; None if nobody is named.
        due: the deadline; midnight when ``due_has_time`` is false; None if there is none, or none that is a date.
        due_has_time: whether a time of day was given.
        due_is_yearless: whether the year was taken from the anchor.
        relative: the deadline that counts from something, None if there is none or ``due`` is given.
        acceptance: the acceptance criterion, ``""`` without one.
        party_from: the column that ``party`` is from.
        due_from: the column that ``due`` or ``relative`` is from.
        notes: what a reader should know, in the order of :class:`TaskNote`.
    """

    number: int | None
    title: str
    gist: str
    text: str
    party: Party | None
    due: datetime | None
    due_has_time: bool
    due_is_yearless: bool
    relative: RelativeDue | None
    acceptance: str
    party_from: AgreementColumn | None
    due_from: AgreementColumn | None
    notes: tuple[TaskNote, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement, understood.

    Attributes:
        tasks: in the order of 协商结果.
        orphans: entries of the other columns that belong to no task.
        contradictions: where the columns disagree.
    """

    tasks: tuple[AgreedTask, ...]
    orphans: tuple[Cited, ...]
    contradictions: tuple[Contradiction, ...]
