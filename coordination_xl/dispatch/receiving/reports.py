"""What mail programs and servers report of themselves: opened (RFC 8098), not delivered (RFC 3464), out of office (RFC 3834)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.receiving.parts import FIELDS, bytes_of, headers_of
from coordination_xl.ledger.answers import AnswerKind, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.dispatch.receiving.parts import Parts

_FIELD: Final = re.compile(r"^(?P<name>[A-Za-z-]+):[ \t]*(?P<value>.*(?:\r?\n[ \t]+.*)*)", re.MULTILINE)
_LONGEST_REASON: Final = 300
_MOST: Final = 100
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"(?:自动(?:回复|答复|应答)|自動(?:回覆|回復)|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|"
    r"out of (?:the )?office|外出(?:回复|自动))",
    re.IGNORECASE,
)
_RECEIPT_SUBJECT: Final = re.compile(
    r"\s*(?:已读|已讀取?|阅读回执|已读回执|读取回执|read|read receipt)\s*[:：]", re.IGNORECASE
)
_UNREAD_SUBJECT: Final = re.compile(r"\s*(?:未读|未讀|not read)\s*[:：]", re.IGNORECASE)
_BOUNCERS: Final = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)


def disposition(parts: Parts) -> AnswerKind | None:
    """What a read receipt tells; ``None`` where the mail is none."""
    for part in parts.leaves():
        if part.get_content_type() == "message/disposition-notification":
            fields = dict(_fields(_status_text(part)))
            said = fields.get("disposition", "").rpartition(";")[2].partition("/")[0].strip().casefold()
            return AnswerKind.READ if said == "displayed" else AnswerKind.UNREAD
    if parts.parameter("report-type") == "disposition-notification" or _RECEIPT_SUBJECT.match(parts.header("Subject")):
        return AnswerKind.READ
    return AnswerKind.UNREAD if _UNREAD_SUBJECT.match(parts.header("Subject")) else None


def original_ids(parts: Parts) -> str:
    """What a report says of the mail it is about: its Message-ID, its subject and the numbers in its headers, in one text."""
    told: list[str] = []
    for part in parts.leaves():
        if part.get_content_type() in FIELDS:
            told += [
                value
                for name, value in _fields(_status_text(part))
                if name in {"original-message-id", "original-envelope-id"}
            ]
    for enclosed in parts.enclosed():
        for name in ("X-Coordination-Notice", "Message-ID", "Subject"):
            told += headers_of(enclosed, name)
    return "\n".join(told)


def failures(parts: Parts) -> tuple[AnswerKind, tuple[Failure, ...]] | None:
    """Whom a mail did not reach; ``None`` where the mail is no such report.

    A delay is reported as :attr:`AnswerKind.DELAYED`: the server goes on trying.
    """
    statuses = [part for part in parts.leaves() if part.get_content_type() == "message/delivery-status"]
    if not statuses:
        return _informal(parts)
    found: dict[str, Failure] = {}
    is_delayed = False
    for part in statuses:
        for block in re.split(r"\r?\n[ \t]*\r?\n", _status_text(part))[:_MOST]:
            fields = dict(_fields(block))
            address = _address(fields.get("original-recipient", "")) or _address(fields.get("final-recipient", ""))
            action = fields.get("action", "").strip().casefold()
            is_delayed |= action == "delayed"
            if address and action == "failed":
                reason = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("status", "")
                found.setdefault(address, Failure(address, _short(reason)))
    if found:
        return AnswerKind.UNDELIVERED, tuple(found.values())
    return (AnswerKind.DELAYED if is_delayed else AnswerKind.AUTOMATIC), ()


def _informal(parts: Parts) -> tuple[AnswerKind, tuple[Failure, ...]] | None:
    """A report that is not of the standard's form: its header names those whom the mail did not reach."""
    named = parts.header("X-Failed-Recipients")
    if not named or not is_bounce(parts):
        return None
    addresses = re.findall(r"[^\s,;<>]+@[^\s,;<>]+", named)[:_MOST]
    return AnswerKind.UNDELIVERED, tuple(
        Failure(each.casefold(), _short(parts.header("Subject"))) for each in addresses
    )


def is_automatic(parts: Parts) -> bool:
    """Whether a program wrote it, not a person: whoever is out of office has read nothing."""
    submitted = parts.header("Auto-Submitted").partition(";")[0].strip().casefold()
    return (
        submitted not in {"", "no"}
        or parts.header("Precedence").casefold() in {"bulk", "junk", "list", "auto_reply", "auto-reply"}
        or any(parts.header(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Unsubscribe"))
        or bool(_AUTOMATIC_SUBJECT.search(parts.header("Subject")[:200]))
        or is_bounce(parts)
    )


def is_bounce(parts: Parts) -> bool:
    """Whether a mail server wrote it, as far as its sender tells."""
    return bool(_BOUNCERS.match(parts.sender()))


def _status_text(part: object) -> str:
    """The fields of a report as text; Python's parser makes headers of them."""
    payload = part.get_payload()  # type: ignore[attr-defined]
    if not isinstance(payload, list):
        return bytes_of(part).decode("utf-8", "replace")  # type: ignore[arg-type]
    return "\n\n".join("\n".join(f"{name}: {value}" for name, value in each.items()) for each in payload[:_MOST])


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for match in _FIELD.finditer(text[:100_000]):
        yield match["name"].casefold(), " ".join(match["value"].split())


def _address(field: str) -> str:
    address = field.rpartition(";")[2].strip().strip("<>").casefold()
    return address if "@" in address else ""


def _short(reason: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())
    return words if len(words) <= _LONGEST_REASON else f"{words[: _LONGEST_REASON - 1]}…"
