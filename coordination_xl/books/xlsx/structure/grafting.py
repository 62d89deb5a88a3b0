"""A sheet of the model with everything on it: cells, formats, table, validations, conditional formats, charts, print set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.structure.counterparts import SHEET_NAME, counterparts, renamed
from coordination_xl.books.xlsx.structure.defined import define
from coordination_xl.books.xlsx.structure.fragments import made
from coordination_xl.books.xlsx.structure.models import style_of
from coordination_xl.books.xlsx.workbook import with_full_calculation
from coordination_xl.errors import DuplicateTable, ProtectedSheet, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.structure import SheetAdded
    from coordination_xl.books.xlsx.markup import Element
    from coordination_xl.books.xlsx.structure.draft import Draft
    from coordination_xl.books.xlsx.structure.looks import Looks
    from coordination_xl.books.xlsx.structure.models import Model, ModelSheet
    from coordination_xl.books.xlsx.workbook import Layout

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    "worksheet": ("xl/worksheets/sheet{}.xml", _TYPES + "spreadsheetml.worksheet+xml"),
    "table": ("xl/tables/table{}.xml", _TYPES + "spreadsheetml.table+xml"),
    "drawing": ("xl/drawings/drawing{}.xml", _TYPES + "drawing+xml"),
    "chart": ("xl/charts/chart{}.xml", _TYPES + "drawingml.chart+xml"),
}


def graft(draft: Draft, layout: Layout, addition: SheetAdded, model: Model, looks: Looks) -> None:
    """Bring in one sheet, behind the sheets that stand before it in the model.

    Raises:
        UsageError: the sheet's name is taken, or the workbook is a strict one, which takes no ordinary sheets.
        DuplicateTable: a table of this name is there already.
        ProtectedSheet: the workbook's structure is protected.
    """
    names = {**counterparts(model.layout, layout), addition.model_sheet: addition.sheet}
    _refuse(draft, layout, addition, model)
    sheet = model.sheet(addition.model_sheet)
    content = _restyled(sheet, looks)
    part = _new_part(draft, "worksheet", _renamed(content, names))
    copied = _copy_related(draft, model, sheet.part, part, names)
    _reconnect(draft, part, copied)
    at = _position(layout, addition, model, draft)
    _list(draft, layout.part, part, addition.sheet, at)
    _define(draft, layout.part, addition, model, at)
    if sheet.root.find("sheetData") and b"<f>" in content:
        workbook, root = draft.tree(layout.part)
        draft.put(layout.part, with_full_calculation(workbook, root))
        if layout.calculation_chain and draft.has(layout.calculation_chain):
            draft.drop_calculation_chain(layout.part, layout.calculation_chain)


def _refuse(draft: Draft, layout: Layout, addition: SheetAdded, model: Model) -> None:
    _, root = draft.tree(layout.part)
    if root.namespace != TRANSITIONAL:
        remedy = "请在 Excel 中另存为“Excel 工作簿 (*.xlsx)”，再升级"
        raise UsageError(draft.where, "是“Strict Open XML”格式，无法加入工作表", remedy)
    protection = root.find("workbookProtection")
    if protection is not None and protection.attributes.get("lockStructure", "0") in {"1", "true"}:
        raise ProtectedSheet(draft.where, "工作簿的结构受保护，无法加入工作表", "请先“审阅→保护工作簿”取消保护，再升级")
    listed = root.find("sheets")
    taken = {each.attributes.get("name", "").casefold() for each in (listed.children if listed else ())}
    if addition.sheet.casefold() in taken:
        raise UsageError(draft.where, f"已有工作表“{addition.sheet}”", "请先给它改名")
    for table in model.layout.sheet(addition.model_sheet).tables:
        if layout.table(table.name) is not None:
            raise DuplicateTable(draft.where, f"已有名为 {table.name} 的表格", "请检查变更内容")


def _restyled(sheet: ModelSheet, looks: Looks) -> bytes:
    """The part with the numbers that formats have here."""
    edits = []
    for element in sheet.root.walk():
        tag = sheet.content[element.start : element.open_end]
        new = tag
        if element.name in {"c", "row", "col"} and style_of(element):
            attribute = "style" if element.name == "col" else "s"
            new = markup.with_attribute(tag, attribute, str(looks.cell(style_of(element))))
        elif element.name == "cfRule" and "dxfId" in element.attributes:
            number = looks.differential(int(element.attributes["dxfId"]))
            new = markup.with_attribute(tag, "dxfId", str(number))
        if new != tag:
            edits.append((element.start, element.open_end, new))
    return markup.patch(sheet.content, edits)


def _renamed(content: bytes, names: Mapping[str, str]) -> bytes:
    """A part in which sheets are called as they are here."""
    spelled = {name: escape(own, {'"': "&quot;"}) for name, own in names.items()}
    return renamed(content.decode(), spelled).encode()


def _copy_related(
    draft: Draft, model: Model, source: str, owner: str, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Copy the parts that a part names, and what they name; gives (old id, new id)."""
    ids = []
    for each in model.package.relationships(source):
        if each.kind not in _KINDS:
            raise UsageError(
                model.package.where, f"工作表含有无法复制的部件 {each.target}", "请重新安装 coordination-xl"
            )
        content = _renamed(model.package.xml(each.target), names)
        if each.kind == "table":
            content = _numbered(draft, content, model, each.target)
        part = _new_part(draft, each.kind, content)
        _reconnect(draft, part, _copy_related(draft, model, each.target, part, names))
        ids.append((each.id, draft.relate(owner, each.kind, part)))
    return ids


