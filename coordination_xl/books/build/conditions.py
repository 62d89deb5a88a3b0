"""Conditional formats of the ledgers, in order of priority: lights first, then lateness, rest, urgency, holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter

from coordination_xl.books.build import palette
from coordination_xl.books.build.measures import FIRST_ROW
from coordination_xl.schema import Column, Kind, Table
from coordination_xl.schema.vocabulary import DAY_KIND, URGENCY

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

REST_DAY, MAKE_UP_DAY = DAY_KIND.words
REST_CODE, MAKE_UP_CODE, URGENT_CODE = '"○ "@', '"■ "@', '"！"@'
BOXES = {
    word: ";;;" + '"' + "  ".join(("■" if each == word else "□") + each for each in URGENCY.words) + '"'
    for word in URGENCY.words
}
"""How a form prints the urgency: three boxes, one of them black."""
DAY, FORM_DAY = "yyyy-mm-dd", 'yyyy"年"m"月"d"日"'
_CODES = tuple(
    dict.fromkeys(
        (
            *(light.number_format for light in palette.LIGHTS.values()),
            *(REST_CODE, MAKE_UP_CODE, URGENT_CODE),
            *BOXES.values(),
            DAY,
            FORM_DAY,
        )
    )
)
_FIRST_CODE = 300
"""Number format ids of conditional formats stay clear of those of cells."""


def look(*, color: str = "", bold: bool | None = None, fill: str = "", code: str = "") -> DifferentialStyle:
    """What a conditional format changes."""
    return DifferentialStyle(
        font=Font(color=color, bold=bold) if color else None,
        fill=PatternFill("solid", start_color=fill, end_color=fill, bgColor=fill) if fill else None,
        numFmt=NumberFormat(numFmtId=_FIRST_CODE + _CODES.index(code), formatCode=code) if code else None,
    )


def equals(word: str, style: DifferentialStyle) -> Rule:
    """The cell holds exactly this word."""
    return Rule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=style)


def where(formula: str, style: DifferentialStyle) -> Rule:
    """A formula holds, written for the first cell of the range."""
    return Rule(type="expression", formula=[formula], dxf=style)


def add_lights(sheet: Worksheet, cells: str) -> None:
    """One rule a light: fill, ink and symbol. A host that ignores the symbol still shows the word."""
    for word, light in palette.LIGHTS.items():
        style = look(color=light.color, bold=light.is_bold, fill=light.fill, code=light.number_format)
        sheet.conditional_formatting.add(cells, equals(word, style))


def add_boxes(sheet: Worksheet, cell: str) -> None:
    """The urgency of a form as three boxes; the cell holds the word."""
    for word, code in BOXES.items():
        sheet.conditional_formatting.add(cell, equals(word, look(color=palette.TEXT, code=code)))


def add_day_without_time(sheet: Worksheet, cells: str, code: str = DAY) -> None:
    """A deadline typed without a time means the close of that day: midnight is not shown."""
    first = cells.split(":")[0]
    sheet.conditional_formatting.add(cells, where(f"AND(ISNUMBER({first}),MOD(N({first}),1)=0)", look(code=code)))


def add_to_ledger(sheet: Worksheet, table: Table, last_row: int) -> None:
    """All conditional formats of one table, over its rows and the room to grow."""

    def cells(column: Column) -> str:
        letter = letter_of(table, column)
        return f"{letter}{FIRST_ROW}:{letter}{last_row}"

    def add(where_: str, rule: Rule) -> None:
        sheet.conditional_formatting.add(where_, rule)

    columns = table.by_identifier
    light = columns.get("light")
    if light is not None:
        add_lights(sheet, cells(light))
    for identifier in ("overdue_workdays", "overdue_hours"):
        if identifier in columns:
            late = look(color=palette.RED.fill, bold=True)
            first = f"{letter_of(table, columns[identifier])}{FIRST_ROW}"
            add(cells(columns[identifier]), where(f"N({first})>0", late))
    if light is not None:
        everything = f"A{FIRST_ROW}:{get_column_letter(len(table.columns))}{last_row}"
        letter = letter_of(table, light)
        add(everything, where(f'${letter}{FIRST_ROW}="灰"', look(color=palette.QUIET)))
    urgency = columns.get("urgency")
    if urgency is not None and urgency.vocabulary is URGENCY:
        add(cells(urgency), equals(URGENCY.words[0], look(color=palette.RED.fill, bold=True, code=URGENT_CODE)))
    if table.name == "Calendar":
        kind = cells(columns["kind"])
        add(kind, equals(REST_DAY, look(color=palette.BLUE.color, fill=palette.BLUE.fill, code=REST_CODE)))
        add(
            kind,
            equals(
                MAKE_UP_DAY, look(color=palette.YELLOW.color, bold=True, fill=palette.YELLOW.fill, code=MAKE_UP_CODE)
            ),
        )
    if "deadline" in columns:
        add_day_without_time(sheet, cells(columns["deadline"]))
    for column in table.columns:
        condition = hole(table, column)
        if condition:
            add(cells(column), where(condition, look(fill=palette.MISSING)))


def hole(table: Table, column: Column) -> str:
    """The formula that is true where a required cell is empty too late; ``""`` where it never is.

    Rows in draft, rows off the normal path and rows already archived are left in peace.
    """
    life = table.life
    if life is None or column.is_computed or column.kind in {Kind.ID, Kind.STATE}:
        return ""
    if not (column.required or column.required_from):
        return ""
    start = column.required_from or life.states[0]
    states = [state for state in life.states if state in life.from_on(start) - life.drafts and state != "已归档"]
    state = letter_of(table, table.column("state"))
    cell = f"{letter_of(table, column)}{FIRST_ROW}"
    choices = ",".join(f'${state}{FIRST_ROW}="{each}"' for each in states)
    return f"AND(LEN(TRIM({cell}))=0,OR({choices}))"


def letter_of(table: Table, column: Column) -> str:
    """The column's letter in a new workbook."""
    return get_column_letter(table.columns.index(column) + 1)
