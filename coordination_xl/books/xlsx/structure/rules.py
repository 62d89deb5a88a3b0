"""Validations and conditional formats of a model's cells, laid over the same cells of a workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordination_xl.books.addresses import Area
from coordination_xl.books.xlsx.markup import with_attribute
from coordination_xl.books.xlsx.structure.fragments import WORKSHEET, made, place_for, spelled, with_items
from coordination_xl.books.xlsx.structure.translation import Untranslatable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coordination_xl.books.xlsx.markup import Element
    from coordination_xl.books.xlsx.structure.looks import Looks
    from coordination_xl.books.xlsx.structure.models import ModelSheet
    from coordination_xl.books.xlsx.structure.outline import Outline
    from coordination_xl.books.xlsx.structure.translation import Renaming, Translation

    Moved = Translation | Renaming
    Wanted = Callable[[Area, Element], bool]


def copy_validations(outline: Outline, model: ModelSheet, wanted: Wanted, translation: Moved) -> None:
    """Bring in validations; cells that have one of the user's own keep it.

    Args:
        outline: the sheet.
        model: the model's sheet.
        wanted: tells by area and element which ones.
        translation: where their areas and formulas go.
    """
    taken = [area for element in outline.root.walk() if element.name == "dataValidation" for area in _areas(element)]
    items = []
    listed = model.root.find("dataValidations")
    for element in listed.children if listed else ():
        for area in _areas(element):
            if not wanted(area, element):
                continue
            place = _translated(area, translation)
            if place is None or any(place.touches(each) for each in taken):
                continue
            inside = _formulas(element, outline.prefix, translation)
            if inside is not None:
                attributes = {**element.attributes, "sqref": str(place)}
                items.append(made("dataValidation", attributes, outline.prefix, inside))
    outline.patch(with_items(outline.content, outline.root, "dataValidations", items, WORKSHEET))


def copy_conditions(outline: Outline, model: ModelSheet, wanted: Wanted, translation: Moved, looks: Looks) -> None:
    """Bring in conditional formats, behind those that are there.

    Args:
        outline: the sheet.
        model: the model's sheet.
        wanted: tells by area and rule which ones.
        translation: where their areas and formulas go.
        looks: their formats.
    """
    priority = max(
        (
            int(each.attributes["priority"])
            for each in outline.root.walk()
            if each.attributes.get("priority", "").isdecimal()
        ),
        default=0,
    )
    blocks: dict[str, list[bytes]] = {}
    rules = [
        (area, rule)
        for element in model.root.all("conditionalFormatting")
        for area in _areas(element)
        for rule in element.all("cfRule")
        if wanted(area, rule)
    ]
    for area, rule in sorted(rules, key=lambda each: int(each[1].attributes["priority"])):
        place, inside = _translated(area, translation), _formulas(rule, outline.prefix, translation)
        if place is None or inside is None:
            continue
        priority += 1
        attributes = {**rule.attributes, "priority": str(priority)}
        if "dxfId" in attributes:
            attributes["dxfId"] = str(looks.differential(int(attributes["dxfId"])))
        blocks.setdefault(str(place), []).append(made("cfRule", attributes, outline.prefix, inside))
    at = place_for(outline.root, "conditionalFormatting", WORKSHEET)
    outline.patch(
        [
            (at, at, made("conditionalFormatting", {"sqref": place}, outline.prefix, b"".join(inside)))
            for place, inside in blocks.items()
        ]
    )


def widen(outline: Outline, left: int, old_right: int, new_right: int, top: int, bottom: int) -> None:
    """Let conditional formats and validations that span a table's whole width span its new columns, too."""

    def wide(references: str) -> str:
        return " ".join(_wide(each, left, old_right, new_right, top, bottom) for each in references.split())

    edits = []
    for element in outline.root.walk():
        if element.name in {"conditionalFormatting", "dataValidation"} and "sqref" in element.attributes:
            grown = wide(element.attributes["sqref"])
            if grown != " ".join(element.attributes["sqref"].split()):
                edits.append(_tag_edit(outline, element, grown))
        elif element.name == "sqref":
            grown = wide(element.text)
            if grown != " ".join(element.text.split()):
                edits.append((element.open_end, element.close, grown.encode()))
    outline.patch(edits)


def _wide(reference: str, left: int, old_right: int, new_right: int, top: int, bottom: int) -> str:
    area = Area.parse(reference)
    if area is None or area.left != left or area.right != old_right or left == old_right:
        return reference
    if area.bottom < top or area.top > bottom:
        return reference
    return str(Area(area.top, area.left, area.bottom, new_right))


def _tag_edit(outline: Outline, element: Element, sqref: str) -> tuple[int, int, bytes]:
    tag = outline.content[element.start : element.open_end]
    return element.start, element.open_end, with_attribute(tag, "sqref", sqref)


def _areas(element: Element) -> Iterable[Area]:
    references = element.attributes.get("sqref", "").split()
    return [area for area in map(Area.parse, references) if area is not None]


def _translated(area: Area, translation: Moved) -> Area | None:
    try:
        return translation.area(area)
    except Untranslatable:
        return None


def _formulas(element: Element, prefix: str, translation: Moved) -> bytes | None:
    """The formulas inside; ``None`` if one of them speaks of a column that is not here."""
    inside = b""
    for child in element.children:
        try:
            text = translation.formula(child.text)
        except Untranslatable:
            return None
        inside += spelled(replace(child, text=text), prefix)
    return inside
