"""What one row's agreement asks of 任务跟踪表: a draft for each task, whether it may become one or not. Source: SPEC section 5."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.ledger.agreed_parties import party_notes
from coordination_xl.ledger.agreed_tasks import TaskNote
from coordination_xl.ledger.agreements import read_agreement
from coordination_xl.ledger.deliverables import read_deliverable
from coordination_xl.ledger.folding import fold_name, trim
from coordination_xl.ledger.mentions import find_mentions
from coordination_xl.ledger.parties import party_of
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.rules.checks.agreements import agreement_of, missing_of, task_faults
from coordination_xl.rules.checks.people import party_findings
from coordination_xl.rules.splitting.draft_dues import DraftDue, draft_due, own_deadline
from coordination_xl.schema import faults, refusals
from coordination_xl.schema.vocabulary import URGENCY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordination_xl.ledger.agreed_tasks import AgreedTask, Agreement
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.parties import Party
    from coordination_xl.rules.splitting.sources import ParentRow
    from coordination_xl.worktime import WorkCalendar

_NO_PERSON = frozenset({TaskNote.NO_PARTY, TaskNote.NO_PERSON})
_USUAL = "一般"


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One task as its agreement has it.

    Attributes:
        parent: the row it comes from.
        cells: identifier of 任务跟踪表 → value, for every column that the agreement speaks of; ``""`` or None where it
            says nothing.
        refusals: why it may not become a task; empty where it may.
        reminders: what to look at where it does.
        standard_taken: what to say where the agreed sentence stands as 验收标准, for want of one; empty where it need not.
    """

    parent: ParentRow
    cells: Mapping[str, object]
    refusals: tuple[Finding, ...] = ()
    reminders: tuple[Finding, ...] = ()
    standard_taken: tuple[Finding, ...] = ()

    @property
    def is_standard_taken(self) -> bool:
        """Whether the agreed sentence stands as 验收标准."""
        return bool(self.standard_taken)

    @property
    def title(self) -> str:
        """Its name."""
        return str(self.cells["title"])


def task_drafts(parent: ParentRow, directory: Directory, calendar: WorkCalendar) -> tuple[TaskDraft, ...]:
    """The drafts of one row, in the order of its agreement.

    Args:
        parent: the row.
        directory: who is known.
        calendar: settles deadlines that count from something.
    """
    if not parent.ledger.has(parent.source.agreed):
        return ()
    if parent.source.table == "Problems":
        return tuple(_of_measures(parent, directory, calendar))
    agreement = agreement_of(parent.ledger, parent.row, parent.source.agreed, directory)
    return tuple(
        _draft(
            parent,
            task,
            draft_due(parent, task, calendar),
            task_faults(parent.ledger, parent.row, agreement, place, directory),
            directory,
        )
        for place, task in enumerate(agreement.tasks)
    )


def _of_measures(parent: ParentRow, directory: Directory, calendar: WorkCalendar) -> Iterator[TaskDraft]:
    """The measures of a problem. What one lacks (person, deadline, standard) is the problem's own. Source: SPEC A10."""
    own = read_parties(parent.text("responsible"), directory)
    deadline = own_deadline(parent, calendar)
    for task in _measures(parent, directory).tasks:
        taken = []
        if _lacks_person(task, own):
            kept = [note for note in task.notes if note not in _NO_PERSON]
            task = replace(task, party=own[0], notes=(*kept, *party_notes(own[0], is_several=False)))
            taken.append(parent.header("responsible"))
        due = draft_due(parent, task, calendar)
        if due.when is None and deadline is not None and TaskNote.SEVERAL_DATES not in task.notes and not due.refusals:
            notes = tuple(note for note in task.notes if note is not TaskNote.NO_DEADLINE)
            task, due = replace(task, notes=notes), DraftDue(deadline)
            taken.append(parent.header("deadline"))
        if standard := parent.text("acceptance"):
            task = replace(task, acceptance=standard)
            taken.append(parent.header("acceptance"))
        remark = f"{'、'.join(taken)}取自{parent.ledger.sheet}" if taken else ""
        yield _draft(parent, task, due, _measure_faults(parent, task, directory), directory, remark)


