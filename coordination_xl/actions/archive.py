"""归档: finished matters to their last state, their lessons to 案例库, all their papers into one folder. Source: SPEC section 5."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.actions.changing.files import NewFile
from coordination_xl.actions.changing.settling import settled
from coordination_xl.actions.dispatch_files import DispatchFiles
from coordination_xl.actions.results import Result
from coordination_xl.books.changes import ChangeSet
from coordination_xl.errors import SaveFailed, reason
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.folding import fold
from coordination_xl.notices.dossier import COPIES, DATA, PAGE, Dossier, dossier_data, dossier_page
from coordination_xl.notices.dossier_entries import Entries
from coordination_xl.notices.environment import environment
from coordination_xl.rules.archive.archiving import ARCHIVED, archivable
from coordination_xl.rules.archive.case_rows import RESTRICTED_NOTE, case_of, folder_name, is_restricted, level_of
from coordination_xl.rules.numbering import new_ids
from coordination_xl.rules.settings import Settings
from coordination_xl.schema.tables import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from coordination_xl.books.port import Book
    from coordination_xl.rules.archive.archiving import Matter

VERB = "归档"
_CONTENT = ("keywords", "outcome", "lessons", "experience", "root_cause", "measures")


def archive(
    book: Book, records: Sequence[str], now: datetime, *, actor: str = "", folder: Path | None = None
) -> Result:
    """Archive matters: the named ones, or every one that may be.

    A matter that is archived already stays as it is; named by its id, it gets back a dossier that is not on the disk.

    Args:
        book: the workbook.
        records: ids; none means every matter at its last step before the archive.
        now: the moment of archiving.
        actor: who asks, for 修改记录.
        folder: where 归档目录 and 外发目录 of 参数 begin, and where the user's own templates are; the workbook's own
            folder where it is not given.

    Returns:
        The changes (states, cases), the dossiers as files, and as findings why the others may not be archived.

    Raises:
        UnknownRecord: no ledger has an id.
        UsageError: an id is of a table whose rows are not archived.
        BrokenTemplate: a template of the user's own cannot be used.
        SaveFailed: a notice's file cannot be read.
        StructureError: the workbook lacks a sheet, table or column.
        RuleError: 时限规则 or 参数 cannot be understood.
        CalendarError: 节假日 contradicts itself.
    """
    ledgers = Ledgers.read(book)
    verdict = archivable(ledgers, now, records)
    shelf = _Shelf(book, ledgers, folder or Path(book.name).parent)
    edits = [
        change
        for name in dict.fromkeys(each.table for each in verdict.ready)
        for change in cell_changes(
            ledgers[name], [(each.row, "state", ARCHIVED) for each in verdict.ready if each.table == name]
        )
    ]
    lost = [each for each in verdict.archived if not (shelf.place_of(each) / PAGE).exists()]
    filled, added = _cases(ledgers, verdict.ready, shelf, now)
    raw = ChangeSet(columns=(*edits, *cell_changes(ledgers["Cases"], filled)), added=new_rows(ledgers["Cases"], added))
    changes = settled(book, ledgers, raw, now, verb=VERB, actor=actor)
    return Result(
        verb="archive",
        book=book.name,
        changes=changes,
        findings=verdict.findings,
        sheets={ledger.table.name: ledger.sheet for ledger in ledgers},
        summary={
            "archived": [shelf.told(each) for each in verdict.ready],
            "restored": [shelf.told(each) for each in lost],
            "new_cases": len(added),
            "refused": len({found.id for found in verdict.findings if found.is_error}),
        },
        files=tuple(shelf.files([*verdict.ready, *lost], changes, now)),
    )


def _cases(
    ledgers: Ledgers, matters: Sequence[Matter], shelf: _Shelf, now: datetime
) -> tuple[list[tuple[int, str, object]], list[dict[str, object]]]:
    """Blank cells of cases that somebody wrote by hand, and rows for the matters that have no case yet."""
    ledger, directory = ledgers["Cases"], Directory.of(ledgers["Contacts"].frame)
    rows = {
        fold(source).strip(): int(row) for row, source in zip(ledger.rows[::-1], ledger["source"][::-1], strict=True)
    }
    filled: list[tuple[int, str, object]] = []
    added: list[dict[str, object]] = []
    for matter in matters:
        case: dict[str, object] = {**case_of(ledgers[matter.table], matter.row, directory)}
        if not case:
            continue
        case |= {"archived_at": now, "dossier": shelf.relative(matter)}
        row = rows.get(matter.record)
        if row is None:
            added.append(case)
            continue
        if case.get("outcome") == RESTRICTED_NOTE and any(_stands(ledger[each][row]) for each in _CONTENT):
            del case["outcome"]
        filled += [(row, key, value) for key, value in case.items() if not _stands(ledger[key][row])]
    for identity, case in zip(new_ids(ledgers, CASES, now.year, len(added)), added, strict=True):
        case["id"] = identity
    return filled, added


def _stands(value: object) -> bool:
    return not (pd.isna(value) or str(value).strip() == "")  # type: ignore[call-overload]


class _Shelf:
    """Where dossiers stand, and what they are made of."""

    def __init__(self, book: Book, ledgers: Ledgers, folder: Path) -> None:
        self._book, self._ledgers, self._folder = book, ledgers, folder
        self._settings = Settings.of(ledgers["Settings"])
        self._archive = PurePosixPath(self._settings.archive.strip().replace("\\", "/"))

    def relative(self, matter: Matter) -> str:
        """The folder of a matter's dossier as 案卷位置 names it."""
        return str(self._archive / folder_name(matter.record, self._title(matter)))

    def place_of(self, matter: Matter) -> Path:
        """The folder of a matter's dossier."""
        return self._folder / self.relative(matter)

    def told(self, matter: Matter) -> dict[str, str]:
        """A matter and its dossier, for people and scripts."""
        sheet, title = self._ledgers[matter.table].sheet, self._title(matter)
        return {"sheet": sheet, "id": matter.record, "title": title, "dossier": self.relative(matter)}

    def files(self, matters: Sequence[Matter], changes: ChangeSet, now: datetime) -> Iterator[NewFile]:
        """The dossiers of these matters, as they stand after the changes."""
        if not matters:
            return
        entries, templates = Entries(self._book, self._ledgers, _written(changes)), environment(self._folder)
        outbox = self._folder / self._settings.outbox.strip().replace("\\", "/")
        named = self._ledgers["Dispatch"]["file"]
        sent = DispatchFiles(outbox, without=self._folder / self._archive, named=named)
        for matter in matters:
            ledger, place = self._ledgers[matter.table], self.place_of(matter)
            related, level = entries.related(matter.record), level_of(ledger, matter.row)
            copies = sent.of([(row["id"], row["file"]) for row in related["Dispatch"]])
            dossier = Dossier(
                table=ledger.table,
                matter=entries.matter(ledger, matter.row),
                level=level,
                is_restricted=is_restricted(level),
                company=self._settings.company,
                office=self._settings.office,
                archived_at=self._archived_at(matter) or now,
                related=related,
                history=entries.history(matter.record),
                copies=tuple(copies),
            )
            yield NewFile(place / PAGE, dossier_page(dossier, templates).encode())
            yield NewFile(place / DATA, dossier_data(dossier).encode())
            for name, path in copies.items():
                yield NewFile(place / COPIES / name, _content(path))

    def _title(self, matter: Matter) -> str:
        ledger = self._ledgers[matter.table]
        name = ledger.table.name_column
        return str(ledger[name.identifier][matter.row]) if name else ""

    def _archived_at(self, matter: Matter) -> datetime | None:
        """When a matter was archived that is archived already."""
        ledger = self._ledgers[matter.table]
        if ledger["state"][matter.row] != ARCHIVED:
            return None
        since = ledger["state_since"][matter.row]
        return None if pd.isna(since) else since.to_pydatetime()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise SaveFailed(str(path), f"无法读取（{reason(fault)}）", "关闭占用它的程序，并检查访问权限") from fault


def _written(changes: ChangeSet) -> Mapping[tuple[str, int], Mapping[str, object]]:
    """(table, sheet row) → header → new value."""
    cells: dict[tuple[str, int], dict[str, object]] = {}
    for change in changes.columns:
        for row, value in zip(change.rows, change.new, strict=True):
            cells.setdefault((change.table, int(row)), {})[change.header] = value
    return cells
