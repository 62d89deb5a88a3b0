"""The notices that states ask for, as drafts: each once, to those who may read it. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordination_xl.rules.dispatching.addressing import addressed
from coordination_xl.rules.dispatching.clearance import cleared, level_of
from coordination_xl.rules.dispatching.drafts import Draft
from coordination_xl.rules.dispatching.due_rows import REJECTED, DueRows, version_text
from coordination_xl.rules.dispatching.once import CANCELLED, Sent, has, members_of
from coordination_xl.rules.dispatching.recipients import Recipients
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import DIGEST, INVITATION, NOTICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.addressing import Addressed
    from coordination_xl.rules.dispatching.drafts import Recipient
    from coordination_xl.rules.timing.schedule import Plan
    from coordination_xl.schema.notices import Notice

_READ, _NOTHING = "已阅", "无"


def due_notices(
    ledgers: Ledgers,
    plan: Plan,
    now: datetime,
    kinds: Iterable[str] | None = None,
    records: Iterable[str] | None = None,
) -> tuple[tuple[Draft, ...], tuple[Finding, ...]]:
    """Draft what is due, of all kinds but 周报 and those that remind.

    Args:
        ledgers: the workbook.
        plan: its schedules.
        now: the moment of judgement.
        kinds: 通知种类; all where it is not given.
        records: ids of matters, however old; where it is not given, all that came up within 自动通知期限 of 参数.

    Returns:
        The drafts, and as findings who could not be reached, who may not read the content, and why a named matter has none.

    Raises:
        UnknownRecord: no ledger has an id.
    """
    wanted = tuple(NOTICE[kind] for kind in (NOTICE if kinds is None else kinds))
    notices = tuple(each for each in wanted if not each.is_reminder and each.kind != DIGEST)
    delegates = plan.basis.approvers.delegates
    sent = Sent.of(ledgers["Dispatch"], delegates.directory)
    rows = DueRows(ledgers, plan, sent, now)
    recipients = Recipients.of(ledgers["Contacts"], delegates, now.date())
    writer = _Writer(ledgers, sent, recipients, is_named=records is not None)
    findings: list[Finding] = []
    if records is None:
        due = [(notice, ledger, row) for notice in notices for ledger, row in rows.fresh(notice)]
    else:
        due = []
        for record in dict.fromkeys(records):
            ready, refused = rows.named(notices, record)
            due += ready
            findings += refused
    drafts: list[Draft] = []
    for notice, ledger, row in due:
        written, found = writer.drafts(notice, ledger, row)
        drafts += written
        findings += found
    return tuple(drafts), tuple(dict.fromkeys(findings))


@dataclass(frozen=True)
class _Writer:
    """What drafts are made from."""

    ledgers: Ledgers
    sent: Sent
    recipients: Recipients
    is_named: bool

    def drafts(self, notice: Notice, ledger: Ledger, row: int) -> tuple[list[Draft], list[Finding]]:
        """The drafts of one kind about one row: to its readers and to those who may not read it; or that nobody is reached."""
        blank = self._blank(notice, ledger, row)
        everybody = addressed(notice, ledger, row, self.recipients)
        if not everybody.to:
            return self._unreached(blank, ledger, everybody)
        readers, withheld, left_out = cleared(everybody, blank.level, notice.kind, ledger, row, self.recipients)
        made = [_to(blank, part, everybody.to, is_withheld=part is withheld) for part in (readers, withheld) if part.to]
        if blank.is_cancelled:
            made = [kept for each in made if (kept := self._invited(each)) is not None]
        drafts = [left for each in made if (left := self.sent.unsent(each, is_named=self.is_named)) is not None]
        findings: list[Finding] = []
        if drafts or self.is_named or everybody.unreached:
            findings += everybody.findings
        if any(draft.is_withheld for draft in drafts):
            findings += left_out
        if self.is_named and not drafts:
            findings += self._already(ledger, made)
        return drafts, findings

    def _blank(self, notice: Notice, ledger: Ledger, row: int) -> Draft:
        """A draft to nobody yet."""
        record = ledger.id_at(row)
        is_cancelled = notice.kind == INVITATION and str(ledger["state"][row]) == REJECTED
        told = version_text(notice, ledger, row) + (CANCELLED if is_cancelled else "")
        version = self.sent.version_of(record, notice.kind, told)
        return Draft(
            kind=notice.kind,
            table=ledger.table.name,
            row=row,
            record=record,
            version=version,
            level=level_of(self.ledgers, ledger, row),
            to=(),
            answer=_READ if is_cancelled else notice.answer,
            sequence=self.sent.sequence(record, notice.kind, version) if notice.kind == INVITATION else 0,
            is_cancelled=is_cancelled,
        )

    def _unreached(self, blank: Draft, ledger: Ledger, everybody: Addressed) -> tuple[list[Draft], list[Finding]]:
        """Nobody is reached: a draft that says so, and why."""
        header = ledger.headers[everybody.column]
        reason = "；".join(each.message for each in everybody.findings) or f"“{header}”没有填写"
        failed = replace(blank, unreached="、".join(everybody.unreached) or f"（{header}）", failure=reason)
        finding = ledger.finding(
            refusals.NOBODY_TO_SEND_TO, blank.row, everybody.column, record=blank.record, kind=blank.kind, reason=reason
        )
        left = self.sent.unsent(failed, is_named=self.is_named)
        elsewhere = [
            each for each in everybody.findings if each.address != finding.address or each.sheet != finding.sheet
        ]
        return [] if left is None else [left], [*elsewhere, finding]

    def _invited(self, draft: Draft) -> Draft | None:
        """A cancellation, only to those who had the invitation."""
        told = members_of(row for row in self.sent.rows(draft.record, draft.kind) if not row.has_failed)
        to, copies = (tuple(each for each in part if has(told, each)) for part in (draft.to, draft.copies))
        return replace(draft, to=to, copies=copies) if to else None

    def _already(self, ledger: Ledger, made: Iterable[Draft]) -> Iterator[Finding]:
        rows = ((draft, self.sent.row_of(draft, is_named=True)) for draft in made)
        for draft, row in rows:
            if row is not None:
                yield ledger.finding(
                    refusals.SENT_ALREADY,
                    draft.row,
                    "id",
                    record=draft.record,
                    kind=draft.kind,
                    number=row.number,
                    when=f"{row.state}，{row.when:%Y-%m-%d %H:%M}" if row.when else row.state,
                )


def _to(blank: Draft, part: Addressed, asked: tuple[Recipient, ...], *, is_withheld: bool) -> Draft:
    """A draft to some of its recipients; whoever is only told answers nothing, and content that is not there is only read."""
    answer = blank.answer if not is_withheld or blank.answer == _NOTHING else _READ
    is_asked = any(each in asked for each in part.to)
    return replace(
        blank, to=part.to, copies=part.copies, answer=answer if is_asked else _NOTHING, is_withheld=is_withheld
    )
