"""Accepted, declined, tentative: how calendars answer an invitation (RFC 5546), and how Outlook words it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from coordination_xl.dispatch.receiving.parts import text_of
from coordination_xl.ledger.answers import AnswerKind

if TYPE_CHECKING:
    from coordination_xl.dispatch.receiving.parts import Parts

_STATUS: Final = {
    "ACCEPTED": AnswerKind.ACCEPTED,
    "DECLINED": AnswerKind.DECLINED,
    "TENTATIVE": AnswerKind.TENTATIVE,
}
_SUBJECT: Final = re.compile(
    r"\s*(?:(?P<accepted>已?接受|已同意参加|accepted|accept)|(?P<declined>已?谢绝|已?拒绝|declined|decline)|"
    r"(?P<tentative>暂定|暂时接受|已暂时接受|tentative(?:ly accepted)?))\s*[:：]",
    re.IGNORECASE,
)
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(
    r"^(?P<name>[A-Za-z-]+)(?P<parameters>(?:;[^:\r\n\"]*(?:\"[^\"\r\n]*\"[^:\r\n\"]*)*)?):(?P<value>[^\r\n]*)",
    re.MULTILINE,
)
_PARTSTAT: Final = re.compile(r";\s*PARTSTAT\s*=\s*\"?(?P<status>[A-Za-z-]+)", re.IGNORECASE)
_LONGEST: Final = 100_000


class InvitationReply(NamedTuple):
    """The answer to an invitation.

    Attributes:
        kind: accepted, declined or tentative.
        uid: of the invitation; ``""`` where the subject alone tells.
        comment: what the person added in the calendar.
    """

    kind: AnswerKind
    uid: str = ""
    comment: str = ""


def invitation_reply(parts: Parts) -> InvitationReply | None:
    """What a calendar answers; ``None`` where the mail answers no invitation."""
    for part in parts.leaves():
        if part.get_content_type() in {"text/calendar", "application/ics"} and (
            found := _replied(text_of(part), parts.sender())
        ):
            return found
    match = _SUBJECT.match(parts.header("Subject"))
    return InvitationReply(AnswerKind[str(match.lastgroup).upper()]) if match else None


def _replied(calendar: str, sender: str) -> InvitationReply | None:
    """The answer of the one attendee that a reply names; of several, that of the sender."""
    lines = [
        (match["name"].upper(), match["parameters"], match["value"].strip())
        for match in _LINE.finditer(_FOLD.sub("", calendar[:_LONGEST]))
    ]
    first = {name: value for name, _, value in reversed(lines)}
    if first.get("METHOD", "").upper() not in {"REPLY", "COUNTER"}:
        return None
    attendees = [(parameters, value) for name, parameters, value in lines if name == "ATTENDEE"]
    own = [each for each in attendees if each[1].casefold().endswith(f":{sender}")] if sender else []
    chosen = own[0] if own else attendees[0] if len(attendees) == 1 else None
    status = _PARTSTAT.search(chosen[0]) if chosen else None
    kind = _STATUS.get(status["status"].upper()) if status else None
    if kind is None:
        return None
    comment = re.sub(r"\\(.)", lambda each: "\n" if each[1] in "nN" else each[1], first.get("COMMENT", ""))
    return InvitationReply(kind, first.get("UID", "")[:500], comment)
