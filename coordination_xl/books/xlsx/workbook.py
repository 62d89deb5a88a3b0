"""The workbook part: its worksheets, defined names, date system and calculation settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.tables import read_table

if TYPE_CHECKING:
    from coordination_xl.books.xlsx.package import Package
    from coordination_xl.books.xlsx.tables import Table

_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s(),:]+))!([$A-Za-z0-9:]+)")
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its name, its part, and the tables that stand on it."""

    name: str
    part: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a workbook consists of, as far as ledgers are concerned.

    Attributes:
        part: the workbook part.
        sheets: its worksheets, in order; chart sheets and macro sheets are left out.
        names: the area of each defined name that is one rectangle, by case-folded name; a name of workbook scope beats
            one of sheet scope.
        date1904: whether serial dates count from 1904.
        strings: the shared strings part.
        styles: the styles part.
        calculation_chain: the calculation chain part.
    """

    part: str
    sheets: tuple[Sheet, ...]
    names: dict[str, tuple[str, Area]]
    date1904: bool
    strings: str | None
    styles: str | None
    calculation_chain: str | None

    def sheet(self, name: str) -> Sheet:
        """The worksheet of this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def table(self, name: str) -> tuple[Sheet, Table] | None:
        """A table and its sheet; names are compared as Excel does, without case."""
        folded = name.casefold()
        return next(
            ((sheet, table) for sheet in self.sheets for table in sheet.tables if table.name.casefold() == folded), None
        )


def read_layout(package: Package) -> Layout:
    """The layout of a package.

    Raises:
        NotAWorkbook: no workbook part.
        DamagedWorkbook: a part that the workbook names is missing or cannot be parsed.
    """
    part = package.workbook_part()
    root = package.tree(part)
    by_id = {relationship.id: relationship for relationship in package.relationships(part)}
    sheets, places = [], []
    listed = root.find("sheets")
    for element in listed.all("sheet") if listed else []:
        relation_id = next((v for k, v in element.attributes.items() if k.endswith("/relationships id")), "")
        relationship = by_id.get(relation_id)
        name = element.attributes.get("name", "")
        places.append(name)
        if relationship is None:
            raise package.damaged(f"工作表“{name}”没有对应的部件")
        if relationship.kind == "worksheet":
            sheets.append(Sheet(name, relationship.target, _tables(package, relationship.target)))
    properties = root.find("workbookPr")
    is_1904 = properties is not None and properties.attributes.get("date1904", "0") in ("1", "true", "on")
    return Layout(
        part,
        tuple(sheets),
        _names(root, places),
        is_1904,
        package.related(part, "sharedStrings"),
        package.related(part, "styles"),
        package.related(part, "calcChain"),
    )


def _tables(package: Package, part: str) -> tuple[Table, ...]:
    if not package.has(part):
        raise package.damaged(f"缺少部件 {part}")
    targets = [r.target for r in package.relationships(part) if r.kind == "table"]
    return tuple(read_table(package, target) for target in targets)


def _names(root: markup.Element, places: list[str]) -> dict[str, tuple[str, Area]]:
    found: dict[str, tuple[str, Area]] = {}
    listed = root.find("definedNames")
    elements = listed.all("definedName") if listed else []
    # Names of workbook scope come last, so that they win.
    for element in sorted(elements, key=lambda element: "localSheetId" not in element.attributes):
        match = _REFERENCE.fullmatch(element.text.strip().removeprefix("="))
        area = Area.parse(match[3]) if match else None
        if match is None or area is None:
            continue
        sheet = match[1].replace("''", "'") if match[1] else match[2]
        if sheet in places:
            found[element.attributes.get("name", "").casefold()] = (sheet, area)
    return found


def with_full_calculation(content: bytes, root: markup.Element) -> bytes:
    """The workbook part, asking Excel to calculate everything when it opens; unchanged if it asks already."""
    settings = root.find("calcPr")
    if settings is not None:
        if settings.attributes.get("fullCalcOnLoad") in ("1", "true"):
            return content
        tag = markup.with_attribute(content[settings.start : settings.open_end], "fullCalcOnLoad", "1")
        return markup.patch(content, [(settings.start, settings.open_end, tag)])
    at = max(child.end for child in root.children if child.name in _BEFORE_CALCULATION)
    element = f'<{markup.raw_prefix(content, root)}calcPr fullCalcOnLoad="1"/>'.encode()
    return markup.patch(content, [(at, at, element)])
