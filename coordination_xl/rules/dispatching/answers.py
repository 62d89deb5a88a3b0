"""Of those who got a notice, who has not answered it yet. Source: SPEC A2, A4, A6, B7."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold_name
from coordination_xl.rules.dispatching.addressing import read_recipients
from coordination_xl.schema.notices import NOTICE

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.timers import Timer

_READ_AT = "read_at"
_ANSWERS = "答复|回复|参加|请假|意见|同意"
_ONLY_READ = re.compile(rf"已阅(?!.*(?:{_ANSWERS}))")


def unanswered(dispatch: Ledger, row: int, timer: Timer, directory: Directory) -> tuple[str, ...]:
    """Those of 收件人 of whom no line of 回执明细 tells an answer, in the words of 收件人.

    A line that tells only of 已阅 is an answer where reading is what the rule waits for.

    Args:
        dispatch: columns ``recipients`` (persons and departments) and ``receipts`` (a line a person).
        row: sheet row.
        timer: the rule whose clock runs.
        directory: who is known.
    """
    place = dispatch.position(row)
    recipients, receipts = (str(dispatch[name].iloc[place]) for name in ("recipients", "receipts"))
    lines = [line for line in receipts.splitlines() if _READ_AT in timer.stops or not _ONLY_READ.search(line)]
    told = [fold_name(line) for line in lines]
    return tuple(
        party.text
        for party in read_recipients(recipients, directory)[0]
        if not any(_names(line, fold_name(party.text)) for line in told)
    )


def _names(line: str, name: str) -> bool:
    """Whether a line names somebody, and not somebody else of whose name theirs is a part."""
    return re.search(rf"(?<!\w){re.escape(name)}(?=\W|\d|$|于|已阅|{_ANSWERS})", line) is not None


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
