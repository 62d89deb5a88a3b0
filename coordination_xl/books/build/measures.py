"""Widths, heights and number formats: the numbers of the look, by kind of column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.text_lines import LINE, lines_of
from coordination_xl.schema import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE_ROW, LEGEND_ROW, SPACER_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
ROW_HEIGHTS = {TITLE_ROW: 27.0, LEGEND_ROW: 18.0, SPACER_ROW: 6.0, HEADER_ROW: 30.0}
LAST_ROW = 5000
"""Validations and conditional formats reach this far: rows that are added outside Excel are covered, too."""

WIDTHS = {
    Kind.ID: 15, Kind.LIGHT: 10, Kind.STATE: 11, Kind.CHOICE: 11.5, Kind.VERSION: 8, Kind.NAME: 27, Kind.PERSON: 18,
    Kind.PARTIES: 22, Kind.DEPARTMENT: 13, Kind.PARTS: 26, Kind.LONG_TEXT: 40, Kind.TEXT: 26, Kind.WORD: 15,
    Kind.DATE: 13, Kind.MOMENT: 15.5, Kind.WORKDAYS: 11.5, Kind.HOURS: 11.5, Kind.NUMBER: 11.5,
}  # fmt: skip
"""In character units of the Normal font: 7 pixels each in 微软雅黑 10."""

OWN_WIDTHS: Mapping[tuple[str, str], float] = {
    ("Calendar", "date"): 15, ("Calendar", "weekday"): 10, ("Calendar", "kind"): 10, ("Calendar", "name"): 20,
    ("Calendar", "basis"): 26, ("Calendar", "year_status"): 13, ("Contacts", "person"): 18, ("Contacts", "email"): 28,
    ("Settings", "meaning"): 52, ("Settings", "value"): 36, ("Rules", "ladder"): 32, ("Rules", "target"): 16,
    ("Dispatch", "kind"): 15, ("Dispatch", "content_hash"): 20, ("Dispatch", "due_version"): 17,
    ("Dispatch", "title"): 32, ("Rules", "basis"): 11.5, ("Findings", "code"): 20,
}  # fmt: skip

FORMATS = {
    Kind.DATE: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.WORKDAYS: '0"天"', Kind.HOURS: "0.0##",
    Kind.NUMBER: "General", Kind.VERSION: '"V"0', Kind.PARTIES: "General", Kind.PARTS: "General",
    Kind.LONG_TEXT: "General", Kind.TEXT: "General",
}  # fmt: skip
"""Everything else is text. Long text is General: in text cells Excel can show #### instead of it."""

BLANK_AT_ZERO = {Kind.WORKDAYS: '0"天";;;@', Kind.HOURS: '0.0"小时";;;@'}
TEXT_FORMAT = "@"

BODY_ROW, TALL_ROW, MOST = 33.0, 48.0, 90.0
"""Two lines, three lines, and no row taller than this."""
OWN_ROWS = {"Calendar": 18.0, "Settings": 24.0}
OWN_HEADERS = {"Calendar": 24.0}


def width(table: Table, column: Column) -> float:
    """The width of a column, with room in the header for the filter button."""
    own = OWN_WIDTHS.get((table.name, column.identifier), WIDTHS[column.kind])
    return max(float(own), 2 * len(column.header) + 3.5)


def number_format(table: Table, column: Column) -> str:
    """The number format of a column's cells."""
    if column.identifier.startswith("overdue"):
        return BLANK_AT_ZERO[column.kind]
    if (table.name, column.identifier) == ("Settings", "value"):
        return TEXT_FORMAT
    return FORMATS.get(column.kind, TEXT_FORMAT)


def body_height(table: Table) -> float:
    """The height of a row that holds ordinary text."""
    own = OWN_ROWS.get(table.name)
    if own is not None:
        return own
    return TALL_ROW if any(column.kind is Kind.LONG_TEXT for column in table.columns) else BODY_ROW


def row_height(table: Table, values: Mapping[str, object]) -> float:
    """The height of one row: more than three lines make it grow, step by step, up to the most."""
    base = body_height(table)
    lines = max(
        (
            lines_of(text, width(table, table.by_identifier[name]))
            for name, text in values.items()
            if isinstance(text, str)
        ),
        default=1,
    )
    return min(base + LINE * max(0, lines - int(base // LINE)), MOST)
