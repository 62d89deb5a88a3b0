"""What the record ledgers say of a matter: its last feedback, an open extension, the reminders before. Source: SPEC section 3."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordination_xl.notices.letters.matter import Matter
from coordination_xl.schema.notices import REMINDERS
from coordination_xl.schema.vocabulary import CONFIDENTIALITY, READ, SENDING, SENT

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers

_OPEN_REQUEST = "待审批"
_SENT = (SENDING, SENT, READ)
_USUAL = "内部"
_MOST = 10
_LONG_AGO = np.datetime64("0001-01-01", "s")


class Told(NamedTuple):
    """A reminder that went out before.

    Attributes:
        at: when.
        kind: 通知种类.
        rung: 升级层级 that was told; ``""`` for 蓝.
        to: its recipients.
        number: its id.
    """

    at: datetime | None
    kind: str
    rung: str
    to: str
    number: str


def row_of(ledgers: Ledgers, table: str, record: str) -> Matter | None:
    """The row of a ledger with this id; ``None`` where there is none."""
    ledger = ledgers[table]
    found = [int(row) for row in ledger.rows[ledger.ids == record]] if record else []
    return Matter.at(ledger, found[0]) if found else None


def last_feedback(ledgers: Ledgers, record: str) -> Matter | None:
    """The row of 进展反馈 that tells last of a matter; of two at one moment, the lower one. Source: SPEC A11."""
    ledger = ledgers["Progress"]
    places = np.flatnonzero(ledger["source"].to_numpy(dtype=object) == record)
    if not len(places):
        return None
    moments = ledger["reported_at"].to_numpy(dtype="datetime64[s]")[places]
    moments = np.where(np.isnat(moments), _LONG_AGO, moments)
    latest = places[np.flatnonzero(moments == moments.max())[-1]]
    return Matter.at(ledger, int(ledger.rows[latest]))


def pending_extension(ledgers: Ledgers, record: str) -> str:
    """Id of the last extension of a matter that waits for a decision; ``""`` where none does."""
    ledger = ledgers["Extensions"]
    is_pending = (ledger["source"].to_numpy(dtype=object) == record) & (
        ledger["decision"].to_numpy(dtype=object) == _OPEN_REQUEST
    )
    found = ledger.ids[is_pending]
    return str(found[-1]) if len(found) else ""


def reminders_before(ledgers: Ledgers, record: str, rule: str, due: datetime) -> tuple[Told, ...]:
    """Reminders of one clock of a matter that went out, the first first, at most the last ten.

    Rows of 发文记录 without 时限版本 count for any clock, as they do for sending once.
    """
    ledger = ledgers["Dispatch"]
    versions = ledger["due_version"].to_numpy(dtype=object)
    version = f"{rule} {due:%Y-%m-%d %H:%M}"
    is_same = np.array(
        [each == "" or each == version or each.startswith(f"{version}（") for each in versions], dtype=bool
    )
    is_told = (
        (ledger["source"].to_numpy(dtype=object) == record)
        & ledger["kind"].isin(REMINDERS).to_numpy()
        & ledger["state"].isin(_SENT).to_numpy()
        & is_same
    )
    rows = [Matter.at(ledger, int(row)) for row in ledger.rows[is_told]]
    told = [
        Told(row["sent_at"] or row["created_at"], row["kind"], row["rung"], row["recipients"], row["id"])
        for row in rows
    ]
    return tuple(sorted(told, key=lambda each: f"{each.at or ''}")[-_MOST:])


def is_readable(level: str, limit: str) -> bool:
    """Whether what is of one 保密等级 may stand in a notice of another; a word that nobody knows is the highest."""
    return rank(level) <= rank(limit)


def rank(level: str) -> int:
    """How secret a 保密等级 is, 0 for 公开; blank is 内部. Source: SPEC B6."""
    word = CONFIDENTIALITY.meaning(level.strip() or _USUAL)
    return len(CONFIDENTIALITY.words) if word is None else CONFIDENTIALITY.words.index(word)


def closing(due: datetime | None, original: datetime | None) -> datetime | None:
    """A due time that was typed as a day, with the hour that 原定时限 gives the same day."""
    if due is None or original is None or due.time() != time() or original.date() != due.date():
        return due
    return original
