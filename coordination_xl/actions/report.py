"""周报: the weekly digest for leaders, as a page and as a mail. Source: SPEC section 5, ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.files import NewFile
from coordination_xl.actions.digests import digest_of
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.notices.digest import digest_page, digest_subject, digest_text
from coordination_xl.notices.digest_mail import digest_mail
from coordination_xl.notices.environment import environment
from coordination_xl.rules.figures.figures import figures_of
from coordination_xl.rules.people.leaders import readers_of
from coordination_xl.rules.people.office import office_contact
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import refusals
from coordination_xl.schema.settings import SENDER

if TYPE_CHECKING:
    from datetime import datetime
    from email.headerregistry import Address

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.notices.digest import Digest


def report(book: Book, now: datetime, *, out: Path | None = None, folder: Path | None = None) -> Result:
    """Make the digest of the week that ``now`` is in. The workbook is not changed.

    The same workbook and the same ``now`` make the same files.

    Args:
        book: the workbook.
        now: the moment of judgement.
        out: where the files go; 外发目录 of 参数 where it is not given.
        folder: where a relative 外发目录 begins, and where the user's own templates are; the workbook's own folder where it
            is not given.

    Returns:
        ``周报-2026-W47.html`` and ``周报-2026-W47.eml`` as files, no changes; as findings the leaders who cannot be
        written to.

    Raises:
        BrokenTemplate: a template cannot be used.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    plan = Plan.of(ledgers, now)
    settings, delegates = plan.basis.settings, plan.basis.approvers.delegates
    folder = folder or Path(book.name).parent
    digest = digest_of(
        figures_of(ledgers, plan, now), settings, office_contact(ledgers["Contacts"], delegates, now.date())
    )
    templates = environment(folder)
    page, text = digest_page(digest, templates), digest_text(digest, templates)
    subject = digest_subject(digest, templates)
    readers = readers_of(ledgers["Contacts"], delegates, now.date())
    sender = read_mailbox(settings.sender)
    to: dict[str, Address] = {}
    for _, address in readers.members:
        to.setdefault(address.addr_spec, address)
    place = out or folder / settings.outbox.strip().replace("\\", "/")
    return Result(
        verb="report",
        book=book.name,
        changes=ChangeSet(),
        findings=(*readers.findings, *(() if sender else _unusable_sender(ledgers))),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary=_summary(digest) | {"to": ["*".join(member) for member, _ in readers.members]},
        files=(
            NewFile(place / f"周报-{digest.week}.html", page.encode()),
            NewFile(
                place / f"周报-{digest.week}.eml", digest_mail(digest, subject, page, text, sender, tuple(to.values()))
            ),
        ),
    )


def _summary(digest: Digest) -> dict[str, object]:
    standing, recent = digest.standing, digest.recent
    return {
        "week": digest.week,
        "open": standing.open,
        "overdue": standing.overdue,
        "behind": standing.behind,
        "new": standing.new,
        "done": standing.done,
        "due_next_week": standing.due_next_week,
        "on_time": recent.share,
        "on_original": recent.original,
        "elapsed_workdays": recent.workdays,
    }


def _unusable_sender(ledgers: Ledgers) -> tuple[Finding, ...]:
    ledger = ledgers["Settings"]
    rows = ledger.rows[(ledger["key"] == SENDER.key).to_numpy()]
    return tuple(
        ledger.finding(refusals.UNUSABLE_SENDER, int(row), "value", key=SENDER.key, example=SENDER.value)
        for row in rows[:1]
    )
