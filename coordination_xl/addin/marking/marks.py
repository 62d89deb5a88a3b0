"""What 校验 paints: a fill and a note on each faulty cell; and how it takes them away again. Source: SPEC section 5, ``check``.

A mark is found by what the cell itself carries, never by where it was painted: rows are sorted, inserted and deleted in the
meantime, and fill and note move along. The two fills differ by one step from the workbook's own colours, so that they are nobody
else's.

A cell that has a fill already keeps it and gets the note alone, whose red corner shows: no colour is ever to be brought back,
which no host could do with the colours of a theme and with patterns. That goes for the grey columns that the program computes,
too. So a fill of ours stands only where there was none, and taking it away leaves none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from coordination_xl.addin.marking.mark_cells import (
    ERROR_FILL,
    REMINDER_FILL,
    Host,
    annotate,
    bare,
    fill_blank,
    notes_of,
    threaded,
    unmark,
)
from coordination_xl.addin.marking.mark_notes import note_text
from coordination_xl.ledger.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    import xlwings as xw

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding

MOST_MARKS: Final = 300
"""Cells; each costs a few calls into Excel. Errors come first."""
_MOST_PASSES: Final = 20

Cell = tuple[str, str]
"""Sheet and address without ``$``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was painted.

    Attributes:
        count: cells that bear a mark of this check: note and fill, or one of them.
        left: faulty cells without one: those beyond :data:`MOST_MARKS`, those with a note and a fill of the user's, and those
            where Excel took neither.
        protected: sheets that take no marks.
        unnoted: of the cells that bear a mark, those with the fill alone.
    """

    count: int = 0
    left: int = 0
    protected: tuple[str, ...] = ()
    unnoted: int = 0


def remark(
    workbook: xw.Book, before: Ledgers, findings: Sequence[Finding], is_protected: Callable[[str], bool]
) -> Marked:
    """Take the marks of the last check away, and paint those of this one.

    Cells that carry a note of the user's, or a threaded comment, keep it: they get the fill alone, and that only where they
    had none.

    Args:
        workbook: the open workbook.
        before: its ledgers as they stood when this check began; 校验结果 still lists the last one's findings.
        findings: of this check.
        is_protected: whether a sheet, by its name, takes no marks.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    open_sheets = {name: sheet for name, sheet in sheets.items() if not is_protected(name)}
    host = Host()
    cleared: set[Cell] = set()
    noted: dict[str, set[str]] = {}
    for name, sheet in open_sheets.items():
        own, noted[name] = _clear(host, sheet)
        cleared |= {(name, address) for address in own}
    for name, address in _lost(before, cleared):
        if name in open_sheets:
            host.tried(partial(bare, open_sheets[name], address))
    return _paint(host, open_sheets, findings, noted)


def _clear(host: Host, sheet: xw.Sheet) -> tuple[set[str], set[str]]:
    """Take our marks off a sheet; the addresses that had one, and those that take no note of ours.

    Asked again until nothing of ours goes any more: Excel for Mac names no more notes at once than fit into 255 characters.
    """
    cleared: set[str] = set()
    others: set[str] = set()
    for _ in range(_MOST_PASSES):
        notes = host.tried(partial(notes_of, sheet))
        if notes is None:
            break
        gone = {
            address
            for address, (note, is_ours) in notes.items()
            if is_ours and host.tried(partial(unmark, sheet, address, note))
        }
        others = set(notes).difference(gone)
        cleared |= gone
        if not gone:
            break
    others |= threaded(sheet)
    for address in others:
        host.tried(partial(bare, sheet, address))
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


def _paint(
    host: Host, sheets: Mapping[str, xw.Sheet], findings: Sequence[Finding], noted: Mapping[str, Collection[str]]
) -> Marked:
    cells = by_cell(findings)
    closed = tuple(dict.fromkeys(sheet for sheet, _ in cells if sheet not in sheets))
    ready = [(cell, found) for cell, found in cells.items() if cell[0] in sheets]
    count = unnoted = 0
    for (sheet, address), found in ready[:MOST_MARKS]:
        place, takes_note = sheets[sheet], address not in noted[sheet]
        has_note = takes_note and host.tried(partial(annotate, place, address, note_text(found)))
        fill = ERROR_FILL if any(each.is_error for each in found) else REMINDER_FILL
        has_fill = host.tried(partial(fill_blank, place, address, fill))
        count += bool(has_note or has_fill)
        unnoted += bool(has_fill and not has_note)
    return Marked(count, len(ready) - count, closed, unnoted)


def by_cell(findings: Iterable[Finding]) -> dict[Cell, list[Finding]]:
    """Findings by their cell, cells with an error first; what is about no cell is left out."""
    cells: dict[Cell, list[Finding]] = {}
    for found in findings:
        if found.address:
            cells.setdefault((found.sheet, found.address), []).append(found)
    return dict(sorted(cells.items(), key=lambda cell: not any(found.is_error for found in cell[1])))
