"""The dashboard 看板: six figures, three charts, the red list; one A4 page across."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.books.addresses import Area
from coordination_xl.books.build import charts, conditions, figures, names, palette, printing
from coordination_xl.books.build.blocks import NO_LINE, Look, across, block, lay_out
from coordination_xl.books.build.figures import total
from coordination_xl.books.build.styles import align, fill, font, line
from coordination_xl.schema import BY_NAME, MATTERS, dashboard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "跨部门协调看板"
WIDTHS = (1.7, *(8, 8, 8, 1.6) * 6)
FIRST, LAST = 2, 24
CHART_ROWS, LIST_HEAD, FIRST_RED, NOTE_ROW = (8, 19), 22, 23, 31
LAST_RED = FIRST_RED + dashboard.RED_LIST_ROWS - 1
HEIGHTS = {
    1: 30.0, 2: 6.0, 3: 18.0, 4: 34.0, 5: 17.0, 6: 8.0, 7: 20.0, **dict.fromkeys(range(8, 20), 15.0), 20: 8.0, 21: 20.0,
    LIST_HEAD: 21.0, **dict.fromkeys(range(FIRST_RED, LAST_RED + 1), 26.0), NOTE_ROW: 20.0,
}  # fmt: skip
_LIGHTS = figures.LIGHT_COLUMNS
_NOTHING = '"—"'
_IS_SET = f"N({dashboard.AS_OF})>0"


class Card(NamedTuple):
    """One figure: what it is, the formula, the line below, its number format and its accents."""

    label: str
    figure: str
    note: str
    number_format: str = "0"
    bar: str = palette.CARD_BAR
    fill: str = palette.CARD
    ink: str = palette.TEXT


class Field(NamedTuple):
    """One field of the red list: its block, its head, its columns and its look."""

    name: str
    head: str
    left: int
    right: int
    look: Look


def build_dashboard(sheet: Worksheet) -> Mapping[str, str]:
    """Fill an empty sheet with the dashboard; returns the charts' alternative texts. Source: SPEC section 3, 看板."""
    lay_out(sheet, WIDTHS, HEIGHTS)
    block(sheet, across(1, FIRST, 9), TITLE, Look(font(18, bold=True, color=palette.NAVY)))
    block(sheet, across(1, 10, LAST), _as_of_text(), Look(font(9, color=palette.SECONDARY), alignment=align("right")))
    for position, card in enumerate(_cards()):
        _card(sheet, card, FIRST + 4 * position)
    for row, left, right, text in (
        (7, 2, 12, "各部门在办事项（按预警灯）"),
        (7, 14, LAST, f"近 {dashboard.TREND_WEEKS} 周新增、办结与逾期"),
        (21, 2, 16, "逾期最久的事项"),
        (21, 18, LAST, "逾期账龄（工作日）"),
    ):
        head = Look(font(11, bold=True, color=palette.NAVY), edges=(NO_LINE, NO_LINE, NO_LINE, line(palette.STRONG)))
        block(sheet, across(row, left, right), text, head)
    _red_list(sheet)
    figures.build_figures(sheet)
    charts.add_departments(sheet, Area(CHART_ROWS[0], 2, CHART_ROWS[1], 12))
    charts.add_trend(sheet, Area(CHART_ROWS[0], 14, CHART_ROWS[1], LAST))
    charts.add_ages(sheet, Area(LIST_HEAD, 18, LAST_RED, LAST))
    sheet.freeze_panes = "A2"
    sheet.sheet_properties.tabColor = palette.NAVY
    sheet.print_area = f"A1:Y{NOTE_ROW}"
    printing.paper(sheet, printing.A4, landscape=True, margins=(0.4, 0.4, 0.5, 0.5), high=1)
    printing.footer(sheet, TITLE, "打印时间 &D &T")
    return charts.ALT_TEXTS


def _cards() -> tuple[Card, ...]:
    red, yellow = total(_LIGHTS["红"]), total(_LIGHTS["黄"])
    on_time, late = total(figures.ON_TIME), total(figures.LATE)
    on_original, late_original = total(figures.ON_ORIGINAL), total(figures.LATE_ORIGINAL)
    spent, count = total(figures.SPENT), total(figures.SPENT_COUNT)
    before, before_count = total(figures.BEFORE), total(figures.BEFORE_COUNT)
    longest = total(figures.LONGEST)
    open_now, tasks, coordinations = _open(figures.TOTAL_ROW), _open(_row_of("Tasks")), _open(_row_of("Coordination"))
    others = f"{open_now}-({tasks})-({coordinations})"
    how_long = f'IF({longest}>0,"最长 "&{longest}&" 个工作日","不足 1 个工作日")'
    sunday = f"(INT({dashboard.AS_OF})-WEEKDAY({dashboard.AS_OF},2)+7)"
    original = f'" · 按原定时限 "&TEXT({on_original}/({on_original}+{late_original}),"0%")'
    change = f'TEXT({spent}/{count}-{before}/{before_count},"+0.0;-0.0;0.0")'
    return (
        Card("在办事项", open_now, f'"任务 "&{tasks}&" · 协调 "&{coordinations}&" · 其他 "&({others})'),
        Card(
            f"{palette.RED.symbol} 已逾期", red, f'IF({red}=0,"没有逾期",{how_long})',
            bar=palette.RED.fill, fill=palette.RED_CARD, ink=palette.RED.fill,
        ),
        Card(
            f"{palette.BLUE.symbol} 本周到期", f"IF({_IS_SET},{total(figures.DUE)},{_NOTHING})",
            f'IF({_IS_SET},"截至 "&MONTH({sunday})&"月"&DAY({sunday})&"日（周日）","尚未刷新")', bar=palette.LINK,
        ),
        Card(f"{palette.YELLOW.symbol} 漏反馈", yellow, f'IF({yellow}=0,"没有漏反馈","须当日补报")', bar=palette.REQUIRED),
        Card(
            "按期办结率 · 目标 ≥ 90%", f"IF({on_time}+{late}=0,{_NOTHING},{on_time}/({on_time}+{late}))",
            f'"近 {dashboard.RECENT_DAYS} 日"&IF({on_original}+{late_original}=0,"",{original})', "0%",
        ),
        Card(
            "平均办结用时", f"IF({count}=0,{_NOTHING},{spent}/{count})",
            f'IF(OR({count}=0,{before_count}=0),"工作日 · 近 30 日","工作日 · 较前 30 日 "&{change})', '0.0"天"',
        ),
    )  # fmt: skip


