"""The cells in which a sending is written down: of 发文记录, and of the matter. Source: SPEC section 3, section 5 ``send``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.actions.dispatching.outcomes import without_numbers
from coordination_xl.errors import UnknownRecord
from coordination_xl.schema.notices import RECORDED
from coordination_xl.schema.vocabulary import SENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.actions.dispatching.outcomes import Outcome
    from coordination_xl.books.changes import ColumnChange
    from coordination_xl.ledger.collection import Ledgers


def outcome_cells(ledgers: Ledgers, outcomes: Sequence[Outcome]) -> tuple[ColumnChange, ...]:
    """State, moment and reason of each row, and the moment in the matter where its column is named and still blank."""
    cells: dict[str, list[tuple[int, str, object]]] = {"Dispatch": []}
    for each in outcomes:
        row = each.entry.row
        cells["Dispatch"] += [(row, "state", each.state), (row, "failure", _failure(each))]
        if each.sent_at:
            cells["Dispatch"].append((row, "sent_at", each.sent_at))
        if each.state == SENT and (place := _recorded_in(ledgers, each)):
            table, matter, column = place
            cells.setdefault(table, []).append((matter, column, each.sent_at))
    return tuple(change for table, wanted in cells.items() for change in cell_changes(ledgers[table], wanted))


def _failure(outcome: Outcome) -> str:
    """失败原因.

    Of a row that waits on, what stands there stays where it is why the mail may be sent at all, or where the new one differs in
    the server's own numbers alone: else each attempt would be a change.
    """
    entry, new = outcome.entry, outcome.failure
    is_same = entry.state == outcome.state and without_numbers(entry.failure) == without_numbers(new)
    return entry.failure if outcome.is_put_off and (outcome.is_excused or is_same) else new


def _recorded_in(ledgers: Ledgers, outcome: Outcome) -> tuple[str, int, str] | None:
    """Table, row and column of the matter, where the column is still blank."""
    notice = outcome.entry.notice
    try:
        ledger, row = ledgers.locate(notice.source)
    except UnknownRecord:  # a digest is about no single matter; 校验 reports an id that there is not
        return None
    column = RECORDED.get((notice.kind, ledger.table.name, notice.rung))
    if column is None or not ledger.has(column) or ledger.typed_at(row, column) is not None:
        return None
    return ledger.table.name, row, column
