"""Defined names: of the workbook, or of one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine import formulas
from tests.libreoffice.engine.boxes import Box, of_uno
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.uno_bridge import load_uno

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.libreoffice.engine.book import Book
    from tests.libreoffice.engine.cells import Range

HIDDEN = ("_xlnm.", "_xlfn.", "_xlpm.")


class Names(Counted, base_classes.Names):
    """The names of one scope, in the order of the alphabet as in Excel."""

    def __init__(self, book: Book, container: Any, prefix: str = "") -> None:
        self._office = book._office
        self._book = book
        self._container = container
        self._prefix = prefix

    def _keys(self) -> list[str]:
        return sorted(
            (each for each in self._container.getElementNames() if not each.startswith(HIDDEN)), key=str.lower
        )

    def _find(self, name_or_index: int | str) -> str | None:
        keys = self._keys()
        if isinstance(name_or_index, str):
            wanted = name_or_index.rpartition("!")[2].lower()
            return next((key for key in keys if key.lower() == wanted), None)
        return keys[name_or_index - 1] if 1 <= name_or_index <= len(keys) else None

    def __call__(self, name_or_index: int | str) -> Name:
        key = self._find(name_or_index)
        if key is None:
            raise refused("Application-defined or object-defined error")
        return Name(self._book, self._container, key, self._prefix)

    def contains(self, name_or_index: int | str) -> bool:
        return self._find(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._keys())

    def __iter__(self) -> Iterator[Name]:
        return iter([Name(self._book, self._container, key, self._prefix) for key in self._keys()])

    def add(self, name: str, refers_to: str) -> Name:
        if (old := self._find(name)) is not None:
            self._container.removeByName(old)
        content = formulas.to_host(refers_to.removeprefix("="))
        start = load_uno().createUnoStruct("com.sun.star.table.CellAddress")
        self._container.addNewByName(name, content, start, 0)
        return Name(self._book, self._container, name, self._prefix)


class Name(Counted, base_classes.Name):
    """One defined name."""

    def __init__(self, book: Book, container: Any, key: str, prefix: str) -> None:
        self._office = book._office
        self._book = book
        self._container = container
        self._key = key
        self._prefix = prefix

    @property
    def _named(self) -> Any:
        return self._container.getByName(self._key)

    @property
    def name(self) -> str:
        return self._prefix + self._key

    @name.setter
    def name(self, value: str) -> None:
        self._named.setName(value)
        self._key = value

    @property
    def refers_to(self) -> str:
        return "=" + formulas.to_excel(self._named.getContent())

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._named.setContent(formulas.to_host(value.removeprefix("=")))

    @property
    def refers_to_range(self) -> Range:
        from tests.libreoffice.engine.cells import Range  # ranges know their sheet, which knows names
        from tests.libreoffice.engine.sheet import Sheet

        area = self._named.getReferredCells()
        if area is None:
            raise refused("Application-defined or object-defined error")
        box: Box = of_uno(area.RangeAddress)
        return Range(Sheet(self._book, area.getSpreadsheet()), (box,))

    def delete(self) -> None:
        self._container.removeByName(self._key)
