"""The three native charts of the dashboard: no title, no frame, no third dimension; symbols in the legend, ink by severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties

from coordination_xl.books.build import figures, palette
from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    from openpyxl.chart.axis import TextAxis
    from openpyxl.worksheet.worksheet import Worksheet

    from coordination_xl.books.addresses import Area

POINT = 12700
"""English metric units in a point."""
ALT_TEXTS = {
    "Chart 1": "各部门在办事项：按部门堆叠的条形图，依次为红、黄、蓝、绿、灰",
    "Chart 2": "近 8 周新增、办结与逾期：三条折线",
    "Chart 3": "逾期账龄：按逾期工作日分四档的柱形图",
}
"""By the name openpyxl gives the drawing object, in the order the charts are added."""
_LINES: tuple[tuple[str, str, float, Literal["solid", "dash"], Literal["circle", "square", "triangle"]], ...] = (
    (dashboard.TREND_NEW, palette.BLUE.chart, 2.0, "solid", "circle"),
    (dashboard.TREND_DONE, palette.DONE_LINE, 2.0, "dash", "square"),
    (dashboard.TREND_OVERDUE, palette.RED.chart, 2.5, "solid", "triangle"),
)
_FIRST, _LAST_DEPARTMENT = figures.FIRST_DEPARTMENT, figures.LAST_BAR
_LAST_WEEK = figures.CHART_HEAD + dashboard.TREND_WEEKS
_LAST_AGE = figures.CHART_HEAD + len(dashboard.AGES)


def add_departments(sheet: Worksheet, area: Area) -> None:
    """Open matters by department and light, stacked; the department with the most red on top."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    for word, letter in figures.LIGHT_COLUMNS.items():
        series = _series(letter, figures.LABEL, _FIRST, _LAST_DEPARTMENT)
        series.graphicalProperties = _light_fill(word)
        is_red = word == "红"
        series.dLbls = _labels("0;;;", palette.WHITE if is_red else palette.TEXT, is_bold=is_red)
        chart.series.append(series)
    _category_axis(chart)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.delete, chart.y_axis.majorGridlines = True, None
    _legend(chart)
    _place(sheet, chart, area)


def add_trend(sheet: Worksheet, area: Area) -> None:
    """Eight weeks of new, finished and overdue matters; told apart by dash and marker, not by colour alone."""
    chart = LineChart()
    for name, color, points, dash, symbol in _LINES:
        series = _series(figures.TREND_COLUMNS[name], figures.TREND_COLUMNS[dashboard.TREND_LABEL], _FIRST, _LAST_WEEK)
        stroke = LineProperties(solidFill=color, w=int(points * POINT), prstDash=dash)
        series.graphicalProperties = GraphicalProperties(ln=stroke)
        series.marker = Marker(symbol=symbol, size=7)
        series.marker.graphicalProperties = GraphicalProperties(solidFill=color, ln=LineProperties(solidFill=color))
        series.smooth = False
        if name == dashboard.TREND_OVERDUE:
            last = DataLabel(
                idx=dashboard.TREND_WEEKS - 1, dLblPos="r", txPr=_text(palette.RED.chart, is_bold=True), **_ONLY_VALUE
            )
            series.dLbls = DataLabelList(dLbl=[last], **{**_ONLY_VALUE, "showVal": False})
        chart.series.append(series)
    _category_axis(chart)
    axis = chart.y_axis
    axis.delete, axis.number_format, axis.majorTickMark, axis.txPr = False, "0", "none", _text()
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=palette.GRIDLINE)))
    axis.graphicalProperties = _no_line()
    axis.scaling.min = 0
    _legend(chart)
    _place(sheet, chart, area)


def add_ages(sheet: Worksheet, area: Area) -> None:
    """Overdue matters by how long they have been overdue, in deepening red."""
    chart = BarChart()
    chart.type, chart.gapWidth = "col", 60
    series = _series(figures.AGE, figures.AGE_LABEL, _FIRST, _LAST_AGE)
    series.graphicalProperties = GraphicalProperties(solidFill=palette.AGEING[0])
    series.dPt = [
        DataPoint(idx=number, invertIfNegative=False, spPr=GraphicalProperties(solidFill=color))
        for number, color in enumerate(palette.AGEING)
    ]
    series.dLbls = _labels("0", palette.TEXT, is_bold=True)
    series.dLbls.dLblPos = "outEnd"
    chart.series.append(series)
    _category_axis(chart)
    chart.y_axis.delete, chart.y_axis.majorGridlines, chart.y_axis.scaling.min = True, None, 0
    chart.legend = None
    _place(sheet, chart, area)


_ONLY_VALUE = {
    "showVal": True,
    "showLegendKey": False,
    "showCatName": False,
    "showSerName": False,
    "showPercent": False,
    "showBubbleSize": False,
}


def _series(letter: str, labels: str, first: int, last: int) -> Series:
    """A series whose name, categories and values are cells."""

    def cells(column: str, top: int, bottom: int) -> str:
        return f"'{dashboard.SHEET}'!${column}${top}:${column}${bottom}"

    return Series(
        tx=SeriesLabel(strRef=StrRef(f"'{dashboard.SHEET}'!${letter}${figures.CHART_HEAD}")),
        cat=AxDataSource(strRef=StrRef(cells(labels, first, last))),
        val=NumDataSource(numRef=NumRef(f=cells(letter, first, last))),
    )


def _light_fill(word: str) -> GraphicalProperties:
    color = palette.LIGHTS[word].chart
    if word != "灰":
        return GraphicalProperties(solidFill=color, ln=LineProperties(solidFill=palette.WHITE))
    hatch = PatternFillProperties(prst="ltUpDiag", fgClr=_color(color), bgClr=_color(palette.WHITE))
    return GraphicalProperties(pattFill=hatch, ln=LineProperties(solidFill=color))


def _color(code: str) -> ColorChoice:
    return ColorChoice(srgbClr=code)  # type: ignore[arg-type]  # the stubs know no plain colour code


def _text(color: str = palette.TEXT, *, is_bold: bool = False) -> RichText:
    face = Font(typeface=palette.FAMILY)
    letters = CharacterProperties(sz=900, b=is_bold, solidFill=color, latin=face, ea=face)
    return RichText(RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _labels(code: str, color: str, *, is_bold: bool) -> DataLabelList:
    return DataLabelList(numFmt=code, txPr=_text(color, is_bold=is_bold), **_ONLY_VALUE)


def _category_axis(chart: BarChart | LineChart) -> None:
    axis = cast("TextAxis", chart.x_axis)
    axis.delete, axis.majorTickMark, axis.tickLblSkip, axis.txPr = False, "none", 1, _text()
    axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=palette.HAIR))


def _no_line() -> GraphicalProperties:
    return GraphicalProperties(ln=LineProperties(noFill=True))


def _legend(chart: BarChart | LineChart) -> None:
    chart.legend = Legend()
    chart.legend.position, chart.legend.overlay, chart.legend.txPr = "t", False, _text()


def _place(sheet: Worksheet, chart: BarChart | LineChart, area: Area) -> None:
    """Put the chart over an area: it moves with its cells, but keeps its size."""
    chart.title, chart.roundedCorners, chart.varyColors = None, False, False
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    start, end = AnchorMarker(area.left - 1, 0, area.top - 1, 0), AnchorMarker(area.right, 0, area.bottom, 0)
    chart.anchor = TwoCellAnchor(editAs="oneCell", _from=start, to=end)  # type: ignore[assignment]  # stubs: a cell only
    sheet.add_chart(chart)
