"""Answers that change a matter: who comes to a meeting, what the responsible side reports. Source: SPEC A11, A14."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.errors import UnknownRecord
from coordination_xl.ledger.answers import AnswerKind
from coordination_xl.ledger.directories import person_key
from coordination_xl.rules.answering.attendance import Attendance, AttendanceLines, attendance_in, note_of, rsvp
from coordination_xl.rules.answering.progress_replies import REPORTED_BY, is_question, progress_of
from coordination_xl.rules.answering.receipt_lines import ATTENDANCE
from coordination_xl.rules.dispatching.drafts import written
from coordination_xl.schema.notices import INVITATION, RECORDED
from coordination_xl.schema.vocabulary import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.rules.answering.addressees import Addressees
    from coordination_xl.rules.answering.answered_rows import AnsweredRow
    from coordination_xl.rules.people.delegates import Member

Cell = tuple[int, str, object]
"""Sheet row, identifier, new value."""


class MatterAnswers:
    """What answers change in the matters.

    Args:
        ledgers: the workbook.
        addressees: the people of 通讯录.
        now: the moment of judgement.

    Attributes:
        progress: new rows of 进展反馈.
    """

    def __init__(self, ledgers: Ledgers, addressees: Addressees, now: datetime) -> None:
        self._ledgers, self._addressees, self._now = ledgers, addressees, now
        self._dispatch = ledgers["Dispatch"]
        self._said: dict[str, list[tuple[str, Attendance]]] = {}
        self.progress: list[dict[str, object]] = []
        known = ledgers["Progress"].frame
        self._known = {
            (source, person_key(reporter), at.to_pydatetime().replace(second=0, microsecond=0))
            for source, reporter, at in zip(known["source"], known["reporter"], known["reported_at"], strict=True)
            if at == at  # NaT is unlike itself
        }

    def invitations(self, meeting: str) -> list[int]:
        """Sheet rows of the last 会议通知 of a meeting: all that bear its 时限版本, those that never went out left out."""
        is_own = (
            (self._dispatch["source"] == meeting)
            & (self._dispatch["kind"] == INVITATION)
            & (self._dispatch["state"] != FAILED)
        ).to_numpy()
        places = np.flatnonzero(is_own)
        if not len(places):
            return []
        versions = self._dispatch["due_version"].to_numpy(dtype=object)
        return [int(self._dispatch.rows[place]) for place in places if versions[place] == versions[places[-1]]]

    def attend(
        self, row: AnsweredRow, name: str, kind: AnswerKind, at: datetime, text: str, *, is_recipient: bool
    ) -> AnswerKind:
        """Note what somebody says of coming; what the answer means, once its words are understood.

        An answer to an invitation that is out of date says nothing of the meeting as it stands.
        """
        note = text
        if kind is AnswerKind.REPLY and (said := attendance_in(text)):
            kind, note = said
        if kind in ATTENDANCE and is_recipient and row.place in self.invitations(row.source):
            self._said.setdefault(row.source, []).append((name, Attendance(kind, at, note_of(note))))
        return kind

    def report(self, row: AnsweredRow, member: Member, at: datetime, text: str) -> None:
        """A row of 进展反馈 where a reply is one; each once."""
        if row.kind not in REPORTED_BY or not text or is_question(text) or not self._is_open(row.source):
            return
        reporter = written(member)
        key = (row.source, person_key(reporter), at)
        if key not in self._known:
            self._known.add(key)
            self.progress.append({"source": row.source, "reported_at": at, "reporter": reporter, **progress_of(text)})

    def _is_open(self, record: str) -> bool:
        """Whether a matter is still under way."""
        try:
            ledger, row = self._ledgers.locate(record)
        except UnknownRecord:  # a digest is about no matter; 校验 reports an id that there is not
            return False
        life = ledger.table.life
        return life is not None and str(ledger["state"][row]) not in life.finished

    def cells(self, row_of: Callable[[int], AnsweredRow]) -> Iterator[tuple[str, Cell]]:
        """Table and cell, for each cell of the meetings that somebody answered for."""
        for meeting in sorted(self._said):
            try:
                ledger, place = self._ledgers.locate(meeting)
            except UnknownRecord:
                continue
            if ledger.table.name != "Meetings":
                continue
            rows = [row_of(each) for each in self.invitations(meeting)]
            begun = [row.created_at for row in rows if row.created_at]
            lines = AttendanceLines(str(ledger["rsvp_detail"][place]), min(begun, default=None))
            for name, said in self._said[meeting]:
                lines.mark(name, said)
            invited = {each.name: each for row in rows for each in row.recipients}.values()
            answers = [lines.answer(lambda name, each=each: self._addressees.is_told(name, each)) for each in invited]  # type: ignore[misc]
            yield "Meetings", (place, "rsvp_detail", str(lines))
            told = rsvp(answers, str(ledger["rsvp"][place]), is_outdated=lines.has_outdated)
            yield "Meetings", (place, "rsvp", told)

    def recorded(self, row: AnsweredRow, sent_at: datetime) -> tuple[str, Cell] | None:
        """The cell of the matter in which the sending of a notice is recorded, where it is still blank."""
        try:
            ledger, place = self._ledgers.locate(row.source)
        except UnknownRecord:
            return None
        column = RECORDED.get((row.kind, ledger.table.name, ""))
        if column is None or not ledger.has(column) or ledger.typed_at(place, column) is not None:
            return None
        return ledger.table.name, (place, column, sent_at)
