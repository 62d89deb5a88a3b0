"""保密等级: who may read the content, who learns only that there is something. It fails closed. Source: SPEC B6."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.ledger.folding import fold
from coordination_xl.schema import refusals
from coordination_xl.schema.vocabulary import CONFIDENTIALITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.addressing import Addressed
    from coordination_xl.rules.dispatching.drafts import Recipient
    from coordination_xl.rules.dispatching.recipients import Recipients

_LEVELS = CONFIDENTIALITY.words
_LOWEST, _USUAL, _HIGHEST = _LEVELS[0], _LEVELS[1], _LEVELS[-1]


class Cleared(NamedTuple):
    """The recipients of a notice, parted by what they may read.

    Attributes:
        readers: they get the content.
        withheld: they get a notice without it.
        findings: who was left out and why.
    """

    readers: Addressed
    withheld: Addressed
    findings: tuple[Finding, ...]


def level_of(ledgers: Ledgers, ledger: Ledger, row: int) -> str:
    """保密等级 of a row: a word of the vocabulary.

    A blank means 内部, a word that nobody knows 机密. A task, or a notice, has the level of what it came from; where no ledger
    has that, its content is nobody's: 机密.
    """
    return _level(ledgers, ledger, row, frozenset())


def _level(ledgers: Ledgers, ledger: Ledger, row: int, passed: frozenset[str]) -> str:
    if "confidentiality" in ledger.table.by_identifier:
        return matter_level(str(ledger["confidentiality"][row]))
    source = fold(str(ledger["source"][row])).strip()
    if not source:
        return _USUAL
    levels = [
        _level(ledgers, parent, int(found), passed | {source})
        for parent in ledgers.matters
        if source not in passed
        for found in parent.rows[parent.ids == source]
    ]
    return max(levels, key=_LEVELS.index, default=_HIGHEST)


def matter_level(typed: str) -> str:
    """The level that a cell of a matter means: blank 内部, an unknown word 机密."""
    return _meaning(typed, _HIGHEST)


def contact_level(typed: Iterable[str]) -> str:
    """The level up to which somebody may read, out of the cells of all rows of theirs: the lowest that is filled.

    Blank means 内部, an unknown word 公开.
    """
    levels = [_meaning(each, _LOWEST) for each in typed if each.strip()]
    return min(levels, key=_LEVELS.index, default=_USUAL)


def is_cleared(recipient: Recipient, level: str, recipients: Recipients) -> bool:
    """Whether everybody who reads that mailbox may read a level; nobody may read what 通讯录 has no mailbox for."""
    levels = [_LEVELS.index(contact_level(each)) for each in recipients.clearances(recipient)]
    return bool(levels) and min(levels) >= _LEVELS.index(level)


def cleared(addressed: Addressed, level: str, kind: str, ledger: Ledger, row: int, recipients: Recipients) -> Cleared:
    """Part the recipients of a notice about one row.

    Where of one part nobody is 主送, its 抄送 are: each part is a notice of its own.

    Args:
        addressed: all recipients.
        level: of the matter, see :func:`level_of`.
        kind: 通知种类.
        ledger: the ledger of the row.
        row: sheet row.
        recipients: whom 通讯录 knows.
    """
    readers, withheld = (
        _part(addressed, [is_cleared(each, level, recipients) is wanted for each in (*addressed.to, *addressed.copies)])
        for wanted in (True, False)
    )
    left_out = "、".join(each.name for each in (*withheld.to, *withheld.copies))
    if not left_out:
        return Cleared(readers, withheld, ())
    column = next(each for each in ("confidentiality", "source", "id") if ledger.has(each))
    record = ledger.id_at(row)
    finding = ledger.finding(refusals.NOT_CLEARED, row, column, record=record, level=level, who=left_out, kind=kind)
    return Cleared(readers, withheld, (finding,))


def _part(addressed: Addressed, is_in: list[bool]) -> Addressed:
    to = tuple(each for each, keep in zip(addressed.to, is_in, strict=False) if keep)
    copies = tuple(each for each, keep in zip(addressed.copies, is_in[len(addressed.to) :], strict=True) if keep)
    return replace(addressed, to=to or copies, copies=copies if to else ())


def _meaning(typed: str, otherwise: str) -> str:
    folded = fold(typed).strip()
    return (CONFIDENTIALITY.meaning(folded) or otherwise) if folded else _USUAL
