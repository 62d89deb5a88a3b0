"""The ribbon XML, made of the buttons. Source: [MS-CUSTOMUI] for Office 2007, [MS-CUSTOMUI2] for Office 2010 and later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from coordination_xl.addin.buttons import GROUPS, TAB, TAB_KEYTIP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.addin.buttons import Button, Group

TAB_ID = "cxlTab"
CALLBACK_MODULE, CALLBACK_NAME = "CxlRibbon", "OnClick"
CALLBACK = f"{CALLBACK_MODULE}.{CALLBACK_NAME}"
"""What every button calls: one procedure, which asks the control for its id."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One version of the ribbon language.

    Attributes:
        part: the part of the package that holds it.
        namespace: of its elements.
        relationship: type of the package's relationship to the part.
    """

    part: str
    namespace: str
    relationship: str


OFFICE_2007 = Dialect(
    "customUI/customUI.xml",
    "http://schemas.microsoft.com/office/2006/01/customui",
    "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
)
OFFICE_2010 = Dialect(
    "customUI/customUI14.xml",
    "http://schemas.microsoft.com/office/2009/07/customui",
    "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
)
DIALECTS = (OFFICE_2007, OFFICE_2010)
"""Excel takes the newest that it knows, and only that one."""


def ribbon_xml(dialect: Dialect, groups: Iterable[Group] = GROUPS) -> bytes:
    """The tab with its groups and buttons; both dialects say the same."""

    def within(parent: etree._Element, kind: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{dialect.namespace}}}{kind}", attributes)

    prefixes: Any = {None: dialect.namespace}  # no prefix; some type stubs of lxml know only prefixes that are text
    root = etree.Element(f"{{{dialect.namespace}}}customUI", nsmap=prefixes)
    tabs = within(within(root, "ribbon"), "tabs")
    tab = within(tabs, "tab", id=TAB_ID, label=TAB, keytip=TAB_KEYTIP)
    for group in groups:
        box = within(tab, "group", id=group.id, label=group.label)
        for button in group.buttons:
            within(box, "button", **_attributes(button))
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return document


def _attributes(button: Button) -> dict[str, str]:
    return {
        "id": button.id,
        "label": button.label,
        "imageMso": button.icon,
        "size": "large" if button.is_large else "normal",
        "keytip": button.keytip,
        "screentip": button.screentip,
        "supertip": button.supertip,
        "onAction": CALLBACK,
    }
