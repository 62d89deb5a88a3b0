"""Formulas: which of them must not be overwritten, and what the package needs when one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.index import KEY_BITS
from coordination_xl.books.xlsx.package import CONTENT_TYPES
from coordination_xl.errors import FormulaInTheWay

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.books.xlsx.index import SheetIndex
    from coordination_xl.books.xlsx.package import Package

_COLUMN_MASK = (1 << KEY_BITS) - 1
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*)?>")
_FOREIGN = re.compile(rb'<(?:[\w.-]+:)?f(?:\s[^>]*)?>(?!HYPERLINK\((?:"|&quot;|&#34;)#)|<(?:[\w.-]+:)?f\s[^>]*/>')
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_REF = re.compile(rb"""\sref\s*=\s*["']([A-Za-z0-9:$]+)["']""")
_REMEDY = "请先在 Excel 中把该公式改为数值，或移到别的列"


def refusal(sheet: str, key: int, what: str) -> FormulaInTheWay:
    """The error that names the cell of a key."""
    address = cell_address(key >> KEY_BITS, (key & _COLUMN_MASK) + 1)
    return FormulaInTheWay(f"{sheet}!{address}", what, _REMEDY)


def is_own_link(formula: str) -> bool:
    """Whether a formula, without its ``=``, is a jump that this program wrote: it may write another one in its place."""
    return formula.startswith('HYPERLINK("#')


def refuse_formulas(xml: bytes, index: SheetIndex, keys: NDArray[np.int64], sheet: str) -> None:
    """Stop before a formula of somebody's is lost, or one is broken that other cells share.

    Args:
        xml: the sheet part.
        index: its index.
        keys: the cells about to be overwritten, ascending.
        sheet: its name.

    Raises:
        FormulaInTheWay: a cell holds a formula that is not the program's own link, is the master of a shared formula, or
            lies in the area of an array formula or data table.
    """
    with_formula = np.flatnonzero(index.has_formula)
    if not len(with_formula):
        return
    wanted = np.isin(index.key[with_formula], keys)
    has_arrays = xml.find(b"array", index.data_open_end, index.data_close) >= 0 or b"dataTable" in xml
    touched = wanted | has_arrays
    for place, is_wanted in zip(with_formula[touched].tolist(), wanted[touched].tolist(), strict=True):
        start, end, key = int(index.start[place]), int(index.end[place]), int(index.key[place])
        match = _FORMULA.search(xml, start, end)
        kind, reference = (_TYPE.search(match[0]), _REF.search(match[0])) if match else (None, None)
        if kind is not None and reference is not None:
            if kind[1] == b"shared" and is_wanted:
                raise refusal(sheet, key, "这个单元格是共享公式的首格，覆盖它会破坏其他单元格的公式")
            area = Area.parse(reference[1].decode()) if kind[1] in (b"array", b"dataTable") else None
            if area is not None:
                rows, columns = keys >> KEY_BITS, (keys & _COLUMN_MASK) + 1
                inside = (rows >= area.top) & (rows <= area.bottom) & (columns >= area.left) & (columns <= area.right)
                if inside.any():
                    raise refusal(sheet, int(keys[inside][0]), "这个单元格属于数组公式")
        if is_wanted and _FOREIGN.search(xml, start, end) is not None:
            raise refusal(sheet, key, "这个单元格有公式，没有覆盖")


def has_foreign_formula(xml: bytes) -> bool:
    """Whether a sheet has a formula whose cached value may go stale; the links that this program writes do not."""
    if xml.find(b"<f") < 0 and xml.find(b":f") < 0:
        return False
    return _FOREIGN.search(xml) is not None


def without_calculation_chain(
    package: Package, workbook_part: str, chain: str, changed: dict[str, bytes | None]
) -> dict[str, bytes | None]:
    """The changes by which the calculation chain goes, together with its content type and its relationship.

    Excel builds it anew. A package without styles part has these two parts changed already; then the chain's words are
    taken out of those.
    """
    changes: dict[str, bytes | None] = {package.member_name(chain): None}
    types = changed.get(package.member_name(CONTENT_TYPES)) or package.xml(CONTENT_TYPES)
    overrides = [
        (element.start, element.end, b"")
        for element in package.tree(CONTENT_TYPES, types).all("Override")
        if element.attributes.get("PartName", "").lstrip("/").casefold() == chain.casefold()
    ]
    changes[package.member_name(CONTENT_TYPES)] = markup.patch(types, overrides)
    part = package.relationships_part(workbook_part)
    relations = changed.get(package.member_name(part)) or package.xml(part)
    elements = [
        (element.start, element.end, b"")
        for element in package.tree(part, relations).all("Relationship")
        if element.attributes.get("Type", "").endswith("/calcChain")
    ]
    changes[package.member_name(part)] = markup.patch(relations, elements)
    return changes