def _new_part(draft: Draft, kind: str, content: bytes) -> str:
    pattern, content_type = _KINDS[kind]
    return draft.new_part(pattern, content, content_type)


def _numbered(draft: Draft, content: bytes, model: Model, part: str) -> bytes:
    """A table part with an id that no other table has."""
    root = model.package.tree(part, content)
    tag = content[root.start : root.open_end]
    return markup.patch(
        content, [(root.start, root.open_end, markup.with_attribute(tag, "id", str(next_table_id(draft))))]
    )


def next_table_id(draft: Draft) -> int:
    """An id that no table of the workbook has."""
    highest = 0
    for part in draft.parts("xl/tables/"):
        _, root = draft.tree(part)
        identity = root.attributes.get("id", "0")
        highest = max(highest, int(identity) if identity.isdecimal() else 0)
    return highest + 1


def _reconnect(draft: Draft, part: str, ids: list[tuple[str, str]]) -> None:
    """Let a copied part speak of its relationships by the ids that they have here."""
    moved = {old: new for old, new in ids if old != new}
    if not moved:
        return
    content, root = draft.tree(part)
    edits = []
    for element in root.walk():
        for key, value in element.attributes.items():
            if key.startswith(_OFFICE) and value in moved:
                tag = content[element.start : element.open_end]
                new = tag.replace(f'="{value}"'.encode(), f'="{moved[value]}"'.encode())
                edits.append((element.start, element.open_end, new))
    draft.patch(part, edits)


def _position(layout: Layout, addition: SheetAdded, model: Model, draft: Draft) -> int:
    """The place among all sheets: behind the nearest one that stands before it in the model."""
    _, root = draft.tree(layout.part)
    listed = root.find("sheets")
    order = [each.attributes.get("name", "") for each in (listed.children if listed else ())]
    here = counterparts(model.layout, layout)
    names = [sheet.name for sheet in model.layout.sheets]
    for name in reversed(names[: names.index(addition.model_sheet)]):
        if here.get(name) in order:
            return order.index(here[name]) + 1
    return 0


def _list(draft: Draft, workbook_part: str, part: str, name: str, at: int) -> None:
    """Name the sheet in the workbook part; whatever counts sheets counts on."""
    identity = draft.relate(workbook_part, "worksheet", part)
    content, root = draft.tree(workbook_part)
    listed = root.find("sheets")
    if listed is None:
        raise draft.package.damaged("没有工作表")
    number = max(int(each.attributes.get("sheetId", "0")) for each in listed.children) + 1
    attributes = {"xmlns:r": _OFFICE, "name": name, "sheetId": str(number), "r:id": identity}
    element = made("sheet", attributes, markup.raw_prefix(content, root))
    place = listed.children[at].start if at < len(listed.children) else listed.close
    edits = [(place, place, element)]
    for each in root.walk():
        for key in ("localSheetId", "activeTab", "firstSheet"):
            value = each.attributes.get(key, "")
            if value.isdecimal() and int(value) >= at and each.name in {"definedName", "workbookView"}:
                edits.append(_counted(content, each, at))
                break
    draft.patch(workbook_part, edits)


def _counted(content: bytes, element: Element, at: int) -> tuple[int, int, bytes]:
    tag = content[element.start : element.open_end]
    for key in ("localSheetId", "activeTab", "firstSheet"):
        value = element.attributes.get(key, "")
        if value.isdecimal() and int(value) >= at and not (key != "localSheetId" and int(value) == 0):
            tag = markup.with_attribute(tag, key, str(int(value) + 1))
    return element.start, element.open_end, tag


def _define(draft: Draft, workbook_part: str, addition: SheetAdded, model: Model, at: int) -> None:
    """The names of the model that speak of the sheet, for the workbook or for the sheet alone."""
    root = model.package.tree(model.layout.part)
    names = [sheet.name for sheet in model.layout.sheets]
    listed = root.find("definedNames")
    wanted = []
    for each in listed.children if listed else ():
        sheet = SHEET_NAME.match(each.text)
        if sheet is None or sheet[1].replace("''", "'") != addition.model_sheet:
            continue
        local = each.attributes.get("localSheetId", "")
        if local and names[int(local)] != addition.model_sheet:
            continue
        meaning = renamed(each.text, {addition.model_sheet: addition.sheet})
        wanted.append((each.attributes["name"], meaning, str(at) if local else ""))
    if wanted:
        define(draft, workbook_part, wanted)
