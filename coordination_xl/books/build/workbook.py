"""The order of the sheets, and the workbook as a whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from openpyxl import Workbook

from coordination_xl.books.build.contents import rows_of
from coordination_xl.books.build.dashboard import build_dashboard
from coordination_xl.books.build.forms import build_form
from coordination_xl.books.build.ledgers import build_ledger
from coordination_xl.books.build.links import START_SHEET
from coordination_xl.books.build.packing import pack
from coordination_xl.books.build.start import build_start
from coordination_xl.books.build.styles import Stylist, set_normal
from coordination_xl.schema import FORMS, MATTERS, TABLES, dashboard
from coordination_xl.schema.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORM_BY_SHEET = {form.sheet: form for form in FORMS}
_REST = (
    "Recurring", "Progress", "Dispatch", "Extensions", "Cases", "Contacts", "Rules", "Calendar", "Settings", "Findings", "Audit",
)  # fmt: skip
SHEETS: tuple[str, ...] = (
    START_SHEET,
    dashboard.SHEET,
    *(table.sheet for table in MATTERS),
    *_FORM_BY_SHEET,
    *(BY_NAME[name].sheet for name in _REST),
)
"""Every sheet of a new workbook, in order."""


def build_workbook(rows: Mapping[str, Sequence[Mapping[str, object]]] = MappingProxyType({})) -> bytes:
    """A new workbook, the same bytes for the same rows.

    Args:
        rows: table name → rows, each identifier → value: text, number, truth, day, moment or ``None``. Tables that are
            not named: 时限规则, 参数 and 节假日 get what the mechanism and the State Council say, the others one blank row.

    Returns:
        An ``.xlsx`` package. Times in the cells are naive Asia/Shanghai; nothing in it depends on the clock.

    Raises:
        KeyError: a table or a column that the schema does not have.

    Source: SPEC section 3.
    """
    unknown = rows.keys() - BY_NAME.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    workbook = Workbook()
    set_normal(workbook)
    styles = Stylist(workbook)
    for position, name in enumerate(SHEETS):
        workbook.create_sheet(name, position)
    workbook.remove(workbook.worksheets[-1])
    build_start(workbook[START_SHEET])
    for table in TABLES:
        build_ledger(workbook[table.sheet], table, rows_of(table.name, rows), styles)
    for form in FORMS:
        build_form(workbook[form.sheet], form)
    alt_texts = build_dashboard(workbook[dashboard.SHEET])
    return pack(workbook, alt_texts)
