"""The journal of sending: what was about to happen, before it happens, and what came of it. Source: SPEC section 5, ``send``.

One JSON object a line, only ever appended to, and on the disk before the next step is taken. A mail goes through these events:

    intent      it is about to be sent: its notices and its recipients
    data        its text is with the server, and the next byte is the one that makes the server take it
    sent        the server said yes
    refused     the server said no, or never; for some recipients or all
    deferred    the server said not now, or was lost before ``data``
    recorded    the workbook has the outcome

So ``data`` without an answer behind it is the one state in which nobody knows, and it spans a single round trip. A line that was
being written when the power went is dropped when the journal is next opened for writing: what it announces had not begun.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.errors import JournalDamaged, JournalUnwritable, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

NAME = ".发送日志.jsonl"
INTENT, DATA, SENT, REFUSED, DEFERRED, RECORDED = "intent", "data", "sent", "refused", "deferred", "recorded"
ANSWERS = (SENT, REFUSED, DEFERRED)
EVENTS = (INTENT, DATA, *ANSWERS, RECORDED)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in a mail, as its row of 发文记录 has it. Two rows are of one notice where all but ``id`` are the same.

    Attributes:
        id: its number.
        kind: 通知种类.
        source: the matter.
        rung: 升级层级.
        version: 时限版本.
        title: 标题.
        book: the workbook it is from, by the folder that its files lie in.
    """

    id: str
    kind: str
    source: str
    rung: str
    version: str
    title: str
    book: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line.

    Attributes:
        at: when, Asia/Shanghai without a zone.
        event: one of :data:`EVENTS`.
        mail: the Message-ID.
        to: the recipients it is about.
        file: 邮件文件, with an intent.
        notices: what is in the mail, with an intent; with ``recorded`` their ids alone count.
        words: what the server said.
    """

    at: datetime
    event: str
    mail: str
    to: tuple[str, ...] = ()
    file: str = ""
    notices: tuple[Notice, ...] = ()
    words: str = ""

    @property
    def line(self) -> bytes:
        """As it stands in the journal."""
        told: dict[str, object] = {"at": self.at.isoformat(timespec="seconds"), "event": self.event, "mail": self.mail}
        told |= {"to": self.to} if self.to else {}
        told |= {"file": self.file} if self.file else {}
        told |= {"words": self.words} if self.words else {}
        if self.notices:
            told["notices"] = [{name: getattr(each, name) for name in Notice.__slots__} for each in self.notices]
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The event of a line.

        Raises:
            ValueError: it is none.
        """
        try:
            told = json.loads(line)
            event, mail, to = told["event"], told["mail"], told.get("to", ())
            if event not in EVENTS or not all(isinstance(each, str) for each in (mail, *to)):
                raise ValueError(event)
            notices = tuple(
                Notice(**{name: str(each[name]) for name in Notice.__slots__}) for each in told.get("notices", ())
            )
            at = datetime.fromisoformat(told["at"])
            return cls(at, event, mail, tuple(to), str(told.get("file", "")), notices, str(told.get("words", "")))
        except (KeyError, TypeError, AttributeError) as fault:
            raise ValueError(str(fault)) from fault


def read_journal(folder: Path) -> tuple[Event, ...]:
    """What was done from this outbox so far; nothing where there is no journal.

    Raises:
        JournalDamaged: a line other than a last, unfinished one is no event.
    """
    path = folder / NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as fault:
        raise JournalDamaged(str(path), f"无法读取（{reason(fault)}）", "检查文件权限后再发送") from fault
    return tuple(_events(path, content))


class Journal:
    """The journal of an outbox, open for writing. Whoever opens it holds the lock of the outbox.

    Args:
        folder: the outbox.

    Attributes:
        past: what it says already.

    Raises:
        JournalDamaged: it cannot be understood.
        JournalUnwritable: it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self.past = read_journal(folder)
        is_new = not self._path.exists()
        try:
            _drop_unfinished(self._path)
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            if is_new and os.name != "nt":
                _flush(folder)
        except OSError as fault:
            raise self._unwritable(fault) from fault

    def append(self, event: Event) -> None:
        """Write an event; it is on the disk when this returns.

        Raises:
            JournalUnwritable: it is not.
        """
        try:
            rest = event.line
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as fault:
            raise self._unwritable(fault) from fault

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _unwritable(self, fault: OSError) -> JournalUnwritable:
        return JournalUnwritable(
            str(self._path), f"发送日志写不进去（{reason(fault)}），不能发送", "检查文件夹权限和磁盘空间，再发送一次"
        )


def _events(path: Path, content: bytes) -> Iterator[Event]:
    *lines, last = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            yield Event.read(line)
        except ValueError as fault:
            raise JournalDamaged(
                f"{path} 第 {number} 行",
                "无法读懂，不能判断哪些邮件已经发出",
                "用备份恢复这个文件；没有备份的，先核对邮箱的“已发送”，把已发出的行改为“已发送”，再给这个文件改名",
            ) from fault
    try:
        yield Event.read(last)
    except ValueError:  # was being written when everything stopped
        return


def _drop_unfinished(path: Path) -> None:
    """End the file with a whole line."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    last = content[content.rfind(b"\n") + 1 :]
    if not last:
        return
    with path.open("r+b") as file:
        try:
            Event.read(last)
        except ValueError:
            file.truncate(len(content) - len(last))
        else:  # whole but for its end
            file.seek(0, os.SEEK_END)
            file.write(b"\n")
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Make the new file's name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ids_of(notices: Sequence[Notice]) -> tuple[str, ...]:
    """The numbers of notices."""
    return tuple(each.id for each in notices)
