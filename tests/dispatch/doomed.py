"""A sender that is killed at a chosen step of a chosen mail: ``python -m tests.dispatch.doomed BOOK URL STEP NUMBER``.

It is the real sender: the steps are those of the conversation with the server and of writing, with a shot after or within one.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import TYPE_CHECKING

from coordination_xl.actions.send import send
from coordination_xl.books import open_book
from coordination_xl.dispatch.sending.smtp import Conversation
from coordination_xl.dispatch.servers import smtp_server
from tests.dispatch.post_office import NOW

if TYPE_CHECKING:
    from coordination_xl.dispatch.sending.messages import Message

CERTAIN = ("connect", "mail", "recipient", "data", "half of the text", "text")
"""Steps after which the server cannot have taken the mail."""
DOUBTFUL = ("journal", "dot", "answer")
"""Steps between the journal's last word before the dot and its first one after."""
RECORDING = ("before the save", "after the save")
STEPS = (*CERTAIN, *DOUBTFUL, *RECORDING)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Doomed(Conversation):
    """A conversation that ends in death."""

    step = ""
    number = 0
    turns = count(1)

    def send(self, message: Message, to, on_text):
        self.is_last = next(self.turns) == self.number

        def told(taken):
            self.shot("text")
            on_text(taken)
            self.shot("journal")

        return super().send(message, to, told)

    def shot(self, step: str) -> None:
        if self.is_last and self.step == step:
            die()

    def _begin(self, message):
        super()._begin(message)
        self.shot("mail")

    def _recipient(self, address):
        reply = super()._recipient(address)
        self.shot("recipient")
        return reply

    def _text(self, content):
        if self.is_last and self.step in ("data", "half of the text"):
            self._smtp.putcmd("data")
            self._smtp.getreply()
            self.shot("data")
            self._smtp.send(content[: len(content) // 2])
            die()
        super()._text(content)

    def _finish(self):
        if self.is_last and self.step == "dot":
            self._smtp.send(b".\r\n")
            die()
        reply = super()._finish()
        self.shot("answer")
        return reply


def main(path: str, url: str, step: str, number: str) -> None:
    Doomed.step, Doomed.number = step, int(number)
    book = open_book(path)

    def connect():
        if step == "connect":
            die()
        return Doomed(smtp_server(url))

    result = send(book, NOW, smtp=url).deliver(book, connect=connect, clock=lambda: NOW)
    if step == "before the save":
        die()
    if step == "after the save":
        write = book.apply

        def apply(changes):
            write(changes)
            die()

        book.apply = apply
    result.write(book)


if __name__ == "__main__":
    main(*sys.argv[1:])
