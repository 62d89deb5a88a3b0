"""What a sending gives back: a result that tells the journal, too, when the workbook has it. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.actions.results import Result
from coordination_xl.errors import JournalUnwritable, OutcomeNotSaved, SendingElsewhere, WorkbookError, WriteRefused

if TYPE_CHECKING:
    from coordination_xl.books.port import Book
    from coordination_xl.dispatch.sending.journal import Event
    from coordination_xl.dispatch.sending.outbox import Outbox


@dataclass(frozen=True)
class Sent(Result):
    """What was sent, and what 发文记录 shall say of it.

    Attributes:
        outbox: where the journal is; ``None`` where nothing was sent.
        recorded: what the journal is told when the workbook has it.
    """

    outbox: Outbox | None = None
    recorded: tuple[Event, ...] = ()

    def write(self, book: Book) -> None:
        """Write the outcome into the workbook, and into the journal that it is there.

        Raises:
            OutcomeNotSaved: the workbook cannot be written; the next sending does it, from the journal.
        """
        try:
            super().write(book)
        except (WorkbookError, WriteRefused) as fault:
            raise OutcomeNotSaved(
                fault.where,
                f"{fault.what}；邮件已经发出的，结果记在外发目录的发送日志里，还没有记进工作簿",
                f"{fault.remedy}。再【发送】时，已发出的只补记，不重发",
            ) from fault
        if self.outbox is None or not self.recorded:
            return
        known_later = contextlib.suppress(
            SendingElsewhere, JournalUnwritable
        )  # the next sending sees it in the workbook
        with known_later, self.outbox.journal() as journal:
            for event in self.recorded:
                journal.append(event)
