"""The figures behind the dashboard: a grey block below the page, outside the print area, all of it formula.

The program writes three things there: the moment the figures stand for, the departments, and the trend. No formula asks the
clock: what the sheet shows is what it showed when it was refreshed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.books.build import names, palette
from coordination_xl.books.build.blocks import Look, across, block
from coordination_xl.books.build.references import column_of
from coordination_xl.books.build.styles import align, font
from coordination_xl.schema import MATTERS, Table, dashboard

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_ROW, AS_OF_ROW, CHART_HEAD = 36, 37, 39
FIRST_DEPARTMENT = CHART_HEAD + 1
LAST_BAR = FIRST_DEPARTMENT + dashboard.DEPARTMENT_ROWS
"""The departments and 其他."""
LEDGER_HEAD = 50
TOTAL_ROW = LEDGER_HEAD + len(MATTERS) + 1
LABEL, NAMED = "B", "V"
LIGHT_COLUMNS = dict(zip(palette.LIGHTS, "CDFGH", strict=True))
"""Light → column; E is a gutter of the page above."""
TREND_COLUMNS = dict(zip(dashboard.TREND, "JKLN", strict=True))
TREND_HEADS = ("周", "新增", "办结", "逾期")
AGE_LABEL, AGE = "P", "R"
_GREY = Look(font(9, color=palette.QUIET), alignment=align(shrink=True))


class Total(NamedTuple):
    """One sum over the ledgers: its column and what its head says."""

    column: str
    head: str


DUE = Total("J", "本周到期")
ON_TIME, LATE = Total("K", "按期"), Total("L", "不按期")
SPENT, SPENT_COUNT = Total("N", "用时合计"), Total("O", "用时件数")
BEFORE, BEFORE_COUNT = Total("P", "前期用时"), Total("R", "前期件数")
LONGEST = Total("S", "最长逾期")
ON_ORIGINAL, LATE_ORIGINAL = Total("T", "按原定"), Total("V", "不按原定")
"""By 原定时限, whatever was granted since; a ledger whose due times cannot be extended has 按期 in its place."""
TOTALS = (DUE, ON_TIME, LATE, SPENT, SPENT_COUNT, BEFORE, BEFORE_COUNT, LONGEST, ON_ORIGINAL, LATE_ORIGINAL)


def total(column: str | Total) -> str:
    """The cell that sums a column over all ledgers."""
    return f"{column.column if isinstance(column, Total) else column}{TOTAL_ROW}"


def build_figures(sheet: Worksheet) -> None:
    """Write the block and its names."""
    block(sheet, across(HEAD_ROW, 2, 24), "以下为图表数据，由公式和程序填写，不打印，请勿改动", _GREY)
    _put(sheet, f"{LABEL}{AS_OF_ROW}", "统计截至")
    block(sheet, across(AS_OF_ROW, 3, 7), None, replace(_GREY, number_format="yyyy-mm-dd hh:mm"))
    names.define(sheet, dashboard.AS_OF, f"C{AS_OF_ROW}")
    _departments(sheet)
    _trend(sheet)
    _ages(sheet)
    _ledgers(sheet)


def _put(sheet: Worksheet, place: str, value: str | None) -> None:
    cell = sheet[place]
    cell.value, cell.font, cell.alignment = value, _GREY.font, _GREY.alignment


def light_conditions(table: Table, word: str) -> str:
    """COUNTIFS conditions for a ledger's matters under a light; of 灰 those that are paused, not those that are finished."""
    conditions = f'{column_of(table, "light")},"{word}"'
    if word == "灰" and table.life is not None:
        finished = sorted(table.life.finished, key=table.life.states.index)
        conditions += "".join(f',{column_of(table, "state")},"<>{state}"' for state in finished)
    return conditions


def _departments(sheet: Worksheet) -> None:
    """The rows of the bar chart: the departments that the program named, 其他 right below the last, then blanks."""
    named = f"${NAMED}${FIRST_DEPARTMENT}:${NAMED}${LAST_BAR - 1}"
    names.define(sheet, dashboard.DEPARTMENTS, named)
    _put(sheet, f"{NAMED}{CHART_HEAD}", "部门名单")
    _put(sheet, f"{LABEL}{CHART_HEAD}", "部门")
    for number, row in enumerate(range(FIRST_DEPARTMENT, LAST_BAR + 1)):
        label, name = f"${LABEL}{row}", f"${NAMED}{row}"
        _put(sheet, f"{NAMED}{row}", None)
        _put(sheet, f"{LABEL}{row}", f'=IF({name}<>"",{name},IF(COUNTA({named})={number},"{dashboard.OTHERS}",""))')
        for letter, conditions in ((letter, _by_department(label, word)) for word, letter in LIGHT_COLUMNS.items()):
            rest = f"MAX(0,{letter}${TOTAL_ROW}-SUM({letter}${CHART_HEAD}:{letter}{row - 1}))"
            _put(sheet, f"{letter}{row}", f'=IF({label}="",0,IF({name}="",{rest},{conditions}))')
    for word, letter in LIGHT_COLUMNS.items():
        _put(sheet, f"{letter}{CHART_HEAD}", f"{palette.LIGHTS[word].symbol} {word}")


