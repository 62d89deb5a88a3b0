"""What 发文记录 has already: nothing is told twice to one person. Source: SPEC section 5, ``send``.

The key is (source, kind, rung, 时限版本, recipient). A row without a 时限版本, as people and older workbooks write it, counts as
any version. A row that is 失败 is there too: it is mended and sent again by 发送, not written anew. Only where somebody asks
for the matter by name is a row that never became a mail (失败, no file) passed over: there is nothing that could be sent again.

Somebody has a notice who is named in a row, or whose 代办人 got it for them; and who acts only for people who had it before
their leave gets no second one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast

import pandas as pd

from coordination_xl.ledger.folding import fold, fold_name
from coordination_xl.ledger.recipient_lists import read_recipients
from coordination_xl.rules.people.delegates import member_of
from coordination_xl.schema.vocabulary import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.dispatching.drafts import Draft, Recipient
    from coordination_xl.rules.people.delegates import Member

_AGAIN = "（第"
CANCELLED = "（取消）"
_KEY = ("source", "kind", "rung")
_ASKED = ("id", "due_version", "recipients", "copies", "state", "created_at", "sent_at", "file")
_WHOLE = ""
"""In place of a person: the whole department."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of 发文记录.

    Attributes:
        number: its id.
        version: 时限版本, ``""`` where it has none.
        members: who got it, directly, as copy, or through whoever acted for them; of a department alone its name and ``""``.
        state: 发送状态.
        has_mail: it became a mail.
        when: 发送时间, else 拟稿时间; ``None`` where it has neither.
    """

    number: str
    version: str
    members: frozenset[Member]
    state: str
    has_mail: bool
    when: datetime | None

    @property
    def has_failed(self) -> bool:
        """Whether it reached nobody."""
        return self.state == FAILED

    @property
    def is_cancellation(self) -> bool:
        """Whether it called a meeting off."""
        return fold(CANCELLED) in fold(self.version)


@dataclass(frozen=True)
class Sent:
    """发文记录, asked for what it has.

    Attributes:
        columns: identifier → what its rows say, of the columns that are asked for.
        places: (source, kind, rung) → positions of its rows, in their order.
        members: a text of 收件人 or 抄送 → who is in it.
    """

    columns: Mapping[str, NDArray[np.object_]]
    places: Mapping[tuple[str, str, str], Sequence[int]]
    members: Callable[[str], frozenset[Member]]

    @classmethod
    def of(cls, dispatch: Ledger, directory: Directory) -> Sent:
        """Read it.

        Args:
            dispatch: columns ``id``, ``source``, ``kind``, ``rung``, ``due_version``, ``recipients``, ``copies``, ``state``,
                ``created_at``, ``sent_at``, ``file``; texts, blank is ``""``.
            directory: the names of 通讯录.
        """
        keys = dispatch.frame[list(_KEY)].reset_index(drop=True)
        places = keys.groupby(list(_KEY), sort=False).indices if len(keys) else {}
        columns = {name: dispatch[name].to_numpy(dtype=object) for name in _ASKED}
        return cls(
            columns,
            cast("Mapping[tuple[str, str, str], Sequence[int]]", places),
            cache(lambda text: _members(text, directory)),
        )

    def rows(self, record: str, kind: str, rung: str = "") -> tuple[Row, ...]:
        """The rows of one kind about one matter, the earliest first."""
        return tuple(self._row(place) for place in self.places.get((record, kind, rung), ()))

    def _row(self, place: int) -> Row:
        record = {name: values[place] for name, values in self.columns.items()}
        moments = (record["sent_at"], record["created_at"])
        when = next((each.to_pydatetime() for each in moments if isinstance(each, pd.Timestamp)), None)
        return Row(
            str(record["id"]),
            str(record["due_version"]),
            self.members(str(record["recipients"])) | self.members(str(record["copies"])),
            str(record["state"]),
            bool(record["file"]),
            when,
        )

    def unsent(self, draft: Draft, *, is_named: bool = False) -> Draft | None:
        """The draft without those who have it; ``None`` where no 主送 is left: copies alone are not sent anew.

        Args:
            draft: what would be written; one that reaches nobody is dropped where any row has its version.
            is_named: somebody asks for the matter by name.
        """
        rows = self._there(draft, is_named=is_named)
        if not draft.to:
            return None if rows else draft
        told = members_of(rows)
        to, copies = (tuple(each for each in part if not has(told, each)) for part in (draft.to, draft.copies))
        return replace(draft, to=to, copies=copies) if to else None

    def number_of(self, draft: Draft) -> str:
        """The id of the last row by which a 主送 of a draft has it; ``""`` where none has."""
        row = self.row_of(draft)
        return row.number if row else ""

    def row_of(self, draft: Draft, *, is_named: bool = False) -> Row | None:
        """That row itself; ``None`` where there is none."""
        rows = self._there(draft, is_named=is_named)
        found = [row for row in rows if not draft.to or any(has(row.members, each) for each in draft.to)]
        return found[-1] if found else None

    def _there(self, draft: Draft, *, is_named: bool) -> list[Row]:
        rows = self.rows(draft.record, draft.kind, draft.rung)
        return [
            row
            for row in rows
            if (not row.version or _same(row.version) == _same(draft.version))
            and not (is_named and row.has_failed and not row.has_mail)
        ]

    def sequence(self, record: str, kind: str, version: str) -> int:
        """How many other versions were written, blank ones left out: SEQUENCE of a calendar entry. Source: RFC 5545."""
        return len({_same(row.version) for row in self.rows(record, kind)} - {_same(version), ""})

    def version_of(self, record: str, kind: str, version: str) -> str:
        """What the 时限版本 of a matter is called now.

        One that was told before, and another after it, comes up anew: ``2026-11-24 14:00 第一会议室（第3次）``.
        """
        told = [row.version for row in self.rows(record, kind)]
        if told and is_version(told[-1], version):
            return told[-1] or version
        if any(is_version(each, version) for each in told if each):
            return f"{version}{_AGAIN}{len(set(told)) + 1}次）"
        return version


def is_version(told: str, version: str) -> bool:
    """Whether a 时限版本 of 发文记录 is this one, for the first time or again; a blank one is any."""
    return not told or _same(told) == _same(version) or _same(told).startswith(_same(version + _AGAIN))


def has(members: frozenset[Member], recipient: Recipient) -> bool:
    """Whether somebody is among those who got it; of several behind one address, all of them.

    Whoever only acts for others is, where these are.
    """

    def is_in(member: Member) -> bool:
        return member in members or (member[0], _WHOLE) in members

    is_acting = bool(recipient.principals) and all(map(is_in, recipient.principals))
    return (is_in(recipient.member) or is_acting) and all(map(is_in, recipient.others))


def members_of(rows: Iterable[Row]) -> frozenset[Member]:
    """Everybody who is in any of some rows."""
    return frozenset(member for row in rows for member in row.members)


def _same(version: str) -> str:
    """The key under which a 时限版本 is the same before and after it stood in a cell, which is read with its widths folded."""
    return fold_name(version)


def _members(text: str, directory: Directory) -> frozenset[Member]:
    """The persons in 收件人; of a department alone, or all of it, its name and ``""``."""
    named, acted = read_recipients(text, directory)
    found = set()
    for party in (*named, *acted):
        member = member_of(party, directory)
        if member is not None:
            found.add(member)
        elif party.department is not None:
            found.add((party.department, party.person or _WHOLE))
    return frozenset(found)
