"""The ribbon XML against the buttons, and against the rules of Microsoft's schemas customUI.xsd and customui14.xsd."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from coordination_xl.addin.buttons import BUTTONS, GROUPS, TAB, TAB_KEYTIP
from coordination_xl.addin.package.ribbon import DIALECTS, OFFICE_2007, OFFICE_2010, ribbon_xml

# Attributes that both schemas allow, of those a button without callbacks of its own can have; and how long they may be.
ALLOWED = {
    "customUI": set(),
    "ribbon": {"startFromScratch"},
    "tabs": set(),
    "tab": {"id", "label", "keytip", "tag", "visible", "insertAfterMso", "insertBeforeMso"},
    "group": {"id", "label", "imageMso", "screentip", "supertip", "keytip", "visible"},
    "button": {"id", "label", "imageMso", "size", "keytip", "screentip", "supertip", "onAction", "description", "tag"},
}
INSIDE = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button"},
    "button": set(),
}
LONGEST = {"keytip": 3} | dict.fromkeys(("id", "label", "imageMso", "screentip", "supertip", "onAction"), 1024)

# Pictures that Excel itself owns: names that are both in Microsoft's list of Excel's control identifiers ([MS-CUSTOMUI], Office
# Fluent UI control identifiers) and among those that the Office icon galleries show. A name of another program of Office only,
# or of no program at all, leaves the button without a picture and without any message.
PICTURES = {
    "ChartInsert", "ChartTypeColumnInsertGallery", "DataFormExcel", "ErrorChecking", "FileDocumentInspect", "FileMarkAsFinal",
    "FileOpen", "FileSave", "FileSendAsAttachment", "Filter", "FunctionsDateTimeInsertGallery", "HeaderFooterCurrentDate", "Help",
    "MacroPlay", "OutlookTaskCreate", "PivotTableReport", "RefreshAll", "ReviewNewComment", "ReviewReplyWithChanges",
    "SendCopySendToMailRecipient", "SignatureLineInsert", "Spelling", "TableInsertExcel", "TraceError", "WebPagePreview",
}  # fmt: skip


def name_of(element) -> str:
    return element.tag.partition("}")[2]


@pytest.fixture(params=DIALECTS, ids=["2007", "2010"])
def dialect(request):
    return request.param


@pytest.fixture
def ribbon(dialect):
    return ET.fromstring(ribbon_xml(dialect))


def buttons_in(ribbon) -> list[dict[str, str]]:
    return [element.attrib for element in ribbon.iter() if name_of(element) == "button"]


def test_every_element_is_in_the_namespace_of_its_dialect():
    for dialect, namespace in (
        (OFFICE_2007, "http://schemas.microsoft.com/office/2006/01/customui"),
        (OFFICE_2010, "http://schemas.microsoft.com/office/2009/07/customui"),
    ):
        document = ribbon_xml(dialect)
        assert {element.tag.rpartition("}")[0] for element in ET.fromstring(document).iter()} == {f"{{{namespace}"}
        assert f'<customUI xmlns="{namespace}"'.encode() in document  # without a prefix, as every example has it


def test_the_buttons_are_those_of_the_data_in_order(ribbon):
    assert [each["id"] for each in buttons_in(ribbon)] == [button.id for button in BUTTONS]
    assert [each["label"] for each in buttons_in(ribbon)] == [button.label for button in BUTTONS]


def test_the_groups_hold_the_buttons_that_the_data_gives_them(ribbon):
    groups = [element for element in ribbon.iter() if name_of(element) == "group"]
    assert [(group.get("id"), group.get("label")) for group in groups] == [(group.id, group.label) for group in GROUPS]
    for element, group in zip(groups, GROUPS, strict=True):
        assert [each.get("id") for each in element] == [button.id for button in group.buttons]


def test_there_is_one_tab_of_our_name(ribbon):
    (tab,) = [element for element in ribbon.iter() if name_of(element) == "tab"]
    assert (tab.get("id"), tab.get("label"), tab.get("keytip")) == ("cxlTab", TAB, TAB_KEYTIP)


def test_every_button_calls_the_one_callback(ribbon):
    assert {each["onAction"] for each in buttons_in(ribbon)} == {"CxlRibbon.OnClick"}


def test_tips_pictures_and_sizes_come_from_the_data(ribbon):
    for each, button in zip(buttons_in(ribbon), BUTTONS, strict=True):
        assert (each["screentip"], each["supertip"]) == (button.screentip, button.supertip)
        assert each["imageMso"] == button.icon
        assert each["size"] == ("large" if button.is_large else "normal")


def test_elements_and_attributes_are_those_the_schema_knows(ribbon):
    for element in ribbon.iter():
        name = name_of(element)
        assert set(element.attrib) <= ALLOWED[name]
        assert {name_of(child) for child in element} <= INSIDE[name]


def test_texts_are_as_short_as_the_schema_asks(ribbon):
    for element in ribbon.iter():
        for attribute, value in element.attrib.items():
            assert 1 <= len(value) <= LONGEST.get(attribute, 1024), (attribute, value)


def test_ids_are_names_and_are_not_used_twice(ribbon):
    ids = [element.get("id") for element in ribbon.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 1 + len(GROUPS) + len(BUTTONS)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in ids)


def test_no_keytip_begins_with_another():
    """Excel would press the short one before the long one is typed."""
    keytips = [button.keytip for button in BUTTONS]
    assert all(re.fullmatch(r"[A-Z0-9]{1,3}", keytip) for keytip in [*keytips, TAB_KEYTIP])
    assert not [(a, b) for a in keytips for b in keytips if a != b and b.startswith(a)]
    assert len(keytips) == len(set(keytips))


def test_every_picture_is_one_of_excels_own():
    assert {button.icon for button in BUTTONS} <= PICTURES


def test_no_two_buttons_have_the_same_picture():
    assert len({button.icon for button in BUTTONS}) == len(BUTTONS)


def test_signs_of_xml_in_a_text_stay_text(dialect):
    nasty = '甲<b>&amp;"乙"\'&\n第二行'
    group = GROUPS[0]
    button = replace(group.buttons[0], label=nasty, supertip=nasty)
    ribbon = ET.fromstring(ribbon_xml(dialect, [replace(group, buttons=(button,))]))
    (read,) = buttons_in(ribbon)
    assert (read["label"], read["supertip"]) == (nasty, nasty)
