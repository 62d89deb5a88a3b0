"""What waits in the outbox and must not go out any more: the workbook has moved on since it was written.

A notice tells what was so when it was written. Before it is sent, level and clearance are judged anew, and reminders of matters
that are paused or over are kept back. Source: SPEC B6, section 4 (paused time), section 5 ``send``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.errors import UnknownRecord
from coordination_xl.rules.dispatching.clearance import contact_level, level_of
from coordination_xl.rules.dispatching.once import CANCELLED
from coordination_xl.rules.dispatching.recipients import Recipients
from coordination_xl.schema.notices import INVITATION, REMINDERS, WITHHELD
from coordination_xl.schema.vocabulary import CONFIDENTIALITY, YES_NO

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.delegates import Delegates

_LEVELS = CONFIDENTIALITY.words
_USUAL = _LEVELS.index("内部")
_BY_RULE = re.compile(r"(?P<rule>\S+) \d{4}-\d\d-\d\d \d\d:\d\d")
"""时限版本 of a reminder; people may write others."""


class HeldBack:
    """Judges mails of the outbox against the workbook as it stands.

    Args:
        ledgers: the workbook.
        delegates: who acts for whom.
        day: the day of sending.
    """

    def __init__(self, ledgers: Ledgers, delegates: Delegates, day: date) -> None:
        self._ledgers, self._dispatch = ledgers, ledgers["Dispatch"]
        self._readers = Recipients.of(ledgers["Contacts"], delegates, day).readers
        rules = ledgers["Rules"]
        self._rules = frozenset(rules["rule"][rules["is_active"] != YES_NO.words[1]])

    def reason(self, rows: Sequence[int], addresses: Sequence[str]) -> str:
        """Why a mail must stay, ``""`` where it may go.

        Args:
            rows: the sheet rows of 发文记录 that are in it. One with content that a recipient may not read holds it back;
                one that is moot does so only if all are.
            addresses: who would get it.
        """
        for row in rows:
            if told := self._unread(row, addresses):
                return told
        moot = [self._moot(row) for row in rows]
        return moot[0] if moot and all(moot) else ""

    def _unread(self, row: int, addresses: Sequence[str]) -> str:
        if WITHHELD in str(self._dispatch["title"][row]) or self._matter(row) is None:
            return ""
        level = level_of(self._ledgers, self._dispatch, row)
        strangers = [each for each in addresses if not self._may_read(each, _LEVELS.index(level))]
        if not strangers:
            return ""
        return (
            f"{self._dispatch['source'][row]} 的保密等级现为“{level}”，{'、'.join(strangers)} 不能阅看，没有发出；"
            "清空“邮件文件”，再点名【生成通知】"
        )

    def _may_read(self, address: str, level: int) -> bool:
        """Somebody whom 通讯录 does not know reads what everybody in the company may."""
        readers = self._readers.get(address.casefold(), ())
        levels = [_LEVELS.index(contact_level(each)) for each in readers]
        return min(levels, default=_USUAL) >= level

    def _moot(self, row: int) -> str:
        kind, source, matter = str(self._dispatch["kind"][row]), str(self._dispatch["source"][row]), self._matter(row)
        if kind not in {*REMINDERS, INVITATION} or matter is None:
            return ""
        ledger, place = matter
        state, life, version = str(ledger["state"][place]), ledger.table.life, str(self._dispatch["due_version"][row])
        if kind == INVITATION:
            is_over = state == "驳回" and CANCELLED not in version
            return f"{source} 现为“{state}”，会议通知没有发出；发过的由【生成通知】通知取消" if is_over else ""
        if life and state in life.finished | life.paused:
            return f"{source} 现为“{state}”，不再催办，没有发出"
        told = _BY_RULE.match(version)
        if told and told["rule"] not in self._rules:
            return f"时限规则 {told['rule']} 已停用或删去，不再催办，没有发出"
        return ""

    def _matter(self, row: int) -> tuple[Ledger, int] | None:
        """The matter of a notice; ``None`` for 周报, and where it was deleted since: that was judged when it was written."""
        try:
            return self._ledgers.locate(str(self._dispatch["source"][row]))
        except UnknownRecord:
            return None
