"""The start page 使用说明: what to do in three steps, a link to every sheet, what the lights and colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.build import conditions, links, palette, printing
from coordination_xl.books.build.blocks import NO_LINE, Look, across, block, boxed, lay_out
from coordination_xl.books.build.references import setting
from coordination_xl.books.build.styles import align, fill, font, line
from coordination_xl.schema import FORMS, MATTERS, dashboard
from coordination_xl.schema.settings import COMPANY, OFFICE
from coordination_xl.schema.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (2, *(11.8, 11.8, 1.4) * 6)
HEIGHTS = {
    1: 6.0, 2: 30.0, 3: 20.0, 4: 6.0, 5: 24.0, 6: 19.0, 7: 19.0, 8: 8.0, 9: 20.0, 10: 5.0, 11: 25.0, 12: 7.0, 13: 20.0,
    14: 5.0, 15: 25.0, 16: 7.0, 17: 20.0, 18: 5.0, 19: 25.0, 20: 5.0, 21: 21.0, 22: 8.0, 23: 20.0,
    **dict.fromkeys(range(24, 29), 18.5),
}  # fmt: skip
FIRST, LAST = 2, 18
TITLE = "跨部门沟通协调工作簿"
SENTENCE = "把每一件跨部门的事登记、分派、跟踪、预警、归档。日常只需三步："
STEPS = (
    ("① 登记", "在表单或台账里填写，点【校验】", "白底单元格填写；灰底由程序计算。"),
    ("② 刷新", "点【刷新逾期】，看预警灯和看板", "按工作日计算，含调休上班日。"),
    ("③ 通知", "选中行点【生成通知】→【发送】", "同一对象、同一时限只发一次。"),
)
GROUPS = (
    ("看结果", 9, (dashboard.SHEET, *(table.sheet for table in MATTERS))),
    ("填表单（A4，可直接打印）", 13, (*(form.sheet for form in FORMS), BY_NAME["Extensions"].sheet)),
    (
        "基础资料与记录",
        17,
        tuple(BY_NAME[name].sheet for name in ("Contacts", "Rules", "Calendar", "Settings", "Dispatch", "Cases")),
    ),
)
"""Section head, its row, the sheets behind its six buttons."""
MORE_ROW, MORE = 21, tuple(BY_NAME[name].sheet for name in ("Recurring", "Progress", "Findings", "Audit"))
LEGEND_ROW = 23
LIGHTS = {
    "红": "已逾期：立即处理，按层级升级",
    "黄": "漏反馈，或中间环节超时：当日补报",
    "蓝": "即将到期：提前安排",
    "绿": "正常",
    "灰": "挂账或已办结",
}


def build_start(sheet: Worksheet) -> None:
    """Fill an empty sheet with the start page. Source: SPEC section 3, 使用说明."""
    lay_out(sheet, WIDTHS, HEIGHTS)
    block(sheet, across(2, FIRST, 12), TITLE, Look(font(20, bold=True, color=palette.NAVY)))
    company = f'={setting(COMPANY)}&" · "&{setting(OFFICE)}'
    block(sheet, across(2, 13, LAST), company, Look(font(9, color=palette.SECONDARY), alignment=align("right")))
    block(sheet, across(3, FIRST, LAST), SENTENCE, Look(font(color=palette.SECONDARY)))
    for step, left in zip(STEPS, (2, 8, 14), strict=True):
        _card(sheet, step, left)
    for (head, row, sheets), is_filled in zip(GROUPS, (True, False, False), strict=True):
        _head(sheet, row, head, FIRST, LAST)
        _buttons(sheet, row + 2, sheets, fill(palette.BUTTON if is_filled else palette.WHITE), 10)
    _buttons(sheet, MORE_ROW, MORE, fill(palette.WHITE), 9)
    _lights(sheet)
    _colors(sheet)
    sheet.sheet_properties.tabColor = palette.NAVY
    sheet.print_area = f"A1:S{max(HEIGHTS)}"
    sheet.print_options.horizontalCentered = True
    printing.paper(sheet, printing.A4, landscape=True, margins=(0.4, 0.4, 0.5, 0.5), high=1)
    printing.footer(sheet, TITLE, "打印时间 &D &T")


def _card(sheet: Worksheet, texts: tuple[str, str, str], left: int) -> None:
    looks = (font(12, bold=True, color=palette.NAVY), font(bold=True), font(color=palette.SECONDARY))
    bar = line(palette.LINK, "thick")
    for row, (text, face) in enumerate(zip(texts, looks, strict=True), start=5):
        look = Look(face, fill(palette.LABEL), align(indent=1), (bar, NO_LINE, NO_LINE, NO_LINE))
        block(sheet, across(row, left, left + 4), text, look)


def _head(sheet: Worksheet, row: int, text: str, left: int, right: int) -> None:
    strong = line(palette.STRONG)
    face = font(11, bold=True, color=palette.NAVY)
    block(sheet, across(row, left, right), text, Look(face, edges=(NO_LINE, NO_LINE, NO_LINE, strong)))


def _buttons(sheet: Worksheet, row: int, sheets: Iterable[str], ground: object, size: float) -> None:
    """Dark text on a light fill: some hosts force their own link colour."""
    edge = boxed(line(palette.BUTTON_LINE))
    for position, name in enumerate(sheets):
        area = across(row, 2 + 3 * position, 3 + 3 * position)
        look = Look(font(size, bold=size >= 10, color=palette.LINK), ground, align("center"), edge)  # type: ignore[arg-type]
        links.link(block(sheet, area, name, look), name, area=str(area))


def _lights(sheet: Worksheet) -> None:
    _head(sheet, LEGEND_ROW, "预警灯", FIRST, 9)
    for row, (word, text) in enumerate(LIGHTS.items(), start=LEGEND_ROW + 1):
        block(sheet, across(row, 2, 2), word, Look(alignment=align("center")))
        block(sheet, across(row, 3, 9), text, Look(alignment=align(indent=1)))
    conditions.add_lights(sheet, str(Area(LEGEND_ROW + 1, 2, LEGEND_ROW + len(LIGHTS), 2)))


def _colors(sheet: Worksheet) -> None:
    """Chips with the ledgers' real formats."""
    _head(sheet, LEGEND_ROW, "颜色约定", 11, LAST)
    hair, strong, gold = line(palette.HAIR), line(palette.STRONG), line(palette.REQUIRED, "thick")
    middle = align("center")
    grey_text = font(bold=True, italic=True, color=palette.COMPUTED_HEADER_TEXT)
    chips = (
        (
            "表头",
            Look(font(bold=True, color=palette.WHITE), fill(palette.NAVY), middle, (hair, hair, hair, gold)),
            "填写列；金色下线=必填",
        ),
        (
            "表头",
            Look(grey_text, fill(palette.COMPUTED_HEADER), middle, (hair, hair, strong, strong)),
            "程序计算列：请勿改动",
        ),
        ("内容", Look(font(), fill(palette.WHITE), middle, boxed(hair)), "可填写"),
        (
            "内容",
            Look(font(color=palette.COMPUTED_TEXT), fill(palette.COMPUTED_CELL), middle, boxed(hair)),
            "程序写入；手工修改会被覆盖",
        ),
        (None, Look(font(), fill(palette.MISSING), middle, boxed(hair)), "必填而未填"),
    )
    for row, (word, look, text) in enumerate(chips, start=LEGEND_ROW + 1):
        block(sheet, across(row, 11, 11), word, look)
        block(sheet, across(row, 12, LAST), text, Look(alignment=align(indent=1)))
