"""Named styles: a person can restyle every ledger at once from Excel's style gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from coordination_xl.books.build import measures, palette
from coordination_xl.schema import Column, Kind, Table

if TYPE_CHECKING:
    from openpyxl import Workbook

CENTRED = {Kind.LIGHT, Kind.STATE, Kind.CHOICE, Kind.VERSION, Kind.DEPARTMENT, Kind.DATE, Kind.MOMENT}
RIGHT = {Kind.WORKDAYS, Kind.HOURS, Kind.NUMBER}
UNWRAPPED = {Kind.ID, *CENTRED, *RIGHT}

TITLE, LEGEND, BACK_LINK, BLANK = "台账标题", "台账图例", "返回链接", "台账留白"
HEADER, REQUIRED_HEADER, COMPUTED_HEADER = "表头 填写", "表头 必填", "表头 计算"


def font(size: float = 10, *, bold: bool = False, italic: bool = False, color: str = palette.TEXT) -> Font:
    """A font of the workbook's one family."""
    return Font(name=palette.FAMILY, size=size, bold=bold, italic=italic, color=color)


def fill(color: str) -> PatternFill:
    """A solid fill; none for ``""``."""
    return PatternFill("solid", start_color=color, end_color=color) if color else PatternFill()


def line(color: str, style: Literal["thin", "medium", "thick"] = "thin") -> Side:
    """One edge of a cell."""
    return Side(style=style, color=color)


def align(
    across: Literal["left", "center", "right"] = "left", *, indent: int = 0, wrap: bool = False, shrink: bool = False
) -> Alignment:
    """Vertically centred text; left or right with an indent, or centred."""
    return Alignment(horizontal=across, vertical="center", indent=indent, wrap_text=wrap, shrink_to_fit=shrink)


def set_normal(workbook: Workbook) -> None:
    """Make 微软雅黑 10 the Normal font, so that a column's width means 7 pixels a unit."""
    normal = font()
    workbook._fonts = IndexedList([normal])  # type: ignore[attr-defined]  # noqa: SLF001 there is no other door to it
    workbook._named_styles["Normal"].font = normal  # type: ignore[attr-defined]  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Stylist:
    """Registers named styles in a workbook the first time they are asked for."""

    workbook: Workbook

    def named(self, name: str, **parts: object) -> str:
        """The style of this name, made of these parts if it is new."""
        if name not in self.workbook.named_styles:
            self.workbook.add_named_style(NamedStyle(name=name, **parts))  # type: ignore[arg-type]
        return name

    def title(self) -> str:
        """The name of the ledger, above it."""
        return self.named(TITLE, font=font(16, bold=True, color=palette.NAVY), alignment=align())

    def legend(self) -> str:
        """The line that says what grey, gold and the lights mean."""
        return self.named(LEGEND, font=font(9, color=palette.SECONDARY), alignment=align())

    def back_link(self) -> str:
        """The way back to the start page."""
        return self.named(
            BACK_LINK, font=Font(palette.FAMILY, 9, color=palette.LINK, underline="single"), alignment=align()
        )

    def blank(self) -> str:
        """Cells above the header: they keep the column's own look out."""
        return self.named(BLANK, font=font(9), alignment=align())

    def header(self, column: Column) -> str:
        """The header cell of a column: who fills it, and whether it must be filled."""
        side = line(palette.GRID)
        text = align(indent=1)
        if column.is_computed:
            strong = line(palette.STRONG)
            return self.named(
                COMPUTED_HEADER,
                font=font(bold=True, italic=True, color=palette.COMPUTED_HEADER_TEXT),
                fill=fill(palette.COMPUTED_HEADER),
                border=Border(left=line(palette.HAIR), right=line(palette.HAIR), top=strong, bottom=strong),
                alignment=text,
            )
        look = {"font": font(bold=True, color=palette.WHITE), "fill": fill(palette.NAVY), "alignment": text}
        if column.required or column.required_from:
            gold = line(palette.REQUIRED, "thick")
            return self.named(REQUIRED_HEADER, border=Border(left=side, right=side, bottom=gold), **look)
        return self.named(HEADER, border=Border(left=side, right=side), **look)

    def body(self, table: Table, column: Column) -> str:
        """The cells of a column, also as the column's default, so that appended rows inherit it."""
        code = measures.number_format(table, column)
        is_linked, is_plain = bool(column.refers_to), code == measures.FORMATS.get(column.kind, measures.TEXT_FORMAT)
        name = ("计算 " if column.is_computed else "填写 ") + column.kind.value
        if is_linked:
            name += " 来源"
        if not is_plain:
            name += " 零不显示" if column.identifier.startswith("overdue") else " 按文本"
        if table.name == "Calendar" and column.kind is Kind.WORD and column.is_computed:
            name += " 居中"
        return self.named(
            name,
            font=_body_font(column),
            fill=fill(palette.COMPUTED_CELL if column.is_computed else ""),
            border=_body_border(column),
            alignment=align("center", indent=0) if name.endswith("居中") else _body_alignment(column.kind),
            number_format=code,
        )


def _body_font(column: Column) -> Font:
    if column.kind is Kind.ID or column.refers_to:
        return font(color=palette.LINK)
    if column.is_computed:
        return font(color=palette.COMPUTED_TEXT)
    return font(bold=column.kind is Kind.NAME)


def _body_border(column: Column) -> Border:
    hair = line(palette.COMPUTED_LINE) if column.is_computed else Side()
    return Border(left=hair, right=hair, bottom=line(palette.HAIR))


def _body_alignment(kind: Kind) -> Alignment:
    wrap = kind not in UNWRAPPED
    if kind in CENTRED:
        return align("center")
    return align("right", indent=1) if kind in RIGHT else align(indent=1, wrap=wrap)
