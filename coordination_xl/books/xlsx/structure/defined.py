"""Defined names of the workbook part: added, and those that point nowhere any more replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from coordination_xl.books.addresses import Area
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.structure.fragments import WORKBOOK, made, place_for
from coordination_xl.errors import WriteRefused
from coordination_xl.ledger.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.books.structure import NamedCells
    from coordination_xl.books.xlsx.structure.draft import Draft

_BROKEN = "#REF!"


def define(draft: Draft, workbook_part: str, names: Sequence[tuple[str, str, str]]) -> None:
    """Add names.

    Args:
        draft: the workbook.
        workbook_part: its workbook part.
        names: (name, what it means, place of the sheet it is local to or ``""``).

    Raises:
        WriteRefused: a name is taken for something else.
    """
    content, root = draft.tree(workbook_part)
    prefix = markup.raw_prefix(content, root)
    listed = root.find("definedNames")
    standing = {
        (each.attributes.get("name", "").casefold(), each.attributes.get("localSheetId", "")): each
        for each in (listed.children if listed else ())
    }
    edits, new = [], []
    for name, meaning, local in names:
        old = standing.get((name.casefold(), local))
        if old is not None and _BROKEN not in old.text:
            raise WriteRefused(draft.where, f"名称 {name} 已用于 {old.text}", "请在“公式→名称管理器”里改名或删除它")
        if old is not None:
            edits.append((old.start, old.end, b""))
        attributes = {"name": name} | ({"localSheetId": local} if local else {})
        new.append(made("definedName", attributes, prefix, escape(meaning).encode()))
    if listed is None:
        at = place_for(root, "definedNames", WORKBOOK)
        edits.append((at, at, made("definedNames", {}, prefix, b"".join(new))))
    elif listed.is_empty_tag:
        edits.append((listed.start, listed.end, made("definedNames", {}, prefix, b"".join(new))))
    else:
        edits.append((listed.close, listed.close, b"".join(new)))
    draft.patch(workbook_part, edits)


def meanings(sheet: str, names: Sequence[NamedCells]) -> list[tuple[str, str, str]]:
    """Names of workbook scope for cells of a sheet, as :func:`define` takes them."""
    return [(each.name, f"{quoted(sheet)}!{absolute(each.address)}", "") for each in names]


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def absolute(address: str) -> str:
    """``$B$22:$B$29`` for ``B22:B29``."""
    area = Area.parse(address)
    if area is None:
        raise ValueError(address)
    first = f"${column_letters(area.left)}${area.top}"
    last = f"${column_letters(area.right)}${area.bottom}"
    return first if first == last else f"{first}:{last}"
