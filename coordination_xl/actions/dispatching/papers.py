"""A letter becomes files: page, plain text, Word, and the mail that carries them. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.notices.environment import environment
from coordination_xl.notices.invitation import Invitation, as_calendar
from coordination_xl.notices.letters.letter import READ
from coordination_xl.notices.letters.meetings import Invitation as InvitationLetter
from coordination_xl.notices.mail import Attachment, Mail, as_bytes, content_hash
from coordination_xl.notices.word import WordPapers
from coordination_xl.notices.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from email.headerregistry import Address
    from pathlib import Path

    from coordination_xl.notices.letters.letter import Head
    from coordination_xl.notices.words import Words
    from coordination_xl.rules.dispatching.drafts import Draft


class Papers:
    """Writes the files of letters.

    Args:
        folder: the workbook's; templates in its ``templates/`` go before the shipped ones.
        formats: which files: ``html``, ``docx``, ``eml``, ``txt``.
    """

    def __init__(self, folder: Path, formats: Sequence[str]) -> None:
        self._writer, self._word = Writer(environment(folder)), WordPapers(folder)
        self._formats = tuple(formats)

    def words(self, letter: Head) -> Words:
        """What a letter says.

        Raises:
            BrokenTemplate: its ``words.txt`` cannot be used.
        """
        return self._writer.words(letter)

    def files(
        self,
        letter: Head,
        words: Words | None,
        drafts: Sequence[Draft],
        numbers: Sequence[str],
        stem: str,
        sender: Address | None,
    ) -> tuple[Mapping[str, bytes], str]:
        """The files of one letter by suffix, and its content hash.

        The Word notice goes with the mail of every kind that is filed; a reminder is read and done.

        Args:
            letter: what its templates are given.
            words: what it says, where that is known.
            drafts: the drafts in it; the first says to whom.
            numbers: their ids.
            stem: name of the files.
            sender: who sends the mail; ``None`` leaves that to the mail program.

        Raises:
            BrokenTemplate: a template cannot be used.
        """
        written = self._writer.written(letter, words)
        is_filed = all(draft.reminder is None for draft in drafts)
        word = self._word.rendered(letter.kind, written.context) if "docx" in self._formats else b""
        mail = Mail(
            subject=written.subject,
            html=written.html,
            text=written.text,
            moment=letter.now,
            sender=sender,
            to=tuple(each.address for each in drafts[0].to),
            copies=tuple(each.address for each in drafts[0].copies),
            numbers=tuple(numbers),
            attachments=(Attachment.word(f"{stem}.docx", word),) if word and is_filed else (),
            calendar=_calendar(letter, drafts[0], sender),
            asks_receipt=letter.answer == READ,
        )
        made = {"html": written.html.encode(), "txt": written.text.encode(), "docx": word, "eml": as_bytes(mail)}
        return {suffix: made[suffix] for suffix in self._formats if made[suffix]}, content_hash(
            written.subject, written.text, numbers
        )


def _calendar(letter: Head, draft: Draft, sender: Address | None) -> bytes | None:
    """The invitation that a 会议通知 carries; none where the meeting has no time."""
    if not isinstance(letter, InvitationLetter) or letter.starts_at is None:
        return None
    told = [*letter.agenda, f"需提前准备的材料：{letter.materials}" if letter.materials else ""]
    return as_calendar(
        Invitation(
            meeting=letter.record,
            company=letter.company,
            sequence=draft.sequence,
            summary=letter.title,
            starts_at=letter.starts_at,
            hours=letter.hours,
            place=letter.place,
            description="\n".join(filter(None, told)),
            moment=letter.now,
            organizer=sender,
            to=tuple(each.address for each in draft.to),
            copies=tuple(each.address for each in draft.copies),
            is_cancelled=draft.is_cancelled,
        )
    )
