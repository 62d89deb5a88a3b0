"""Defined names that a sheet lacks: where they may stand, and what does not work without those that may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area, cell_address, parse_cell
from coordination_xl.books.structure import NamedCells, NamesAdded
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import FORMS, case_search, dashboard
from coordination_xl.schema.blocks import label_of
from coordination_xl.schema.forms import LOADED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordination_xl.books.port import Book, ClosedBook
    from coordination_xl.books.xlsx import XlsxBook

NAMES = (
    *(f"{form.name}_{cell}" for form in FORMS for cell in (*form.cells, LOADED)),
    *case_search.NAMES,
    *dashboard.BLOCKS,
)
"""Every name by which the program finds cells."""

_LABELS = {
    case_search.DEPARTMENT: "按部门找",
    case_search.WORDS: "按词找",
    dashboard.AS_OF: "截至时间",
    **dict.fromkeys(dashboard.RED_LIST, "逾期清单"),
    **dict.fromkeys(dashboard.TREND, "趋势"),
    dashboard.DEPARTMENTS: "部门",
}
_MERGED = "合并单元格"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A name that could not be given.

    Attributes:
        name: the name.
        sheet: its sheet.
        address: the cell where it should stand.
        reason: why not.
    """

    name: str
    sheet: str
    address: str
    reason: str


def label(name: str) -> str:
    """What people call the cell of a name."""
    return _LABELS.get(name) or label_of(name)


def loss(name: str) -> str:
    """What does not work without a name."""
    if name in case_search.NAMES:
        return "案例库不能按部门、按词查找"
    if name in dashboard.BLOCKS:
        return "看板的这一处不更新"
    if name.endswith(f"_{LOADED}"):
        return "【登记表单】无法核对这张表是不是从台账的当前内容载入的"
    return "【登记表单】【载入表单】不处理这一格"


def stands(book: Book, name: str) -> NamedCells | None:
    """A name of a book with the cells it covers."""
    place, values = book.place(name), book.block(name)
    first = parse_cell(place[1]) if place else None
    if first is None or values is None:
        return None
    row, column = first
    return NamedCells(name, str(Area(row, column, row + len(values) - 1, column)))


def names_to_add(
    book: ClosedBook, model: XlsxBook, model_sheet: str, sheet: str, names: Sequence[str]
) -> tuple[list[NamesAdded], list[Unnamed]]:
    """The names that a sheet lacks, as additions; and those that cannot be added.

    A name goes where the model has it if the other names of the sheet stand where the model has them, and the cell is
    blank or holds what it holds there.

    Args:
        book: the workbook.
        model: the blank workbook of the program.
        model_sheet: the sheet there.
        sheet: the sheet here.
        names: all names that the sheet has in the model.
    """
    wanted = [name for name in names if book.place(name) is None]
    is_moved = any(
        stands(book, name) != stands(model, name) or (book.place(name) or ("",))[0] != sheet
        for name in names
        if name not in wanted
    )
    additions, refused = [], []
    for group in _groups(wanted):
        cells = [each for name in group if (each := stands(model, name)) is not None]
        area = _area(model, model_sheet, cells)
        reason = "这张表的格子已不在原来的位置" if is_moved else _obstacle(book, model, model_sheet, sheet, area)
        if reason:
            refused += [Unnamed(each.name, sheet, each.address.split(":")[0], reason) for each in cells]
        else:
            additions.append(NamesAdded(model.path, model_sheet, sheet, str(area), tuple(cells)))
    return additions, refused


def _groups(names: Iterable[str]) -> list[list[str]]:
    """Names that come in together: the two of the search strip; every other one by itself."""
    strip = [name for name in names if name in case_search.NAMES]
    return ([strip] if strip else []) + [[name] for name in names if name not in case_search.NAMES]


def _area(model: XlsxBook, sheet: str, cells: Sequence[NamedCells]) -> Area:
    """The cells of a group; for the whole search strip its labels and its hint, too."""
    areas = [area for each in cells if (area := Area.parse(each.address)) is not None]
    if {each.name for each in cells} != set(case_search.NAMES):
        return areas[0]
    row = areas[0].top
    filled = [at for at, column in enumerate(model.cells(sheet), start=1) if shown(column[row - 1])]
    beside = [at for at in filled if at >= min(area.left for area in areas) - 1]
    return Area(row, min(beside), row, max(beside))


def _obstacle(book: ClosedBook, model: XlsxBook, model_sheet: str, sheet: str, area: Area) -> str:
    """Why cells cannot take what the model has there; ``""`` if they can."""
    found = book.in_the_way(sheet, str(area))
    if not found:
        return ""
    is_one = area.top == area.bottom and area.left == area.right
    if is_one and any(each.startswith(_MERGED) for each in found):  # a field of a form, blank or as in a new one
        own, new = _value(book, sheet, area), _value(model, model_sheet, area)
        if own in {"", new}:
            return ""
        found = (cell_address(area.top, area.left),)
    return f"{'、'.join(found)} 已有内容"


def _value(book: ClosedBook, sheet: str, area: Area) -> str:
    columns = book.cells(sheet)
    if len(columns) < area.left or len(columns[area.left - 1]) < area.top:
        return ""
    return shown(columns[area.left - 1][area.top - 1]).strip()
