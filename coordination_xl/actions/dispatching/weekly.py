"""周报 as a notice: numbered, kept in 发文记录, once to each leader. Source: SPEC section 5, ``notice``, ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import new_rows
from coordination_xl.actions.changing.files import NewFile
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.digests import digest_of
from coordination_xl.actions.dispatching.issuing import Issued, counted
from coordination_xl.actions.dispatching.places import Place
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.ledger.mailboxes import read_mailbox
from coordination_xl.notices.digest import digest_page, digest_subject, digest_text, variables
from coordination_xl.notices.digest_mail import digest_mail
from coordination_xl.notices.environment import environment
from coordination_xl.notices.file_names import stem_of
from coordination_xl.notices.mail import Attachment, content_hash
from coordination_xl.notices.word import WordPapers
from coordination_xl.rules.dispatching.drafts import Draft, Recipient
from coordination_xl.rules.dispatching.once import Sent
from coordination_xl.rules.figures.figures import figures_of
from coordination_xl.rules.numbering import new_ids
from coordination_xl.rules.people.leaders import readers_of
from coordination_xl.rules.people.office import office_contact
from coordination_xl.schema.notices import DIGEST
from coordination_xl.schema.tables import DISPATCH
from coordination_xl.schema.vocabulary import WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.notices.digest import Digest
    from coordination_xl.rules.timing.schedule import Plan


def weekly(
    book: Book,
    ledgers: Ledgers,
    plan: Plan,
    now: datetime,
    *,
    verb: str,
    actor: str,
    formats: Sequence[str],
    folder: Path | None,
    out: Path | None,
) -> Result:
    """The digest of this week to the leaders who have not got it yet."""
    settings, delegates = plan.basis.settings, plan.basis.approvers.delegates
    place = Place.of(book, settings, folder, out)
    contact = office_contact(ledgers["Contacts"], delegates, now.date())
    digest = digest_of(figures_of(ledgers, plan, now), settings, contact)
    readers = readers_of(ledgers["Contacts"], delegates, now.date())
    draft = Sent.of(ledgers["Dispatch"], delegates.directory).unsent(
        Draft(DIGEST, "", 0, digest.week, digest.week, "内部", tuple(Recipient(*each) for each in readers.members))
    )
    files: dict[str, bytes] = {}
    rows: tuple[Mapping[str, object], ...] = ()
    if draft is not None and draft.to:
        (number,) = new_ids(ledgers, DISPATCH, now.year, 1)
        stem = stem_of(number, DIGEST, digest.week)
        subject = digest_subject(digest, environment(place.folder))
        files, content = _written(digest, subject, draft, number, stem, place.folder, settings.sender)
        file = place.file(stem) if "eml" in formats else ""
        files = {f"{stem}.{suffix}": files[suffix] for suffix in formats}
        rows = (_row(digest, subject, draft, number, now, file, content),)
    done = Issued(rows, tuple(NewFile(place.target / name, content) for name, content in files.items()))
    changes = ChangeSet(added=new_rows(ledgers["Dispatch"], rows))
    return Result(
        verb="notice",
        book=book.name,
        changes=settled(book, ledgers, changes, now, verb=verb, actor=actor),
        findings=readers.findings,
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary=counted(done),
        files=done.files,
        notices=done.notices,
    )


def _written(
    digest: Digest, subject: str, draft: Draft, number: str, stem: str, folder: Path, sender: str
) -> tuple[dict[str, bytes], str]:
    """The digest in every format, and its content hash."""
    templates = environment(folder)
    page, text = digest_page(digest, templates), digest_text(digest, templates)
    word = WordPapers(folder).rendered(DIGEST, variables(digest))
    mail = digest_mail(
        digest,
        subject,
        page,
        text,
        read_mailbox(sender),
        [each.address for each in draft.to],
        attachments=[Attachment.word(f"{stem}.docx", word)],
        numbers=[number],
    )
    made = {"html": page.encode(), "txt": text.encode(), "docx": word, "eml": mail}
    return made, content_hash(subject, text)


def _row(
    digest: Digest, subject: str, draft: Draft, number: str, now: datetime, file: str, content: str
) -> Mapping[str, object]:
    return {
        "id": number,
        "title": subject,
        "kind": DIGEST,
        "source": digest.week,
        "rung": "",
        "recipients": "、".join(each.name for each in draft.to),
        "copies": "",
        "channel": "邮件" if file else "书面",
        "answer_needed": draft.answer,
        "state": WAITING,
        "created_at": now,
        "due_version": digest.week,
        "content_hash": content,
        "failure": "",
        "file": file,
    }
