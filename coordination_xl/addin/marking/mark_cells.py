"""One cell as check marks it: its note and its fill, asked of an Excel that may refuse either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from coordination_xl.addin.marking.mark_notes import box_of, read_note
from coordination_xl.books.excel.refusals import is_busy, is_of_host

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw

ERROR_FILL: Final = (0xFB, 0xEB, 0xE9)
REMINDER_FILL: Final = (0xFF, 0xF4, 0xD5)
_OURS: Final = frozenset({ERROR_FILL, REMINDER_FILL})

T = TypeVar("T")


class Host:
    """Excel, asked for one cell after another: what it refuses is passed over and never stops the rest.

    A threaded comment, or the protection of a sheet's drawings alone, makes it refuse notes; nothing tells so beforehand.
    """

    def __init__(self) -> None:
        self._is_busy = False

    def tried(self, step: Callable[[], T]) -> T | None:
        """What a step gives; ``None`` where Excel refuses, and once it was busy, since each answer may then take a minute."""
        if self._is_busy:
            return None
        try:
            return step()
        except Exception as error:
            if not is_of_host(error):
                raise
            self._is_busy = is_busy(error)
            return None


def notes_of(sheet: xw.Sheet) -> dict[str, tuple[xw.main.Note, bool]]:
    """The notes of a sheet by their address, each with whether it is ours."""
    return {_address(note.location): (note, bool(read_note(note.text or ""))) for note in sheet.notes}


def threaded(sheet: xw.Sheet) -> set[str]:
    """The addresses of threaded comments; none where the host has, or shows, no such thing: before Excel 2019, on the Mac."""
    try:
        return {_address(comment.location) for comment in sheet.comments}
    except (NotImplementedError, AttributeError):
        return set()
    except Exception as error:
        if not is_of_host(error):
            raise
        return set()


def _address(cell: xw.Range) -> str:
    return cell.address.replace("$", "")


def unmark(sheet: xw.Sheet, address: str, note: xw.main.Note) -> bool:
    """Take our note and our fill off a cell."""
    bare(sheet, address)
    note.delete()
    return True


def bare(sheet: xw.Sheet, address: str) -> None:
    """Take a fill of ours off a cell; any other is somebody's."""
    cell = sheet.range(address)
    if _fill(cell) in _OURS:
        cell.color = None


def _fill(cell: xw.Range) -> object:
    """A cell's colour; ``None`` for no fill."""
    try:
        return cell.color
    except TypeError:  # xlwings computes a colour even where the host names no single one, as for a gradient
        return "several"


def annotate(sheet: xw.Sheet, address: str, text: str) -> bool:
    """Add our note to a cell, large enough to be read where the host lets its box be sized."""
    note = sheet.range(address).add_note(text)
    try:
        shape = note.api.Shape
        shape.Width, shape.Height = box_of(text)
    except (AttributeError, NotImplementedError):
        pass  # not Excel for Windows: the note is as large as it is, and tells what counts in its first lines
    except Exception as error:
        if not is_of_host(error):  # a small box is no reason to say that there is no note
            raise
    return True


def fill_blank(sheet: xw.Sheet, address: str, fill: tuple[int, int, int]) -> bool:
    """Whether the cell took the fill; one that has a fill of its own keeps that."""
    cell = sheet.range(address)
    if _fill(cell) not in {None, *_OURS}:
        return False
    cell.color = fill
    return True