def _by_department(label: str, word: str) -> str:
    return "+".join(
        f'COUNTIFS({column_of(table, dashboard.DEPARTMENT_OF[table.name])},{label}&"*",{light_conditions(table, word)})'
        for table in MATTERS
    )


def _trend(sheet: Worksheet) -> None:
    for (name, letter), head in zip(TREND_COLUMNS.items(), TREND_HEADS, strict=True):
        _put(sheet, f"{letter}{CHART_HEAD}", head)
        cells = f"{letter}{FIRST_DEPARTMENT}:{letter}{CHART_HEAD + dashboard.TREND_WEEKS}"
        names.define(sheet, name, cells)
        for row in range(FIRST_DEPARTMENT, CHART_HEAD + dashboard.TREND_WEEKS + 1):
            _put(sheet, f"{letter}{row}", None)


def _ages(sheet: Worksheet) -> None:
    _put(sheet, f"{AGE_LABEL}{CHART_HEAD}", "账龄")
    _put(sheet, f"{AGE}{CHART_HEAD}", "件数")
    for row, (label, over, up_to) in enumerate(dashboard.AGES, start=FIRST_DEPARTMENT):
        _put(sheet, f"{AGE_LABEL}{row}", label)
        _put(sheet, f"{AGE}{row}", "=" + "+".join(_aged(table, over, up_to) for table in MATTERS))


def _aged(table: Table, over: int, up_to: int | None) -> str:
    red, days = f'{column_of(table, "light")},"红"', column_of(table, "overdue_workdays")
    if over == 0:
        return f'COUNTIFS({red})-COUNTIFS({red},{days},">{up_to}")'
    limit = f',{days},"<={up_to}"' if up_to else ""
    return f'COUNTIFS({red},{days},">{over}"{limit})'


def _ledgers(sheet: Worksheet) -> None:
    _put(sheet, f"{LABEL}{LEDGER_HEAD}", "台账")
    _put(sheet, f"{LABEL}{TOTAL_ROW}", "合计")
    for word, letter in LIGHT_COLUMNS.items():
        _put(sheet, f"{letter}{LEDGER_HEAD}", word)
    for each in TOTALS:
        _put(sheet, f"{each.column}{LEDGER_HEAD}", each.head)
    for row, table in enumerate(MATTERS, start=LEDGER_HEAD + 1):
        _put(sheet, f"{LABEL}{row}", table.sheet)
        for word, letter in LIGHT_COLUMNS.items():
            _put(sheet, f"{letter}{row}", f"=COUNTIFS({light_conditions(table, word)})")
        for each, formula in _formulas(table).items():
            _put(sheet, f"{each.column}{row}", f"={formula}")
    for letter in (*LIGHT_COLUMNS.values(), *(each.column for each in TOTALS)):
        kind = "MAX" if letter == LONGEST.column else "SUM"
        _put(sheet, f"{letter}{TOTAL_ROW}", f"={kind}({letter}{LEDGER_HEAD + 1}:{letter}{TOTAL_ROW - 1})")


def _formulas(table: Table) -> dict[Total, str]:
    """The sums of one ledger.

    This week is from the day of the figures to its Sunday; the month is the last 30 days, today included.
    """
    today, light = f"INT({dashboard.AS_OF})", column_of(table, "light")
    due = column_of(table, "due" if "due" in table.by_identifier else "deadline")
    sunday = f"({today}-WEEKDAY({today},2)+8)"
    closed, on_time = column_of(table, table.closed_by), column_of(table, "is_on_time")
    on_original = column_of(table, "is_on_original") if "is_on_original" in table.by_identifier else on_time
    span = dashboard.RECENT_DAYS
    recently = f'{closed},">="&({today}-{span - 1}),{closed},"<"&({today}+1)'
    before = f'{closed},">="&({today}-{2 * span - 1}),{closed},"<"&({today}-{span - 1})'
    late = column_of(table, "overdue_workdays")
    formulas = {
        DUE: f'IF(N({dashboard.AS_OF})=0,0,COUNTIFS({due},">="&{today},{due},"<"&{sunday},{light},"<>红",{light},"<>灰"))',
        ON_TIME: f'COUNTIFS({on_time},"是",{recently})',
        LATE: f'COUNTIFS({on_time},"否",{recently})',
        ON_ORIGINAL: f'COUNTIFS({on_original},"是",{recently})',
        LATE_ORIGINAL: f'COUNTIFS({on_original},"否",{recently})',
        LONGEST: f'IFERROR(SUMPRODUCT(MAX(({light}="红")*{late})),0)',
    }
    if "elapsed_workdays" in table.by_identifier:
        spent = column_of(table, "elapsed_workdays")
        formulas[SPENT], formulas[SPENT_COUNT] = f"SUMIFS({spent},{recently})", f'COUNTIFS({spent},">=0",{recently})'
        formulas[BEFORE], formulas[BEFORE_COUNT] = f"SUMIFS({spent},{before})", f'COUNTIFS({spent},">=0",{before})'
    return formulas
