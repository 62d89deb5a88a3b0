"""The outbox: the folder of mails, and the right to send from it, which one has at a time. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from coordination_xl.dispatch.sending.journal import Journal, read_journal
from coordination_xl.errors import JournalUnwritable, SendingElsewhere, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordination_xl.dispatch.sending.journal import Event

LOCK = ".发送日志.lock"
SUFFIX = ".eml"


class Unusable(Exception):
    """A file of the outbox that cannot be sent; its words are a row's 失败原因."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """The folder that 外发目录 names; it need not be there.

    Attributes:
        folder: where.
    """

    folder: Path

    def content(self, file: str) -> bytes:
        """The bytes of a mail.

        Args:
            file: 邮件文件: its path below the folder.

        Raises:
            Unusable: it is not there, lies elsewhere, or is no .eml.
        """
        if not file:
            raise Unusable("没有邮件文件：请对这件事项点名【生成通知】；不发邮件的，改写“渠道”")
        path = self.folder / file
        if not path.resolve().is_relative_to(self.folder.resolve()) or path.suffix.lower() != SUFFIX:
            raise Unusable(f"“{file}”不是外发目录里的 .eml 文件：请改正“邮件文件”，再把状态改为“待发送”")
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise Unusable(
                f"外发目录里没有“{file}”：把文件放回原处，再把状态改为“待发送”；找不回的，清空“邮件文件”，再对这件事项点名【生成通知】"
            ) from None
        except OSError as fault:
            raise Unusable(f"“{file}”无法读取（{reason(fault)}）：检查文件后，再把状态改为“待发送”") from fault

    def past(self) -> tuple[Event, ...]:
        """What was done from it so far.

        Raises:
            JournalDamaged: the journal cannot be understood.
        """
        return read_journal(self.folder)

    @contextmanager
    def journal(self, patience: float = 0) -> Iterator[Journal]:
        """The journal, open for writing, and nobody else's until it is let go; a crash lets go of it, too.

        Args:
            patience: seconds to wait for somebody else's sending to end.

        Raises:
            SendingElsewhere: somebody is sending.
            JournalDamaged: the journal cannot be understood.
            JournalUnwritable: it cannot be written.
        """
        lock = FileLock(self.folder / LOCK, timeout=patience)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise SendingElsewhere(str(self.folder), "另一个【发送】正在进行", "等它结束再发送") from None
        except OSError as fault:
            raise JournalUnwritable(
                str(self.folder), f"外发目录写不进去（{reason(fault)}），不能发送", "检查文件夹权限和磁盘空间"
            ) from fault
        try:
            with Journal(self.folder) as journal:
                yield journal
        finally:
            lock.release()


def tidy(file: str) -> str:
    """邮件文件 as it is compared: one way to write slashes and letters."""
    text = unicodedata.normalize("NFC", file.strip().replace("\\", "/"))
    return PurePosixPath(text).as_posix() if text else ""


def book_of(file: str) -> str:
    """The workbook that a mail is from: the folder below the outbox that it lies in."""
    parts = PurePosixPath(file).parts
    return parts[0] if len(parts) > 1 else ""
