"""The search strip above 案例库: what is typed there marks the cases that have it and greys the others.

All of it is conditional formats over the whole columns, so a row that is added later is searched, too, and the cells
themselves hold nothing but what people wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Border
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from coordination_xl.books.build import conditions, names, palette
from coordination_xl.books.build.measures import FIRST_ROW, LAST_ROW, TITLE_ROW
from coordination_xl.books.build.styles import align, fill, font, line
from coordination_xl.schema import case_search
from coordination_xl.schema.tables import CASES, CONTACTS

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_DEPARTMENT_PROMPT = "选一个部门，或写部门名称的一部分；清空表示全部"
_WORDS_PROMPT = "写一至四个词，用空格隔开，都出现的才算；清空即恢复"
_HINT = "← 在两个白格里选部门、写要找的词：符合的案例名称加亮，其余变灰；清空即恢复"
_ROOM = 99
"""Characters kept apart for each word when a text is cut into words."""


def add(sheet: Worksheet, last_row: int) -> None:
    """Lay out the strip in the title row, right of the title and over columns that suit its cells.

    Args:
        sheet: the finished sheet of 案例库.
        last_row: how far the conditional formats reach.
    """
    source, department, keywords = (_letter(key) for key in ("source", "department", "keywords"))
    _label(sheet[f"{_letter('title')}{TITLE_ROW}"], "按部门找：")
    _field(sheet[f"{source}{TITLE_ROW}"])
    _label(sheet[f"{department}{TITLE_ROW}"], "按词找：")
    _field(sheet[f"{keywords}{TITLE_ROW}"])
    hint = sheet[f"{_letter('outcome')}{TITLE_ROW}"]
    hint.value, hint.font, hint.alignment = _HINT, font(9, color=palette.SECONDARY), align(indent=1)
    names.define(sheet, case_search.DEPARTMENT, f"{source}{TITLE_ROW}")
    names.define(sheet, case_search.WORDS, f"{keywords}{TITLE_ROW}")
    _departments(sheet, f"{source}{TITLE_ROW}")
    _prompt(sheet, f"{keywords}{TITLE_ROW}", "按词找", _WORDS_PROMPT, DataValidation(type=None, allow_blank=True))
    _mark(sheet, last_row)


def matches() -> str:
    """The formula, for the first row, that is true where a case has every word and is of the department."""
    words = f'SUBSTITUTE({case_search.WORDS}&"","　"," ")'
    place = f"(ROW($1:${case_search.MOST_WORDS})-1)*{_ROOM}+1"
    word = f'TRIM(MID(SUBSTITUTE(TRIM({words})," ",REPT(" ",{_ROOM})),{place},{_ROOM}))'
    text = '&" "&'.join(f"${_letter(key)}{FIRST_ROW}" for key in case_search.FIELDS)
    department = f"TRIM({case_search.DEPARTMENT})"
    return (
        f'AND(SUMPRODUCT(({word}<>"")*ISERROR(SEARCH({word},{text})))=0,'
        f'OR({department}="",ISNUMBER(SEARCH({department},${_letter("department")}{FIRST_ROW}))))'
    )


def _mark(sheet: Worksheet, last_row: int) -> None:
    """Found: the name stands out. Not found while something is looked for: the row steps back."""
    is_asked = f"LEN(TRIM({case_search.WORDS}&{case_search.DEPARTMENT}))>0"
    name = _letter("title")
    found = f"AND({is_asked},LEN(${name}{FIRST_ROW})>0,{matches()})"
    other = f"AND({is_asked},NOT({matches()}))"
    last = get_column_letter(len(CASES.columns))
    sheet.conditional_formatting.add(
        f"{name}{FIRST_ROW}:{name}{last_row}",
        conditions.where(found, conditions.look(color=palette.NAVY, bold=True, fill=palette.BUTTON)),
    )
    sheet.conditional_formatting.add(
        f"A{FIRST_ROW}:{last}{last_row}",
        conditions.where(other, conditions.look(color=palette.STRONG)),
    )


def _departments(sheet: Worksheet, cell: str) -> None:
    """The departments of 通讯录 to pick from; anything else may be typed."""
    column = conditions.letter_of(CONTACTS, CONTACTS.column("department"))
    rule = DataValidation(
        type="list", formula1=f"'{CONTACTS.sheet}'!${column}${FIRST_ROW}:${column}${LAST_ROW}", allow_blank=True
    )
    _prompt(sheet, cell, "按部门找", _DEPARTMENT_PROMPT, rule)


def _prompt(sheet: Worksheet, cell: str, title: str, text: str, rule: DataValidation) -> None:
    rule.promptTitle, rule.prompt, rule.showInputMessage, rule.showErrorMessage = title, text, True, False
    rule.add(cell)
    sheet.add_data_validation(rule)


def _label(cell: Cell, text: str) -> None:
    cell.value, cell.font, cell.alignment = text, font(bold=True, color=palette.NAVY), align("right")


def _field(cell: Cell) -> None:
    side = line(palette.LINK)
    cell.font, cell.fill, cell.number_format = font(color=palette.NAVY), fill(palette.WHITE), "@"
    cell.border, cell.alignment = Border(left=side, right=side, top=side, bottom=side), align(indent=1)


def _letter(identifier: str) -> str:
    return conditions.letter_of(CASES, CASES.column(identifier))
