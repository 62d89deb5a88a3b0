"""The printable A4 forms: head, body, small print, and beside the page how to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.build import form_body, links, names, palette, printing, validation
from coordination_xl.books.build.blocks import NO_LINE, Look, across, block, boxed, frame, lay_out
from coordination_xl.books.build.references import setting
from coordination_xl.books.build.styles import align, fill, font, line
from coordination_xl.schema import BY_NAME, Form, Table
from coordination_xl.schema.forms import DEFAULTS, LOADED, UNITS
from coordination_xl.schema.settings import COMPANY, OFFICE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (4.3, *(UNITS,) * 11, 3, 46)
"""The stage column, eleven columns of the page, a gap, the help panel."""
LAST = 12
HEADS = {1: 18.0, 2: 34.0, 3: 20.0}
FIRST_BODY_ROW = 4
SMALL_PRINT = 24.0
PANEL = 14
PANEL_LINK_ROW = 8
LOADED_ROW = 10
_FOOT = f"{OFFICE.value}制"


def build_form(sheet: Worksheet, form: Form) -> None:
    """Fill an empty sheet with one form: every value cell merged, validated and named. Source: SPEC section 3, B."""
    table = BY_NAME[form.table]
    lay_out(sheet, WIDTHS, HEADS)
    _head(sheet, form, table)
    after = form_body.build_body(sheet, form, table, FIRST_BODY_ROW)
    frame(sheet, Area(FIRST_BODY_ROW, 1, after - 1, LAST), line(palette.FRAME, "medium"))
    sheet.row_dimensions[after].height = SMALL_PRINT
    small = Look(font=font(8.5, color=palette.SECONDARY), alignment=align(wrap=True))
    block(sheet, across(after, 1, LAST), form.small_print, small)
    _panel(sheet, form, table)
    sheet.sheet_properties.tabColor = palette.REQUIRED
    sheet.print_area = f"A1:L{after}"
    sheet.print_options.horizontalCentered = True
    printing.paper(sheet, printing.A4, landscape=False, margins=(0.709, 0.709, 0.591, 0.63), high=1)
    printing.footer(sheet, f"{_FOOT} · {form.title}", "第 &P 页")


def _head(sheet: Worksheet, form: Form, table: Table) -> None:
    """Company, title, and a line of number, confidentiality, version and date.

    Confidentiality and version always hold something, so their labels are printed by number format; the id and the
    date are blank on a new form, so their labels stand in cells of their own, and the colon comes with the value.
    """
    company = Look(font=font(11, color=palette.SECONDARY), alignment=align("center"))
    block(sheet, across(1, 1, LAST), f"={setting(COMPANY)}", company)
    block(sheet, across(2, 1, LAST), form.title, Look(font=font(20, bold=True), alignment=align("center")))
    block(sheet, across(3, 1, 1), table.column("id").header, Look(alignment=align("right", shrink=True)))
    _value(sheet, form, table, "id", across(3, 2, 4), Look(number_format='"："@'))
    middle, value_from = align("center"), 11 if form.has_version else 10
    level = Look(alignment=middle, number_format='"保密等级："@')
    _value(sheet, form, table, "confidentiality", across(3, 5, 6 if form.has_version else 7), level)
    if form.has_version:
        version = Look(alignment=middle, number_format='"版本：V"0')
        _value(sheet, form, table, "version", across(3, 7, 8), version)
    block(sheet, across(3, value_from - 2, value_from - 1), form.date_label, Look(alignment=align("right")))
    is_day = form.date_label.endswith("日期")
    date = Look(number_format='"："yyyy-mm-dd' if is_day else '"："yyyy-mm-dd hh:mm')
    _value(sheet, form, table, form.date, across(3, value_from, LAST), date)


def _value(
    sheet: Worksheet,
    form: Form,
    table: Table,
    identifier: str,
    area: Area,
    look: Look,
) -> None:
    cell = block(sheet, area, DEFAULTS.get(identifier), look)
    names.define(sheet, f"{form.name}_{identifier}", cell.coordinate)
    validation.add(sheet, table.column(identifier), cell.coordinate)


def _panel(sheet: Worksheet, form: Form, table: Table) -> None:
    """Three steps, two links and what was loaded, right of the page and outside the print area."""
    block(sheet, across(2, PANEL, PANEL), "怎么用这张表", Look(font=font(11, bold=True, color=palette.NAVY)))
    step = Look(
        fill=fill(palette.CARD),
        font=font(9),
        alignment=align(indent=1, wrap=True),
        edges=(line(palette.LINK, "thick"), NO_LINE, NO_LINE, NO_LINE),
    )
    for row, (number, text) in enumerate(zip("①②③④⑤", form.steps, strict=False), start=FIRST_BODY_ROW):
        block(sheet, across(row, PANEL, PANEL), f"{number} {text}", step)
    edges, middle = boxed(line(palette.BUTTON_LINE)), align("center")
    primary = Look(font(bold=True, color=palette.LINK), fill(palette.BUTTON), middle, edges)
    secondary = Look(font(color=palette.LINK), fill(palette.WHITE), middle, edges)
    ledger = block(sheet, across(PANEL_LINK_ROW, PANEL, PANEL), f"打开{table.sheet} →", primary)
    links.link(ledger, table.sheet)
    back = block(sheet, across(PANEL_LINK_ROW + 1, PANEL, PANEL), links.BACK, secondary)
    links.link(back, links.START_SHEET)
    mark = Look(font=font(8.5, color=palette.SECONDARY), alignment=align(indent=1, wrap=True))
    loaded = block(sheet, across(LOADED_ROW, PANEL, PANEL), None, mark)
    names.define(sheet, f"{form.name}_{LOADED}", loaded.coordinate)
