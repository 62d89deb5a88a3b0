"""参会反馈: who comes to a meeting, by calendar or in words. Source: SPEC A14."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.ledger.folding import fold
from coordination_xl.rules.answering.receipt_lines import ATTENDANCE
from coordination_xl.schema.vocabulary import RSVP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WAITING, ALL, SOME, EXCUSED = RSVP.words
_LONGEST_NOTE = 100
_LONG_AGO = datetime(1900, 1, 1)
_LONGEST_WORD = 40
_ASKS = re.compile(r"\?|吗|是否|谁|能否|要不要|需不需要")
_SENDS = re.compile(
    r"(?:派|委托|安排|由)\s*(?P<who>[^,。;，；\s]{2,20}?)\s*(?:代为|代我|代替我?|替我|前去|前往)?\s*(?:参加|出席|参会|与会)"
)
_DECLINES = re.compile(
    r"不(?:能|便|克|方便|可以)?(?:参加|出席|参会|与会|到会)|无法(?:参加|出席|参会|与会|到会)|没法(?:参加|去)|请假|来不了|去不了|缺席"
)
_TENTATIVE = re.compile(r"可能|争取|尽量|待定|暂定|不确定|不一定|视情况|看情况|如果|若")
_ACCEPTS = re.compile(r"(?:准时|按时|届时|可以|能够?|会|将|确认|同意)?(?:参加|出席|参会|与会|到会)")
_LINE = re.compile(
    r"(?P<name>\S.*?) (?P<kind>参加|请假|暂定)(?: (?P<at>\d{4}-\d\d-\d\d \d\d:\d\d))?(?:[:：](?P<note>.*))?"
)


class Attendance(NamedTuple):
    """What a person says of a meeting.

    Attributes:
        kind: comes, is excused, or may come.
        at: when they said so; ``None`` where the user wrote it down without.
        note: why, or who comes in their place.
    """

    kind: AnswerKind
    at: datetime | None
    note: str = ""

    @property
    def order(self) -> tuple[datetime, int]:
        """The later word counts."""
        return self.at or _LONG_AGO, ATTENDANCE.index(self.kind)


def attendance_in(text: str) -> tuple[AnswerKind, str] | None:
    """What a free text says of coming, and what it adds; ``None`` where it says nothing that can be relied on.

    A question is no answer; whoever sends somebody in their place has the place filled.
    """
    first = re.split(r"[\n。;；]", fold(text).strip(), maxsplit=1)[0].strip()
    if _ASKS.search(first) or not first:
        return None
    sends = _SENDS.search(fold(text))
    if sends and not re.search(r"不|没|无法", sends["who"]):
        return AnswerKind.ACCEPTED, sends[0]
    if _DECLINES.search(first):
        return AnswerKind.DECLINED, text
    if len(first) > _LONGEST_WORD or not _ACCEPTS.search(first):
        return None
    bare = re.sub(r"\W", "", first)
    if _TENTATIVE.search(first):
        return AnswerKind.TENTATIVE, text
    return AnswerKind.ACCEPTED, "" if len(bare) <= len("好的我会准时参加") else text


class AttendanceLines:
    """What a cell of 反馈明细 tells: ``财务部*会计 请假 2026-03-06 10:12：出差``, a line a person; other lines stay.

    Args:
        text: the cell.
        since: what was said before is of an invitation that is out of date.
    """

    def __init__(self, text: str, since: datetime | None) -> None:
        self._others: list[str] = []
        self._people: dict[str, Attendance] = {}
        self.has_outdated = False
        for line in text.splitlines():
            match = _LINE.fullmatch(line.strip())
            at = _moment(match["at"]) if match else None
            if match is None or (match["at"] and at is None):
                self._others.append(line)
            elif since is not None and at is not None and at < since.replace(second=0, microsecond=0):
                self.has_outdated = True
            else:
                self._people[match["name"]] = Attendance(AnswerKind(match["kind"]), at, match["note"] or "")

    def mark(self, name: str, said: Attendance) -> None:
        """Note what somebody says; an earlier word gives way, a later one stays."""
        known = self._people.get(name)
        if known is None or (said.order, said.note) > (known.order, known.note):
            self._people[name] = said

    def answer(self, is_meant: Callable[[str], bool]) -> AnswerKind | None:
        """What those meant say last; ``None`` where they say nothing."""
        said = [each for name, each in self._people.items() if is_meant(name)]
        return max(said, key=lambda each: each.order).kind if said else None

    def __str__(self) -> str:
        """The cell."""
        people = sorted(self._people.items(), key=lambda each: (each[1].order, each[0]))
        return "\n".join([*self._others, *(_told(name, said) for name, said in people)])


def rsvp(answers: Sequence[AnswerKind | None], stands: str, *, is_outdated: bool) -> str:
    """参会反馈 of the answers of everybody invited.

    What the user wrote gives way only to more than it: 全部参加 to somebody's excuse, 有人请假 to everybody's coming.

    Args:
        answers: of each of them, ``None`` where they have not answered.
        stands: what the cell says.
        is_outdated: whether it tells of an invitation that is out of date.
    """
    if AnswerKind.DECLINED in answers:
        return EXCUSED
    if answers and all(each is AnswerKind.ACCEPTED for each in answers):
        return ALL
    counted = SOME if AnswerKind.ACCEPTED in answers else WAITING
    return stands if stands in {ALL, EXCUSED} and not is_outdated else counted


def note_of(text: str) -> str:
    """A remark as a line holds it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NOTE else f"{line[: _LONGEST_NOTE - 1]}…"


def _told(name: str, said: Attendance) -> str:
    when = f" {said.at:%Y-%m-%d %H:%M}" if said.at else ""
    return f"{name} {said.kind}{when}" + (f"：{said.note}" if said.note else "")


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
