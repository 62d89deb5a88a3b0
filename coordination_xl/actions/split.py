"""拆分任务: what was agreed becomes rows of 任务跟踪表, each with one person and one deadline. Source: SPEC section 5, A17."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import as_cell, cell_changes, new_rows
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.splitting.records import VERB
from coordination_xl.rules.splitting.splitting import STATUSES, Proposal, splitting
from coordination_xl.rules.timing.schedule import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.frames import Ledger


def split(
    book: Book, records: Sequence[str], now: datetime, *, actor: str = "", ledgers: Ledgers | None = None
) -> Result:
    """Turn agreed tasks into rows of 任务跟踪表, and keep those rows in line with their agreement.

    A task without one person and one deadline is refused, the others of its row are not. Run again it adds what is new,
    follows what the agreement has changed, and leaves alone what a person has changed since.

    Args:
        book: the workbook.
        records: ids of the rows to be split; none means every row whose tasks are owed.
        now: the moment the new tasks are registered.
        actor: who asks, for 修改记录.
        ledgers: the book's ledgers, where they were read already.

    Returns:
        The new and changed rows; as findings what was refused, kept or worth a look; as summary every proposed task.

    Raises:
        UnknownRecord: no ledger has one of the ids.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = ledgers or Ledgers.read(book)
    tasks = ledgers["Tasks"]
    basis = Basis.of(ledgers, now)
    outcome = splitting(ledgers, records, basis.calendar, now, formulas=_formulas(book, tasks))
    changes = ChangeSet(columns=cell_changes(tasks, outcome.cells), added=new_rows(tasks, outcome.added))
    counts = Counter(proposal.status for proposal in outcome.proposals)
    return Result(
        verb="split",
        book=book.name,
        changes=settled(book, ledgers, changes, now, verb=VERB, actor=actor, is_by_cell=True),
        findings=outcome.findings,
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "counts": {status: counts.get(status, 0) for status in STATUSES},
            "proposed": [_told(proposal) for proposal in outcome.proposals],
        },
    )


def _formulas(book: Book, tasks: Ledger) -> frozenset[tuple[int, str]]:
    """Sheet row and identifier of the cells of 任务跟踪表 that hold a formula."""
    by_place = {place: identifier for identifier, place in tasks.places.items()}
    return frozenset((row, by_place[place]) for row, place in book.formulas(tasks.table.name) if place in by_place)


def _told(proposal: Proposal) -> dict[str, object]:
    cells = proposal.draft.cells
    return {
        "source": proposal.draft.parent.id,
        "id": proposal.id,
        "title": proposal.draft.title,
        "who": cells["responsible"],
        "by": as_cell(cells["deadline"]),
        "acceptance": cells["acceptance"],
        "status": proposal.status,
        "reason": proposal.reason,
    }
