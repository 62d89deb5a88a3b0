"""What 校验 paints: a fill and a note on each faulty cell; and how it takes them away again. Source: SPEC section 5, ``check``.

A mark is found by what the cell itself carries, never by where it was painted: rows are sorted, inserted and deleted in the
meantime, and fill and note move along. The two fills differ by one step from the colours of LOOK, so that they are nobody
else's; our own note says which fill was there before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coordination_xl.addin.mark_notes import note_text, read_note
from coordination_xl.ledger.findings import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    import xlwings as xw

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding

ERROR_FILL: Final = (0xFB, 0xEB, 0xE9)
REMINDER_FILL: Final = (0xFF, 0xF4, 0xD5)
_OURS: Final = frozenset({ERROR_FILL, REMINDER_FILL})
MOST_MARKS: Final = 300
"""Cells; each costs a few calls into Excel. Errors come first."""
_MOST_PASSES: Final = 20

Cell = tuple[str, str]
"""Sheet and address without ``$``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was painted.

    Attributes:
        count: cells.
        left: faulty cells beyond :data:`MOST_MARKS`.
        protected: sheets that take no marks.
    """

    count: int = 0
    left: int = 0
    protected: tuple[str, ...] = ()


def remark(
    workbook: xw.Book, before: Ledgers, findings: Sequence[Finding], is_protected: Callable[[str], bool]
) -> Marked:
    """Take the marks of the last check away, and paint those of this one.

    Cells that carry a note of the user's keep it: they get the fill alone, and that only where they had none.

    Args:
        workbook: the open workbook.
        before: its ledgers as they stood when this check began; 校验结果 still lists the last one's findings.
        findings: of this check.
        is_protected: whether a sheet, by its name, takes no marks.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    open_sheets = {name: sheet for name, sheet in sheets.items() if not is_protected(name)}
    cleared: set[Cell] = set()
    noted: dict[str, set[str]] = {}
    for name, sheet in open_sheets.items():
        own, noted[name] = _clear(sheet)
        cleared |= {(name, address) for address in own}
    for name, address in _lost(before, cleared):
        if name in open_sheets and (cell := open_sheets[name].range(address)).color in _OURS:
            cell.color = None
    return _paint(open_sheets, findings, noted)


def _clear(sheet: xw.Sheet) -> tuple[set[str], set[str]]:
    """Take our marks off a sheet; the addresses that had one, and those of the notes that stay.

    Asked again until nothing of ours is left: Excel for Mac names no more notes at once than fit into 255 characters.
    """
    cleared: set[str] = set()
    for _ in range(_MOST_PASSES):
        own, others = [], set()
        for note in sheet.notes:
            mark = read_note(note.text or "")
            if mark is None:
                others.add(note.location.address.replace("$", ""))
            else:
                own.append((note, mark))
        for note, mark in own:
            cell = note.location
            cleared.add(cell.address.replace("$", ""))
            if cell.color in _OURS:  # else somebody has painted it since
                cell.color = mark.fill
            note.delete()
        if not own:
            break
    for address in others:
        if (cell := sheet.range(address)).color in _OURS:
            cell.color = None
    return cleared, others


def _lost(before: Ledgers, cleared: Collection[Cell]) -> Iterator[Cell]:
    """The cells that the last check painted and that bear no mark of ours now: somebody has deleted the note."""
    listing = before["Findings"].frame.head(MOST_MARKS * 4)
    ledgers = {ledger.sheet: ledger for ledger in before}
    count = 0
    for sheet, record, row, header in listing[["sheet", "record", "row", "header"]].itertuples(index=False):
        ledger = ledgers.get(sheet)
        places = {title: ledger.places[name] for name, title in ledger.headers.items()} if ledger is not None else {}
        if ledger is None or header not in places or np.isnan(row) or row < 1:
            continue
        rows = [int(each) for each in ledger.rows[ledger.ids == record]] if record else [int(row)]
        for each in rows:
            cell = (str(sheet), f"{column_letters(places[header])}{each}")
            if cell not in cleared and count < MOST_MARKS:
                count += 1
                yield cell


def _paint(sheets: Mapping[str, xw.Sheet], findings: Sequence[Finding], noted: Mapping[str, Collection[str]]) -> Marked:
    cells = by_cell(findings)
    closed = tuple(dict.fromkeys(sheet for sheet, _ in cells if sheet not in sheets))
    ready = [(cell, found) for cell, found in cells.items() if cell[0] in sheets]
    for (sheet, address), found in ready[:MOST_MARKS]:
        cell = sheets[sheet].range(address)
        fill = cell.color
        has_note = address in noted[sheet]
        if not has_note:
            cell.add_note(note_text(found, fill))
        if not has_note or fill is None:
            cell.color = ERROR_FILL if any(each.is_error for each in found) else REMINDER_FILL
    return Marked(len(ready[:MOST_MARKS]), len(ready[MOST_MARKS:]), closed)


def by_cell(findings: Iterable[Finding]) -> dict[Cell, list[Finding]]:
    """Findings by their cell, cells with an error first; what is about no cell is left out."""
    cells: dict[Cell, list[Finding]] = {}
    for found in findings:
        if found.address:
            cells.setdefault((found.sheet, found.address), []).append(found)
    return dict(sorted(cells.items(), key=lambda cell: not any(found.is_error for found in cell[1])))
