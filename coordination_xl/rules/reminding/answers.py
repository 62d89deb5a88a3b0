"""Of those who got a notice, who has not answered it yet. Source: SPEC A2, A4, A6, B7."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.ledger.folding import fold, fold_name
from coordination_xl.rules.answering.receipt_lines import ATTENDANCE, ReceiptLines
from coordination_xl.schema.notices import NOTICE

if TYPE_CHECKING:
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.answering.addressees import Addressee, Addressees
    from coordination_xl.rules.timing.timers import Timer

_READ_AT = "read_at"
_ANSWERS = (AnswerKind.REPLY, *ATTENDANCE)
_IN_WORDS = ("回复", "同意")


def unanswered(dispatch: Ledger, row: int, timer: Timer, addressees: Addressees) -> tuple[str, ...]:
    """Those of 收件人 of whom no line of 回执明细 tells an answer, in the words of 收件人, folded.

    A line that tells only of 已阅 is an answer where reading is what the rule waits for; a mail that came back is none. Of a
    line that a person typed, any that names somebody and a word for an answer counts: ``财务部*会计 电话答复``.

    Args:
        dispatch: columns ``recipients`` (persons and departments) and ``receipts`` (a line a person).
        row: sheet row.
        timer: the rule whose clock runs.
        addressees: who is known.
    """
    place = dispatch.position(row)
    recipients, receipts = (str(dispatch[name].iloc[place]) for name in ("recipients", "receipts"))
    kinds = (*_ANSWERS, AnswerKind.READ) if _READ_AT in timer.stops else _ANSWERS
    lines = receipts.splitlines()
    return tuple(
        fold(each.name)
        for each in addressees.read(recipients)
        if not any(_answers(line, each, kinds, addressees) for line in lines)
    )


def _answers(line: str, addressee: Addressee, kinds: tuple[AnswerKind, ...], addressees: Addressees) -> bool:
    written = ReceiptLines(line)
    if written.people:
        return written.first(lambda name: addressees.is_told(name, addressee), *kinds) is not None
    words = "|".join((*kinds, *_IN_WORDS))
    typed, name = fold_name(line), re.escape(fold_name(addressee.name))
    return re.search(rf"(?<!\w){name}(?:\W|\d|[年月日时分]|电话|口头|微信|已|于)*?(?:{words})", typed) is not None


def is_awaited(dispatch: Ledger, row: int, matter: Ledger, matter_row: int) -> bool:
    """Whether the answer to a notice still matters: not once the matter is over.

    A matter is not over for the notice that its last state asks for: 会议纪要 of a meeting that is 已分发 are still to be read.
    """
    life = matter.table.life
    if life is None:
        return True
    state = str(matter["state"].iloc[matter.position(matter_row)])
    notice = NOTICE.get(str(dispatch["kind"].iloc[dispatch.position(row)]))
    return state not in life.finished or (notice is not None and state in notice.states)
