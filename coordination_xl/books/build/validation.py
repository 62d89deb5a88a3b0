"""Input prompts and pick lists: help while typing, a stop only where the words are closed.

Dates and numbers are warned about, never refused: people paste, and ``check`` reads what they meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from coordination_xl.schema import Column, Kind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COMPUTED_PROMPT = "程序计算列"
_COMPUTED_WARNING = "本列由程序计算，手工修改会在下次刷新时被覆盖。"
_DATE_WARNING = "没有认出日期。请写成 2026-03-20 的样子；写成别的也可保存，校验时再改正。"
_NUMBER_WARNING = "这里应填数字；也可保存，校验时再改正。"
_FIRST_DAY, _LEAST, _MOST = "36526", "-100000", "100000"
"""2000-01-01, and numbers that no time limit exceeds."""


def validation(column: Column) -> DataValidation:
    """The validation of one column's cells, wherever they stand: in a ledger or on a form."""
    rule = DataValidation(allow_blank=True, showInputMessage=True, showErrorMessage=True)
    rule.promptTitle, rule.prompt = column.header, column.help
    if column.is_computed:
        rule.type, rule.formula1, rule.allow_blank = "custom", "FALSE", False
        rule.promptTitle, rule.errorTitle = COMPUTED_PROMPT, COMPUTED_PROMPT
        rule.prompt, rule.error, rule.errorStyle = f"{column.help}。请勿改动。", _COMPUTED_WARNING, "warning"
    elif column.vocabulary is not None:
        rule.type, rule.formula1, rule.errorStyle = "list", f'"{",".join(column.vocabulary.words)}"', "stop"
        rule.errorTitle = column.header
        rule.error = f"“{column.header}”只能填写：{'、'.join(column.vocabulary.words)}"
    elif column.kind in {Kind.DATE, Kind.MOMENT}:
        rule.type, rule.operator, rule.formula1 = "date", "greaterThanOrEqual", _FIRST_DAY
        rule.errorTitle, rule.error, rule.errorStyle = column.header, _DATE_WARNING, "warning"
    elif column.kind in {Kind.WORKDAYS, Kind.HOURS, Kind.NUMBER, Kind.VERSION}:
        rule.type, rule.operator, rule.formula1, rule.formula2 = "decimal", "between", _LEAST, _MOST
        rule.errorTitle, rule.error, rule.errorStyle = column.header, _NUMBER_WARNING, "warning"
    return rule


def add(sheet: Worksheet, column: Column, cells: str) -> None:
    """Validate these cells as cells of the column."""
    rule = validation(column)
    rule.add(cells)
    sheet.add_data_validation(rule)
