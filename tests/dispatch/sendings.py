"""Steps that the tests of sending have in common: a workbook with drafts, a sending, what the row says then."""

from __future__ import annotations

from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.actions.send import send
from coordination_xl.books import ChangeSet, open_book
from coordination_xl.dispatch.sending.journal import INTENT, Event, Notice
from coordination_xl.ledger.collection import Ledgers
from tests.builders import row_of
from tests.dispatch.post_office import NOW, STEM, lay_out, mail, row


class Naps(list):
    """Sleeps that take no time, and are remembered."""

    def __call__(self, seconds):
        self.append(seconds)


def planned(path, office, **more):
    book = open_book(path)
    return book, send(book, NOW, smtp=office.url, actor="张三", **more)


def delivered(path, office, **more):
    book, sending = planned(path, office)
    result = sending.deliver(book, **{"sleep": Naps(), "clock": lambda: NOW} | more)
    result.write(book)
    return result


def shown(path, number=1):
    return row_of(open_book(path), f"TZ-2026-{number:04}")


def change(path, number, **values):
    """Somebody writes into the row."""
    book = open_book(path)
    ledger, place = Ledgers.read(book).locate(f"TZ-2026-{number:04}")
    book.apply(ChangeSet(columns=cell_changes(ledger, [(place, *each) for each in values.items()])))


def one(folder, *to, rows=None, **more):
    """A workbook with one draft."""
    rows = rows or [row(1)]
    return lay_out(folder, rows, {str(rows[0]["file"]): mail(1, *(to or ("a@example.com",)), **more)})


def intent_of():
    notice = Notice("TZ-2026-0001", "问题分派通知", "WT-2026-0001", "", "2026-03-18", "关于第1件事的问题分派通知", STEM)
    to = ("a@example.com",)
    return Event(NOW, INTENT, "<TZ-2026-0001.abc@example.com>", to, f"{STEM}/TZ-2026-0001.eml", (notice,))


class Once:
    """An answer for the first time that somebody is named."""

    def __init__(self, who, answer):
        self.who, self.answer = who, answer

    def __call__(self, who):
        if who != self.who:
            return None
        answer, self.answer = self.answer, None
        return answer
