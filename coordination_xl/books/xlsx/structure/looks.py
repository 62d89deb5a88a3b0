"""The model's formats in somebody else's workbook: those that are there are used, the others appended.

A format that follows a named style (表头 必填) takes the look that this style has in the workbook: whoever has restyled all
headers from Excel's gallery gets the new ones restyled, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.structure.fragments import STYLESHEET, made, spelled, with_items
from coordination_xl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.books.xlsx.markup import Element
    from coordination_xl.books.xlsx.structure.draft import Draft
    from coordination_xl.books.xlsx.structure.models import Model

_PIECES = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_OWN_CODE = 164
_LISTS = ("numFmts", *_PIECES.values(), "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")

Key = tuple[object, ...]


class Looks:
    """Formats of a model, by the numbers they have in a workbook.

    Args:
        draft: the workbook.
        part: its styles part.
        model: where the formats come from.

    Raises:
        UsageError: the workbook has no styles part.
    """

    def __init__(self, draft: Draft, part: str | None, model: Model) -> None:
        if part is None:
            raise UsageError(draft.where, "没有格式部件，无法套用新列的格式", "请用 Excel 打开并保存一次，再升级")
        self._draft, self._part = draft, part
        self._content, self._root = draft.tree(part)
        self._prefix = markup.raw_prefix(self._content, self._root)
        self._own = {name: _children(self._root, name) for name in _LISTS}
        self._theirs = {name: _children(model.styles[1], name) for name in _LISTS}
        self._known = {
            name: {_key(each): at for at, each in reversed([*enumerate(self._own[name])])} for name in _LISTS
        }
        self._added: dict[str, list[bytes]] = {name: [] for name in _LISTS}
        self._codes = {int(each.attributes["numFmtId"]): each.attributes["formatCode"] for each in self._own["numFmts"]}
        self._their_codes = {
            int(each.attributes["numFmtId"]): each.attributes["formatCode"] for each in self._theirs["numFmts"]
        }
        self._styles = {each.attributes.get("name", ""): _number(each, "xfId") for each in self._own["cellStyles"]}
        self._cells: dict[int, int] = {0: 0}
        self._differentials: dict[int, int] = {}

    def cell(self, model: int) -> int:
        """A cell format of the model, here."""
        if model not in self._cells:
            self._cells[model] = self._cell(self._theirs["cellXfs"][model])
        return self._cells[model]

    def differential(self, model: int) -> int:
        """A format of the model's conditional formats, here."""
        if model not in self._differentials:
            element = self._theirs["dxfs"][model]
            self._differentials[model] = self._placed("dxfs", _key(element), spelled(element, self._prefix))
        return self._differentials[model]

    def written(self) -> None:
        """Put what is new into the styles part."""
        edits = []
        for name in _LISTS:
            edits += with_items(self._content, self._root, name, self._added[name], STYLESHEET)
        self._draft.patch(self._part, edits)

    def _placed(self, name: str, key: Key, element: bytes) -> int:
        """The number of an element in its list; appended where it is not there."""
        known = self._known[name]
        if key not in known:
            known[key] = len(self._own[name]) + len(self._added[name])
            self._added[name].append(element)
        return known[key]

    def _cell(self, element: Element) -> int:
        place = _number(element, "xfId")
        name = self._named(place)
        if name is None:
            return self._format("cellXfs", element, {"xfId": "0"})
        if name not in self._styles:
            self._style(name, place)
        own = self._styles[name]
        is_new = own >= len(self._own["cellStyleXfs"])
        if is_new or not _looks_like(element, self._theirs["cellStyleXfs"][place]):
            return self._format("cellXfs", element, {"xfId": str(own)})
        style, mark = self._own["cellStyleXfs"][own], element.attributes.get("quotePrefix", "0")
        for at, each in enumerate(self._own["cellXfs"]):
            is_same = _number(each, "xfId") == own and each.attributes.get("quotePrefix", "0") == mark
            if is_same and _looks_like(each, style):
                return at
        changed = {"xfId": str(own), "quotePrefix": mark}
        return self._placed("cellXfs", (_key(style), *changed.items()), spelled(style, self._prefix, changed))

    def _named(self, place: int) -> str | None:
        """The name of the model's style that a format follows; ``None`` for Normal."""
        for each in self._theirs["cellStyles"]:
            if _number(each, "xfId") == place:
                return None if each.attributes.get("builtinId") == "0" else each.attributes["name"]
        return None

    def _style(self, name: str, place: int) -> None:
        own = self._format("cellStyleXfs", self._theirs["cellStyleXfs"][place], {}, distinct=name)
        self._added["cellStyles"].append(made("cellStyle", {"name": name, "xfId": str(own)}, self._prefix))
        self._styles[name] = own

    def _format(self, name: str, element: Element, more: Mapping[str, str], distinct: str = "") -> int:
        """The model's format with numbers of fonts, fills, borders and codes as they are here."""
        changed = {"numFmtId": str(self._code(_number(element, "numFmtId"))), **more}
        applied = {"applyNumberFormat": "1"}
        for attribute, listed in _PIECES.items():
            piece = self._theirs[listed][_number(element, attribute)]
            changed[attribute] = str(self._placed(listed, _key(piece), spelled(piece, self._prefix)))
            applied["apply" + listed[:-1].capitalize()] = "1"
        inside = tuple(_key(child) for child in element.children)
        mark = element.attributes.get("quotePrefix", "0")
        for at, each in enumerate(self._own[name] if not distinct else ()):
            same = all(each.attributes.get(key, "0") == value for key, value in changed.items())
            same &= each.attributes.get("quotePrefix", "0") == mark
            if same and tuple(_key(child) for child in each.children) == inside:
                return at
        key = (distinct, mark, *changed.items(), *inside)
        return self._placed(name, key, spelled(element, self._prefix, changed | applied))

    def _code(self, model: int) -> int:
        """The number of a number format here."""
        code = self._their_codes.get(model)
        if code is None:
            return model  # built in: the same everywhere
        for number, own in self._codes.items():
            if own == code:
                return number
        number = max([_FIRST_OWN_CODE - 1, *self._codes]) + 1
        self._codes[number] = code
        self._added["numFmts"].append(made("numFmt", {"numFmtId": str(number), "formatCode": code}, self._prefix))
        return number


def _children(root: Element, name: str) -> list[Element]:
    listed = root.find(name)
    return listed.children if listed else []


def _number(element: Element, name: str) -> int:
    return int(element.attributes.get(name, "0") or 0)


def _looks_like(element: Element, style: Element) -> bool:
    """Whether a format is that of its named style, with nothing of its own on top."""
    same = all(_number(element, name) == _number(style, name) for name in (*_PIECES, "numFmtId"))
    return same and [_key(child) for child in element.children] == [_key(child) for child in style.children]


def _key(element: Element) -> Key:
    """What an element says, however it is written: attributes and children in any order, colours without their alpha."""
    attributes = sorted(
        (name, value[-6:].upper() if name == "rgb" else value)
        for name, value in element.attributes.items()
        if " " not in name
    )
    children = sorted((_key(child) for child in element.children), key=repr)
    return (element.name, tuple(attributes), element.text.strip(), tuple(children))
