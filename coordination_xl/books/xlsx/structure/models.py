"""The workbook that new things look like, opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx.package import Package
from coordination_xl.books.xlsx.workbook import read_layout
from coordination_xl.errors import UsageError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordination_xl.books.xlsx.markup import Element
    from coordination_xl.books.xlsx.workbook import Layout


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """One sheet of the model.

    Attributes:
        part: its part.
        content: its bytes.
        root: its tree.
        cells: each cell by its address.
    """

    part: str
    content: bytes
    root: Element
    cells: dict[str, Element]


class Model:
    """A workbook that is only looked at.

    Args:
        path: where it is.

    Raises:
        UsageError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            archive = path.read_bytes()
        except OSError as fault:
            raise UsageError(str(path), f"无法读取（{reason(fault)}）", "请重新安装 coordination-xl") from fault
        self.package = Package(archive, str(path))
        self.layout: Layout = read_layout(self.package)
        self._sheets: dict[str, ModelSheet] = {}

    def sheet(self, name: str) -> ModelSheet:
        """One of its sheets."""
        if name not in self._sheets:
            part = self.layout.sheet(name).part
            content = self.package.xml(part)
            root = self.package.tree(part, content)
            self._sheets[name] = ModelSheet(part, content, root, {each.attributes["r"]: each for each in _cells(root)})
        return self._sheets[name]

    @cached_property
    def styles(self) -> tuple[bytes, Element]:
        """Its styles part and its tree."""
        part = self.layout.styles or ""
        content = self.package.xml(part)
        return content, self.package.tree(part, content)


def _cells(root: Element) -> Iterator[Element]:
    data = root.find("sheetData")
    for row in data.children if data else ():
        yield from row.all("c")


def style_of(element: Element | None) -> int:
    """The cell format that an element (``c``, ``col``, ``row``) names; 0 for none."""
    if element is None:
        return 0
    return int(element.attributes.get("s" if element.name in {"c", "row"} else "style", "0") or 0)
