"""Drafts become notices: a number each, a row of 发文记录, the files in the outbox. Source: SPEC section 3, section 5 ``notice``.

What goes wrong with one notice (a template, a contact) becomes that row's 失败原因; the others go on. Source: SPEC section 6.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import new_rows
from coordination_xl.actions.changing.files import NewFile
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.dispatching.heads import Heads
from coordination_xl.actions.dispatching.letters import letter_of
from coordination_xl.actions.dispatching.papers import Papers
from coordination_xl.actions.dispatching.places import Place
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.errors import BrokenTemplate, MissingColumn
from coordination_xl.notices.file_names import stem_of
from coordination_xl.notices.letters.bundle import bundle
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.rules.numbering import new_ids
from coordination_xl.schema import refusals
from coordination_xl.schema.tables import DISPATCH
from coordination_xl.schema.vocabulary import FAILED, WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.books.port import Book
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.notices.letters.letter import Head
    from coordination_xl.notices.words import Words
    from coordination_xl.rules.dispatching.drafts import Draft
    from coordination_xl.rules.timing.schedule import Plan

FORMATS = ("html", "docx", "eml")
ALL_FORMATS = (*FORMATS, "txt")


@dataclass(frozen=True, slots=True)
class Issue:
    """One draft with its number, and what became of it.

    Attributes:
        draft: the draft.
        number: its id in 发文记录.
        letter: what its templates are given; ``None`` where it failed.
        words: what it says; likewise.
        failure: why there is no message.
    """

    draft: Draft
    number: str
    letter: Head | None = None
    words: Words | None = None
    failure: str = ""

    @property
    def recipients(self) -> str:
        """主送 as 发文记录 names them."""
        return "、".join(each.name for each in self.draft.to) or self.draft.unreached

    @property
    def copies(self) -> str:
        """抄送 likewise."""
        return "、".join(each.name for each in self.draft.copies)

    @property
    def title(self) -> str:
        """Its title, or, where it says nothing, its kind and matter."""
        return self.words.title if self.words else f"{self.draft.kind} {self.draft.record}"


@dataclass(frozen=True, slots=True)
class Issued:
    """The notices of one run, before they are written.

    Attributes:
        rows: of 发文记录, identifier → value.
        files: for the outbox.
        findings: the notices that could not be written.
    """

    rows: tuple[Mapping[str, object], ...]
    files: tuple[NewFile, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def notices(self) -> tuple[Mapping[str, object], ...]:
        """What a script is told of each."""
        told = ("id", "kind", "source", "rung", "title", "recipients", "copies", "channel", "state", "file", "failure")
        return tuple({key: row[key] for key in told} for row in self.rows)

    def changes(self, ledgers: Ledgers) -> ChangeSet:
        """The new rows, not yet settled."""
        return ChangeSet(added=new_rows(ledgers["Dispatch"], self.rows))


def issued(
    book: Book,
    ledgers: Ledgers,
    plan: Plan,
    drafts: Sequence[Draft],
    now: datetime,
    *,
    verb: str,
    name: str,
    actor: str = "",
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
    out: Path | None = None,
    findings: Sequence[Finding] = (),
    summary: Mapping[str, object] | None = None,
) -> Result:
    """The result of a verb that writes notices.

    Args:
        book: the workbook.
        ledgers: its ledgers.
        plan: their schedules.
        drafts: what to write.
        now: the moment of writing.
        verb: what 修改记录 says.
        name: the verb's name.
        actor: who asks.
        formats: of :data:`ALL_FORMATS`.
        folder: where 外发目录 of 参数 begins and the user's templates are; the workbook's own where it is not given.
        out: where the files go instead of 外发目录.
        findings: what was found on the way.
        summary: more figures.
    """
    done = drawn_up(book, ledgers, plan, drafts, now, formats=formats, folder=folder, out=out)
    return Result(
        verb=name,
        book=book.name,
        changes=settled(book, ledgers, done.changes(ledgers), now, verb=verb, actor=actor),
        findings=(*findings, *done.findings),
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={**counted(done), **(summary or {})},
        files=done.files,
        notices=done.notices,
    )


def counted(done: Issued) -> dict[str, object]:
    """How many notices of each kind, how many mails they make, how many failed."""
    kinds: dict[str, int] = {}
    for row in done.rows:
        kinds[str(row["kind"])] = kinds.get(str(row["kind"]), 0) + 1
    failed = sum(row["state"] == FAILED for row in done.rows)
    mails = len({row["file"] for row in done.rows if row["file"]})
    return {"written": len(done.rows), "notice_kinds": kinds, "mails": mails, "failed": failed}


def drawn_up(
    book: Book,
    ledgers: Ledgers,
    plan: Plan,
    drafts: Sequence[Draft],
    now: datetime,
    *,
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
    out: Path | None = None,
) -> Issued:
    """Number the drafts, write their letters, and put several reminders to one person into one mail.

    Raises:
        MissingColumn: 发文记录 is of an older workbook and cannot say which file a notice is; nobody could send it.
    """
    if drafts and not ledgers["Dispatch"].has("file"):
        raise MissingColumn(
            f"工作表“{ledgers['Dispatch'].sheet}”",
            "没有“邮件文件”这一列，写了通知也无从发送",
            "工作簿是旧版本的：先运行 coordination-xl upgrade 补上缺少的列，再写通知",
        )
    drafts = [each for draft in drafts for each in _singly(draft)]
    place = Place.of(book, plan.basis.settings, folder, out)
    heads, papers = Heads(ledgers, plan.basis, now), Papers(place.folder, tuple(formats))
    numbers = new_ids(ledgers, DISPATCH, now.year, len(drafts))
    issues = [_issue(draft, number, ledgers, heads, papers) for draft, number in zip(drafts, numbers, strict=True)]
    rows: dict[str, Mapping[str, object]] = {}
    files: list[NewFile] = []
    findings: list[Finding] = []
    for group in _mails(issues):
        try:
            stem, written, digest = _written(group, heads, papers)
        except BrokenTemplate as fault:
            group, stem, written, digest = [replace(each, failure=str(fault)) for each in group], "", {}, ""
        findings += [_unwritten(each, ledgers) for each in group if each.failure and not each.draft.failure]
        files += [NewFile(place.target / f"{stem}.{suffix}", content) for suffix, content in written.items()]
        file = place.file(stem) if "eml" in written else ""
        rows |= {each.number: _row(each, now, file, digest, has_files=bool(written)) for each in group}
    return Issued(tuple(rows[each.number] for each in issues), tuple(files), tuple(findings))


def _unwritten(issue: Issue, ledgers: Ledgers) -> Finding:
    """A notice that failed; who could not be reached is told where that was found."""
    ledger, draft = ledgers[issue.draft.table], issue.draft
    facts = {"record": draft.record, "kind": draft.kind, "reason": issue.failure}
    return ledger.finding(refusals.NOTICE_FAILED, draft.row, "id", **facts)


def _singly(draft: Draft) -> list[Draft]:
    """A reminder is written to each person by itself: each gets one mail of all that is theirs."""
    if draft.reminder is None or len(draft.to) < 2:
        return [draft]
    return [replace(draft, to=(each,)) for each in draft.to]


def _issue(draft: Draft, number: str, ledgers: Ledgers, heads: Heads, papers: Papers) -> Issue:
    if not draft.to:
        return Issue(draft, number, failure=draft.failure)
    try:
        matter = Matter.at(ledgers[draft.table], draft.row)
        letter = letter_of(draft, heads.of(draft, matter, number), matter, ledgers)
        return Issue(draft, number, letter, papers.words(letter))
    except BrokenTemplate as fault:
        return Issue(draft, number, failure=str(fault))


def _mails(issues: Sequence[Issue]) -> list[list[Issue]]:
    """Which issues go into one mail: the reminders to one address; every other notice is one by itself."""
    groups: dict[object, list[Issue]] = {}
    for each in issues:
        is_shared = each.draft.reminder is not None and not each.failure
        key = each.draft.to[0].address.addr_spec.casefold() if is_shared else each.number
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _written(group: Sequence[Issue], heads: Heads, papers: Papers) -> tuple[str, Mapping[str, bytes], str]:
    """Stem, files by suffix, and content hash of one mail; nothing for one that failed.

    Who stands on two rungs of one matter is told of the higher one.
    """
    highest = {(each.draft.record, each.draft.version): each for each in group}
    told = [(each.letter, each.words) for each in highest.values() if each.letter and each.words]
    if not told:
        return "", {}, ""
    letter, words = (bundle(told), None) if len(told) > 1 else told[0]
    stem = stem_of(letter.number, letter.kind, letter.record)
    drafts, numbers = [each.draft for each in highest.values()], [each.number for each in group]
    written, digest = papers.files(letter, words, drafts, numbers, stem, heads.sender)
    return stem, written, digest


def _row(issue: Issue, now: datetime, file: str, digest: str, *, has_files: bool) -> Mapping[str, object]:
    draft = issue.draft
    return {
        "id": issue.number,
        "title": issue.title,
        "kind": draft.kind,
        "source": draft.record,
        "rung": draft.rung,
        "recipients": issue.recipients,
        "copies": issue.copies,
        "channel": "邮件" if file or not has_files else "书面",
        "answer_needed": draft.answer,
        "state": FAILED if issue.failure else WAITING,
        "created_at": now,
        "due_version": draft.version,
        "content_hash": digest,
        "failure": issue.failure,
        "file": file,
    }
