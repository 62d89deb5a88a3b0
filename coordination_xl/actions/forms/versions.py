"""An earlier version of a form, kept whole in 修改记录. Source: SPEC section 3 (修改记录), B3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.edits import new_rows
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.books.changes import RowsAdded
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Form

LONGEST = 32_767
"""UTF-16 units that a cell holds."""


def full_text(
    ledgers: Ledgers, ledger: Ledger, row: int, form: Form, now: datetime, *, verb: str, actor: str
) -> tuple[RowsAdded, ...]:
    """Rows of 修改记录 with every field of a form as its row has it: one row, or several where one cell cannot hold it.

    Args:
        ledgers: the workbook, for the headers of 修改记录.
        ledger: the form's ledger as it stands.
        row: sheet row of the version that is about to be replaced.
        form: the form.
        now: the time of the record.
        verb: what does it, as the button says.
        actor: who asks.
    """
    stands = shown(ledger.typed_at(row, "version")) if ledger.has("version") else ""
    title = f"第{stands or '1'}版全文"
    fields = (each for each in form.columns if not ledger.table.column(each).is_computed and ledger.has(each))
    text = "\n".join(f"{ledger.headers[each]}：{shown(ledger.typed_at(row, each))}" for each in fields)
    pieces = pieces_of(text)
    records = [
        {
            "changed_at": now,
            "actor": actor,
            "verb": verb,
            "sheet": ledger.sheet,
            "record": ledger.id_at(row),
            "header": title if len(pieces) == 1 else f"{title}（{number}/{len(pieces)}）",
            "old": piece,
        }
        for number, piece in enumerate(pieces, start=1)
    ]
    return new_rows(ledgers["Audit"], records)


def pieces_of(text: str, longest: int = LONGEST) -> list[str]:
    """A text in pieces that a cell holds each; put together they are the text."""
    pieces, start, room = [], 0, longest
    for place, sign in enumerate(text):
        width = 2 if ord(sign) > 0xFFFF else 1
        if width > room:
            pieces.append(text[start:place])
            start, room = place, longest
        room -= width
    return [*pieces, text[start:]]
