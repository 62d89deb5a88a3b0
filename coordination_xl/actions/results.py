"""What a verb gives back: everything it found and would change, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.actions.changing.files import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.actions.changing.files import NewFile
    from coordination_xl.books.changes import ChangeSet
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.findings import Finding


@dataclass(frozen=True)
class Result:
    """The outcome of a verb on one workbook.

    Nothing is written until ``result.write(book)``, or ``book.apply(result.changes)`` for a verb that makes no files.

    Attributes:
        verb: which verb.
        book: what messages call the workbook.
        changes: what it would write.
        findings: what is wrong in the workbook.
        sheets: table name → sheet name, to tell people where.
        summary: figures for people and scripts.
        files: what it would put on disk besides the workbook: reports, dossiers, notices.
        notices: the notices it writes or sends, one a row of 发文记录: id, kind, source, rung, to, copies, title, state, file.
    """

    verb: str
    book: str
    changes: ChangeSet
    findings: tuple[Finding, ...] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, object] = field(default_factory=dict)
    files: tuple[NewFile, ...] = ()
    notices: tuple[Mapping[str, object], ...] = ()

    def write(self, book: Book) -> None:
        """Write the files and the change set: files are laid out first and stand in place only once the workbook is written.

        What fails before that leaves nothing behind. Should moving a file into place fail afterwards, the error says so.

        Raises:
            WorkbookError: the workbook cannot be written.
            SaveFailed: a file cannot be written.
            WriteRefused: a cell is in the way.
        """
        write_all(self.files, lambda: book.apply(self.changes))

    @property
    def is_needless(self) -> bool:
        """Whether there is nothing to write: every cell and every file is as it should be."""
        return not self.changes and all(file.is_there for file in self.files)