def _open(row: int) -> str:
    return "+".join(f"{_LIGHTS[word]}{row}" for word in "红黄蓝绿")


def _row_of(name: str) -> int:
    return figures.LEDGER_HEAD + 1 + [table.name for table in MATTERS].index(name)


def _card(sheet: Worksheet, card: Card, left: int) -> None:
    is_red = card.ink != palette.TEXT
    ground, edges = fill(card.fill), (line(card.bar, "thick"), NO_LINE, NO_LINE, NO_LINE)
    label = font(9.5, bold=is_red, color=card.ink if is_red else palette.SECONDARY)
    parts = (
        (card.label, label, "General"),
        (f"={card.figure}", font(24, bold=True, color=card.ink), card.number_format),
        (f"={card.note}", font(9, color=palette.SECONDARY), "General"),
    )
    for row, (value, face, code) in enumerate(parts, start=3):
        block(sheet, across(row, left, left + 2), value, Look(face, ground, align(indent=1), edges, code))


def _as_of_text() -> str:
    moment = dashboard.AS_OF
    day = f'YEAR({moment})&"-"&TEXT(MONTH({moment}),"00")&"-"&TEXT(DAY({moment}),"00")'
    clock = f'TEXT(HOUR({moment}),"00")&":"&TEXT(MINUTE({moment}),"00")'
    weekday = f'MID("一二三四五六日",WEEKDAY({moment},2),1)'
    text = f'"统计截至 "&{day}&" "&{clock}&"（周"&{weekday}&"） · 数据来自各台账 · 到期与逾期按工作日计"'
    return f'=IF({_IS_SET},{text},"尚未刷新：点【刷新逾期】后显示")'


def _red_list(sheet: Worksheet) -> None:
    """Eight rows that ``refresh`` writes: merged fields whose first cells bear the names."""
    hair = (NO_LINE, NO_LINE, NO_LINE, line(palette.HAIR))
    middle, grey = align("center"), fill(palette.COMPUTED_HEADER)
    late = font(bold=True, color=palette.RED.fill)
    fields = (
        Field(dashboard.RED_LIGHT, "预警灯", 2, 2, Look(alignment=middle, edges=hair)),
        Field(dashboard.RED_ID, "编号", 3, 4, Look(font(color=palette.LINK), alignment=middle, edges=hair)),
        Field(
            dashboard.RED_TITLE, "事项 / 任务", 5, 9, Look(font(9.5, bold=True), alignment=align(wrap=True), edges=hair)
        ),
        Field(dashboard.RED_WHO, "责任人", 10, 11, Look(alignment=align(shrink=True), edges=hair)),
        Field(dashboard.RED_DUE, "到期", 12, 13, Look(alignment=middle, edges=hair, number_format='m"月"d"日"')),
        Field(dashboard.RED_DAYS, "逾期", 14, 14, Look(late, alignment=middle, edges=hair, number_format='0"天";;;@')),
        Field(dashboard.RED_RUNG, "已升级至", 15, 16, Look(alignment=align("center", shrink=True), edges=hair)),
    )
    for field in fields:
        head = Look(font(bold=True, color=palette.COMPUTED_HEADER_TEXT), grey, middle)
        block(sheet, across(LIST_HEAD, field.left, field.right), field.head, head)
        for row in range(FIRST_RED, LAST_RED + 1):
            block(sheet, across(row, field.left, field.right), None, field.look)
        first = str(Area(FIRST_RED, field.left, LAST_RED, field.left))
        names.define(sheet, field.name, first)
        if field.name == dashboard.RED_LIGHT:
            conditions.add_lights(sheet, first)
    red, tasks = total(_LIGHTS["红"]), BY_NAME["Tasks"].sheet
    shown = f'"共 "&{red}&" 项逾期，按逾期工作日从多到少列前 {dashboard.RED_LIST_ROWS} 项；全部见{tasks}和各台账（筛选“红”）"'
    note = f'=IF({red}=0,"没有逾期事项",{shown})'
    block(sheet, across(NOTE_ROW, 2, 16), note, Look(font(9, color=palette.SECONDARY)))
