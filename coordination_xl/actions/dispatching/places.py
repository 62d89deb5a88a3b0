"""Where a workbook's notices lie. Source: SPEC section 3, 参数; section 5, ``notice``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.notices.file_names import folder_name

if TYPE_CHECKING:
    from coordination_xl.books.port import Book
    from coordination_xl.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one run go.

    Attributes:
        folder: the workbook's own; the user's templates are in its ``templates/``.
        outbox: 外发目录.
        target: where the files go.
    """

    folder: Path
    outbox: Path
    target: Path

    @classmethod
    def of(cls, book: Book, settings: Settings, folder: Path | None = None, out: Path | None = None) -> Place:
        """The workbook's folder in 外发目录: two workbooks beside each other number their notices alike; or ``out``."""
        folder = folder or Path(book.name).parent
        outbox = outbox_of(settings, folder)
        return cls(folder, outbox, out or outbox / folder_name(Path(book.name).stem))

    def file(self, stem: str) -> str:
        """What 邮件文件 says of a mail; ``""`` where it lies outside of 外发目录, so that people send it by hand."""
        path = self.target.absolute() / f"{stem}.eml"
        outbox = self.outbox.absolute()
        return path.relative_to(outbox).as_posix() if path.is_relative_to(outbox) else ""


def outbox_of(settings: Settings, folder: Path) -> Path:
    """外发目录; a relative one begins at ``folder``."""
    return folder / settings.outbox.strip().replace("\\", "/")
