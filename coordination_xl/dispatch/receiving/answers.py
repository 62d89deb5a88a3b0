"""A mail that came back, understood: who, when, about which notices, and what. Source: SPEC section 5, ``receipts``.

Nothing here looks at a ledger: whether the sender may answer is for the rules to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.receiving.confirmations import is_confirmation
from coordination_xl.dispatch.receiving.invitation_replies import invitation_reply
from coordination_xl.dispatch.receiving.moments import moment_of
from coordination_xl.dispatch.receiving.parts import Parts, UnreadableMail, headers_of, text_of
from coordination_xl.dispatch.receiving.plain_pages import text_of_page
from coordination_xl.dispatch.receiving.reply_text import Reply, reply_of
from coordination_xl.dispatch.receiving.reports import disposition, failures, is_automatic, original_ids
from coordination_xl.ledger.answers import Answer, AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_OWN_HEADER: Final = "X-Coordination-Notice"
_REPLYING: Final = re.compile(r"\s*已阅")
_MOST: Final = 100
_LONGEST_SEARCHED: Final = 200_000


@dataclass(frozen=True, slots=True)
class Numbering:
    """What ids look like in this workbook.

    Attributes:
        notice: of a row of 发文记录.
        meeting: of a row of 会议台账.
    """

    notice: re.Pattern[str]
    meeting: re.Pattern[str]

    def notices(self, text: str) -> tuple[str, ...]:
        """The ids of notices in a text, each once, in its order."""
        return found(self.notice, text)

    def meetings(self, text: str) -> tuple[str, ...]:
        """The ids of meetings likewise."""
        return found(self.meeting, text)


def found(shape: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What has a shape in a text and is no part of a longer word, each once, in its order."""
    text = text[:_LONGEST_SEARCHED]
    hits = [match for match, _ in zip(shape.finditer(text), range(_MOST), strict=False)]
    whole = [
        match[0]
        for match in hits
        if not _is_word(text[match.start() - 1 : match.start()]) and not text[match.end() : match.end() + 1].isdecimal()
    ]
    return tuple(dict.fromkeys(whole))


def _is_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def read_answer(content: bytes, place: str, kept: datetime, numbering: Numbering) -> Answer | None:
    """Understand one mail.

    Args:
        content: its bytes; those beyond the first four megabytes are not looked at.
        place: where it lies, for messages.
        kept: when it was put there, Asia/Shanghai without a zone.
        numbering: what ids look like.

    Returns:
        ``None`` where the mail is a notice itself, sent to or copied into this mailbox.

    Raises:
        UnreadableMail: it is no mail, or one that no mail program makes.
    """
    try:
        return _understood(Parts(content), place, kept, numbering)
    except RecursionError as fault:
        raise UnreadableMail("嵌套太多层") from fault


def _understood(parts: Parts, place: str, kept: datetime, numbering: Numbering) -> Answer | None:
    subject = parts.header("Subject")
    if parts.header(_OWN_HEADER) or _is_notice(parts, subject):
        return None
    reply = reply_of(_body(parts))
    kind, text, uid = AnswerKind.REPLY, reply.own, ""
    undelivered = failures(parts)
    if undelivered is not None:
        kind, text = undelivered[0], ""
    elif (opened := disposition(parts)) is not None:
        kind, text = opened, ""
    elif (calendar := invitation_reply(parts)) is not None:
        kind, uid = calendar.kind, calendar.uid
        text = reply_of(calendar.comment).own or text
        text = "" if is_confirmation(text) else text
    elif is_automatic(parts):
        kind = AnswerKind.AUTOMATIC
    elif not text or is_confirmation(text):
        kind, text = AnswerKind.READ, ""
    return Answer(
        place=place,
        message_id=parts.header("Message-ID").strip().strip("<>"),
        sender=parts.sender(),
        at=moment_of(parts, kept),
        kind=kind,
        numbers=_numbers(parts, subject, reply, numbering),
        meetings=numbering.meetings(uid),
        text=text,
        failures=undelivered[1] if undelivered else (),
        subject=subject[:200],
    )


def _is_notice(parts: Parts, subject: str) -> bool:
    """Whether it looks like a notice that a mail program sent from our draft, without our header."""
    return subject.startswith("【") and not parts.header("In-Reply-To") and not parts.header("References")


def _body(parts: Parts) -> str:
    """What a person sees of it: the plain text, or else the page."""
    plain, pages = [], []
    for part in parts.own_leaves():
        if part.get_content_type() == "text/plain":
            plain.append(text_of(part))
        elif part.get_content_type() == "text/html":
            pages.append(part)
    text = "\n".join(plain)
    return text if text.strip() or not pages else "\n".join(text_of_page(text_of(part)) for part in pages)


def _numbers(parts: Parts, subject: str, reply: Reply, numbering: Numbering) -> tuple[str, ...]:
    """Which notices it is about: what says so most plainly counts, and the rest is not asked."""
    for said in _evidence(parts, subject, reply, numbering):
        if numbers := numbering.notices(said):
            return numbers
    return ()


def _evidence(parts: Parts, subject: str, reply: Reply, numbering: Numbering) -> Iterable[str]:
    yield original_ids(parts)
    if _REPLYING.match(subject):
        yield subject
    yield parts.header("In-Reply-To")
    yield _last_bracketed(subject, numbering)
    yield subject
    yield from reversed(parts.header("References").split()[-20:])
    yield reply.own
    yield reply.quoted
    for enclosed in parts.enclosed():
        yield " ".join(headers_of(enclosed, "Subject"))


def _last_bracketed(subject: str, numbering: Numbering) -> str:
    """A notice's own number, which stands in brackets behind its title; the title may name others."""
    behind = [number for number in numbering.notices(subject) if re.search(rf"[（(]{re.escape(number)}[)）]", subject)]
    return behind[-1] if behind else ""