def _measures(parent: ParentRow, directory: Directory) -> Agreement:
    opened = parent.ledger[parent.ledger.table.opened_by][parent.row]
    anchor = None if pd.isna(opened) else pd.Timestamp(opened)
    return read_agreement(parent.text(parent.source.agreed), "", None, anchor=anchor, directory=directory)


def _lacks_person(task: AgreedTask, own: tuple[Party, ...]) -> bool:
    """Whether the problem's own person stands in: where nobody is named, or only that person's department."""
    if len(own) != 1 or own[0].person is None:
        return False
    return task.party is None or (TaskNote.NO_PERSON in task.notes and task.party.department == own[0].department)


def _measure_faults(parent: ParentRow, task: AgreedTask, directory: Directory) -> Iterator[Finding]:
    agreed = parent.source.agreed
    if missing := missing_of(task):
        yield parent.ledger.finding(refusals.MEASURE_WITHOUT_OWNER, parent.row, agreed, task=task.text, missing=missing)
    if TaskNote.UNKNOWN_DEPARTMENT in task.notes and task.party is not None:
        strange = party_findings(parent.ledger, parent.row, agreed, task.party, directory)
        yield from (found for found in strange if found.code == faults.UNKNOWN_DEPARTMENT.code)


def _draft(
    parent: ParentRow,
    task: AgreedTask,
    due: DraftDue,
    faults_found: Iterator[Finding],
    directory: Directory,
    remark: str = "",
) -> TaskDraft:
    party = _with_department(task.party, directory)
    refused = [*faults_found, *due.refusals]
    if not refused and party is not None and party.department is None:
        refused.append(
            parent.ledger.finding(
                refusals.TASK_WITHOUT_DEPARTMENT,
                parent.row,
                parent.cell("responsible", parent.source.agreed),
                task=task.text,
                person=party.person,
            )
        )
    standard = task.acceptance or trim(task.text).strip("。；;")
    return TaskDraft(
        parent,
        {
            "title": _title(task),
            "responsible": _written(party, directory),
            "department": (party.department if party else None) or "",
            "deadline": due.when,
            "deliverable": read_deliverable(task.gist),
            "acceptance": standard,
            "cooperating": _others(task, party, directory),
            "urgency": _urgency(parent),
            "remarks": "；".join(filter(None, (due.explanation, remark))),
        },
        tuple(refused),
        due.reminders,
        () if task.acceptance else (_standard_taken(parent, task),),
    )


def _standard_taken(parent: ParentRow, task: AgreedTask) -> Finding:
    cell = parent.cell("acceptance", parent.source.agreed)
    facts = {"task": task.text, "header": parent.header("acceptance")}
    return parent.ledger.finding(refusals.STANDARD_TAKEN, parent.row, cell, **facts)


def _title(task: AgreedTask) -> str:
    """What is done, a verb first, where the sentence says the same thing as the label; else the label."""
    title = task.gist if fold_name(task.title) in fold_name(task.gist) else task.title
    return " ".join(title.split()) if "\n" in title else title


def _with_department(party: Party | None, directory: Directory) -> Party | None:
    """The party, with the one department that has the person where none was named."""
    if party is None or party.department is not None or party.person is None:
        return party
    homes = directory.departments_of(party.person)
    return party_of(party.text, homes[0], party.person, directory) if len(homes) == 1 else party


def _written(party: Party | None, directory: Directory) -> str:
    """As the ledgers write a person: the department's own name, ``*``, the person as 通讯录 has it. Source: SPEC B8."""
    if party is None or party.is_collective:
        return ""
    person = party.person or ""
    if party.department is not None and person:
        person = directory.person(party.department, person) or person
    return "*".join(filter(None, (party.department, person)))


def _others(task: AgreedTask, party: Party | None, directory: Directory) -> str:
    """配合方: who else is named in the sentence. The department of the one who answers is no other."""
    mine = {_written(party, directory), (party.department if party else None) or ""}
    written = [_written(each, directory) for each in find_mentions(task.text, directory)]
    return "、".join(each for each in dict.fromkeys(written) if each not in mine)


def _urgency(parent: ParentRow) -> str:
    word = parent.text("urgency")
    return word if word in URGENCY.words else _USUAL
