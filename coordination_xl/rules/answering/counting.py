"""Answers counted one by one: whose it is, which notices it is about, whether it may be taken. Source: SPEC section 5."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.ledger.findings import Finding, quoted
from coordination_xl.rules.answering.answered_rows import AnsweredRow
from coordination_xl.rules.answering.matter_answers import MatterAnswers
from coordination_xl.rules.answering.progress_replies import parts_by_id
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import INVITATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.ledger.answers import Answer
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.rules.answering.addressees import Addressees
    from coordination_xl.rules.people.delegates import Member
    from coordination_xl.schema.faults import Fault

_IDLE = frozenset({AnswerKind.AUTOMATIC, AnswerKind.DELAYED, AnswerKind.UNREAD})
"""Mails that tell nothing of a person."""


class Counting:
    """The ledgers while answers are counted, one after the other.

    Args:
        ledgers: the workbook.
        addressees: the people of 通讯录.
        now: the moment of judgement.

    Attributes:
        matters: what the answers change in the matters.
        counts: how many of each kind.
        unknown: addresses that 通讯录 has not.
        findings: answers that were not taken, and mails that did not arrive.
    """

    def __init__(self, ledgers: Ledgers, addressees: Addressees, now: datetime) -> None:
        self.addressees, self.now = addressees, now
        self.dispatch = ledgers["Dispatch"]
        self.matters = MatterAnswers(ledgers, addressees, now)
        self.counts: Counter[str] = Counter()
        self.unknown: dict[str, None] = {}
        self.findings: list[Finding] = []
        self.rows: dict[int, AnsweredRow] = {}
        self._place = {
            number: int(row) for row, number in zip(self.dispatch.rows, self.dispatch.ids, strict=True) if number
        }
        self._mates: dict[str, list[int]] = {}
        for row, file in zip(self.dispatch.rows, self.dispatch["file"], strict=True):
            if file:
                self._mates.setdefault(file, []).append(int(row))

    def row(self, place: int) -> AnsweredRow:
        """One row of 发文记录."""
        if place not in self.rows:
            self.rows[place] = AnsweredRow.of(self.dispatch, place, self.addressees)
        return self.rows[place]

    def count(self, answer: Answer) -> None:
        """Count one mail."""
        if answer.at > self.now:
            self.counts["later"] += 1
        elif answer.kind in _IDLE:
            self.counts[answer.kind] += 1
        elif not answer.numbers and not answer.meetings:
            self.counts["unrelated"] += 1
        elif answer.kind is AnswerKind.UNDELIVERED:
            self._undelivered(answer)
        else:
            self._answered(answer)

    def _answered(self, answer: Answer) -> None:
        members = self.addressees.members.get(answer.sender, ())
        if not members:
            self.counts["unknown"] += 1
            self.unknown[answer.sender or "（没有发件人）"] = None
            self._tell(refusals.UNKNOWN_SENDER, answer)
            return
        named = self._named(answer, members)
        if not named:
            self.counts["refused"] += 1
            self._tell(refusals.UNKNOWN_NOTICE, answer)
            return
        taken = [kind for row in named if (kind := self._take(answer, members, row, named))]
        if not taken:
            self.counts["refused"] += 1
            who = "、".join("*".join(filter(None, each)) for each in members)
            self.findings.append(
                self.dispatch.finding(refusals.NOT_A_RECIPIENT, named[0], "recipients", place=answer.place, who=who)
            )
            return
        self.counts[taken[0]] += 1
        for row in self._besides(named):
            self._take(answer, members, row, named)

    def _named(self, answer: Answer, members: Sequence[Member]) -> list[int]:
        """Sheet rows that an answer is about: by number, with all notices of the same mail; or the meeting's last 会议通知."""
        found = [self._place[number] for number in answer.numbers if number in self._place]
        if not answer.numbers:
            found = [row for meeting in answer.meetings for row in self.matters.invitations(meeting)]
            own = [row for row in found if any(self.row(row).meant(each, answer.at) for each in members)]
            found = own or found[:1]
        mates = [mate for row in found for mate in self._mates.get(self.row(row).file, [row])]
        return list(dict.fromkeys([*found, *mates]))

    def _besides(self, named: Sequence[int]) -> Iterator[int]:
        """The notices that reminders were about: whoever answers the reminder has answered them."""
        for row in named:
            reminded = self._place.get(self.row(row).reminded_of)
            if reminded is not None and reminded not in named:
                yield reminded

    def _take(self, answer: Answer, members: Sequence[Member], place: int, named: Sequence[int]) -> AnswerKind | None:
        """Count an answer for one notice; what it means there, ``None`` where the sender may not answer it."""
        row = self.row(place)
        meant = [each for member in members for each in row.meant(member, answer.at)]
        if not meant:
            return None
        text, is_own = self._text(answer, row, named)
        at = max(answer.at, row.begun_at) if row.begun_at else answer.at  # a clock that is slow
        kind = answer.kind
        for name, is_recipient, _ in dict.fromkeys(meant):
            if row.kind == INVITATION:
                kind = self.matters.attend(row, name, answer.kind, at, text, is_recipient=is_recipient)
            row.take(kind, name, at, text)
        reporters = [member for _, is_recipient, member in meant if is_recipient]
        if is_own and reporters and answer.kind is AnswerKind.REPLY:
            self.matters.report(row, reporters[0], at, text)
        return kind

    def _text(self, answer: Answer, row: AnsweredRow, named: Sequence[int]) -> tuple[str, bool]:
        """What an answer says of one notice, and whether it can be told that it is about this one."""
        if len(named) == 1:
            return answer.text, True
        ids = [each for place in named for each in (self.row(place).number, self.row(place).source) if each]
        parts = parts_by_id(answer.text, tuple(dict.fromkeys(ids)))
        if not parts:
            return answer.text, False
        own = [parts[each] for each in dict.fromkeys((row.number, row.source)) if each in parts]
        return "\n".join(dict.fromkeys(own)), bool(own)

    def _undelivered(self, answer: Answer) -> None:
        places = [self._place[number] for number in answer.numbers if number in self._place]
        mates = [mate for place in places for mate in self._mates.get(self.row(place).file, [place])]
        is_taken = False
        for failure in answer.failures:
            for place in dict.fromkeys([*places, *mates]):
                row = self.row(place)
                names = [
                    name
                    for each in self.addressees.members.get(failure.address, ())
                    for name, *_ in row.meant(each, answer.at)
                ]
                for name in dict.fromkeys(names):
                    is_taken = True
                    if row.bounce(name, failure.address, failure.reason, answer.at):
                        self.findings.append(
                            self.dispatch.finding(
                                refusals.UNDELIVERED, place, "recipients", who=name, reason=failure.reason
                            )
                        )
        self.counts[answer.kind if is_taken else "refused"] += 1
        if places and not is_taken:
            who = "、".join(failure.address for failure in answer.failures)
            found = self.dispatch.finding(
                refusals.NOT_A_RECIPIENT, places[0], "recipients", place=answer.place, who=who
            )
            self.findings.append(found)
        elif not is_taken:
            self._tell(refusals.UNKNOWN_NOTICE, answer)

    def _tell(self, fault: Fault, answer: Answer) -> None:
        """A finding about no row."""
        facts = {"place": answer.place, "sender": answer.sender or "（没有发件人）"}
        words = quoted(facts | {"numbers": "、".join((*answer.numbers, *answer.meetings))})
        self.findings.append(
            Finding(
                sheet=self.dispatch.sheet,
                table=self.dispatch.table.name,
                row=0,
                id="",
                column="",
                address="",
                code=fault.code,
                severity=fault.severity,
                message=fault.message.format(**words),
                value=answer.subject,
                suggestion=fault.suggestion.format(**words),
            )
        )

    def cells(self) -> Mapping[str, Sequence[tuple[int, str, object]]]:
        """Table → sheet row, identifier, new value, of every cell that follows."""
        cells: dict[str, list[tuple[int, str, object]]] = {"Dispatch": []}
        for place in sorted(place for place, row in self.rows.items() if row.is_touched):
            row = self.rows[place]
            cells["Dispatch"] += [(place, *cell) for cell in row.cells()]
            if row.proven_at and (recorded := self.matters.recorded(row, row.proven_at)):
                cells.setdefault(recorded[0], []).append(recorded[1])
        for table, cell in self.matters.cells(self.row):
            cells.setdefault(table, []).append(cell)
        return cells
