"""回执明细: a line a person, who read and answered when. It is also the program's memory of what came back. Source: SPEC A4, A6.

``技术部*主管 已阅 2026-11-20 14:31；答复 2026-11-20 15:02``. Lines of any other form are the user's and stay as they are.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.ledger.answers import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Callable

ATTENDANCE = (AnswerKind.ACCEPTED, AnswerKind.TENTATIVE, AnswerKind.DECLINED)
"""In the order in which the later counts, of two at one moment."""
PROOF = (AnswerKind.READ, AnswerKind.REPLY)
"""What tells that a person has the notice; whoever answers an invitation has replied."""
_TOLD = (*PROOF, *ATTENDANCE, AnswerKind.UNDELIVERED)
_MARK = rf"(?:{'|'.join(_TOLD)}) \d{{4}}-\d\d-\d\d \d\d:\d\d"
_LINE = re.compile(rf"(?P<name>\S.*?) (?P<marks>{_MARK}(?:；{_MARK})*)")


class ReceiptLines:
    """What a cell of 回执明细 tells.

    Args:
        text: the cell.
    """

    def __init__(self, text: str) -> None:
        self._lines: list[str | tuple[str, dict[AnswerKind, datetime]]] = []
        for line in text.splitlines():
            match = _LINE.fullmatch(line.strip())
            marks = _marks(match["marks"]) if match else {}
            self._lines.append((match["name"], marks) if match and marks else line)

    @property
    def people(self) -> dict[str, dict[AnswerKind, datetime]]:
        """Name → what → when."""
        return {line[0]: line[1] for line in self._lines if isinstance(line, tuple)}

    def mark(self, name: str, kind: AnswerKind, at: datetime) -> None:
        """Note one answer. Of several of one kind the first counts; of attendance the latest word."""
        marks = self.people.get(name)
        if marks is None:
            marks = {}
            self._lines.append((name, marks))
        if kind not in ATTENDANCE:
            marks[kind] = min(at, marks.get(kind, at))
            return
        self.mark(name, AnswerKind.REPLY, at)
        said = [(when, ATTENDANCE.index(each), each) for each, when in marks.items() if each in ATTENDANCE]
        latest = max([*said, (at, ATTENDANCE.index(kind), kind)])
        for each in ATTENDANCE:
            marks.pop(each, None)
        marks[latest[2]] = latest[0]

    def first(self, is_meant: Callable[[str], bool], *kinds: AnswerKind) -> datetime | None:
        """When one of those meant did first one of these; ``None`` where nobody did."""
        told = [
            when
            for name, marks in self.people.items()
            if is_meant(name)
            for kind, when in marks.items()
            if kind in kinds
        ]
        return min(told, default=None)

    def __str__(self) -> str:
        """The cell: the user's lines where they stand, then people in the order of their first answer."""
        kept = [line for line in self._lines if isinstance(line, str)]
        people = sorted(self.people.items(), key=lambda each: (min(each[1].values()), each[0]))
        return "\n".join([*kept, *(f"{name} {_told(marks)}" for name, marks in people)])


def _marks(text: str) -> dict[AnswerKind, datetime]:
    found: dict[AnswerKind, datetime] = {}
    for mark in text.split("；"):
        kind, _, when = mark.partition(" ")
        try:
            found[AnswerKind(kind)] = datetime.fromisoformat(when)
        except ValueError:  # a 31 February that somebody typed
            return {}
    return found


def _told(marks: dict[AnswerKind, datetime]) -> str:
    return "；".join(f"{kind} {marks[kind]:%Y-%m-%d %H:%M}" for kind in _TOLD if kind in marks)
