"""Cells on their own: filled where they must be, words of the list, numbers that make sense. Source: SPEC A7, section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.rules.timing.feedback import terms_of
from coordination_xl.schema import Dtype, Kind, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Column


def check_required(ledger: Ledger) -> Iterator[Finding]:
    """Columns that a row in its state must fill. A draft owes nothing yet but its id and state.

    A cell that holds something unreadable is not blank: it has its own finding. Source: SPEC A7, section 3.
    """
    life = ledger.table.life
    state = ledger["state"]
    is_draft = state.isin(life.drafts if life else ()).to_numpy()
    for column in ledger.table.columns:
        if column.is_computed or not ledger.has(column.identifier):
            continue
        blank = _is_blank(ledger, column)
        if column.required:
            always = column.kind in {Kind.ID, Kind.STATE}
            yield from _blank(ledger, column, blank if always else blank & ~is_draft, "")
        elif column.required_from and life:
            is_due = state.isin(life.from_on(column.required_from)).to_numpy()
            yield from _blank(ledger, column, blank & is_due, f"（状态到“{column.required_from}”时必填）")


def _blank(ledger: Ledger, column: Column, mask: NDArray[np.bool_], when: str) -> Iterator[Finding]:
    for row in ledger.flagged(column.identifier, mask):
        yield ledger.finding(faults.REQUIRED_BLANK, row, column.identifier, when=when, help=column.help or "请填写")


def _is_blank(ledger: Ledger, column: Column) -> NDArray[np.bool_]:
    """Whether nothing stands in the cell; a cell that could not be read is not blank."""
    if column.dtype is Dtype.TEXT:
        unread = np.flatnonzero((ledger[column.identifier] == "").to_numpy())
    else:
        unread = np.flatnonzero(ledger[column.identifier].isna().to_numpy())
    blank = np.zeros(len(ledger), dtype=bool)
    typed = ledger.typed[column.identifier]
    blank[unread] = [not shown(value).strip() for value in typed[unread]]
    return blank


def check_vocabulary(ledger: Ledger) -> Iterator[Finding]:
    """Words that are not in the column's list; a synonym is only a reminder. Source: SPEC section 3."""
    for column in ledger.table.columns:
        if column.vocabulary is None or column.is_computed or not ledger.has(column.identifier):
            continue
        words = ledger[column.identifier]
        is_known = words.isin(column.vocabulary.words).to_numpy()
        for row in ledger.flagged(column.identifier, ~is_known & (words != "").to_numpy()):
            yield ledger.finding(
                faults.NOT_IN_VOCABULARY, row, column.identifier, words="、".join(column.vocabulary.words)
            )
        codes, typed = parse_unique(ledger.typed[column.identifier], lambda value: fold(shown(value)).strip())
        is_other = np.array(typed, dtype=object)[codes] != words.to_numpy()
        for row in ledger.flagged(column.identifier, is_known & is_other):
            yield ledger.finding(faults.SYNONYM, row, column.identifier, word=words[row])


def check_terms(ledger: Ledger) -> Iterator[Finding]:
    """反馈约定 of which nobody can tell how often. Source: SPEC B3."""
    if not ledger.has("feedback_terms"):
        return
    codes, terms = terms_of(ledger)
    is_vague = np.array([term is None for term in terms], dtype=bool)[codes]
    for row in ledger.flagged("feedback_terms", is_vague & (ledger["feedback_terms"] != "").to_numpy()):
        yield ledger.finding(faults.UNREADABLE_TERMS, row, "feedback_terms")


def check_numbers(ledger: Ledger) -> Iterator[Finding]:
    """Lengths and versions below zero."""
    for column in ledger.table.columns:
        if column.kind in {Kind.HOURS, Kind.VERSION, Kind.WORKDAYS} and not column.is_computed:
            for row in ledger.flagged(column.identifier, ledger[column.identifier] < 0):
                yield ledger.finding(faults.NEGATIVE_NUMBER, row, column.identifier)
