"""Which task of 任务跟踪表 is which task of an agreement: nothing is split twice. Source: SPEC section 5 ``split``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold_name
from coordination_xl.ledger.likeness import best_pairs, containment
from coordination_xl.rules.splitting.records import CLOSED
from coordination_xl.rules.timing.deadlines import at_closing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.splitting.drafts import TaskDraft
    from coordination_xl.rules.splitting.records import TaskRecords
    from coordination_xl.worktime import WorkCalendar

LIKE = 0.6
"""From this share of common character pairs on two titles name one task."""

_PERSON, _DUE = 0.2, 0.1
"""How much the same person and the same deadline add where titles alone cannot tell two tasks apart."""


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task that was there before, by what it says now and by what ``split`` wrote into it.

    Attributes:
        record: its id.
        row: its sheet row; None where it was deleted.
        titles: its names, folded.
        persons: who answers for it, folded.
        dues: its deadlines, as text.
    """

    record: str
    row: int | None
    titles: frozenset[str]
    persons: frozenset[str]
    dues: frozenset[str]


@dataclass(frozen=True)
class TaskIndex:
    """任务跟踪表, laid out to be asked for the tasks of many sources.

    Attributes:
        tasks: its ledger.
        records: what ``split`` wrote into it before.
        calendar: tells what a bare date means.
        of_source: 来源编号 → places in the ledger.
        of_id: id → places in the ledger.
        strays: folded name → places of the open tasks that a person typed under no source, or under one that nobody knows.
    """

    tasks: Ledger
    records: TaskRecords
    calendar: WorkCalendar
    of_source: Mapping[str, Sequence[int]]
    of_id: Mapping[str, Sequence[int]]
    strays: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, tasks: Ledger, sources: Collection[str], records: TaskRecords, calendar: WorkCalendar) -> TaskIndex:
        """Lay it out; ``sources`` are the ids that may stand as 来源编号."""
        is_stray = ~tasks["source"].isin(sources) & ~tasks["id"].isin(records.written) & ~tasks["state"].isin(CLOSED)
        names = (fold_name(title) if stray else "" for title, stray in zip(tasks["title"], is_stray, strict=True))
        return cls(tasks, records, calendar, _places(tasks["source"]), _places(tasks["id"]), _places(names))

    def living(self, source: str) -> tuple[KnownTask, ...]:
        """The tasks of a source, and those once split from it whose 来源编号 somebody has changed."""
        places = set(self.of_source.get(source, ()))
        for record in self.records.of_source.get(source, ()):
            places.update(self.of_id.get(record, ()))
        return tuple(self._known(place) for place in sorted(places))

    def removed(self, source: str) -> tuple[KnownTask, ...]:
        """The tasks once split from a source whose rows are no longer there."""
        base = self.records.base
        return tuple(
            KnownTask(
                record,
                None,
                _folded(base(record, "title")),
                _folded(base(record, "responsible")),
                frozenset(filter(None, [base(record, "deadline")])),
            )
            for record in self.records.of_source.get(source, ())
            if record not in self.of_id
        )

    def stray(self, draft: TaskDraft) -> KnownTask | None:
        """The open task under no known source that has the very name and the person of a draft."""
        known = (self._known(place) for place in self.strays.get(fold_name(draft.title), ()))
        return next((task for task in known if _is_same_person(draft, task)), None)

    def _known(self, place: int) -> KnownTask:
        frame, record = self.tasks.frame, str(self.tasks.ids[place])
        written = self.records.written.get(record, {})
        due = at_closing(frame["deadline"].to_numpy(dtype="datetime64[s]")[[place]], self.calendar)[0].item()
        return KnownTask(
            record,
            int(self.tasks.rows[place]),
            _folded(frame["title"].iloc[place], written.get("title")),
            _folded(frame["responsible"].iloc[place], written.get("responsible")),
            frozenset(filter(None, (shown(due), written.get("deadline")))),
        )


def _places(words: Iterable[str]) -> Mapping[str, list[int]]:
    """Word → the places that hold it; blanks are left out."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if word:
            places.setdefault(word, []).append(place)
    return places


def matched_tasks(drafts: Sequence[TaskDraft], known: Sequence[KnownTask]) -> Mapping[int, int]:
    """Position of a draft → position of the task that it is; one to one.

    First by the same name, then by likeness of names, then by the same person and deadline.
    """
    pairs: dict[int, int] = {}
    for score, least in ((_same_name, 1.0), (_like_name, LIKE), (_same_duty, 1.0)):
        _pair(drafts, known, pairs, score, least)
    return pairs


def _pair(
    drafts: Sequence[TaskDraft],
    known: Sequence[KnownTask],
    pairs: dict[int, int],
    score: Callable[[TaskDraft, KnownTask], float],
    least: float,
) -> None:
    """Add the best pairs among what is not yet paired."""
    rows = [i for i in range(len(drafts)) if i not in pairs]
    columns = [j for j in range(len(known)) if j not in pairs.values()]
    if rows and columns:
        found = best_pairs([[score(drafts[i], known[j]) for j in columns] for i in rows], least)
        pairs.update({rows[i]: columns[j] for i, j in found.items()})


def _same_name(draft: TaskDraft, task: KnownTask) -> float:
    return 1.0 + _beside(draft, task) if fold_name(draft.title) in task.titles else 0.0


def _like_name(draft: TaskDraft, task: KnownTask) -> float:
    likeness = max(
        (max(containment(title, draft.title), containment(draft.title, title)) for title in task.titles), default=0.0
    )
    return likeness + _beside(draft, task) if likeness >= LIKE else 0.0


def _same_duty(draft: TaskDraft, task: KnownTask) -> float:
    return 1.0 if _is_same_person(draft, task) and _is_same_due(draft, task) else 0.0


def _beside(draft: TaskDraft, task: KnownTask) -> float:
    return _PERSON * _is_same_person(draft, task) + _DUE * _is_same_due(draft, task)


def _is_same_person(draft: TaskDraft, task: KnownTask) -> bool:
    return not task.persons.isdisjoint(_folded(str(draft.cells["responsible"])))


def _is_same_due(draft: TaskDraft, task: KnownTask) -> bool:
    return shown(draft.cells["deadline"]) in task.dues


def _folded(*texts: str | None) -> frozenset[str]:
    """Names without spaces, width and masks; blanks left out."""
    return frozenset(fold_name(text).replace("*", "") for text in texts if text)
