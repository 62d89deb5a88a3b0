"""What came back, as cells: who read, who answered, who comes, what went wrong. Source: SPEC A2, A4, A6, A11, A14, section 5.

The order of the mails plays no part, and a mail that is read twice changes nothing: 回执明细 remembers what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.rules.answering.addressees import Addressees
from coordination_xl.rules.answering.counting import Counting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from coordination_xl.ledger.answers import Answer
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.delegates import Delegates

_LATE_ANSWERS = timedelta(days=14)
_LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Receipts:
    """What the answers change.

    Attributes:
        cells: table → sheet row, identifier, new value.
        progress: new rows of 进展反馈.
        findings: answers that were not taken, and mails that did not arrive.
        counts: of the answers, by what they are: :class:`AnswerKind`, or ``unrelated``, ``later``, ``unknown``, ``refused``.
        unknown: addresses that answered a notice and are not in 通讯录.
    """

    cells: Mapping[str, Sequence[tuple[int, str, object]]]
    progress: tuple[Mapping[str, object], ...]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    unknown: tuple[str, ...]


def first_day(dispatch: Ledger, now: datetime) -> date | None:
    """The day from which on answers may still be awaited; ``None`` where no notice was ever written.

    That of the oldest notice that waits for an answer, though no more than a year ago; two weeks ago at least, because people
    answer what nobody asked them, too.

    Args:
        dispatch: columns ``created_at``, ``sent_at``, ``answer_needed``, ``read_at``, ``answered_at``.
        now: the moment of judgement.
    """
    frame = dispatch.frame
    begun = frame["created_at"].fillna(frame["sent_at"])
    if not begun.notna().any():
        return None
    needs_reply = frame["answer_needed"].isin(["回复", "配合答复"])
    waits = (needs_reply & frame["answered_at"].isna()) | ((frame["answer_needed"] == "已阅") & frame["read_at"].isna())
    oldest = begun[waits & (begun >= now - _LONGEST_WAIT)].min()
    recent = now - _LATE_ANSWERS
    first: datetime = recent if pd.isna(oldest) else min(oldest.to_pydatetime(), recent)
    return first.date()


def receipts_of(ledgers: Ledgers, answers: Iterable[Answer], delegates: Delegates, now: datetime) -> Receipts:
    """What the answers change in the ledgers.

    Args:
        ledgers: the workbook.
        answers: what came back, in any order, some of it perhaps counted before.
        delegates: who acts for whom, by 通讯录.
        now: the moment of judgement; what was written later is not there yet.
    """
    counting = Counting(ledgers, Addressees.of(ledgers["Contacts"], delegates), now)
    unlike = {_identity(each): each for each in sorted(answers, key=_order, reverse=True)}
    for answer in sorted(unlike.values(), key=_order):
        counting.count(answer)
    return Receipts(
        counting.cells(),
        tuple(counting.matters.progress),
        tuple(counting.findings),
        counting.counts,
        tuple(counting.unknown),
    )


def _identity(answer: Answer) -> object:
    """What two copies of one mail have in common."""
    return (
        answer.message_id or answer.place,
        answer.sender,
        answer.at,
        answer.kind,
        answer.text,
        answer.numbers,
        answer.failures,
    )


def _order(answer: Answer) -> tuple[object, ...]:
    return answer.at, answer.sender, answer.message_id, answer.kind, answer.text, answer.numbers, answer.place
