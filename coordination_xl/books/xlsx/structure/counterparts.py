"""Which sheet of a workbook is which of the model: by its tables and names, whatever it is called now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx.structure.defined import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.xlsx.workbook import Layout

SHEET_NAME = re.compile(r"'((?:[^'<>]|'')+)'!|&apos;((?:(?!&apos;).)+)&apos;!")
"""A sheet's name where a formula of the model says it."""


def counterparts(model: Layout, own: Layout) -> Mapping[str, str]:
    """Sheet of the model → sheet here; those that are not here are left out."""
    found: dict[str, str] = {}
    names = {sheet.name for sheet in own.sheets}
    for sheet in model.sheets:
        for table in sheet.tables:
            here = own.table(table.name)
            if here is not None:
                found[sheet.name] = here[0].name
    for name, (sheet_name, _) in model.names.items():
        if name in own.names:
            found.setdefault(sheet_name, own.names[name][0])
    taken = set(found.values())
    for sheet in model.sheets:
        is_bare = not sheet.tables and not any(place == sheet.name for place, _ in model.names.values())
        if is_bare and sheet.name in names - taken:
            found.setdefault(sheet.name, sheet.name)
    return found


def renamed(text: str, names: Mapping[str, str]) -> str:
    """A formula of the model, or a part of it, in which sheets are called as they are here."""

    def called(match: re.Match[str]) -> str:
        name = (match[1] or match[2]).replace("''", "'")
        return quoted(names[name]) + "!" if names.get(name, name) != name else match[0]

    return SHEET_NAME.sub(called, text)
