"""The font of a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine import looks
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.uno_bridge import load_uno

if TYPE_CHECKING:
    from tests.libreoffice.engine.cells import Range

_SCRIPTS = ("", "Asian", "Complex")


class Font(Counted, base_classes.Font):
    """Bold, italic, size, colour and name; ``None`` where the cells differ."""

    def __init__(self, cells: Range) -> None:
        self._office = cells._office
        self._cells = cells

    def _get(self, name: str) -> Any:
        areas = self._cells._each()
        found = [None if looks.mixed(area, name) else getattr(area, name) for area in areas]
        return found[0] if all(each == found[0] for each in found) else None

    def _set(self, name: str, value: object) -> None:
        for script in _SCRIPTS:
            self._cells._formatted(lambda area, name=name + script: setattr(area, name, value))

    @property
    def bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight > looks.NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", looks.BOLD if value else looks.NORMAL)

    @property
    def italic(self) -> bool | None:
        posture = self._get("CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", load_uno().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        return self._get("CharHeight")

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        return self._get("CharFontName")

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int]:
        color = self._get("CharColor")
        return (0, 0, 0) if color is None else looks.rgb(color)

    @color.setter
    def color(self, value: Any) -> None:
        number = looks.number(value)
        self._cells._formatted(lambda area: setattr(area, "CharColor", number))
