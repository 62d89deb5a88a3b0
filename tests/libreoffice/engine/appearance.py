"""How ranges look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine import looks
from tests.libreoffice.engine.boxes import Box
from tests.libreoffice.engine.contents import Contents
from tests.libreoffice.engine.font import Font
from tests.libreoffice.engine.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable


class Appearance(Contents):
    """Number format, fill, font, height and width."""

    @property
    def number_format(self) -> str | None:
        if self._empty:
            return ""
        formats = self._sheet.book.formats
        codes = {formats[key].code for area in self._each() for _, key in formats.areas(area)}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        key = self._sheet.book.formats.key(value)
        self._formatted(lambda area: setattr(area, "NumberFormat", key))

    def _formatted(self, change: Callable[[Any], object]) -> None:
        if self._sheet.uno.isProtected():
            raise refused("The cell or chart you're trying to change is on a protected sheet.")
        for area in self._each():
            change(area)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return None if self._empty else looks.fill(self._each())

    @color.setter
    def color(self, value: Any) -> None:
        number = looks.number(value)
        self._formatted(lambda area: setattr(area, "CellBackColor", number))

    def set_colors(self, colors: list[list[Any]]) -> None:
        """As on Windows: one call and more for each coloured cell."""
        for row, line in enumerate(colors):
            for column, color in enumerate(line):
                if color is not ...:
                    self._office.charge(1)
                    type(self)(self._sheet, (Box(self.box.row + row, self.box.column + column),)).color = color

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def wrap_text(self) -> bool | None:
        return None if looks.mixed(self._area, "IsTextWrapped") else self._area.IsTextWrapped

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._formatted(lambda area: setattr(area, "IsTextWrapped", bool(value)))

    @property
    def row_height(self) -> float | None:
        return looks.row_height(self._area)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._formatted(lambda area: looks.set_row_height(area, value))

    @property
    def column_width(self) -> float | None:
        return looks.column_width(self._area)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._formatted(lambda area: looks.set_column_width(area, value))

    @property
    def width(self) -> float:
        return looks.points(self._area.Size.Width)

    @property
    def height(self) -> float:
        return looks.points(self._area.Size.Height)

    @property
    def left(self) -> float:
        return looks.points(self._area.Position.X)

    @property
    def top(self) -> float:
        return looks.points(self._area.Position.Y)

    def autofit(self, axis: str | None = None) -> None:
        for area in self._each():
            if axis in (None, "c", "columns"):
                area.Columns.OptimalWidth = True
            if axis in (None, "r", "rows"):
                area.Rows.OptimalHeight = True
