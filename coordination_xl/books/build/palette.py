"""The colours, the type faces and the symbols of the workbook.

White paper, one navy, grey for what the program owns, gold for what is required; strong colour for lights only. Ink
weight is severity, so that a photocopy still tells red from green.
"""

from __future__ import annotations

from typing import NamedTuple

FAMILY = "微软雅黑"

NAVY = "1F3A5F"
"""Titles and the headers of input columns."""
LINK = "1F5A99"
"""Links, ids, accent bars."""
LABEL = "E9EEF4"
"""Label cells and step cards."""
COMPUTED_HEADER, COMPUTED_HEADER_TEXT = "DDE3EA", "33414F"
COMPUTED_CELL, COMPUTED_TEXT, COMPUTED_LINE = "F4F6F8", "44505C", "E3E8ED"
MISSING = "FFF4D6"
"""Fill of a required cell that is empty."""
REQUIRED = "D99A00"
"""The line under the header of a required column."""
HAIR, STRONG, GRID, FRAME = "C5CED8", "8795A5", "5B6878", "1F2933"
"""Lines, from the faintest to the outer frame of a form."""
TEXT, SECONDARY, WHITE = "1F2933", "5F6B7A", "FFFFFF"
BUTTON, BUTTON_LINE = "DCE7F3", "9FB3C8"
CARD, CARD_BAR, RED_CARD = "F7F9FB", "A9B4C0", "FBEBEA"
SUBHEAD = "F1F4F8"
GRIDLINE = "E3E8ED"
QUIET = "6B7682"
"""What is paused or finished."""
DONE_LINE = "2E7D5B"
AGEING = ("E0A39F", "CC6660", "B3261E", "7A1610")
"""The deepening reds of the ageing columns."""


class Light(NamedTuple):
    """How one light looks in a cell and in a chart.

    Attributes:
        symbol: printed before the word by number format; the cell holds the word alone.
        meaning: for legends.
        fill: of the cell, ``""`` for none.
        color: of the text.
        chart: fill in charts; 灰 is hatched instead.
    """

    symbol: str
    meaning: str
    fill: str
    color: str
    chart: str

    @property
    def is_bold(self) -> bool:
        """What asks for something to be done is bold: exactly what has a fill."""
        return bool(self.fill)

    @property
    def number_format(self) -> str:
        """The number format that prints the symbol before the word."""
        return f'"{self.symbol} "@'


LIGHTS = {
    "红": Light("▲", "逾期", "B3261E", "FFFFFF", "B3261E"),
    "黄": Light("◆", "漏反馈", "FFE3A3", "5A4100", "F0B83A"),
    "蓝": Light("●", "将到期", "D9E8F7", "174E86", "5B97CF"),
    "绿": Light("○", "正常", "", "1F6B4C", "BCE0CE"),
    "灰": Light("－", "挂账或办结", "", QUIET, "8B96A2"),
}  # fmt: skip
"""Worst first. Only symbols of GB2312: every Chinese font has them at full width."""

RED, YELLOW, BLUE = LIGHTS["红"], LIGHTS["黄"], LIGHTS["蓝"]
